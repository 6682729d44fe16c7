"""Periods: their codes in addresses and controls: "2026-01-24", "2026-01", "2026", "winter-2025".

A winter is the heating season from 1 October to 31 March. Its code has the year in which it begins.
"""

import re
from datetime import date, timedelta

from impact.model import dates

# Codes without dates of their own: the latest days with figures, and days that a person chose.
LATEST, DAYS = "latest", "days"
# Days of the longest period that is drawn: twenty years. Longer ones take a server's memory.
LONGEST = timedelta(days=7305)
_WINTER = re.compile(r"winter-(\d{4})", re.ASCII)


def span(code: str) -> tuple[date, date]:
    """The first and last day of a code. Raises ValueError for LATEST, DAYS and other texts."""
    if season := _WINTER.fullmatch(code):
        return dates.winter(int(season[1]))
    return dates.span(code)


def too_long(first: date, last: date) -> bool:
    """Whether more days lie between two than are drawn, whichever of them is the later."""
    return abs(last - first) > LONGEST


def is_winter(code: str) -> bool:
    """Whether a code names a heating season."""
    return bool(_WINTER.fullmatch(code))


def winter_code(day: date) -> str:
    """The code of the heating season of a day; "" from April to September."""
    if 4 <= day.month <= 9:
        return ""
    return f"winter-{day.year if day.month >= 10 else day.year - 1:04}"


def winter_of(period: tuple[date, date]) -> tuple[date, date]:
    """The heating season in which a period ends; the period itself if it ends in summer."""
    season = winter_code(period[1])
    return span(season) if season else period


def code(first: date, last: date) -> str:
    """The code of the month or winter from one day to the other; DAYS if it is neither."""
    for each in (f"{first:%Y-%m}", winter_code(first)):
        if each and span(each) == (first, last):
            return each
    return DAYS
