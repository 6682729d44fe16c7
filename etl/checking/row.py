"""A row of a table that is checked, or of one that stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.model.figure import Figure


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row with the figure that it gives. Rows are told apart by where they stand.

    file    the table that it stands in
    line    number of the line on which it ends, from 1
    cells   as they stand in the table
    figure  None if the row is refused
    """

    file: Path
    line: int
    cells: Mapping[str, str]
    figure: Figure | None

    @property
    def name(self) -> str:
        """How a sentence names the row: its id, or its line if it has none."""
        return self.cells["id"] or f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row."""

    row: Row
    sentence: str

    def __str__(self) -> str:
        """One line: file, line and id of the row, then the sentence."""
        named = f", {self.row.cells['id']}" if self.row.cells["id"] else ""
        return f"{self.row.file.name}, line {self.row.line}{named}: {self.sentence}"
