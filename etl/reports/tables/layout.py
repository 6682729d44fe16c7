"""Layout: finds the title rows, the header rows and the row of HXL tags of a table.

A table without a header may be a list of pairs: in each row the name of an indicator and a number.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from etl.reports.tables.cells import Cell, Cells, Facts, filled
from etl.reports.tables.columns import Column, columns_of
from etl.reports.tables.dates import date_of, is_month_first, last_day
from etl.reports.tables.doubled import is_described, is_double, things, told_in, without_aside
from etl.reports.tables.guessed import (
    are_arms,
    guessed,
    with_damage,
    with_days,
    with_services,
    with_statuses,
    with_units,
)
from etl.reports.tables.numbers import is_amount, number_of
from etl.reports.tables.places import Places
from etl.reports.tables.reasons import Refusal
from etl.reports.tables.tags import are_tags, is_tag
from etl.reports.tables.titles import date_facts, is_about_an_army, place_in, title_facts
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import (
    AREAS,
    UNCLEAR,
    is_missing,
    matches,
    names_a_count,
    not_counted,
    role_of,
    stated,
)
from impact.model import report_languages
from impact.model.figure import NAMES

_HEADER_WITHIN = 40  # number of rows, from the top, in which the header is looked for
_HEADER_ROWS = 3  # the most rows that a header has
_FEWEST_HEADS = 2  # columns that a header in two lines has
# Roles of rows that speak of all pairs of their list.
ABOUT = (*AREAS, "date", "as_of")
_ORDINAL = re.compile(r"\d{1,3}[.)]?")
_DAY_AND_MONTH = re.compile(r"(?:[0-2]?\d|3[01])\.(?:0[1-9]|1[0-2])\.?")
_SAMPLE = 200  # number of rows that are checked for numbers

Grid = Sequence[Cells]


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a table. Indexes of rows and columns count from 0.

    columns      one for each column, in order
    first        index of the first row below header and HXL tags
    title        what the rows above the header say
    language     the language of the header, as in data/languages
    header       texts of the header's rows; empty for a list of pairs
    own          whether it is the project's own export
    month_first  indexes of the columns whose dates are month/day/year
    unread       whether the header is not understood; then the rows give no figures
    about        rows of a list of pairs that say of which place or day it is ("Place", "Kherson")
    """

    columns: tuple[Column, ...]
    first: int
    title: Facts
    language: str
    header: tuple[tuple[str, ...], ...] = ()
    own: bool = False
    month_first: frozenset[int] = frozenset()
    unread: bool = False
    about: frozenset[tuple[str, str]] = frozenset()

    @property
    def top(self) -> int:
        """Index of the header's first row."""
        return self.first - len(self.header)

    def having(self, *roles: str) -> list[int]:
        """Indexes of the columns that have one of these roles, in ascending order."""
        return [index for index, column in enumerate(self.columns) if column.role in roles]


def layout_of(
    grid: Grid, captions: Sequence[Cell], published: str, start: int = 0
) -> Layout | None:
    """The layout of a table of figures; None if no column of the table counts anything.

    captions   the lines above the table that introduce it
    published  ISO date of the publication, or ""
    start      index of the row at which the search begins
    """
    for index in range(start, min(start + _HEADER_WITHIN, len(grid))):
        row = grid[index]
        if _may_head(row):
            above = _titles(grid, captions, start, index)
            title = titled(above, published) | _both(above)
            layout = _headed(grid, index, _last_header(grid, index), title, published)
            if layout:
                return layout
    return _pairs(grid, captions, published, start)


def titled(titles: Sequence[Cell], published: str) -> Facts:
    """What titles say of a table; in the fact "aside" what they say of numbers in brackets."""
    parted = [without_aside(cell) for cell in titles]
    facts = title_facts((cell for cell, _ in parted), published)
    asides = [(aside, cell.span) for cell, aside in parted if aside]
    return facts | ({"aside": asides[-1]} if asides else {})


def _both(titles: Iterable[Cell]) -> Facts:
    """The fact "both": what a title says of two numbers in each cell."""
    told = [(found, cell.span) for cell in titles if (found := told_in(cell.text))]
    return {"both": told[-1]} if told else {}


def unread_header(grid: Grid, start: int, end: int) -> int | None:
    """Index of the first row from start to end that looks like a header; None if there is none.

    Such a row holds words and no digits. The row below holds a number and fills only columns that
    the first row fills too.
    """
    for index in range(start, min(end, len(grid)) - 1):
        row, below = grid[index], grid[index + 1]
        if _may_head(row) and not _has_digits(row) and stands_under(below, row):
            return index
    return None


