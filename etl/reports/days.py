"""Days and clock times that a sentence names, and what each is the day of."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.reports.scan import Scan
from etl.reports.tokens import CLOCK, DATE, MARK, NUMBER, WORD

# A day further ahead of the publication than this belongs to the year before.
_AHEAD = timedelta(days=45)

PLAIN, AS_OF, EVENT = "plain", "as_of", "event"


@dataclass(frozen=True, slots=True)
class Day:
    """Tokens [start, end) that name a day.

    stated  ISO day, month or year; empty when only a clock time or a part of the day is named
    role    "as_of" (a count's time), "event" (the attack's day) or "plain"
    clock   "09:00", where given
    moment  "morning", "evening" …, where given instead
    """

    start: int
    end: int
    stated: str = ""
    role: str = PLAIN
    clock: str = ""
    moment: str = ""
    relative: str = ""


def days(scan: Scan, published: date | None) -> list[Day]:
    """Every day and clock time named, in order. Their tokens are marked as taken."""
    if scan.days is None or scan.days[0] != published:
        scan.days = published, _days(scan, published)
    return scan.days[1]


_KINDS = ("months", "weekdays", "days", "moments")


def _days(scan: Scan, published: date | None) -> list[Day]:
    found: list[Day] = []
    telling = {match.start for kind in _KINDS for match in scan.of(kind)}
    i = 0
    while i < len(scan.tokens):
        if scan.tokens[i].kind in (WORD, MARK) and i not in telling:
            i += 1
            continue
        day = _clock(scan, i) or _dated(scan, i, published) or _worded(scan, i, published)
        if day is None:
            i += 1
            continue
        found.append(day)
        scan.taken.update(range(day.start, day.end))
        i = day.end
    return [_with_role(scan, day) for day in _merged(scan, found)]


def _clock(scan: Scan, i: int) -> Day | None:
    token = scan.tokens[i]
    if token.kind == CLOCK:
        hour, minute = token.text.split(":")[:2]
        hour, end = _half_of_day(scan, int(hour), i + 1)
        return Day(i, end, clock=f"{hour % 24:02d}:{minute}")
    if token.kind == NUMBER and (dotted := _DOTTED_CLOCK.fullmatch(token.text)):
        hour, end = _half_of_day(scan, int(dotted[1]), i + 1)
        if end > i + 1 or scan.low(i - 1) in ("at", "о", "об"):
            return Day(i, end, clock=f"{hour % 24:02d}:{dotted[2]}")
    if token.kind == NUMBER and token.text.isdigit() and int(token.text) <= 24:
        hour, end = _half_of_day(scan, int(token.text), i + 1)
        if end > i + 1:
            return Day(i, end, clock=f"{hour % 24:02d}:00")
        if scan.low(i + 1) in ("ранку", "вечора", "ночі") and scan.low(i - 1) not in ("о", "об"):
            late = scan.low(i + 1) == "вечора" and int(token.text) < 12
            return Day(i, i + 2, clock=f"{(int(token.text) + 12 * late) % 24:02d}:00")
        if scan.low(i - 1) in ("о", "об") and scan.low(i + 1) in ("ранку", "вечора", "годині", "год", "ночі", "дня"):
            late = scan.low(i + 1) in ("вечора", "дня") and int(token.text) < 12
            return Day(i, i + 2, clock=f"{(int(token.text) + 12 * late) % 24:02d}:00")
    return None


_DOTTED_CLOCK = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")


def _half_of_day(scan: Scan, hour: int, i: int) -> tuple[int, int]:
    """The hour of 24 and the token after "a.m.", "PM"; the same token where neither stands."""
    low = scan.low(i)
    if low in ("am", "pm"):
        end = i + 1
    elif low in ("a", "p") and scan.low(i + 1) == "." and scan.low(i + 2) == "m" and scan.glued(i + 2):
        low, end = low + "m", i + 3
        if scan.low(end) == "." and scan.glued(end):
            end += 1
    else:
        return hour, i
    if low == "pm" and hour < 12:
        hour += 12
    return (0 if low == "am" and hour == 12 else hour), end


def _dated(scan: Scan, i: int, published: date | None) -> Day | None:
    token = scan.tokens[i]
    if token.kind == DATE:
        return Day(i, i + 1, stated) if (stated := _numeric(token.text)) else None
    if token.kind == NUMBER and (short := _SHORT.fullmatch(token.text)) and _dates_something(scan, i):
        stated = _iso(int(short[1]), int(short[2]), 0, published)
        return Day(i, i + 1, stated) if stated else None
    return _day_month(scan, i, published) or _month_day(scan, i, published)


_SHORT = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])")


def _dates_something(scan: Scan, i: int) -> bool:
    """Whether "18.01" stands where only a day can: after a clock time or "as of"."""
    before = i and (scan.tokens[i - 1].kind == CLOCK or any(m.end == i for m in scan.of("as_of")))
    return bool(before) or (scan.low(i - 1) in ("за", "on", "на") and not scan.known_unit(i + 1))


def _numeric(text: str) -> str:
    """"09.01.2026" or "2026-01-09" as an ISO day; empty where there is no such day."""
    try:
        if "-" in text:
            return date.fromisoformat(text).isoformat()
        day, month, year = (int(part) for part in text.split("."))
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return ""


def _day_number(scan: Scan, i: int) -> tuple[int, int]:
    """A day of the month at a token ("24", "9-го", "24th") and the token after it, or (0, i)."""
    if not 0 <= i < len(scan.tokens):
        return 0, i
    token = scan.tokens[i]
    if token.kind != NUMBER or not token.text.isdigit() or not 1 <= int(token.text) <= 31:
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
    if scan.low(i) == "may" and not scan.tokens[i].text[0].isupper():
        return 0, i
    if scan.low(i) in ("march", "sep", "mar", "jan", "лист", "лип", "вер", "бер") and not (
        scan.tokens[i].text[0].isupper() or scan.language.name == "uk"
    ):
        return 0, i
    return int(found.value), scan.skip_dot(found.end) if len(scan.low(i)) <= 5 else found.end


def _day_month(scan: Scan, i: int, published: date | None) -> Day | None:
    """"24 січня 2026 року", "9 та 20 січня", "19-21 листопада", "з 25 на 26 вересня"."""
    day, end = _day_number(scan, i)
    if not day:
        return None
    last = day
    for _ in range(4):
        month, after = _month(scan, end)
        if not month and scan.low(end) == "of":
            month, after = _month(scan, end + 1)
        if month:
            year, after = _year(scan, after)
            stated = _iso(last, month, year, published)
            return Day(i, after, stated) if stated else None
        joined = scan.low(end) in ("та", "і", "й", "на", "and", "-", ",", "до", "to", "or")
        following, after = _day_number(scan, end + 1)
        if not joined or not following:
            return None
        last, end = following, after
    return None


def _month_day(scan: Scan, i: int, published: date | None) -> Day | None:
    """"January 24, 2026", "Jan. 9 and 20"; a month alone counts with its year or "in"."""
    month, end = _month(scan, i)
    if not month:
        return None
    day, after = _day_number(scan, end)
    if day and scan.language.name == "en" and not scan.at("scales", after):
        while scan.low(after) in ("and", "-", "to") and _day_number(scan, after + 1)[0]:
            following, further = _day_number(scan, after + 1)
            # "January 9 and 20 people": the second number counts something
            if further < len(scan.tokens) and (scan.at("units", further) or scan.at("groups", further) or scan.at("toll", further)):
                break
            day, after = following, further
        year, after = _year(scan, after)
        stated = _iso(day, month, year, published)
        return Day(i, after, stated) if stated else None
    year, after = _year(scan, end)
    if not year:
        year = _nearest_year(1, month, published) if published else 0
    if not year:
        return None
    return Day(i, after, f"{year:04d}-{month:02d}")


def _year(scan: Scan, i: int) -> tuple[int, int]:
    start = i
    if scan.low(i) == ",":
        i += 1
    if i < len(scan.tokens) and scan.tokens[i].kind == NUMBER:
        text = scan.tokens[i].text
        if text.isdigit() and len(text) == 4 and 1990 <= int(text) <= 2100:
            follows_unit = start != i and (scan.at("units", i + 1) or scan.at("toll", i + 1))
            if not follows_unit:
                end = i + 1
                if scan.low(end) in ("року", "рік", "році", "р"):
                    end = scan.skip_dot(end + 1)
                return int(text), end
    return 0, start


def _iso(day: int, month: int, year: int, published: date | None) -> str:
    year = year or _nearest_year(day, month, published)
    try:
        return date(year, month, day).isoformat() if year else ""
    except ValueError:
        return ""


def _nearest_year(day: int, month: int, published: date | None) -> int:
    """The year of a day without one: the publication's, or the one before around New Year."""
    if published is None:
        return 0
    try:
        stated = date(published.year, month, min(day, 28))
    except ValueError:
        return 0
    return published.year - 1 if stated > published + _AHEAD else published.year


