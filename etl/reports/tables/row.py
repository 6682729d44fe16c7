"""Row: one row of a table, with its cells by role and with all that the rows share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from etl.reports.model.document import Document, Span
from etl.reports.tables.cells import Cell, Cells, Fact, filled
from etl.reports.tables.columns import Column
from etl.reports.tables.layout import Layout
from etl.reports.tables.places import Places
from etl.reports.tables.words import is_missing

# Field of a figure -> its value. Figure checks that each value has the type of its field.
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of a table share.

    position   where the table stands in its document
    published  ISO date of the publication, or ""
    places     finds places; remembers the unknown ones of this table
    lines      of a table that lay on its side, the span of each line, now a column; else empty
    around     the place of all rows that neither they nor a title name, and the words that name it
    above      how many rows of the table stand above the part that is read
    broken     indexes of columns of counts with a fraction somewhere: they count in something else
    """

    document: Document
    position: str
    layout: Layout
    published: str
    places: Places
    lines: Sequence[Span] = ()
    around: Fact | None = None
    above: int = 0
    broken: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Row:
    """A row that holds some text.

    index    counts from 0 in the table
    section  the cell with the place's name in the section row above, if there is one
    main     the cell above that names what this row counts a part of ("of them children")
    whole    "place" and "date" of a total that does not name them; empty if they are not known
    some     the words of a row that counts a part of the row above, "of which last week"; the place
             of that row stands in its cells
    """

    frame: Frame
    index: int
    cells: Cells
    section: Cell | None = None
    main: Cell | None = None
    whole: Mapping[str, str] = field(default_factory=dict)
    some: Cell | None = None

    @cached_property
    def span(self) -> Span:
        """From the start of the first filled cell to the end of the last; of a table that lay on
        its side the first filled cell."""
        spans = [cell.span for cell in filled(self.cells)]
        if self.frame.lines:
            return spans[0]
        return min(start for start, _ in spans), max(end for _, end in spans)

    def around(self, cell: Cell) -> Span:
        """What a number in a cell of this row quotes: the row; of a table that lay on its side
        the cell's line up to it."""
        for start, end in self.frame.lines:
            if start <= cell.span[0] < end:
                return start, cell.span[1]
        return self.span

    @property
    def quote(self) -> str:
        """The row's text as it stands in the document."""
        start, end = self.span
        return self.frame.document.text[start:end]

    @property
    def position(self) -> str:
        """The table's position and the row's number, from 1, as they stand in the document."""
        name = f"row {self.frame.above + self.index + 1}"
        if self.frame.lines:  # its rows were columns, and the first of them the header
            name = f"column {self.index - self.frame.layout.top + 1}"
        return ", ".join(filter(None, [self.frame.position, name]))

    def having(self, *roles: str) -> list[tuple[int, Cell]]:
        """The index of each column with one of these roles, and the row's cell there.

        Cells without a value ("", "n/a" …, see columns.toml) are left out.
        """
        return [
            (at, self.cells[at])
            for at in self.frame.layout.having(*roles)
            if at < len(self.cells) and not is_missing(self.cells[at].text)
        ]

    def first(self, *roles: str) -> Cell | None:
        """The first cell that `having` gives, or None."""
        return next((cell for _, cell in self.having(*roles)), None)

    def measures(self) -> list[Column]:
        """The columns of counts."""
        columns = self.frame.layout.columns
        return [columns[at] for at in self.frame.layout.having("measure")]

    def origin(self, quoted: Span) -> Fields:
        """The fields of a figure that say where it stands. `quoted` is what it quotes."""
        start, end = quoted
        return {
            "quote": self.frame.document.text[start:end],
            "start": start,
            "end": end,
            "position": self.position,
            "source": "report",
        }
