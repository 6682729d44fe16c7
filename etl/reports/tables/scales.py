"""Scales: by what the heading of a number multiplies it ("customers, thousand" above "38").

A figure whose heading multiplied its cell quotes both, so that a reader sees why 38 became 38,000.
"""

from etl.reports.model.document import Span
from etl.reports.tables.cells import Cell, Fact, said
from etl.reports.tables.columns import Column
from etl.reports.tables.reasons import TOO_FAR, Refusal
from etl.reports.tables.row import Row
from etl.reports.tables.words import heading_scale
from impact.model.indicators import INDICATORS

_LONGEST_QUOTE = 4_000  # characters from a heading to a row below it

_ONE: Fact = ("1", (0, 0))


def scale_of(row: Row, column: Column) -> Fact:
    """The scale of the numbers of a column in a row, and the cell that gives it; "1" if none does.

    The first that gives one: the header, the row's unit or indicator, the title.
    """
    if "scale" in column.facts:
        return column.facts["scale"]
    for cell in filter(None, (row.first("unit"), row.first("indicator"))):
        if scale := heading_scale(cell.text):
            return scale, cell.span
    title = row.frame.layout.title
    # Beside "customers, thousand" in a title, a column of settlements or of deaths counts as it is.
    own = [said(column.facts, name) for name in ("indicator", "unit")]
    of_title = [said(title, name) for name in ("indicator", "unit")]
    agree = all(mine in ("", theirs) for mine, theirs in zip(own, of_title, strict=True))
    # "cut off | still off" below "Power supply, thousand customers": the title gives the unit
    untold = own[0] in INDICATORS and own[1] == of_title[0] == ""
    agree = agree or (untold and of_title[1] in INDICATORS[own[0]].units)
    return title["scale"] if "scale" in title and agree else _ONE


def quoted_from(row: Row, column: Column, cell: Cell) -> Span:
    """The span of the quote of a number that its scale multiplied: row and heading.

    Raises Refusal if the heading stands too far above.
    """
    start, end = row.around(cell)
    _, (heading, _) = scale_of(row, column)
    if end - heading > _LONGEST_QUOTE:
        raise Refusal(TOO_FAR)
    return min(start, heading), end
