"""Totals over a longer time than a day or an attack: a week, a month, a year, the war."""

from datetime import date

from etl.reports.mentions.day import AS_OF, Day
from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import BOTH
from etl.reports.mentions.triggers import SERVICES
from etl.reports.resolution.both_tolls import holds_both
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.context import is_national
from etl.reports.text.lexicon import Match
from impact.model.places import PLACES

# Values of [totals] that say so of the number beside them.
_OF_YEAR = "of_year"
_TOTALS = ("war", "cumulative", "current", _OF_YEAR)
# A word for all who were hurt means one of these where the other is told apart.
_OTHER = {"killed": "injured", "injured": "killed"}
# What happened before the full-scale invasion is another war's.
_INVASION = date(2022, 1, 1)
_TOTAL_REACH = 20  # tokens between a number and "since the beginning of"
_RECORD_REACH = 10  # tokens from "the worst" to "since the invasion"
_SPAN_REACH = 4  # tokens from "over" to the days that it spans
_OF_THE_WAR = 3000  # a toll from here on, up to a day, is the whole war's
_FACILITIES = 1000  # so many schools or hospitals were damaged only in the whole war
_OF_THE_COUNTRY = 2_000_000  # so many have fled only in all of Ukraine
_WHOLE_DAY = 10  # letters of an ISO day


def is_day(stated: str) -> bool:
    """Whether a date is a full day, not a month or a year."""
    return len(stated) == _WHOLE_DAY


def before_invasion(first: date) -> bool:
    """Whether a day is of an earlier war."""
    return first < _INVASION


def set_period(sentence: ParsedSentence, claim: NumberClaim, day: Day | None) -> None:
    """Makes a claim a total if its day is a span, a month or a year, or if words say so."""
    if claim.still_out and claim.status == "without":
        return  # who is without supply is counted at one moment
    spans = day is not None and (day.several or is_since(claim, day))
    spans = spans or counts_the_war(sentence, claim) or _goes_on(sentence, claim)
    spans = (
        spans or _too_large(claim) or (not _is_apart(sentence, claim) and _of_text(sentence, day))
    )
    if spans or not is_day(claim.date) or counts_longer(sentence, claim):
        claim.period = "cumulative"


def _too_large(claim: NumberClaim) -> bool:
    """Whether a toll is too large for a day or an attack: "the 10,000 civilians killed"."""
    return claim.indicator in (*_OTHER, BOTH) and claim.number.value >= _OF_THE_WAR


