"""Numbers that stand alone in brackets behind a place: "customers in Odesa (38,000), Mykolaiv
(12,400) and Kherson (9,700) regions are cut off"."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.places import Mention
from etl.reports.mentions.triggers import LAUNCH, OUT, Trigger
from etl.reports.resolution.claims import ParsedSentence, end_of


def place_before(sentence: ParsedSentence, number: Number) -> Mention | None:
    """The place behind which a number stands alone in brackets; None for other numbers."""
    scan, end = sentence.scan, end_of(number)
    alone = scan.before(number.start, "(") and scan.low(end) == ")"
    if not alone:
        return None
    opening = number.start - 1
    return next((each for each in sentence.places if each.end == opening), None)


def of_bracket(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """What such a number counts: the only thing that its sentence does. Gives the number the noun
    that the sentence has before it."""
    if number.implied or place_before(sentence, number) is None:
        return None
    scan = sentence.scan
    units = [each.value for each in scan.of("units") if each.end <= number.start]
    unit = number.unit or (units[-1] if units else "")
    told = [t for t in sentence.triggers if t.indicator not in (OUT, LAUNCH) and t.takes(unit)]
    if len({each.indicator for each in told}) != 1 or not unit:
        return None
    number.unit = unit
    return told[0]
