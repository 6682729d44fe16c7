"""The day of a claim, when it was stated, and whether it is a total over a longer time.

A toll belongs to the day of its attack. A supply cut belongs to the day on which it was counted.
"""

from dataclasses import replace
from datetime import timedelta

from etl.reports.mentions.day import AS_OF, EVENT, MONTH, NO_SUCH, WEEK_AGO, Day
from etl.reports.mentions.days import AFTER
from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.dealt_out import dealt_day, told_again
from etl.reports.resolution.totals import (
    before_invasion,
    counts_the_war,
    counts_the_year,
    is_day,
    is_since,
    of_record,
    of_war,
    set_period,
    sums_a_period,
    sums_up,
    told_of_war,
)
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.function_words import is_little
from etl.reports.text.tokens import DATE
from impact.model import dates

_VERB = 3  # tokens from a verb to the words for a supply
_WHOLE_DAY = 10  # letters of an ISO day
_BESIDE_RUN = 6  # tokens from two numbers to the time that they are of
_BESIDE_BRACKETS = 3  # tokens from a year to its brackets: "2024-му (2 088 загиблих)"
_BESIDE_EARLIER = 5  # tokens from an earlier count to its day
_FARTHEST = 40.0  # a day further from a number than this says nothing about it


def set_day(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a claim its day or period, or a reason to be left out, or notes that it lacks a day."""
    if claim.date:
        return  # The day came with the whole that the number is a part of.
    day = _day(sentence, claim)
    if day is None and any(each.relative == NO_SUCH for each in sentence.days):
        claim.lack("day")
        return
    if day and (reason := _other_time(day)):
        claim.out = reason
        return
    stated, day = day, None if day and _is_other(sentence, claim, day) else day
    claim.date = day.stated if day else ""
    _set_as_of(sentence, claim)
    if day:
        claim.trail["date"] = (day.start, day.end)
        claim.moment = claim.moment or day.moment
    else:
        claim.date = _default_day(sentence, claim, stated)
    if not claim.date:
        claim.lack("date")
        return
    set_period(sentence, claim, stated)
    claim.out = claim.out or _out_of_time(sentence, claim)


def _is_other(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day is not the one on which a claim's time ends: "since 29 December", or the month
    told beside the whole war's total."""
    begun = day.relative == "last_week" or is_since(claim, day)
    return begun or (len(day.stated) < _WHOLE_DAY and of_war(sentence, claim, day))


def _other_time(day: Day) -> str:
    """Why a number is of another time: "tomorrow" is a plan."""
    return "plan" if day.relative == "tomorrow" else ""


def _default_day(sentence: ParsedSentence, claim: NumberClaim, begun: Day | None) -> str:
    """The day of a claim whose sentence names none.

    begun  the day since which it counts
    """
    context = sentence.context
    of_line = context.event_here not in ("", context.section_day)
    published = context.published.isoformat() if context.published else ""
    if begun is not None and begun.relative == "since" and not of_line:
        until = context.counted_here or (context.closing if context.total else "")
        return until or published or context.event_day()
    if context.attack and any(day.relative == "same_day" for day in sentence.days):
        return context.attack
    if published and not context.total and not of_line and counts_the_year(sentence, claim):
        return published  # "this year 19 were killed"
    compared = any(_only_compared(sentence, claim, day) for day in sentence.days)
    if compared and context.national and sums_a_period(sentence) and context.month:
        claim.period = "cumulative"
        current = any(match.value == "current" for match in sentence.scan.of("totals"))
        return f"{context.published:%Y-%m}" if current and context.published else context.month
    if context.month and any(m.value == "monthly" for m in sentence.scan.of("totals")):
        return context.month  # "148 civilians were killed during the month"
    line, month = context.month_of_line
    if line == sentence.scan.sentence.block and sums_up(sentence) and not context.event_here:
        return month  # "April was deadly. The UN's monitors counted 209 dead"
    if carried := _of_line(sentence, claim):
        claim.period = "cumulative"
        return carried
    spanned = claim.status != "without" or is_day(context.closing)
    if context.total and not context.event_here and spanned:
        return context.counted_here or context.closing or context.event_day()
    if not claim.still_out:
        return context.event_here or context.counted_here or context.event_day()
    published = published or context.event
    of_that_day = any(day.moment and not day.stated for day in sentence.days)
    same_line = context.event_here if of_that_day else ""  # "… on Saturday. By evening …"
    counted = context.section_day or context.counting_day
    return claim.as_of[:10] or same_line or counted or published


def _of_line(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The month or span that a recorder's line has counted up to so far; empty if it has none."""
    context = sentence.context
    before = next((each for each in reversed(context.last) if not each.out), None)
    if not (context.national and before and claim.indicator in TOLLS):
        return ""
    if context.event_here not in ("", before.date) or told_of_war(sentence):
        return ""
    same = before.scan.sentence.block == sentence.scan.sentence.block
    if not same or before.period != "cumulative":
        return ""
    months = len(context.closing) == len(before.date) == MONTH
    # Brackets may compare with an earlier month.
    return max(before.date, context.closing if months else "")


def _set_as_of(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """When the count was made: "as of 9:00 on 20 January", "станом на ранок"."""
    day = next((day for day in sentence.days if day.role == AS_OF or day.clock), None)
    if day is None:
        return
    base = day.stated or (claim.date if is_day(claim.date) else "")
    if not base and sentence.context.published:
        base = sentence.context.published.isoformat()
    if not is_day(base):
        return
    claim.as_of = f"{base}T{day.clock}" if day.clock else base
    claim.moment = "" if day.clock else day.moment
    claim.trail["as_of"] = (day.start, day.end)


def _day(sentence: ParsedSentence, claim: NumberClaim) -> Day | None:
    """The day that belongs to a number."""
    told = dealt_day(sentence, claim.number) or _before_brackets(sentence, claim)
    if told := told or _of_comparison(sentence, claim):
        return told
    fitting = [day for day in sentence.days if _fits(sentence, claim, day)]
    day = min(fitting, key=lambda each: _distance(sentence, claim, each), default=None)
    if day is None:
        return None
    event = sentence.context.attack
    later = claim.indicator == "killed" and bool(event) and event < day.stated
    if later and _is_day_of_finding(sentence, claim, day):
        return replace(day, stated=event)
    whole = sentence.context.total and not sentence.context.event_here
    total = whole or sums_up(sentence) or counts_the_war(sentence, claim)
    if day.role == AS_OF and not claim.status and event and event <= day.stated and not total:
        # A toll "as of" a day belongs to the day of its attack.
        return Day(day.start, day.end, event)
    return day if _distance(sentence, claim, day) < _FARTHEST else None


def _is_day_of_finding(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day is only that on which bodies were found: "on Friday the bodies of two were
    found under the rubble"."""
    trigger = claim.trigger
    if day.role == EVENT or trigger is None:
        return False
    bodies = {match.start for match in sentence.scan.of("bodies")}
    return trigger.start in bodies and sentence.context.is_recent(sentence.context.attack)


def _of_comparison(sentence: ParsedSentence, claim: NumberClaim) -> Day | None:
    """The month or year right behind two numbers that are only compared with: "…, against 1,979
    and 8,616 in the same period of 2024", "… against 148 and 929 the month before"."""
    run = told_again(sentence, claim.number) if sentence.days and sentence.made else []
    end = end_of(run[-1]) if run else 0
    for day in sentence.days if run else ():
        if day.compared and end <= day.start < end + _BESIDE_RUN:
            return replace(day, stated=day.compared, relative="")
        if day.stated and day.start == end:
            return day
    return None


def _before_brackets(sentence: ParsedSentence, claim: NumberClaim) -> Day | None:
    """The month or year right before the brackets or the clause that a number stands in: "14 per
    cent fewer than in October (182 killed; 1,061 injured)"."""
    tokens = sentence.scan.tokens
    for day in sentence.days:
        if day.compared and _is_of_clause(sentence, claim.number, day):
            return replace(day, stated=day.compared, relative="")
        beside = range(day.end, min(day.end + _BESIDE_BRACKETS, len(tokens)))
        opening = next((i for i in beside if tokens[i].text == "("), 0)
        if not day.compared or not opening:
            continue
        closing = (i for i in range(opening, len(tokens)) if tokens[i].text == ")")
        if opening < claim.number.start < next(closing, len(tokens)):
            return replace(day, stated=day.compared, relative="")
    return None


def _is_of_clause(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a number stands in the clause that says more of a month or year behind a comparison:
    "12 % more than in November, when 186 died"."""
    led = day.end < number.start and sentence.scan.low(day.end) == ","
    return led and is_little(sentence.scan, day.end + 1, "date_when")


def _fits(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day can be the claim's: what is counted today does not get the attack's day."""
    if not day.stated:
        return False
    if dates_the_text(sentence, day) and any(d.stated for d in sentence.days if d is not day):
        return False
    if _of_other_brackets(sentence, claim.number, day):
        return False
    if _of_next_strike(sentence, claim.number, day):
        return False
    if _behind_own_brackets(sentence, claim.number, day):
        return False
    if day.relative == AFTER and _told_before(sentence, claim, day):
        return False
    if day.relative == WEEK_AGO and not _is_recalled_by(sentence, claim.number, day):
        return False
    if claim.status == "without" and day.relative == "since":
        return False  # "without power since 10 October" is counted today
    if day.relative == "since" and of_record(sentence, day.start):
        return False  # "one of the deadliest attacks since the invasion in February 2022"
    if claim.still_out and day.role == EVENT and not _told_as_past(sentence, claim):
        return _is_of_earlier(claim.number, day)
    if _of_a_part(sentence, claim, day) or _is_before_now(sentence, claim, day):
        return False
    if _only_compared(sentence, claim, day) or _of_next_clause(sentence, claim.number, day):
        return False
    whole = sentence.leading_whole
    if whole is not None and claim.number is not whole and day.start < claim.number.start:
        return False  # it is the day on which the whole was lost
    if day.role == AS_OF and not claim.still_out:
        return not any(other.stated and other.role != AS_OF for other in sentence.days)
    return True


def dates_the_text(sentence: ParsedSentence, day: Day) -> bool:
    """Whether a day in digits stands before a text's first words: "2024-11-17 In October …"."""
    published, scan = sentence.context.published, sentence.scan
    heads = scan.sentence.block == 0 and day.start <= 1 and scan.tokens[day.start].kind == DATE
    return heads and published is not None and day.stated == published.isoformat()


def _of_a_part(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day stands behind a comma in what is said of a part, "11 wounded, one of whom died
    on Saturday", or of all of which some lack a supply, "187 of 2,000, which lost it on Saturday".
    """
    scan, end = sentence.scan, end_of(claim.number)
    if day.start < end:
        return False
    if sentence.said_of_part(day.start, end):
        return True
    told = (i for i in scan.links("relative") if end <= i < day.start and scan.before(i, ","))
    return claim.still_out and any(
        not any(scan.low(k) in (",", ";") for k in range(i, day.start)) for i in told
    )


def _is_before_now(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day stands before a comma, and a word for the present right before a number: "three
    days ago it was 210, now it is 64"."""
    if not claim.still_out or day.end > claim.number.start:
        return False
    scan, start = sentence.scan, claim.number.start
    now = any(scan.ending("states", at, "remains") for at in (start, start - 1))
    counted = sentence.numbers_between(day.end, start)
    return now and bool(counted) and any(scan.low(i) == "," for i in range(day.end, start))


def _is_recalled_by(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a number is that of a week before: "a week ago it was 288,000"; not in "84, seven
    fewer than a week earlier" nor "a week earlier, on 26 May, two died"."""
    compared = is_little(sentence.scan, day.start - 1, "date_compared")
    others = any(each.stated and each is not day for each in sentence.days)
    return day.end <= number.start and not (compared or others)


def _told_before(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a number stands before a clause that goes on to a later day: "… left 300 houses cold,
    and two days later drones struck"."""
    scan = sentence.scan
    opens = scan.link("and", day.start - 1) or scan.low(day.start - 1) in (",", ";")
    return opens and claim.number.start < day.start


def _of_next_strike(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day is that of another strike, joined on behind a number whose own day is told: "a
    raid on 9 July, killing 48 and hurting 9, and the shelling of a house on | 1 July"."""
    told = any(other.stated and other.end <= number.start for other in sentence.days)
    return told and sentence.joins_strike(end_of(number), day.start)


def _of_other_brackets(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day stands in brackets with numbers of its own, and the number outside of them:
    "402 injured (in 2025 - 38)"."""
    texts = [token.text for token in sentence.scan.tokens]
    if "(" not in texts[: day.start]:
        return False
    opening = max(i for i in range(day.start) if texts[i] == "(")
    close = texts.index(")", opening) if ")" in texts[opening:] else len(texts)
    inside = range(opening, close)
    counted = any(n.start in inside and not n.outside for n in sentence.numbers)
    return day.start in inside and counted and number.start not in inside


def _behind_own_brackets(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a number stands in brackets behind a day of their own, and another day follows the
    brackets: "a strike on 30 October (3 killed, 36 injured) and attacks on 17 November"."""
    if day.start < number.end or len(sentence.days) < 2:
        return False
    texts = [token.text for token in sentence.scan.tokens]
    before = texts[: number.start]
    if not sentence.scan.in_brackets(number.start) or ")" not in texts[number.end : day.start]:
        return False
    opening = max(i for i, text in enumerate(before) if text == "(")
    return any(other.stated and other.end == opening for other in sentence.days)


def _told_as_past(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether who was without supply is told as past: "after the strike of 8 January 75,000 had
    been without power"."""
    trigger = claim.trigger
    if trigger is None or claim.status != "without" or trigger not in sentence.triggers:
        return False
    if any(day.role == AS_OF for day in sentence.days):
        return False
    near = range(trigger.start - _VERB, trigger.end + 1)
    return any(is_little(sentence.scan, i, "past_verb") for i in near)


def _is_of_earlier(number: Number, day: Day) -> bool:
    """Whether a day stands right behind an earlier count: "down from 15,600 after the attack of 20
    January"."""
    return number.earlier and 0 <= day.start - end_of(number) <= _BESIDE_EARLIER


def _of_next_clause(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day behind a number stands in a later clause that has numbers of its own: "45,000
    lost heat; by 15 February 6,200 had none", "800,000 have no light, yesterday it was a
    million"."""
    if _opens_with_its_own(sentence, number, day) or sentence.shares(end_of(number), day.start):
        return True
    if not sentence.parted(end_of(number), day.start):
        return False
    mark = max((m for m in sentence.marks if m <= day.start), default=0)
    return any(
        each.start > mark
        and each.outside in ("", "percent")
        and not sentence.parted(mark + 1, each.start)
        for each in sentence.numbers
    )


def _opens_with_its_own(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day opens a part behind a comma that has a number, and the number before the comma
    has its verb there, too."""
    scan, end = sentence.scan, end_of(number)
    behind = day.start - is_little(scan, day.start - 1, "date_with")
    led = sentence.joins("opens_clause", behind - 1) or scan.link("and", behind - 1)
    behind -= bool(led and scan.before(behind - 1, ","))
    if not (end < behind and scan.before(behind, ",")):
        return False
    stop = next((i for i in range(day.end, len(scan.tokens)) if scan.tokens[i].text in ",;("), None)
    stop = len(scan.tokens) if stop is None else stop
    own = any(day.end <= n.start < stop and not n.outside for n in sentence.numbers)
    told = any(t.start < day.start and t.takes(number.unit) for t in sentence.triggers)
    return own and told


def _only_compared(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a year or month behind a comparison is not a number's own: "2,311 killed, 26 % more
    than in 2024 (1,838)"."""
    scan, between = sentence.scan, range(end_of(claim.number), day.start)
    compared = [i for i in between if is_little(scan, i, "date_compared")]
    if is_day(
        day.stated
    ):  # "48,500 are cut off, against 95,000 on Friday"; "against Kyiv on Friday"
        return any(scan.is_number(i + 1) or scan.at("bounds", i + 1) for i in compared)
    return bool(compared)


def _distance(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> float:
    distance = _apart(sentence, claim.number, day)
    if _closes(sentence, claim.number, day):
        distance -= 2  # "60,000 had none on Monday, 15,000 on Tuesday"
    if day.role == EVENT:
        distance -= 2
    if _opens_part(sentence, claim.number, day):
        distance -= 4  # "on 13 January 70,000 were cut off, today the figure is 9,400"
    if day.relative in ("weekday", "today", "past_day") and any(
        other.stated and not other.relative and other.role != EVENT for other in sentence.days
    ):
        distance += 3
    if len(day.stated) < _WHOLE_DAY and _day_between(sentence, claim.number, day):
        distance += 6  # "Of the harm in November … on 19 November 38 were killed and 99 hurt"
    if sentence.spoken(day.start):
        distance += 6  # "said on Monday"
    return distance


def _opens_part(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day opens a part of the sentence, behind a comma or "and", in which a number is the
    first."""
    scan, gap = sentence.scan, range(day.end, number.start)
    if not gap or not day.start:
        return False
    behind = day.start - is_little(scan, day.start - 1, "date_with")
    opens = scan.before(behind, ",") or scan.link("and", behind - 1)
    plain = not any(map(scan.mark, gap)) and not sentence.numbers_between(day.end, number.start)
    return bool(opens) and len(gap) > 0 and plain and day.end <= number.start


def _closes(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a day stands right behind a number and ends its part of the sentence."""
    scan, end = sentence.scan, end_of(number)
    beside = 0 <= day.start - end <= 1 and not any(map(scan.mark, range(end, day.start)))
    last = day.end >= len(scan.tokens) or scan.mark(day.end) or scan.link("and", day.end)
    goes_on = scan.link("to", day.end) and scan.is_number(day.end + 1)  # "from 9 in May to 5"
    return beside and bool(last or goes_on)


def _day_between(sentence: ParsedSentence, number: Number, day: Day) -> bool:
    """Whether a full day stands between a month or year and a number behind it."""
    return any(
        len(other.stated) == _WHOLE_DAY and day.end <= other.start and other.end <= number.start
        for other in sentence.days
    )


def _apart(sentence: ParsedSentence, number: Number, day: Day) -> float:
    """How far a day is from a number, in words, numbers and ends of clauses between them."""
    end = end_of(number)
    start, stop = (end, day.start) if day.start >= end else (day.end, number.start)
    crossed = sentence.numbers_between(start, stop)
    parted = sentence.parted(start, stop)
    words = max(0, stop - start)
    if day.start <= 4:  # A day that opens the sentence holds for all of it.
        return 0.1 * words + 1.5 * crossed + 4 * parted
    return 0.1 * words + 3.0 * crossed + 12 * parted


def _out_of_time(sentence: ParsedSentence, claim: NumberClaim) -> str:
    published = sentence.context.published
    if published is None:
        return ""
    first, _ = dates.span(claim.date)
    # A text that is dated by its own heading may go on after that day.
    if first - published > timedelta(days=1) and not sentence.context.self_dated:
        return "plan"
    return "past" if before_invasion(first) else ""
