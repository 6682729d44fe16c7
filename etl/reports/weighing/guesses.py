"""Figures that words tell although the grammar found none: guesses, each with its reasons.

The grammar goes first. What it made a figure of, and what it left out for a reason, is not looked
at again. A number of which it knew nothing is weighed by what stands around it (features.py); where
the weights are sure enough, it gets place, day and speaker as any other number of its sentence,
from what the text had told by then.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, SERVICES, Trigger
from etl.reports.resolution.attribution import set_cause, set_speaker
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence
from etl.reports.resolution.context import Context
from etl.reports.resolution.day_of import set_day
from etl.reports.resolution.place_of import set_place
from etl.reports.resolution.totals import settle_casualties
from etl.reports.resolution.uncounted import entered_late, planned
from etl.reports.resolution.unit_of import CUT_OFF, in_thousands, set_unit
from etl.reports.weighing.features import features, told, weighed
from etl.reports.weighing.weights import NONE, Weighed, Weights

# A guess is made from this chance on: in reports that nobody had looked at, most of what lies
# between it and 0.9 is right (docs/decisions/README.md). A death is guessed only where little
# speaks against it. A person decides about each.
SURE, SURE_OF_DEATH = 0.6, 0.9
DEATH = "killed"
# Reasons to leave a number out that only say that its noun is unknown.
_UNKNOWN = ("", "noun")
_FEWEST_CUSTOMERS = 1_000
_IN_REACH = 25.0  # words further from a number stand in another clause


@dataclass(frozen=True, slots=True)
class Guess:
    """A claim made from words, and what spoke for it."""

    claim: NumberClaim
    weighed: Weighed


@dataclass(slots=True)
class Weigher:
    """Weighs the numbers of one report, sentence by sentence, and keeps its guesses."""

    weights: Weights
    sure: float = SURE
    guesses: list[Guess] = field(default_factory=list)

    def consider(self, sentence: ParsedSentence) -> None:
        """Weighs what the grammar knows nothing of in a sentence that it has just read."""
        for number, stated in _unknown(sentence):
            found = self.weights.weigh(features(sentence, stated))
            least = max(self.sure, SURE_OF_DEATH) if found.kind == DEATH else self.sure
            if found.kind == NONE or found.chance < least:
                continue
            if claim := _claim(sentence, number, found.kind):
                self.guesses.append(Guess(claim, found))


def _lacks_its_unit(sentence: ParsedSentence, number: Number) -> bool:
    """Whether the sentence's own words say all of a number but its unit, in short lines, too:
    "Полтава: без світла – 12 тис."."""
    claim = next((each for each in sentence.made if each.number is number), None)
    if claim is None or claim.lacks != ("unit",):
        return False
    scan = sentence.scan
    scaled = bool(scan.of("scales") or scan.of("glued_scales"))
    named = any(unit.value in CUT_OFF for unit in scan.of("units"))
    return scaled and claim.trigger in sentence.triggers and not named


def _unknown(sentence: ParsedSentence) -> list[tuple[Number, Number]]:
    """The numbers that are no figure and have no reason not to be one, each also as stated."""
    settled = {id(each.number) for each in sentence.made if _is_settled(each)}
    numbers = zip(sentence.numbers, sentence.stated, strict=True)
    may = {id(each) for each in weighed(sentence)}
    return [
        (number, stated)
        for number, stated in numbers
        if id(number) not in settled
        and not number.implied
        and (id(stated) in may or _lacks_its_unit(sentence, number))
    ]


def _is_settled(claim: NumberClaim) -> bool:
    return claim.out not in _UNKNOWN or not (claim.out or claim.lacks)


def _claim(sentence: ParsedSentence, number: Number, kind: str) -> NumberClaim | None:
    """The claim of a number of this kind; None where something else is missing or against it."""
    indicator, _, status = kind.partition(" ")
    weapons = indicator.removesuffix("_launched")
    if weapons in WEAPONS and weapons != number.unit:
        return None
    claim = NumberClaim(
        sentence.scan, number, indicator, status, number.unit, number.group or "all"
    )
    claim.trail["value"] = number.core
    if number.bound_at != (0, 0):
        claim.trail["bound"] = number.bound_at
    claim.trigger = _trigger(sentence, claim, kind)
    if not claim.trigger.takes(number.unit):
        return None
    if _only_planned(sentence, claim) or entered_late(sentence, number, claim.trigger):
        return None
    before = sentence.context
    sentence.context = _apart(sentence)
    try:
        set_unit(sentence, claim)
        if claim.lacks == ("unit",):
            _take_customers(sentence, claim, indicator)
        for step in (set_place, set_day, settle_casualties, set_speaker, set_cause):
            if claim.out or claim.lacks:
                return None
            step(sentence, claim)
    finally:
        sentence.context = before
    return None if claim.out or claim.lacks else claim


def _take_customers(sentence: ParsedSentence, claim: NumberClaim, indicator: str) -> None:
    """Gives the unit customers to those without power of whom no word says who they are, as in
    "Cut off: 18 thousand": grids count nothing else. Small numbers may be villages or houses."""
    unsure = claim.number.value % 1 or claim.number.value < _FEWEST_CUSTOMERS
    if indicator != SERVICES["power"] or unsure:
        return
    claim.indicator, claim.unit = indicator, "customers"
    if in_thousands(sentence, claim):
        claim.indicator, claim.unit = "", ""
    else:
        claim.lacks = ()


def _only_planned(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a number is of a plan or schedule; without words of its own kind, whether its clause
    tells of any."""
    if claim.trigger in sentence.triggers:
        return bool(planned(sentence, claim.number, claim.trigger))
    return any(
        match.value in ("plan", "schedule")
        and not sentence.parted(*sorted((match.start, claim.number.start)))
        for match in sentence.scan.of("left_out")
    )


def _apart(sentence: ParsedSentence) -> Context:
    """The context as it stands, so that a guess leaves no trace in it."""
    context = copy(sentence.context)
    context.named, context.sections = {*context.named}, {*context.sections}
    return context


def _trigger(sentence: ParsedSentence, claim: NumberClaim, kind: str) -> Trigger:
    """The nearest words of this kind in the number's clause; else the number's own."""
    number, name = claim.number, LAUNCH if claim.unit in WEAPONS else kind
    near = [
        (sentence.distances.cost(number, each), each)
        for each in sentence.triggers
        if told(each) == name
    ]
    far, trigger = min(near, key=lambda each: each[0], default=(_IN_REACH, None))
    if trigger is None or far >= _IN_REACH:
        indicator = LAUNCH if name == LAUNCH else claim.indicator
        return Trigger(number.start, number.end, indicator, claim.status)
    claim.trail["indicator"] = (trigger.start, trigger.end)
    return trigger


def additions(guesses: Sequence[Guess], told: Sequence[NumberClaim]) -> list[Guess]:
    """The guesses that say something new: a number that the text tells in other words, or that got
    its place later on, is no addition."""
    found: list[Guess] = []
    for guess in guesses:
        others = [*told, *(each.claim for each in found)]
        if not any(_same(guess.claim, other) for other in others):
            found.append(guess)
    return found


def _same(claim: NumberClaim, other: NumberClaim) -> bool:
    if claim.number is other.number:
        return True
    mine, theirs = claim.number, other.number
    if (claim.indicator, mine.value, mine.high) != (other.indicator, theirs.value, theirs.high):
        return False
    apart = "place" in claim.trail and "place" in other.trail
    return not (apart and claim.place != other.place)
