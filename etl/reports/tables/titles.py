"""Titles: what the line above a table and the rows above its header say of every row."""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

from etl.reports.model.document import Document, Table
from etl.reports.tables.cells import Cell, Facts, cell_at
from etl.reports.tables.dates import dates_in, last_day
from etl.reports.tables.words import UNCLEAR, first, not_counted, stated_in
from impact.model.places import UnknownPlace, find

_LONGEST_CAPTION = 200  # characters
_NAME = re.compile(r"[^\W\d_][\w'’ʼ-]*")
_NAME_WORDS = 3  # as many as a name in a title has ("City of Kharkiv")


def caption(document: Document, table: Table) -> Cell | None:
    """The line right above a table, if it may be its caption: short and no whole sentence."""
    above = document.text[: table.span[0]].rstrip()
    start = above.rfind("\n") + 1
    inside = any(each.span[0] < len(above) <= each.span[1] for each in document.tables)
    if inside or len(above) - start > _LONGEST_CAPTION or above.endswith("."):
        return None
    return cell_at(document.text, (start, len(above)))


def title_facts(cells: Iterable[Cell], published: str) -> Facts:
    """Indicator, unit, status, place and date of a title; a later cell wins.

    "army" stands among the facts of a title that is about an army's losses.
    """
    facts: Facts = {}
    for cell in cells:
        stated = stated_in(cell)
        facts |= {name: fact for name, fact in stated.items() if fact[0] != UNCLEAR}
        if is_about_an_army(cell.text):
            facts["army"] = ("", cell.span)
        facts |= _date_facts(cell, published)
        if place := _place_in(cell.text):
            facts["place"] = (place, cell.span)
    return facts


def is_about_an_army(text: str) -> bool:
    """Whether a title or header speaks of an army's losses."""
    return "titles" in not_counted(text)


def _date_facts(cell: Cell, published: str) -> Facts:
    """The one date of a title; as_of too where it says "as of", "" there without a clock time."""
    found = dates_in(cell.text, last_day(published))
    if len(found) != 1:
        return {}
    when = found[0][0]
    facts = {"date": (when.day, cell.span)}
    if when.start:
        facts["date_start"] = (when.start, cell.span)
    if first("as_of", cell.text):
        facts["as_of"] = (when.moment, cell.span)
    return facts


@lru_cache(maxsize=256)
def _place_in(text: str) -> str:
    """P-code of the one place that a title names in up to three words in a row, else ""."""
    names = list(_NAME.finditer(text))
    found: set[str] = set()
    taken = -1
    for at, name in enumerate(names):
        if not name.group()[0].isupper() or name.start() < taken:
            continue
        for last in reversed(names[at : at + _NAME_WORDS]):
            with suppress(UnknownPlace):
                found.add(find(text[name.start() : last.end()]).pcode)
                taken = last.end()
                break
    return found.pop() if len(found) == 1 else ""
