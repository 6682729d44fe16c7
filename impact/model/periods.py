"""Periods as addresses and controls name them: "2026-01-24", "2026-01", "2026", "winter-2025".

A winter is the heating season, 1 October to 31 March, called by the year it begins in.
"""

import re
from datetime import date

from impact.model import dates

# The latest days that have figures, and days that the reader chose: their dates stand elsewhere.
LATEST, DAYS = "latest", "days"
_WINTER = re.compile(r"winter-(\d{4})", re.ASCII)


def span(code: str) -> tuple[date, date]:
    """First and last day. Raises ValueError for any other code, LATEST and DAYS included."""
    if season := _WINTER.fullmatch(code):
        return dates.winter(int(season[1]))
    return dates.span(code)


def is_winter(code: str) -> bool:
    """Whether a code names a heating season."""
    return bool(_WINTER.fullmatch(code))


def winter_code(day: date) -> str:
    """The heating season that a day belongs to; "" from April to September."""
    if 4 <= day.month <= 9:
        return ""
    return f"winter-{day.year if day.month >= 10 else day.year - 1:04}"


def winter_of(period: tuple[date, date]) -> tuple[date, date]:
    """The heating season that a period ends in; a period that ends in summer stays."""
    season = winter_code(period[1])
    return span(season) if season else period


def code(first: date, last: date) -> str:
    """The month or winter that runs from one day to the other, else DAYS."""
    for each in (f"{first:%Y-%m}", winter_code(first)):
        if each and span(each) == (first, last):
            return each
    return DAYS
