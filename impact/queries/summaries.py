"""The summaries of the snapshot as rows for programs, with the ids of their figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Shape:
    """How a summary's rows are found and ordered.

    day    the column of its first day
    order  the columns that order it
    ruled  whether it has rows for each headline rule
    areas  whether its rows are about areas and indicators
    beside  the summary that has further columns of its rows, and by which it is joined
    """

    day: str
    order: tuple[str, ...]
    ruled: bool = True
    areas: bool = True
    beside: str = ""


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "attack": Shape(
            "day", ("day",), areas=False, beside="JOIN attack_neighbour USING (rule, day)"
        ),
        "peak": Shape("first", ("first", "final", "indicator", "area", "people")),
        "coverage": Shape("week", ("week", "indicator", "area"), ruled=False),
        "recovery": Shape("day", ("day", "indicator", "area", "unit", "after")),
        "person_hours": Shape("month", ("month", "indicator", "area"), ruled=False),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a summary; fields that are empty ask for nothing."""

    places: Collection[str] = ()
    indicator: str = ""
    first: date | None = None
    last: date | None = None
    rule: str = DEFAULT_RULE


def count(reader: Reader, summary: str, wanted: Wanted) -> int:
    """How many rows there are."""
    where, values = _conditions(SHAPES[summary], wanted)
    return int(reader.query(f"SELECT count(*) AS rows FROM {summary} {where}", values)["rows"][0])


def rows(reader: Reader, summary: str, wanted: Wanted, limit: int, offset: int = 0) -> pd.DataFrame:
    """Rows of a summary, the latest first."""
    shape = SHAPES[summary]
    where, values = _conditions(shape, wanted)
    first, *others = shape.order
    order = ", ".join([f"{first} DESC", *others])
    return reader.query(
        f"FROM {summary} {shape.beside} {where} ORDER BY {order} LIMIT $limit OFFSET $offset",
        {**values, "limit": limit, "offset": offset},
    )


def _conditions(shape: Shape, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """WHERE and its parameters."""
    asked: list[tuple[str, str, object]] = [
        (f"{shape.day} >= $first", "first", wanted.first),
        (f"{shape.day} <= $last", "last", wanted.last),
    ]
    if shape.ruled:
        asked.append(("rule = $rule", "rule", wanted.rule))
    if shape.areas:
        asked.append(("area IN (SELECT unnest($places))", "places", list(wanted.places)))
        asked.append(("indicator = $indicator", "indicator", wanted.indicator))
    said = [each for each in asked if each[2]]
    conditions = " AND ".join(["TRUE", *(condition for condition, _, _ in said)])
    return f"WHERE {conditions}", {name: value for _, name, value in said}
