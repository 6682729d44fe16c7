"""PDF: text by pdfium, lines joined to paragraphs by their geometry, tables by their cells.

A running title or page number that most pages repeat is kept where it stands first and dropped
after that; bare page numbers are dropped everywhere. In a table the text alone cannot say where
"12 480 317" ends one cell and begins the next, so cells are found on the page: by ruled lines
(pdfplumber), or by columns of numbers with clear gaps between.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING

from etl.reports.formats import File, Refused, patience
from etl.reports.formats._about import moment
from etl.reports.formats._pages import Box, Line, Word, columns, continues, in_rows
from etl.reports.formats._writer import Writer
from etl.reports.model.document import Document
from etl.reports.model.limits import MAX_PAGES

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfPage, PdfTextPage

ENDINGS = ("pdf",)

_MAX_ON_PAGE = 2_000_000  # characters
_RULED_PAGES = 30  # pages on which pdfplumber looks for ruled tables, a tenth of a second each
_MOST_STROKES = 3_000  # a page with more is a map or a drawing, which pdfplumber takes seconds for
_LONGEST_CELL = 150  # characters on average; more is paragraphs in boxes
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_FILE_NAME = re.compile(r"(?i)\.\w{2,4}$|^microsoft |^untitled|^\S+$")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}(?:\s*[/|]\s*\d{1,3})?[-–—\s]*")
_COMPOUND = re.compile(r"\w+-\w+")

# From left, bottom, right and top of a box of the page as stored to the box of the page as shown.
_Upright = Callable[[float, float, float, float], Box]


@dataclass(slots=True)
class _Page:
    lines: list[Line]
    tables: list[tuple[Box, list[list[str]]]] = field(default_factory=list)
    is_picture: bool = False


def knows(content: bytes) -> bool:
    """The mark may stand behind a little rubbish."""
    return b"%PDF-" in content[:1024]


def documents(file: File) -> Iterator[Document]:
    """The whole file as one document, its pages marked."""
    from pypdfium2 import PdfDocument, PdfiumError

    deadline = monotonic() + patience(len(file.content)) / 2
    writer = Writer()
    try:
        source = PdfDocument(file.content)
    except PdfiumError as error:
        code = "password" if error.err_code == _PASSWORD else "damaged"
        raise Refused(code, error.err_code) from None
    if len(source) > MAX_PAGES:
        raise Refused("too_big", "pages")
    ruled = _Ruled(file.content, deadline)
    pages = []
    for number in range(len(source)):
        try:
            pages.append(_page(source[number], number, ruled))
        except PdfiumError:
            writer.note("part_damaged")
            pages.append(_Page([]))
    if ruled.skipped:
        writer.note("tables_skipped")
    _check_for_text(pages, writer)
    _drop_repeated(pages)
    _write(writer, pages)
    about = source.get_metadata_dict()
    if published := moment(about.get("CreationDate", "")):
        writer.note("date_of_file")
    title = about.get("Title", "").strip()
    title = "" if _FILE_NAME.search(title) else title
    yield writer.document(file.name, "pdf", title=title, published=published)


def _check_for_text(pages: Sequence[_Page], writer: Writer) -> None:
    """Refuses scans, also those with nothing but a stamp or page number as text."""
    letters = sum(sum(map(str.isalnum, line.text)) for page in pages for line in page.lines)
    pictures = sum(page.is_picture for page in pages)
    if not letters or (pictures > len(pages) / 2 and letters < 20 * len(pages)):
        raise Refused("no_text" if pages else "damaged", f"{len(pages)} pages")
    if pictures:
        writer.note("pages_without_text")


# --- one page ---


def _page(page: "PdfPage", number: int, ruled: "_Ruled") -> _Page:
    """Lines in reading order and tables of a page, which is closed after."""
    try:
        text = page.get_textpage()
        upright = _upright(page)
        lines = _lines(text, upright)
        if not lines:
            return _Page([], is_picture=_has(page, "IMAGE"))
        found = _Page(lines)
        numbers = sum(len(_DIGITS.findall(line.text)) for line in lines)
        if numbers >= 4:
            if ruled.wants(strokes := _count(page, "PATH")):
                found.tables = ruled.tables(number, text, page)
            elif strokes > _MOST_STROKES:
                ruled.skipped = True
            if not found.tables:
                found.tables = list(columns(in_rows(_words(text, upright))))
        return found
    finally:
        page.close()


def _upright(page: "PdfPage") -> _Upright:
    """Turns a box of the page as stored into one of the page as shown."""
    width, height = page.get_size()
    turned = page.get_rotation()

    def turn(left: float, bottom: float, right: float, top: float) -> Box:
        if turned == 90:
            return Box(bottom, height - right, top, height - left)
        if turned == 180:
            return Box(width - right, height - top, width - left, height - bottom)
        if turned == 270:
            return Box(width - top, left, width - bottom, right)
        return Box(left, bottom, right, top)

    return turn


def _lines(text: "PdfTextPage", upright: _Upright) -> list[Line]:
    """The lines as pdfium orders them. It writes U+FFFE for a hyphen at the end of a line."""
    whole = text.get_text_range()
    if len(whole) > _MAX_ON_PAGE:
        raise Refused("too_big", "characters")
    # Letters outside the basic plane are two characters to pdfium.
    whole = _as_units(whole) if len(whole) != text.count_chars() else whole
    lines = []
    for piece in re.finditer(r"[^\r\n\ufffe]+", whole):
        words = piece[0].strip()
        if not words:
            continue
        first = piece.start() + piece[0].index(words[0])
        last = first + len(words) - 1
        start, end = (upright(*text.get_charbox(each, loose=True)) for each in (first, last))
        box = Box(
            min(start.left, end.left), min(start.bottom, end.bottom),
            max(start.right, end.right), max(start.top, end.top),
        )  # fmt: skip
        broken = whole[piece.end() : piece.end() + 1] == "\ufffe"
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        lines.append(Line(words, box, start.top - start.bottom, broken))
    return lines


def _as_units(text: str) -> str:
    """A string with a character for each UTF-16 unit."""
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, memoryview(units).cast("H")))


def _words(text: "PdfTextPage", upright: _Upright) -> list[Word]:
    """Every word with its box."""
    whole = text.get_text_range()
    if len(whole) != text.count_chars():
        whole = _as_units(whole)
    words = []
    for piece in re.finditer(r"[^\s\ufffe]+", whole):
        boxes = [upright(*text.get_charbox(n, loose=True)) for n in range(*piece.span())]
        words.append(Word(piece[0], Box.around(boxes)))
    return words


def _count(page: "PdfPage", kind: str) -> int:
    from pypdfium2 import raw

    return sum(1 for _ in page.get_objects([getattr(raw, f"FPDF_PAGEOBJ_{kind}")], max_depth=3))


def _has(page: "PdfPage", kind: str) -> bool:
    return _count(page, kind) > 0


class _Ruled:
    """Looks for tables with drawn lines, on so many pages and for so long as is allowed."""

    def __init__(self, content: bytes, deadline: float) -> None:
        self.skipped = False
        self._content = content
        self._deadline = deadline
        self._pages = 0
        self._file: PDF | None = None

    def wants(self, strokes: int) -> bool:
        """Whether a page with so many drawn lines is worth a look, and there is time for it."""
        if not 4 <= strokes <= _MOST_STROKES:
            return False
        if self._pages >= _RULED_PAGES or monotonic() > self._deadline:
            self.skipped = True
            return False
        return True

    def tables(
        self, number: int, text: "PdfTextPage", page: "PdfPage"
    ) -> list[tuple[Box, list[list[str]]]]:
        """The page's tables: pdfplumber says where the cells are, pdfium what is in them."""
        import pdfplumber

        self._pages += 1
        try:
            self._file = self._file or pdfplumber.open(BytesIO(self._content))
            sheet = self._file.pages[number]
            found = [
                (table.bbox, [row.cells for row in table.rows]) for table in sheet.find_tables()
            ]
            top, rotated = sheet.bbox[3], page.get_rotation()
            sheet.close()
        except (MemoryError, RecursionError):
            raise
        except Exception:  # pdfminer's errors are of many kinds
            self.skipped = True
            return []
        if rotated:
            self.skipped |= bool(found)
            return []
        tables = []
        for bbox, rows in found:
            cells = [
                [_bounded(text, _flipped(cell, top)) if cell else "" for cell in row]
                for row in rows
            ]
            if _is_table(cells):
                tables.append((_flipped(bbox, top), cells))
        return tables


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Not a frame around a page, nor boxes that hold paragraphs."""
    filled = [cell for row in rows for cell in row if cell.strip()]
    wide = max(map(len, rows), default=0)
    small = sum(map(len, filled)) <= _LONGEST_CELL * len(filled)
    return wide > 1 and len(rows) > 1 and len(filled) > 0.4 * wide * len(rows) and small


def _flipped(box: Sequence[float], height: float) -> Box:
    """pdfplumber measures from the top of the page, PDF from its bottom."""
    left, top, right, bottom = box
    return Box(left, height - bottom, right, height - top)


def _bounded(text: "PdfTextPage", box: Box) -> str:
    inner = text.get_text_bounded(box.left + 0.5, box.bottom + 0.5, box.right - 0.5, box.top - 0.5)
    return inner.replace("\ufffe\r\n", "").replace("\ufffe", "")


# --- all pages ---


def _drop_repeated(pages: Sequence[_Page]) -> None:
    """Drops page numbers, and after its first time what most pages have at the top or bottom."""
    if len(pages) < 2:
        return
    edges = [
        [(line, _pattern(line, n)) for line in _edges(page)] for n, page in enumerate(pages, 1)
    ]
    often = Counter(pattern for each in edges for pattern in {pattern for _, pattern in each})
    seen = set()
    for page, edge in zip(pages, edges, strict=True):
        for line, pattern in edge:
            if often[pattern] >= max(2, 0.6 * len(pages)):
                if pattern in seen or pattern == "#":
                    page.lines.remove(line)
                seen.add(pattern)


def _edges(page: _Page) -> list[Line]:
    """The two highest and the two lowest lines."""
    by_height = sorted(page.lines, key=lambda line: -line.box.top)
    return [*by_height[:2], *by_height[2:][-2:]]


def _pattern(line: Line, number: int) -> str:
    """A line with its page's number left open; other numbers count, they may be figures."""
    return "#" if _PAGE_NUMBER.fullmatch(line.text) else re.sub(rf"\b{number}\b", "#", line.text)


