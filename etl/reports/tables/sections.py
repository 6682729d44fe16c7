"""Sections: rows that hold only a place's name. The place holds for the rows below."""

from etl.reports.tables.cells import Cells, filled
from etl.reports.tables.layout import Layout
from etl.reports.tables.places import NARROW
from etl.reports.tables.words import plain, role_of, words
from impact.model.places import UnknownPlace, find

_LONGEST_NAME = 4  # words; longer texts with a word such as "region" are remarks
# In columns with these roles a single place is a row of its own, not a section.
_ROLES_OF_ROWS = ("country", "oblast", "place", "measure", "value")


def heads_section(row: Cells, layout: Layout) -> bool:
    """Whether a row is a section: its only text stands at the left and is a place.

    In a column for smaller areas only an oblast makes a section: "Poltava" alone in a column of
    cities is a row without a value. The table's columns must be understood, else the text may be a
    label of the row itself.
    """
    cells = filled(row)
    if len(cells) != 1 or layout.own or not _is_understood(layout):
        return False
    at, text, columns = row.index(cells[0]), cells[0].text, layout.columns
    if sum(cell.span == cells[0].span for cell in row) > 1:
        return _names_a_place(text, only_oblasts=False)  # a cell across the columns is no label
    if at >= len(columns) or any(each.role or each.text for each in columns[:at]):
        return False
    role = columns[at].role
    if role in _ROLES_OF_ROWS or role_of(text):
        return False
    return _names_a_place(text, only_oblasts=role in NARROW)


def _is_understood(layout: Layout) -> bool:
    return bool(layout.having(*NARROW, "indicator")) or all(each.role for each in layout.columns)


def _names_a_place(text: str, only_oblasts: bool) -> bool:
    """Whether a text is a known place, or looks like an oblast that is not known.

    The second is a section, too: else its rows would get the place of the section before.
    """
    try:
        return find(text).level == "oblast" or not only_oblasts
    except UnknownPlace:
        name = plain(text).split()
        marks = set(words().phrases["sections"]["words"])
        return 1 < len(name) <= _LONGEST_NAME and bool({name[0], name[-1]} & marks)
