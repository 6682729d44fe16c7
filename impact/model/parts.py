"""Parts of a whole, as figures name them in `part`: their words, and how far they reach."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from impact.model.names import Names

PATH = Path(__file__).parents[2] / "data" / "parts.csv"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of data/parts.csv.

    names   its words in each language but English; the label itself is English
    beyond  P-codes of places that it takes in beside the figure's own ("with Kyiv city")
    """

    names: Names
    beyond: tuple[str, ...]


def load(path: Path = PATH) -> Mapping[str, Part]:
    """Label -> the part."""
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {
                row["part"]: Part(Names.of_row(row), tuple(row["beyond"].split()))
                for row in csv.DictReader(file)
            }
        )


PARTS = load()


def called(label: str, language: str) -> str:
    """A part in a language; one without words there keeps its label: a weapon's name is the same in
    any language."""
    return (PARTS[label].names.of(language) if label in PARTS else "") or label
