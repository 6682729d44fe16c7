"""Numbers that stand alone in brackets behind a place: "customers in Odesa (38,000), Mykolaiv
(12,400) and Kherson (9,700) regions are cut off"."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.places import Mention
from etl.reports.mentions.triggers import LAUNCH, OUT, Trigger
from etl.reports.resolution.claims import ParsedSentence, end_of
from etl.reports.resolution.unit_of import TOLLS


def place_before(sentence: ParsedSentence, number: Number) -> Mention | None:
    """The place behind which a number stands alone in brackets; None for other numbers."""
    scan, end = sentence.scan, end_of(number)
    alone = scan.before(number.start, "(") and scan.low(end) == ")"
    if not alone:
        return None
    opening = number.start - 1
    return next((each for each in sentence.places if each.end == opening), None)


def over_brackets(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The verb right behind brackets that part a number, for it and for its parts: "13 civilians (5
    women and 8 men) were killed and 31 (18 women and 13 men) injured"."""
    opening = _opening(sentence, number)
    if opening is None:
        return None
    scan, texts = sentence.scan, [token.text for token in sentence.scan.tokens]
    closing = texts.index(")", opening) if ")" in texts[opening:] else len(texts)
    inside = range(opening, closing)
    if any(each.start in inside for each in sentence.triggers):
        return None
    verb = closing + 1 + bool(scan.link("passive", closing + 1))
    behind = (each for each in sentence.triggers if each.start == verb and each.takes("people"))
    return next((each for each in behind if each.indicator in TOLLS), None)


def _opening(sentence: ParsedSentence, number: Number) -> int | None:
    """The bracket behind a number that has no verb of its own yet, or around one of its parts."""
    scan = sentence.scan
    if scan.low(end_of(number)) == "(" and not number.toll:
        return end_of(number)
    if number.toll or number.unit != "people" or not scan.in_brackets(number.start):
        return None
    before = (i for i in range(number.start, -1, -1) if scan.low(i) == "(")
    opening = next(before, 0)
    return opening if any(end_of(each) == opening for each in sentence.numbers) else None


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
