"""Small files in every format, made where a test needs them."""

import base64
import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of these members: the same bytes whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 24, 0, 0, 0))
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this XML in its body; parts: footnotes, header1 … by their names."""
    members = {"[Content_Types].xml": "<Types/>", "word/document.xml": word("document", body)}
    root = {"footnotes": "footnotes", "endnotes": "endnotes", "header1": "hdr"}
    for name, content in parts.items():
        members[f"word/{name}.xml"] = word(root[name], content, wrap=False)
    return zipped(members)


def word(root: str, content: str, wrap: bool = True) -> str:
    content = f"<w:body>{content}</w:body>" if wrap else content
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{WORD}">{content}</w:{root}>'


def p(text: str, properties: str = "") -> str:
    """A paragraph of a Word document."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*pages: list[tuple[float, float, str]], strokes: str = "", font: str = "") -> bytes:
    """A PDF; a page is a list of (x, y, text in Latin letters), 12 points high."""
    font = font or "/BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))),
        f"<< /Type /Font /Subtype /Type1 {font} >>".encode(),
    ]
    for number, page in enumerate(pages):
        shown = [
            b"BT /F 12 Tf %.1f %.1f Td (%s) Tj ET" % (x, y, text.encode("cp1252"))
            for x, y, text in page
        ]
        stream = b"\n".join([strokes.encode(), *shown])
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    content = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size %d >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(content))
    )


def workbook(rows: list[list], merged: Sequence[str] = (), **formats: str) -> bytes:
    """An Excel workbook with one sheet "Heat".

    merged   ranges of cells that are one ("A2:A3")
    formats  cell -> number format
    """
    book = Workbook()
    book.active.title = "Heat"
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats.items():
        book.active[cell].number_format = number_format
    for area in merged:
        book.active.merge_cells(area)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


MAIL = (
    "From: Press <press@example.org>\nTo: x@example.org\nSubject: =?utf-8?b?{}?=\n"
    "Date: Tue, 20 Jan 2026 22:30:00 +0000\nMIME-Version: 1.0\n"
)


def mail(rest: str, subject: str = "Heat") -> str:
    return MAIL.format(base64.b64encode(subject.encode()).decode()) + rest
