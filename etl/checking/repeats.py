"""What two rows show: the same fact twice, on two days, or for a city and for its oblast."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from etl.checking.row import Fault, Row
from impact.model import dates
from impact.model.figure import CLASS_OF_CAUSE, UNSTATED, Figure
from impact.model.outlets import outlet
from impact.model.places import PLACES, contains
from impact.model.speakers import identify

# Days. The same number of one speaker so soon again is more likely one count with two dates.
NEAR = 3
# Rounder or smaller numbers are often equal by chance: those of tolls are asked about by a rule of
# their own (impact/rules/same_event.py).
SMALLEST, DIGITS = 100, 3
_DAY = len("2026-01-24")


def faults(rows: Iterable[Row], own: set[Row]) -> Iterator[Fault]:
    """The faults of the own rows. Of two own rows the later one has the fault."""
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        if row.figure:
            groups[_counted(row.figure)].append(row)
    for group in groups.values():
        for number, later in enumerate(group):
            for earlier in group[:number]:
                here, beside = (later, earlier) if later in own else (earlier, later)
                if here in own and (sentence := _compared(here, beside)):
                    yield Fault(here, sentence)


def _counted(figure: Figure) -> Hashable:
    """What is counted and how many, wherever and whenever: rows that agree in it are compared.

    Statements without a number agree in nothing but their day and place.
    """
    thing = (figure.indicator, figure.unit, figure.status, figure.people, figure.part)
    number = (figure.value, figure.value_high, CLASS_OF_CAUSE[figure.cause], figure.period)
    apart = (figure.date, figure.place) if figure.bound == UNSTATED else ()
    return (*thing, *number, *apart, PLACES[figure.place].oblast)


def _compared(row: Row, other: Row) -> str:
    """What is wrong with the first row beside the second; "" if nothing is."""
    one, two = row.figure, other.figure
    assert one is not None and two is not None
    if one.place == two.place:
        return _twice(one, two, other) if one.date == two.date else _two_days(one, two, other)
    return _two_places(one, two, other) if one.date == two.date else ""


def _twice(one: Figure, two: Figure, other: Row) -> str:
    if one.url == two.url:
        return f"{other.name} has the same number of the same page already."
    same_outlet = outlet(one.publisher).name == outlet(two.publisher).name
    if (
        same_outlet
        and _body(one) == _body(two)
        and (one.as_of, one.moment)
        == (
            two.as_of,
            two.moment,
        )
    ):
        return f"{other.name} has the same number of the same outlet and speaker already."
    return ""


def _two_days(one: Figure, two: Figure, other: Row) -> str:
    if one.bound == UNSTATED or not 0 < _apart(one, two) <= NEAR:
        return ""
    page, speaker = one.url == two.url, _body(one) == _body(two) != ""
    if page or (speaker and _particular(one)):
        whose = "page" if page else "speaker"
        return (
            f"{other.name} has the same number of the same {whose} under {two.date}: which day "
            "does it belong to?"
        )
    return ""


def _two_places(one: Figure, two: Figure, other: Row) -> str:
    here, there = PLACES[one.place], PLACES[two.place]
    if not (contains(here, there) or contains(there, here)):
        return ""
    if one.url == two.url or (_body(one) == _body(two) != "" and _particular(one)):
        return (
            f"{other.name} has the same number for {there.name_en}, and here it stands for "
            f"{here.name_en}: is the city meant or the oblast?"
        )
    return ""


def _body(figure: Figure) -> str:
    return identify(figure.attributed_to, figure.place).body


def _apart(one: Figure, two: Figure) -> int:
    """Days between the days of two figures; 0 if one of them is of a month or year."""
    if len(one.date) != _DAY or len(two.date) != _DAY:
        return 0
    first, second = (_ordinal(dates.span(each.date)[0]) for each in (one, two))
    return abs(first - second)


def _ordinal(day: date) -> int:
    return day.toordinal()


def _particular(figure: Figure) -> bool:
    """Whether a number hardly stands twice by chance: 3,300 may, 3,317 may not."""
    value = figure.value or 0
    return value >= SMALLEST and len(f"{value:.0f}".rstrip("0")) >= DIGITS
