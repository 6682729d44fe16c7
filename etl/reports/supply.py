"""Supply: services and what is said of them, as triggers that are lost, without or restored."""

from collections.abc import Iterable, Iterator

from etl.reports.distance import clause, hard_marks
from etl.reports.scan import Scan
from etl.reports.services import Group, service_groups
from etl.reports.trigger import SERVICES, Trigger
from etl.reports.words import Match

# How many words may part a state from its service, where it stands before it and after it.
_REACH = {
    "lost": (9, 14),
    "left": (12, 8),
    "restored": (14, 14),
    "remains": (14, 14),
    "pending": (10, 10),
    "without": (4, 3),
    "had_no": (4, 3),
}
_LACKING = frozenset({"without", "had_no"})
_HAPPENED = _LACKING | {"lost", "restored"}
_DECIDING = _HAPPENED | {"pending"}  # "left" and "still" alone say nothing of a service
_COMMA = 4  # what a comma or bracket adds to the distance of a state
_OUTRIGHT_REACH = 8  # from "blacked out" to a state that says more of it
_BARE_REACH = 4  # from "cut off" to "still"


def supplies(scan: Scan, last_service: str, as_of: bool) -> list[Trigger]:
    """Every trigger of a sentence that speaks of electricity, heating, water or gas."""
    return _Supply(scan, last_service, as_of).triggers()


def _status(states: Iterable[str], as_of: bool) -> str:
    """lost, without or restored, as FIGURES.md tells them apart: finished words or lasting ones."""
    told = set(states)
    if "pending" in told:
        return "without"
    if "restored" in told:
        return "restored"
    if "remains" in told:
        return "without"
    if told & {"left", "lost"}:
        return "lost"
    return "lost" if "had_no" in told and not as_of else "without"


def _gap(group: Group, state: Match) -> range:
    """The tokens between a service and a state, none where they overlap."""
    if state.end <= group.start:
        return range(state.end, group.start)
    return range(group.end, state.start)


