"""Columns whose header says nothing, told by their cells: days, places or groups of people stand in
all of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.reports.tables.cells import Cell, Cells
from etl.reports.tables.columns import Column
from etl.reports.tables.dates import date_of
from etl.reports.tables.places import is_place
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import AREAS, UNCLEAR, stated

_FEWEST = 2  # cells besides totals that tell a column


def guessed(columns: Sequence[Column], below: Sequence[Cells], known: date | None) -> list[Column]:
    """The columns, with the role that its cells have for the first one if its header has none.

    known  the last day that a date without a year may be
    A table that already has such a column is left as it is.
    """
    first, *others = columns
    roles = {column.role for column in columns}
    if first.role or not any(column.role == "measure" for column in others):
        return list(columns)
    cells = [row[0] for row in below if row and row[0].text]
    role = role_of_cells(cells, known) or ("people" if _are_groups(cells) else "")
    if role in roles or (role == "place" and roles & {*AREAS}):
        role = ""
    return [replace(first, role=role), *others]


def role_of_cells(cells: Sequence[Cell], known: date | None) -> str:
    """What all of these cells are: "date" or "place"; "" if they are neither. Totals may be among
    them."""
    named = [cell for cell in cells if without_total(cell.text)]
    if len(named) < _FEWEST:
        return ""
    if all(date_of(cell.text, known) for cell in named):
        return "date"
    return "place" if all(is_place(cell.text) for cell in named) else ""


def _are_groups(cells: Sequence[Cell]) -> bool:
    """Whether each cell names a group of people: "Men", "Women", "Children". Totals may be among
    them."""
    named = [stated(cell.text) for cell in cells if without_total(cell.text)]
    return len(named) >= _FEWEST and all(
        each.keys() == {"people"} and each["people"] != UNCLEAR for each in named
    )
