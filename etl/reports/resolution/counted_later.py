"""A count of the same at another moment: "6,000 houses lost heat …; by 30 January there were 378".

Beside such a number stand only a day or a clock time and little words. What it counts, and where,
the count before it says.
"""

from dataclasses import replace

from etl.reports.mentions.day import Day
from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.unit_of import TOLLS
from impact.model.indicators import OUTAGES

# Linking words that may stand beside such a number.
_LITTLE = frozenset({"noun_end", "pronoun", "restated", "passive", "and", "hard", "this_is"})
_ENDS = frozenset(",;()")
_ROUND_MARKS = frozenset('-:."')


def settle_later(sentence: ParsedSentence, claim: NumberClaim) -> Trigger | None:
    """The trigger of the count that a number gives anew; None if it gives none anew.

    Gives the claim that count's unit and, if its own words name no place, its place.
    """
    number = claim.number
    if sentence.made and (elsewhere := _of_another_place(sentence, number)):
        return elsewhere
    if number.outside or number.implied or number.noun_end > number.end:
        return None
    clause = _clause(sentence, number)
    if not _only_a_moment(sentence, number, clause):
        return None
    before = _before(sentence)
    if before is None or before.trigger is None:
        return None
    number.unit = claim.unit = before.unit
    if not any(each.start in clause for each in sentence.places):
        claim.place = before.place
    earlier = any(each.start in clause and is_before(each, before) for each in sentence.days)
    status = before.status if earlier or before.status == "restored" else "without"
    return replace(before.trigger, status=status if before.status else "")


def _of_another_place(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of the number before, of which a clause gives that of another place: "40 left the
    Sumy region; in the Donetsk region it was some 330"."""
    if not (sentence.places and sentence.scan.links("restated")):
        return None
    before = next((each for each in reversed(sentence.made) if not each.out), None)
    if number.outside or number.implied or before is None or before.trigger is None:
        return None
    clause = _clause(sentence, number)
    placed = any(p.start in clause and p.end <= number.start and p.pcode for p in sentence.places)
    said = any(i in clause and i < number.start for i in sentence.scan.links("restated"))
    told = any(trigger.start in clause for trigger in sentence.triggers)
    fits = number.unit in ("", before.unit) or before.trigger.takes(number.unit)
    if not (placed and said and fits) or told or before.number.start in clause:
        return None
    number.unit = number.unit or before.unit
    return before.trigger


def is_before(day: Day, claim: NumberClaim) -> bool:
    """Whether a day lies before that of a count: "yesterday 6,000 lost heat, and on 20 January
    5,600"."""
    return len(day.stated) == len(claim.date) and day.stated < claim.date


def _clause(sentence: ParsedSentence, number: Number) -> range:
    """The tokens around a number up to the next commas and brackets, those of days apart."""
    scan = sentence.scan
    first, last = number.start, end_of(number)
    while first and (scan.tokens[first - 1].text not in _ENDS or first - 1 in scan.taken):
        first -= 1
    while last < len(scan.tokens) and (scan.tokens[last].text not in _ENDS or last in scan.taken):
        last += 1
    return range(first, last)


def _only_a_moment(sentence: ParsedSentence, number: Number, clause: range) -> bool:
    """Whether a clause has a day or a time of day, a number, and nothing that says anything."""
    scan = sentence.scan
    told = any(
        day.start in clause and (day.stated or day.clock or day.moment) for day in sentence.days
    )
    if any(trigger.start in clause for trigger in sentence.triggers):
        return False
    of_day = {i for day in sentence.days for i in range(day.start, day.end)}
    return told and all(
        i in of_day
        or number.start <= i < number.end
        or scan.tokens[i].text in _ROUND_MARKS
        or any(link.start <= i < link.end for link in scan.of("links") if link.value in _LITTLE)
        or sentence.joins("counted_again", i)
        or sentence.joins("sums_up", i)
        for i in clause
    )


def _before(sentence: ParsedSentence) -> NumberClaim | None:
    """The count before: of a supply, or of the only toll that was told of."""
    told = [each for each in sentence.made or sentence.context.last if each.indicator]
    told = [each for each in told if not each.out]
    supplied = [each for each in told if each.indicator in OUTAGES]
    if supplied:
        return supplied[-1]
    tolls = {each.indicator for each in told if each.indicator in TOLLS}
    return next((each for each in told if each.people == "all"), None) if len(tolls) == 1 else None
