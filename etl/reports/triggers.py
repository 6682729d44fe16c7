"""Triggers: the words of a sentence that say what its numbers count, or that they do not count."""

from dataclasses import dataclass

from etl.reports.scan import Scan
from etl.reports.words import Match

SERVICES = {
    "power": "power_outage",
    "heat": "heating_loss",
    "water": "water_outage",
    "gas": "gas_outage",
}
OUT = "out"  # the indicator of a trigger whose numbers are left out; `status` has the reason
LAUNCH = "launch"  # drones or missiles, as the noun says

# Which units a trigger's numbers may have; "" is a number without a noun.
_PEOPLE = frozenset({"people", ""})
_UNITS = {
    "killed": _PEOPLE,
    "injured": _PEOPLE,
    "missing": _PEOPLE,
    "rescued": _PEOPLE,
    "evacuated": _PEOPLE | {"households"},
    "displaced": _PEOPLE | {"households"},
    "buildings_damaged": frozenset({"buildings", "facilities", "properties", "households", ""}),
    LAUNCH: frozenset({"drones", "missiles"}),
}
_SUPPLY = frozenset(
    {"people", "households", "customers", "properties", "buildings", "settlements", "facilities", ""}
)
_OUT = {
    "shot_down": frozenset({"drones", "missiles", ""}),
    "hospital": _PEOPLE,
    "severity": _PEOPLE,
    "safe": _PEOPLE,
    "present": frozenset({"people", "", "households"}),
    "response": frozenset({"people", "facilities", "households", "drones", "buildings"}),
}


@dataclass(slots=True)
class Trigger:
    """Tokens [start, end) that give numbers an indicator and, for supply, a status.

    side   "after" where the numbers follow, "before" where they precede, "" where either
    words  the tokens that matter within the span
    """

    start: int
    end: int
    indicator: str
    status: str = ""
    side: str = ""
    words: tuple[int, ...] = ()
    also: tuple[str, ...] = ()  # further indicators of the same words ("світла та води")
    aimed: bool = False
    noun: bool = False
    guessed: bool = False  # the service is not named anywhere

    def takes(self, unit: str) -> bool:
        """Whether a number with this unit can be counted by these words."""
        if self.indicator == OUT:
            return unit in _OUT[self.status]
        if self.guessed:
            return unit in ("customers", "households", "settlements", "properties", "")
        if self.indicator in SERVICES.values():
            return unit in _SUPPLY
        return unit in _UNITS[self.indicator]


def triggers(scan: Scan, last_service: str, as_of: bool) -> list[Trigger]:
    """Every trigger of a sentence, in order. `last_service` is what a bare "connected" means."""
    found = [*_tolls(scan), *_supplies(scan, last_service, as_of), *_damages(scan), *_launches(scan)]
    found += _outs(scan)
    return sorted(found, key=lambda t: (t.start, t.end))


