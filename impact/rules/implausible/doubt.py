"""A doubt, what its sentence needs to know, and the columns that the rules of doubts look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.rows import NamedRow
from impact.rules.headline import classed

# What a doubt's sentence needs to know, in no language.
Facts: TypeAlias = Mapping[str, Any]

COLUMNS = (
    *("figure_id", "indicator", "value", "value_high", "bound", "unit", "people", "part", "place"),
    *("date", "status", "cause", "period", "attributed_to", "published", "url", "day_told"),
    *("recalled", "dubious", "body", "outlet", "claim_scale"),
)
# Of these the texts that many figures share: kept once each, they take a tenth of the memory.
_SHARED = (
    *("indicator", "bound", "unit", "people", "part", "place", "status", "cause", "period"),
    *("attributed_to", "body", "outlet"),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One rule's objection to one figure, with what its sentence needs."""

    figure_id: str
    rule: str
    facts: Mapping[str, object]

    @property
    def detail(self) -> str:
        """The facts as stored text."""
        return json.dumps(self.facts, ensure_ascii=False, sort_keys=True)


def looked_at(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with what the rules look at; the class of the cause stands for the cause.

    Adds kind, that of the indicator: stock, flow or baseline.
    """
    kinds = {name: each.kind for name, each in INDICATORS.items()}
    found = classed(figures[list(COLUMNS)])
    found = found.assign(kind=found["indicator"].map(kinds))
    return found.astype(dict.fromkeys([*_SHARED, "kind"], "category"))


def who(row: NamedRow) -> Facts:
    """The values with which a sentence says who stated a figure, in any language."""
    return {name: getattr(row, name) for name in ("attributed_to", "place", "outlet", "published")}


def high(row: NamedRow) -> float:
    """The upper end of a range, else the value."""
    return float(row.value if pd.isna(row.value_high) else row.value_high)


def highs(figures: pd.DataFrame) -> pd.Series:
    """For each figure the upper end of its range, else its value."""
    return figures["value_high"].fillna(figures["value"])
