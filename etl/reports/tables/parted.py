"""Parts of a table below lines that say something of all their rows: "Killed", "20 January", and
where no header stands above them "Sumy Oblast".

Each part is read as a table of its own, with the header of all and the line as its title. Below a
header the lines that name a place are read as sections (sections.py).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from etl.reports.tables.cells import Cell, Cells, filled
from etl.reports.tables.dates import date_of
from etl.reports.tables.layout import Grid
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import is_place
from etl.reports.tables.words import UNCLEAR, stated
from impact.model.indicators import INDICATORS

_DAY = 10  # letters of an ISO day
_LONGEST = 60  # characters of such a line
_FEWEST = 2  # parts
WHAT, WHEN, WHERE = "what", "when", "where"


class Part(NamedTuple):
    """Rows that are read as a table.

    captions  the lines that introduce them
    above     how many rows of the whole table stand above `rows`
    """

    rows: Grid
    captions: Sequence[Cell]
    above: int = 0


def kind_of(text: str, known: date | None) -> str:
    """What a line says of the rows below it: WHAT they count, WHEN or WHERE; else ""."""
    if not text or len(text) > _LONGEST:
        return ""
    when = date_of(text.rstrip(" :"), known or date.max)
    if when and len(when.day) == _DAY and not when.start:
        return WHEN
    if is_place(text.rstrip(" :")):
        return WHERE
    if any(map(str.isdigit, text)):
        return ""
    told = stated(text)
    counted = told.get("indicator", UNCLEAR) in INDICATORS or told.keys() >= {"status", "unit"}
    return WHAT if counted else ""


def parts(grid: Grid, captions: Sequence[Cell], known: date | None) -> list[Part]:
    """The parts of a table, or the whole table as the only one.

    captions  the lines above the table; its first part may stand below the last of them
    known     the last day that a date without a year may be
    """
    whole = [Part(grid, captions)]
    first = next((at for at, row in enumerate(grid) if len(filled(row)) > 1), len(grid))
    lines = [at for at, row in enumerate(grid[:-1]) if _is_line(row, grid[at + 1])]
    told = {at: kind_of(filled(grid[at])[0].text, known) for at in lines}
    kinds = {kind for at, kind in told.items() if at > first}
    kind = kinds.pop() if len(kinds) == 1 else ""
    lines = [at for at in lines if told[at] == kind]
    if not kind:
        return whole
    head = _header(grid[first : next(at for at in lines if at > first)], known)
    body = [row for row in grid[first + len(head) :] if len(filled(row)) > 1]
    if not _may_part(kind, head, body, known):
        return whole
    found, titles = [], list(captions)
    if first + len(head) < lines[0]:
        if not captions or kind_of(captions[-1].text, known) != kind:
            return whole
        found, titles = [Part(grid[: lines[0]], captions)], titles[:-1]
    titles += [cell for row in grid[: min(first, lines[0])] for cell in filled(row)]
    found += _below(grid, titles, head, lines)
    right_below = bool(head) and lines[0] == first + len(head)
    return found if len(found) >= _FEWEST or right_below else whole


def _is_line(row: Cells, below: Cells) -> bool:
    """Whether a row has one text at its left, and the row below it more."""
    cells = filled(row)
    return len(cells) == 1 and bool(row[0].text) and len(filled(below)) > 1


def _header(rows: Grid, known: date | None) -> Grid:
    """The rows that head all parts: those without a number above the first that has one."""
    counts = (any(_counts(cell.text, known) for cell in row[1:]) for row in rows)
    return rows[: next((at for at, counted in enumerate(counts) if counted), len(rows))]


def _counts(text: str, known: date | None) -> bool:
    """Whether a cell is a number, and no day such as "20.01"."""
    return is_amount(text) and date_of(text, known or date.max) is None


def _may_part(kind: str, head: Grid, body: Grid, known: date | None) -> bool:
    """Whether the rows leave open what the lines say."""
    if kind == WHERE and any(row and row[0].text for row in head):
        return False  # sections.py knows these
    names = [row[0].text for row in body if row and row[0].text]
    headed = [cell.text for row in head for cell in row]
    if any(kind_of(name, known) == kind for name in (*names, *headed)):
        return False
    return kind != WHAT or not any("indicator" in stated(text) for text in (*names, *headed))


def _below(grid: Grid, titles: Sequence[Cell], head: Grid, lines: Sequence[int]) -> list[Part]:
    """The part below each line."""
    found = []
    for at, end in zip(lines, [*lines[1:], len(grid)], strict=True):
        rows = [row for row in grid[at + 1 : end] if not any(row is each for each in head)]
        above = end - len(rows) - len(head)
        found.append(Part([*head, *rows], [*titles, filled(grid[at])[0]], above))
    return found
