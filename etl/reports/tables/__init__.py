"""Reads tables: rows of cells -> figures, each with the cells that it comes from.

columns.toml lists the words that headers use. The meaning of a column comes from its HXL tag, its
header and the title above the table. The meaning of a row comes from its own cells. If two of them
disagree, the first in this order wins: the cell of the value, its header, the other cells of the
row, the name of the section above the row, the title.

Nothing is added up and nothing is converted. A row gives figures, or it is refused with a reason.
A number whose meaning is unclear becomes an Unplaced. These do not count as rows: headers, repeated
headers, titles, names of sections, HXL tags and rows without text.

Rules for what a table leaves open:
- An outage without a status gets the status "without": cut off at the time of counting. This is
  the weakest claim. "Power (customers)" alone is no outage, as it may mean customers with power.
- A flow is a running total if its date is a month, a year, a span of days, or only the "as of" of
  a title. It gets the period "cumulative" and the last day as its date. etl/sources/hrmmu.py does
  the same. Who lost a supply, or had it restored, in a month or a span of days is one, too.
- A village, hromada or raion in a known oblast counts for the oblast. Its name becomes the part.
- A scale in a heading ("customers, thousand") multiplies each number below it, and the quote runs
  from the heading to the row. A number that may be scaled already is refused.
- A merged cell says the same for each row and column that it covers. A number in one is refused.
- A total that names no place is about the smallest place that holds all rows of the table. A sum
  over some oblasts is about a part of the country, which their names tell. Without such a place,
  and for a sum over days, it is refused.
- Where no title says which supply a table counts, the sentence above it may.
- A name in two languages is one place, and a raion that only one oblast has is told by its name.
- If a row gives figures and one of its cells cannot be read, that cell becomes an Unplaced that
  lacks "value".
- A table that lies on its side, with its places or days in one line, is set upright first.
- Whole sentences in the rows of a sheet that counts nothing, such as the posts of a channel, are
  remarks about the day of their row.
- Words in a column that counts nothing ("Remarks") are left to be read as sentences about the place
  and day of their row (Reading.remarks). So are the words of a table that has nothing but words,
  if each of its rows says where, and when if it has a column for days.
- If a sheet has several tables, each has its own header. Rows below a header that the reader does
  not understand are refused.
- A place, a day or what is counted that stands alone in a row ("Kharkiv Oblast", "20 January",
  "Killed") holds for the rows below it, until the next such row. Everything else holds for its own
  row only.
"""

from etl.reports.model.document import SHEETS, Document, Table
from etl.reports.model.reading import Reading
from etl.reports.tables.cells import Fact, grid_of
from etl.reports.tables.dates import last_day
from etl.reports.tables.others import counted_others
from etl.reports.tables.parted import parts
from etl.reports.tables.places import Places
from etl.reports.tables.row import Frame
from etl.reports.tables.rows import read_rows
from etl.reports.tables.several import part, sides, tables_below
from etl.reports.tables.supplied import supply_above
from etl.reports.tables.titles import captions
from etl.reports.tables.told import told_rows
from etl.reports.tables.turned import upright
from etl.reports.tables.victims import victims_above


def read_table(
    document: Document, table: Table, published: str, around: Fact | None = None
) -> Reading:
    """The figures of a table, or of all tables on one sheet.

    published  ISO date, or "". It dates a figure for which neither row nor title has a date.
    around     P-code of the place that the text around the table names, and the span that names it.
               It holds for a figure for which neither row nor title has a place.

    A table in which no column counts anything gives no rows; if its rows tell in words what
    happened at their places, it has remarks; if its columns count other things by place, its rows
    are refused; else the Reading is empty: language "".
    """
    grid = grid_of(document, table)
    introduced, places, reading = captions(document, table), Places(), Reading()
    above = [*supply_above(document, table, introduced), *introduced]
    above += victims_above(document, table, introduced)
    beside = sides(grid, above, published)
    for start, end in beside:
        own = part(grid, start, end)
        columns = f"columns {_letter(start)}–{_letter(end - 1)}" if len(beside) > 1 else ""
        position = ", ".join(filter(None, [table.position, columns]))
        for each in parts(own, above, last_day(published)):
            for below, lines in upright(each.rows, last_day(published)):
                for layout, last in tables_below(below, each.captions, published):
                    frame = Frame(
                        *(document, position, layout, published, places, lines, around, each.above)
                    )
                    reading.add(read_rows(below[:last], frame))
    if reading.rows:
        return reading
    told = told_rows(grid, above, published, sheet=document.kind in SHEETS)
    return told if told.remarks or table.loose else counted_others(grid, table.position)


def _letter(column: int) -> str:
    """The name that spreadsheets give the column with this index, from 0: A … Z, AA …"""
    above, at = divmod(column, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + at)