def _worded(scan: Scan, i: int, published: date | None) -> Day | None:
    year = _year_alone(scan, i)
    if year:
        return year
    if (weekday := scan.at("weekdays", i)) and published:
        # "серед них" is no Wednesday
        if scan.low(i) in ("серед",) or scan.low(i).startswith(("середн", "середов")):
            return None
        back = (published.weekday() - int(weekday.value)) % 7
        stated = (published - timedelta(days=back)).isoformat()
        return Day(i, weekday.end, stated, relative="weekday")
    found = scan.at("days", i)
    moment = scan.at("moments", i)
    if found:
        shift = {"today": 0, "yesterday": -1, "two_days_ago": -2, "past_day": 0, "tomorrow": 1}
        named = moment.value if moment else _moment_in(scan, found.start, found.end)
        if found.value not in shift:
            return Day(i, found.end, relative=found.value)
        stated = (published + timedelta(days=shift[found.value])).isoformat() if published else ""
        return Day(i, found.end, stated, moment=named, relative=found.value)
    if moment:
        return Day(i, moment.end, moment=moment.value)
    return None


def _year_alone(scan: Scan, i: int) -> Day | None:
    """"in 2023", "у 2025 році": a number that is a year and counts nothing."""
    token = scan.tokens[i]
    if token.kind != NUMBER or len(token.text) != 4 or not token.text.isdigit():
        return None
    if not 1940 <= int(token.text) <= 2035:
        return None
    if scan.low(i - 2) == "born" or scan.low(i + 2) == "народження" or (
        scan.low(i + 1) in ("and", "та", "і") and scan.low(i + 4) == "народження"
    ) or (scan.low(i - 1) in ("and", "та", "і") and scan.low(i - 3) == "in" and scan.low(i - 4) == "born"):
        return Day(i, i + 1, relative="birth")
    named = scan.low(i + 1) in ("року", "році", "рік", "роках", "роки")
    led = scan.low(i - 1) in ("in", "since", "of", "by", "during", "у", "в", "з", "від", "за", "from") or scan.low(
        i - 2
    ) in ("since", "early", "late")
    counts = any(scan.at(kind, i + 1) for kind in ("units", "groups", "scales", "toll_noun", "stops"))
    if named or (led and not counts and not scan.is_number(i + 1) and not _adjective_then_unit(scan, i + 1)):
        return Day(i, i + (2 if named else 1), token.text, relative="year")
    return None


