"""Lists without a header: in each row a place or a day, and beside it the number that the title
counts.
"""

from collections.abc import Sequence
from datetime import date

from etl.reports.tables.cells import Cell, Cells, Facts, filled, said
from etl.reports.tables.columns import Column
from etl.reports.tables.dates import CLOCK, date_of, last_day
from etl.reports.tables.doubled import is_described, is_double, told_in
from etl.reports.tables.guessed import are_oblasts, role_of_cells
from etl.reports.tables.layout import Grid, Layout, language_of, titled
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import UNCLEAR, first, matches, plain, role_of, stated
from impact.model.indicators import INDICATORS

_MONTH = 7  # letters of an ISO month
_PAIR = 2  # cells of a row with a name and a number
_DATED = 3  # cells of a row with a day, a place and a number


def listed(grid: Grid, captions: Sequence[Cell], published: str, start: int = 0) -> Layout | None:
    """The layout of a list without a header; None if the rows are none, or no title counts them.

    Arguments as for layout_of.
    """
    top = next((at for at in range(start, len(grid)) if len(filled(grid[at])) > 1), len(grid))
    above = [*captions, *(cell for row in grid[start:top] for cell in filled(row))]
    title = titled(above, published)
    if found := _dated(grid, top, title, published):
        return found
    if arms := _arms(grid, top, _over_a_time(title, above, published)):
        return arms
    both = _both(above, grid[top:])
    role = _role(grid[top:], last_day(published))
    if role and both and "army" not in title:
        role = _area(_headed_by(both, above) or role, grid[top:], title)
        written = language_of(cell.text for row in grid[top:] for cell in row)
        counted = stated(both.text.split("/")[0]).get("indicator") or _of_title(title)
        if not counted:
            return None
        facts = {"indicator": (counted, both.span)}
        return Layout((Column(role), Column("measure", facts, both.text)), top, title, written)
    if not role or "army" in title or said(title, "indicator") not in INDICATORS:
        return None
    role = _area(role, grid[top:], title)
    written = language_of(cell.text for row in grid[top:] for cell in row)
    return Layout((Column(role), Column("measure", _unit(grid[top:]))), top, title, written)


def _headed_by(both: Cell, above: Sequence[Cell]) -> str:
    """ "oblast" if the line that says what two numbers count heads names of oblasts, too: "Region:
    killed / injured"; else ""."""
    line = next((cell.text for cell in above if cell.span == both.span), "")
    role = role_of(line.partition(":")[0])
    return role if role == "oblast" else ""


def _of_title(title: Facts) -> str:
    """What a title counts: its indicator, or the supply of which it names customers."""
    supply = said(title, "supply")
    supplied = supply and said(title, "unit") in INDICATORS[supply].units
    return said(title, "indicator") or (supply if supplied else "")


def _area(role: str, rows: Grid, title: Facts) -> str:
    """The role of a list's names; of places "oblast", if the title or the names themselves say so:
    "Kharkiv, Sumy, Donetsk"."""
    names = [filled(row)[0] for row in rows if filled(row)]
    if role == "place" and are_oblasts(names, title):
        return "oblast"
    return role


def _dated(grid: Grid, top: int, title: Facts, published: str) -> Layout | None:
    """The layout of a list with a day and a place in each row, and the number that a title counts:
    "2024-03-22 | Kharkiv | 700,000"."""
    rows = [row for row in grid[top:] if filled(row)]
    full = len(rows) > 1 and all(len(filled(row)) == _DATED == len(row) for row in rows)
    if not full or "army" in title or said(title, "indicator") not in INDICATORS:
        return None
    known = last_day(published)
    roles = [role_of_cells([row[at] for row in rows], known) for at in (0, 1)]
    if {*roles} != {"date", "place"} or not all(is_amount(row[2].text) for row in rows):
        return None
    columns = (*map(Column, roles), Column("measure", _unit(rows)))
    written = language_of(cell.text for row in rows for cell in row)
    return Layout(columns, top, title, written)


def _arms(grid: Grid, top: int, title: Facts) -> Layout | None:
    """The layout of a list of weapons, each with its number, below a title that says where they
    were launched: "Against Ukraine this week: drones – over 980"."""
    rows = [filled(row) for row in grid[top:] if filled(row)]
    if not {"launched", "place"} <= title.keys() or "indicator" in title:
        return None
    named = [bool(matches("arms", row[0].text)) for row in rows if len(row) == _PAIR]
    counted = all(len(row) == _PAIR and _counts(row[1].text) for row in rows)
    if not counted or len(named) < _PAIR or 2 * sum(named) < len(named):
        return None
    columns = (Column("weapon"), Column("measure", {"launched": title["launched"]}))
    return Layout(columns, top, title, language_of(cell.text for row in rows for cell in row))


def _over_a_time(title: Facts, above: Sequence[Cell], published: str) -> Facts:
    """The title of a list of weapons, with the month or the week of a line that names no day: "In
    January:", "This week"."""
    if "date" in title or not above:
        return title
    known, cell = last_day(published), above[-1]
    months = [when.day for word in plain(cell.text).split() if (when := date_of(word, known))]
    if len(months) == 1 and len(months[0]) == _MONTH:
        return title | {"date": (months[0], cell.span)}
    long = any(first("long_times", each.text) for each in above)
    return title | ({"period": ("cumulative", cell.span)} if long else {})


def _unit(rows: Grid) -> Facts:
    """The unit that some rows name beside their number and the others leave out."""
    cells = [filled(row)[-1] for row in rows if filled(row)]
    named = [(stated(cell.text).get("unit", ""), cell.span) for cell in cells]
    units = {unit for unit, _ in named} - {"", UNCLEAR}
    return {"unit": next(each for each in named if each[0])} if len(units) == 1 else {}


def _role(rows: Grid, known: date | None) -> str:
    """What the first cells of all rows are: dates, clock times or places; "" if they are none."""
    pairs = [filled(row) for row in rows if filled(row)]
    counted = [row for row in pairs if len(row) == 2 and _counts(row[1].text)]
    if any(row not in counted and not _tells_nothing(row) for row in pairs):
        return ""
    if 2 * len(counted) <= len(pairs):
        return ""
    if all(CLOCK.fullmatch(row[0].text) for row in pairs):
        return "as_of"
    return role_of_cells([row[0] for row in pairs], known)


def _tells_nothing(row: Cells) -> bool:
    """Whether a row has words where the others have numbers: "Sumy: no data yet"."""
    return len(row) == 2 and not any(letter.isdigit() for letter in row[1].text)


def _counts(text: str) -> bool:
    return is_amount(text) or is_double(text) or is_described(text)


def _both(above: Sequence[Cell], rows: Grid) -> Cell | None:
    """The words of a title that say what the two numbers of all rows count: "(killed / injured)",
    "Killed / injured, by oblast"; None if there are none."""
    cells = [filled(row)[-1] for row in rows if filled(row)]
    counted = [cell.text for cell in cells if any(letter.isdigit() for letter in cell.text)]
    if not counted or not all(map(is_double, counted)):
        return None
    for cell in above:
        if told := told_in(cell.text):
            return Cell(told, cell.span)
    return None
