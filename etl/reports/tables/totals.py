"""Totals: rows that sum the rows above. Each is a claim of its own, about a larger place.

The larger place is the one that the total names. Without a name it is the smallest that holds all
rows: their oblast, or Ukraine. A sum over some oblasts is no number of the whole country: their
names become its part. If one row's place is not known, the total's is not either.
"""

from etl.reports.tables.cells import Cell, filled
from etl.reports.tables.places import Areas, Places
from etl.reports.tables.reasons import A_TOTAL, Refusal
from etl.reports.tables.row import Row
from etl.reports.tables.titles import place_in
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import AREAS, plain, words
from impact.model.places import PLACES, is_city

_DATES = ("date", "date_end")


def is_total(row: Row) -> bool:
    """Whether one of a row's cells for areas, or its first cell, has words for a total."""
    cells = [filled(row.cells)[0], *(cell for _, cell in row.having(*AREAS, *_DATES))]
    return any(without_total(cell.text) != cell.text for cell in cells)


def areas_of(row: Row) -> Areas:
    """The row's cells that name areas, by kind of area, without the words for a total.

    Raises Refusal for a total that does not name its place; for one that names what is no place
    the refusal holds its text.
    """
    areas: dict[str, list[Cell]] = {}
    is_total = False
    for at, cell in row.having(*AREAS):
        text = without_total(cell.text)
        is_total = is_total or text != cell.text
        if text:
            role = row.frame.layout.columns[at].role
            areas.setdefault(role, []).append(Cell(text, cell.span))
    if is_total:
        _refuse_without_place(row, areas)
    else:
        _refuse_by_label(row)
    return areas


def _refuse_without_place(row: Row, areas: Areas) -> None:
    """Refuses a total if its cells for areas do not name a place.

    `areas` holds these cells without the words for a total.
    """
    has_narrower = len(row.frame.layout.having(*AREAS)) > 2
    if not areas or (areas.keys() == {"country"} and has_narrower):
        raise Refusal(A_TOTAL)
    try:
        Places().locate(areas)
    except Refusal:
        named = next(iter(areas.values()))[0].text
        if _is_for_a_city(row, named):
            return
        if plain(named) in words().phrases["totals"]["oblast"] and _is_for_an_oblast(row):
            raise Refusal(A_TOTAL) from None
        raise Refusal(A_TOTAL, named) from None


def _is_for_a_city(row: Row, named: str) -> bool:
    """Whether "City total", or "Kyiv, total", stands below the districts of the city that the
    title names."""
    titled = row.frame.layout.title.get("place")
    if titled is None or not is_city(titled[0]):
        return False
    pointed = plain(named) in words().phrases["totals"]["city"]
    return pointed or place_in(named) == titled[0]


def _is_for_an_oblast(row: Row) -> bool:
    return bool(row.whole) and PLACES[row.whole["place"]].level == "oblast"


def _is_of_title(row: Row) -> bool:
    """Whether a table has neither places nor days, so that all its rows are its title's."""
    layout = row.frame.layout
    placed = "place" in layout.title or row.frame.around is not None
    return placed and not layout.having(*AREAS, *_DATES)


def _refuse_by_label(row: Row) -> None:
    """Refuses a row whose first cell or cell for a date holds only words for a total.

    A sum over days is named in the refusal: no place could make a figure of it.
    """
    for _, cell in row.having(*_DATES):
        if without_total(cell.text) == "":
            raise Refusal(A_TOTAL, cell.text)
    first = filled(row.cells)[0]
    # below men and women, or in a table about one place alone
    everybody = any(cell == first for _, cell in row.having("people")) or _is_of_title(row)
    if without_total(first.text) == "" and not everybody:
        raise Refusal(A_TOTAL)
