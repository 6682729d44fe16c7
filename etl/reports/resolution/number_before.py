"""What a number takes from the number before it: its noun, or its trigger."""

from dataclasses import replace

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import SERVICES, Trigger
from etl.reports.resolution.claims import ParsedSentence, end_of
from etl.reports.resolution.inherited import SUBSCRIBERS
from etl.reports.resolution.uncounted import STRUCTURES
from etl.reports.text.function_words import is_little

_RETOLD = 3  # tokens from "that is" to the number


def more_structures(sentence: ParsedSentence, number: Number) -> str:
    """The unit of "seven houses had been destroyed and 35 others damaged", where the second number
    has a pronoun for its noun; else empty."""
    scan = sentence.scan
    pronoun = number.unit == "people" and scan.link("increment", number.end)
    before = [each for each in sentence.numbers if each.end <= number.start]
    if not pronoun or pronoun.end != number.noun_end or not before:
        return ""
    damaged = scan.at("damage", number.noun_end + bool(scan.link("passive", number.noun_end)))
    return before[-1].unit if damaged and before[-1].unit in STRUCTURES else ""


def of_their_customers(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of the customers who are told of in so many settlements: "reconnected 15,600
    customers in 61 villages, some of which had been cut off earlier"."""
    before = sentence.claim_before(number) if number.unit == "settlements" else None
    if before is None or before.out or before.trigger is None:
        return None
    gap = range(end_of(before.number), number.start)
    beside = len(gap) == 1 and is_little(sentence.scan, gap[0], "place_in")
    supplied = before.number.unit in SUBSCRIBERS and before.indicator in SERVICES.values()
    return before.trigger if beside and supplied else None


def said_in_others(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of a count that is told again in those who are supplied: "brought power back to
    67 settlements, that is, to almost 115,000 families"."""
    linked = number.unit in SUBSCRIBERS and sentence.scan.links("this_is")
    before = sentence.claim_before(number) if linked else None
    if before is None or before.out or before.indicator not in SERVICES.values():
        return None
    scan = sentence.scan
    for link in sentence.scan.links("this_is").values():
        gap = range(link.end, number.start)
        little = all(scan.mark(i) or sentence.joins("before_place", i) for i in gap)
        if end_of(before.number) <= link.start < number.start and little and len(gap) <= _RETOLD:
            return before.trigger if before.unit != number.unit else None
    return None


def of_unit_before(
    sentence: ParsedSentence, number: Number, trigger: Trigger | None
) -> Trigger | None:
    """The trigger, of the service that the sentence before counted in the number's unit: "20,000
    subscribers lost light and 17,000 people heating. 5,000 consumers are connected again"."""
    if trigger is None or trigger.indicator not in SERVICES.values() or not number.unit:
        return trigger
    if sentence.scan.of("services") or sentence.scan.of("outright") or trigger.also:
        return trigger
    supplied = [each for each in sentence.context.last if each.indicator in SERVICES.values()]
    alike = {each.indicator for each in supplied if each.unit == number.unit}
    return replace(trigger, indicator=alike.pop()) if len(alike) == 1 else trigger
