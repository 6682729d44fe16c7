"""Trigger: words that say what numbers count, or that they are left out."""

from dataclasses import dataclass
from typing import Any

from etl.reports.text.lexicon import Match

SERVICES = {
    "power": "power_outage",
    "heat": "heating_loss",
    "water": "water_outage",
    "gas": "gas_outage",
}
OUT = "out"  # the indicator of a trigger whose numbers are left out; `status` has the reason
BOTH = "casualties"  # killed and injured in one number
LAUNCH = "launch"  # drones or missiles, as the noun says

# Which units a trigger's numbers may have; "" is a number without a noun.
_PEOPLE = frozenset({"people", ""})
_MOVED = _PEOPLE | {"households"}
_CUT_OFF = frozenset({"customers", "households", "settlements", "properties", ""})
_SUPPLIED = _CUT_OFF | {"people", "buildings", "facilities"}
_COUNTED = {
    "killed": _PEOPLE,
    "injured": _PEOPLE,
    BOTH: _PEOPLE,
    "missing": _PEOPLE,
    "rescued": _PEOPLE,
    "evacuated": _MOVED,
    "displaced": _MOVED,
    "buildings_damaged": frozenset({"buildings", "facilities", "properties", "households", ""}),
    LAUNCH: frozenset({"drones", "missiles"}),
    **dict.fromkeys(SERVICES.values(), _SUPPLIED),
}
LEFT_OUT = {
    "shot_down": frozenset({"drones", "missiles", ""}),
    "hospital": _PEOPLE,
    "severity": _PEOPLE,
    "safe": _PEOPLE | {"buildings", "facilities", "households"},
    "present": _MOVED,
    "stock": _MOVED | {"buildings", "customers", "facilities"},
    "response": frozenset({"people", "facilities", "households", "drones", "buildings"}),
}


@dataclass(slots=True)
class Trigger:
    """Tokens [start, end) that give numbers an indicator and, for supply, a status."""

    start: int
    end: int
    indicator: str
    status: str = ""
    side: str = ""  # "after" where the numbers follow, "before" where they precede, "" if either
    words: tuple[int, ...] = ()  # the tokens that matter within the span
    also: tuple[str, ...] = ()  # further indicators of the same words ("світла та води")
    aimed: bool = False  # a launch whose words name its target ("attacked Kyiv")
    used: bool = False  # weapons that were used where the text is about
    hits: bool = False  # a launch whose words tell of hits ("12 drones hit")
    noun: bool = False  # a noun that is counted itself ("four deaths")
    guessed: bool = False  # the service is not named anywhere
    vague: bool = False  # "affected": homes may be affected by a cut, too
    may_lump: bool = False  # a noun that may count the killed and the injured together

    @classmethod
    def of(cls, match: Match, indicator: str, status: str = "", **more: Any) -> "Trigger":
        """The trigger of a phrase, of which the first word matters."""
        return cls(match.start, match.end, indicator, status, words=(match.start,), **more)

    def takes(self, unit: str) -> bool:
        """Whether a number with this unit can be counted by these words."""
        if self.indicator == OUT:
            return unit in LEFT_OUT[self.status]
        if self.vague and unit in _CUT_OFF - {""}:
            return False
        return unit in (_CUT_OFF if self.guessed else _COUNTED[self.indicator])