def _adjective_then_unit(scan: Scan, i: int) -> bool:
    return any(scan.at("units", j) and not scan.ends_noun(j - 1) for j in (i + 1, i + 2))


def _moment_in(scan: Scan, start: int, end: int) -> str:
    for j in range(start, end):
        if found := scan.at("moments", j):
            return found.value
    return ""


def _merged(scan: Scan, found: list[Day]) -> list[Day]:
    """Parts of one statement as one: "9:00" + "20 січня", "вечір" + "20 січня"."""
    result: list[Day] = []
    for day in found:
        last = result[-1] if result else None
        if last and day.start - last.end <= 3 and _one_statement(scan, last, day):
            result[-1] = Day(
                last.start,
                day.end,
                last.stated if (last.stated and last.relative not in ("today", "past_day")) or not day.stated else day.stated,
                last.role,
                last.clock or day.clock,
                last.moment or day.moment,
                day.relative if not last.stated else last.relative,
            )
            continue
        result.append(day)
    return result


_BETWEEN = frozenset(["of", "on", "the", ",", "(", ")", "at", "in", "у", "в", "на", "о", "об", "року", "дня", "вранці", "ranku", "-", "'", "by", "for", "next"])


def _one_statement(scan: Scan, last: Day, day: Day) -> bool:
    if last.stated and day.stated and last.relative not in ("today", "weekday", "past_day") and day.relative not in ("weekday", "today"):
        return False
    if last.stated and day.stated and last.relative in ("weekday",) and day.relative == "weekday":
        return False
    if last.clock and day.clock:
        return False
    between = range(last.end, day.start)
    if not all(scan.low(i) in _BETWEEN for i in between):
        return False
    # "…, на 18:00 21 січня": a comma parts statements unless a clock time follows its day
    commas = any(scan.low(i) in (",", "-") for i in between)
    return not (commas and last.stated and day.stated and last.relative == day.relative == "")


def _with_role(scan: Scan, day: Day) -> Day:
    """What the words before a day make of it."""
    reach = range(max(0, day.start - 6), day.start + 1)
    for stated in scan.of("as_of"):
        if stated.start in reach and stated.end >= day.start - 4:
            if scan.low(stated.start) == "by" and not (day.clock or day.moment or (day.stated and stated.end == day.start)):
                continue
            if scan.low(stated.start) == "by" and day.start - stated.end > 2:
                continue
            return replace(day, role=AS_OF, start=min(stated.start, day.start))
    if day.clock and scan.low(day.start - 1) in ("на",):
        return replace(day, role=AS_OF)
    for event in scan.of("event_date"):
        if event.start in reach and event.end >= day.start - 4 and event.end <= day.start + 1:
            if event.end == day.start and scan.low(event.start) == "since":
                return replace(day, role=EVENT, relative="since")
            return replace(day, role=EVENT)
    return day
