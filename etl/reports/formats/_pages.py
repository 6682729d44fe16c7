"""The geometry of a page: which lines belong to one paragraph, and which words form a table.

All lengths are PDF points (1/72 inch). Positions count from the lower left corner of the page as it
is shown, after its rotation.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from etl.reports.formats.text import OWN_LINE

_DASH = re.compile(r"[-–—]\s")
_SENTENCE_END = re.compile(r"[.!?:;…][”»\")]*$")
_NUMERIC = re.compile(r"[^\W\d_]{0,3}\W*\d[\d\s.,%+−–/-]*[\W⁰¹²³⁴-⁹]*")
_SAME_SIZE = 0.15  # by so much of their height letters of one size differ
_LONGEST_CELL = 40  # characters on average; longer texts are prose set in columns


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @staticmethod
    def around(boxes: Sequence["Box"]) -> "Box":
        """The smallest box that holds all of these boxes. Raises ValueError if there are none."""
        return Box(
            min(box.left for box in boxes),
            min(box.bottom for box in boxes),
            max(box.right for box in boxes),
            max(box.top for box in boxes),
        )

    def holds(self, other: "Box") -> bool:
        """Whether the centre of the other box lies in this one."""
        across, up = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= across <= self.right and self.bottom <= up <= self.top


@dataclass(slots=True)
class Line:
    """A line of text.

    height  height of its letters, in points
    broken  whether its last word continues in the next line
    opens   whether it is the first line of its paragraph
    """

    text: str
    box: Box
    height: float
    broken: bool = False
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several words that form a cell."""

    text: str
    box: Box


def continues(before: Line, line: Line, page: Sequence[Line], spacing: float) -> bool:
    """Whether a line belongs to the same paragraph as the line before it.

    It does if the line before had no room for the next word, and if size, distance and margin of
    the two lines are those of one paragraph.

    page     all lines of the page
    spacing  distance from line to line within paragraphs, in points
    """
    if before.broken:
        return True
    if abs(before.height - line.height) > _SAME_SIZE * max(before.height, line.height):
        return False
    dash = _DASH.match(line.text)
    if OWN_LINE.match(line.text) and (not dash or _SENTENCE_END.search(before.text)):
        return False
    step = before.box.bottom - line.box.bottom
    if not 0 < step <= min(1.35 * spacing + 1, 2 * line.height):
        # A new column or page. The paragraph continues there only if its sentence has not ended.
        turned = step <= 0 or step > 10 * spacing
        goes_on = not _SENTENCE_END.search(before.text) and line.text[:1].islower()
        return turned and goes_on
    shift = line.box.left - before.box.left
    is_item = bool(OWN_LINE.match(before.text))
    if shift > 0.8 * line.height and not (is_item and before.opens):
        return False
    indent = before.opens and not is_item and shift > -5 * line.height
    if shift < -0.8 * line.height and not indent:
        return False
    return _is_full(before, line, page)


def _is_full(before: Line, line: Line, page: Sequence[Line]) -> bool:
    """Whether the line before had no room for the first word of this line.

    The right margin is where the longest line of the column ends. If only one line of a column
    reaches it, the column is a list of short lines. Then the next line must begin with a small
    letter.
    """
    letter = (line.box.right - line.box.left) / max(1, len(line.text))
    word = letter * (len(line.text.split(maxsplit=1)[0]) + 1)
    lefts = (before.box.left, line.box.left)
    near = 3 * before.height
    # The lines of a headline have their own margin: letters of another size end elsewhere.
    rights = [
        each.box.right
        for each in page
        if any(abs(each.box.left - left) <= near for left in lefts)
        and abs(each.height - line.height) <= _SAME_SIZE * line.height
    ]
    margin = max(rights, default=before.box.right)
    if before.box.right + word < margin:
        return False
    reach = margin - 0.12 * (margin - min(lefts))
    lonely = len(rights) > 3 and sum(right >= reach for right in rights) < 2
    return not lonely or line.text[:1].islower()


def in_rows(words: Iterable[Word]) -> list[list[Word]]:
    """The words of a page by rows. Words of a row with small gaps are joined into cells."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: -(each.box.top + each.box.bottom)):
        if rows and _level(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_cells(row) for row in rows]


def _level(one: Word, other: Word) -> bool:
    shared = min(one.box.top, other.box.top) - max(one.box.bottom, other.box.bottom)
    return shared > 0.5 * min(one.box.top - one.box.bottom, other.box.top - other.box.bottom)


def _cells(row: list[Word]) -> list[Word]:
    cells: list[Word] = []
    for word in sorted(row, key=lambda each: each.box.left):
        height = word.box.top - word.box.bottom
        if cells and word.box.left - cells[-1].box.right < height:
            joined = f"{cells[-1].text} {word.text}"
            cells[-1] = Word(joined, Box.around([cells[-1].box, word.box]))
        else:
            cells.append(word)
    return cells


def columns(rows: Sequence[Sequence[Word]]) -> Iterator[tuple[Box, list[list[str]]]]:
    """Tables without drawn lines, each with its box and its rows of texts.

    A table has at least three rows in sequence whose cells stand in common columns. A column other
    than the first must hold numbers, else it is prose set in columns.
    """
    run: list[Sequence[Word]] = []
    for row in [*rows, []]:
        if len(row) > 1:
            run.append(row)
            continue
        if len(run) >= 3 and (table := _table(run)):
            yield Box.around([cell.box for each in run for cell in each]), table
        run = []


def _table(run: Sequence[Sequence[Word]]) -> list[list[str]] | None:
    edges: list[list[float]] = []  # [left, right] of each column
    for cell in sorted((cell for row in run for cell in row), key=lambda each: each.box.left):
        if edges and cell.box.left < edges[-1][1]:
            edges[-1][1] = max(edges[-1][1], cell.box.right)
        else:
            edges.append([cell.box.left, cell.box.right])
    table = []
    for row in run:
        cells = [""] * len(edges)
        for cell in row:
            place = next(
                n for n, (left, right) in enumerate(edges) if left <= cell.box.left < right
            )
            if cells[place]:
                return None  # two cells of one row in one column: this is no table
            cells[place] = cell.text
        table.append(cells)
    return table if len(edges) > 1 and _has_numbers(table) else None


def _has_numbers(table: Sequence[Sequence[str]]) -> bool:
    by_column = list(zip(*table[1:], strict=True))
    filled = [[cell for cell in column if cell] for column in by_column]
    if any(sum(map(len, cells)) > _LONGEST_CELL * len(cells) for cells in filled):
        return False
    return any(
        len(cells) > 1 and sum(bool(_NUMERIC.fullmatch(cell)) for cell in cells) >= 0.6 * len(cells)
        for cells in filled[1:]
    )
