"""Supply: services and what is said of them, as triggers that are lost, without or restored."""

from collections.abc import Iterable, Iterator

from etl.reports.mentions.distance import clause, hard_marks
from etl.reports.mentions.services import Services, services
from etl.reports.mentions.states import LACKING, assign_states
from etl.reports.mentions.trigger import SERVICES, Trigger
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

_DECIDING = LACKING | {"lost", "restored", "pending"}  # "left" and "still" say nothing alone
_TELLING = ("services", "outright", "reconnected")  # kinds of words that speak of supply
_OUTRIGHT_REACH = 8  # from "blacked out" to a state that says more of it
_STATES = ("states", "reconnected", "outright")  # kinds of words that tell a state
_LITTLE = ("and", "supplied", "pronoun")  # links between a comma and the number of its clause
_OPENING = 7  # tokens from the comma of a clause to its number
_INCREMENT = 4  # tokens from "another" to its number
_BARE_REACH = 4  # from "cut off" to "still"


def supplies(scan: Scan, last_service: str, as_of: bool) -> list[Trigger]:
    """Every trigger of a sentence that speaks of electricity, heating, water or gas."""
    telling = (*_TELLING, "states") if last_service else _TELLING
    if any(scan.of(kind) for kind in telling):
        return _Supply(scan, last_service, as_of).triggers()
    return []


