"""Drops a claim that is told again in other words, and a headline that rounds the text below."""

from collections import defaultdict
from collections.abc import Iterable

from etl.reports.mentions.day import WHOLE
from etl.reports.mentions.place_mention import where
from etl.reports.mentions.places import UKRAINE, mentions
from etl.reports.resolution.claims import NumberClaim
from impact.model.places import PLACES

_SAME = ("indicator", "unit", "people", "place", "status", "period")
_DESCRIBED = ("indicator", "unit", "place", "date")
_FEW = 10  # a larger number that two places share is one told twice
_ROUNDED, _ROUGHLY = 0.03, 0.25  # how far off a headline may be, plainly and with "over", "about"


def without_repeats(claims: Iterable[NumberClaim], by_day: bool = False) -> list[NumberClaim]:
    """The claims, each once.

    by_day  whether the text is parted by days: then each day's number is that day's
    Claims that are told again, or rounded in the headline, are marked "repeat".
    """
    once: list[NumberClaim] = []
    # A text of thousands of figures takes hours if each is compared with all before it.
    alike: dict[tuple[str, str, str, float], list[int]] = defaultdict(list)
    for claim in claims:
        near = alike[claim.indicator, claim.unit, claim.place, claim.number.value]
        told = next((i for i in near if _repeats(claim, once[i], by_day)), None)
        if told is None:
            near.append(len(once))
            once.append(claim)
        elif once[told].heading and not claim.heading:
            # The text says it more exactly than the headline above it.
            once[told].out = "repeat"
            once[told] = claim
        else:
            claim.out = "repeat"
    body = [claim for claim in once if not claim.heading]
    for claim in once:
        if claim.heading and any(_rounds(claim, other) for other in body):
            claim.out = "repeat"
    return [claim for claim in once if not claim.out]


def _repeats(claim: NumberClaim, other: NumberClaim, by_day: bool) -> bool:
    """Whether a claim tells another again. Both have one indicator, unit, place and number."""
    mine, theirs = claim.number, other.number
    if (claim.scan is other.scan and _items(claim, other)) or _of_two_items(claim, other):
        return False
    if _describes(claim, other):
        return True
    if claim.speaker and other.speaker and claim.speaker != other.speaker:
        return False  # Two bodies that say the same give two claims.
    alike = all(getattr(claim, name) == getattr(other, name) for name in _SAME)
    return (
        alike
        and (mine.value, mine.high) == (theirs.value, theirs.high)
        and not _apart(claim, other)
        and not _of_two_days(claim, other, by_day)
    )


def _of_two_days(claim: NumberClaim, other: NumberClaim, by_day: bool) -> bool:
    """Whether the sentences of two claims, or the lines above them, name two different days.

    A month is none: "similar to January 2025" stands beside the number of another January.
    """
    if claim.date == other.date or not len(claim.date) == len(other.date) == WHOLE:
        return False
    return by_day or ("date" in claim.trail and "date" in other.trail)


def _apart(claim: NumberClaim, other: NumberClaim) -> bool:
    """Whether two claims about one oblast name two places in it, as a village's figure is its
    oblast's."""
    if claim.place not in PLACES:
        return False
    mine, theirs = _words_for_place(claim), _words_for_place(other)
    return bool(mine and theirs) and mine != theirs and claim.number.value < _FEW


def _of_two_items(claim: NumberClaim, other: NumberClaim) -> bool:
    """Whether people are told of by two items of a list about an oblast, none of which names a
    place that is known: "▪ Podoly. † a woman, 70 ⏎ ▪ Borova. † a woman, 68"."""
    mine, theirs = claim.scan.sentence, other.scan.sentence
    listed = mine.bullet and theirs.bullet and mine.block != theirs.block
    if not listed or claim.unit != "people" or claim.number.value >= _FEW:
        return False
    placed = "place" in claim.trail or "place" in other.trail
    return not placed and claim.place in PLACES and PLACES[claim.place].level == "oblast"


def _words_for_place(claim: NumberClaim) -> str:
    """The words that name a smaller place within an oblast; empty where the oblast itself is
    named."""
    start, end = claim.trail.get("place", (0, 0))
    named = [each for each in mentions(claim.scan) if (each.start, each.end) == (start, end)]
    district = named and where(claim.scan, named[0].end - 1) == "district"
    smaller = named and (named[0].oblasts or named[0].cities or district)
    return " ".join(token.low for token in claim.scan.tokens[start:end]) if smaller else ""


def _of_more(headline: NumberClaim, claim: NumberClaim) -> bool:
    """Whether a headline names the whole country and the text below it a part."""
    return headline.place == UKRAINE != claim.place and "place" in headline.trail


def _items(claim: NumberClaim, other: NumberClaim) -> bool:
    """Whether two claims of a sentence are items of a list that happen to be as many: "eight blocks
    and eight houses", "one killed in a village, one killed in another"."""
    if claim.trigger is other.trigger and claim.number is not other.number:
        return True
    apart = claim.trail.get("place") != other.trail.get("place")
    return apart and claim.place in PLACES and PLACES[claim.place].level == "oblast"


def _describes(claim: NumberClaim, other: NumberClaim) -> bool:
    """Whether a claim describes the one person that another has counted: "the dead man was 44"."""
    return (
        claim.number.implied
        and not other.number.implied
        and claim.number.value == other.number.value == 1
        and other.people == "all"
        and all(getattr(claim, name) == getattr(other, name) for name in _DESCRIBED)
    )


def _rounds(headline: NumberClaim, claim: NumberClaim) -> bool:
    """Whether a headline's number is another's, rounded: "Over 600,000 without power"."""
    if headline.indicator != claim.indicator or headline.people != claim.people:
        return False
    if (headline.status == "restored") != (claim.status == "restored"):
        return False
    mine, exact = headline.number.value, claim.number.value
    if _of_more(headline, claim) or (headline.number.bound == "at_least" and exact < mine):
        return False
    roughly = headline.number.bound != "exact" and headline.place == claim.place
    share = _ROUGHLY if roughly else _ROUNDED
    return mine == exact or abs(mine - exact) <= share * exact