def _tolls(scan: Scan) -> list[Trigger]:
    found = []
    dead = any(m.value == "killed" for kind in ("toll", "toll_noun") for m in scan.of(kind))
    hurt = any(m.value == "injured" for kind in ("toll", "toll_noun") for m in scan.of(kind))
    for match in scan.of("toll"):
        if _of_things(scan, match):
            continue
        side = ""
        if _after_passive(scan, match) or scan.low(match.start) in ("died", "die", "perished", "dies"):
            side = "before"
        if scan.low(match.start) in ("took", "claimed", "kill", "kills", "fate", "searching", "looking"):
            side = "after"
        if scan.low(match.start) == "took" and not any(
            scan.low(i) == "lives" for i in range(match.end, min(match.end + 6, len(scan.tokens)))
        ):
            continue
        found.append(Trigger(match.start, match.end, match.value, side=side, words=(match.start,)))
    for match in scan.of("toll_active"):
        found.append(Trigger(match.start, match.end, match.value, side="after", words=(match.start,)))
    for match in scan.of("toll_noun"):
        value = match.value
        if value == "victims":
            bodies = any(scan.low(i) in ("bodies", "body") for i in range(match.start))
            value = "killed" if bodies or (hurt and not dead) else "injured"
            if any(scan.low(i) == "fatal" for i in (match.start - 1,)):
                value = "killed"
        if any(t.start <= match.start < t.end and t.indicator == value for t in found):
            for t in found:
                if t.start <= match.start < t.end:
                    t.noun = t.noun or (scan.language.name == "en" and scan.low(match.start) not in ("killed", "injured", "wounded", "dead", "missing", "deceased"))
            continue
        found.append(Trigger(match.start, match.end, value, words=(match.start,), noun=True))
    for match in scan.of("states"):
        # "600,000 people left Kyiv"
        if match.value == "left" and scan.language.name == "en" and scan.low(match.start) == "left":
            following = scan.tokens[match.end].text if match.end < len(scan.tokens) else ""
            if following[:1].isupper() and not scan.of("services"):
                found.append(Trigger(match.start, match.end, "displaced", words=(match.start,)))
    return found


def _of_things(scan: Scan, match: Match) -> bool:
    """"постраждала ТЕЦ", "постраждали будинки": things suffer too and are no people."""
    if not scan.low(match.start).startswith(("постражда", "травм", "suffered", "affected")):
        return False
    for i in range(match.end, min(match.end + 4, len(scan.tokens))):
        if scan.mark(i) or scan.at("numbers", i) or scan.is_number(i):
            return False
        if scan.at("groups", i) or ((u := scan.at("units", i)) and u.value == "people"):
            return False
        if scan.at("units", i) or scan.at("stops", i) or scan.at("where", i) or _plant(scan, i):
            return True
    return False


def _plant(scan: Scan, i: int) -> bool:
    return scan.low(i) in ("тец", "тес", "північ", "південь", "інфраструктура", "інфраструктури", "енергетика", "об'єкти", "електромережі")


def _after_passive(scan: Scan, match: Match) -> bool:
    return any(
        link.value == "passive" and link.end in (match.start, match.start - 1)
        for link in scan.of("links")
    ) and scan.language.name == "en"


def hard_marks(scan: Scan) -> list[int]:
    """Tokens at which a clause ends for good: semicolons and words such as "while"."""
    marks = [i for i, token in enumerate(scan.tokens) if token.text == ";"]
    return sorted(marks + [link.start for link in scan.of("links") if link.value == "hard" and link.start])


def _clause(marks: list[int], i: int) -> int:
    return sum(mark <= i for mark in marks)


def _supplies(scan: Scan, last_service: str, as_of: bool) -> list[Trigger]:
    """Service words with the states beside them; states alone where they speak for themselves."""
    marks = hard_marks(scan)
    groups = _service_groups(scan, last_service)
    states: list[list[Match]] = [[] for _ in groups]
    loose: list[Match] = []
    for state in scan.of("states"):
        if state.value == "restored" and any(scan.low(i) in ("not", "не") for i in (state.start - 1, state.start - 2)):
            continue
        n = _nearest(scan, state, groups, marks)
        (states[n] if n is not None else loose).append(state)
    found = []
    for n, (group, beside) in enumerate(zip(groups, states, strict=True)):
        beside[:] = _own_states(scan, group, beside)
        if not beside and n and states[n - 1] and _clause(marks, groups[n - 1][0]) == _clause(marks, group[0]):
            # "cut gas to 132 flats and electricity to 1,050 households"
            joined = scan.link("and", group[0] - 1) or scan.tokens[group[0] - 1].text == ","
            if joined and scan.low(group[1]) in ("to", "for", "in", "у", "в", "для"):
                found.append(_like(scan, group, states[n - 1], as_of))
                continue
        if trigger := _supply(scan, group, beside, as_of):
            found.append(trigger)
    covered = {i for trigger in found for i in trigger.words}
    for match in scan.of("outright"):
        if match.start in covered or any(g[0] <= match.start < g[1] and t for g, t in zip(groups, states, strict=True)):
            continue
        beside = [s for s in loose if _clause(marks, s.start) == _clause(marks, match.start)
                  and abs(s.start - match.start) <= 8]
        service, told = match.value.split()
        status = _status({s.value for s in beside} | {told}, as_of, outright=told == "lost")
        words = (*range(match.start, match.end), *(s.start for s in beside))
        found.append(Trigger(match.start, match.end, SERVICES[service], status, words=words))
    found += _bare(scan, groups, found, last_service, marks)
    if last_service and not groups and not found:
        found += _pronoun(scan, loose, last_service, as_of)
    return found


