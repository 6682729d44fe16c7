"""What a number counts when its own noun does not say it, or does not fit."""

from math import inf

from etl.reports.mentions.numbers import Number
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER
from impact.model.indicators import INDICATORS, OUTAGES

_HIT = ("buildings", "facilities")  # what was damaged before tells nothing of who is cut off
_MOST = {"facilities": 5_000, "settlements": 1_500}  # more nobody counts in one breath
_THOUSAND = 1000
POWER = "power_outage"
CUT_OFF = ("customers", "households", "properties", "buildings")
TOLLS = ("killed", "injured", "casualties", "missing", "rescued", "evacuated", "displaced")


def set_unit(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a claim its unit.

    A claim without a unit lacks it. A claim with the unit of another indicator is left out.
    """
    units = INDICATORS[claim.indicator].units
    claim.unit = claim.unit or _unit_from_around(sentence, claim, units)
    number = claim.number
    if number.noun_end > number.end:
        claim.trail["unit"] = (number.end, number.noun_end)
    elif (named := _named_before(sentence, number)) and named.value == claim.unit:
        claim.trail["unit"] = (named.start, named.end)
    if claim.unit in units:
        return
    if claim.unit:
        claim.out = "unit"
    else:
        claim.lacks, claim.indicator = ("unit",), ""


def _unit_from_around(sentence: ParsedSentence, claim: NumberClaim, units: tuple[str, ...]) -> str:
    if claim.indicator in TOLLS:
        return "people"
    supply = claim.indicator in OUTAGES
    if supply and (whole := sentence.leading_whole) and whole.unit in units:
        return whole.unit  # "of the 640 schools 70 have no power"
    last = _last_supplied(sentence, claim) if supply else _last_unit(sentence)
    for unit in (noun_before(sentence, claim.number), last):
        if unit in units and claim.number.value <= _MOST.get(unit, inf):
            return unit
    if supply and (unit := _next_supplied(sentence, claim)):
        return unit
    first = sentence.scan.tokens[claim.number.core[0]]
    led = claim.trigger in sentence.context.triggers and first.kind == NUMBER
    told = claim.trigger in sentence.triggers or sentence.item or led
    if supply and told and sentence.context.headed in units:
        return sentence.context.headed
    following = {n.unit for n in sentence.numbers if n.start > claim.number.start} & {*units}
    if len(following) == 1 and sentence.parted(claim.number.end, len(sentence.scan.tokens)):
        return following.pop()  # "Odesa: 20,000; Mykolaiv: 5,000; Kherson: 3,000 customers"
    return "buildings" if claim.indicator == "buildings_damaged" else ""


def noun_before(sentence: ParsedSentence, number: Number) -> str:
    """The noun of "The number of homes without electricity fell to 8,600", which stands first."""
    named = _named_before(sentence, number)
    return named.value if named else ""


def _named_before(sentence: ParsedSentence, number: Number) -> Match | None:
    """The words of that noun; None if there is none."""
    scan = sentence.scan
    heads = any(token.text == ":" for token in scan.tokens[: number.start])
    marked = heads or scan.before(number.start, "-")
    between = scan.before(number.start, ",") and scan.low(number.end) == ","
    apposed = scan.ending("units", number.start - 1) if between else None
    if apposed and scan.of("unquantified") and apposed.value != "people":
        return apposed  # "nearly half of the city's apartment blocks, 5,635, had no heating"
    left = scan.ending("links", number.start, "all_but")  # "back in all the blocks but 84"
    if not (marked or left or scan.change or sentence.links("counted")):
        return None
    keyed = scan.before(number.start, ":")  # "People without water: 38,000"
    for unit in reversed(scan.of("units")):
        told = unit.value != "people" or (keyed and _opens_part(scan, unit))
        if unit.end <= number.start and told and not _counted(sentence, unit):
            return unit
    return None


def _opens_part(scan: Scan, unit: Match) -> bool:
    """Whether a noun begins the sentence or what stands behind a mark in it."""
    return unit.start == 0 or scan.low(unit.start - 1) in (",", ";")


def arms_before(sentence: ParsedSentence, number: Number) -> str:
    """The weapons of "Missiles launched: 38"; empty for a number with a noun of its own."""
    told = number.unit or number.outside or not sentence.scan.before(number.start, ":")
    told = told or _are_harmed(sentence, number)
    unit = "" if told else noun_before(sentence, number)
    return unit if unit in WEAPONS else ""


def _are_harmed(sentence: ParsedSentence, number: Number) -> bool:
    """Whether people are told of behind a colon: "A drone hit a minibus: three died"."""
    scan = sentence.scan
    return any(
        trigger.indicator in TOLLS
        and trigger.start >= number.end
        and not any(scan.low(i) in (",", ";") for i in range(number.end, trigger.start))
        for trigger in sentence.triggers
    )


def in_thousands(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a bare number goes on from one in thousands: "31 тис. абонентів, на 10:30 – 12".

    What it counts then is told by no word of its own.
    """
    number = claim.number
    bare = number.noun_end <= number.end and number.value < _THOUSAND and not _scaled(claim)
    if not bare or claim.indicator not in OUTAGES:
        return False
    if _heads_in_thousands(claim):
        return True
    before = [c for c in sentence.made if c.indicator in OUTAGES]
    before = before or [c for c in sentence.context.last if c.indicator in OUTAGES]
    # "of 6 thousand houses 67 are cold" counts single houses
    may_be = bool(before) and number.value * _THOUSAND <= before[-1].number.value
    return may_be and _scaled(before[-1])


def _heads_in_thousands(claim: NumberClaim) -> bool:
    """Whether the noun before a number stands in thousands: "Without light, thousand customers:
    Odesa 38"."""
    scan = claim.scan
    for scale in scan.of("scales"):
        noun = scan.skip_dot(scale.end)
        alone = scale.start == 0 or scan.mark(scale.start - 1)
        if alone and scale.end <= claim.number.start and scan.at("units", noun):
            return True
    return False


def _scaled(claim: NumberClaim) -> bool:
    """Whether a word such as "thousand" is part of a number."""
    number = claim.number
    return any(claim.scan.at("scales", i) for i in range(number.core[0], number.end))


def _counted(sentence: ParsedSentence, unit: Match) -> bool:
    """Whether a noun belongs to a number of its own."""
    return any(n.start < unit.end and unit.start < n.noun_end for n in sentence.numbers)


def _last_supplied(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The unit in which a supply was counted last, over other supplies: "12,000 customers lost
    power. 70 blocks lost heat. UPD: light is back for 7,500"."""
    told = [c for c in sentence.made if c.unit and c.indicator in OUTAGES]
    same = [c.unit for c in told if c.indicator == claim.indicator]
    if same or claim.indicator in sentence.context.supplied_of:
        if same and sentence.scan.ending("links", claim.number.start, "all_but"):
            return same[0]  # "lost in 34 blocks with 3,000 residents, back in all but six"
        return same[-1] if same else sentence.context.supplied_of[claim.indicator]
    last = told[-1].unit if told else sentence.context.supplied
    # Heat is counted in blocks, power in those who pay for it.
    return "" if last == "buildings" and claim.indicator == POWER else last


def _next_supplied(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The unit of the numbers behind it: "back for 9,300, still off for 2,150 customers"."""
    units = {n.unit for n in sentence.numbers if n.start > claim.number.start} & {*CUT_OFF}
    if len(units) == 1:
        return units.pop()
    told = [c for c in (*sentence.context.last, *sentence.made) if c.unit and not c.out]
    flats = told and told[-1].indicator == "buildings_damaged" and told[-1].unit == "households"
    if flats:
        return ""  # "500 flats were damaged. 17,000 are cut off": of whom is not said
    last = _last_unit(sentence)
    if last == "people" and not sentence.context.supplied:
        return ""  # people who were hurt: "3 поранених. Фастів — без світла 7 200"
    hit = last in _HIT and claim.indicator == POWER
    return "" if hit else last  # "37 blocks lost windows. Power is off for 8K"


def _last_unit(sentence: ParsedSentence) -> str:
    """The unit that was counted last, in this sentence or before it."""
    made = (claim.unit for claim in reversed(sentence.made) if claim.unit)
    return next(made, sentence.context.unit)
