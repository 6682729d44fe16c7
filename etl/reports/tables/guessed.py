"""Columns whose header says nothing, told by their cells: days, places or groups of people stand in
all of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.reports.tables.cells import Cell, Cells, Facts, filled, said
from etl.reports.tables.columns import DAMAGE, Column
from etl.reports.tables.dates import date_of
from etl.reports.tables.doubled import things
from etl.reports.tables.numbers import is_amount, unit_of
from etl.reports.tables.places import is_place, only_oblasts
from etl.reports.tables.total_words import is_remainder, without_total
from etl.reports.tables.words import AREAS, UNCLEAR, first, is_missing, matches, stated, status_in
from impact.model.indicators import INDICATORS, OUTAGES

_FEWEST = 2  # cells besides totals that tell a column
_DAY = 10  # letters of an ISO day
_NOWHERE = (0, 0)
_IGNORED = "ignored"  # the role of a column that is never read


def guessed(
    columns: Sequence[Column], below: Sequence[Cells], title: Facts, known: date | None
) -> list[Column]:
    """The columns, with the role that its cells have for the first one if its header has none.

    title  what the rows above the header say
    known  the last day that a date without a year may be
    A table that already has such a column is left as it is. A column that only numbers the rows is
    not read.
    """
    columns = _without_ordinals(columns, below)
    at = next((n for n, each in enumerate(columns) if each.role != _IGNORED), 0)
    roles = {column.role for column in columns}
    damage = said(title, "indicator") == DAMAGE
    tells = _tells(0, below) or (damage and _are_structures([row[0] for row in below if row]))
    if "value" in roles and "indicator" not in roles and tells:
        at, columns[0] = 0, replace(columns[0], role="")  # "Object | Number", "Category | Number"
    leading, others = columns[at], columns[at + 1 :]
    rows = [row for row in below if len(filled(row)) > 1] or below  # the others head sections
    cells = [row[at] for row in rows if len(row) > at and row[at].text]
    if leading.role == "place" and are_oblasts(cells, title):
        columns[at] = replace(leading, role="oblast")  # "Oblast / city"
    if leading.role or not any(column.role in ("measure", "value") for column in others):
        return columns
    role = role_of_cells(cells, known) or ("people" if _are_groups(cells) else "")
    role = role or ("oblast" if _are_mostly_oblasts(cells) else "")
    counted = "indicator" in title or "value" in roles
    told = _are_indicators(cells) or (counted and _some_tell(cells))
    told = told or (damage and "value" in roles and _are_structures(cells))
    role = role or ("indicator" if told else "")
    if role in roles or (role == "place" and roles & {*AREAS}):
        role = ""
    if role == "place" and (are_oblasts(cells, title) or _are_mostly_oblasts(cells)):
        role = "oblast"
    columns[at] = replace(leading, role=role)
    return columns


def are_oblasts(cells: Sequence[Cell], title: Facts) -> bool:
    """Whether names of cities stand for their oblasts: the title or the names themselves say so."""
    return "by_oblast" in title or only_oblasts(cells)


def are_arms(below: Sequence[Cells]) -> bool:
    """Whether each cell of the first column names a kind of weapon, and not what was done."""
    cells = [row[0].text for row in below if row and row[0].text and without_total(row[0].text)]
    if len(cells) < _FEWEST or any("indicator" in stated(text) for text in cells):
        return False
    return all(len(matches("arms", text)) == 1 for text in cells)


def with_days(
    columns: Sequence[Column], below: Sequence[Cells], known: date | None
) -> list[Column]:
    """The columns; of a table without a date, the only one whose cells all are days has the role
    "date", whatever its header says: "Attack | 9 Jan"."""
    dated = any(column.role in ("date", "date_start", "date_end") for column in columns)
    open_ = [at for at, each in enumerate(columns) if each.role in ("", "measure")]
    days = [] if dated else [at for at in open_ if _are_days(at, below, known)]
    if len(days) != 1:
        return list(columns)
    day = days[0]
    return [*columns[:day], Column("date", {}, columns[day].text), *columns[day + 1 :]]


def _are_days(at: int, below: Sequence[Cells], known: date | None) -> bool:
    cells = [row[at].text for row in below if len(row) > at and not is_missing(row[at].text)]
    texts = [text for text in cells if without_total(text)]
    if len(texts) > _FEWEST and not date_of(texts[-1], known):
        texts.pop()  # the last row sums up: "Week"
    when = [date_of(text, known) for text in texts]
    return len(texts) >= _FEWEST and all(each and len(each.day) == _DAY for each in when)


def with_statuses(columns: Sequence[Column], below: Sequence[Cells], title: Facts) -> list[Column]:
    """The columns; one without a known header whose cells all tell how a supply stands has the
    role "status": "lost heating after the attack", "reconnected overnight". The title or the cells
    say which supply it is that the columns of counts beside it count."""
    found = list(columns)
    if any(column.role in ("status", "indicator") for column in columns):
        return found
    for at, column in enumerate(columns):
        cells = [row[at].text for row in below if len(row) > at and row[at].text]
        if column.role or len(cells) < _FEWEST or not all(map(status_in, cells)):
            continue
        found[at] = replace(column, role="status")
        told = {supply for cell in cells if (supply := first("supplies", cell))}
        supply = said(title, "supply") or (told.pop() if len(told) == 1 else "")
        return [_of_supply(each, supply) for each in found]
    return found


def with_services(columns: Sequence[Column], below: Sequence[Cells], title: Facts) -> list[Column]:
    """The columns; beside rows that are services, "Heating", "Water", those with a unit count who
    is without them, if title or headers say how they stand. One without a unit has the others'."""
    at = next((n for n, each in enumerate(columns) if each.role == "indicator"), None)
    cells = [row[at].text for row in below if at is not None and len(row) > at and row[at].text]
    named = [first("supplies", cell) and "indicator" not in stated(cell) for cell in cells]
    told = any("status" in facts for facts in (title, *(each.facts for each in columns)))
    if len(cells) < _FEWEST or not all(named) or not told:
        return list(columns)
    units = {each.facts["unit"] for each in columns if "unit" in each.facts}
    shared = {"unit": min(units)} if len(units) == 1 else {}
    return [
        replace(each, role="measure", facts={**shared, **each.facts, "service": ("", _NOWHERE)})
        if each.facts.keys() & {"unit", "status"} and "indicator" not in each.facts
        else each
        for each in columns
    ]


