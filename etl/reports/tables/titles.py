"""Titles: the line above a table and the rows above its header, and what they say."""

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
_NAME_WORDS = 3  # the longest name of a place in a title ("City of Kharkiv")


def caption(document: Document, table: Table) -> Cell | None:
    """The line right above a table, if it is short and no full sentence; else None."""
    above = document.text[: table.span[0]].rstrip()
    start = above.rfind("\n") + 1
    inside = any(each.span[0] < len(above) <= each.span[1] for each in document.tables)
    if inside or len(above) - start > _LONGEST_CAPTION or above.endswith("."):
        return None
    return cell_at(document.text, (start, len(above)))


def title_facts(cells: Iterable[Cell], published: str) -> Facts:
    """What the cells of a title say: indicator, unit, status, place, date. Later cells win.

    A title about the losses of an army has the fact "army".
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
    """Whether a title or header is about the losses of an army."""
    return "titles" in not_counted(text)


def _date_facts(cell: Cell, published: str) -> Facts:
    """The fact "date" of a title that has exactly one date.

    After "as of" there is the fact "as_of", too; its value is "" without a clock time.
    """
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
    """P-code of the place that a title names; "" if it names none or several.

    A name is one to three words in a row and begins with a capital letter.
    """
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