def _bare(scan: Scan, groups, found: list[Trigger], last_service: str, marks: list[int]) -> list[Trigger]:
    """"another 50 were connected", "12,300 are still cut off": the service was named before.

    Where none was, customers are cut off from electricity.
    """
    bare = []
    for match in scan.of("reconnected"):
        clause = _clause(marks, match.start)
        if any(_clause(marks, group[0]) == clause for group in groups):
            continue
        if any(match.start in t.words or match.end - 1 in t.words for t in found):
            continue
        before = [group[2][0] for group in groups if group[0] < match.start]
        service = (before or [last_service])[-1]
        values = {match.value}
        if any(s.value == "remains" and abs(s.start - match.start) <= 4 for s in scan.of("states")):
            values.add("remains")
        if any(s.value == "pending" and abs(s.start - match.start) <= 4 for s in scan.of("states")):
            values.add("pending")
        status = _status(values, False)
        bare.append(Trigger(match.start, match.end, SERVICES[service or "power"], status,
                            words=tuple(range(match.start, match.end)), guessed=not service))
    return bare


def _pronoun(scan: Scan, loose: list[Match], service: str, as_of: bool) -> list[Trigger]:
    """"Almost 3,000 still have none": the service was named in the sentence before."""
    for state in loose:
        if state.value in ("without", "had_no") and state.end - state.start > 1:
            values = {s.value for s in loose}
            return [Trigger(state.start, state.end, SERVICES[service], _status(values, as_of),
                            words=(state.start,))]
    return []


def _named_services(scan: Scan, last_service: str) -> list[Match]:
    """Services by name, and "it" after "without" for the service named last."""
    found: list[Match] = []
    service = last_service
    for i in range(len(scan.tokens)):
        if match := scan.at("services", i):
            if match.value == "same":
                match = match._replace(value=service or "power")
            found.append(match)
            service = match.value
        elif service and scan.link("pronoun", i) and (state := scan.at("states", i - 1)):
            if state.value in ("without", "lost", "restored"):
                found.append(Match("services", service, i, i + 1))
    return found


def _service_groups(scan: Scan, last_service: str) -> list[tuple[int, int, tuple[str, ...], tuple[int, ...]]]:
    """(start, end, services, tokens) of services named together ("heat, power or water")."""
    groups: list[tuple[int, int, tuple[str, ...], tuple[int, ...]]] = []
    for match in _named_services(scan, last_service):
        if _no_service(scan, match):
            continue
        last = groups[-1] if groups else None
        if last and match.start - last[1] <= 2 and all(
            scan.tokens[i].text in (",", "-", "/") or scan.link("and", i) or scan.low(i) in ("or", "чи", "або", "without", "без", "nor")
            for i in range(last[1], match.start)
        ):
            services = last[2] if match.value in last[2] else (*last[2], match.value)
            groups[-1] = (last[0], match.end, services, (*last[3], match.start))
            continue
        if last and match.start < last[1]:
            continue
        groups.append((match.start, match.end, (match.value,), (match.start,)))
    return groups


