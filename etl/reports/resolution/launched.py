"""Weapons that are counted without a verb of their own: those of the Air Force, those listed behind
an attack, those at a place."""

from itertools import pairwise

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, OUT, Trigger
from etl.reports.resolution.claims import WEAPONS, ParsedSentence, end_of
from etl.reports.resolution.context import AIR_FORCE
from etl.reports.text.function_words import is_little


def said_by_air_force(sentence: ParsedSentence) -> bool:
    """Whether the Air Force is named, which counts the weapons launched at the country."""
    return any(match.value == AIR_FORCE for match in sentence.scan.of("speakers"))


def of_air_force(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of drones and missiles that the Air Force counts: launched, whatever the verb."""
    counted = sentence.context.air_force or said_by_air_force(sentence)
    counted = counted or (not sentence.triggers and _of_both_arms(sentence))
    counted = counted or _of_attack_aside(sentence, number)
    if number.unit in WEAPONS and counted:
        return Trigger(number.start, number.end, LAUNCH)
    if number.unit in WEAPONS and (_of_strikes(sentence, number) or _of_arms_alone(sentence)):
        return Trigger(number.start, number.end, LAUNCH, used=True)
    if number.unit in WEAPONS and not sentence.triggers and _at_a_place(sentence, number):
        return Trigger(number.start, number.end, LAUNCH, aimed=True)
    return None


def _of_attack_aside(sentence: ParsedSentence, number: Number) -> bool:
    """Whether weapons are listed right behind an attack: "in the assault - 477 drones, 60 missiles
    - a man was killed"."""
    if number.unit not in WEAPONS or not _of_both_arms(sentence):
        return False
    arms = [n for n in sentence.numbers if n.unit in WEAPONS and not n.outside]
    first, scan = arms[0].start, sentence.scan
    joined = all(
        scan.low(i) == "," or scan.link("and", i)
        for n, m in pairwise(arms)
        for i in range(end_of(n), m.start)
    )
    attack = any(
        match.value == "strike" and first - 3 <= match.start < first - 1
        for match in scan.of("cause")
    )
    return joined and attack and scan.tokens[first - 1].text in "-(:"


def _of_arms_alone(sentence: ParsedSentence) -> bool:
    """Whether a line lists the arms of a day, bombs among them, and says nothing of them: "Over the
    day: 13 villages, 4 guided bombs, 9 Shaheds"."""
    bombs = any(claim.out == "weapons" for claim in sentence.made)
    return bombs and not sentence.triggers


def _of_strikes(sentence: ParsedSentence, number: Number) -> bool:
    """Whether weapons make up strikes that were counted before a colon: "313 strikes on 13
    villages: 157 drones, 3 salvos"."""
    scan = sentence.scan
    colon = next((i for i in range(number.start) if scan.low(i) == ":"), 0)
    struck = any(c.out == "attacks" and c.number.end <= colon for c in sentence.made)
    said_else = any(trigger.hits or trigger.indicator == OUT for trigger in sentence.triggers)
    return bool(colon) and struck and not said_else


def _at_a_place(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a place to which they flew stands beside weapons: "7 балістичних ракет по місту",
    "по Україні — 108 БпЛА"."""
    scan, end = sentence.scan, end_of(number)
    aimed = is_little(scan, end, "flown_at")
    return (aimed and any(end < place.start <= end + 2 for place in sentence.places)) or any(
        place.end + 1 == number.start
        and scan.low(place.end) == "-"
        and any(is_little(scan, i, "flown_at") for i in (place.start - 1, place.start))
        for place in sentence.places
    )


def _of_both_arms(sentence: ParsedSentence) -> bool:
    """Whether a sentence lists the arms of a night: "Overnight: 242 drones, 36 missiles"."""
    listed = {number.unit for number in sentence.numbers if not number.outside}
    return listed >= {*WEAPONS} and not sentence.links("out_of")
