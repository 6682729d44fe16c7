"""Dates of cells and titles: days, months, years and spans of days, with their clock time.

The day stands before the month, unless the column shows that it does not. For a day without a year
the year is chosen so that the day is the latest one not after the week that follows publication.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from etl.reports.model.document import Span
from etl.reports.tables.words import any_of, words
from impact.model import dates
from impact.model.dates import KYIV

_GOES_ON = timedelta(days=7)  # how long a page may go on after the day that it bears

CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?!\d)")
_ISO = re.compile(
    r"(?<![\d-])((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(Z|[+-]\d\d:?\d\d)?)?(?![\d-])"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/])(?:(\d{1,2})(?:[./](\d{1,2}))?\s*[-–—]\s*)?"
    r"(\d{1,2})([./-])(\d{1,2})\4((?:19|20)?\d\d)(?![\d/]|\.\d)"
)
_MONTH_YEAR = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[./]((?:19|20)\d\d)(?![\d./-])")
# A bare number is a year only if it is one of our reports' own: "1900" counts customers.
_YEAR = re.compile(r"(?<![\d./-])(20[1-3]\d)(?![\d./-])")
_DAYS_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})\s*[-–—]\s*(\d{1,2})\.(0[1-9]|1[0-2])\.?(?![\d/-])")
_WINTER = re.compile(r"(20\d\d) ?[/–] ?(?:20)?(\d\d)[ *]*")
_YEAR_BEGUN = re.compile(r"((?:19|20)\d\d)\s*\([^\W\d_]+ [^()]*\d[^()]*\)")  # "2022 (from 24 Feb)"
_MONTH_DAYS = 62  # days back in which each number of a day stands once at least
_DAY, _MONTH = re.compile(r"[0-3]?\d"), 7  # a day's number; letters of an ISO month
_WORDS = re.compile(r"[^\W\d_]+")
_COUNTS = re.compile(r"\s+[^\W\d_]")  # "in January 25 people": the number counts them
_SERIAL = re.compile(r"([45]\d{4})(?:\.\d+)?|(20[1-3]\d)(0[1-9]|1[0-2])([0-3]\d)")
_BEFORE_SERIALS = date(1899, 12, 30)
_DAY_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})\.(0[1-9]|1[0-2])\.?(?![\d/-])")


@dataclass(frozen=True, slots=True)
class When:
    """A date that a text states.

    day     ISO day, month or year; for a span of days the last day
    start   for a span of days the first day, else ""
    moment  the day with its clock time, Kyiv time ("2026-01-24T18:00"); "" without a clock time
    """

    day: str
    start: str = ""
    moment: str = ""


def last_day(published: str) -> date | None:
    """The last day of an ISO day, month or year; None for any other text.

    A date without a year is taken to be not after it.
    """
    try:
        return dates.span(published)[1]
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def date_of(text: str, known: date | None = None, month_first: bool = False) -> When | None:
    """The date in a cell; None if the cell holds no date, or anything besides a date.

    known        last day that a date without a year may be; if None, such dates are not found
    month_first  whether dates with slashes are month/day/year
    """
    winter = _WINTER.fullmatch(text)
    if winter and (int(winter[1]) + 1) % 100 == int(winter[2]):
        return _last_of_winter(int(winter[1]), known)
    if begun := _YEAR_BEGUN.fullmatch(text.strip()):
        return When(begun[1])
    found = dates_in(text, known, month_first)
    if not found and known is not None:
        return _month_alone(text, known)
    if not found or len(found) > 2:
        return None
    left = text
    for _, (start, end) in reversed(found):
        left = left[:start] + " " + left[end:]
    left = CLOCK.sub(" ", left)
    for pattern in _patterns_around():
        left = pattern.sub(" ", left)
    if left.strip(" ,;:.()/–—-'’"):
        return None
    first, last = found[0][0], found[-1][0]
    return first if first == last else span_of_days(first.start or first.day, last.day)


def day_of_month(text: str, header: str, known: date | None) -> When | None:
    """The day of a cell that holds its number alone, in the month that the column's header names:
    9 below "Date (Jan 2026)". None for other cells. `known` as for date_of."""
    if not _DAY.fullmatch(text.strip()):
        return None
    months = [when.day for when, _ in dates_in(header) if len(when.day) == _MONTH]
    named = [_month_alone(word, known) for word in _WORDS.findall(header)] if known else []
    months = months or [when.day for when in named if when]
    if len(months) != 1:
        return None
    with suppress(ValueError):
        return When(dates.span(f"{months[0]}-{int(text):02d}")[0].isoformat())
    return None


def day_as_number(text: str) -> When | None:
    """The day of a cell for a date that a program wrote as a number: 20260124, or 46046, as Excel
    counts the days since 30 December 1899. None for other cells."""
    found = _SERIAL.fullmatch(text)
    if not found:
        return None
    if found[1]:
        return When((_BEFORE_SERIALS + timedelta(days=int(found[1]))).isoformat())
    with suppress(ValueError):
        return When(date(*map(int, found.groups()[1:])).isoformat())
    return None


def _last_of_winter(begun: int, known: date | None) -> When:
    """The month in which the winter "2022/23" ended, or the known one if it still goes on."""
    month = f"{begun + 1}-03"
    return When(min(month, f"{known:%Y-%m}") if known and known.year > begun else month)


def _month_alone(text: str, known: date) -> When | None:
    """The latest month of this name that is not after a day: "January"."""
    _, _, months = _named_months()
    month = months.get(text.strip(" .").casefold())
    return When(f"{known.year - (month > known.month)}-{month:02d}") if month else None


@cache
def _patterns_around() -> list[re.Pattern]:
    phrases = sorted(words().phrases["around_dates"]["words"], key=len, reverse=True)
    return [re.compile(rf"(?<!\w){re.escape(each)}(?!\w)", re.IGNORECASE) for each in phrases]


def dates_in(
    text: str, known: date | None = None, month_first: bool = False
) -> list[tuple[When, Span]]:
    """Every date of a text with its span, in the order of the text. Arguments as for date_of."""
    found: list[tuple[When, Span]] = []
    for when, span in _candidates(text, known, month_first):
        if not any(span[0] < end and start < span[1] for _, (start, end) in found):
            with suppress(ValueError):
                dates.span(when.day)
                if when.start:
                    dates.span(when.start)
                found.append((when, span))
    return sorted(found, key=lambda each: each[1])


def _candidates(text: str, known: date | None, month_first: bool) -> Iterator[tuple[When, Span]]:
    """Possible dates, the most certain pattern first. Two of them may share characters."""
    clock = CLOCK.search(text)
    time = f"T{int(clock[1]):02d}:{clock[2]}" if clock and clock[1] != "24" else ""
    for m in _ISO.finditer(text):
        yield _iso(m), m.span()
    for m in _NUMERIC.finditer(text):
        yield _numeric(m, month_first, time), m.span()
    after, before, months = _named_months()
    for m in before.finditer(text):
        if when := _month_first_named(m, months[m[1].casefold()], known, time):
            yield when, m.span()
    for m in after.finditer(text):
        if when := _named(m, months[m[3].casefold()], known, time):
            yield when, m.span()
    for m in _MONTH_YEAR.finditer(text):
        yield When(f"{m[2]}-{int(m[1]):02d}"), m.span()
    for m in _YEAR.finditer(text):
        yield When(m[1]), m.span()
    if known is not None:
        for m in _DAYS_MONTH.finditer(text):
            last = _completed(known, int(m[3]), int(m[2]))
            yield _when(last, _ymd(last[:4], m[3], m[1]), time), m.span()
        for m in _DAY_MONTH.finditer(text):
            yield _when(_completed(known, int(m[2]), int(m[1])), "", time), m.span()
        if (named := _weekday().fullmatch(text)) and (day := _on_weekday(named, known)):
            yield When(day), named.span()


def _iso(m: re.Match) -> When:
    """Reads "2026-01", "2026-01-24" or "2026-01-24T16:00:00Z". Without a zone it is Kyiv time."""
    if not m[3]:
        return When(f"{m[1]}-{m[2]}")
    day = f"{m[1]}-{m[2]}-{m[3]}"
    if not m[4] or (m[4] == "00:00" and not m[5]):
        return When(day)  # spreadsheets write a day as midnight
    moment = f"{day}T{m[4]}"
    if m[5]:
        with suppress(ValueError, OverflowError):
            zoned = datetime.fromisoformat(moment + m[5].replace("Z", "+00:00"))
            moment = zoned.astimezone(KYIV).replace(tzinfo=None).isoformat(timespec="minutes")
    return When(moment[:10], "", moment)


def _numeric(m: re.Match, month_first: bool, time: str) -> When:
    """Reads "24.01.2026", "24/1/26" or "20-24.01.2026"."""
    month, day = (m[3], m[5]) if month_first else (m[5], m[3])
    end = _ymd(_full(m[6]), month, day)
    return _when(end, _ymd(end[:4], m[2] or month, m[1]) if m[1] else "", time)


@cache
def _named_months() -> tuple[re.Pattern, re.Pattern, Mapping[str, int]]:
    """Two patterns, and month name -> number.

    The first finds "24–25 January 2026", with or without day and year. The second finds
    "January 24–25, 2026", with or without the year.
    """
    listed = words().phrases["months"]
    numbers = {name: int(number) for number, names in listed.items() for name in names}
    names = "|".join(sorted(numbers, key=len, reverse=True))
    day = rf"(?<!\d)(\d{{1,2}})(?:{any_of('days', 'endings')})?"
    to = any_of("days", "to")
    # A night is written "6/7 February", too.
    after = rf"(?:(?:{day}\s*(?:[-–—/]|{to})\s*)?{day}[\s-]+)?(?<!\w)({names})(?!\w)\.?"
    return (
        re.compile(rf"{after}(?:[\s,-]+((?:19|20)\d\d|(?<=-)\d\d)(?!\d))?", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)({names})\.?\s+(?:{day}\s*(?:[-–—]|{to})\s*)?{day}(?![\d:.,]\d|\d)"
            rf"(?:,?\s+((?:19|20)\d\d)(?!\d))?",
            re.IGNORECASE,
        ),
        numbers,
    )


def _named(m: re.Match, month: int, known: date | None, time: str) -> When | None:
    start, day, _, year = m.groups()
    if not day:
        return When(f"{_full(year)}-{month:02d}") if year else None
    if year:
        stated = _ymd(_full(year), month, day)
    elif known is not None:
        stated = _completed(known, month, int(day))
    else:
        return None
    return _when(stated, _ymd(stated[:4], month, start) if start else "", time)


def _month_first_named(m: re.Match, month: int, known: date | None, time: str) -> When | None:
    """Reads "January 24, 2026" and, where a known day tells the year, "Jan 24" and "Jan 12-18"."""
    _, start, day, year = m.groups()
    if not year and (known is None or _COUNTS.match(m.string, m.end())):
        return None
    stated = _ymd(year, month, day) if year else _completed(known, month, int(day))  # type: ignore[arg-type]
    return _when(stated, _ymd(stated[:4], month, start) if start else "", time)


def _completed(known: date, month: int, day: int) -> str:
    """The latest day with this month and day that is not after the week behind the known day.

    A page may go on for some days after the day it bears: those are not the year before's.
    """
    until = min(known, date.max - _GOES_ON) + _GOES_ON
    return _ymd(until.year - ((month, day) > (until.month, until.day)), month, day)


@cache
def _weekday() -> re.Pattern:
    """A pattern of a whole cell such as "Mon 2" or "2 Mon"."""
    listed = words().phrases["weekdays"].values()
    named = "|".join(re.escape(name) for names in listed for name in names)
    before = rf"(?P<name>{named})\.?,?\s+(?P<day>\d{{1,2}})"
    return re.compile(rf"(?i)\s*(?:{before}|(?P<of>\d{{1,2}})\s+(?P<called>{named})\.?)\s*")


def _on_weekday(m: re.Match, known: date) -> str:
    """The latest day with this number that is not after the week behind the known day, if it falls
    on the weekday that stands beside it; else ""."""
    name, number = (m["name"] or m["called"]).casefold(), int(m["day"] or m["of"])
    listed = words().phrases["weekdays"]
    weekday = next(int(at) for at, names in listed.items() if name in names)
    until = min(known, date.max - _GOES_ON) + _GOES_ON
    days = (until - timedelta(days=back) for back in range(_MONTH_DAYS))
    found = next((each for each in days if each.day == number), None)
    return found.isoformat() if found and found.weekday() == weekday else ""


def _full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _ymd(year: int | str, month: int | str, day: int | str) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _when(day: str, start: str, time: str) -> When:
    if start:
        with suppress(ValueError):
            return span_of_days(start, day) or When(day)
    return When(day, "", f"{day}{time}" if time else "")


def span_of_days(start: str, end: str) -> When | None:
    """The date that runs from one ISO date to another; None if an end is no date, or comes first.

    A whole month or year becomes that month or year. Two days in a row become the second day, as
    a night belongs to the day on which it ends. Everything else is a span of days.
    """
    try:
        first, last = dates.span(start)[0], dates.span(end)[1]
    except ValueError:
        return None
    if first > last:
        return None
    for whole in (f"{last:%Y}", f"{last:%Y-%m}"):
        if (first, last) == dates.span(whole):
            return When(whole)
    if (last - first).days <= 1:
        return When(last.isoformat())
    return When(last.isoformat(), first.isoformat())


def joined(found: Sequence[tuple[When, Span]], text: str) -> list[tuple[When, Span]]:
    """The dates of a text, two with only a dash or "to" between them as one span of days: "24 Feb
    2022 – 15 Jan 2023"."""
    together: list[tuple[When, Span]] = []
    for when, (start, end) in found:
        if together and _to().fullmatch(text, together[-1][1][1], start):
            first, (begin, _) = together[-1]
            if span := span_of_days(first.start or first.day, when.day):
                together[-1] = span, (begin, end)
                continue
        together.append((when, (start, end)))
    return together


@cache
def _to() -> re.Pattern:
    return re.compile(rf"\s*(?:[-–—]|{any_of('days', 'to')})\s*", re.IGNORECASE)


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether the dates of a column are month/day/year.

    They are if some second number is above 12 and no first number is.
    """
    found = [m for text in texts if (m := _NUMERIC.match(text)) and m[4] == "/"]
    return any(int(m[5]) > 12 for m in found) and not any(int(m[3]) > 12 for m in found)