def _no_service(scan: Scan, match: Match) -> bool:
    """"heat-generating sites", "power workers", "газ" beside "oil and gas"."""
    following = scan.low(match.end)
    if following in _NOT_SERVICES:
        return True
    return scan.low(match.start) in ("light", "current", "gas") and scan.low(match.start - 1) in ("and", "natural") and scan.low(match.start - 2) in ("oil", "coal")


_NOT_SERVICES = frozenset(
    ["generating", "generation", "sites", "site", "facility", "facilities", "infrastructure", "plant", "plants", "grid", "grids", "system", "systems", "sector", "network", "networks", "engineers", "workers", "equipment", "lines", "line", "station", "stations", "boilers", "boiler", "mains", "main", "pipe", "pipeline", "pipelines", "pumps", "points", "company", "companies", "ministry", "minister", "cannon", "guns", "price", "prices", "deficit", "production", "stations'"]
)


def _nearest(scan: Scan, state: Match, groups, marks: list[int]) -> int | None:
    """The service group a state belongs to, by what parts them; None where none is near."""
    best, cost_of_best = None, 99.0
    for n, (start, end, _, _) in enumerate(groups):
        if _clause(marks, start) != _clause(marks, state.start):
            continue
        ahead = state.end <= start
        gap = range(state.end, start) if ahead else range(end, state.start)
        if state.start >= start and state.end <= end:
            gap = range(0)
        if state.value in ("without", "had_no") and not _touches(scan, state, gap, ahead):
            continue
        limit = {"lost": 9 if ahead else 14, "restored": 14, "left": 12, "remains": 14, "pending": 10}.get(state.value, 5)
        if scan.low(state.start) in ("left", "leaving") and not ahead:
            limit = 8
        cost = float(len(gap)) + 4 * sum(scan.tokens[i].text in ",()-" for i in gap)
        if len(gap) <= limit and cost < cost_of_best:
            best, cost_of_best = n, cost
    return best


def _like(scan: Scan, group, states: list[Match], as_of: bool) -> Trigger:
    """The trigger of a service that shares the verb of the service before."""
    status = _status({state.value for state in states}, as_of)
    return Trigger(group[0], group[1], SERVICES[group[2][0]], status, words=group[3])


def _own_states(scan: Scan, group, beside: list[Match]) -> list[Match]:
    """Without states beyond a comma where the service has one of its own on this side."""
    start, end = group[0], group[1]

    def parted(state: Match) -> bool:
        gap = range(state.end, start) if state.end <= start else range(end, state.start)
        return any(scan.tokens[i].text in ",()" for i in gap)

    own = [state for state in beside if not parted(state)]
    decided = any(state.value in ("without", "had_no", "lost", "restored") for state in own)
    return own if decided else beside


def _touches(scan: Scan, state: Match, gap: range, ahead: bool) -> bool:
    """"without (centralised) heating", "світла немає": nothing but adjectives may part them."""
    if any(scan.is_number(i) or (scan.mark(i) and scan.tokens[i].text != '"') for i in gap):
        return False
    if any(scan.at("units", i) for i in gap):
        return False
    low = scan.low(state.start)
    if not ahead:
        return len(gap) <= 3 and low in ("відсутнє", "відсутня", "відсутні", "відсутній", "відсутня", "немає", "нема", "не", "зникло", "зник", "зникла", "none")
    return len(gap) <= (4 if low in ("lack", "lacks", "deprived", "has", "not", "have", "haven't") else 3)


def _supply(scan: Scan, group, beside: list[Match], as_of: bool) -> Trigger | None:
    start, end, services, words = group
    values = {state.value for state in beside}
    outright = any(start <= m.start < end for m in scan.of("outright"))
    if not values & {"without", "had_no", "lost", "restored", "pending"} and not (
        outright or ("left" in values and _cold(scan, start))
    ):
        return None
    if not values & {"without", "had_no", "restored", "lost", "pending"} and not outright:
        return None
    indicators = tuple(SERVICES[service] for service in services)
    # A state far off belongs to the span only as far as its own words: numbers between are free.
    near = [s for s in beside if s.value != "remains"]
    span = (min([start, *(s.start for s in near)]), max([end, *(s.end for s in near)]))
    status = _status(values, as_of, outright=outright)
    taken = (*words, *(i for s in beside for i in range(s.start, s.end)))
    return Trigger(*span, indicators[0], status, words=taken, also=indicators[1:])


