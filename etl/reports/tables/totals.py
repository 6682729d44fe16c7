"""Totals: rows that sum the rows above. Each is a claim of its own, about a larger place.

The larger place is the one that the total names. Without a name it is the smallest that holds all
rows: their oblast, or Ukraine. If one row's place is not known, the total's is not either.
"""

import re
from collections.abc import Iterable
from functools import cache

from etl.reports.tables.cells import Cell, filled
from etl.reports.tables.places import Areas, Places
from etl.reports.tables.reasons import A_TOTAL, Refusal
from etl.reports.tables.row import Row
from etl.reports.tables.words import AREAS, any_of, plain, words
from impact.model.places import PLACES, UKRAINE

_DATES = ("date", "date_end")


def smallest_around(pcodes: Iterable[str]) -> str:
    """The P-code of the smallest place that holds all of these, or is the only one."""
    found = set(pcodes)
    oblasts = {PLACES[pcode].oblast for pcode in found}
    if len(found) == 1:
        return found.pop()
    return oblasts.pop() if len(oblasts) == 1 else UKRAINE.pcode


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
        if plain(named) in words().phrases["totals"]["oblast"] and _is_for_an_oblast(row):
            raise Refusal(A_TOTAL) from None
        raise Refusal(A_TOTAL, named) from None


def _is_for_an_oblast(row: Row) -> bool:
    return bool(row.whole) and PLACES[row.whole["place"]].level == "oblast"


def _refuse_by_label(row: Row) -> None:
    """Refuses a row whose first cell or cell for a date holds only words for a total.

    A sum over days is named in the refusal: no place could make a figure of it.
    """
    for _, cell in row.having(*_DATES):
        if without_total(cell.text) == "":
            raise Refusal(A_TOTAL, cell.text)
    if without_total(filled(row.cells)[0].text) == "":
        raise Refusal(A_TOTAL)


def without_total(text: str) -> str:
    """The text without words for a total and the words that join them to a place ("total for").

    "" if nothing is left.
    """
    if _counted().fullmatch(plain(text)):
        return ""
    left = _totals().sub(" ", text)
    if left == text:
        return text
    return _joints().sub("", left.strip(" ,:;()/|-–—")).strip(" ,:;()/|-–—")


@cache
def _totals() -> re.Pattern:
    listed = "|".join(sorted(words().phrases["totals"]["words"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def _counted() -> re.Pattern:
    """A pattern of "six regions" and "all 24 oblasts"."""
    counts, nouns = any_of("totals", "counts"), any_of("totals", "counted")
    return re.compile(rf"(?:(?:{counts}|\d+) ){{1,2}}(?:{nouns})")


@cache
def _joints() -> re.Pattern:
    listed = "|".join(words().phrases["totals"]["joints"])
    return re.compile(rf"^(?:(?:{listed})\s+)+", re.IGNORECASE)
