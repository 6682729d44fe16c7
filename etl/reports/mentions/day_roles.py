"""What days belong to: parts of one statement are one day, and the words before it say whether it
is a count's or an attack's."""

from dataclasses import replace

from etl.reports.mentions.day import AS_OF, EVENT, MONTH, VAGUE_DAYS, WHOLE, Day
from etl.reports.mentions.days_by_date import spans
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

_INVASION = "2022-02-24"
_BEGAN = 10  # tokens from "since" to the day on which something began
_ATTACK = 4  # tokens from "Sunday's" to "attack"
_ATTACKS = (
    *(("stops", "attacks"), ("event_date", "attack"), ("launch", "aimed"), ("cause", "strike")),
)
_MARKS_BETWEEN = frozenset(",()-'")


def united(scan: Scan, found: list[Day]) -> list[Day]:
    """Parts of one statement as one: "9:00" + "20 січня", "вечір" + "20 січня"."""
    result: list[Day] = []
    for day in found:
        if result and not _one_span(scan, result[-1], day):
            day = _added(scan, result, day)
        if result and _one_span(scan, result[-1], day):
            first = result.pop()
            day = replace(day, start=first.start, first=first.stated)
        result.append(day)
    return result


def _added(scan: Scan, result: list[Day], day: Day) -> Day:
    """A day with the last of the result, which it then replaces, if both are one statement."""
    last = result[-1]
    if not _one_statement(scan, last, day):
        return day
    keeps = not day.stated or (last.stated and last.relative not in VAGUE_DAYS)
    return replace(
        result.pop(),
        end=day.end,
        stated=last.stated if keeps else day.stated,
        clock=last.clock or day.clock,
        moment=last.moment or day.moment,
        relative=last.relative if last.stated else day.relative,
    )


def _one_span(scan: Scan, first: Day, second: Day) -> bool:
    """ "24 February to 9 March", "з 24 лютого по 22 березня", "between May and October 2025",
    "between 4 a.m. on 24 February and midnight on 18 April"."""
    both = len(first.stated) == len(second.stated) and len(second.stated) in (MONTH, WHOLE)
    dated = both and first.stated < second.stated
    return dated and second.start == first.end + 1 and spans(scan, first.end, first.start)


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


def _same_day_twice(first: Day, second: Day) -> bool:
    """Whether one of two days may be told by a word and the other by its date."""
    if first.relative == second.relative == "weekday":
        return False
    return first.relative in ("weekday", *VAGUE_DAYS) or second.relative in ("weekday", "today")


def with_role(scan: Scan, day: Day) -> Day:
    """What the words before a day make of it."""
    reach = range(max(0, day.start - 6), day.start + 1)
    for counted in scan.of("as_of"):
        if counted.start in reach and _is_time_of_count(counted, day):
            return replace(day, role=AS_OF, start=min(counted.start, day.start))
    if _begins(scan, day) or _begins_the_war(scan, day):
        return replace(day, role=EVENT, relative="since")
    if is_little(scan, day.start - 1, "counted_at") and (day.clock or _is_count_of(scan, day)):
        return replace(day, role=AS_OF)
    for event in scan.of("event_date"):
        near = event.start in reach and day.start - 4 <= event.end <= day.start + 1
        if near and not any(scan.at("months", i) for i in range(event.end, day.start)):
            since = event.value == "since" and event.end == day.start
            return replace(day, role=EVENT, relative="since" if since else day.relative)
    if _names_an_attack(scan, day):
        return replace(day, role=EVENT)
    dated = day.stated and not (day.first or day.clock)
    if dated and is_little(scan, day.start - 1, "date_since"):
        return replace(day, role=EVENT, relative="since")
    return day


def _begins_the_war(scan: Scan, day: Day) -> bool:
    """Whether a day is that of the invasion, told as such: "the war, launched on 24 February"."""
    return day.stated == _INVASION and any(m.value == "war" for m in scan.of("totals"))


def _names_an_attack(scan: Scan, day: Day) -> bool:
    """Whether an attack is called after its day: "Sunday's missile attack"."""
    possessives = tuple(scan.language.settings["possessives"])
    owned = any(scan.low(i).endswith(possessives) for i in (day.end - 1, day.end))
    if not (possessives and owned and day.stated):
        return False
    for i in range(day.end, day.end + _ATTACK):
        if scan.mark(i):
            return False
        if any(scan.at(kind, i, value) for kind, value in _ATTACKS):
            return True
    return False


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
