"""Word documents (DOCX, DOCM): reads their XML in the order of the text.

This module reads the XML itself. A library that makes an object for each piece of text is slower,
and it stops at the first error, while this module only leaves out the damaged part. Names of
elements are compared without their namespace, because the format has two variants (strict and
transitional, ISO/IEC 29500) that differ in their namespaces.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from etl.reports.formats import File, Refused, _archive
from etl.reports.formats._about import likely
from etl.reports.formats._raised import raised
from etl.reports.formats._writer import Merged, Writer
from etl.reports.model.document import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ENDINGS = ("docx", "docm")

_MAIN = "word/document.xml"
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
# Elements that are not read: deleted or moved text, codes of fields, a drawing's copy for old
# programs, and properties.
_LEFT_OUT = {"del", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "sectPr"}
# Properties of pieces of text that are struck out or not shown, and values that take one back.
_UNSHOWN, _OFF = ("strike", "dstrike", "vanish"), ("0", "false", "off", "none")
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def knows(content: bytes) -> bool:
    """Whether the bytes are an Office file with a Word document in it."""
    names = _archive.names(content)
    return _archive.CONTENTS in names and any(name.startswith("word/") for name in names)


def documents(file: File) -> Iterator[Document]:
    """One document: the body, then footnotes and endnotes.

    Headers and footers are read only if the body is empty.
    """
    archive = _archive.Archive(file.content)
    reader = _Reader(archive)
    body = reader.part(_main(archive))
    if body is None:
        raise Refused("damaged", "no body")
    reader.blocks(body)
    for part, kind in _NOTES:
        reader.notes(part, kind)
    if reader.is_empty:
        for name in sorted(archive.names()):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                reader.blocks(reader.part(name))
    if any(_is_unshown(run) and _text(run).strip() for run in body.iter("{*}r")):
        reader.writer.note("struck_dropped")
    document = reader.writer.document(file.name, "docx", **_about(reader))
    if not document.text:
        raise Refused("no_text", "no words in the body")
    yield document


def _main(archive: _archive.Archive) -> str:
    """The name of the member with the body. Some programs add a number to it."""
    if _MAIN in archive:
        return _MAIN
    named = (name for name in archive.names() if name.startswith("word/document"))
    return next((name for name in named if name.endswith(".xml")), _MAIN)


def _about(reader: "_Reader") -> dict[str, str]:
    """Title and date from the properties of the file."""
    properties = reader.part("docProps/core.xml")
    found = {} if properties is None else {_tag(each): each.text or "" for each in properties}
    published = likely(found.get(each, "") for each in ("modified", "created"))
    if published:
        reader.writer.note("date_of_file")
    return {"title": found.get("title", ""), "published": published}


class _Reader:
    """Reads the parts of a document and writes the text that a person would see."""

    def __init__(self, archive: _archive.Archive) -> None:
        self.writer = Writer()
        self.is_empty = True
        self._archive = archive
        self._tables = 0

    def part(self, name: str) -> "Element | None":
        """The root element of a part; None if the part is missing or cannot be read at all."""
        from lxml import etree

        if name not in self._archive:
            return None
        content = self._archive.xml(name)
        for recover in (False, True):
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, recover=recover
            )
            try:
                return etree.fromstring(content, parser)
            except etree.XMLSyntaxError:
                self.writer.note("part_damaged")
        return None

    def blocks(self, parent: "Element | None") -> None:
        """Writes the paragraphs and tables of an element in order, at any depth."""
        for child in () if parent is None else parent:
            tag = _tag(child)
            if tag == "p":
                self._paragraph(child)
            elif tag == "tbl":
                self._table(child)
            elif tag not in _LEFT_OUT:
                self.blocks(child)

    def notes(self, part: str, kind: str) -> None:
        """Writes footnotes or endnotes, each with a mark that holds its number."""
        root = self.part(f"word/{part}.xml")
        number = 0
        for note in () if root is None else root:
            if _tag(note) != kind or _attribute(note, "type"):
                continue  # a separator line
            number += 1
            self.writer.mark(f"{kind} {number}")
            self._lines(" ".join(_text(each) for each in _paragraphs(note)))

    def _paragraph(self, paragraph: "Element") -> None:
        text = _text(paragraph)
        self._lines(f"• {text}" if text.strip() and _is_listed(paragraph) else text)
        for box in _boxes(paragraph):
            self.blocks(box)

    def _table(self, table: "Element") -> None:
        rows = [row for row in _within(table, "tr") if not _is_deleted(row)]
        cells = [list(_within(row, "tc")) for row in rows]
        nested = any(next(cell.iter("{*}tbl"), None) is not None for row in cells for cell in row)
        if nested or max(map(len, cells), default=0) < 2:
            for row in cells:  # this table only arranges the page
                for cell in row:
                    self.blocks(cell)
            return
        self._tables += 1
        self.is_empty = False
        self.writer.table(map(_row, cells), f"table {self._tables}", list(_merged(cells)))

    def _lines(self, text: str) -> None:
        self.is_empty &= not text.strip()
        self.writer.lines(text)


def _tag(element: "Element") -> str:
    """An element's name without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: "Element", name: str) -> str:
    """The value of an attribute, whose name is compared without namespace; "" if it is missing."""
    for key, value in element.items():
        if isinstance(key, str) and isinstance(value, str) and key.rpartition("}")[2] == name:
            return value
    return ""


