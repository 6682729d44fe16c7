"""Same event: tolls that may be another day's toll told again, so that no death counts twice.

Whoever prints a night's toll the day after often names no day, and the toll then bears the day of
the page. Beside an attack of the day before or after, in the same place and with the same or a
growing value, it is asked about. What is surer of its day is not: a toll whose report names the
date, or which was printed after the day that it bears.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from operator import attrgetter

import pandas as pd

from impact.model.rows import NamedRow

TOLLS = ("killed", "injured")
# Of 24 tolls of the shipped table that were counted on their own day and the day after, 23 had
# grown to less than this many times the highest of their first day.
GROWTH = 3

_DAY = timedelta(days=1)
_THING = attrgetter("indicator", "place", "unit", "status", "people", "part", "cause")


def asked(rows: Iterable[NamedRow]) -> Iterator[tuple[NamedRow, NamedRow]]:
    """Each toll that may be another's told again, with the one that it may be.

    rows  of figures, with day_told: whether a report's own words, or a person, tell the day
    """
    days: dict[tuple[str, ...], dict[date, list[NamedRow]]] = {}
    for row in rows:
        if _is_toll(row):
            said = days.setdefault(_THING(row), {})
            said.setdefault(date.fromisoformat(row.date), []).append(row)
    for said in days.values():
        for day, told in said.items():
            yield from _of_day(told, said.get(day - _DAY, ()), said.get(day + _DAY, ()))


def _is_toll(row: NamedRow) -> bool:
    return bool(
        row.indicator in TOLLS
        and row.period == "day"
        and len(row.date) == len("2026-01-24")
        and row.value > 0
        and not row.dubious
    )


def _of_day(
    told: Sequence[NamedRow], before: Sequence[NamedRow], after: Sequence[NamedRow]
) -> Iterator[tuple[NamedRow, NamedRow]]:
    """Those of one day that may be of the day before, else of the day after.

    Of two days that are both unsure only the later is asked about: both would leave none. What was
    printed on one day can hardly know the next one's toll: it must be the same speaker's same
    number, as of a night that others date by its morning.
    """
    sure = [row for row in told if _is_sure(row)]
    begun = [row for row in told if before and row.value < _lowest(before)]
    earlier = _own_count(told, [*sure, *begun])
    for row in told:
        if _is_sure(row):
            continue
        if before and row.value > earlier and _grown(before, row):
            others = [each for each in before if not _told_apart(row, each)]
        else:
            others = [] if sure else [each for each in after if _again(row, each)]
        if others:
            yield row, min(others, key=lambda each: _nearness(row, each))


def _is_sure(row: NamedRow) -> bool:
    """Whether the day is more than that of the page."""
    return bool(row.day_told) or row.published != row.date


def _grown(before: Sequence[NamedRow], row: NamedRow) -> bool:
    """Whether a value is one to which the toll of the day before may have grown."""
    most: float = GROWTH * max(_high(each) for each in before)
    return bool(_lowest(before) <= row.value <= most)


def _own_count(told: Sequence[NamedRow], own: Sequence[NamedRow]) -> float:
    """How far a day's own count reaches: from what is surely its own (dated so, or below anything
    said of the day before) up to the last value that it may have grown to; 0 where nothing is."""
    reach = max((row.value for row in own), default=0.0)
    for value in sorted(row.value for row in told):
        if value <= GROWTH * reach:
            reach = max(reach, value)
    return reach


def _again(row: NamedRow, other: NamedRow) -> bool:
    """Whether one speaker said the same of the day after, and dated it surely."""
    same = (row.value, row.body) == (other.value, other.body) and row.body != ""
    return bool(same) and _is_sure(other) and not _told_apart(row, other)


def _told_apart(row: NamedRow, other: NamedRow) -> bool:
    """Whether one page gives both days: its author tells them apart."""
    return bool(row.url) and (row.url, row.published) == (other.url, other.published)


def _nearness(row: NamedRow, other: NamedRow) -> tuple[bool | str, ...]:
    """Which of several to name: the same value, sure of its day, with a speaker, printed first."""
    return (
        other.value != row.value,
        not _is_sure(other),
        other.attributed_to == "",
        other.published,
        other.figure_id,
    )


def _lowest(rows: Sequence[NamedRow]) -> float:
    return float(min(row.value for row in rows))


def _high(row: NamedRow) -> float:
    return float(row.value if pd.isna(row.value_high) else row.value_high)
