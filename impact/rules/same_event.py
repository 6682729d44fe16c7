"""Tolls that may be another day's toll told again: a person is asked, so that none counts twice.

A page that prints a night's toll on the day after often names no day. The toll then gets the day of
the page. It is asked about where an attack of the day before or after, in the same place, has the
same or a smaller toll. A toll is not asked about when its day is sure: when its report names the
date, or when it was printed after the day that it bears.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from impact.model import columns
from impact.model.indicators import TOLLS
from impact.model.rows import NamedRow

# Of 24 tolls of the shipped table that were counted on their own day and the day after, 23 had
# grown to less than this many times the highest of their first day.
GROWTH = 3

_THING = ("indicator", "place", "unit", "status", "people", "part", "cause")
# More than any date has days: so a number for each day of each thing leaves the days of one thing
# beside each other, and apart from those of another.
_DAYS = date.max.toordinal() + 2


def asked(figures: pd.DataFrame) -> Iterator[tuple[NamedRow, NamedRow]]:
    """Each toll that may be another toll told again, with that other toll.

    figures  with body, the class of the cause, and day_told: whether the report's own words, or
             a person, tell the day
    """
    tolls = _tolls(figures)
    if len(tolls) < 2:
        return
    days = np.unique(tolls["day"][_may_be_again(tolls)])
    near = tolls["day"].isin(np.concatenate([days - 1, days, days + 1]))
    told: dict[int, list[NamedRow]] = {}
    for row in columns.named_rows(tolls[near]):
        told.setdefault(row.day, []).append(row)
    for day in days:
        yield from _of_day(told[day], told.get(day - 1, ()), told.get(day + 1, ()))


def _tolls(figures: pd.DataFrame) -> pd.DataFrame:
    """The tolls of single days. Adds day, a number for each day of each thing, and sure."""
    tolls = figures[
        figures["indicator"].isin(TOLLS)
        & (figures["period"] == "day")
        & (figures["date"].str.len() == len("2026-01-24"))
        & (figures["value"] > 0)
        & ~figures["dubious"]
    ]
    numbers, days = columns.each(tolls, ["date"], _ordinal)
    day = columns.spread(numbers, days).to_numpy(dtype="int64")
    return tolls.assign(
        day=columns.groups(tolls, _THING) * _DAYS + day,
        sure=tolls["day_told"].astype(bool) | (tolls["published"] != tolls["date"]),
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _may_be_again(tolls: pd.DataFrame) -> pd.Series:
    """Whether a toll can be one told again at all, by what `_of_day` asks of the days beside it."""
    said = tolls.assign(high=tolls["value_high"].fillna(tolls["value"])).groupby("day")
    before = tolls["day"] - 1
    lowest, highest = before.map(said["value"].min()), before.map(said["high"].max())
    grown = (lowest <= tolls["value"]) & (tolls["value"] <= GROWTH * highest)
    after = tolls.assign(day=tolls["day"] + 1)
    same = columns.found_in(after, tolls[tolls["sure"]], ["day", "value", "body"])
    return ~tolls["sure"] & (grown | (same & (tolls["body"] != "")))


def _of_day(
    told: Sequence[NamedRow], before: Sequence[NamedRow], after: Sequence[NamedRow]
) -> Iterator[tuple[NamedRow, NamedRow]]:
    """The tolls of one day that may be of the day before, else of the day after.

    A toll is sure when its day is known from more than the page's own day.
    If both days are unsure, only the later toll is asked about; otherwise both could be taken out.
    A page printed on one day can hardly know the next day's toll. Therefore the day after is
    considered only for the same number of the same speaker, as when others date a night by its
    morning.
    """
    sure = [row for row in told if row.sure]
    begun = [row for row in told if before and row.value < _lowest(before)]
    earlier = _own_count(told, [*sure, *begun])
    for row in told:
        if row.sure:
            continue
        if before and row.value > earlier and _grown(before, row):
            others = [each for each in before if not _told_apart(row, each)]
        else:
            others = [] if sure else [each for each in after if _again(row, each)]
        if others:
            yield row, min(others, key=lambda each: _nearness(row, each))


def _grown(before: Sequence[NamedRow], row: NamedRow) -> bool:
    """Whether a toll of the day before may have grown to this value."""
    most: float = GROWTH * max(_high(each) for each in before)
    return bool(_lowest(before) <= row.value <= most)


def _own_count(told: Sequence[NamedRow], own: Sequence[NamedRow]) -> float:
    """The highest value of a day that is surely its own toll; 0 if none is.

    A toll is surely its own if it is dated so, or lower than anything said of the day before. From
    there it may have grown, step by step.
    """
    reach = max((row.value for row in own), default=0.0)
    for value in sorted(row.value for row in told):
        if value <= GROWTH * reach:
            reach = max(reach, value)
    return reach


def _again(row: NamedRow, other: NamedRow) -> bool:
    """Whether the same speaker gave the same number for the day after, with a sure date."""
    same = (row.value, row.body) == (other.value, other.body) and row.body != ""
    return bool(same) and other.sure and not _told_apart(row, other)


def _told_apart(row: NamedRow, other: NamedRow) -> bool:
    """Whether one page gives tolls of both days, so that its author tells them apart."""
    return bool(row.url) and (row.url, row.published) == (other.url, other.published)


def _nearness(row: NamedRow, other: NamedRow) -> tuple[bool | str, ...]:
    """Orders the tolls to name: same value first, then a sure day, a speaker, an early print."""
    return (
        other.value != row.value,
        not other.sure,
        other.attributed_to == "",
        other.published,
        other.figure_id,
    )


def _lowest(rows: Sequence[NamedRow]) -> float:
    return float(min(row.value for row in rows))


def _high(row: NamedRow) -> float:
    return float(row.value if pd.isna(row.value_high) else row.value_high)
