"""Totals: rows that sum the rows above. A total is kept only if it names its own place."""

import re
from functools import cache

from etl.reports.tables.cells import Cell, filled
from etl.reports.tables.places import AREAS, Areas, Places
from etl.reports.tables.reasons import A_TOTAL, Refusal
from etl.reports.tables.row import Row
from etl.reports.tables.words import words


def areas_of(row: Row) -> Areas:
    """The row's cells that name areas, by kind of area, without the words for a total.

    Raises Refusal for a total that does not name its place.
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
        raise Refusal(A_TOTAL, next(iter(areas.values()))[0].text) from None


def _refuse_by_label(row: Row) -> None:
    """Refuses a row whose first cell or cell for a date holds only words for a total."""
    label = filled(row.cells)[0]
    labels = [label, *(cell for _, cell in row.having("date", "date_end"))]
    if any(without_total(cell.text) == "" for cell in labels):
        raise Refusal(A_TOTAL, label.text)


def without_total(text: str) -> str:
    """The text without words for a total and the words that join them to a place ("total for").

    "" if nothing is left.
    """
    left = _totals().sub(" ", text)
    if left == text:
        return text
    return _joints().sub("", left.strip(" ,:;()-–—")).strip(" ,:;()-–—")


@cache
def _totals() -> re.Pattern:
    listed = "|".join(sorted(words().phrases["totals"]["words"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def _joints() -> re.Pattern:
    listed = "|".join(words().phrases["totals"]["joints"])
    return re.compile(rf"^(?:(?:{listed})\s+)+", re.IGNORECASE)
