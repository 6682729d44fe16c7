"""Several tables on one sheet: under one another or side by side, each under its own header.

A row read under another table's header would turn households into deaths. So a table ends where the
next header stands, understood or not: the rows below a header that nobody understands are refused.
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
    layout_of,
    says_columns,
    unread_header,
)
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import AREAS
from etl.reports.tables.words import stated, words
from impact.model.places import UnknownPlace, find

_DATES = ("date", "date_end")
# What one row of figures has once: two of them in one header are two tables.
_ONCE = (*_DATES, *AREAS)


def tables_below(grid: Grid, caption: Cell | None, published: str) -> list[tuple[Layout, int]]:
    """The tables that stand under one another, each with the index after its last row.

    Empty where no row heads anything that counts.
    """
    found: list[tuple[Layout, int]] = []
    start = 0
    while start < len(grid):
        layout = layout_of(grid, None if found else caption, published, start)
        if layout is None and not found:
            return []
        found += _unread(grid, start, layout.top if layout else len(grid))
        if layout is None:
            break
        start = _end(grid, layout)
        found.append((layout, start))
    return found


def _unread(grid: Grid, start: int, end: int) -> list[tuple[Layout, int]]:
    """The table between two rows whose header nobody understands, if there is one."""
    at = unread_header(grid, start, end)
    if at is None:
        return []
    header = (tuple(cell.text for cell in grid[at]),)
    return [(Layout((), at + 1, {}, "", header, unread=True), _without_titles(grid, at + 1, end))]


def _end(grid: Grid, layout: Layout) -> int:
    """The index after a table's last row: the next table's title or header stands there."""
    for index in range(layout.first, len(grid)):
        if _heads_another(grid, index, layout):
            return _without_titles(grid, layout.first, index)
    return len(grid)


def _without_titles(grid: Grid, first: int, end: int) -> int:
    """The end of a table that another follows, whose title may stand between them."""
    if end < len(grid):
        while end > first and len(filled(grid[end - 1])) <= 1:
            end -= 1
    return end


def _heads_another(grid: Grid, index: int, layout: Layout) -> bool:
    """Whether a row heads the rows below it and not this table's once more."""
    row = grid[index]
    if tuple(cell.text for cell in row) in layout.header:
        return False
    if says_columns(row):
        return True
    heads = unread_header(grid, index, index + 2) is not None
    return heads and not any(_fits(row, layout))


def _fits(row: Cells, layout: Layout) -> Iterator[bool]:
    """For each cell whose column asks for something that can be checked, whether it is that."""
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
        return is_amount(text) or text.casefold() in words().missing
    return column.role == "indicator" and "indicator" in stated(text)


# Side by side


def sides(grid: Grid, caption: Cell | None, published: str) -> list[tuple[int, int]]:
    """The columns, from and to, of the tables that stand beside each other; one of all columns
    where each row belongs together."""
    width = max(map(len, grid), default=0)
    cuts = [0, *_cuts(grid, width, caption, published), width]
    found = [(cuts[0], cuts[1])]
    for start, end in pairwise(cuts[1:]):
        both = (found[-1], (start, end))
        if all(_stands_alone(part(grid, *each), caption, published) for each in both):
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return [(start, _last_filled(grid, start, end)) for start, end in found]


def _last_filled(grid: Grid, start: int, end: int) -> int:
    """The end without the blank columns before it."""
    while end > start + 1 and not any(at.text for row in grid for at in row[end - 1 : end]):
        end -= 1
    return end


def part(grid: Grid, start: int, end: int) -> Grid:
    """The columns of a grid from one to another, every row in its place."""
    return [row[start:end] for row in grid]


def _cuts(grid: Grid, width: int, caption: Cell | None, published: str) -> Sequence[int]:
    """Columns at which another table may begin: after a blank one, or where the header repeats."""
    blank = [not any(at < len(row) and row[at].text for row in grid) for at in range(width)]
    after = {at for at in range(1, width) if blank[at - 1] and not blank[at]}
    layout = layout_of(grid, caption, published)
    return sorted(after | (_repeated(layout) if layout else set()))


def _repeated(layout: Layout) -> set[int]:
    """Columns whose header stood before, with other columns in between."""
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


def _stands_alone(grid: Grid, caption: Cell | None, published: str) -> bool:
    """Whether a part of a sheet counts something and says of what place or day."""
    layout = layout_of(grid, caption, published)
    return layout is not None and bool(layout.having(*_ONCE))