def stands_under(row: Cells, header: Cells) -> bool:
    """Whether a row holds a number and fills only columns that a header fills too."""
    at = _filled_at(row)
    return at <= _filled_at(header) and any(is_amount(cell.text) for cell in filled(row))


def says_columns(row: Cells) -> bool:
    """Whether a row is surely a header: at least two texts, each a known word for a column."""
    return _may_head(row) and all(role_of(c.text) or names_a_count(c.text) for c in filled(row))


def _filled_at(row: Cells) -> set[int]:
    return {at for at, cell in enumerate(row) if cell.text}


def _has_digits(row: Cells) -> bool:
    return any(letter.isdigit() for cell in row for letter in cell.text)


def _titles(grid: Grid, above: Sequence[Cell], start: int, top: int) -> list[Cell]:
    """The cells above a header that may say something about every row below it.

    If a table with a header that is not understood stands there, its own cells are left out: they
    speak of that table only.
    """
    unread = unread_header(grid, start, top)
    rows = list(grid[start : top if unread is None else unread])
    if unread is not None:
        rows += [row for row in grid[unread:top] if len(filled(row)) == 1]
    rows = [row for row in rows if not _heads_others(row)]
    return [*above, *(cell for row in rows for cell in filled(row))]


def _heads_others(row: Cells) -> bool:
    """Whether a row heads columns side by side, each of its own, and is no title of all of them:
    "Electricity | Water | Heating"."""
    told = {name for cell in row for name in matches("supplies", cell.text)}
    told |= {stated(cell.text).get("indicator", "") for cell in row} - {""}
    return len(filled(row)) > 1 and len(told) > 1


# Tables with a header


def _may_head(row: Cells) -> bool:
    """Whether a row may be a header: two different texts and no number, or a blank corner and what
    the numbers count. Dates are allowed.

    A cell such as "–" or "n/a" stands where a number would: it heads no column. "Date | 24 January"
    is a statement and no header.
    """
    if len(row) > 1 and not row[0].text and len(filled(row)) == 1:
        return names_a_count(filled(row)[0].text)
    texts = {cell.text for cell in filled(row)}
    unknown = any(map(is_missing, texts))
    amounts = [text for text in texts if is_amount(text) or is_double(text)]
    days = len(amounts) > 1 and all(map(_DAY_AND_MONTH.fullmatch, amounts))  # "20.01 | 21.01"
    return len(texts) > 1 and not unknown and (days or not amounts) and not _states(row)


def _last_header(grid: Grid, first: int) -> int:
    """Index of the last row of a header.

    Each of its further rows has only words for columns, or divides the columns of the row above.
    """
    last = first
    for row in grid[first + 1 : first + _HEADER_ROWS]:
        texts = [cell.text for cell in filled(row)]
        known = texts and all(role_of(text) or names_a_count(text) for text in texts)
        above, below = grid[last], grid[last + 2 : last + 5]
        if not (known or _divides(row, above, below) or _goes_on(row, above, below)):
            break
        last += 1
    return last


def _divides(row: Cells, above: Cells, below: Grid) -> bool:
    """Whether a row names the parts of columns that the row above heads together.

    It holds no number, leaves the first column to the row above, and fills columns that are blank
    or merged there. A row below it holds numbers in them.
    """
    first = min((at for at, cell in enumerate(above) if cell.text), default=0)
    at = {n for n, cell in enumerate(row) if cell.text and not cell.is_copy}
    texts = [cell.text for cell in filled(row)]
    if first and row and role_of(row[0].text):  # "City" stands beside the parts
        at, first = at - {0}, 0
    if not at or min(at) <= first or any(is_missing(each) or is_amount(each) for each in texts):
        return False
    shared = {n for n in at if n >= len(above) or not above[n].text or above[n].is_merged}
    counted = {n for each in below for n, cell in enumerate(each) if is_amount(cell.text)}
    return bool(shared & counted)


def _goes_on(row: Cells, above: Cells, below: Grid) -> bool:
    """Whether a row holds the second lines of the headers above it, "Persons | of which" above
    "evacuated | children": both leave the column of names blank, and the rows below fill it."""
    at = _filled_at(row)
    blank = bool(row and above and below) and not (row[0].text or above[0].text)
    if not blank or len(at) < _FEWEST_HEADS or not at <= _filled_at(above):
        return False
    texts = [cell.text for cell in filled(row)]
    words = not any(is_amount(text) or is_missing(text) for text in texts)
    named = bool(below[0] and below[0][0].text)
    return words and named and any(is_amount(cell.text) for cell in below[0])


