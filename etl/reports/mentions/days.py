"""Days that a sentence names, with their clock times, and what each is the day of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from etl.reports.mentions.clocks import clock_time
from etl.reports.mentions.day import MONTH, WHOLE, Day
from etl.reports.mentions.day_roles import united, with_role
from etl.reports.mentions.days_by_date import day_by_date, four_digits
from etl.reports.mentions.days_by_word import LATER, day_by_word
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import DATE

# Kinds of words that may begin a day.
_KINDS = ("months", "weekdays", "days", "moments")
# "того ж дня": the day told before it in the sentence, else the attack's
_SAME_DAY = "same_day"
_UNTIL = "until"  # how a day is told at which something still to come ends
AFTER = "after"  # how a day was told that was counted from another


def days(scan: Scan, published: date | None) -> list[Day]:
    """Every day and clock time named, in order. Their tokens are marked as taken."""
    if scan.days is None or scan.days[0] != published:
        found = list(_read(scan, published))
        scan.days = published, [with_role(scan, day) for day in united(scan, found)]
    return scan.days[1]


def later(day: Day, told: str, published: date | None) -> Day:
    """A day that is counted from one told before it: "The next day two more were hurt".

    told  ISO day; without one, or if the day would lie ahead, it is still to come
    """
    if day.relative not in LATER:
        return day
    if len(told) == WHOLE:
        stated = date.fromisoformat(told) + timedelta(days=LATER[day.relative])
        if published is None or stated <= published:
            return replace(day, stated=stated.isoformat(), relative=AFTER)
    ahead = published and (published + timedelta(days=LATER[day.relative])).isoformat()
    return replace(day, stated=ahead or "", relative="tomorrow")


def of_that_day(day: Day, begun: str) -> Day:
    """ "That day", behind a count that began on a day: "125 since 29 December. That day 58 died".

    begun  the ISO day since which was counted; may be empty
    """
    told = day.relative == _SAME_DAY and not day.stated and begun
    return replace(day, stated=begun, relative=AFTER) if told else day


def _read(scan: Scan, published: date | None) -> Iterator[Day]:
    telling = {match.start for kind in _KINDS for match in scan.of(kind)}
    end, dated = 0, ""
    for i in sorted(telling.union(scan.numeric)):
        if i < end:
            continue
        day = _clock(scan, i) or day_by_date(scan, i, published or scan.reference)
        day = day or day_by_word(scan, i, published)
        if day is not None:
            if len(day.stated) < 10 and _is_compared(scan, day):
                day = Day(day.start, day.end, relative="compared", compared=day.stated)
            if published and len(day.stated) == WHOLE and _is_until(scan, day, published):
                day = replace(day, stated="", relative=_UNTIL)
            if day.relative == _SAME_DAY and len(dated) == WHOLE:
                day = replace(day, stated=dated)
            if len(dated) == WHOLE:
                day = later(day, dated, published)
            if len(dated) == MONTH and day.relative == "month":
                day = replace(day, stated=_month_before(dated))
            dated, day = _after(scan, dated, day)
            yield day
            scan.taken.update(range(day.start, day.end))
            end = day.end


def _month_before(month: str) -> str:
    """The ISO month before one: "226 died in November, against 148 the month before"."""
    return f"{date.fromisoformat(f'{month}-01') - timedelta(days=1):%Y-%m}"


def _is_until(scan: Scan, day: Day, published: date) -> bool:
    """Whether a day that is still to come only says how long: "schools are closed till 20 Feb"."""
    ahead = date.fromisoformat(day.stated) > published
    return ahead and is_little(scan, day.start - 1, "date_until")


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
    if len(day.stated) < MONTH or day.relative not in ("", AFTER):
        return dated, day
    same_year = dated[:4] + day.stated[4:]
    told = any(
        four_digits(scan, i) or scan.tokens[i].kind == DATE for i in range(day.start, day.end)
    )
    if dated and not told and dated[:4] < day.stated[:4] and same_year[:MONTH] > dated[:MONTH]:
        day = replace(day, stated=same_year)
    return day.stated, day


def _clock(scan: Scan, i: int) -> Day | None:
    found = clock_time(scan, i)
    return Day(i, found[1], clock=found[0]) if found else None
