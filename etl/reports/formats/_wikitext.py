"""Wikitext: the source of a wiki's page, with its tables, without references and marks.

The signs are those of https://www.mediawiki.org/wiki/Help:Tables and Help:Formatting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reports.formats._writer import Merged, Writer

_BEGINS, _ENDS = re.compile(r"^[ \t:]*\{\|", re.MULTILINE), re.compile(r"^[ \t]*\|\}", re.MULTILINE)
_NOTES = re.compile(
    r"<ref\b[^<>/]{0,300}/>|<ref\b[^<>]{0,300}>.{0,3000}?</ref>|<!--.{0,3000}?-->",
    re.DOTALL | re.IGNORECASE,
)
# "[[File:map.png|thumb]]", "[[Category:Attacks]]": pictures and marks, whatever they are called
_FILES = re.compile(r"\[\[[^\[\]|:]{1,20}:[^\[\]]*\]\]")
_LINKS = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_ADDRESSES = re.compile(r"\[https?://\S+\s?([^\]]*)\]")
_TEMPLATES = re.compile(r"\{\{([^{}|]*)((?:\|[^{}|]*)*)\}\}")
# Templates that only show what they are given; every other gives nothing.
_SHOWING = ("nowrap", "small", "center", "nobold", "dts", "date table sorting")
_BOLD = re.compile(r"'{2,}")
_BREAKS, _TAGS = re.compile(r"<br\s*/?>", re.IGNORECASE), re.compile(r"</?[a-z]+\b[^<>]*>")
_HEADINGS = re.compile(r"^=+[ \t]*([^=\n]*?)[ \t]*=+[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"""\s*(?:[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s|"']+)\s*)+\|(?!\|)""")
_SPANS = re.compile(r"""\b(row|col)span\s*=\s*["']?(\d{1,3})""", re.IGNORECASE)
_PART_OF_DATE = 2  # digits of a month and a day


@dataclass
class _Cell:
    """A cell as it is written, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass
class _Grid:
    """The cells of a table at their places, and those that cover several."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)


def knows(text: str) -> bool:
    """Whether a text holds a whole table in wikitext."""
    begun = _BEGINS.search(text)
    return bool(begun and _ENDS.search(text, begun.end()))


def write(writer: Writer, text: str) -> None:
    """Adds the text with its tables as tables. What stands in a comment or a reference, and what a
    template makes, is left out."""
    text = _NOTES.sub("", text)
    at = 0
    while begun := _BEGINS.search(text, at):
        ended = _ENDS.search(text, begun.end())
        if not ended:
            break
        writer.verbatim(_unmarked(text[at : begun.start()]).strip("\n"))
        _write_table(writer, text[begun.end() : ended.start()])
        at = ended.end()
    writer.verbatim(_unmarked(text[at:]).strip("\n"))


def _write_table(writer: Writer, source: str) -> None:
    lines = source.split("\n")[1:]  # the first has attributes of the table
    for line in lines:
        if line.lstrip().startswith("|+"):
            writer.lines(_unmarked(_without_attributes(line.lstrip()[2:])))
    grid = _placed([*_rows(lines)])
    writer.table(grid.rows, merged=grid.merged)


def _rows(lines: list[str]) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    for line in map(str.strip, lines):
        if line.startswith("|-"):
            yield row
            row = []
        elif line.startswith("|+"):
            continue
        elif line.startswith(("|", "!")):
            between = r"\|\||!!" if line[0] == "!" else r"\|\|"
            row += map(_cell, re.split(between, line[1:]))
        elif row and line:
            row[-1].text += f"\n{_unmarked(line)}"
    yield row


def _cell(source: str) -> _Cell:
    found = _ATTRIBUTES.match(source)
    spans = {kind.lower(): int(n) for kind, n in _SPANS.findall(found[0] if found else "")}
    text = _unmarked(_without_attributes(source)).strip()
    return _Cell(text, max(1, spans.get("row", 1)), max(1, spans.get("col", 1)))


def _without_attributes(source: str) -> str:
    return _ATTRIBUTES.sub("", source, count=1)


def _placed(rows: list[list[_Cell]]) -> _Grid:
    """The cells at their places: one that covers several leaves the others empty."""
    grid, covered = _Grid(), set[tuple[int, int]]()
    for at, row in enumerate(filter(None, rows)):
        placed: list[str] = []
        for cell in row:
            while (at, len(placed)) in covered:
                placed.append("")
            left = len(placed)
            bottom, right = at + cell.rows - 1, left + cell.columns - 1
            if cell.rows > 1 or cell.columns > 1:
                grid.merged.append((at, left, bottom, right))
                covered |= {(r, c) for r in range(at, bottom + 1) for c in range(left, right + 1)}
            placed += [cell.text, *[""] * (cell.columns - 1)]
        grid.rows.append(placed)
    return grid


def _unmarked(source: str) -> str:
    """What a reader of the page sees of a piece of its source."""
    text = _LINKS.sub(r"\1", _FILES.sub("", _BREAKS.sub(" ", source)))
    text = _ADDRESSES.sub(r"\1", text)
    while (shown := _TEMPLATES.sub(_shown, text)) != text:
        text = shown
    return _HEADINGS.sub(r"\1", _TAGS.sub("", _BOLD.sub("", text)))


def _shown(template: re.Match[str]) -> str:
    """What a template shows: the date of {{dts|2026|1|24}}, the words of {{nowrap|two words}}."""
    if template[1].strip().lower() not in _SHOWING:
        return ""
    given = [each.strip() for each in template[2].split("|")[1:] if "=" not in each]
    return "-".join(each.zfill(_PART_OF_DATE) for each in given)