def _is_apart(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a claim is of one day in a text that sums up a longer time: one person, or what
    befell on the day told before."""
    same_day = any(day.relative == "same_day" for day in sentence.days)
    return same_day or claim.number.implied


def _goes_on(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a number only goes on from a total in its clause: "in the last week 1,720 drones and
    100 missiles", "since the invasion 202 were killed and 361 hurt"."""
    before = sentence.claim_before(claim.number)
    if before is None or before.out or before.period != "cumulative":
        return False
    alike = before.indicator == claim.indicator or {before.unit, claim.unit} <= {*WEAPONS}
    alike = alike or {before.indicator, claim.indicator} <= {*_OTHER, BOTH}
    undated = "date" not in claim.trail and before.date == claim.date
    return alike and undated and not sentence.parted(end_of(before.number), claim.number.start)


def is_since(claim: NumberClaim, day: Day) -> bool:
    """ "killed since 29 December"; but who lost power since a day lost it on that day."""
    return day.relative == "since" and (
        claim.indicator not in SERVICES.values() or claim.status == "restored"
    )


def told_of_war(sentence: ParsedSentence) -> bool:
    """Whether a sentence tells the war's total: its place is that of the whole report."""
    told = sentence.scan.of("totals")
    return any(m.value == "war" for m in told) and not any(m.value == "record" for m in told)


def counts_the_war(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a toll up to a day, or how many have fled, is too large for any place that the text
    may be at: "over 11,800 civilian casualties have been verified as of 17 July"."""
    until = any(day.role == AS_OF and is_day(day.stated) for day in sentence.days)
    harmed = claim.indicator in (*_OTHER, BOTH) and claim.number.value >= _OF_THE_WAR
    fled = claim.indicator == "displaced" and claim.number.value >= _OF_THE_COUNTRY
    schools = claim.unit == "facilities" and claim.indicator == "buildings_damaged"
    here = PLACES.get(sentence.context.place)
    city = here is not None and here.level == "city"
    hit = schools and city and claim.number.value >= _FACILITIES
    return ((harmed and until) or fled or hit) and not sentence.places


def sums_a_period(sentence: ParsedSentence) -> bool:
    """Whether a sentence without a place or day counts a month or longer."""
    if sentence.places:
        return False
    if any(is_day(day.stated) for day in sentence.days):
        return any(day.several for day in sentence.days)
    told = any(m.value in ("monthly", *_TOTALS) for m in sentence.scan.of("totals"))
    return told or any(day.stated or day.compared for day in sentence.days)


def of_war(sentence: ParsedSentence, claim: NumberClaim, day: Day) -> bool:
    """Whether the words for the war's total are nearer to a number than a day is."""
    number = claim.number
    far = min(abs(day.start - number.start), abs(day.end - number.start))
    told = (match for match in sentence.scan.of("totals") if match.value == "war")
    return any(min(abs(m.start - number.start), abs(m.end - number.start)) < far for m in told)


def settle_casualties(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Casualties are both killed and injured in a total, and where the text has just told of both.

    In a single attack they are those beside its dead.
    """
    if claim.indicator == "injured" and holds_both(sentence, claim):
        claim.indicator = BOTH
    if claim.trigger is None or not claim.trigger.may_lump or _is_of_injured(sentence, claim):
        return
    harmed = sentence.context.harmed
    before = any(
        trigger.indicator == BOTH and not (trigger.noun and not sentence.context.last)
        for trigger in sentence.context.triggers
    )
    both = before or BOTH in harmed or harmed >= {"killed", "injured"}
    both = both and not any(t.indicator == _OTHER.get(claim.indicator) for t in sentence.triggers)
    if claim.period == "cumulative" or both or _of_recorder(sentence):
        claim.indicator = BOTH


def _is_of_injured(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether casualties are as many as the injured of the sentence before: "12 dead and 48
    wounded. Casualties remained at 48"."""
    before = sentence.context.last
    alike = (each for each in before if each.number.value == claim.number.value)
    return any(each.indicator == "injured" and not each.out for each in alike)


def _of_recorder(sentence: ParsedSentence) -> bool:
    """Whether a body speaks that means both by casualties, as the UN does, and has not just told of
    the dead."""
    apart = any(trigger.indicator == "killed" for trigger in sentence.triggers)
    return sentence.context.national and not apart and "killed" not in sentence.context.harmed


def counts_longer(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether words for a total stand near a number: "since the beginning of the year"."""
    told = sentence.scan.of("totals")
    return any(
        (match.value in _TOTALS or (match.value == "span" and _over(sentence, match)))
        and _counts(sentence, claim, match.start)
        and not any(
            each.value == "record" and 0 <= match.start - each.end <= _RECORD_REACH
            for each in told
            if not _heads_list(sentence, each)
        )
        for match in told
    )


def counts_the_year(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a number counts the year so far: "19 were killed this year"."""
    told = any(match.value == _OF_YEAR for match in sentence.scan.of("totals"))
    return told and counts_longer(sentence, claim)


def of_record(sentence: ParsedSentence, start: int) -> bool:
    """Whether a longer time that is told at a token is only compared with: "the worst attack since
    the invasion"."""
    scan = sentence.scan
    records = (match.end for match in scan.of("totals") if match.value == "record")
    return any(
        end <= start and not any(scan.mark(i) or scan.is_number(i) for i in range(end, start))
        for end in records
    )


def _heads_list(sentence: ParsedSentence, record: Match) -> bool:
    """Whether "most" begins a list of places and is no record: "most were hurt during the war in
    Donetsk - 88, Sumy - 41"."""
    listed = len(sentence.numbers) > 1 and len(sentence.places) > 1
    return listed and sentence.scan.link("mostly", record.start) is not None


def _over(sentence: ParsedSentence, span: Match) -> bool:
    """ "over the two months": words for a longer time with their number."""
    led = range(span.start - _SPAN_REACH, span.start)
    scan = sentence.scan
    return any(scan.is_number(i) for i in led) and any(scan.at("totals", i, "over") for i in led)


def _counts(sentence: ParsedSentence, claim: NumberClaim, start: int) -> bool:
    """Whether words for a total count a number: not beyond the day of its own clause."""
    number = claim.number
    if abs(start - number.start) > _TOTAL_REACH or _opens_next(sentence, number, start):
        return False
    day = claim.trail.get("date")
    dated = day is not None and not sentence.parted(*sorted((day[0], number.start)))
    return not (dated and sentence.parted(*sorted((start, number.start))))


def _opens_next(sentence: ParsedSentence, number: Number, start: int) -> bool:
    """Whether words for a total open a part behind a number that has a number of its own: "64
    people were moved, since the start of the evacuation 63,400"."""
    scan, end = sentence.scan, end_of(number)
    opens = start > end and (scan.before(start, ",") or scan.link("and", start - 1))
    stop = next((i for i in range(start, len(scan.tokens)) if scan.tokens[i].text in ",;("), None)
    stop = len(scan.tokens) if stop is None else stop
    return bool(opens) and any(start < n.start < stop and not n.outside for n in sentence.numbers)


def _of_text(sentence: ParsedSentence, day: Day | None) -> bool:
    """Whether the text sums up a longer time and the sentence names no day of an event, or an
    independent recorder has counted up to a day."""
    counted = day is not None and day.role == AS_OF
    if counted and sums_up(sentence):
        return True
    context = sentence.context
    return context.total and not context.event_here and (day is None or counted)


def sums_up(sentence: ParsedSentence) -> bool:
    """Whether a body speaks that only counts up: the UN's monitors."""
    return any(is_national(match.value) for match in sentence.scan.of("speakers"))
