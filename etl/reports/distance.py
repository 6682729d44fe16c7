"""Distance: how far a number stands from the words that may say what it counts."""

from bisect import bisect_right
from collections.abc import Iterable

from etl.reports.numbers import Number
from etl.reports.scan import Scan
from etl.reports.trigger import OUT, Trigger

# What a token between the two adds. A word is 1; a date is read as one thing, a mark parts more.
_WORD, _DATE, _AND = 1.0, 0.2, 3.0
_MARKS = {",": 3.0, "(": 3.0, ")": 3.0, "-": 2.0, ":": 2.0, '"': 0.3}
_CLAUSE = 25.0  # further than anything within a clause
_NUMBER = 2.0  # another number, which may be the one that is meant
_WRONG_SIDE = 7.0  # "killing" after its number
_UNLIKELY = 5.0  # households that were damaged: buildings are
_WEAK = 4.0  # a weak reason to leave a number out, unless right beside it
_BESIDE = 1.0
_NOWHERE = 99.0
_LONGEST_GAP = 60  # tokens; what is further apart belongs to another number anyway

WEAK_REASONS = ("response", "present", "safe")  # their words say much else
_NO_COUNT = ("age", "storey", "ordinal", "name", "percent")  # numbers that claim no trigger


def hard_marks(scan: Scan) -> list[int]:
    """Tokens at which a clause ends for good: semicolons and words such as "while"."""
    semicolons = [i for i, token in enumerate(scan.tokens) if token.text == ";"]
    words = [link.start for link in scan.of("links") if link.value == "hard" and link.start]
    return sorted(semicolons + words)


def clause(marks: list[int], i: int) -> int:
    """Which clause a token is in, counted by the hard marks before it."""
    return bisect_right(marks, i)


def cost(
    scan: Scan, number: Number, trigger: Trigger, numbers: Iterable[Number], marks: list[int]
) -> float:
    """How far a number is from a trigger: words between, more for marks, clauses and numbers."""
    begin, end = number.start, max(number.noun_end, number.end)
    before = [word for word in trigger.words if word < begin]
    after = [word for word in trigger.words if word >= end]
    if len(before) + len(after) < len(trigger.words):
        return 0.0  # the number's own noun: "12 wounded"
    far = _NOWHERE
    if before:
        wrong = _WRONG_SIDE if trigger.side == "before" else 0.0
        gap = range(max(before) + 1, begin)
        far = wrong + _between(scan, gap, number, numbers, marks)
    if after:
        wrong = _WRONG_SIDE if trigger.side == "after" else 0.0
        gap = range(end, min(after))
        far = min(far, wrong + _between(scan, gap, number, numbers, marks))
    if trigger.indicator == "buildings_damaged" and number.unit == "households":
        far += _UNLIKELY
    if trigger.indicator == OUT and trigger.status in WEAK_REASONS and far > _BESIDE:
        far += _WEAK
    return far


def _between(
    scan: Scan, gap: range, number: Number, numbers: Iterable[Number], marks: list[int]
) -> float:
    """What the tokens of a gap add up to, and the other numbers in it."""
    if len(gap) > _LONGEST_GAP:
        return _NOWHERE
    asides = _asides(scan, gap)
    words = sum(_weight(scan, i) for i in gap if i not in asides)
    ends = sum(mark in gap and mark not in asides for mark in marks)
    others = sum(
        gap.start <= other.start
        and other.end <= gap.stop
        and other.start not in asides
        and other is not number
        and other.outside not in _NO_COUNT
        for other in numbers
    )
    return words + _CLAUSE * ends + _NUMBER * others


def _weight(scan: Scan, i: int) -> float:
    """How much one token parts what stands on its two sides."""
    if i in scan.taken:
        return _DATE
    if (mark := _MARKS.get(scan.tokens[i].text)) is not None:
        return mark
    return _AND if scan.link("and", i) else _WORD


def _asides(scan: Scan, gap: range) -> set[int]:
    """The tokens of ", including one child," within a gap: they part nothing."""
    found: set[int] = set()
    for link in scan.of("links"):
        if link.value != "subset" or link.start not in gap:
            continue
        begin = link.start - 1 if scan.tokens[link.start - 1].text in ",(-" else link.start
        for end in range(link.end, gap.stop):
            if scan.tokens[end].text in ",)-":
                found.update(range(begin, end + 1))
                break
    return found