class _Supply:
    """The services and states of one sentence, each state with the service it is said of."""

    def __init__(self, scan: Scan, last_service: str, as_of: bool):
        self.scan, self.last_service, self.as_of = scan, last_service, as_of
        self.marks = hard_marks(scan)
        self.groups = service_groups(scan, last_service)
        self.states: list[list[Match]] = [[] for _ in self.groups]
        self.loose: list[Match] = []  # states of no service
        for state in scan.of("states"):
            if not self._denied(state):
                self._assign(state)
        self.states = [
            self._own(group, states)
            for group, states in zip(self.groups, self.states, strict=True)
        ]

    def triggers(self) -> list[Trigger]:
        """Services with the states beside them; states alone where they speak for themselves."""
        found = [*self._of_services()]
        found += self._outright({i for trigger in found for i in trigger.words})
        found += self._bare({i for trigger in found for i in trigger.words})
        if self.last_service and not self.groups and not found:
            found += self._pronoun()
        return found

    # ------------------------------------------------------------- states and their services

    def _denied(self, state: Match) -> bool:
        """ "not yet restored"."""
        return state.value == "restored" and any(
            self.scan.link("not", i) for i in (state.start - 1, state.start - 2)
        )

    def _assign(self, state: Match) -> None:
        """Gives a state to the nearest service that it reaches, by what parts them."""
        near = [
            (self._parted(group, state), n)
            for n, group in enumerate(self.groups)
            if self._reaches(group, state)
        ]
        if near:
            self.states[min(near)[1]].append(state)
        else:
            self.loose.append(state)

    def _parted(self, group: Group, state: Match) -> int:
        gap = _gap(group, state)
        return len(gap) + _COMMA * sum(self.scan.tokens[i].text in ",()-" for i in gap)

    def _reaches(self, group: Group, state: Match) -> bool:
        if self._clause(group.start) != self._clause(state.start):
            return False
        gap, follows = _gap(group, state), state.end > group.start
        if len(gap) > _REACH[state.value][follows]:
            return False
        return state.value not in _LACKING or self._lacks(state, gap, follows)

    def _lacks(self, state: Match, gap: range, follows: bool) -> bool:
        """"without (centralised) heating", "світла немає": nothing but adjectives part them."""
        if follows and not self.scan.at("lacking_after", state.start):
            return False
        return not any(
            self.scan.is_number(i)
            or self.scan.at("units", i)
            or (self.scan.mark(i) and self.scan.tokens[i].text != '"')
            for i in gap
        )

    def _own(self, group: Group, states: list[Match]) -> list[Match]:
        """Without states beyond a comma where a service has one of its own on this side."""
        own = [
            state
            for state in states
            if not any(self.scan.tokens[i].text in ",()" for i in _gap(group, state))
        ]
        decided = any(state.value in _HAPPENED for state in own)
        return own if decided else states

    def _clause(self, i: int) -> int:
        return clause(self.marks, i)

    # ----------------------------------------------------------------------------- triggers

    def _of_services(self) -> Iterator[Trigger]:
        """ "22,000 people are without heat", each service with its own states or the list's."""
        for n, (group, states) in enumerate(zip(self.groups, self.states, strict=True)):
            shared = self.states[n - 1] if n and self._shares_verb(self.groups[n - 1], group) else []
            if shared and not states:
                status = _status((state.value for state in shared), self.as_of)
                yield _of_group(group, status, group.start, group.end, group.words)
            elif trigger := self._of_service(group, states):
                yield trigger

    def _shares_verb(self, before: Group, group: Group) -> bool:
        """ "cut gas to 132 flats and electricity to 1,050 households"."""
        last = group.start - 1
        listed = self.scan.link("and", last) or self.scan.tokens[last].text == ","
        same_clause = self._clause(before.start) == self._clause(group.start)
        return same_clause and bool(listed and self.scan.link("supplied", group.end))

    def _of_service(self, group: Group, states: list[Match]) -> Trigger | None:
        told = {state.value for state in states}
        told |= {
            _told_outright(match)[1]
            for match in self.scan.of("outright")
            if group.start <= match.start < group.end
        }
        if not told & _DECIDING:
            return None
        # "still" may stand far off: numbers between are not within the trigger.
        near = [state for state in states if state.value != "remains"]
        start = min([group.start, *(state.start for state in near)])
        end = max([group.end, *(state.end for state in near)])
        words = (*group.words, *(i for state in states for i in range(state.start, state.end)))
        return _of_group(group, _status(told, self.as_of), start, end, words)

    def _outright(self, covered: set[int]) -> Iterator[Trigger]:
        """ "40 villages were blacked out": an event without its service beside it."""
        for match in self.scan.of("outright"):
            if match.start in covered or self._is_told(match):
                continue
            service, told = _told_outright(match)
            beside = [
                state
                for state in self.loose
                if self._clause(state.start) == self._clause(match.start)
                and abs(state.start - match.start) <= _OUTRIGHT_REACH
            ]
            status = _status({told, *(state.value for state in beside)}, self.as_of)
            words = (*range(match.start, match.end), *(state.start for state in beside))
            yield Trigger(match.start, match.end, SERVICES[service], status, words=words)

    def _is_told(self, match: Match) -> bool:
        """Whether words of an event name a service that has states of its own."""
        return any(
            states and group.start <= match.start < group.end
            for group, states in zip(self.groups, self.states, strict=True)
        )

    def _bare(self, covered: set[int]) -> Iterator[Trigger]:
        """ "another 50 were connected", "12,300 are still cut off": the service was named before.

        Where none was, customers are cut off from electricity.
        """
        served = {self._clause(group.start) for group in self.groups}
        for match in self.scan.of("reconnected"):
            if self._clause(match.start) in served or {match.start, match.end - 1} & covered:
                continue
            before = [group.services[0] for group in self.groups if group.start < match.start]
            service = before[-1] if before else self.last_service
            lasting = {
                state.value
                for state in self.scan.of("states")
                if state.value in ("remains", "pending")
                and abs(state.start - match.start) <= _BARE_REACH
            }
            yield Trigger(
                match.start,
                match.end,
                SERVICES[service or "power"],
                _status({match.value, *lasting}, as_of=False),
                words=tuple(range(match.start, match.end)),
                guessed=not service,
            )

    def _pronoun(self) -> Iterator[Trigger]:
        """ "Almost 3,000 still have none": the service was named in the sentence before."""
        status = _status((state.value for state in self.loose), self.as_of)
        for state in self.loose:
            if state.value in _LACKING and state.end - state.start > 1:
                service = SERVICES[self.last_service]
                yield Trigger(state.start, state.end, service, status, words=(state.start,))
                return


def _of_group(group: Group, status: str, start: int, end: int, words: tuple[int, ...]) -> Trigger:
    indicator, *also = (SERVICES[service] for service in group.services)
    return Trigger(start, end, indicator, status, words=words, also=tuple(also))


def _told_outright(match: Match) -> tuple[str, str]:
    """The service and state of "blacked out"."""
    service, state = match.value.split()
    return service, state
