"""The message inside a forwarded mail: where it begins and when it was written.

Whoever passes a report on does it hours or days later. What the report calls "yesterday" is told
from the day on which it was written, which stands above it: "From: … Date: Tue, 17 Mar 2026".
"""

import re
from collections.abc import Sequence
from functools import cache

from etl.reports.formats._about import moment
from impact.model.report_languages import around, tables

_QUOTE = "> *\t"  # signs before a line that a program quotes or makes bold
_FIELD = re.compile(r"[^\W\d_][\w -]{0,20}:(?:\*?\s|$)")
_ZONED = re.compile(r"\d [+-]\d{4}\b|\dZ$|\bGMT$")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?: ?(?P<half>[ap])m)?", re.I)
_NOON = 12


def innermost(lines: Sequence[str]) -> tuple[int, str]:
    """The number of the line with which the message begins that was forwarded first, and its day or
    moment in Kyiv time. A time without a zone is taken as Kyiv time.

    (0, "") where no line says when it was written, or more stands above the messages than in it.
    """
    begin, written, first = 0, "", 0
    for at, line in enumerate(lines):
        if at >= begin and _field("mail_from").match(line.lstrip(_QUOTE)):
            end = _below_fields(lines, at)
            found = next(filter(None, map(_date_in, lines[at:end])), "")
            if found:
                begin, written, first = end, found, first or at
    own, passed_on = (sum(map(len, part)) for part in (lines[:first], lines[begin:]))
    return (begin, written) if written and own <= passed_on else (0, "")


@cache
def _field(key: str) -> re.Pattern[str]:
    """A pattern of the beginning of a line above a message: "From:"."""
    return re.compile(rf"(?i)(?:{around(key)}):\*?\s*")


def _below_fields(lines: Sequence[str], at: int) -> int:
    """The number of the first line below the fields above a message."""
    while at < len(lines) and _FIELD.match(lines[at].lstrip(_QUOTE)):
        at += 1
    return at


def _date_in(line: str) -> str:
    """The day or moment of a line "Date: …" or "Sent: …"; "" if it is another line."""
    line = line.lstrip(_QUOTE)
    found = _field("mail_date").match(line)
    return _moment(line[found.end() :].strip()) if found else ""


def _moment(stated: str) -> str:
    """A date as mail programs write it above a message, as ISO day or minute; "" for no date."""
    if _ZONED.search(stated):
        return moment(stated)
    day = next(filter(None, (each.search(stated) for each in _days())), None)
    if not day:
        return ""
    month = day["month"].lower()
    number = int(month) if month.isdecimal() else _months()[month]
    date = f"{day['year']}-{number:02}-{int(day['day']):02}"
    return moment(f"{date}T{clock}" if (clock := _clock(stated)) else date)


def _clock(stated: str) -> str:
    found = _CLOCK.search(stated)
    if not found:
        return ""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    hour = hour % _NOON + _NOON * (half == "p") if half else hour
    return f"{hour:02}:{found['minute']}"


@cache
def _months() -> dict[str, int]:
    """Every name of a month in small letters -> its number."""
    named = [each["months"] for each in tables().values()]
    return {name.lstrip("=").lower(): number for months in named for name, number in months.items()}


@cache
def _days() -> tuple[re.Pattern[str], ...]:
    """Patterns of "17.03.2026", "17 Mar 2026", "17 бер. 2026 р." and "March 17, 2026"."""
    names = "|".join(map(re.escape, sorted(_months(), key=len, reverse=True)))
    day, month = r"\b(?P<day>\d{1,2})", rf"\b(?P<month>{names})\b\.?"
    year = r"(?P<year>(?:19|20)\d\d)\b"
    orders = (rf"{day}[./](?P<month>\d\d?)[./]{year}", rf"{day} {month},? {year}",
              rf"{month} {day},? {year}")  # fmt: skip
    return tuple(re.compile(rf"(?i){each}") for each in orders)
