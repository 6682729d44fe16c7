"""Old Excel workbooks (XLS), read by calamine. It shows cells with errors as empty."""

from collections.abc import Iterator
from io import BytesIO

from etl.reports.formats import File, Refused, damage_refused
from etl.reports.formats._cells import shown
from etl.reports.formats._writer import Writer
from etl.reports.model.document import Document

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
    from python_calamine import CalamineWorkbook, PasswordError

    writer.note("errors_unseen")
    with damage_refused():
        try:
            book = CalamineWorkbook.from_filelike(BytesIO(content))
        except PasswordError:
            raise Refused("password") from None
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            writer.mark(f"sheet {title}")
            writer.table(([shown(cell) for cell in row] for row in rows), f"sheet {title}")
