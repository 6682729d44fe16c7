"""Numbers that hold for each of several places: "two each in Sumy and Odesa", "по двоє в Сумах"."""

from dataclasses import replace

from etl.reports.mentions.places import Mention
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.meant_place import resolve
from etl.reports.resolution.place_attachment import governing, listed, own_place
from impact.model.places import PLACES


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
    first = own_place(sentence, number) or _listed_before(sentence, each_before)
    first = first or governing(sentence, number)
    shares = []
    for mention in listed(sentence, first) if first else ():
        if (place := resolve(sentence, mention)) in PLACES:
            trail = {**claim.trail, "place": (mention.start, mention.end)}
            shares.append(replace(claim, place=place, trail=trail))
    return shares


def _listed_before(sentence: ParsedSentence, i: int) -> Mention | None:
    """The last place before "each" at a token: "in Chornomorsk and Pivdenne - another three
    thousand each"."""
    scan = sentence.scan
    if not (i >= 0 and sentence.joins("each_before", i)):
        return None
    while i and (scan.low(i - 1) in ("-", ":") or scan.link("increment", i - 1)):
        i -= 1
    return next((each for each in sentence.places if each.end == i), None)
