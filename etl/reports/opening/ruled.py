"""Tables drawn in running text: lines whose cells are parted by bars, tabs, spaces or dots."""

import re
from collections.abc import Iterator
from itertools import groupby

from etl.reports.model.document import Span, Table

# What parts the cells, the surest first.
_RULINGS = tuple(map(re.compile, (r"\|", r"\t", r"\.{3,}", r" {2,}", r";")))
_RULE = re.compile(r"[\s|:+=-]+")  # the line below a header
_COUNT = re.compile(r"\D{0,12}\d[\d\s.,*]*\D{0,6}|[-–—]?")  # a cell of a column that counts
_FEWEST = 3  # rows that make a table, its header included
_LONGEST = 60  # letters of a cell; the parts of a sentence are longer

Cells = tuple[Span, ...]


def tables_in(text: str) -> list[Table]:
    """The tables of a text, their cells as spans of it, in the order of the text."""
    found: list[Table] = []
    for ruling in _RULINGS:
        if ruling.search(text):
            found += (each for each in _ruled(text, ruling) if not _within(each, found))
    return sorted(found, key=lambda table: table.span)


def _within(table: Table, found: list[Table]) -> bool:
    start, end = table.span
    return any(start < other.span[1] and other.span[0] < end for other in found)


def _ruled(text: str, ruling: re.Pattern) -> Iterator[Table]:
    """The tables of one ruling: lines below each other with as many cells."""
    for many, lines in groupby(_lines(text, ruling), len):
        rows = tuple(lines) if many > 1 else ()
        if len(rows) >= _FEWEST and _counts(text, rows):
            yield Table(rows)


def _counts(text: str, rows: tuple[Cells, ...]) -> bool:
    """Whether all cells are short, and most of those beside a row's first are counts."""
    cells = [text[start:end] for row in rows for start, end in row]
    beside = [text[start:end] for row in rows[1:] for start, end in row[1:]]
    counts = sum(_COUNT.fullmatch(cell) is not None for cell in beside)
    return max(map(len, cells)) <= _LONGEST and 2 * counts > len(beside)


def _lines(text: str, ruling: re.Pattern) -> Iterator[Cells]:
    """The cells of each line. A rule is no line."""
    offset = 0
    for line in text.split("\n"):
        if not (line.strip() and _RULE.fullmatch(line)):
            yield tuple(_cells(line, offset, ruling))
        offset += len(line) + 1


def _cells(line: str, offset: int, ruling: re.Pattern) -> Iterator[Span]:
    """The cells of a line without the bars at its ends and the spaces around each."""
    inner = line.strip().strip("|")
    begin, start = line.index(inner), 0
    for end in [*(mark.span() for mark in ruling.finditer(inner)), (len(inner), len(inner))]:
        cell = inner[start : end[0]]
        left = offset + begin + start + len(cell) - len(cell.lstrip())
        yield left, left + len(cell.strip())
        start = end[1]
