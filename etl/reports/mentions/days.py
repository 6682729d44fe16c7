"""Days that a sentence names, with their clock times, and what each is the day of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.reports.mentions.clocks import clock_time
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import CLOCK, DATE, NUMBER
from impact.model import dates

PLAIN, AS_OF, EVENT = "plain", "as_of", "event"

# A day further ahead of the publication than this belongs to the year before.
_AHEAD = timedelta(days=45)
# Four digits in these are a year; what stands beside a month may be of any report, a year alone
# must be one that reports speak of.
_YEARS, _YEARS_ALONE = range(1990, 2101), range(1940, 2036)
# A number of these that counts nothing is a year without any word before it: "rose against 2024".
_LIKELY_YEARS = range(2014, 2031)
# Days from the publication to a day told by a word.
_SHIFTS = {"two_days_ago": -2, "yesterday": -1, "today": 0, "past_day": 0, "tomorrow": 1}
# "того ж дня": the day told before it in the sentence, else the attack's
_SAME_DAY, _WHOLE = "same_day", 10
# Words for the month and the year before the publication's.
_LAST_MONTH, _LAST_YEAR = "last_month", "last_year"
# Words for days that give way to a date beside them ("today, 20 January").
VAGUE_DAYS = ("today", "past_day")
# The two days of a night are so many days apart: "the night of 25 to 26".
_NIGHT = 1
# Beside a year these do something and are not counted: "in 2024 drones killed".
_ACTING = ("drones", "missiles")
# At most so many tokens from a year to the word for birth: "1966 та 1983 р. н.".
_BIRTH = 5
_MONTH = 7  # letters of an ISO month
_DATELINE = 2  # tokens of a line that is only a day
_BEGAN = 10  # tokens from "since" to the day on which something began
# Kinds of words that may begin a day.
_EVENTS = ("toll", "damage", "launch", "states", "outright")  # what may follow "the 24th"
_KINDS = ("months", "weekdays", "days", "moments")


@dataclass(frozen=True, slots=True)
class Day:
    """Tokens [start, end) that name a day.

    stated    ISO day, month or year; empty when only a clock time or a part of the day is named
    role      AS_OF (a count's time), EVENT (the attack's day) or PLAIN
    clock     "09:00", where given
    moment    "morning", "evening" …, where given instead
    relative  how the day was told, if not by its date: "today", "weekday", "year", "birth" …
    first     ISO day on which a span of days begins that ends with the stated one
    compared  ISO month or year that is only compared with: "more than in October"
    """

    start: int
    end: int
    stated: str = ""
    role: str = PLAIN
    clock: str = ""
    moment: str = ""
    relative: str = ""
    first: str = ""
    compared: str = ""

    @property
    def several(self) -> bool:
        """Whether it is the last of more days than a night has: "6-8 January"."""
        if len(self.first) == _MONTH:
            return True
        return bool(self.first) and _apart(self.first, self.stated) > _NIGHT


def days(scan: Scan, published: date | None) -> list[Day]:
    """Every day and clock time named, in order. Their tokens are marked as taken."""
    if scan.days is None or scan.days[0] != published:
        found = list(_read(scan, published))
        scan.days = published, [_with_role(scan, day) for day in _united(scan, found)]
    return scan.days[1]


def _read(scan: Scan, published: date | None) -> Iterator[Day]:
    telling = {match.start for kind in _KINDS for match in scan.of(kind)}
    end, dated = 0, ""
    for i in sorted(telling.union(scan.numeric)):
        if i < end:
            continue
        day = _clock(scan, i) or _dated(scan, i, published or scan.reference)
        day = day or _worded(scan, i, published)
        if day is not None:
            if len(day.stated) < 10 and _is_compared(scan, day):
                day = Day(day.start, day.end, relative="compared", compared=day.stated)
            if day.relative == _SAME_DAY and len(dated) == _WHOLE:
                day = replace(day, stated=dated)
            dated, day = _after(scan, dated, day)
            yield day
            scan.taken.update(range(day.start, day.end))
            end = day.end


def _is_compared(scan: Scan, day: Day) -> bool:
    """ "more than in 2024", "26 % above the same period of last year"."""
    if any(is_little(scan, day.start - back, "date_compared") for back in (1, 2)):
        return True
    period = range(day.start - 3, day.start)
    return any(
        is_little(scan, i, "date_period") and is_little(scan, i - 1, "date_same") for i in period
    )


def _after(scan: Scan, dated: str, day: Day) -> tuple[str, Day]:
    """A day, in the year of the month told before it: "In March 2022 …, in April and May …".

    dated  the last ISO day or month of the sentence; returned with it, the next one
    """
    if len(day.stated) < _MONTH or day.relative:
        return dated, day
    same_year = dated[:4] + day.stated[4:]
    told = any(
        _four_digits(scan, i) or scan.tokens[i].kind == DATE for i in range(day.start, day.end)
    )
    if dated and not told and dated[:4] < day.stated[:4] and same_year[:_MONTH] > dated[:_MONTH]:
        day = replace(day, stated=same_year)
    return day.stated, day


def _clock(scan: Scan, i: int) -> Day | None:
    found = clock_time(scan, i)
    return Day(i, found[1], clock=found[0]) if found else None


# ------------------------------------------------------------------------ days by their date

_SHORT = re.compile(r"(\d{1,2})\.(0[1-9]|1[0-2])")


def _dated(scan: Scan, i: int, published: date | None) -> Day | None:
    token = scan.tokens[i]
    if token.kind == DATE:
        return Day(i, i + 1, stated) if (stated := _numeric(token.text)) else None
    if token.kind == NUMBER and (short := _SHORT.fullmatch(token.text)) and _is_short(scan, i):
        stated = _iso(int(short[1]), int(short[2]), 0, published)
        return Day(i, i + 1, stated) if stated else None
    return (
        _day_month(scan, i, published) or _month_day(scan, i, published) or _nth(scan, i, published)
    )


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
        first = day if _spans(scan, end, i) else 0
        day, end = _day_number(scan, end + 1)
    return None


def _last_of(
    start: int, end: int, days: tuple[int, int], month: int, year: int, published: date | None
) -> Day | None:
    """The last day of a span within a month, or the only one if the first is 0."""
    first, last = days
    stated = _iso(last, month, year, published)
    begun = _iso(first, month, year, published) if 0 < first < last else ""
    return Day(start, end, stated, first=begun) if stated else None


def _month_day(scan: Scan, i: int, published: date | None) -> Day | None:
    """The day of "January 24, 2026", the last of "Jan. 9 and 20", or the month alone."""
    month, end = _month(scan, i)
    if not month:
        return None
    first, day, after = _days_after_month(scan, end)
    year, after = _year(scan, after)
    if day:
        return _last_of(i, after, (first, day), month, year, published)
    year = year or _nearest_year(1, month, published)
    return Day(i, after, f"{year:04d}-{month:02d}") if year else None


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
        first = day if _spans(scan, end, i - 1) else 0
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


def _spans(scan: Scan, i: int, start: int) -> bool:
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
    year = _four_digits(scan, at)
    if year not in _YEARS:
        return 0, i
    if comma and (scan.at("units", at + 1) or scan.at("toll", at + 1)):
        return 0, i  # "on 9 January, 2000 people"
    return year, _after_year(scan, at)


def _four_digits(scan: Scan, i: int) -> int:
    """The number at a token, if it has four digits and nothing else; else 0."""
    if not 0 <= i < len(scan.tokens) or scan.tokens[i].kind != NUMBER:
        return 0
    text = scan.tokens[i].text
    return int(text) if len(text) == 4 and text.isdigit() else 0


def _after_year(scan: Scan, i: int) -> int:
    """The token after a year and its word ("2026 року", "2026 р.")."""
    return scan.skip_dot(i + 2) if is_little(scan, i + 1, "year_word") else i + 1


def _iso(day: int, month: int, year: int, published: date | None) -> str:
    """An ISO day, in the nearest year if it has none; empty where there is no such day."""
    year = year or _nearest_year(day, month, published)
    try:
        return dates.recordable(date(year, month, day).isoformat())[0].isoformat()
    except ValueError:
        return ""


def _nearest_year(day: int, month: int, published: date | None) -> int:
    """The year of a day without one: the publication's, or the one before around New Year."""
    if published is None:
        return 0
    stated = date(published.year, month, min(day, 28))
    return published.year - 1 if stated > published + _AHEAD else published.year


