"""ISO days, months and years as figures state them, and the moments of a day.

Times are UTC inside; Europe/Kyiv is the zone of every date a source states.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")

_STATED_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_STATED_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?", re.ASCII)

# Hours that order statements of one day whose source gives a word instead of a clock time.
# They order and are never shown; a statement without any word counts as midday, the smallest
# mistake on average. "first" and "later" are a source's own words about its place in the day.
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
    """First and last day of an ISO day ("2026-01-24"), month ("2026-01") or year ("2026").

    Raises ValueError on anything else, other ISO 8601 forms included.
    """
    if not (parts := _STATED_DATE.fullmatch(stated)):
        raise ValueError(f"not an ISO day, month or year: {stated!r}")
    year, month, day = (int(part or 0) for part in parts.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = month or 1, month or 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def winter(year: int) -> tuple[date, date]:
    """The heating season that begins in a year: 1 October to 31 March."""
    return date(year, 10, 1), date(year + 1, 3, 31)


@lru_cache(maxsize=65536)
def local_time(stated: str) -> datetime:
    """An ISO date ("2026-01-24") or Kyiv date-time ("2026-01-24T18:00") without its zone."""
    if not _STATED_TIME.fullmatch(stated):
        raise ValueError(f"not an ISO date or date-time without zone: {stated!r}")
    return datetime.fromisoformat(stated)


@lru_cache(maxsize=65536)
def stated_at(stated: str, moment: str) -> datetime:
    """When a statement held, in Kyiv time, for ordering: a clock time, else its word's hour."""
    held = local_time(stated)
    return held if "T" in stated else held.replace(hour=MOMENTS[moment])


def to_utc(local: datetime) -> datetime:
    """A Kyiv wall-clock time as UTC without zone, the form that is stored."""
    return local.replace(tzinfo=KYIV).astimezone(UTC).replace(tzinfo=None)


def to_kyiv(utc: datetime) -> datetime:
    """A stored UTC time as Kyiv time, the form that is shown."""
    return utc.replace(tzinfo=UTC).astimezone(KYIV)


@lru_cache(maxsize=65536)
def known_from(published: str, as_of: str) -> datetime | None:
    """The earliest time (UTC) at which a figure can be said to have been public.

    The publication day's end, as pages rarely print their hour: an "as known at" view may show
    a figure some hours late but never before it was out. A clock time stated on the publication
    day itself is taken as it stands. None if no publication date is known.
    """
    if not published:
        return None
    if as_of.startswith(f"{published}T") and len(published) == 10:
        return to_utc(local_time(as_of))
    return to_utc(datetime.combine(span(published)[1], time(23, 59, 59)))


def now() -> datetime:
    """The present time as it is stored: UTC, whole seconds, no zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
