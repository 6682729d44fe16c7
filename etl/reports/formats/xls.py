"""Old Excel workbooks (XLS), read by calamine. It shows cells with errors as empty."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from etl.reports.formats import File, Refused, damage_refused
from etl.reports.formats._cells import shown
from etl.reports.formats._writer import Merged, Writer
from etl.reports.model.document import Document

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ENDINGS = ("xls",)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))


def knows(content: bytes) -> bool:
    """Whether the bytes are an OLE file with a workbook in it."""
    return content.startswith(_OLE) and any(name in content for name in _STREAMS)


def documents(file: File) -> Iterator[Document]:
    """One document with all sheets, without blank rows. Raises Refused if it cannot be read."""
    writer = Writer()
    write(writer, file.content)
    document = writer.document(file.name, "xls")
    if not document.text:
        raise Refused("empty", "no cell holds anything")
    yield document


def write(writer: Writer, content: bytes) -> None:
    """Adds every sheet, read by calamine. Raises Refused for damage or a password."""
    writer.note("errors_unseen")
    with damage_refused():
        book = _book(content)
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            rows = sheet.to_python(skip_empty_area=False)
            cells = ([shown(cell) for cell in row] for row in rows)
            writer.mark(f"sheet {title}")
            writer.table(cells, f"sheet {title}", _merged(sheet))


def merged(content: bytes) -> dict[str, list[Merged]]:
    """Name of a sheet -> its merged cells. Raises Refused as `write` does."""
    with damage_refused():
        book = _book(content)
        return {title: _merged(book.get_sheet_by_name(title)) for title in book.sheet_names}


def _book(content: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise Refused("password") from None


def _merged(sheet: "CalamineSheet") -> list[Merged]:
    return [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