def with_units(columns: Sequence[Column], below: Sequence[Cells], title: Facts) -> list[Column]:
    """The columns; those of a supply without a unit have the one that some of their cells name and
    the others leave out: "over 61,000 customers", "38,000"."""
    open_ = [at for at, each in enumerate(columns) if _lacks_unit(each, title)]
    cells = [row[at] for row in below for at in open_ if len(row) > at and row[at].text]
    named = {said for cell in cells if is_amount(cell.text) if (said := unit_of(cell.text))}
    if len(named) != 1:
        return list(columns)
    unit = named.pop()
    span = next(cell.span for cell in cells if unit_of(cell.text) == unit)
    return [
        replace(each, facts={**each.facts, "unit": (unit, span)}) if at in open_ else each
        for at, each in enumerate(columns)
    ]


def _lacks_unit(column: Column, title: Facts) -> bool:
    return (
        column.role == "measure"
        and said(column.facts, "indicator") in OUTAGES
        and not {"unit", "scale"} & (column.facts.keys() | title.keys())
    )


def with_damage(columns: Sequence[Column], below: Sequence[Cells]) -> list[Column]:
    """The columns; "Damaged" counts, without a word for what was, if its cells say so: "4 houses, a
    school"."""
    found = list(columns)
    for at, column in enumerate(columns):
        if column.role or DAMAGE not in column.facts:
            continue
        texts = [row[at].text for row in below if len(row) > at and not is_missing(row[at].text)]
        if texts and 2 * sum(bool(things(text)) for text in texts) >= len(texts):
            part, span = column.facts[DAMAGE]
            facts = {"indicator": (DAMAGE, span)} | ({"part": (part, span)} if part else {})
            found[at] = replace(column, role="measure", facts=facts)
    return found


