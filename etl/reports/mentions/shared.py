"""What numbers of a sentence share: a noun or a scale that stands once, behind the last of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from etl.reports.mentions.numerals import times
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

if TYPE_CHECKING:
    from etl.reports.mentions.numbers import Number

# So many words may stand between two numbers that share a noun.
_ELLIPSIS = 4
# Who may be told to live in so many settlements.
_SUPPLIED = ("customers", "households", "people", "properties")
# Kinds whose words part two numbers that would otherwise share a noun.
_PARTING = ("toll", "toll_active", "damage", "left_out", "states")
_HOUSES = "buildings"
_LARGEST_PART = 1000  # a number from here on is written out and shares no scale


def share_scales(scan: Scan, found: list[Number]) -> None:
    """Gives numbers the scale of the one behind "and" ("11 та 9 тисяч споживачів"), and those of a
    list that is dealt out that of the last: "31, 18 and 7.5 thousand customers respectively"."""
    if not scan.of("scales"):
        return
    dealt = is_dealt(scan)
    scale: Match | None = None
    following = None
    for number in reversed(found):
        if own := _scale_of(scan, number):
            scale = own
        elif following is None or not _in_list(scan, range(number.end, following.start), dealt):
            scale = None
        elif scale and _is_bare(number) and number.value < _LARGEST_PART:
            number.value, number.scale_at = times(number.value, scale.value), scale[2:]
        else:
            scale = None
        following = number


def is_dealt(scan: Scan) -> bool:
    """Whether a sentence deals out the members of one list to those of another."""
    return any(is_little(scan, i, "respectively") for i in range(len(scan.tokens)))


def _is_bare(number: Number) -> bool:
    return not (number.unit or number.outside or number.implied or number.high)


def _scale_of(scan: Scan, number: Number) -> Match | None:
    """The word such as "thousand" that is part of a number."""
    inside = range(number.core[0], number.end)
    return next((scale for i in inside if (scale := scan.at("scales", i))), None)


def _in_list(scan: Scan, between: range, dealt: bool) -> bool:
    """Whether only "and", or a comma in a list that is dealt out, stands between two numbers."""
    return len(between) == 1 and (
        (dealt and scan.low(between[0]) == ",") or scan.link("and", between[0]) is not None
    )


def share_nouns(scan: Scan, found: list[Number]) -> None:
    """Gives a number without a noun the next one's: "19 багатоквартирних та чотири приватні
    будинки", "16 out of 6,000 buildings"."""
    for number, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        between = range(number.end, following.start)
        if _is_of_places(number, following):
            following.outside = "areas"
        if number.unit or number.outside or number.implied:
            continue
        if following.outside == "areas" and _shares(scan, between):
            number.outside = "areas"  # "18 of the 24 oblasts"
        damaged = scan.ending("damage", number.start) or scan.at("damage", number.end)
        shared = _shares(scan, between, damaged=bool(damaged)) or _dealt(scan, between)
        if following.unit and not following.implied and shared:
            number.unit, number.group = following.unit, following.group


def _dealt(scan: Scan, between: range) -> bool:
    """Whether two numbers are of a list that is dealt out: "2, 4 and 6 houses respectively"."""
    listed = len(between) == 1 and scan.low(between[0]) == ","
    rest = range(between[-1] + 1, len(scan.tokens)) if listed else range(0)
    return any(is_little(scan, i, "respectively") for i in rest)


def _is_of_places(number: Number, places: Number) -> bool:
    """ "14,5 тис. абонентів двох громад": where they are, not how many places were cut off."""
    supplied = number.unit in _SUPPLIED and not number.outside
    return supplied and places.unit == "settlements" and places.start == number.noun_end


def _shares(scan: Scan, between: range, *, damaged: bool = False) -> bool:
    """Whether a number has the noun of the next.

    damaged  whether the first counts what was damaged, too: "знищено 2 та пошкоджено 19 будинків"
    """
    if len(between) > _ELLIPSIS or any(scan.mark(i) and not scan.link("and", i) for i in between):
        return False
    if any(scan.link("and", i) for i in between):
        kinds = [kind for kind in _PARTING if kind != "damage" or not damaged]
        return not any(scan.at(kind, i) for i in between for kind in kinds)
    return any(scan.link("out_of", i) for i in between)


def share_houses(scan: Scan, found: list[Number]) -> None:
    """Gives a number that only a kind of house follows the noun of the number beside it in a list:
    "4 багатоповерхівки та 11 приватних", "3 приватні, 2 багатоквартирні будинки"."""
    kinds: list[str] = scan.language.settings["joins"]["kind_of_house"]
    if not any(number.unit == _HOUSES for number in found):
        return
    for one, other in pairwise(found):
        for number, beside in ((one, other), (other, one)):
            alone = number.unknown and not number.unit and scan.low(number.end) in kinds
            if alone and beside.unit == _HOUSES and _is_next(scan, one, other):
                number.unit, number.noun_end = _HOUSES, number.end + 1


def _is_next(scan: Scan, one: Number, other: Number) -> bool:
    """Whether only a comma, "+" or "and" stands between the nouns of two numbers."""
    gap = range(max(one.noun_end, one.end), other.start)
    kind = int(one.noun_end <= one.end)  # the adjective itself
    between = gap[kind:]
    return len(between) == 1 and bool(
        scan.low(between[0]) in (",", "+") or scan.link("and", between[0])
    )
