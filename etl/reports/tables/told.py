"""Tables of words: each row tells what happened at its place, "Kharkiv | 2 killed, 31 injured".

Their cells are left to be read as sentences about the place and day of their row.
"""

import re
from collections.abc import Sequence
from datetime import date

from etl.reports.model.reading import Reading, Remark
from etl.reports.tables.cells import Cell, Cells, filled, said
from etl.reports.tables.dates import date_of, day_as_number, is_month_first, last_day
from etl.reports.tables.guessed import role_of_cells
from etl.reports.tables.layout import Grid, language_of
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import Places
from etl.reports.tables.reasons import FOREIGN, OCCUPIED, Refusal
from etl.reports.tables.titles import title_facts
from etl.reports.tables.words import AREAS, role_of, stated

_SPOKEN = re.compile(r"\w\W+\w")  # two words, or a number and its noun
_COUNTED = re.compile(r"\d.*[^\W\d_]|[^\W\d_].*\d")  # a number and words
_WIDEST = 3  # cells of a row without a header
_FEWEST = 2  # rows that tell something with a number
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 5  # of a cell that is a sentence
_TIMES = ("date", "as_of", "published")
_TELLING = ("", "note", "indicator")  # roles of columns whose cells may tell what happened
_DAY, _YEAR = 10, 4  # letters of an ISO day, and of a year


def told_rows(grid: Grid, captions: Sequence[Cell], published: str, sheet: bool = False) -> Reading:
    """The remarks of such a table; an empty Reading for any other.

    captions   the lines above the table that introduce it
    published  ISO date, or ""
    sheet      whether the document is nothing but tables: then whole sentences in their cells are
               remarks, too, where a row does not say where or when
    """
    told = _told_at_places(grid, captions, published)
    return told if told.remarks or not sheet else _posts(grid, published)


def _posts(grid: Grid, published: str) -> Reading:
    """The sentences in the cells of a list of posts or events, each with the day of its row."""
    header = next((row for row in grid if len(filled(row)) > 1), ())
    roles = [role_of(cell.text) for cell in header]
    month_first = is_month_first(
        cell.text for row in grid for role, cell in zip(roles, row, strict=False) if role in _TIMES
    )
    remarks: list[Remark] = []
    for row in grid[1:]:
        spoken = [
            cell
            for role, cell in zip(roles, row, strict=False)
            if role in _TELLING and _is_sentence(cell.text)
        ]
        if spoken and (told := _of_row(row, roles, published, month_first)):
            remarks += [Remark(cell.span, *told) for cell in spoken]
    return Reading(language=language_of(cell.text for cell in header), remarks=remarks)


def _is_sentence(text: str) -> bool:
    return not text.startswith("http") and len(_WORDS.findall(text)) >= _FEWEST_WORDS


def _of_row(
    row: Cells, roles: Sequence[str], published: str, month_first: bool
) -> tuple[str, str] | None:
    """The P-code of the place that a row is about and its ISO day; each "" if it names none. None
    for a row about another country, and for one whose day cannot be read."""
    known = last_day(published)
    cells = [(role, cell) for role, cell in zip(roles, row, strict=False) if cell.text]
    times = [cell.text for role, cell in cells if role in _TIMES]
    days = [date_of(text, known, month_first) or day_as_number(text) for text in times]
    day = next((when.day for when in days if when and len(when.day) == _DAY), "")
    if times and not day:
        return None
    areas = {role: [cell] for role, cell in cells if role in AREAS}
    try:
        return said(Places().locate(areas), "place") if areas else "", day
    except Refusal as refusal:
        return None if refusal.args[0] in (FOREIGN, OCCUPIED) else ("", day)


def _told_at_places(grid: Grid, captions: Sequence[Cell], published: str) -> Reading:
    top = next((at for at, row in enumerate(grid) if len(filled(row)) > 1), len(grid))
    roles = [role_of(cell.text) for cell in grid[top]] if top < len(grid) else []
    if bare := _without_header(grid, captions, published):
        return bare
    if not {*roles} & {*AREAS} or any("indicator" in stated(cell.text) for cell in grid[top]):
        return Reading()
    titles = [*captions, *(cell for row in grid[:top] for cell in filled(row))]
    day = said(title_facts(titles, published), "date")
    told = [_remarks(row, roles, day, published) for row in grid[top + 1 :] if filled(row)]
    remarks = [each for row in told for each in row]
    counting = {each.span for each in remarks if _counts(grid, each)}
    if not all(told) or len(counting) < _FEWEST:
        return Reading()  # a row of which nobody knows where or when stays with the others
    return Reading(language=language_of(cell.text for cell in grid[top]), remarks=remarks)


def _without_header(grid: Grid, captions: Sequence[Cell], published: str) -> Reading | None:
    """The remarks of rows that each name a place, a day or both, and tell beside it what was
    counted: "2026-01-20 | 2 killed, 9 injured"; None for any other table."""
    rows = [row for row in grid if filled(row)]
    width = len(rows[0]) if rows else 0
    full = all(len(row) == len(filled(row)) == width for row in rows)
    if len(rows) < _FEWEST or not full or not 1 < width <= _WIDEST:
        return None
    known = last_day(published)
    roles = [role_of_cells([row[at] for row in rows], known) for at in range(width - 1)]
    told = [_COUNTED.search(row[-1].text) is not None for row in rows]
    named = all(roles) and len({*roles}) == len(roles)
    if not named or not all(told) or any(is_amount(row[-1].text) for row in rows):
        return None
    title = title_facts(captions, published)
    day, place = said(title, "date"), said(title, "place")
    found = [_remarks(row, [*roles, ""], day, published, place or None) for row in rows]
    if not all(found):
        return None
    written = language_of(cell.text for row in rows for cell in row)
    return Reading(language=written, remarks=[each for row in found for each in row])


def _remarks(
    row: Cells, roles: Sequence[str], day: str, published: str, around: str | None = ""
) -> list[Remark]:
    """The cells of a row that hold words below a header that nobody knows; none if the row does
    not say where, or when below a header for days."""
    areas: dict[str, list[Cell]] = {}
    dated: list[Cell] = []
    known = last_day(day if len(day) == _YEAR else published)
    for role, cell in zip(roles, row, strict=False):
        if role in AREAS and cell.text:
            areas[role] = [cell]
        when = date_of(cell.text, known or date.max)
        if when or role == "date":
            day = when.day if when else ""
            dated.append(cell)
    if len(row) > len(roles) or ("date" in roles and not day):
        return []
    try:
        place = said(Places().locate(areas), "place") if areas else around
    except Refusal:
        return []
    stated = day if len(day) == _DAY else ""
    cells = [cell for role, cell in zip(roles, row, strict=False) if role in _TELLING]
    spoken = [each for each in cells if each not in dated and _speaks(each.text)]
    return [Remark(cell.span, place or "", stated) for cell in spoken if place != ""]


def _speaks(text: str) -> bool:
    """Whether a cell tells something: "700,000 customers without power", not "700,000"."""
    return bool(_SPOKEN.search(text)) and ("indicator" in stated(text) or not is_amount(text))


def _counts(grid: Grid, remark: Remark) -> bool:
    """Whether a remark holds a number."""
    cells = (cell for row in grid for cell in row if cell.span == remark.span)
    return any(letter.isdigit() for cell in cells for letter in cell.text)
