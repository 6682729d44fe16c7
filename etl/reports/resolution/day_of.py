"""Whens: the day of a claim, when it was stated, and whether it is a total over a longer time.

A toll belongs to the day of its attack, a supply cut to the day on which it was counted.
"""

from datetime import timedelta

from etl.reports.mentions.days import AS_OF, EVENT, Day
from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from impact.model import dates

# What was true longer ago than this is told again, not reported.
_PAST, _PAST_MONTH = timedelta(days=300), timedelta(days=331)
_FARTHEST = 40.0  # a day further from a number than this says nothing about it
_TOTAL_REACH = 14  # tokens between a number and "since the beginning of"


def set_day(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a claim its day or period, a reason to be left out, or the note that it lacks one."""
    if claim.date:
        return  # it came with the whole that the number is a part of
    day = _day(sentence, claim)
    if day and (reason := _other_time(sentence, day)):
        claim.out = reason
        return
    if day and day.relative in ("last_week", "since"):
        day = None
    claim.date = day.stated if day else ""
    _set_as_of(sentence, claim)
    if day:
        claim.trail["date"] = (day.start, day.end)
        claim.moment = claim.moment or day.moment
    else:
        claim.date = _default_day(sentence, claim)
    if not claim.date:
        claim.lack("date")
        return
    _set_period(sentence, claim)
    claim.out = claim.out or _out_of_time(sentence, claim)


def _other_time(sentence: ParsedSentence, day: Day) -> str:
    """ "tomorrow" is a plan; a year is past, unless it is the one that is summed up."""
    published = sentence.context.published
    if day.relative == "tomorrow":
        return "plan"
    if day.relative == "year" and published:
        year = int(day.stated)
        just_over = year == published.year - 1 and published.month <= 2
        return "" if year == published.year or just_over else "past"
    return ""


def _default_day(sentence: ParsedSentence, claim: NumberClaim) -> str:
    context = sentence.context
    if context.month and any(m.value == "monthly" for m in sentence.scan.of("totals")):
        return context.month  # "148 civilians were killed during the month"
    if not claim.still_out:
        return context.event_day()
    published = context.published.isoformat() if context.published else context.event
    return claim.as_of[:10] or published


def _set_as_of(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """When the count was made: "as of 9:00 on 20 January", "станом на ранок"."""
    day = next((day for day in sentence.days if day.role == AS_OF or day.clock), None)
    if day is None:
        return
    base = day.stated or (claim.date if _is_day(claim.date) else "")
    if not base and sentence.context.published:
        base = sentence.context.published.isoformat()
    if not _is_day(base):
        return
    claim.as_of = f"{base}T{day.clock}" if day.clock else base
    claim.moment = "" if day.clock else day.moment
    claim.trail["as_of"] = (day.start, day.end)


def _is_day(stated: str) -> bool:
    """Whether a date is a full day, not a month or a year."""
    return len(stated) == 10


def _day(sentence: ParsedSentence, claim: NumberClaim) -> Day | None:
    """The day that belongs to a number."""
    fitting = [day for day in sentence.days if _fits(sentence, claim, day)]
    day = min(fitting, key=lambda each: _distance(sentence, claim, each), default=None)
    if day is None:
        return None
    event = sentence.context.attack
    if day.role == AS_OF and claim.status == "" and event and event <= day.stated:
        # A toll "as of" a day belongs to the day of its attack.
        return Day(day.start, day.end, event)
    return day if _distance(sentence, claim, day) < _FARTHEST else None


def _fits(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether a day can be the claim's: not the attack's for what is counted today."""
    if not day.stated or (claim.still_out and day.role == EVENT):
        return False
    whole = sentence.leading_whole
    if whole is not None and claim.number is not whole and day.start < claim.number.start:
        return False  # it is the day on which the whole was lost
    if day.role == AS_OF and not claim.still_out:
        return not any(other.stated and other.role != AS_OF for other in sentence.days)
    return True


def _distance(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> float:
    distance = _apart(sentence, claim.number, day)
    if day.role == EVENT:
        distance -= 2
    if day.relative in ("weekday", "today", "past_day") and any(
        other.stated and not other.relative and other.role != EVENT for other in sentence.days
    ):
        distance += 3
    if sentence.spoken(day.start):
        distance += 6  # "said on Monday"
    return distance


def _apart(sentence: ParsedSentence, number: Number, day: Day) -> float:
    """How far words, numbers and the end of a clause put a day and a number apart."""
    end = end_of(number)
    start, stop = (end, day.start) if day.start >= end else (day.end, number.start)
    crossed = sentence.numbers_between(start, stop)
    parted = sentence.parted(start, stop)
    words = max(0, stop - start)
    if day.start <= 4:  # a day that opens the sentence is meant for all of it
        return 0.1 * words + 1.5 * crossed + 4 * parted
    return 0.1 * words + 3.0 * crossed + 12 * parted


def _set_period(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """A month's or year's number, or one "since the beginning of", is a total."""
    totals = (match.start for match in sentence.scan.of("totals") if match.value == "cumulative")
    if not _is_day(claim.date) or any(_is_total(sentence, claim, each) for each in totals):
        claim.period = "cumulative"


def _is_total(sentence: ParsedSentence, claim: NumberClaim, start: int) -> bool:
    """Whether words for a total count a number: near, and not beyond its clause's own day."""
    number = claim.number
    if abs(start - number.start) > _TOTAL_REACH:
        return False
    day = claim.trail.get("date")
    dated = day is not None and not sentence.parted(*sorted((day[0], number.start)))
    return not (dated and sentence.parted(*sorted((start, number.start))))


def _out_of_time(sentence: ParsedSentence, claim: NumberClaim) -> str:
    published = sentence.context.published
    if published is None:
        return ""
    first, _ = dates.span(claim.date)
    if first - published > timedelta(days=1):
        return "plan"
    if len(claim.date) == 4:
        return ""  # whether a year is past was asked above
    return "past" if published - first > (_PAST if _is_day(claim.date) else _PAST_MONTH) else ""