def _headed(grid: Grid, first: int, last: int, title: Facts, published: str) -> Layout | None:
    """The layout if the rows from first to last are a header, else None."""
    rows, below = grid[first : last + 1], last + 1
    tags: Cells = ()
    if below < len(grid) and are_tags(grid[below]):
        tags, below = grid[below], below + 1
    elif are_tags(rows[-1]):
        tags = rows[-1]
    heads = [_head(rows, index) for index in range(max(map(len, rows)))]
    texts = {cell.text for head in heads for cell in head}
    if "army" in title or any(map(is_about_an_army, texts)):
        return None
    own = _own(grid, below)
    columns = columns_of(heads, tags, title, published, are_arms(own))
    columns = guessed(columns, own, title, last_day(published))
    columns = with_services(with_statuses(columns, own, title), own, title)
    columns = with_damage(with_days(columns, own, last_day(published)), own)
    columns = with_units(columns, own, title)
    title = title | _dated_corner(columns, heads, title, published)
    if not _counts(columns, title):
        return None
    if not _are_mostly_numbers(own, columns):
        return None
    return Layout(
        columns=tuple(columns),
        first=below,
        title=title,
        language=language_of(texts),
        header=tuple(tuple(cell.text for cell in row) for row in rows),
        own=set(NAMES) <= texts,
        month_first=_month_first(own, columns),
    )


def _dated_corner(
    columns: Sequence[Column], heads: Sequence[Sequence[Cell]], title: Facts, published: str
) -> Facts:
    """The day of a table that stands above its places: "19 January | Killed | Injured"."""
    if "date" in title or columns[0].role not in AREAS or not heads[0]:
        return {}
    corner = heads[0][-1]
    return date_facts(corner, published) if date_of(corner.text, last_day(published)) else {}


def _own(grid: Grid, first: int) -> Grid:
    """The rows of a table: from `first` to the row before the next header."""
    ends = (at for at in range(first, len(grid)) if says_columns(grid[at]))
    return grid[first : next(ends, len(grid))]


def _head(rows: Grid, index: int) -> list[Cell]:
    """The header cells of a column, from top to bottom.

    A cell in an upper row also heads the columns to its right that are blank in that row.
    """
    found: list[Cell] = []
    for depth, row in enumerate(rows):
        at = index
        below = any(index < len(each) and each[index].text for each in rows[depth + 1 :])
        while below and at > 0 and (at >= len(row) or not row[at].text):
            at -= 1
        if at < len(row) and row[at].text and row[at].text not in [each.text for each in found]:
            found.append(row[at])
    return found


def _counts(columns: Sequence[Column], title: Facts) -> bool:
    """Whether some column counts, and header, cells or title name an indicator for it."""
    roles = {column.role for column in columns}
    measures = [column.facts for column in columns if column.role == "measure"]
    if any(facts.keys() & {"indicator", "launched", "service"} for facts in measures):
        return True
    parted = ("date", "place", "moment", "hour")
    if "indicator" in roles and any(facts.keys() & {*parted} for facts in measures):
        return True
    if "value" in roles:
        return "indicator" in roles or "indicator" in title
    return bool({"indicator", "both"} & title.keys() and measures)


def _are_mostly_numbers(rows: Grid, columns: Sequence[Column]) -> bool:
    """Whether at least half of the cells in columns of counts are numbers.

    Without this check a table of prose with the same words in its header would pass.
    """
    if not any(cell.text for row in rows for cell in row):
        return False
    counting = [at for at, column in enumerate(columns) if column.role in ("measure", "value")]
    texts = [row[at].text for row in rows[:_SAMPLE] for at in counting if at < len(row)]
    known = [text for text in texts if not is_missing(text)]
    tell = (is_amount, is_double, is_described, things)
    counted = sum(any(told(each) for told in tell) for each in known)
    return 2 * counted >= len(known)


def language_of(texts: Iterable[str]) -> str:
    """The language, as in data/languages, to which most letters of the texts belong."""
    written = "".join(text for text in texts if not is_tag(text))
    known = report_languages.tables()
    return max(known, key=lambda each: len(re.findall(known[each]["language"]["letters"], written)))


def _month_first(rows: Grid, columns: Sequence[Column]) -> frozenset[int]:
    dated = [
        at
        for at, column in enumerate(columns)
        if column.role.startswith(("date", "as_of", "published"))
    ]
    return frozenset(
        at for at in dated if is_month_first(row[at].text for row in rows if at < len(row))
    )


# Tables without a header


