"""Cell: one cell of a table. Fact: what a cell says of one field of a figure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.reports.model.document import Document, Span, Table

# A value of a field, and the span of the cell that says it.
Fact = tuple[str, Span]
Facts = dict[str, Fact]  # name of a field of Figure -> what is said of it


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    text       on one line, with single spaces; no spaces and asterisks at its ends, and no mark of
               a footnote behind a word
    span       offsets in the document's text, without these at both ends
    is_merged  whether it is one cell that stands at several places of the table
    is_copy    whether its text is written at another of these places, further up or left
    """

    text: str
    span: Span
    is_merged: bool = False
    is_copy: bool = False


Cells = Sequence[Cell]

_ORDINAL = re.compile(r"(\d{1,3})[.)]\s+(?=[^\W\d_])")
_FEWEST = 2  # rows that are counted
_AROUND = "* \t\n\r\v\f\u00a0\u202f\u2009"  # spaces, and marks of a footnote or of bold letters
# "Sumy¹", "Odesa [a]", "Killed†", "2022 (a)"; "km²" is a unit.
_NOTED = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[).]))\s?(?:[⁰¹²³⁴-⁹†‡]+|\[(?:\d{1,2}|[^\W\d_])\])$"
    r"|(?<=(?<!\d)20\d\d)\s\([^\W\d_]\)$"
)


def cell_at(text: str, span: Span) -> Cell:
    """The cell that stands at a span of a document's text."""
    start, end = span
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip(_AROUND))
    raw = without_mark(raw.strip(_AROUND))
    return Cell(" ".join(raw.split()), (start, start + len(raw)))


def without_mark(name: str) -> str:
    """A name without the mark of a footnote behind it."""
    return _NOTED.sub("", name)


def grid_of(document: Document, table: Table) -> list[list[Cell]]:
    """The rows of a table. A merged cell stands at each of its places; all but one are copies."""
    often = Counter(span for row in table.rows for span in row if span[0] < span[1])
    seen: set[Span] = set()
    grid = []
    for row in table.rows:
        cells = []
        for span in row:
            cell = cell_at(document.text, span)
            if often[span] > 1:
                cell = replace(cell, is_merged=True, is_copy=span in seen)
                seen.add(span)
            cells.append(cell)
        grid.append(cells)
    return _without_ordinals(grid, document.text)


def _without_ordinals(grid: list[list[Cell]], text: str) -> list[list[Cell]]:
    """The rows without the numbers that only count them: "1. Kharkiv Oblast", "2. Sumy Oblast"."""
    counted = {}
    for at, row in enumerate(grid):
        if row and (number := _ORDINAL.match(text, *row[0].span)):
            counted[at] = number
    numbers = [int(number[1]) for number in counted.values()]
    if len(numbers) < _FEWEST or numbers != [*range(1, len(numbers) + 1)]:
        return grid
    for at, number in counted.items():
        first = grid[at][0]
        named = cell_at(text, (number.end(), first.span[1]))
        grid[at][0] = replace(first, text=named.text, span=named.span)
    return grid


def filled(row: Cells) -> list[Cell]:
    """The cells of a row in which any text is written."""
    return [cell for cell in row if cell.text and not cell.is_copy]


def said(facts: Mapping[str, Fact], name: str) -> str:
    """The value that the facts give a field; "" if they give none."""
    return facts[name][0] if name in facts else ""