def _walk(element: "Element") -> Iterator["Element"]:
    """The elements of a paragraph at any depth, without text boxes, those in _LEFT_OUT and what is
    struck out or hidden."""
    for child in element:
        tag = _tag(child)
        if tag == "r" and _is_unshown(child):
            continue
        if tag and tag not in _LEFT_OUT and tag != "txbxContent":
            yield child
            yield from _walk(child)


def _is_unshown(run: "Element") -> bool:
    """Whether a piece of text is struck out or hidden: whoever opens the file takes it for no
    statement."""
    told = (each for name in _UNSHOWN for each in run.iterfind(f"{{*}}rPr/{{*}}{name}"))
    return any(_attribute(each, "val") not in _OFF for each in told)


def _text(paragraph: "Element") -> str:
    pieces = []
    for each in _walk(paragraph):
        tag = _tag(each)
        text = (each.text or "") if tag == "t" else _BREAKS.get(tag, "")
        pieces.append(raised(text) if tag == "t" and _is_raised(each) else text)
    return "".join(pieces)


def _is_raised(text: "Element") -> bool:
    """Whether a piece of text stands above the line, as the mark of a footnote does."""
    run = text.getparent()
    found = () if run is None else run.iterfind("{*}rPr/{*}vertAlign")
    return any(_attribute(each, "val") == "superscript" for each in found)


def _boxes(paragraph: "Element") -> Iterator["Element"]:
    """The text boxes that belong to a paragraph, without their copies for old programs."""
    for box in paragraph.iter("{*}txbxContent"):
        above = {_tag(each) for each in box.iterancestors()}
        if "Fallback" not in above and next(box.iterancestors("{*}p"), None) is paragraph:
            yield box


def _paragraphs(element: "Element") -> Iterator["Element"]:
    return element.iter("{*}p")


def _within(element: "Element", wanted: str) -> Iterator["Element"]:
    """The rows of a table or the cells of a row, also inside a form field or an inserted change."""
    for child in element:
        tag = _tag(child)
        if tag == wanted:
            yield child
        elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _within(child, wanted)


def _row(cells: list["Element"]) -> list[str]:
    """The texts of a row. A merged cell is followed by empty ones, so that columns stay aligned."""
    row = []
    for cell in cells:
        row.append(" ".join(filter(None, map(_text, _paragraphs(cell)))))
        row += [""] * (_width(cell) - 1)
    return row


def _width(cell: "Element") -> int:
    """The number of columns that a cell spans."""
    span = next((_attribute(each, "val") for each in cell.iterfind("{*}tcPr/{*}gridSpan")), "")
    return max(1, min(int(span), 100)) if span.isdecimal() else 1


def _merged(rows: list[list["Element"]]) -> Iterator[Merged]:
    """The merged cells. A cell that continues the one above says so, and holds nothing."""
    open_cells: dict[int, Merged] = {}  # first column -> the cell that rows below may continue
    for index, row in enumerate(rows):
        left = 0
        continued: dict[int, Merged] = {}
        for cell in row:
            right = left + _width(cell) - 1
            mark = next(cell.iterfind("{*}tcPr/{*}vMerge"), None)
            if mark is not None and _attribute(mark, "val") != "restart" and left in open_cells:
                top, *_ = open_cells[left]
                continued[left] = (top, left, index, right)
            elif mark is not None or right > left:
                continued[left] = (index, left, index, right)
            left = right + 1
        for at, above in open_cells.items():
            if not _goes_on(above, continued.get(at)):
                yield above
        open_cells = continued
    yield from open_cells.values()


def _goes_on(cell: Merged, below: Merged | None) -> bool:
    """Whether a merged cell is continued in the row below it."""
    return below is not None and below[0] == cell[0]


def _is_deleted(row: "Element") -> bool:
    return next(row.iterfind("{*}trPr/{*}del"), None) is not None


def _is_listed(paragraph: "Element") -> bool:
    """Whether a paragraph has a number or a bullet. The list number 0 means that it has none."""
    number = next(paragraph.iterfind("{*}pPr/{*}numPr/{*}numId"), None)
    return number is not None and _attribute(number, "val") not in ("", "0")
