"""Facts of a row: what its cells beside the numbers say of each of them."""

from collections.abc import Callable
from datetime import date

from etl.reports.model.document import Span
from etl.reports.tables.cells import Facts, said
from etl.reports.tables.dates import When, date_of, last_day, span_of_days
from etl.reports.tables.reasons import BAD_DATE, IN_NEED, Refusal, brief
from etl.reports.tables.row import Row
from etl.reports.tables.totals import areas_of
from etl.reports.tables.words import (
    UNCLEAR,
    first,
    matches,
    not_counted,
    plain,
    stated_in,
    status_in,
)
from impact.model import dates
from impact.model.figure import BOUNDS
from impact.model.indicators import INDICATORS

OTHER = "!"  # an indicator's cell that names none of ours

# Values that a table states for a column of Figure in the table's own words.
_TEXTS = ("attributed_to", "publisher", "url", "note")


def row_facts(row: Row) -> Facts:
    """Every fact of a row. Raises Refusal if place, date or group make all its numbers none."""
    areas, places = areas_of(row), row.frame.places
    facts = places.locate_below(row.section, areas) if row.section else places.locate(areas)
    facts |= indicator(row)
    facts |= _when(row)
    facts |= _unit(row)
    facts |= _first_known(row, "cause", _cause)
    facts |= _first_known(row, "moment", _moment)
    facts |= _first_known(row, "bound", _bound)
    facts |= _status(row)
    facts |= _groups(row, facts)
    facts |= _first_known(row, "verification", _verification)
    for name in (*_TEXTS, "part"):
        if cell := row.first(name):
            facts.setdefault(name, (cell.text, cell.span))
    return facts


def indicator(row: Row) -> Facts:
    """What the row's cell for the indicator says, unit and status included."""
    if not (cell := row.first("indicator")):
        return {}
    if cell.text in INDICATORS:
        return {"indicator": (cell.text, cell.span)}
    facts = {} if "words" in not_counted(cell.text) else stated_in(cell)
    return {"indicator": (OTHER, cell.span)} | facts


def _unit(row: Row) -> Facts:
    if not (cell := row.first("unit")):
        return {}
    return {"unit": (first("units", cell.text) or UNCLEAR, cell.span)}


def _first_known(row: Row, role: str, known: Callable[[str], str]) -> Facts:
    """The first of the row's cells of a role whose words are known, as a fact."""
    for _, cell in row.having(role):
        if value := known(cell.text):
            return {role: (value, cell.span)}
    return {}


def _cause(text: str) -> str:
    return first("causes", text)


def _moment(text: str) -> str:
    return plain(text) if plain(text) in dates.MOMENTS else ""


def _bound(text: str) -> str:
    return next((each for each in BOUNDS if plain(text) in (each, each.replace("_", " "))), "")


def _verification(text: str) -> str:
    return first("verifications", text)


def _status(row: Row) -> Facts:
    """The status of an outage; a column "status" may hold that of the claim itself instead."""
    if not (cell := row.first("status")):
        return {}
    if known := status_in(cell.text):
        return {"status": (known, cell.span)}
    if known := _verification(cell.text):
        return {"verification": (known, cell.span)}
    return {"status": (UNCLEAR, cell.span)}


def _groups(row: Row, facts: Facts) -> Facts:
    """Whom the row counts: a group we know, else the words as the part of the whole."""
    found: Facts = {}
    for at, cell in row.having("people", "scope"):
        groups = matches("people", cell.text)
        if groups == ["all"] or plain(cell.text) == "intersectoral":
            continue
        if row.frame.layout.columns[at].role == "scope":
            if any(said(each.facts, "indicator") == "population" for each in row.measures()):
                raise Refusal(IN_NEED, cell.text)
        elif len(groups) == 1 and "people" not in found:
            found["people"] = (groups[0], cell.span)
        else:
            before = [each["part"][0] for each in (facts, found) if "part" in each]
            found["part"] = (", ".join([*before[-1:], cell.text]), cell.span)
    return found


def _when(row: Row) -> Facts:
    """Date, as_of and published of the row's own cells; "clock" for a date with its clock time."""
    known = last_day(row.frame.published)
    facts = _spanned(_dated(row, "date_start", known), _dated(row, "date_end", known))
    for role in ("date", "as_of", "published"):
        if not (found := _dated(row, role, known)):
            continue
        when, span = found
        facts[role] = (when.moment or when.day if role == "as_of" else when.day, span)
        if role == "date":
            facts.pop("date_start", None)
            if when.start:
                facts["date_start"] = (when.start, span)
            if when.moment:
                facts["clock"] = (when.moment, span)
    return facts


def _dated(row: Row, role: str, known: date | None) -> tuple[When, Span] | None:
    for at, cell in row.having(role):
        if when := date_of(cell.text, known, at in row.frame.layout.month_first):
            return when, cell.span
        # A clock time alone, or words, under "time" or "updated" take nothing away.
        if role != "as_of":
            raise Refusal(BAD_DATE, brief(cell.text))
    return None


def _spanned(start: tuple[When, Span] | None, end: tuple[When, Span] | None) -> Facts:
    """Dates of a column for the start and one for the end; either alone is the date."""
    if not (start and end):
        either = end or start
        return {"date": (either[0].day, either[1])} if either else {}
    when = span_of_days(start[0].day, end[0].day)
    if when is None:
        raise Refusal(BAD_DATE, f"{start[0].day} – {end[0].day}")
    facts = {"date": (when.day, end[1])}
    if when.start:
        facts["date_start"] = (when.start, start[1])
    return facts
