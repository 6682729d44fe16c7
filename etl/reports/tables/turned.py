"""Tables that lie on their side: each line is what a column of other tables is. The first cell of a
line says what it counts, and the first line names the places or days.

Such a table is set upright: its lines become columns. So whatever rows and columns may say is read
in it, too: days of their own, sources, parts, totals.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from etl.reports.model.document import Span
from etl.reports.tables.cells import Cell, Cells, filled
from etl.reports.tables.columns import day_role
from etl.reports.tables.guessed import role_of_cells
from etl.reports.tables.layout import ABOUT, Grid
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import is_place
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import is_missing, role_of, stated

_FEWEST = 2  # places or days that make a line of them
_COUNTING = {"indicator", "unit", "people", "status"}
_BLANK = Cell("", (0, 0))


def upright(grid: Grid, known: date | None) -> Iterator[tuple[Grid, Sequence[Span]]]:
    """The parts of a grid, each with its lines upright, and for a part that lay on its side the
    span of each of its lines; no spans for any other part.

    known  the last day that a date without a year may be
    """
    start = at = 0
    while at < len(grid):
        end = _end(grid, at, known)
        if end == at:
            at += 1
            continue
        titles = _titles(grid, start, at)
        if start < titles:
            yield grid[start:titles], ()
        corner = [[grid[at][0]]] if is_place(grid[at][0].text) else []  # "Kherson | 18 Jan | …"
        rows = [*grid[titles:at], *corner, *_turned(grid[at:end])]
        yield rows, [_line(row) for row in grid[at:end]]
        start = at = end
    if start < len(grid):
        yield grid[start:], ()


def _titles(grid: Grid, start: int, at: int) -> int:
    """Index of the first of the rows right above a line that hold one text each."""
    first = at
    while first > start and len(filled(grid[first - 1])) <= 1:
        first -= 1
    return first


def _end(grid: Grid, at: int, known: date | None) -> int:
    """The index after the last line of a table on its side that begins at a row; the row's own
    index if none begins there."""
    top = grid[at]
    if not _names_lines(top, known):
        return at
    end = at + 1
    while end < len(grid) and _is_line(grid[end]) and not _begins_again(grid[end], top, known):
        end += 1
    lines = [row for row in grid[at + 1 : end] if row[0].text]
    counting = sum(_counts(row[0].text) for row in lines)
    numbers = [cell.text for row in lines if _counts(row[0].text) for cell in filled(row)[1:]]
    known_numbers = [text for text in numbers if not is_missing(text)]
    counted = 2 * sum(map(is_amount, known_numbers)) >= len(known_numbers) > 0
    return end if counted and counting and 2 * counting >= len(lines) else at


def _names_lines(row: Cells, known: date | None) -> bool:
    """Whether all cells of a row but the first name a place or a day, or one of them a total."""
    cells = filled(row[1:])
    if len(cells) < _FEWEST or any(_heads(cell.text) for cell in cells):
        return False
    if role_of_cells(cells, known):
        return True
    told = _named(row) in ABOUT
    return told and all(
        without_total(cell.text) == "" or not is_missing(cell.text) for cell in cells
    )


def _begins_again(row: Cells, top: Cells, known: date | None) -> bool:
    """Whether a row is the first line of another table: it names again what the first line names.
    A line of days below one of places belongs to them."""
    return _names_lines(row, known) and _kind(row, known) == _kind(top, known)


def _kind(row: Cells, known: date | None) -> str:
    """What the cells of a line name: its first cell says it, or they do themselves."""
    role = _named(row)
    return role if role in ABOUT else role_of_cells(filled(row[1:]), known)


def _named(row: Cells) -> str:
    return role_of(row[0].text) or day_role(row[0].text)


def _is_line(row: Cells) -> bool:
    """Whether a row has a label that is no place and no day, and cells beside it."""
    if len(filled(row)) < _FEWEST or not row[0].text:
        return False
    return not is_place(row[0].text) and not is_amount(row[0].text)


def _heads(text: str) -> bool:
    return bool(role_of(text)) or _counts(text)


def _counts(text: str) -> bool:
    return bool(stated(text).keys() & _COUNTING) or role_of(text) == "value"


def _turned(lines: Grid) -> list[list[Cell]]:
    """The lines as columns. The first cell stays only if it says what the first line names."""
    corner, *names = lines[0]
    kept = corner if _named(lines[0]) in ABOUT else _BLANK
    return [list(row) for row in zip_longest([kept, *names], *lines[1:], fillvalue=_BLANK)]


def _line(row: Cells) -> Span:
    cells = filled(row)
    return cells[0].span[0], cells[-1].span[1]
