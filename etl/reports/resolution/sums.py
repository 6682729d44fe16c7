"""Sums: "Odesa region: 20,000; Kherson region: 3,000. Total: 23,000" is about all it sums up."""

from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import NumberClaim, ParsedSentence
from etl.reports.resolution.place_attachment import resolve
from impact.model.places import PLACES, smallest_around

_LED_BY = 4  # tokens from a word such as "total" to its number


def around_sum(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The smallest place around all that a number sums up; empty if it is no sum.

    Sums of one place say nothing: what else belongs to them is not known.
    """
    if not (_led(sentence, claim.number) or _of_line(sentence)):
        return ""
    told = sentence.context.told.get(claim.indicator, set()) | {
        each.place for each in sentence.made if each.indicator == claim.indicator
    }
    places = told - {""}
    return smallest_around(places) if len(places) > 1 else ""


def _of_line(sentence: ParsedSentence) -> bool:
    """Whether the line of a sentence without a place begins with a sum: "Усього: ракет 38. Загиблих
    - 3"."""
    return sentence.context.summing and not sentence.places


def _led(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a word for a sum opens the number's clause and no place is named behind it."""
    for i in range(number.start - 1, max(-1, number.start - 1 - _LED_BY), -1):
        if sentence.joins("sums_up", i):
            placed = any(each.start > i and each.end <= number.start for each in sentence.places)
            behind = any(
                number.end <= each.start <= number.noun_end + 2 for each in sentence.places
            )
            opens = i == 0 or sentence.scan.tokens[i - 1].text in ".;:-,"
            return opens and not placed and not behind
    return False


def remember_told(sentence: ParsedSentence) -> None:
    """Notes the places that the lines of a list or text have counted, until one counts nothing."""
    context = sentence.context
    placed = [each for each in sentence.made if each.place and not each.out]
    if not sentence.made and (sentence.scan.tokens[-1].text == ":" or not sentence.item):
        context.told = {}
    named = {resolve(sentence, each) for each in sentence.places if not each.aside} & PLACES.keys()
    for trigger in sentence.triggers if len(named) > 1 else ():
        context.told.setdefault(trigger.indicator, set()).update(named)
    for claim in placed:
        context.told.setdefault(claim.indicator, set()).add(claim.place)
