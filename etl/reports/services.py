"""Services: where a sentence names electricity, heating, water or gas."""

from collections.abc import Iterator
from typing import NamedTuple

from etl.reports.scan import Scan
from etl.reports.words import Match

_JOINED_WITHIN = 2  # words between services of one group: a comma and "or"


class Group(NamedTuple):
    """Services named together ("heat, power or water"): their tokens [start, end)."""

    start: int
    end: int
    services: tuple[str, ...]
    words: tuple[int, ...]  # the token of each name


def service_groups(scan: Scan, last_service: str) -> list[Group]:
    """The services of a sentence, those of one list together."""
    groups: list[Group] = []
    for match in _named(scan, last_service):
        if _is_only_a_name(scan, match):
            continue
        if groups and _joined(scan, groups[-1].end, match.start):
            groups[-1] = _joining(groups[-1], match)
        else:
            groups.append(Group(match.start, match.end, (match.value,), (match.start,)))
    return groups


def _named(scan: Scan, last_service: str) -> Iterator[Match]:
    """Services by name, and "it" after "without" for the service named last."""
    service = last_service
    for i in range(len(scan.tokens)):
        if match := scan.at("services", i):
            service = (service or "power") if match.value == "same" else match.value
            yield match._replace(value=service)
        elif service and scan.link("pronoun", i) and _lacked_or_back(scan, i - 1):
            yield Match("services", service, i, i + 1)


def _lacked_or_back(scan: Scan, i: int) -> bool:
    state = scan.at("states", i)
    return state is not None and state.value in ("without", "lost", "restored")


def _is_only_a_name(scan: Scan, match: Match) -> bool:
    """ "heat-generating sites", "power workers", "oil and gas": nothing that anyone is without."""
    user = scan.at("service_names", match.end)
    if user and user.value == "user":
        return True
    return any(
        fuel.start <= match.start < fuel.end
        for fuel in scan.of("service_names")
        if fuel.value == "fuel"
    )


def _joined(scan: Scan, end: int, start: int) -> bool:
    """Whether only commas and words such as "or" stand between two services."""
    return start - end <= _JOINED_WITHIN and all(_joins(scan, i) for i in range(end, start))


def _joins(scan: Scan, i: int) -> bool:
    if scan.tokens[i].text in ",-/" or scan.link("and", i) or scan.link("or", i):
        return True
    state = scan.at("states", i)
    return state is not None and state.value == "without"


def _joining(group: Group, match: Match) -> Group:
    services = group.services
    if match.value not in services:
        services = (*services, match.value)
    return Group(group.start, match.end, services, (*group.words, match.start))
