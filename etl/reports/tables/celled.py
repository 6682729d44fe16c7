"""Tables with one cell a line, as they come out of a copied page: the header's cells below one
another, then those of each row.

Every row has the shape of the first one, a text or a number in each line. Prose has no such shape.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from etl.reports.model.document import Span
from etl.reports.tables.dates import date_of
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import is_place
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import is_missing, role_of, stated

_LINE = re.compile(r"[^\n]+")
_LONGEST = 80  # characters of a cell
_LONGEST_HEAD = 40
_WIDEST, _FEWEST_ROWS = 12, 2
_DAY_AND_MONTH = re.compile(r"(?:[0-2]?\d|3[01])\.(?:0[1-9]|1[0-2])\.?")
_TEXT, _NUMBER, _NOTHING = "text", "number", "nothing"


def celled_tables(text: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of each such table of a text, its header first."""
    lines = [_trimmed(line) for line in _LINE.finditer(text) if line[0].strip()]
    cells = [text[start:end] for start, end in lines]
    kinds = [_kind(cell) for cell in cells]
    at = 0 if kinds.count(_NUMBER) >= _FEWEST_ROWS else len(cells)
    while at < len(cells):
        heads, width, end = _shape(cells, kinds, at)
        if not width:
            at += 1
            continue
        first = at + heads
        corner = [(lines[at][0], lines[at][0])] * (width - heads)
        numbered = _numbers_rows(cells[at])
        total = _total(cells[end:], kinds[end:], kinds[first + numbered : first + width])
        blank = (lines[end - 1][1],) * 2
        sums = (*[blank] * numbered, *lines[end : end + total])
        rows = [*_rows(lines[first:end], width), *([sums + (blank,) * width] if total else [])]
        yield (*corner, *lines[at:first]), *(tuple(row[:width]) for row in rows)
        at = end + total


def _rows(lines: Sequence[Span], width: int) -> Iterator[tuple[Span, ...]]:
    for at in range(0, len(lines), width):
        yield tuple(lines[at : at + width])


def _total(cells: Sequence[str], kinds: Sequence[str], shape: Sequence[str]) -> int:
    """How many lines a total below the rows takes: its word and a number for each column of numbers
    that follows the names; 0 if there is none, or if it is not clear which numbers it sums.

    shape  the kinds of the cells of a row, its name first
    """
    summed = next((n for n, kind in enumerate(shape[1:]) if kind == _TEXT), len(shape) - 1)
    if not cells or without_total(cells[0]) or summed == 0 or _NUMBER in shape[1 + summed :]:
        return 0
    numbers = kinds[1 : summed + 1]
    goes_on = kinds[summed + 1 : summed + 2] == [_NUMBER]
    return 0 if goes_on or len(numbers) < summed or _TEXT in numbers else summed + 1


def _shape(cells: Sequence[str], kinds: Sequence[str], at: int) -> tuple[int, int, int]:
    """How many cells the header has of a table that begins at a line, how many each row, and the
    line after the last row; zeros if no table begins there. The header may lack the first cell."""
    texts = 0
    while at + texts < len(kinds) and texts <= _WIDEST and kinds[at + texts] == _TEXT:
        texts += 1
    if texts < _FEWEST_ROWS or not _heads(cells[at]):
        return 0, 0, 0
    numbered = _numbers_rows(cells[at])
    for heads in range(2, texts + numbered):  # the name of the first row is a text, too
        told = [_heads(cell) for cell in cells[at : at + heads]]
        if not told[-1] and not _may_head(cells[at + heads - 1]):
            break
        if 2 * sum(told) < heads:
            continue
        corner = _names_rows(cells[at])
        width = heads if corner else heads + 1
        end = _last(cells, kinds, at + heads, width, numbered)
        if end - at - heads >= _FEWEST_ROWS * width:
            return heads, width, end
    return 0, 0, 0


def _last(
    cells: Sequence[str], kinds: Sequence[str], first: int, width: int, numbered: bool
) -> int:
    """The line after the last row of this width that is shaped like the row at a line.

    numbered  whether each row begins with its number
    """
    shape = kinds[first + numbered : first + width]
    end, rows = first, 0
    if _NUMBER not in shape or _is_several(shape):
        return first
    while len(row := kinds[end + numbered : end + width]) == len(shape):
        name = cells[end + numbered]
        if row[0] != _TEXT or not all(map(_fits, row, shape)):
            break
        if _heads(name) and not _names(name):
            break
        rows += 1
        if numbered and cells[end].rstrip(".)") != str(rows):
            break
        end += width
    return end


def _is_several(shape: Sequence[str]) -> bool:
    """Whether what looks like a row is several rows of one shape."""
    return any(
        len(shape) % size == 0 and list(shape) == list(shape[:size]) * (len(shape) // size)
        for size in range(2, len(shape) // 2 + 1)
    )


def _fits(kind: str, of_first: str) -> bool:
    return kind == of_first or _NOTHING in (kind, of_first)


def _kind(cell: str) -> str:
    if is_missing(cell):
        return _NOTHING
    if (
        len(cell) > _LONGEST
        or _DAY_AND_MONTH.fullmatch(cell)
        or not any(map(str.isdigit, cell[:12]))
    ):
        return _TEXT
    return _NUMBER if is_amount(cell) else _TEXT


def _heads(cell: str) -> bool:
    """Whether a line may be a cell of a header: it names what is counted, a kind of cell, a day or
    a place."""
    if len(cell) > _LONGEST:
        return False
    if cell.endswith("."):
        return _numbers_rows(cell)
    return bool(role_of(cell) or stated(cell) or _names(cell))


def _numbers_rows(cell: str) -> bool:
    """Whether a cell of a header stands above the numbers of the rows: "№", "No."."""
    role = role_of(cell)
    return role == "ignored" or (role == "value" and cell.endswith("."))


def _may_head(cell: str) -> bool:
    """Whether a line nobody understands may be a cell of a header between those that one does."""
    return len(cell) <= _LONGEST_HEAD and cell[-1] not in ".:;!?"


def _names(cell: str) -> bool:
    return is_place(cell) or date_of(cell, date.max) is not None


def _names_rows(cell: str) -> bool:
    """Whether the first cell of a header stands above the names of the rows."""
    return bool(role_of(cell)) and not stated(cell).keys() - {"period"}  # "Day"


def _trimmed(line: re.Match[str]) -> Span:
    left = line.start() + len(line[0]) - len(line[0].lstrip())
    return left, left + len(line[0].strip())
