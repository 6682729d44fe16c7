"""The weights of a multinomial logistic model, as a table that a person can read.

Each line has a feature, a kind of impact ("power_outage without", or "none") and how much the one
speaks for the other. The feature "always" stands for all numbers.
"""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

# A store's own weights, which `etl learn` writes into its folder.
OWN = "weights.csv"
SHIPPED = Path(__file__).parents[3] / "data" / "weights" / "weights.csv"
ALWAYS, NONE = "always", "none"
_HEADER = ("feature", "kind", "weight")


class Weighed(NamedTuple):
    """What the features of a number speak for.

    kind    the likeliest kind of impact, or NONE
    chance  its probability, 0 to 1, as the model has it
    why     the features that speak most for it against NONE, the strongest first; ALWAYS, if none
            does: never empty
    """

    kind: str
    chance: float
    why: tuple[str, ...]


class Weights:
    """feature -> kind -> weight. Raises ValueError where a table holds no numbers."""

    def __init__(self, table: Mapping[str, Mapping[str, float]]):
        self.table = {name: {**kinds} for name, kinds in table.items()}
        self.kinds = sorted({kind for kinds in self.table.values() for kind in kinds} | {NONE})
        if not all(math.isfinite(w) for kinds in self.table.values() for w in kinds.values()):
            raise ValueError("a weight is no number")

    def weigh(self, features: Sequence[str]) -> Weighed:
        """What a number's features speak for."""
        sums = dict(zip(self.kinds, self.sums(features, self.kinds), strict=True))
        best = max(self.kinds, key=sums.__getitem__)
        total = sum(math.exp(each - sums[best]) for each in sums.values())
        return Weighed(best, 1 / total, self._why(features, best))

    def sums(self, features: Sequence[str], kinds: Sequence[str]) -> list[float]:
        """How much the features speak for each of some kinds, those without weights included."""
        sums = dict.fromkeys(kinds, 0.0)
        for feature in (ALWAYS, *features):
            for kind, weight in self.table.get(feature, {}).items():
                sums[kind] += weight
        return list(sums.values())

    def _why(self, features: Sequence[str], kind: str, most: int = 8) -> tuple[str, ...]:
        speaks = {each: self._against_none(each, kind) for each in features}
        strongest = sorted(speaks, key=lambda each: (-speaks[each], each))[:most]
        return tuple(each for each in strongest if speaks[each] > 0) or (ALWAYS,)

    def _against_none(self, feature: str, kind: str) -> float:
        kinds = self.table.get(feature, {})
        return kinds.get(kind, 0.0) - kinds.get(NONE, 0.0)

    def lines(self) -> list[tuple[str, str, str]]:
        """The table's lines in order; what `of` makes the weights of again."""
        return [
            (feature, kind, f"{weight:.2f}")
            for feature in sorted(self.table)
            for kind, weight in sorted(self.table[feature].items())
        ]

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]]) -> "Weights":
        """The weights of lines. Raises ValueError where one holds no feature, kind and number."""
        table: dict[str, dict[str, float]] = {}
        for feature, kind, weight in lines:
            table.setdefault(feature, {})[kind] = float(weight)
        return cls(table)

    def write(self, path: Path) -> None:
        """Writes the table."""
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(_HEADER)
            rows.writerows(self.lines())


def read(path: Path) -> Weights:
    """The weights of a file. Raises ValueError where it is no such table, OSError where none is."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != _HEADER:
            raise ValueError(f"{path.name} is no table of weights")
        return Weights.of(rows)


def of_store(folder: Path) -> Weights | None:
    """The weights that a store has learned; None where it has none. Raises ValueError where the
    file is damaged."""
    path = folder / OWN
    return read(path) if path.exists() else None


@cache
def shipped() -> Weights:
    """The weights that the repository has (data/weights)."""
    return read(SHIPPED)
