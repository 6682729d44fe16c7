"""Rows of tables: the type of a DataFrame's row, and functions that make such rows."""

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

# Column -> cell. Each column has its own type, which the type checker cannot know.
Row = Mapping[str, Any]
# A row of DataFrame.itertuples: each column is an attribute.
NamedRow = Any


def record(frame: pd.DataFrame, number: int = 0) -> Row:
    """One row of a table. `number` counts from 0, or from -1 for the last row backwards.

    Raises IndexError if there is no such row.
    """
    return records(frame.iloc[[number]])[0]


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table in their order. The names of its columns must be texts."""
    return cast("list[Row]", frame.to_dict("records"))
