"""PDF: pdfium reads the text. Lines are joined into paragraphs by their position on the page.

A header or footer that most pages repeat is kept on the first page and removed from the others.
Lines that hold only a page number are removed everywhere.

The text of a table does not show where a cell ends: "12 480 317" may be one number or two. So cells
are found by their position on the page: by drawn lines (pdfplumber), or by columns of numbers with
wide gaps between them.
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
from etl.reports.formats._raised import by_height, marks, numbered
from etl.reports.formats._writer import Merged, Writer
from etl.reports.model.document import Document
from etl.reports.model.limits import MAX_PAGES

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfPage, PdfTextPage

ENDINGS = ("pdf",)

_MAX_ON_PAGE = 2_000_000  # characters
_RULED_PAGES = 30  # the most pages on which pdfplumber looks for tables; each takes about 0.1 s
_MOST_STROKES = 3_000  # a page with more drawn lines is a map; pdfplumber would need seconds for it
_LONGEST_CELL = 150  # characters on average; longer texts are paragraphs in boxes
_LEVEL = 0.2  # of a line's height; pieces of one line differ by less
_BEFORE = 3  # characters before a raised digit by which it is found in a cell
_SMALL = 0.95  # of the text's height; notes have smaller letters
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_FILE_NAME = re.compile(r"(?i)\.\w{2,4}$|^microsoft |^untitled|^\S+$")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}(?:\s*[/|]\s*\d{1,3})?[-–—\s]*")
_COMPOUND = re.compile(r"\w+-\w+")

# A function that takes left, bottom, right and top of a box on the page as stored. It returns the
# box on the page as shown, after its rotation.
_Upright = Callable[[float, float, float, float], Box]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table on a page: its box, its rows, and which of their cells are merged."""

    box: Box
    rows: list[list[str]]
    merged: Sequence[Merged] = ()


@dataclass(slots=True)
class _Page:
    """What was found on a page: its lines in reading order, and its tables."""

    lines: list[Line]
    tables: list[_Table] = field(default_factory=list)
    is_picture: bool = False


def knows(content: bytes) -> bool:
    """Whether the mark of a PDF file stands anywhere in the first 1,024 bytes."""
    return b"%PDF-" in content[:1024]


def documents(file: File) -> Iterator[Document]:
    """One document with a mark for each page.

    Raises Refused for a password, damage, a scan without text, and at the limits of size.
    """
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
    """Raises Refused for scans, also for those with only a stamp or a page number as text."""
    letters = sum(sum(map(str.isalnum, line.text)) for page in pages for line in page.lines)
    pictures = sum(page.is_picture for page in pages)
    if not letters or (pictures > len(pages) / 2 and letters < 20 * len(pages)):
        raise Refused("no_text" if pages else "damaged", f"{len(pages)} pages")
    if pictures:
        writer.note("pages_without_text")


# --- one page ---


def _page(page: "PdfPage", number: int, ruled: "_Ruled") -> _Page:
    """The lines and tables of a page. Closes the page."""
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
                rows = in_rows(_words(text, upright))
                found.tables = [_Table(*each) for each in columns(rows)]
        return found
    finally:
        page.close()


def _upright(page: "PdfPage") -> _Upright:
    """A function that turns a box of the page as stored into a box of the page as shown."""
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
    """The lines in the order of pdfium, which writes U+FFFE for a hyphen at the end of a line.

    Raises Refused if the page has too many characters.
    """
    whole = text.get_text_range()
    if len(whole) > _MAX_ON_PAGE:
        raise Refused("too_big", "characters")
    whole = _shown(whole, text, upright)
    lines: list[Line] = []
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
        line = Line(words, box, start.top - start.bottom, broken)
        if lines and _is_beside_mark(lines[-1], line):
            lines[-1] = _rejoined(lines[-1], line)
        else:
            lines.append(line)
    _raise_numbers_of_notes(lines)
    return lines


def _shown(whole: str, text: "PdfTextPage", upright: _Upright) -> str:
    """The text of a page, one character for each that pdfium counts, with footnote marks raised."""
    # pdfium counts UTF-16 units: a character above U+FFFF is two of them.
    whole = _as_units(whole) if len(whole) != text.count_chars() else whole
    return by_height(whole, lambda at: upright(*text.get_charbox(at, loose=True)))