# ------------------------------------------------------------------- days by words, years alone


def _worded(scan: Scan, i: int, published: date | None) -> Day | None:
    """A day told by a word ("yesterday", "on Saturday", "вночі") or by its year ("in 2023")."""
    if year := _year_alone(scan, i):
        return year
    if (weekday := scan.at("weekdays", i)) and published:
        back = (published.weekday() - int(weekday.value)) % 7
        stated = (published - timedelta(days=back)).isoformat()
        return Day(i, weekday.end, stated, relative="weekday")
    moment = scan.at("moments", i)
    if found := scan.at("days", i):
        if published and (stated := _longer(found.value, published)):
            return Day(i, found.end, stated, relative="year" if len(stated) == 4 else "month")
        if found.value not in _SHIFTS:
            return Day(i, found.end, relative=found.value)
        shifted = published and published + timedelta(days=_SHIFTS[found.value])
        return Day(
            i,
            found.end,
            shifted.isoformat() if shifted else "",
            moment=moment.value if moment else _moment_in(scan, i, found.end),
            relative=found.value,
        )
    return Day(i, moment.end, moment=moment.value) if moment else None


def _longer(word: str, published: date) -> str:
    """The ISO month or year of "last month", "торік"; empty for other words."""
    if word == _LAST_MONTH:
        return f"{published.replace(day=1) - timedelta(days=1):%Y-%m}"
    return str(published.year - 1) if word == _LAST_YEAR else ""