def _of_supply(column: Column, supply: str) -> Column:
    """A column that names only the unit of what it counts, as one of a supply."""
    unit = column.facts.get("unit")
    if not supply or unit is None or "indicator" in column.facts:
        return column
    if unit[0] not in INDICATORS[supply].units:
        return column
    return replace(column, role="measure", facts={**column.facts, "indicator": (supply, unit[1])})


def _without_ordinals(columns: Sequence[Column], below: Sequence[Cells]) -> list[Column]:
    """The columns, the first one not read if it counts the rows: "No. | Oblast | Killed"."""
    leading, *others = columns
    cells = [row[0].text.strip(" .)") for row in below if row and row[0].text]
    counts = len(cells) >= _FEWEST and cells == [str(n) for n in range(1, len(cells) + 1)]
    own = bool(stated(leading.text).keys() & {"indicator", "unit", "people"})
    return [Column(_IGNORED, {}, leading.text) if counts and not own else leading, *others]


def _is_no_row(text: str) -> bool:
    """Whether a cell names no place or day of its own: "the rest", "of which last week"."""
    return is_remainder(text) or bool(first("of_which", text))


def role_of_cells(cells: Sequence[Cell], known: date | None) -> str:
    """What all of these cells are: "date" or "place"; "" if they are neither. Totals may be among
    them, and "the rest"."""
    named = [cell for cell in cells if without_total(cell.text) and not _is_no_row(cell.text)]
    if len(named) < _FEWEST:
        return ""
    if all(date_of(cell.text, known) for cell in named):
        return "date"
    return "place" if all(is_place(cell.text) for cell in named) else ""


def _are_mostly_oblasts(cells: Sequence[Cell]) -> bool:
    """Whether all cells but one are places, and this one says that they are oblasts: "Other
    regions". Its row is refused."""
    named = [cell for cell in cells if without_total(cell.text)]
    odd = [cell for cell in named if not is_place(cell.text)]
    return len(odd) == 1 and len(named) > _FEWEST and bool(first("regions", odd[0].text))


def _are_indicators(cells: Sequence[Cell]) -> bool:
    """Whether each cell names what its row counts: "Killed", "Injured"."""
    named = [stated(cell.text).get("indicator", UNCLEAR) for cell in cells]
    return len(named) >= _FEWEST and UNCLEAR not in named


def _some_tell(cells: Sequence[Cell]) -> bool:
    """Whether one of several labels tells what its row counts: "Served", "Cut off". The rows of
    the others are then about something else, too."""
    told = [stated(cell.text).keys() & {"indicator", "status"} for cell in cells]
    return len(cells) >= _FEWEST and any(told) and not any(is_place(cell.text) for cell in cells)


def _are_structures(cells: Sequence[Cell]) -> bool:
    """Whether most labels name what can be damaged: "Houses", "Schools"."""
    units = [stated(cell.text).get("unit") for cell in cells]
    known = sum(unit in INDICATORS[DAMAGE].units for unit in units)
    return known >= _FEWEST and 2 * known > len(units)


def _tells(at: int, below: Sequence[Cells]) -> bool:
    """Whether the cells of a column tell what their rows count."""
    return _some_tell([row[at] for row in below if len(row) > at and row[at].text])


def _are_groups(cells: Sequence[Cell]) -> bool:
    """Whether each cell names a group of people: "Men", "Women", "Children". Totals may be among
    them."""
    named = [stated(cell.text) for cell in cells if without_total(cell.text)]
    return len(named) >= _FEWEST and all(
        each.keys() == {"people"} and each["people"] != UNCLEAR for each in named
    )