def _is_beside_mark(before: Line, line: Line) -> bool:
    """Whether a line goes on behind a raised mark: pdfium ends the line at such a mark."""
    gap = line.box.left - before.box.right
    level = abs(line.box.bottom - before.box.bottom) < _LEVEL * line.height
    return level and abs(gap) < line.height and bool(marks(before.text[-1:]))


def _rejoined(before: Line, line: Line) -> Line:
    apart = line.box.left - before.box.right > _LEVEL * line.height
    words = f"{before.text}{' ' if apart else ''}{line.text}"
    return Line(words, Box.around([before.box, line.box]), before.height, line.broken)


def _raise_numbers_of_notes(lines: Sequence[Line]) -> None:
    """Raises the numbers before notes in small letters, whose marks stand in the text."""
    known = {mark: line.height for line in lines for mark in marks(line.text)}
    for line in lines if known else ():
        smaller = {mark for mark, height in known.items() if line.height < _SMALL * height}
        line.text = numbered(line.text, smaller) if smaller else line.text


def _as_units(text: str) -> str:
    """The text with one character for each of its UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, memoryview(units).cast("H")))


def _words(text: "PdfTextPage", upright: _Upright) -> list[Word]:
    """Every word of a page with its box."""
    whole = _shown(text.get_text_range(), text, upright)
    words = []
    for piece in re.finditer(r"[^\s\ufffe]+", whole):
        boxes = [upright(*text.get_charbox(n, loose=True)) for n in range(*piece.span())]
        words.append(Word(piece[0], Box.around(boxes)))
    return words


def _count(page: "PdfPage", kind: str) -> int:
    """The number of objects of a kind on a page: "PATH" (a drawn line), "IMAGE"."""
    from pypdfium2 import raw

    return sum(1 for _ in page.get_objects([getattr(raw, f"FPDF_PAGEOBJ_{kind}")], max_depth=3))


def _has(page: "PdfPage", kind: str) -> bool:
    return _count(page, kind) > 0


class _Ruled:
    """Finds tables with drawn lines, on at most _RULED_PAGES pages.

    skipped   whether tables may have been missed
    deadline  no page is looked at after it; seconds of time.monotonic
    """

    def __init__(self, content: bytes, deadline: float) -> None:
        self.skipped = False
        self._content = content
        self._deadline = deadline
        self._pages = 0
        self._file: PDF | None = None

    def wants(self, strokes: int) -> bool:
        """Whether to look at a page with so many drawn lines, and there is still time for it."""
        if not 4 <= strokes <= _MOST_STROKES:
            return False
        if self._pages >= _RULED_PAGES or monotonic() > self._deadline:
            self.skipped = True
            return False
        return True

    def tables(self, number: int, text: "PdfTextPage", page: "PdfPage") -> list[_Table]:
        """The tables of a page. pdfplumber finds the cells, pdfium reads their text.

        number  the page's index, from 0
        """
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
        except Exception:  # pdfminer raises errors of many classes
            self.skipped = True
            return []
        if rotated:
            self.skipped |= bool(found)
            return []
        tables = []
        raised = _raised(text) if found else []
        for bbox, rows in found:
            cells = [
                [_bounded(text, _flipped(cell, top), raised) if cell else "" for cell in row]
                for row in rows
            ]
            if _is_table(cells):
                tables.append(_Table(_flipped(bbox, top), cells, _merged(rows)))
        return tables


def _merged(rows: Sequence[Sequence[Sequence[float] | None]]) -> list[Merged]:
    """The merged cells of a table whose cells are boxes of pdfplumber: None where one is covered.

    A cell covers the columns that begin left of its right edge, and the rows above its lower edge.
    """
    lefts: dict[int, float] = {}
    for row in rows:
        for at, cell in enumerate(row):
            if cell:
                lefts[at] = min(cell[0], lefts.get(at, cell[0]))
    tops = [min((cell[1] for cell in row if cell), default=0.0) for row in rows]
    merged = []
    for index, row in enumerate(rows):
        for at, cell in enumerate(row):
            if cell:
                right = max(n for n, left in lefts.items() if left < cell[2] - 1 or n == at)
                bottom = max(n for n, top in enumerate(tops) if top < cell[3] - 1 or n == index)
                if (bottom, right) != (index, at):
                    merged.append((index, at, bottom, right))
    return merged


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a table, and not a frame around a page or boxes with paragraphs."""
    filled = [cell for row in rows for cell in row if cell.strip()]
    wide = max(map(len, rows), default=0)
    small = sum(map(len, filled)) <= _LONGEST_CELL * len(filled)
    return wide > 1 and len(rows) > 1 and len(filled) > 0.4 * wide * len(rows) and small