def _moment_in(scan: Scan, start: int, end: int) -> str:
    """The part of the day told within words for a day ("this morning")."""
    return next((match.value for at in range(start, end) if (match := scan.at("moments", at))), "")


def _year_alone(scan: Scan, i: int) -> Day | None:
    """A number that is a year and counts nothing: "in 2023", "у 2025 році"."""
    year = _four_digits(scan, i)
    if year not in _YEARS_ALONE or scan.low(i + 1) == "/":
        return None  # "the heating season 2025/26"
    if any(abs(born.start - i) <= _BIRTH for born in scan.of("births")):
        return Day(i, i + 1, relative="birth")
    named = is_little(scan, i + 1, "year_word")
    led = is_little(scan, i - 1, "year_after") or is_little(scan, i - 2, "year_near")
    likely = year in _LIKELY_YEARS and not scan.before(i, ":")
    if named or ((led or likely) and not _counts(scan, i + 1)):
        return Day(i, _after_year(scan, i), scan.tokens[i].text, relative="year")
    return None


def _counts(scan: Scan, i: int) -> bool:
    """Whether the number before a token counts something ("2000 local residents")."""
    if scan.mark(i):
        return False
    if scan.is_number(i):
        return True
    if any(scan.at("units", i, weapon) for weapon in _ACTING):
        return False
    if any(scan.at(kind, i) for kind in ("units", "groups", "scales", "toll_noun", "stops")):
        return True
    return any(
        (unit := scan.at("units", at)) and unit.value not in _ACTING and not scan.ends_noun(at - 1)
        for at in (i + 1, i + 2)
    )


# ------------------------------------------------------------------------- what days belong to


