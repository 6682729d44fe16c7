"""Services: where a sentence names electricity, heating, water or gas, and what it says of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reports.distance import clause
from etl.reports.scan import Scan
from etl.reports.words import Match

_JOINED_WITHIN = 2  # words between services of one list: a comma and "or"

# How many words may part a state from its services where it precedes them, and where it follows.
_REACH = {
    "lost": (9, 14),
    "left": (12, 8),
    "restored": (14, 14),
    "remains": (14, 14),
    "pending": (10, 10),
    "without": (4, 3),
    "had_no": (4, 3),
}
LACKING = frozenset({"without", "had_no"})
_HAPPENED = LACKING | {"lost", "restored"}
_COMMA = 4  # what a mark adds to the distance of a state


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
        if last is None or not _joined(scan, last.end, match.start):
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
    for i in range(len(scan.tokens)):
        if match := scan.at("services", i):
            service = (service or "power") if match.value == "same" else match.value
            yield match._replace(value=service)
        elif service and scan.link("pronoun", i):
            state = scan.at("states", i - 1)
            if state and state.value in ("without", "lost", "restored"):
                yield Match("services", service, i, i + 1)


def _is_only_a_name(scan: Scan, match: Match) -> bool:
    """ "heat-generating sites", "power workers", "oil and gas": nothing that anyone is without."""
    following = scan.at("service_names", match.end)
    if following and following.value == "user":
        return True
    fuels = (name for name in scan.of("service_names") if name.value == "fuel")
    return any(fuel.start <= match.start < fuel.end for fuel in fuels)


def _joined(scan: Scan, end: int, start: int) -> bool:
    """Whether only commas and words such as "or" stand between two services."""
    return start - end <= _JOINED_WITHIN and all(
        scan.tokens[i].text in ",-/" or scan.link("and", i) or scan.link("between_services", i)
        for i in range(end, start)
    )


# ------------------------------------------------------------------------------------- states


def assign_states(scan: Scan, named: list[Services], marks: list[int]) -> list[Match]:
    """Gives each state of a sentence to the services it is said of, and returns the others."""
    loose = []
    for state in scan.of("states"):
        if _denied(scan, state):
            continue
        near = [each for each in named if _reaches(scan, each, state, marks)]
        if near:
            min(near, key=lambda each: _parted(scan, each, state)).states.append(state)
        else:
            loose.append(state)
    for each in named:
        each.states = _own(scan, each)
    return loose


def _denied(scan: Scan, state: Match) -> bool:
    """ "not yet restored"."""
    before = (state.start - 1, state.start - 2)
    return state.value == "restored" and any(scan.link("not", i) for i in before)


def _reaches(scan: Scan, named: Services, state: Match, marks: list[int]) -> bool:
    """Whether a state is near enough to services, in their clause, to be said of them."""
    if clause(marks, named.start) != clause(marks, state.start):
        return False
    gap = named.gap(state)
    precedes = state.end <= named.start
    if_it_precedes, if_it_follows = _REACH[state.value]
    if len(gap) > (if_it_precedes if precedes else if_it_follows):
        return False
    return state.value not in LACKING or _lacks(scan, state, gap, precedes)


def _lacks(scan: Scan, state: Match, gap: range, precedes: bool) -> bool:
    """ "without (centralised) heating", "світла немає": nothing but adjectives part them."""
    if not precedes and not scan.at("lacking_after", state.start):
        return False
    return not any(
        scan.is_number(i) or scan.at("units", i) or (scan.mark(i) and scan.tokens[i].text != '"')
        for i in gap
    )


def _parted(scan: Scan, named: Services, state: Match) -> int:
    """How far a state is from services: the words between, more for marks."""
    gap = named.gap(state)
    return len(gap) + _COMMA * sum(scan.tokens[i].text in ",()-" for i in gap)


def _own(scan: Scan, named: Services) -> list[Match]:
    """Without states beyond a comma where the services have one of their own on this side."""
    own = [
        state
        for state in named.states
        if not any(scan.tokens[i].text in ",()" for i in named.gap(state))
    ]
    return own if any(state.value in _HAPPENED for state in own) else named.states
