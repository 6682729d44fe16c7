"""Plain text, Markdown and wikitext, in any encoding."""

import re
from collections.abc import Iterator
from itertools import pairwise

from etl.reports.formats import File, Refused, _wikitext
from etl.reports.formats._letters import binary, clean, decode
from etl.reports.formats._writer import Writer
from etl.reports.model.document import Document

ENDINGS = ("txt", "text", "md", "markdown")

# Lines that do not continue the line before: a list item, a heading, a quotation, a table.
OWN_LINE = re.compile(r"\s*(?:[-–—•·*▪●○◦‣#>|]|\d{1,3}[.)]\s|[^\W\d_]\)\s)")
_WIDEST = 100  # characters; lines that people or mail programs break are shorter
_TABLE_LINE = re.compile(r"\s*\|.*\|\s*")
_TABLE_RULE = re.compile(r"[\s|:-]+")


def knows(content: bytes) -> bool:
    """Always False: nothing in the bytes of a text shows that it is one."""
    return False


def documents(file: File) -> Iterator[Document]:
    """One document: the text with Markdown tables as tables and broken lines joined.

    Raises Refused for a file that is no text.
    """
    text, note = decode(file.content)
    if binary(text):
        raise Refused("wrong_type", "not text")
    writer = Writer()
    if note:
        writer.note(note)
    text = clean(text)
    if _wikitext.knows(text):
        _wikitext.write(writer, text)
    else:
        write(writer, text)
    yield writer.document(file.name, "text")


def write(writer: Writer, text: str) -> None:
    """Adds a cleaned text, with its Markdown tables as tables."""
    plain: list[str] = []
    rows: list[str] = []
    for line in [*unwrapped(text.strip("\n")).split("\n"), ""]:
        if _TABLE_LINE.fullmatch(line):
            rows.append(line)
            continue
        if len(rows) > 1:
            writer.verbatim("\n".join(plain))
            plain = []
            kept = [row for row in rows if not _TABLE_RULE.fullmatch(row)]
            writer.table(row.strip().strip("|").split("|") for row in kept)
        else:
            plain += rows
        rows = []
        plain.append(line)
    writer.verbatim("\n".join(plain).rstrip())


def unwrapped(text: str) -> str:
    """Joins lines into paragraphs if the text was broken at a fixed width; else changes nothing.

    A text was broken at a fixed width if in 90 % of its pairs of lines the first had no room for
    the first word of the second. There must be at least three pairs.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if line.strip() and following.strip() and not OWN_LINE.match(following)
    ]
    full = [_full(line, following, width) for line, following in pairs]
    if not 40 <= width <= _WIDEST or len(full) < 3 or sum(full) < 0.9 * len(full):
        return text
    joined = lines[:1]
    for line, following in pairwise(lines):
        together = line.strip() and following.strip() and not OWN_LINE.match(following)
        if together and _full(line, following, width):
            joined[-1] = f"{joined[-1].rstrip()} {following.strip()}"
        else:
            joined.append(following)
    return "\n".join(joined)


def _full(line: str, following: str, width: int) -> bool:
    """Whether a line has no room for the first word of the following line."""
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width - 3