def _united(scan: Scan, found: list[Day]) -> list[Day]:
    """Parts of one statement as one: "9:00" + "20 січня", "вечір" + "20 січня"."""
    result: list[Day] = []
    for day in found:
        last = result[-1] if result else None
        if last is not None and _one_span(scan, last, day):
            result[-1] = replace(day, start=last.start, first=last.stated)
            continue
        if last is None or not _one_statement(scan, last, day):
            result.append(day)
            continue
        keeps = not day.stated or (last.stated and last.relative not in VAGUE_DAYS)
        result[-1] = replace(
            last,
            end=day.end,
            stated=last.stated if keeps else day.stated,
            clock=last.clock or day.clock,
            moment=last.moment or day.moment,
            relative=last.relative if last.stated else day.relative,
        )
    return result


def _one_span(scan: Scan, first: Day, second: Day) -> bool:
    """ "24 February to 9 March", "з 24 лютого по 22 березня", "between May and October 2025"."""
    both = len(first.stated) == len(second.stated) and len(second.stated) in (_MONTH, 10)
    dated = both and first.stated < second.stated
    return dated and second.start == first.end + 1 and _spans(scan, first.end, first.start)


def _apart(first: str, last: str) -> int:
    """How many days lie between two ISO days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _one_statement(scan: Scan, first: Day, second: Day) -> bool:
    """Whether two days beside each other are one: "on Tuesday, 20 January", "20 січня, 9:00"."""
    if first.clock and second.clock:
        return False
    if first.stated and second.stated and not _same_day_twice(first, second):
        return False
    between = range(first.end, second.start)
    return len(between) <= 3 and all(
        scan.low(i) in _MARKS_BETWEEN or is_little(scan, i, "date_with") for i in between
    )


_MARKS_BETWEEN = frozenset(",()-'")


def _same_day_twice(first: Day, second: Day) -> bool:
    """Whether one of two days may be told by a word and the other by its date."""
    if first.relative == second.relative == "weekday":
        return False
    return first.relative in ("weekday", *VAGUE_DAYS) or second.relative in ("weekday", "today")


def _with_role(scan: Scan, day: Day) -> Day:
    """What the words before a day make of it."""
    reach = range(max(0, day.start - 6), day.start + 1)
    for counted in scan.of("as_of"):
        if counted.start in reach and _is_time_of_count(counted, day):
            return replace(day, role=AS_OF, start=min(counted.start, day.start))
    if is_little(scan, day.start - 1, "counted_at") and (day.clock or _is_count_of(scan, day)):
        return replace(day, role=AS_OF)
    for event in scan.of("event_date"):
        if event.start in reach and day.start - 4 <= event.end <= day.start + 1:
            since = event.value == "since" and event.end == day.start
            return replace(day, role=EVENT, relative="since" if since else day.relative)
    if day.stated and not day.first and is_little(scan, day.start - 1, "date_since"):
        return replace(day, role=EVENT, relative="since")
    return replace(day, role=EVENT, relative="since") if _begins(scan, day) else day


def _begins(scan: Scan, day: Day) -> bool:
    """ "Since the stepped-up attacks began on 29 December, 3,000 homes …"."""
    began = False
    for i in range(day.start - 1, max(-1, day.start - _BEGAN), -1):
        began = began or is_little(scan, i, "date_began")
        if scan.mark(i) or scan.is_number(i):
            return False
        if began and any(m.start == i and m.value == "since" for m in scan.of("event_date")):
            return bool(day.stated)
    return False


def _is_count_of(scan: Scan, day: Day) -> bool:
    """Whether a full date after "на" is that of a count: "на 22 березня"; a night is no count."""
    night = any(scan.at("moments", day.start - back) for back in (2, 3))
    return len(day.stated) == 10 and not day.first and not day.moment and not night


def _is_time_of_count(counted: Match, day: Day) -> bool:
    """Whether "as of" leads a day; "by" must be near it or lead it straight."""
    gap = day.start - counted.end
    if counted.value == "by":
        return gap <= 2 and bool(day.clock or day.moment or (day.stated and gap == 0))
    return gap <= 4
