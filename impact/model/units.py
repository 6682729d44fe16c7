"""Units: how many people stand behind one of each, so that numbers in several can be ordered.

The scale of data/units.csv only orders. No number on a page, in a file or in a sum is converted by
it.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

PATH = Path(__file__).parents[2] / "data" / "units.csv"


def load(path: Path = PATH) -> Mapping[str, float]:
    """Unit -> people behind one of it, roughly."""
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["unit"]: float(row["people"]) for row in csv.DictReader(file)})


SCALE = load()


def scales(units: pd.Series) -> pd.Series:
    """People behind one of each unit. Of no units pandas would take these for texts, and a night
    of which nothing is in doubt could not be opened."""
    return units.map(SCALE).astype(float)
