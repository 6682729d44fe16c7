"""Days told by a word ("yesterday", "on Saturday", "вночі"), and years alone ("in 2023")."""

from datetime import date, timedelta

from etl.reports.mentions.day import WEEK_AGO, Day
from etl.reports.mentions.days_by_date import after_year, four_digits
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import WORD

# A year that stands alone must be one that reports speak of.
_YEARS_ALONE = range(1940, 2036)
# A number of these that counts nothing is a year without any word before it: "rose against 2024".
_LIKELY_YEARS = range(2014, 2031)
# Days from the publication to a day told by a word.
_SHIFTS = {
    WEEK_AGO: -7,
    "two_days_ago": -2,
    "three_days_ago": -3,
    "yesterday": -1,
    "today": 0,
    "past_day": 0,
    "tomorrow": 1,
}
# Days from the day told before to one that is counted from it.
LATER = {"next_day": 1, "two_days_later": 2, "three_days_later": 3}
# Words for the month and the year before the publication's.
_LAST_MONTH, _LAST_YEAR = "last_month", "last_year"
# Beside a year these do something and are not counted: "in 2024 drones killed".
_ACTING = ("drones", "missiles")
# At most so many tokens from a year to the word for birth: "1966 та 1983 р. н.".
_BIRTH = 5
_SPAN = 4  # tokens from "from" to "until"


def day_by_word(scan: Scan, i: int, published: date | None) -> Day | None:
    """A day told by a word ("yesterday", "on Saturday", "вночі") or by its year ("in 2023")."""
    if year := _year_alone(scan, i):
        return year
    if (weekday := scan.at("weekdays", i)) and published:
        if is_little(scan, i - 1, "date_until") and not _since(scan, i - 1):
            return None  # "repairs will last until Sunday"
        back = (published.weekday() - int(weekday.value)) % 7
        stated = (published - timedelta(days=back)).isoformat()
        return Day(i, weekday.end, stated, relative="weekday")
    moment = scan.at("moments", i)
    found = scan.at("days", i)
    if found and not (_lasted(scan, i, found.value) or _leads_on(scan, found.end)):
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


def _lasted(scan: Scan, i: int, word: str) -> bool:
    """Whether words for the past day only say how long: "роботи тривали чотири доби"."""
    return word == "past_day" and scan.is_number(i - 1)


def _leads_on(scan: Scan, end: int) -> bool:
    """Whether what follows words for a day says before what that day was: "a day before | the
    talks"."""
    if not is_little(scan, end - 1, "day_before") or not end < len(scan.tokens):
        return False
    if is_little(scan, end, "definite") or scan.is_article(end):
        return True
    stops = scan.ends_noun(end) or scan.is_number(end) or scan.link("passive", end)
    return scan.tokens[end].kind == WORD and not stops


def _since(scan: Scan, i: int) -> bool:
    """Whether "from" stands before "until" at a token: "from Monday until Sunday"."""
    return any(is_little(scan, at, "date_since") for at in range(max(0, i - _SPAN), i))


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
    year = four_digits(scan, i)
    if year not in _YEARS_ALONE or scan.low(i + 1) == "/":
        return None  # "the heating season 2025/26"
    if any(abs(born.start - i) <= _BIRTH for born in scan.of("births")):
        return Day(i, i + 1, relative="birth")
    named = is_little(scan, i + 1, "year_word")
    led = is_little(scan, i - 1, "year_after") or is_little(scan, i - 2, "year_near")
    likely = year in _LIKELY_YEARS and not scan.before(i, ":")
    if named or ((led or likely) and not _counts(scan, i + 1)):
        return Day(i, after_year(scan, i), scan.tokens[i].text, relative="year")
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
