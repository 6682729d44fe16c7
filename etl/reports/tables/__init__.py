"""Reading tables: rows of cells -> figures, with the cells that led to each.

The words that headers use stand in columns.toml. What a column means comes from its HXL tag, its
header and the title above the table; what a row means from its own cells. The order in which they
are believed: the cell of the value itself, its header, the row's other cells, a section's name
above the row, the title.

Nothing is added up or converted. A row gives figures or is refused with a reason; a number whose
meaning is unclear comes out as Unplaced. Not counted as rows are headers, their repetitions,
titles, sections' names, HXL tags and rows without any text.

Decisions that a table cannot make itself:
- An outage whose status nobody states counts as "without": the weakest claim, cut off at the time
  of counting. A bare "Power (customers)" may mean customers served and is no outage.
- A flow dated by a month, a year, a span of days or only by a title's "as of" is a running total:
  period "cumulative", dated by its closing day, as etl/sources/hrmmu.py does.
- A village, hromada or raion inside a known oblast counts for the oblast, its name as the part.
- A row that gave figures beside a cell that cannot be read leaves that cell as Unplaced which
  lacks "value".
- Where several tables stand on one sheet, each has its own header; the rows below a header that
  nobody understands are refused.
- Nothing is carried down but the place that stands alone in a row ("Kharkiv Oblast"): it holds for
  the rows below until the next such row.
"""

from etl.reports.model.document import Document, Table
from etl.reports.model.reading import Reading
from etl.reports.tables.cells import cell_at
from etl.reports.tables.places import Places
from etl.reports.tables.row import Frame
from etl.reports.tables.rows import read_rows
from etl.reports.tables.several import part, sides, tables_below
from etl.reports.tables.titles import caption


def read_table(document: Document, table: Table, published: str) -> Reading:
    """The figures of a table, or of all tables on a sheet. `published` is an ISO date, used where
    neither row nor title has one.

    A table without any column that counts something is not a table of figures: an empty Reading
    with language "" and no rows.
    """
    grid = [[cell_at(document.text, span) for span in row] for row in table.rows]
    above, places, reading = caption(document, table), Places(), Reading()
    beside = sides(grid, above, published)
    for start, end in beside:
        own = part(grid, start, end)
        columns = f"columns {_letter(start)}–{_letter(end - 1)}" if len(beside) > 1 else ""
        position = ", ".join(filter(None, [table.position, columns]))
        for layout, last in tables_below(own, above, published):
            reading.add(read_rows(own[:last], Frame(document, position, layout, published, places)))
    return reading


def _letter(column: int) -> str:
    """A column's name as spreadsheets give it: A … Z, AA …"""
    above, at = divmod(column, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + at)
