"""Numbers that hold for each of several places: "two each in Sumy and Odesa", "по двоє в Сумах"."""

from dataclasses import replace

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.places import Mention
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.place_attachment import listed, own_place, resolve
from etl.reports.text.function_words import is_little
from impact.model.places import PLACES

_RESPECTIVELY = 5  # tokens from the last number of a list to "respectively"


def dealt(sentence: ParsedSentence, number: Number) -> str:
    """The place of a number of a list that is dealt out to a list of places: "in Kyiv and Odesa
    regions power came back to 14,000 and 6,200 consumers respectively", "… in Lviv and Ternopil
    regions: 58 and 33". Empty for other numbers.
    """
    if sentence.dealt is None:
        sentence.dealt = _deal(sentence)
    return sentence.dealt.get(number.start, "")


def _deal(sentence: ParsedSentence) -> dict[int, str]:
    """Number -> place, for all numbers of the last list of as many as the places before it."""
    if len(sentence.places) < 2 or len(sentence.numbers) < 2:
        return {}
    lists = _lists_of_places(sentence)
    for run in reversed(_lists_of_numbers(sentence)):
        told = any(is_little(sentence.scan, i, "respectively") for i in _after(sentence, run))
        told = told or sentence.scan.before(run[0].start, ":")
        told = told and all(each.noun_end <= each.end and not each.toll for each in run[:-1])
        fitting = [each for each in lists if len(each) == len(run) and each[-1].end <= run[0].start]
        if told and fitting:
            places = [resolve(sentence, each) for each in fitting[-1]]
            return {n.start: p for n, p in zip(run, places, strict=True) if p in PLACES}
    return {}


def _after(sentence: ParsedSentence, run: list[Number]) -> range:
    return range(run[0].start, min(end_of(run[-1]) + _RESPECTIVELY, len(sentence.scan.tokens)))


def _lists_of_places(sentence: ParsedSentence) -> list[list[Mention]]:
    found: list[list[Mention]] = []
    for mention in sentence.places:
        if not mention.aside and not (found and mention in found[-1]):
            found.append(listed(sentence, mention))
    return [each for each in found if len(each) > 1]


def _lists_of_numbers(sentence: ParsedSentence) -> list[list[Number]]:
    """Numbers with nothing but commas and "and" between them."""
    scan = sentence.scan
    found: list[list[Number]] = []
    for number in sentence.numbers:
        if number.outside or number.implied:
            continue
        last = found[-1][-1] if found else None
        gap = range(end_of(last), number.start) if last else ()
        joined = len(gap) > 0 and all(scan.low(i) == "," or scan.link("and", i) for i in gap)
        if joined:
            found[-1].append(number)
        else:
            found.append([number])
    return [each for each in found if len(each) > 1]


def distributed(sentence: ParsedSentence, claim: NumberClaim) -> list[NumberClaim]:
    """One claim for each place that a number holds for; empty for other numbers."""
    number = claim.number
    each_behind = range(number.end, end_of(number) + 1)
    each_before = number.core[0] - 1
    if not (
        any(sentence.joins("each_behind", i) for i in each_behind)
        or (each_before >= 0 and sentence.joins("each_before", each_before))
    ):
        return []
    first = own_place(sentence, number)
    shares = []
    for mention in listed(sentence, first) if first else ():
        if (place := resolve(sentence, mention)) in PLACES:
            trail = {**claim.trail, "place": (mention.start, mention.end)}
            shares.append(replace(claim, place=place, trail=trail))
    return shares