def _cold(scan: Scan, i: int) -> bool:
    return scan.low(i).startswith(("холодн", "cold"))


def _status(values: set[str], as_of: bool, *, outright: bool = False) -> str:
    """lost, without or restored, as FIGURES.md tells them apart: finished words or lasting ones."""
    if "pending" in values:
        return "without"
    if "restored" in values:
        return "restored"
    if "remains" in values:
        return "without"
    if values & {"left", "lost"}:
        return "lost"
    if "had_no" in values:
        return "without" if as_of else "lost"
    return "lost" if outright else "without"


def _damages(scan: Scan) -> list[Trigger]:
    return [
        Trigger(m.start, m.end, "buildings_damaged", words=(m.start,),
                side="after" if scan.low(m.start).endswith(("ing", "hit", "struck")) else "")
        for m in scan.of("damage")
    ]


def _launches(scan: Scan) -> list[Trigger]:
    found = []
    for match in scan.of("launch"):
        found.append(Trigger(match.start, match.end, LAUNCH, words=(match.start,),
                             aimed=match.value == "aimed"))
    return found


def _outs(scan: Scan) -> list[Trigger]:
    return [
        Trigger(m.start, m.end, OUT, m.value, words=(m.start,))
        for m in scan.of("left_out")
        if m.value in _OUT
    ]


def cost(scan: Scan, number, trigger: Trigger, numbers, marks: list[int]) -> float:
    """How far a number is from a trigger: words between, more for marks, clauses and numbers."""
    begin, end = number.start, max(number.noun_end, number.end)
    if any(begin <= word < end for word in trigger.words):
        return 0.0
    before = [w for w in trigger.words if w < begin]
    after = [w for w in trigger.words if w >= end]
    best = 99.0
    unfit = 5 if trigger.indicator == "buildings_damaged" and number.unit == "households" else 0
    for word in ([max(before)] if before else []) + ([min(after)] if after else []):
        follows = word >= end
        gap = range(end, word) if follows else range(word + 1, begin)
        total = _between(scan, gap, marks, numbers, number)
        if (trigger.side == "after" and follows) or (trigger.side == "before" and not follows):
            total += 7
        best = min(best, total + unfit)
    if trigger.indicator == OUT and trigger.status in ("response", "present", "safe") and best > 1:
        best += 4
    return best


def _asides(scan: Scan, gap: range) -> set[int]:
    """The tokens of ", including one child," within a gap: they part nothing."""
    found: set[int] = set()
    for link in scan.of("links"):
        if link.value != "subset" or link.start not in gap:
            continue
        begin = link.start - 1 if scan.tokens[link.start - 1].text in ",(-" else link.start
        for end in range(link.end, gap.stop):
            if scan.tokens[end].text in ",)-":
                found.update(range(begin, end + 1))
                break
    return found


def _between(scan: Scan, gap: range, marks: list[int], numbers, number) -> float:
    total = 0.0
    aside = _asides(scan, gap)
    for i in gap:
        token = scan.tokens[i]
        if i in aside:
            continue
        if i in scan.taken:
            total += 0.2
        elif token.text in ",()":
            total += 3
        elif token.text in "-:":
            total += 2
        elif token.text == '"':
            total += 0.3
        elif scan.link("and", i):
            total += 3
        else:
            total += 1
        if i in marks:
            total += 25
    for other in numbers:
        if other is not number and other.start >= gap.start and other.end <= gap.stop and other.start not in aside:
            if other.outside in ("age", "storey", "ordinal", "name", "percent"):
                continue
            total += 2
    return total
