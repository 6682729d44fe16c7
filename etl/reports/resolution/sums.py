"""Sums: "Odesa region: 20,000; Kherson region: 3,000. Total: 23,000" is about all it sums up."""

from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import NumberClaim, ParsedSentence
from etl.reports.resolution.meant_place import resolve
from impact.model.places import PLACES, smallest_around

_LED_BY = 4  # tokens from a word such as "total" to its number


def around_sum(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The smallest place around all that a number sums up; empty if it is no sum.

    Sums of one place say nothing: what else belongs to them is not known.
    """
    of_line = not sentence.places and (sentence.context.summing or begins_sum(sentence))
    if not (of_line or _led(sentence, claim.number)) or _goes_on(sentence, claim):
        return ""
    if _is_of_one(sentence, claim.number) if sentence.places else _is_of_section(sentence):
        return ""
    told = sentence.context.told.get(claim.indicator, set()) | {
        each.place for each in sentence.made if each.indicator == claim.indicator
    }
    places = told - {""}
    if len(places) < 2 and of_line:
        context = sentence.context
        counted = set().union(*context.told.values())
        places = max(counted, context.sections, context.heads, key=_is_several)
    return smallest_around(places) if len(places) > 1 else ""


def _goes_on(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a sum says in another unit what its sentence has just counted: "144 villages have no
    power, 74,500 customers in all"."""
    before = sentence.claim_before(claim.number)
    if before is None or before.out or sentence.places or begins_sum(sentence):
        return False
    return before.unit != claim.unit and before.indicator == claim.indicator


def _is_of_one(sentence: ParsedSentence, number: Number) -> bool:
    """Whether only one place stands before a sum in its sentence: "in Donetsk Oblast 144 villages
    have no power, 74,500 customers in all"."""
    before = [each for each in sentence.places if each.end <= number.start and not each.aside]
    return len({resolve(sentence, each) for each in before}) == 1


def _is_of_section(sentence: ParsedSentence) -> bool:
    """Whether a sum belongs to the section about one place: it does not begin its line, or nothing
    of that place was told before it."""
    context = sentence.context
    if not context.topic or context.topic not in context.sections:
        return False
    return context.begun or not any(context.topic in places for places in context.told.values())


def _is_several(places: set[str]) -> bool:
    return len(places) > 1


def begins_sum(sentence: ParsedSentence) -> bool:
    """Whether a sentence begins with a word for a sum: "In total, 23 were killed and 43 hurt"."""
    return sentence.joins("sums_up", 0) or _opens(sentence, 1)


def _opens(sentence: ParsedSentence, i: int) -> bool:
    """Whether a word for a sum stands behind a preposition that begins the sentence: "In total"."""
    return i == 1 and sentence.joins("sums_up", 1) and sentence.joins("before_place", 0)


def _led(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a word for a sum opens the number's clause and no place is named behind it."""
    for i in range(number.start - 1, max(-1, number.start - 1 - _LED_BY), -1):
        if sentence.joins("sums_up", i):
            placed = any(each.start > i and each.end <= number.start for each in sentence.places)
            behind = any(
                number.end <= each.start <= number.noun_end + 2 for each in sentence.places
            )
            opens = i == 0 or sentence.scan.tokens[i - 1].text in ".;:-," or _opens(sentence, i)
            return opens and not placed and not behind
    return False


def remember_told(sentence: ParsedSentence) -> None:
    """Notes the places that the lines of a list or text have counted, until one counts nothing."""
    context = sentence.context
    placed = [each for each in sentence.made if each.place and not each.out]
    if not sentence.made and context.told:
        leads = sentence.scan.tokens[-1].text == ":"
        if leads or not (sentence.item or _is_only_place(sentence)):
            context.told = {}
    named = {resolve(sentence, each) for each in sentence.places if not each.aside} & PLACES.keys()
    for trigger in sentence.triggers if len(named) > 1 else ():
        context.told.setdefault(trigger.indicator, set()).update(named)
    for claim in placed:
        context.told.setdefault(claim.indicator, set()).add(claim.place)


def _is_only_place(sentence: ParsedSentence) -> bool:
    """Whether a sentence is nothing but a place: "Ніжин." before what is told of it."""
    places = sentence.places
    return len(places) == 1 and places[0].end - places[0].start >= len(sentence.scan.tokens) - 1