def _write(writer: Writer, pages: Sequence[_Page]) -> None:
    compounds = {
        each.lower()
        for page in pages
        for line in page.lines
        for each in _COMPOUND.findall(line.text)
    }
    before: Line | None = None
    for number, page in enumerate(pages, 1):
        writer.mark(f"page {number}")
        left = list(enumerate(page.tables, 1))
        spacing = _spacing(page.lines)
        for line in page.lines:
            inside = next((box for box, _ in page.tables if box.holds(line.box)), None)
            if inside:
                for each in [each for each in left if each[1][0] is inside]:
                    nth, (_, rows) = each
                    writer.table(rows, f"page {number}, table {nth}")
                    left.remove(each)
                before = None
            elif before and continues(before, line, page.lines, spacing):
                writer.join(line.text, _glue(before, line, compounds))
                line.opens = False
                before = line
            else:
                writer.lines(line.text)
                before = line
        for nth, (_, rows) in left:
            writer.table(rows, f"page {number}, table {nth}")


def _spacing(lines: Sequence[Line]) -> float:
    """The distance from line to line within paragraphs, in points: a quarter have less."""
    steps = [above.box.bottom - below.box.bottom for above, below in pairwise(lines)]
    steps = sorted(step for step in steps if step > 1) or [12.0]
    return steps[len(steps) // 4]


def _glue(before: Line, line: Line, compounds: set[str]) -> str:
    """What joins two lines: nothing where a word was broken, its hyphen where it has one."""
    if not before.broken:
        return "" if before.text.endswith("-") else " "
    head, tail = before.text.split()[-1], line.text.split()[0]
    within = head[-1:].islower() and tail[:1].islower()
    found = _COMPOUND.match(f"{head}-{tail}".lower())
    return "" if within and not (found and found[0] in compounds) else "-"
