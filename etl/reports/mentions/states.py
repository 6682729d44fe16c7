"""States: what a sentence says of its services: lost, lacking, restored and so on."""

from itertools import pairwise

from etl.reports.mentions.distance import clause
from etl.reports.mentions.services import Services
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

# How many words may stand between a state and the services after it, and those before it.
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


def assign_states(scan: Scan, named: list[Services], marks: list[int]) -> list[Match]:
    """Gives each state of a sentence to the services it is about.

    Returns the states of no service.
    """
    loose = []
    for state in scan.of("states"):
        if _denied(scan, state):
            continue
        near = [each for each in named if _reaches(scan, each, state, marks)]
        near = _left_without(scan, near, state) or near
        if near:
            min(near, key=lambda each: _parted(scan, each, state)).states.append(state)
        else:
            loose.append(state)
    for each in named:
        own = _own(scan, each)
        loose += [state for state in each.states if state not in own]
        each.states = own
    return loose


def _left_without(scan: Scan, near: list[Services], state: Match) -> list[Services]:
    """The services behind "left" that somebody was left without: "disrupted power and left 300,000
    without water"."""
    if state.value != "left":
        return []
    return [
        each
        for each in near
        if each.start > state.end
        and any(scan.at("states", i, "without") for i in range(state.end, each.start))
    ]


def _denied(scan: Scan, state: Match) -> bool:
    """ "not yet restored", «не припиняли»; "in affected areas" tells of no loss."""
    if state.value == "lost" and scan.at("stops", state.end, "areas"):
        return True
    reach = {"restored": 2, "lost": 1}.get(state.value, 0)
    return any(scan.link("not", state.start - back) for back in range(1, reach + 1))


def _reaches(scan: Scan, named: Services, state: Match, marks: list[int]) -> bool:
    """Whether a state is near enough to services, in their clause, to be about them."""
    if clause(marks, named.start) != clause(marks, state.start):
        return False
    gap = named.gap(state)
    precedes = state.end <= named.start
    if_it_precedes, if_it_follows = _REACH[state.value]
    if len(gap) - _aside(scan, gap) > (if_it_precedes if precedes else if_it_follows):
        return False
    return state.value not in LACKING or _lacks(scan, state, gap, precedes)


def _aside(scan: Scan, gap: range) -> int:
    """How many tokens of a gap are a clause that only says more: ", which had been cut off,"."""
    commas = [i for i in gap if scan.low(i) == ","]
    return next(
        (end - begin + 1 for begin, end in pairwise(commas) if scan.link("relative", begin + 1)), 0
    )


def _lacks(scan: Scan, state: Match, gap: range, precedes: bool) -> bool:
    """ "without (centralised) heating", "світла немає", "Heat: none": only adjectives stand
    between, or the colon of a label."""
    labelled = not precedes and bool(gap) and scan.low(gap[0]) in (":", "-")
    gap = gap[1:] if labelled else gap
    if not precedes and not labelled and not scan.at("lacking_after", state.start):
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
    """Drops states beyond a comma, if the services have a state of their own on this side of it."""
    own = [
        state
        for state in named.states
        if (state.value == "remains" and state.start == 0)  # "Currently, power is cut to …"
        or not any(scan.tokens[i].text in ",()" for i in named.gap(state))
    ]
    return own if any(state.value in _HAPPENED for state in own) else named.states
