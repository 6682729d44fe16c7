"""How far a number stands from the words that may say what it counts."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import OUT, Trigger
from etl.reports.text.sentence import Scan

# What a token between the two adds: a word 1, a mark more. A date counts as one thing.
_WORD, _DATE, _AND = 1.0, 0.2, 3.0
_MARKS = {",": 3.0, "(": 3.0, ")": 3.0, "-": 2.0, ":": 2.0, '"': 0.3}
_CLAUSE = 25.0  # further than anything within a clause
_NUMBER = 2.0  # another number, which may be the one that is meant
_WRONG_SIDE = 7.0  # "killing" after its number
_UNLIKELY = 5.0  # households that were damaged: buildings are
_WEAK = 4.0  # a weak reason to leave a number out, unless right beside it
_BESIDE = 1.0
_ASIDE = 0.5  # ", including one child," adds hardly any distance
_LEFT = 6.0  # the end of the brackets in which a number stands
_OF_AGE = 3  # tokens from an age to the person of that age
_LISTED = 2  # who is listed between dashes
_NOWHERE = 99.0
_LONGEST_GAP = 60  # tokens; words further away belong to another number in any case

WEAK_REASONS = ("response", "present", "safe")  # words that mean much else, too
# Kinds of words that say what happened.
_TELLING = ("toll", "toll_active", "states", "outright", "reconnected", "damage", "launch")
_NO_COUNT = ("age", "storey", "ordinal", "name", "percent")  # numbers that claim no trigger


def hard_marks(scan: Scan) -> list[int]:
    """Tokens at which a clause ends for good: semicolons, words such as "while", but not the
    "before" of "the day before", and lines with a verb of their own."""
    semicolons = [i for i, token in enumerate(scan.tokens) if token.text == ";"]
    words = [i for i in scan.links("hard") if i and i not in scan.taken]
    return sorted([*semicolons, *words, *_own_lines(scan)])


def _own_lines(scan: Scan) -> list[int]:
    """The tokens that begin a line that says something itself, below one with a number and its
    verb: "2,800 blocks without heat ⏎ water back"."""
    lines = scan.sentence.lines
    if not lines:
        return []
    told = sorted(match.start for kind in _TELLING for match in scan.of(kind))
    bounds = [0, *lines, len(scan.tokens)]
    return [
        begin
        for before, begin, end in zip(bounds, bounds[1:], bounds[2:], strict=False)
        if any(before <= i < begin for i in told)
        and any(begin <= i < end for i in told)
        and any(map(scan.is_number, range(before, begin)))
    ]


def clause(marks: list[int], i: int) -> int:
    """Which clause a token is in, counted by the hard marks before it."""
    return bisect_right(marks, i)


class Distances:
    """How far the numbers of one sentence are from the words that may say what they count.

    marks  tokens at which a clause ends for good
    """

    def __init__(self, scan: Scan, numbers: Sequence[Number], marks: Sequence[int]):
        self._scan, self._numbers, self._marks = scan, numbers, marks
        self._ands = scan.links("and")

    def cost(self, number: Number, trigger: Trigger) -> float:
        """How far a number is from a trigger.

        Words between count, marks, clauses and numbers count more.
        """
        begin, end = number.start, max(number.noun_end, number.end)
        before = [word for word in trigger.words if word < begin]
        after = [word for word in trigger.words if word >= end]
        if len(before) + len(after) < len(trigger.words):
            return 0.0  # the number's own noun: "12 wounded"
        far = _NOWHERE
        if before:
            wrong = _WRONG_SIDE if trigger.side == "before" else 0.0
            far = wrong + self._between(max(before) + 1, begin, number)
        if after:
            wrong = _WRONG_SIDE if trigger.side == "after" else 0.0
            far = min(far, wrong + self._between(end, min(after), number))
        if trigger.indicator == "buildings_damaged" and number.unit == "households":
            far += _UNLIKELY
        if trigger.indicator == OUT and trigger.status in WEAK_REASONS and far > _BESIDE:
            far += _WEAK
        return far

    def _between(self, start: int, stop: int, number: Number) -> float:
        """What the tokens of a gap add up to, and the other numbers in it."""
        if stop - start > _LONGEST_GAP:
            return _NOWHERE
        asides = self._asides(start, stop)
        aside = _ASIDE if asides else 0.0
        weights, marks = self._weights[start:stop], self._marks
        if asides:
            weights = [self._weights[i] for i in range(start, stop) if i not in asides]
            marks = [mark for mark in marks if mark not in asides]
        ends = sum(start <= mark <= stop for mark in marks)  # a line may begin at `stop`
        others = sum(
            start <= other.start
            and other.end <= stop
            and other.start not in asides
            and other is not number
            and other.outside not in _NO_COUNT
            for other in self._numbers
        )
        left = _LEFT * self._leaves(start, stop)
        return sum(weights) + _CLAUSE * ends + _NUMBER * others + left + aside

    def _leaves(self, start: int, stop: int) -> bool:
        """Whether a gap leads out of brackets: "(31 men and 25 women) and 525 injured"."""
        texts = [token.text for token in self._scan.tokens[start:stop]]
        return texts.count(")") > texts.count("(")

    @cached_property
    def _weights(self) -> list[float]:
        """How far apart each token puts the words on its two sides."""
        return [self._weight(i, token.text) for i, token in enumerate(self._scan.tokens)]

    def _weight(self, i: int, text: str) -> float:
        if i in self._scan.taken:
            return _DATE
        return _MARKS.get(text) or (_AND if i in self._ands else _WORD)

    def _asides(self, start: int, stop: int) -> set[int]:
        """The tokens of ", including one child," within a gap. They add no distance."""
        tokens = self._scan.tokens
        found: set[int] = set()
        for link in self._scan.links("subset").values():
            if not start <= link.start < stop:
                continue
            begin = link.start - 1 if tokens[link.start - 1].text in ",(-" else link.start
            for end in range(link.end, stop):
                if self._scan.mark(end) and tokens[end].text not in "\"'.(":
                    parted = tokens[end].text == ";" and self._tells_behind(end + 1)
                    found.update(range(begin, end + (not parted)))
                    break
        found.update(i for i in range(start, stop) if i in self._told_ages)
        found.update(self.dashed(start, stop))
        return found

    def _tells_behind(self, i: int) -> bool:
        """Whether words that say what is counted stand between a token and the next mark."""
        while i < len(self._scan.tokens) and not self._scan.mark(i):
            if any(self._scan.at(kind, i) for kind in _TELLING):
                return True
            i += 1
        return False

    def dashed(self, start: int, stop: int) -> range:
        """The tokens of an aside between dashes that lists who is counted right before it: "three
        persons - two women and a man - perished"; empty if there is none."""
        tokens = self._scan.tokens
        if not start < stop or tokens[start].text != "-":
            return range(0)
        end = next((i for i in range(start + 1, stop) if tokens[i].text == "-"), start)
        people = [n for n in self._numbers if start < n.start < end and n.unit == "people"]
        told = any(self._scan.at(kind, i) for kind in _TELLING for i in range(start, end))
        return range(0) if told or len(people) < _LISTED else range(start, end + 1)

    @cached_property
    def _told_ages(self) -> set[int]:
        """The tokens of ", 40," or "1970 р. н." behind a person and of "40-річна місцева" before
        one, which add no distance either."""
        tokens = self._scan.tokens
        ages = [n for n in self._numbers if n.outside == "age"]
        behind = {
            i
            for n in ages
            if self._scan.before(n.start, ",") and self._scan.low(n.end) == ","
            for i in range(n.start - 1, min(n.end + 1, len(tokens)))
        }
        before = {
            i
            for n, person in pairwise(self._numbers)
            if n.outside == "age"
            and person.described
            and person.start - n.end <= _OF_AGE
            and not any(map(self._scan.mark, range(n.end, person.start)))
            for i in range(n.start, person.start)
        }
        born = {
            i
            for match in self._scan.of("births")
            for i in range(match.start - 1, self._scan.skip_dot(match.end))
        }
        return behind | before | born