class _Supply:
    """The services and states of one sentence."""

    def __init__(self, scan: Scan, last_service: str, as_of: bool):
        self.scan, self.last_service, self.as_of = scan, last_service, as_of
        self.commas = _coordinate(scan)
        self.marks = sorted([*hard_marks(scan), *self.commas])
        self.named = services(scan, last_service)
        self.loose = assign_states(scan, self.named, self.marks)  # said of no service

    def triggers(self) -> list[Trigger]:
        """Services with the states beside them; states alone where they speak for themselves."""
        found = [*self._of_services()]
        found += self._outright({i for trigger in found for i in trigger.words})
        found += self._bare({i for trigger in found for i in trigger.words})
        found += self._of_own_verbs(found)
        if self.last_service and not self.named and not found:
            found += self._pronoun()
        return found

    def _of_services(self) -> Iterator[Trigger]:
        """ "22,000 people are without heat": services with their states, or those before them."""
        before = None
        for named in self.named:
            if before and before.states and not named.states and self._one_verb(before, named):
                status = self._status(state.value for state in before.states)
                yield _trigger(named, named.start, named.end, status, named.words)
            elif back := self._returned(named):
                named.states = [state for state in named.states if state is not back]
                yield from filter(None, [self._of_states(named)])
                yield _trigger(named, back.start, back.end, "restored", range(back.start, back.end))
            elif trigger := self._of_states(named):
                yield trigger
            before = named

    def _returned(self, named: Services) -> Match | None:
        """The second verb of "heating was lost in 34 blocks and has | returned to all but six"."""
        if not named.states[1:]:
            return None
        lost = [s.end for s in named.states if s.value == "lost" and s.start >= named.end]
        back = next((s for s in named.states if s.value == "restored"), None)
        if not lost or back is None or back.start < lost[0]:
            return None
        joined = any(self.scan.link("and", i) for i in (back.start - 1, back.start - 2))
        counted = any(map(self.scan.is_number, range(lost[0], back.start)))
        return back if joined and counted else None

    def _one_verb(self, before: Services, named: Services) -> bool:
        """ "cut gas to 132 flats and electricity to 1,050 households"."""
        last = named.start - 1
        if is_little(self.scan, last, "cut_from"):  # "… from electricity and 17,000 from heating"
            between = range(before.end, last)
            return any(self.scan.link("and", i) or self.scan.low(i) == "," for i in between)
        listed = self.scan.link("and", last) or self.scan.tokens[last].text == ","
        together = self._clause(before.start) == self._clause(named.start)
        goes_on = self.scan.link("supplied", named.end) or self.scan.low(named.end) == "-"
        return together and bool(listed and goes_on)

    def _shared_verb(self, named: Services) -> set[str]:
        """The verb of the service before for "9,500 were left without heat and 34,000 without
        water", where "without" alone would say that the cut goes on."""
        i = self.named.index(named)
        if i == 0 or {state.value for state in named.states} != {"without"}:
            return set()
        before = self.named[i - 1]
        joined = any(self.scan.link("and", k) for k in range(before.end, named.start))
        if not joined or self._clause(before.start) != self._clause(named.start):
            return set()
        return {state.value for state in before.states} & {"left"}

    def _of_states(self, named: Services) -> Trigger | None:
        told = {state.value for state in named.states} | self._shared_verb(named)
        told |= {_event(m)[1] for m in self.scan.of("outright") if named.cover(m)}
        if not told & _DECIDING:
            return None
        # "still" may stand far off: numbers between are not within the trigger.
        near = [state for state in named.states if state.value != "remains"]
        start = min([named.start, *(state.start for state in near)])
        end = max([named.end, *(state.end for state in near)])
        words = [i for state in named.states for i in range(state.start, state.end)]
        return _trigger(named, start, end, self._status(told), named.words + words)

    def _outright(self, covered: set[int]) -> Iterator[Trigger]:
        """ "40 villages were blacked out": a verb that says what was lost, without the service."""
        for match in self.scan.of("outright"):
            told_already = any(named.states and named.cover(match) for named in self.named)
            if match.start in covered or told_already:
                continue
            service, told = _event(match)
            before = [named.names[0] for named in self.named if named.start < match.start]
            if told == "restored" and before and "power" not in before:
                service = before[-1]  # "of 2,600 that lost heat 400 are still to be connected"
            beside = [
                state
                for state in self.loose
                if self._clause(state.start) == self._clause(match.start)
                and abs(state.start - match.start) <= _OUTRIGHT_REACH
            ]
            own = [state for state in beside if not self._comma_between(match, state)]
            beside = own or [s for s in beside if not self._number_between(match, s)]
            status = self._status([told, *(state.value for state in beside)])
            words = (*range(match.start, match.end), *(state.start for state in beside))
            yield Trigger(match.start, match.end, SERVICES[service], status, words=words)

    def _comma_between(self, one: Match, other: Match) -> bool:
        """Whether a comma parts two words: "13,600 remain cut off, all hospitals have power"."""
        first, last = sorted((one, other), key=lambda each: each.start)
        return any(self.scan.low(i) == "," for i in range(first.end, last.start))

    def _number_between(self, one: Match, other: Match) -> bool:
        """Whether a number parts two words: "21,000 customers off, all but 3,400 back"."""
        first, last = sorted((one, other), key=lambda each: each.start)
        return any(map(self.scan.is_number, range(first.end, last.start)))

    def _bare(self, covered: set[int]) -> Iterator[Trigger]:
        """ "another 50 were connected", "12,300 are still cut off": the service was named before.

        If none was named, customers are cut off from electricity.
        """
        served = {self._clause(named.start) for named in self.named}
        for match in self.scan.of("reconnected"):
            if self._clause(match.start) in served or {match.start, match.end - 1} & covered:
                continue
            before = [named.names[0] for named in self.named if named.start < match.start]
            if not before:  # "5,600 blocks were left unheated; 126 have yet to be reconnected"
                told = (each for each in self.scan.of("outright") if each.end <= match.start)
                before = [_event(each)[0] for each in told]
            behind = [named.names[0] for named in self.named[:1]]
            apart = self.last_service and self._behind_comma(match)
            service = (before or ([] if apart else behind) or [self.last_service])[-1]
            lasting = [
                state.value
                for state in self.scan.of("states")
                if state.value in ("remains", "pending")
                and abs(state.start - match.start) <= _BARE_REACH
                and self._clause(state.start) == self._clause(match.start)
            ]
            yield Trigger(
                match.start,
                match.end,
                SERVICES[service or "power"],
                self._status([match.value, *lasting]),
                words=tuple(range(match.start, match.end)),
                guessed=not service,
            )

    def _behind_comma(self, match: Match) -> bool:
        """Whether the first service stands behind a comma and "and": "180,000 are still cut off,
        and water is back"."""
        until = self.named[0].start if self.named else 0
        return any(
            self.scan.low(i) == "," and self.scan.link("and", i + 1)
            for i in range(match.end, until)
        )

    def _of_own_verbs(self, found: list[Trigger]) -> Iterator[Trigger]:
        """ "64 thousand have light again, 12 thousand wait": the service stands in the clause
        before, or its words tell of one: "70 thousand were reconnected, 320 thousand wait".

        found  the triggers found so far
        """
        served = {self._clause(named.start) for named in self.named}
        covered = {i for trigger in found for i in trigger.words}
        semicolons = (i for i in self.marks if self.scan.low(i) == ";")
        for mark in (*self.commas, *semicolons):
            here = self._clause(mark)
            told = [s for s in self.loose if self._clause(s.start) == here]
            before = [SERVICES[named.names[0]] for named in self.named if named.start < mark]
            if (not before or mark not in self.commas) and all(s.value == "lost" for s in told):
                continue  # "2,700 customers lost power; a man lost his house"
            before = before or [trigger.indicator for trigger in found if trigger.end <= mark]
            left = {s.value for s in told} == {"left"} and self._back_before(mark)
            if not before or here in served or not (left or {s.value for s in told} & _DECIDING):
                continue
            if not covered & {s.start for s in told}:
                status = self._status(state.value for state in told)
                both = {s.value for s in told} >= {"left", "without"}
                if left or (both and self._back_before(mark)):
                    status = "without"  # "restored to 4,000, leaving 9,300 without"
                yield Trigger.of(told[0], before[-1], status)

    def _back_before(self, mark: int) -> bool:
        """Whether something was given back before a mark."""
        return any(s.value == "restored" and s.end <= mark for s in self.scan.of("states"))

    def _pronoun(self) -> Iterator[Trigger]:
        """ "Almost 3,000 still have none", "Another 11 thousand wait": the service was named in the
        sentence before."""
        waiting = [s for s in self.loose if s.value == "pending"]
        more = any(self.scan.is_number(i + 1) for i in self.scan.links("increment"))
        if waiting and (more or self._ends_count(waiting[0])):
            service = SERVICES[self.last_service]
            yield Trigger.of(waiting[0], service, "without", guessed=True)
            return
        lacking = [
            state
            for state in self.loose
            if state.value in LACKING
            and state.end - state.start > 1
            and not is_little(self.scan, state.end - 1, "place_of")  # "out of | a burning block"
        ]
        for state in lacking[:1]:
            status = self._status(state.value for state in self.loose)
            yield Trigger.of(state, SERVICES[self.last_service], status)

    def _ends_count(self, state: Match) -> bool:
        """Whether a state is all that is said of a number: "14 500 – ще ні"."""
        dashed = self.scan.low(state.start - 1) == "-"
        closed = state.end >= len(self.scan.tokens) or self.scan.mark(state.end)
        alone = len(self.scan.numeric) == 1 and self.scan.is_number(state.start - 1 - dashed)
        return bool(self.last_service) and closed and alone

    def _clause(self, i: int) -> int:
        return clause(self.marks, i)

    def _status(self, states: Iterable[str]) -> str:
        """lost, without or restored: what has happened is told from what lasts."""
        told = set(states)
        if "pending" in told:
            return "without"
        if "restored" in told:
            return "restored"
        if "remains" in told:
            return "without"
        if told & {"left", "lost"}:
            return "lost"
        return "lost" if "had_no" in told and not self.as_of else "without"


