"""Rows of tables: the type of a DataFrame's row, and functions that make such rows.

The record needs the type alone, and reports are read where there is no pandas: it is taken in with
the first table.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Column -> cell. Each column has its own type, which the type checker cannot know.
Row = Mapping[str, Any]
# A row of DataFrame.itertuples: each column is an attribute.
NamedRow = Any


def record(frame: "pd.DataFrame", number: int = 0) -> Row:
    """One row of a table. `number` counts from 0, or from -1 for the last row backwards.

    Raises IndexError if there is no such row.
    """
    return records(frame.iloc[[number]])[0]


def records(frame: "pd.DataFrame") -> list[Row]:
    """The rows of a table in their order. The names of its columns must be texts.

    They are those of `frame.to_dict("records")`, which takes five times as long for wide tables.
    """
    names = frame.columns.tolist()
    cells = [_cells(frame[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _cells(column: "pd.Series") -> list[Any]:
    """A column's cells as Python's own types. A missing number of a nullable column is None."""
    import pandas as pd

    cells = column.tolist()
    if getattr(column.dtype, "na_value", None) is pd.NA:
        return [None if cell is pd.NA else cell for cell in cells]
    return cells
