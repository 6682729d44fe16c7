"""Several tables on one sheet: one below the other or side by side, each with its own header.

A row that is read with the header of another table gives wrong figures: households could become
deaths. So a table ends at the next header, even if that header is not understood. The rows below a
header that is not understood are refused.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from etl.reports.tables.cells import Cell, Cells, filled
from etl.reports.tables.columns import Column
from etl.reports.tables.dates import date_of
from etl.reports.tables.layout import (
    Grid,
    Layout,
    begins_record,
    layout_of,
    says_columns,
    unread_header,
)
from etl.reports.tables.lists import listed
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.titles import title_facts
from etl.reports.tables.words import AREAS, is_missing, stated
from impact.model.places import UnknownPlace, find

_DATES = ("date", "date_end")
# A table has each of these columns once. If a header repeats one, two tables stand side by side.
_ONCE = (*_DATES, *AREAS)
_OF_COUNTS = {"indicator", "unit", "status", "supply", "people", "launched", "army", "scale"}


def tables_below(grid: Grid, captions: Sequence[Cell], published: str) -> list[tuple[Layout, int]]:
    """The tables that stand one below the other, each with the index after its last row.

    Empty if no column of the sheet counts anything.
    """
    found: list[tuple[Layout, int]] = []
    start = 0
    while start < len(grid):
        above = _general(grid, found[0][0], captions, published) if found else captions
        layout = layout_of(grid, above, published, start) or listed(grid, above, published, start)
        if layout is None and not found:
            return []
        found += _unread(grid, start, layout.top if layout else len(grid))
        if layout is None:
            break
        start = _end(grid, layout)
        found.append((layout, start))
    return found


def _general(grid: Grid, first: Layout, captions: Sequence[Cell], published: str) -> Sequence[Cell]:
    """The titles above the first table that hold for those below it, too: they say when and where,
    and not what is counted."""
    rows = [filled(row) for row in grid[: first.top]]
    titles = [*captions, *(row[0] for row in rows if len(row) == 1)]
    return [each for each in titles if not title_facts([each], published).keys() & _OF_COUNTS]


def _unread(grid: Grid, start: int, end: int) -> list[tuple[Layout, int]]:
    """The table between two rows whose header is not understood; empty if there is none."""
    at = unread_header(grid, start, end)
    if at is None:
        return []
    header = (tuple(cell.text for cell in grid[at]),)
    return [(Layout((), at + 1, {}, "", header, unread=True), _without_titles(grid, at + 1, end))]


def _end(grid: Grid, layout: Layout) -> int:
    """The index after a table's last row: the next title or header, or the end of the grid."""
    for index in range(layout.first, len(grid)):
        if _heads_another(grid, index, layout):
            return _without_titles(grid, layout.first, index)
    return len(grid)


def _without_titles(grid: Grid, first: int, end: int) -> int:
    """The end of a table without the title rows of the next table."""
    if end < len(grid):
        while end > first and len(filled(grid[end - 1])) <= 1:
            end -= 1
    return end


def _heads_another(grid: Grid, index: int, layout: Layout) -> bool:
    """Whether a row is the header of another table, and not a repetition of this one's."""
    row = grid[index]
    if tuple(cell.text for cell in row) in layout.header:
        return False
    if says_columns(row) or begins_record(row, layout):
        return True
    heads = unread_header(grid, index, index + 2) is not None
    return heads and not any(_fits(row, layout))


def _fits(row: Cells, layout: Layout) -> Iterator[bool]:
    """For each filled cell, whether it fits the role of its column."""
    for at, column in enumerate(layout.columns[: len(row)]):
        if text := row[at].text:
            yield _is_of(text, column)


def _is_of(text: str, column: Column) -> bool:
    if column.role in _DATES:
        return date_of(text) is not None
    if column.role in AREAS:
        with suppress(UnknownPlace):
            return bool(find(text))
        return False
    if column.role in ("measure", "value"):
        return is_amount(text) or is_missing(text)
    return column.role == "indicator" and "indicator" in stated(text)


# Side by side


def sides(grid: Grid, captions: Sequence[Cell], published: str) -> list[tuple[int, int]]:
    """The tables that stand side by side, each as its first column and the column after its last.

    One pair for all columns if there is only one table.
    """
    width = max(map(len, grid), default=0)
    cuts = [0, *_cuts(grid, width, captions, published), width]
    found = [(cuts[0], cuts[1])]
    for start, end in pairwise(cuts[1:]):
        both = (found[-1], (start, end))
        if all(_stands_alone(part(grid, *each), captions, published) for each in both):
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return [(start, _last_filled(grid, start, end)) for start, end in found]


def _last_filled(grid: Grid, start: int, end: int) -> int:
    """The column after the last one that is not blank."""
    while end > start + 1 and not any(at.text for row in grid for at in row[end - 1 : end]):
        end -= 1
    return end


def part(grid: Grid, start: int, end: int) -> Grid:
    """The columns of a grid from `start` to the one before `end`, with all rows."""
    return [row[start:end] for row in grid]


def _cuts(grid: Grid, width: int, captions: Sequence[Cell], published: str) -> Sequence[int]:
    """Columns at which a table may begin: after a blank column, or where the header repeats."""
    blank = [not any(at < len(row) and row[at].text for row in grid) for at in range(width)]
    after = {at for at in range(1, width) if blank[at - 1] and not blank[at]}
    layout = layout_of(grid, captions, published)
    return sorted(after | (_repeated(layout) if layout else set()))


def _repeated(layout: Layout) -> set[int]:
    """Columns with a header that an earlier column has, too, with other columns between them."""
    seen: set[str] = set()
    found, counted = set(), False
    for at, column in enumerate(layout.columns):
        if column.role in _ONCE:
            if counted and column.text in seen:
                found.add(at)
                seen, counted = set(), False
            seen.add(column.text)
        elif column.text:
            counted = True
    return found


def _stands_alone(grid: Grid, captions: Sequence[Cell], published: str) -> bool:
    """Whether a part of a sheet is a table of its own: it counts, and has a place or a date."""
    layout = layout_of(grid, captions, published)
    return layout is not None and bool(layout.having(*_ONCE))
