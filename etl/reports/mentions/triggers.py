"""Triggers: the words of a sentence that say what its numbers count, or that they do not count.

Each kind of trigger is found by itself: tolls and supply in modules of their own, the rest here.
"""

from etl.reports.mentions.distance import hard_marks
from etl.reports.mentions.supply import supplies
from etl.reports.mentions.tolls import number_side, tolls
from etl.reports.mentions.trigger import LAUNCH, LEFT_OUT, OUT, SERVICES, Trigger
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

# Kinds of words whose longer phrases may hold words that leave a number out.
_LONGER = ("toll", "states", "outright")

__all__ = ["LAUNCH", "OUT", "SERVICES", "Trigger", "hard_marks", "triggers"]


def triggers(scan: Scan, last_service: str, as_of: bool) -> list[Trigger]:
    """Every trigger of a sentence, in order.

    `last_service` is what a bare "connected" means; `as_of` is whether the sentence says how
    things stand at a time rather than what happened.
    """
    found = [
        *tolls(scan),
        *supplies(scan, last_service, as_of),
        *_damages(scan),
        *_launches(scan),
        *_left_out(scan),
    ]
    return sorted(found, key=lambda trigger: (trigger.start, trigger.end))


def _damages(scan: Scan) -> list[Trigger]:
    """ "12 houses were damaged", "damaging 12 houses"."""
    return [
        Trigger.of(
            match,
            "buildings_damaged",
            side=number_side(scan, match.start),
            vague=match.value == "affected",
        )
        for match in scan.of("damage")
    ]


def _launches(scan: Scan) -> list[Trigger]:
    """ "launched 120 drones", and aimed: "attacked Kyiv with 120 drones"."""
    return [
        Trigger.of(
            match,
            LAUNCH,
            aimed=match.value in ("aimed", "hits"),
            hits=match.value == "hits",
            used=match.value == "used",
        )
        for match in scan.of("launch")
        if not _is_in_noun(scan, match)
    ]


def _is_in_noun(scan: Scan, match: Match) -> bool:
    """Whether a word only begins the noun for weapons: "13 attack | UAVs"."""
    unit = scan.at("units", match.start)
    return unit is not None and unit.end > match.end


def _left_out(scan: Scan) -> list[Trigger]:
    """ "90 were shot down", "six are in hospital": numbers that are no figures.

    Words that are part of a longer phrase say nothing by themselves: "died on the way to
    hospital", "сидять без світла", "heat supply of 12 houses".
    """
    if not scan.of("left_out"):
        return []
    longer = [match for kind in _LONGER for match in scan.of(kind) if match.end - match.start > 1]
    return [
        Trigger.of(match, OUT, match.value)
        for match in scan.of("left_out")
        if match.value in LEFT_OUT
        and not any(_holds(each, match) for each in longer)
        and not scan.ending("services", match.start + 1)
    ]


def _holds(longer: Match, match: Match) -> bool:
    """Whether a phrase holds all words of another and more."""
    held = longer.start <= match.start and match.end <= longer.end
    return held and longer.end - longer.start > match.end - match.start
