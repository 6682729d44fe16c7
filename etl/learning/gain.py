"""How well weights read reports that people have decided about: what the gain is measured by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from etl.learning.decided import Decided, upper_end
from etl.reports.reader import read
from etl.reports.weighing.guesses import Weigher
from etl.reports.weighing.weights import Weights


@dataclass(frozen=True, slots=True)
class Score:
    """How many accepted figures a reading has, how many it lacks, how many figures it has besides.

    A figure is found when indicator, number and upper end agree.
    """

    found: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.found + other.found, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """Of the figures read, the share that people accepted."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def f1(self) -> float:
        """Precision and completeness in one number, 0 to 1."""
        all_ = 2 * self.found + self.missed + self.wrong
        return 2 * self.found / all_ if all_ else 1.0

    def gains_on(self, other: "Score") -> bool:
        """Whether more is found than by the other, at no loss of precision."""
        return self.f1 > other.f1 and self.precision >= other.precision


def score(report: Decided, weights: Weights) -> Score:
    """How a report is read with weights."""
    weigher = Weigher(weights)
    figures = [each.figure for each in read(report.text, report.published, weigher=weigher).figures]
    given = Counter((each.indicator, each.value, each.value_high) for each in figures if each.unit)
    right = Counter((row["indicator"], row["value"], upper_end(row)) for row in report.accepted)
    found = (given & right).total()
    return Score(found, right.total() - found, given.total() - found)


def total(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    return sum(scores, Score())