def _flipped(box: Sequence[float], height: float) -> Box:
    """A box of pdfplumber as a Box.

    pdfplumber measures from the top of the page, PDF from the bottom.
    """
    left, top, right, bottom = box
    return Box(left, height - bottom, right, height - top)


def _raised(text: "PdfTextPage") -> list[tuple[Box, str, str]]:
    """The raised digits of an upright page: the box of each, and the characters up to it, as pdfium
    gives them and as they are shown."""
    whole = text.get_text_range()
    shown = _shown(whole, text, Box)
    whole = _as_units(whole) if len(whole) != len(shown) else whole
    return [
        (
            Box(*text.get_charbox(at, loose=True)),
            shown[max(0, at - _BEFORE) : at] + plain,
            shown[max(0, at - _BEFORE) : at + 1],
        )
        for at, plain in enumerate(whole)
        if plain != shown[at]
    ]


def _bounded(text: "PdfTextPage", box: Box, raised: Sequence[tuple[Box, str, str]]) -> str:
    inner = text.get_text_bounded(box.left + 0.5, box.bottom + 0.5, box.right - 0.5, box.top - 0.5)
    for mark, plain, shown in raised:
        if box.holds(mark):
            inner = inner.replace(plain, shown, 1)
    return inner.replace("\ufffe\r\n", "").replace("\ufffe", "")


# --- all pages ---


def _drop_repeated(pages: Sequence[_Page]) -> None:
    """Removes page numbers, and lines that most pages repeat at the top or bottom.

    A repeated line is kept where it comes first.
    """
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
    """The two highest and the two lowest lines of a page."""
    by_height = sorted(page.lines, key=lambda line: -line.box.top)
    return [*by_height[:2], *by_height[2:][-2:]]


def _pattern(line: Line, number: int) -> str:
    """A line with "#" for the number of its page.

    Other numbers stay, because lines that differ in them may be figures.
    """
    return "#" if _PAGE_NUMBER.fullmatch(line.text) else re.sub(rf"\b{number}\b", "#", line.text)


def _write(writer: Writer, pages: Sequence[_Page]) -> None:
    """Adds all pages. A table takes the place of the lines inside its box."""
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
            inside = next((each for each in page.tables if each.box.holds(line.box)), None)
            if inside:
                for nth, table in [each for each in left if each[1] is inside]:
                    writer.table(table.rows, f"page {number}, table {nth}", table.merged)
                    left.remove((nth, table))
                before = None
            elif before and continues(before, line, page.lines, spacing):
                writer.join(line.text, _glue(before, line, compounds))
                line.opens = False
                before = line
            else:
                writer.lines(line.text)
                before = line
        for nth, table in left:
            writer.table(table.rows, f"page {number}, table {nth}", table.merged)


def _spacing(lines: Sequence[Line]) -> float:
    """The distance from line to line inside paragraphs, in points: the lower quartile of all."""
    steps = [above.box.bottom - below.box.bottom for above, below in pairwise(lines)]
    steps = sorted(step for step in steps if step > 1) or [12.0]
    return steps[len(steps) // 4]


def _glue(before: Line, line: Line, compounds: set[str]) -> str:
    """The text between two joined lines: a space, nothing after a divided word, or its hyphen.

    compounds  words of the document that are written with a hyphen, in lower case
    """
    if not before.broken:
        return "" if before.text.endswith("-") else " "
    head, tail = before.text.split()[-1], line.text.split()[0]
    within = head[-1:].islower() and tail[:1].islower()
    found = _COMPOUND.match(f"{head}-{tail}".lower())
    return "" if within and not (found and found[0] in compounds) else "-"
