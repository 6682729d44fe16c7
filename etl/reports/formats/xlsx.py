"""Excel workbooks (XLSX, XLSM), read by openpyxl, because it shows cells with errors.

If openpyxl cannot read a file, calamine reads it. calamine knows the strict variant of the format,
too. Each sheet becomes a table. Rows without content are left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from etl.reports.formats import MAX_CELLS, MAX_COLUMNS, File, Refused, _archive, damage_refused, xls
from etl.reports.formats._cells import another, shown
from etl.reports.formats._writer import Merged, Writer
from etl.reports.model.document import Document

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

ENDINGS = ("xlsx", "xlsm")

# A row or column that is not shown.
_HIDDEN = re.compile(rb"<(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\"")
# A formula without a result. Excel adds the result when it opens and saves the file.
_NO_RESULT = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def knows(content: bytes) -> bool:
    """Whether the bytes are an Office file with a workbook in XML."""
    names = _archive.names(content)
    return _archive.CONTENTS in names and any(name.endswith("workbook.xml") for name in names)


def documents(file: File) -> Iterator[Document]:
    """One document with all sheets, also hidden ones.

    Raises Refused for a damaged or empty workbook, and at the limits of size.
    """
    archive = _archive.Archive(file.content)
    writer = Writer()
    has_merged = False
    for name in archive.names():
        if name.endswith((".xml", ".rels")):
            part = archive.xml(name)
            if part.count(b"<c ") + part.count(b"<c>") > MAX_CELLS:
                raise Refused("too_big", "cells")
            if _NO_RESULT.search(part):
                writer.note("no_results")
            if name.startswith("xl/worksheets/") and _HIDDEN.search(part):
                writer.note("hidden_rows")
            has_merged |= b"<mergeCell " in part
    try:
        with damage_refused():
            _write(writer, file.content, xls.merged(file.content) if has_merged else {})
    except Refused as refused:
        if refused.code != "damaged":
            raise
        writer = Writer()
        xls.write(writer, file.content)
    document = writer.document(file.name, "xlsx")
    if not document.text:
        raise Refused("empty", "no cell holds anything")
    yield document


def _write(writer: Writer, content: bytes, merged: Mapping[str, Sequence[Merged]]) -> None:
    """Adds every sheet, read by openpyxl. `merged` is the name of a sheet -> its merged cells.

    openpyxl knows those only if it holds all sheets in memory, so calamine tells them.
    """
    import mimetypes
    import warnings

    mimetypes.knownfiles.clear()  # openpyxl would read lists of the system; the sandbox forbids it
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    if not book.worksheets:
        raise Refused("damaged", "no sheet that openpyxl knows")  # the strict variant
    strikes = any(font.strike for font in book._fonts)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the size that a sheet declares may be wrong
        if sheet.sheet_state != "visible":
            writer.note("hidden_sheets")
        writer.mark(f"sheet {sheet.title}")
        rows = _rows(sheet, writer, strikes)
        writer.table(rows, f"sheet {sheet.title}", merged.get(sheet.title, ()), posts=True)


def _rows(sheet: "ReadOnlyWorksheet", writer: Writer, strikes: bool) -> Iterator[list[str]]:
    """The rows of a sheet without cells that are struck out; `strikes` says whether any may be."""
    for row in sheet.iter_rows():
        if len(row) > MAX_COLUMNS:
            if sum(cell.value is not None for cell in row) > MAX_COLUMNS:
                raise Refused("too_big", "columns")
            row = [cell for cell in row if cell.value is not None]
        if any(cell.data_type == "e" for cell in row):
            writer.note("error_cells")
        if any(another(cell.value, cell.number_format or "") for cell in row):
            writer.note("other_numbers")
        struck = {
            id(cell) for cell in row if strikes and cell.value is not None and _is_struck(cell)
        }
        if struck:
            writer.note("struck_dropped")
        yield [
            "" if id(cell) in struck else shown(cell.value, cell.number_format or "")
            for cell in row
        ]


def _is_struck(cell: "ReadOnlyCell | EmptyCell") -> bool:
    return bool(cell.font and cell.font.strike)
