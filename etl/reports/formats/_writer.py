"""Writes a document: lines and tables in reading order, with the offsets of everything."""

import re
from collections.abc import Iterable, Sequence

from etl.reports.formats import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, Refused
from etl.reports.formats._letters import clean
from etl.reports.model.document import Document, Span, Table

# A no-break space stays: it holds "12 480" together.
_SPACES = re.compile(r"[ \t\f\v]+")
_BREAKS = re.compile(r"\s*\n\s*")


class Writer:
    """Collects a document's text. Lines, cells and marks get their offsets as they are added."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._cells = 0
        self._pending: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._tables: list[Table] = []
        self._notes: dict[str, None] = {}

    def mark(self, position: str) -> None:
        """What is added next begins a page, a sheet or a footnote."""
        self._pending.append(position)

    def note(self, code: str) -> None:
        """Something a person should know, said once."""
        self._notes[code] = None

    def lines(self, text: str) -> None:
        """Adds each line of a text that holds anything, with single spaces."""
        for line in clean(text).split("\n"):
            if line := _SPACES.sub(" ", line).strip():
                self._add(line, "\n")

    def join(self, text: str, glue: str = " ") -> None:
        """Goes on with the last line."""
        if text := _SPACES.sub(" ", clean(text)).strip():
            self._add(text, glue)

    def verbatim(self, text: str) -> None:
        """Adds a cleaned text as it stands, indents and empty lines included."""
        if text:
            self._add(text, "\n")

    def table(self, rows: Iterable[Sequence[str]], position: str = "") -> None:
        """Adds rows as lines of cells with tabs between; rows without any content are left out.

        Empty cells keep their column, those at the end of a row are cut.
        """
        placed = []
        for row in rows:
            cells = [_one_line(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                placed.append(self._row(cells))
        if placed:
            self._tables.append(Table(tuple(placed), position))

    def document(self, name: str, kind: str, **about: str) -> Document:
        """The document as written. `about`: title, published, publisher, url."""
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

    def _row(self, cells: list[str]) -> tuple[Span, ...]:
        self._cells += len(cells)
        if len(cells) > MAX_COLUMNS:
            raise Refused("too_big", "columns")
        if self._cells > MAX_CELLS:
            raise Refused("too_big", "cells")
        self._add("\t".join(cells), "\n")
        spans = []
        start = self._length - sum(map(len, cells)) - len(cells) + 1
        for cell in cells:
            spans.append((start, start + len(cell)))
            start += len(cell) + 1
        return tuple(spans)

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


def _one_line(cell: str) -> str:
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()  # most cells of long tables
    return _SPACES.sub(" ", _BREAKS.sub(" ", clean(cell))).strip()