def _coordinate(scan: Scan) -> list[int]:
    """The commas between two numbers with states of their own: "40,000 were reconnected, another
    90,000 remain without power", "back for 9,300, still off for 2,150"."""
    states = _states(scan)
    begun, last = min(states, default=0), max(states, default=0)
    opening = {*scan.links("increment"), *(match.start for match in scan.of("reconnected"))}
    opening |= {*scan.links("anaphora"), *scan.links("subset")}
    parted = [
        i - 1
        for i in opening
        if scan.before(i, ",")
        and any(scan.is_number(at) for at in range(i + 1, i + _INCREMENT))
        and any(scan.is_number(at) for at in range(i))
        and begun < i <= last
    ]
    parted += [
        match.start - 1  # "25,000 lost power, most have it back"
        for match in scan.of("unquantified")
        if match.value == "share" and scan.before(match.start, ",") and begun < match.start <= last
    ]
    return parted + _before_verbs(scan)


def _states(scan: Scan) -> list[int]:
    """The tokens at which words begin that tell a state."""
    return [match.start for kind in _STATES for match in scan.of(kind)]


def _before_verbs(scan: Scan) -> list[int]:
    """The commas of "64 thousand have it back, 12 thousand wait": each number has its own verb."""
    states = _states(scan)
    if not states:
        return []
    return [
        comma
        for i in scan.numeric
        if (comma := _comma_before(scan, i, states)) and _has_own_state(scan, i, states)
    ]


def _comma_before(scan: Scan, i: int, states: list[int]) -> int:
    """The comma that opens a number's clause, over "and", "for" and the state itself: ", and 240",
    ", для 2100 – повернули", ", знеструмлені – понад 420 тис."; 0 if there is none."""
    passed = ("bounds", "fillers")
    bounds = {at for kind in passed for m in scan.of(kind) for at in range(m.start, m.end)}
    for at in range(i - 1, max(0, i - _OPENING), -1):
        if scan.low(at) == ",":
            return at
        little = any(scan.link(each, at) for each in _LITTLE) or at in bounds
        little = little or is_little(scan, at, "rest_with")
        if scan.link("and", at) and any(at < state < i for state in states):
            return at  # "interrupted for 9,300 customers and restored for 4,000"
        of_day = at in scan.taken or at + 1 in scan.taken  # ", from | yesterday | 3,100 are back"
        if not (little or of_day or at in states or scan.low(at) == "-"):
            return 0
    return 0


def _has_own_state(scan: Scan, i: int, states: list[int]) -> bool:
    """Whether a state stands behind the number at a token, and one with a number of its own before
    it."""
    ends = (
        k
        for k in range(i, len(scan.tokens))
        if scan.tokens[k].text in ",;." and scan.skip_dot(k) == k
    )
    stop = next(ends, len(scan.tokens))
    comma = _comma_before(scan, i, states)
    own = any(comma < state < stop for state in states)
    before = any(state < comma for state in states)
    # "no power in all of the town, 12 thousand have it back"
    all_of_it = scan.ending("where", comma) is not None or scan.link("hard", 0) is not None
    return own and before and (all_of_it or any(scan.is_number(k) for k in range(comma)))


def _trigger(named: Services, start: int, end: int, status: str, words: Iterable[int]) -> Trigger:
    """Services as one trigger, the further ones in `also`."""
    indicator, *also = (SERVICES[service] for service in named.names)
    return Trigger(start, end, indicator, status, words=tuple(words), also=tuple(also))


def _event(match: Match) -> tuple[str, str]:
    """The service and state that an event's words tell ("power lost")."""
    service, state = match.value.split()
    return service, state
