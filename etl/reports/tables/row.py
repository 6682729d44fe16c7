"""Row: one row of a table with what it shares with the others, its cells found by their roles."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from etl.reports.model.document import Document, Span
from etl.reports.tables.cells import Cell, Cells, filled
from etl.reports.tables.columns import Column
from etl.reports.tables.layout import Layout
from etl.reports.tables.places import Places
from etl.reports.tables.words import words

# Field of a figure -> its value. Figure checks that each value has the type of its field.
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of a table share.

    position   of the table in its document
    published  ISO date of the publication or ""
    places     remembers the unknown places of the table
    """

    document: Document
    position: str
    layout: Layout
    published: str
    places: Places


@dataclass(frozen=True)
class Row:
    """A row that holds some text.

    index    from 0 among the table's rows
    section  the cell of the section row above that names its place, if there is one
    """

    frame: Frame
    index: int
    cells: Cells
    section: Cell | None = None

    @cached_property
    def span(self) -> Span:
        """From the first filled cell to the last."""
        spans = [cell.span for cell in filled(self.cells)]
        return min(start for start, _ in spans), max(end for _, end in spans)

    @property
    def quote(self) -> str:
        """The row's text as it stands in the document."""
        start, end = self.span
        return self.frame.document.text[start:end]

    @property
    def position(self) -> str:
        """The table's position and the row's number, from 1."""
        return ", ".join(filter(None, [self.frame.position, f"row {self.index + 1}"]))

    def having(self, *roles: str) -> list[tuple[int, Cell]]:
        """The row's cells in the columns of these roles that say something, with their indexes."""
        return [
            (at, self.cells[at])
            for at in self.frame.layout.having(*roles)
            if at < len(self.cells) and self.cells[at].text.casefold() not in words().missing
        ]

    def first(self, *roles: str) -> Cell | None:
        """The first such cell."""
        return next((cell for _, cell in self.having(*roles)), None)

    def measures(self) -> list[Column]:
        """The columns of counts."""
        columns = self.frame.layout.columns
        return [columns[at] for at in self.frame.layout.having("measure")]

    def origin(self) -> Fields:
        """The fields of a figure that say where it stands."""
        start, end = self.span
        return {
            "quote": self.quote,
            "start": start,
            "end": end,
            "position": self.position,
            "source": "report",
        }
