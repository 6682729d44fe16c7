"""Dates and times of figures: ISO days, months and years, clock times, parts of a day.

The store keeps times in UTC. Dates and times that a source states are in the zone Europe/Kyiv.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
# The first and last day that can be recorded. The oldest that reports look back at are those of the
# Second World War; what lies behind this century is a slip or an empty field (0001-01-01,
# 9999-12-31).
FIRST, LAST = date(1940, 1, 1), date(2100, 12, 31)

_STATED_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_STATED_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?", re.ASCII)

# Part of a day -> an hour, 0 to 23, Kyiv time. The hours only sort statements of one day whose
# source gives a word and no clock time. They are never shown. A statement without a word counts as
# midday, where the error is smallest on average. "first" and "later" come from the source itself.
MOMENTS = {
    "first": 0,
    "night": 4,
    "morning": 9,
    "midday": 12,
    "": 12,
    "afternoon": 15,
    "evening": 20,
    "later": 21,
}


@lru_cache(maxsize=65536)
def span(stated: str) -> tuple[date, date]:
    """The first and last day of an ISO day ("2026-01-24"), month ("2026-01") or year ("2026").

    Raises ValueError for anything else, also for other forms of ISO 8601.
    """
    if not (parts := _STATED_DATE.fullmatch(stated)):
        raise ValueError(f"not an ISO day, month or year: {stated!r}")
    year, month, day = (int(part or 0) for part in parts.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = month or 1, month or 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def recordable(stated: str) -> tuple[date, date]:
    """The same for what can be recorded: raises ValueError also for days outside FIRST to LAST."""
    first, last = span(stated)
    if not FIRST <= first <= last <= LAST:
        raise ValueError(f"not within {FIRST} and {LAST}: {stated!r}")
    return first, last


def winter(year: int) -> tuple[date, date]:
    """The first and last day of the heating season that begins in a year: 1 October, 31 March."""
    return date(year, 10, 1), date(year + 1, 3, 31)


@lru_cache(maxsize=65536)
def local_time(stated: str) -> datetime:
    """An ISO date ("2026-01-24") or date-time ("2026-01-24T18:00"), Kyiv time, without a zone.

    A date becomes its midnight. Raises ValueError for anything else.
    """
    if not _STATED_TIME.fullmatch(stated):
        raise ValueError(f"not an ISO date or date-time without zone: {stated!r}")
    return datetime.fromisoformat(stated)


@lru_cache(maxsize=65536)
def stated_at(stated: str, moment: str) -> datetime:
    """The time by which a statement is sorted, Kyiv time without a zone.

    It is the clock time of `stated` if it has one, else the hour that MOMENTS gives the moment.
    Raises ValueError as local_time does.
    """
    held = local_time(stated)
    return held if "T" in stated else held.replace(hour=MOMENTS[moment])


def to_utc(local: datetime) -> datetime:
    """A Kyiv time (without a zone) as UTC without a zone, the form that the store keeps."""
    return local.replace(tzinfo=KYIV).astimezone(UTC).replace(tzinfo=None)


def is_left_out(local: datetime) -> bool:
    """Whether Kyiv's clocks were put forward over a time (without a zone), so that there was none:
    03:30 on 29 March 2026."""
    return to_kyiv(to_utc(local)).replace(tzinfo=None) != local


def to_kyiv(utc: datetime) -> datetime:
    """A stored UTC time (without a zone) as Kyiv time with its zone, the form that pages show."""
    return utc.replace(tzinfo=UTC).astimezone(KYIV)


@lru_cache(maxsize=65536)
def known_from(published: str, as_of: str) -> datetime | None:
    """The time (UTC, without a zone) from which a figure counts as public.

    published  ISO day, month or year of publication, or ""
    as_of      when the statement held, ISO date or date-time in Kyiv time, or ""

    It is the end of the publication period in Kyiv, because pages rarely print the hour. So a view
    of the past may show a figure some hours too late, but never too early. If `as_of` has a clock
    time on the day of publication, it is that time. None if `published` is "".
    """
    if not published:
        return None
    if as_of.startswith(f"{published}T") and len(published) == 10:
        return to_utc(local_time(as_of))
    return to_utc(datetime.combine(span(published)[1], time(23, 59, 59)))


def now() -> datetime:
    """The present time in the form that the store keeps: UTC, whole seconds, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
