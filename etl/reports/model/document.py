"""Document: what opening a file yields, whatever its format."""

from bisect import bisect_right
from dataclasses import dataclass, fields
from typing import Any

Span = tuple[int, int]  # offsets into Document.text, the end exclusive

# A file of these kinds is nothing but tables: it has no sentences but those in their cells.
SHEETS = ("csv", "xlsx", "xls")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a document: each cell is a span of the document's text.

    position  where it stands: "sheet Heat", "page 2, table 1"; empty for a CSV file
    loose     whether its rows are lines of running text, a table only if each of them is read
    """

    rows: tuple[tuple[Span, ...], ...]
    position: str = ""
    loose: bool = False

    @property
    def span(self) -> Span:
        """From the first cell's first character to the last cell's last."""
        cells = [cell for row in self.rows for cell in row]
        return (min(cell[0] for cell in cells), max(cell[1] for cell in cells)) if cells else (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with its tables. Offsets everywhere count characters of `text` from 0.

    name       the file's name as given; a member of an archive or mail follows a slash
    kind       the format's short name, as in etl/reports/formats
    text       everything a person would read, in reading order, tables as lines of cells
    marks      (offset, position) where a new page, sheet or footnote begins, ascending
    tables     the tables of the text; their spans are not running text
    title, published, publisher, url   what the file says of itself; published is ISO or empty
    notes      codes of etl/reports/opening/refusals.NOTES that a person should know
    """

    name: str
    kind: str
    text: str
    marks: tuple[tuple[int, str], ...] = ()
    tables: tuple[Table, ...] = ()
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()

    def position(self, offset: int) -> str:
        """The page, sheet or part in which an offset lies; empty where there is none."""
        found = bisect_right([start for start, _ in self.marks], offset)
        return self.marks[found - 1][1] if found else ""

    def told(self) -> dict[str, Any]:
        """The document as JSON has it, from which `of` makes it again. Tables are pairs of rows and
        position, not objects, because they make up most of it."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return told | {"tables": [(table.rows, table.position) for table in self.tables]}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Document":
        """The document that JSON tells of. Raises KeyError, TypeError and ValueError where it tells
        of none; what stands in the fields is not looked at."""
        tables = tuple(
            Table(tuple(tuple(map(tuple, row)) for row in rows), position)
            for rows, position in told["tables"]
        )
        marks = tuple(map(tuple, told["marks"]))
        return cls(**told | {"tables": tables, "marks": marks, "notes": tuple(told["notes"])})
