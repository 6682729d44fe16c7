"""Lines and tables of a web page's elements, as they are written into a document."""

import re
from dataclasses import dataclass
from functools import cache

from etl.reports.formats._raised import raised
from etl.reports.formats._web_tree import Node
from etl.reports.formats._writer import Merged, Writer
from impact.model.report_languages import around

# A no-break space is kept: it shows that "5 635" is one number.
_SPACE = re.compile(r"[ \t\n\f]+")
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "header", "hr", "html", "item", "description", "legend", "li", "main"),
    *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "title", "tr", "ul", "br"),
}


@cache
def _pointer() -> re.Pattern:
    """A pattern of lines such as "Read also: …" and "Follow us …"."""
    also, follow = around("read_also"), around("follow")
    return re.compile(rf"(?i)(?:{also})\b.{{0,300}}|(?:{follow})\b.{{0,30}}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data: its rows, and which of their cells are merged."""

    rows: list[list[str]]
    merged: list[Merged]


def write(writer: Writer, lines: list["str | Table"], title: str = "") -> None:
    """Adds lines and tables. The title comes first and is not repeated."""
    number = 0
    same = next((n for n, line in enumerate(lines[:10]) if line == title), None)
    if title and same is not None:
        lines = [title, *lines[:same], *lines[same + 1 :]]
    elif title and not _begins(lines, title):
        lines = [title, *lines]
    for line in lines:
        if isinstance(line, str):
            writer.lines(line)
        else:
            number += 1
            writer.table(line.rows, f"table {number}", line.merged)


def _begins(lines: list["str | Table"], title: str) -> bool:
    first = next((line for line in lines if line), "")
    return isinstance(first, str) and first.removeprefix("• ").startswith(title)


def lines_of(root: Node) -> list["str | Table"]:
    """The content of an element: a string is a line, a list of rows is a table."""
    lines: list[str | Table] = []
    line: list[str] = []

    def end() -> None:
        text = _SPACE.sub(" ", "".join(line)).strip()
        line.clear()
        if text and text != "•" and not _pointer().fullmatch(text.removeprefix("• ")):
            lines.append(text)

    waiting: list[Node | str | None] = [root]
    while waiting:
        each = waiting.pop()
        if each is None:
            end()
        elif isinstance(each, str):
            line.append(each)
        elif each.tag == "sup":
            line.append(raised(_plain(each)))
        elif each.tag == "table" and (table := _table(each)):
            end()
            lines += filter(None, map(text_of, _captions(each)))
            lines.append(table)
        else:
            block = each.tag in _BLOCKS
            if block:
                end()
                waiting.append(None)
            if each.tag == "li":
                line.append("• ")
            waiting += reversed(each.children)
    end()
    return lines


def _plain(node: Node) -> str:
    """The letters of an element, as they stand."""
    return "".join(s for each in node.walk() for s in each.children if isinstance(s, str))


def text_of(node: Node) -> str:
    """All text of an element on one line."""
    return _SPACE.sub(" ", " ".join(map(str, lines_of(node)))).strip()


def _captions(table: Node) -> list[Node]:
    return [each for each in table.walk() if each.tag == "caption"]


def _table(table: Node) -> Table | None:
    """A table of data; None for a table that only arranges the page."""
    found = Table([], [])
    open_cells: dict[int, int] = {}  # column -> number of rows that a cell from above still covers
    if any(node.tag == "table" for node in table.walk() if node is not table):
        return None

    def skip_covered(cells: list[str]) -> None:
        while open_cells.get(len(cells), 0) > 0:
            open_cells[len(cells)] -= 1
            cells.append("")

    for row in (node for node in table.walk() if node.tag == "tr"):
        cells: list[str] = []
        for cell in row.children:
            if isinstance(cell, Node) and cell.tag in ("td", "th"):
                skip_covered(cells)
                top, left = len(found.rows), len(cells)
                down, wide = _span(cell, "rowspan") - 1, _span(cell, "colspan")
                open_cells |= dict.fromkeys(range(left, left + wide), down)
                cells += [text_of(cell), *[""] * (wide - 1)]
                if down or wide > 1:
                    found.merged.append((top, left, top + down, left + wide - 1))
        skip_covered(cells)
        found.rows.append(cells)
    columns = max((len(row) for row in found.rows), default=0)
    longest = max((len(cell) for row in found.rows for cell in row), default=0)
    return found if columns > 1 and longest < 1000 else None


def _span(cell: Node, name: str) -> int:
    number = cell.attributes.get(name, "")
    return max(1, min(int(number), 100)) if number.isascii() and number.isdigit() else 1
