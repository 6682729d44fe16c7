"""Services: where a sentence names electricity, heating, water or gas."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

_HELPING = 2  # helping verbs before "returned"
_JOINED_WITHIN = 2  # words between services of one list: a comma and "or"


@dataclass(slots=True)
class Services:
    """Services named together ("heat, power or water"): their tokens [start, end)."""

    start: int
    end: int
    names: list[str]
    words: list[int]  # the token of each name
    states: list[Match] = field(default_factory=list)  # what is said of them

    def gap(self, state: Match) -> range:
        """The tokens between the services and a state, none where they overlap."""
        if state.end <= self.start:
            return range(state.end, self.start)
        return range(self.end, state.start)

    def cover(self, match: Match) -> bool:
        """Whether a phrase begins within these services' words."""
        return self.start <= match.start < self.end


def services(scan: Scan, last_service: str) -> list[Services]:
    """The services that a sentence names, those of one list together."""
    found: list[Services] = []
    for match in _named(scan, last_service):
        if _is_only_a_name(scan, match):
            continue
        last = found[-1] if found else None
        if last is None or not _joined(scan, last.end, match.start) or _counts(scan, last, match):
            found.append(Services(match.start, match.end, [match.value], [match.start]))
            continue
        last.end = match.end
        last.words.append(match.start)
        if match.value not in last.names:
            last.names.append(match.value)
    return found


def _named(scan: Scan, last_service: str) -> Iterator[Match]:
    """Services by name, and "it" after "without" for the service named last."""
    service = last_service
    told = {match.start for match in scan.of("services")}
    told |= {link.start for link in scan.of("links") if link.value == "pronoun"}
    for i in sorted(told):
        if match := scan.at("services", i):
            service = (service or "power") if match.value == "same" else match.value
            yield match._replace(value=service)
        elif service and scan.link("pronoun", i):
            state = scan.at("states", i - 1) or _returned(scan, i + 1)
            if state and state.value in ("without", "lost", "restored"):
                yield Match("services", service, i, i + 1)


def _returned(scan: Scan, i: int) -> Match | None:
    """What is said of "it" behind helping verbs: "it had been | returned to 1,200"."""
    if not (scan.link("passive", i) or scan.link("restated", i)):
        return None
    told = (scan.at("states", at, "restored") for at in range(i + 1, i + 1 + _HELPING))
    return next(filter(None, told), None)


def _is_only_a_name(scan: Scan, match: Match) -> bool:
    """Whether a service only names something: "heat-generating sites", "power workers", "oil and
    gas"."""
    following = scan.at("service_names", match.end)
    if following and following.value == "user":
        return True
    fuels = (name for name in scan.of("service_names") if name.value == "fuel")
    return any(fuel.start <= match.start < fuel.end for fuel in fuels)


def _counts(scan: Scan, before: Services, match: Match) -> bool:
    """Whether a service behind a comma has a number of its own: "9,000 without light, without heat
    720 blocks", "9,000 without light, water is off for 720"."""
    parted = any(scan.low(i) == "," for i in range(before.end, match.start))
    if not parted or not any(i < before.start for i in scan.numeric):
        return False
    behind = match.end + (scan.link("passive", match.end) is not None)
    own = any(scan.at("states", i) for i in (match.end - 1, match.end, behind))
    told = scan.ending("states", before.start) and own
    return scan.is_number(match.end) or bool(told and any(i > behind for i in scan.numeric))


def _joined(scan: Scan, end: int, start: int) -> bool:
    """Whether only commas and words such as "or" stand between two services, in one line."""
    if any(end <= line <= start for line in scan.sentence.lines):
        return False
    return start - end <= _JOINED_WITHIN and all(
        scan.tokens[i].text in ",-/" or scan.link("and", i) or scan.link("between_services", i)
        for i in range(end, start)
    )
