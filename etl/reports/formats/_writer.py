"""Writer: builds the text of a document, and notes the offsets of its lines, tables and marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from etl.reports.formats import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, Refused
from etl.reports.formats._letters import clean
from etl.reports.model.document import Document, Span, Table

# A no-break space is kept: it shows that "12 480" is one number.
_SPACES = re.compile(r"[ \t\f\v]+")
_BREAKS = re.compile(r"\s*\n\s*")
_POST = 80  # characters: a header or a name that is broken over lines is shorter


# A merged cell: its first row, first column, last row and last column, from 0.
Merged = tuple[int, int, int, int]


class Writer:
    """Collects the text of a document in reading order.

    Every method that adds text raises Refused("too_big") at the limits of
    etl/reports/model/limits.py.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._pending: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._tables: list[Table] = []
        self._notes: dict[str, None] = {}

    def mark(self, position: str) -> None:
        """Says that a page, a sheet or a footnote begins with the next text that is added."""
        self._pending.append(position)

    def note(self, code: str) -> None:
        """Adds a code of etl/reports/opening/refusals.NOTES, once."""
        self._notes[code] = None

    def lines(self, text: str) -> None:
        """Adds each line of a text that is not blank, with single spaces."""
        for line in clean(text).split("\n"):
            if line := _SPACES.sub(" ", line).strip():
                self._add(line, "\n")

    def join(self, text: str, glue: str = " ") -> None:
        """Adds text to the last line, with `glue` between."""
        if text := _SPACES.sub(" ", clean(text)).strip():
            self._add(text, glue)

    def verbatim(self, text: str) -> None:
        """Adds a cleaned text unchanged, with its indents and empty lines."""
        if text:
            self._add(text, "\n")

    def table(
        self,
        rows: Iterable[Sequence[str]],
        position: str = "",
        merged: Sequence[Merged] = (),
        posts: bool = False,
    ) -> None:
        """Adds a table. Each row becomes a line, with tabs between its cells.

        posts  whether a cell as long as a post keeps the lines that its writer gave it

        Rows without content are left out. Empty cells stay, so that each cell keeps its column,
        but those at the end of a row are cut off. Each cell that a merged one covers has its span.
        """
        placed: dict[int, list[Span]] = {}
        for index, row in enumerate(rows):
            cells = [_as_written(cell) if posts else _one_line(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                placed[index] = self._row(cells)
        if placed:
            self._cover(placed, merged)
            self._tables.append(Table(tuple(map(tuple, placed.values())), position))

    def _cover(self, placed: dict[int, list[Span]], merged: Sequence[Merged]) -> None:
        """Gives the cells that a merged cell covers its span. `placed` is index -> row."""
        width = max(map(len, placed.values()))
        indexes = list(placed)
        for top, left, bottom, right in merged:
            if top not in placed or left >= len(placed[top]):
                continue
            span = placed[top][left]
            for index in indexes[bisect_left(indexes, top) : bisect_right(indexes, bottom)]:
                row = placed[index]
                self._count(min(right + 1, width) - left)
                row += [(row[-1][1],) * 2] * (min(right + 1, width) - len(row))
                for at in range(left, min(right + 1, width)):
                    row[at] = row[at] if row[at][0] < row[at][1] else span

    def document(self, name: str, kind: str, **about: str) -> Document:
        """The finished document.

        about  title, published, publisher, url; each is cut off after 1,000 characters
        """
        self._place_marks()
        return Document(
            name=name,
            kind=kind,
            text="".join(self._parts),
            marks=tuple(self._marks),
            tables=tuple(self._tables),
            notes=tuple(self._notes),
            **{field: _one_line(value)[:1000] for field, value in about.items()},
        )

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise Refused("too_big", "cells")

    def _row(self, cells: list[str]) -> list[Span]:
        if len(cells) > MAX_COLUMNS:
            raise Refused("too_big", "columns")
        self._count(len(cells))
        self._add("\t".join(cells), "\n")
        spans = []
        start = self._length - sum(map(len, cells)) - len(cells) + 1
        for cell in cells:
            spans.append((start, start + len(cell)))
            start += len(cell) + 1
        return spans

    def _add(self, text: str, before: str) -> None:
        before = before if self._length else ""
        self._length += len(before)
        self._place_marks()
        self._parts += (before, text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise Refused("too_big", "characters")

    def _place_marks(self) -> None:
        self._marks += ((self._length, position) for position in self._pending)
        self._pending.clear()


def _as_written(cell: str) -> str:
    """A cell on one line, but the lines of a long one as they are, without the blank ones."""
    if len(cell) < _POST or "\n" not in cell:
        return _one_line(cell)
    return "\n".join(filter(None, map(_one_line, clean(cell).split("\n"))))


def _one_line(cell: str) -> str:
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()  # a fast way for most cells of long tables
    return _SPACES.sub(" ", _BREAKS.sub(" ", clean(cell))).strip()
