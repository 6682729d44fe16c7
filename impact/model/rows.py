"""Rows of tables: the one type of a row of a DataFrame, and the way to it."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

# Column -> cell. A cell's type is the column's: the table knows it, the type checker does not.
Row = Mapping[str, Any]
# A row of DataFrame.itertuples: its columns are its attributes.
NamedRow = Any


def record(frame: pd.DataFrame, number: int = 0) -> Row:
    """One row of a table, by its place from the first or, below zero, from the last."""
    return records(frame.iloc[[number]])[0]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table in their order. Our columns are named by texts."""
    return cast("list[Row]", frame.to_dict("records"))
