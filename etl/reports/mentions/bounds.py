"""Bounds: the words that make a number "at_least", "at_most" or "about"."""

from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

# Words that may stand between a bound and its number ("понад ще 500", "about the same 300").
_REACH = 2
# A preposition of place is a bound from this number on: "під 50 осіб", not "біля 5 будинку".
_MANY = 10


def bound_before(scan: Scan, start: int, value: float) -> Match | None:
    """The bound of a number that begins at a token: "понад" of "понад ще 500"."""
    for end in range(start, max(0, start - _REACH - 1), -1):
        if bound := scan.ending("bounds", end):
            return None if _other_word(scan, bound, start, value) else bound
        if not scan.at("fillers", end - 1) and not scan.link("increment", end - 1):
            return None
    return None


def bound_after(scan: Scan, start: int, end: int) -> Match | None:
    """The bound behind a number of the tokens from start to end: "300 or more", "300+"; or the
    plus before its scale: "30+ thousand"."""
    if scan.low(end) == "+" and scan.glued(end):
        return Match("bounds_after", "at_least", end, end + 1)
    if bound := scan.at("bounds_after", end):
        return bound
    within = next((at for at in range(start + 1, end) if scan.low(at) == "+"), None)
    return None if within is None else Match("bounds_after", "at_least", within, within + 1)


def _other_word(scan: Scan, bound: Match, start: int, value: float) -> bool:
    """Whether what looks like a bound is another word here."""
    doubtful = scan.at("doubtful_bounds", bound.start)
    if doubtful is None or doubtful.end != bound.end:
        return False
    if doubtful.value == "change":
        return _after_change(scan, bound.start)
    if doubtful.value == "place":
        return value < _MANY
    in_words = not scan.low(start)[:1].isdigit()
    return in_words and scan.ending("speech", bound.start) is not None


def _after_change(scan: Scan, i: int) -> bool:
    """Whether a verb of change or of joining is near: "зросла до", "до 31 зросла"."""
    changed = any(scan.link("change", j) for j in range(i - 7, i + 4))
    return changed or any(scan.at("states", j, "restored") for j in range(i - 3, i))
