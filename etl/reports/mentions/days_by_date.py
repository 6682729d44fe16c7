"""Days told by their date: "24 січня 2026 року", "January 9 to 20", "18.01", "on the 24th"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from etl.reports.mentions.day import NO_SUCH, Day
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import CLOCK, DATE, NUMBER
from impact.model import dates

# A day further ahead of the publication than this belongs to the year before.
_AHEAD = timedelta(days=45)
# Four digits in these are a year, beside a month.
_YEARS = range(1990, 2101)
_LEAP = 2024
_SOON = timedelta(days=45)  # before the publication lies the day of "20.01 - 2 killed"
_DATELINE = 2  # tokens of a line that is only a day
_EVENTS = ("toll", "damage", "launch", "states", "outright")  # what may follow "the 24th"
_LONGEST_MONTH = 31
_MONTHS = 12
_COUNTED = ("units", "groups", "toll_noun", "stops")
_SHORT = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])")


def day_by_date(scan: Scan, i: int, published: date | None) -> Day | None:
    """The day that begins at a token and is told by its date, or None."""
    token = scan.tokens[i]
    if token.kind == DATE:
        if stated := _numeric(token.text):
            return Day(i, i + 1, stated)
        return Day(i, i + 1, relative=NO_SUCH) if _names_no_day(token.text) else None
    if token.kind == NUMBER and (short := _SHORT.fullmatch(token.text)):
        stated = _iso(int(short[1]), int(short[2]), 0, published)
        named = stated and (_is_short(scan, i) or _heads_line(scan, i, stated, published))
        return Day(i, i + 1, stated) if named else None
    if token.kind == NUMBER and (beyond := _beyond_any_month(scan, i)):
        return beyond
    return (
        _year_month(scan, i)
        or _day_month(scan, i, published)
        or _month_day(scan, i, published)
        or _nth(scan, i, published)
    )


def _beyond_any_month(scan: Scan, i: int) -> Day | None:
    """ "32 January" and "32 січня загинуло 5": two digits before a month that no month reaches."""
    text = scan.tokens[i].text
    if not (len(text) == 2 and text.isdecimal() and int(text) > _LONGEST_MONTH):
        return None
    month, end = _month(scan, i + 1)
    if not month or any(scan.at(kind, end) for kind in _COUNTED):
        return None  # "the 45 January deaths"
    return Day(i, _year(scan, end)[1], relative=NO_SUCH)


def _year_month(scan: Scan, i: int) -> Day | None:
    """The month of "2022-11"."""
    last = i + 2
    if four_digits(scan, i) not in _YEARS or scan.low(i + 1) != "-":
        return None
    if not (scan.glued(i + 1) and scan.glued(last)) or scan.glued(last + 1):
        return None
    month = scan.low(last)
    told = len(month) == len("11") and month.isdecimal() and 1 <= int(month) <= _MONTHS
    return Day(i, last + 1, f"{scan.low(i)}-{month}") if told else None


def _nth(scan: Scan, i: int, published: date | None) -> Day | None:
    """The day of "on the 24th a drone …", "24-го загинув": in the month of the publication or, if
    it is still to come, in the one before."""
    day, end = _day_number(scan, i)
    if not day or published is None or end == i + 1:
        return None
    named = scan.language.settings["little_words"]["definite"]
    led = is_little(scan, i - 1, "definite") if named else (i == 0 or scan.mark(i - 1))
    last = end >= len(scan.tokens) or scan.mark(end) or scan.is_article(end)
    if not led or not (last or any(scan.at(kind, end) for kind in _EVENTS)):
        return None
    month = published if day <= published.day else published.replace(day=1) - timedelta(days=1)
    stated = _iso(day, month.month, month.year, published)
    return Day(i, end, stated) if stated else None


def _is_short(scan: Scan, i: int) -> bool:
    """Whether "18.01" stands where only a day can: after a clock time or "as of"."""
    beside = (i - 1, i + 1, i + 2 if scan.low(i + 1) == "," else i + 1)
    if any(0 <= at < len(scan.tokens) and scan.tokens[at].kind == CLOCK for at in beside):
        return True
    if len(scan.tokens) <= _DATELINE:
        return True  # a line of its own: "🗓 12.01"
    if scan.low(i + 1) == ":" or (scan.before(i, ",") and _ends_word_for_day(scan, i - 1)):
        return True  # "15.12: 227 тис.", "вчора, 13.02, …"
    if any(match.end == i for match in scan.of("as_of")):
        return True
    return is_little(scan, i - 1, "date_on") and not scan.known_unit(i + 1)


def _heads_line(scan: Scan, i: int, stated: str, published: date | None) -> bool:
    """Whether "20.01" of "20.01 - 2 killed" is a day: it begins the line and lies shortly before
    the publication."""
    heads = i == 0 and scan.low(1) == "-" and not scan.glued(1)
    ago = published - date.fromisoformat(stated) if heads and published else None
    return ago is not None and timedelta(0) <= ago <= _SOON


def _ends_word_for_day(scan: Scan, i: int) -> bool:
    """Whether a word for a day ends before a token ("yesterday", "on Tuesday")."""
    return any(scan.ending(kind, i) for kind in ("days", "weekdays"))


def _numeric(text: str) -> str:
    """An ISO day for "09.01.2026" or "2026-01-09"; empty where there is no such day."""
    try:
        if "-" in text:
            return dates.recordable(text)[0].isoformat()
        day, month, year = text.split(".")
        century = 2000 if len(year) <= 2 else 0
        stated = date(int(year) + century, int(month), int(day)).isoformat()
        return dates.recordable(stated)[0].isoformat()
    except ValueError:
        return ""


def _names_no_day(text: str) -> bool:
    """Whether "31.04.2026" and the like name a month and no day of it."""
    parts = [int(part) for part in re.split(r"[.-]", text)]
    year, month, day = parts if "-" in text else parts[::-1]
    year += 2000 if year < 100 else 0
    return 1 <= month <= 12 and day <= 31 and year in _YEARS and _is_no_day(day, month, year)


def _day_month(scan: Scan, i: int, published: date | None) -> Day | None:
    """The day of "24 січня 2026 року"; the last of several ("9 та 20 січня", "19-21 листопада")."""
    day, end = _day_number(scan, i)
    first = 0
    for _ in range(4):
        if not day:
            return None
        month, after = _month(scan, end + 1 if is_little(scan, end, "date_of") else end)
        if month:
            year, after = _year(scan, after)
            return _last_of(i, after, (first, day), month, year, published)
        if not (_joins_days(scan, end) or scan.low(end) == ","):
            return None
        first = day if spans(scan, end, i) else 0
        day, end = _day_number(scan, end + 1)
    return None


def _last_of(
    start: int, end: int, days: tuple[int, int], month: int, year: int, published: date | None
) -> Day | None:
    """The last day of a span within a month, or the only one if the first is 0. One that no
    calendar has is told as such."""
    first, last = days
    if _is_no_day(last, month, year or _nearest_year(1, month, published)):
        return Day(start, end, relative=NO_SUCH)
    stated = _iso(last, month, year, published)
    begun = _iso(first, month, year, published) if 0 < first < last else ""
    return Day(start, end, stated, first=begun) if stated else None


def _month_day(scan: Scan, i: int, published: date | None) -> Day | None:
    """The day of "January 24, 2026", the last of "Jan. 9 and 20", or the month alone."""
    month, end = _month(scan, i)
    if not month:
        return None
    end += _is_day_behind_comma(scan, end)
    first, day, after = _days_after_month(scan, end)
    year, after = _year(scan, after)
    if day and not year and _is_no_day(day, month, _nearest_year(1, month, published)):
        day, after = 0, end  # "in February 30 people died"
    if day:
        return _last_of(i, after, (first, day), month, year, published)
    year = year or _nearest_year(1, month, published)
    return Day(i, after, f"{year:04d}-{month:02d}") if year else None


def _is_day_behind_comma(scan: Scan, i: int) -> bool:
    """Whether a comma between a month and a day stands at a token: "on March, 22", and nothing that
    the number may count follows."""
    led = scan.low(i) == "," and is_little(scan, i - 2, "date_on")
    last = i + 2 >= len(scan.tokens) or scan.mark(i + 2)
    return led and last and bool(_day_number(scan, i + 1)[0])


def _days_after_month(scan: Scan, i: int) -> tuple[int, int, int]:
    """The last day after a month ("January 9 and 20") and the token after it, or 0 and i.

    Before them the day on which a span begins ("January 9 to 20"), or 0.
    """
    day, end = _day_number(scan, i)
    if not day or not scan.language.settings["month_first"] or scan.at("scales", end):
        return 0, 0, i
    if is_little(scan, i - 2, "date_of") and any(
        scan.at(kind, end) for kind in ("units", "groups")
    ):
        return 0, 0, i  # "in the first days of February 29 people died"
    first = 0
    while _joins_days(scan, end):
        following, after = _day_number(scan, end + 1)
        # "January 9 and 20 people": the second number counts something.
        if not following or any(scan.at(kind, after) for kind in ("units", "groups", "toll")):
            break
        first = day if spans(scan, end, i - 1) else 0
        day, end = following, after
    return first, day, end


def _joins_days(scan: Scan, i: int) -> bool:
    """Whether a token joins two days of one month: "9 and 10", "9-10", "з 25 на 26"."""
    return bool(
        scan.low(i) == "-"
        or scan.link("and", i)
        or scan.link("to", i)
        or is_little(scan, i, "date_to")
    )


def spans(scan: Scan, i: int, start: int) -> bool:
    """Whether a token between two days stands for those between them, too: "9 to 20", and with the
    word before the first of them, at `start`: "between 9 and 20"."""
    between = start > 0 and is_little(scan, start - 1, "date_between")
    return _joins_days(scan, i) and (between or not scan.link("and", i))


def _day_number(scan: Scan, i: int) -> tuple[int, int]:
    """A day of the month at a token ("24", "9-го", "24th") and the token after it, or (0, i)."""
    if not 0 <= i < len(scan.tokens):
        return 0, i
    token = scan.tokens[i]
    if token.kind != NUMBER or not token.text.isdigit() or len(token.text) > 2:
        return 0, i
    if not 1 <= int(token.text) <= 31:
        return 0, i
    suffix = scan.suffix(i)
    if suffix and suffix[0] == "ordinal":
        return int(token.text), suffix[1]
    return (0, i) if suffix and suffix[0] != "count" else (int(token.text), i + 1)


def _month(scan: Scan, i: int) -> tuple[int, int]:
    """The month that begins at a token and the token after it, or (0, i)."""
    found = scan.at("months", i)
    if not found:
        return 0, i
    may_be_short = len(scan.low(i)) <= 5
    return int(found.value), scan.skip_dot(found.end) if may_be_short else found.end


def _year(scan: Scan, i: int) -> tuple[int, int]:
    """The year after a day or a month and the token after it, or (0, i)."""
    comma = scan.low(i) == ","
    at = i + 1 if comma else i
    year = four_digits(scan, at)
    if year not in _YEARS:
        return 0, i
    if comma and (scan.at("units", at + 1) or scan.at("toll", at + 1)):
        return 0, i  # "on 9 January, 2000 people"
    return year, after_year(scan, at)


def four_digits(scan: Scan, i: int) -> int:
    """The number at a token, if it has four digits and nothing else; else 0."""
    if not 0 <= i < len(scan.tokens) or scan.tokens[i].kind != NUMBER:
        return 0
    text = scan.tokens[i].text
    return int(text) if len(text) == 4 and text.isdigit() else 0


def after_year(scan: Scan, i: int) -> int:
    """The token after a year and its word ("2026 року", "2026 р.")."""
    return scan.skip_dot(i + 2) if is_little(scan, i + 1, "year_word") else i + 1


def _iso(day: int, month: int, year: int, published: date | None) -> str:
    """An ISO day, in the nearest year if it has none; empty where there is no such day."""
    year = year or _nearest_year(day, month, published)
    try:
        return dates.recordable(date(year, month, day).isoformat())[0].isoformat()
    except ValueError:
        return ""


def _is_no_day(day: int, month: int, year: int) -> bool:
    """Whether a month has no such day; without a year, whether it never has."""
    return day > monthrange(year or _LEAP, month)[1]


def _nearest_year(day: int, month: int, published: date | None) -> int:
    """The year of a day without one: the publication's, or the one before around New Year."""
    if published is None:
        return 0
    stated = date(published.year, month, min(day, 28))
    return published.year - 1 if stated > published + _AHEAD else published.year