def _pairs(grid: Grid, above: Sequence[Cell], published: str, start: int) -> Layout | None:
    """The layout of a table without header: each row is an indicator and a number ("Killed | 5").

    None if the table is no such list. Rows such as "Place | Kherson" say of which place or day the
    numbers are. A second row for the place begins another list.
    """
    above = list(above)
    for index in range(start, min(start + _HEADER_WITHIN, len(grid))):
        if (at := _first_pair_at(grid, index)) is not None:
            columns = [Column("") for _ in range(max(map(len, grid)))]
            columns[at], columns[at + 1] = Column("indicator"), Column("value")
            if at + 2 < len(columns) and all(_is_unit(row, at + 2) for row in grid[index:]):
                columns[at + 2] = Column("unit")
            own = _record(grid, index, start)
            numbers = [row for row in own if not _about(row)]
            if not _are_mostly_numbers(numbers, columns):
                return None
            about = [filled(row) for row in (*grid[start:index], *own) if _about(row)]
            texts = [cell.text for each in own for cell in each]
            title = titled([*above, *(value for _, value in about)], published)
            title |= _oblast_of(about)
            pairs = frozenset((name.text, value.text) for name, value in about)
            return Layout(tuple(columns), index, title, language_of(texts), about=pairs)
        if any(is_amount(cell.text) for cell in grid[index]):
            return None  # a row with a number is no title, and this one is no pair
        above += filled(grid[index])
    return None


def _oblast_of(about: Iterable[Sequence[Cell]]) -> Facts:
    """The place of a row such as "Region | Zaporizhzhia": the oblast, not its centre."""
    for name, value in about:
        if role_of(name.text.rstrip(":")) == "oblast":
            with suppress(Refusal):
                return Places().locate({"oblast": [value]})
    return {}


def _record(grid: Grid, index: int, start: int) -> Grid:
    """The rows of a list of pairs: from `index` to the next list or header."""
    seen = {_about(row) for row in grid[start:index]} - {""}
    for end, row in enumerate(grid[index:], index):
        if (role := _about(row)) in seen:
            return grid[index:end]
        seen |= {role} - {""}
    return _own(grid, index)


def begins_record(row: Cells, layout: Layout) -> bool:
    """Whether a row of a list of pairs begins another list: it names what the list has named."""
    role = _about(row) if layout.about else ""
    return bool(role) and any(role_of(name.rstrip(":")) == role for name, _ in layout.about)


def _about(row: Cells) -> str:
    """What a row such as "Place | Kherson" or "Date | 24 January 2026" names; "" for others."""
    cells = filled(row)
    role = role_of(cells[0].text.rstrip(":")) if len(cells) == 2 else ""
    return role if role in ABOUT and not is_amount(cells[1].text) else ""


def _states(row: Cells) -> bool:
    """Whether a row names a kind of place or date, and one of this kind beside it."""
    role = _about(row)
    value = filled(row)[1].text if role else ""
    if role in AREAS:
        return place_in(value) not in ("", UNCLEAR)
    return bool(role) and date_of(value, date.max) is not None


def _first_pair_at(grid: Grid, index: int) -> int | None:
    """The column of the indicator of a pair with which a list begins; the list may begin with a
    total: "In all | 594" above "killed | 208"."""
    row, below = grid[index], grid[index + 1 : index + 2]
    at = _pair_at(row)
    if at is None and below and (named := _pair_at(below[0])) is not None and len(filled(row)) == 2:
        name, number = filled(row)
        if without_total(name.text) == "" and is_amount(number.text):
            return named
    return at


def _pair_at(row: Cells) -> int | None:
    """The column of the indicator of a pair; its number stands right of it. None for others.

    A number of the row may stand before it, a unit after it.
    """
    at = [column for column, cell in enumerate(row) if cell.text]
    if len(at) > 2 and _ORDINAL.fullmatch(row[at[0]].text):
        at = at[1:]
    if len(at) == 3 and _is_unit(row, at[2]):
        at = at[:2]
    if len(at) != 2 or at[1] != at[0] + 1:
        return None
    return at[0] if _is_pair(row[at[0]].text, row[at[1]].text) else None


def _is_unit(row: Cells, at: int) -> bool:
    """Whether a cell is a unit, or blank."""
    text = row[at].text if at < len(row) else ""
    return not text or stated(text).keys() == {"unit"}


def _is_pair(name: str, value: str) -> bool:
    if not stated(name).get("indicator", "") or "words" in not_counted(name):
        return False
    if is_double(value) or is_described(value):
        return True
    with suppress(Refusal):
        return number_of(value) is not None
    return False
