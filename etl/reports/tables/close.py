"""Rows of a table that only commas or single spaces part: "Kyiv 1 23 14", "Kyiv, 1, 23".

Prose uses both signs. So a line is a row only if it begins with a place, a day, a group of people
or a word for a total and holds nothing but numbers behind it. Several pairs may share a line:
"Odesa oblast 61,300    Sumy oblast 9,870".
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise

from etl.reports.model.document import Span
from etl.reports.tables.cells import without_mark
from etl.reports.tables.dates import date_of
from etl.reports.tables.doubled import is_double
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.places import is_place
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import UNCLEAR, role_of, stated
from impact.model.indicators import INDICATORS

_APART = re.compile(r"[ \u00a0]{2,}|\t|;\s*|,\s+(?![^()]*\))|\s\|\s")
_NAMED = re.compile(r":\s+|\s+[-–—]+\s+")
_NUMBER = r"[<>~≈−-]?\d+(?:[.,]\d+)*\*?|[-–—]"
_NUMBERS = re.compile(rf"(?<=[^\d\s])[ \u00a0]+(?P<all>(?:{_NUMBER})(?:[ \u00a0]+(?:{_NUMBER}))*)$")
_DATED = re.compile(rf"(?:.*[^\W\d_]{{3,}}|\d[\d./-]*)[ \u00a0]+(?P<all>{_NUMBER})$")
_BOTH = re.compile(r"(?<=[^\d\s])[ \u00a0]+(?P<all>\d+/\d+)$")  # "Sumy 12/66"
_ONE, _DASH = re.compile(_NUMBER), re.compile("[-–—]")
_GROUP, _LED = re.compile(r"\d{3}"), re.compile(r"[1-9]\d{0,2}")
# What a row ends with: digits, a scale, a bracket or a dash. Most lines of prose end otherwise.
_MAY_END = re.compile(r"(?:\d[^.!?;,\n]{0,20}|[\d*–—-])[.;,\s]*$")
_WORD = re.compile(r"\S+")
_BETWEEN_WORDS = re.compile(r"[ \u00a0]+")
_LONGEST = 1_000  # characters of a row or a header
_MOST_WORDS, _MOST_COLUMNS = 12, 6
_FEWEST = 3  # rows without a header
_PAIR = 2  # cells of a row with one number

_Row = tuple[Span, ...]  # the cells of a row: a name and the numbers behind it


def close_tables(text: str) -> Iterator[tuple[_Row, ...]]:
    """The rows of each table of a text whose cells stand close, its header first."""
    rows: list[_Row] = []
    above: tuple[str, int] | None = None
    at = 0
    for line in text.split("\n"):
        found = close_rows(line, at)
        if not found:
            yield from _table(_alike(rows, text), above)
            rows, above = [], (line, at)
        rows += found
        at += len(line) + 1
    yield from _table(_alike(rows, text), above)


def _alike(rows: Sequence[_Row], text: str) -> Sequence[_Row]:
    """The rows, with two numbers that look like one parted where the other rows have two: "Sumy 35
    129" below "Kyiv 4 25"."""
    widest = max(map(len, rows), default=0)
    return [_parted(row, text) if len(row) == widest - 1 else row for row in rows]


def _parted(row: _Row, text: str) -> _Row:
    if dash := _DASH.search(text, row[0][1], row[1][0]):  # "Odesa – 17 800": the first is not known
        return row[0], dash.span(), *row[1:]
    grouped = [i for i, (start, end) in enumerate(row) if i and " " in text[start:end].strip()]
    numbers = [i for i in grouped if text[slice(*row[i])].replace(" ", "").isdigit()]
    if len(numbers) != 1:
        return row
    start, end = row[numbers[0]]
    gap = text.index(" ", start)
    cells = ((start, gap), (gap + 1, end))
    return *row[: numbers[0]], *cells, *row[numbers[0] + 1 :]


def _table(rows: Sequence[_Row], above: tuple[str, int] | None) -> Iterator[tuple[_Row, ...]]:
    lengths = {len(row) for row in rows}
    if len(lengths) != 1 or len(rows) < 2:
        return
    width = lengths.pop() - 1
    header = header_cells(*above, width) if above else ()
    if header or (width == 1 and len(rows) >= _FEWEST):
        yield (header, *rows) if header else tuple(rows)


def close_rows(line: str, at: int) -> list[_Row]:
    """The rows of a line that begins at an offset; empty if any part of it is something else."""
    if len(line) > _LONGEST or not _MAY_END.search(line):
        return []
    name, *rest = parts = list(_parts(line))
    if rest and _counts(line, rest) and _names_row(_cut(line, name)):
        return [tuple(_moved(each, at) for each in parts)]
    for ways in (parts, [(name[0], parts[-1][1])] if rest else []):
        rows = [_row(line, part, at) for part in ways]
        if rows and all(rows):
            return [row for row in rows if row]
    return []


def _counts(line: str, parts: Sequence[Span]) -> bool:
    texts = [_cut(line, each) for each in parts]
    return all(map(_MAY_END.search, texts)) and all(map(is_amount, texts))


def header_cells(line: str, at: int, width: int) -> _Row:
    """The cells of a header over a name and `width` numbers; empty if the line is none.

    The name's column may have no header: its cell is then blank.
    """
    if len(line) > _LONGEST:
        return ()
    found = _by_commas(line, width) or _by_words(line, width)
    if len(found) == width:
        found = [(found[0][0], found[0][0]), *found]
    return tuple(_moved(each, at) for each in found)


def _parts(line: str) -> Iterator[Span]:
    edges = [(0, 0), *(each.span() for each in _APART.finditer(line)), (len(line), len(line))]
    for (_, start), (end, _) in pairwise(edges):
        part = line[start:end].rstrip(" .;,")
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part)


def _row(line: str, part: Span, at: int) -> _Row | None:
    """ "Kyiv 1 23", "Killed: 25 (3 children)". Digits set in groups are one number: "1 230"."""
    start, end = part
    text = line[start:end]
    parted = _NAMED.search(text)
    if parted and _is_number(text[parted.end() :]) and _tells(text[: parted.start()]):
        name = (at + start, at + start + parted.start())
        return name, (at + start + parted.end(), at + end)
    if (both := _BOTH.search(text)) and _names_row(text[: both.start()].strip()):
        name = (at + start, at + start + len(text[: both.start()].rstrip()))
        return name, (at + start + both.start("all"), at + end)
    found = _NUMBERS.search(text) or _DATED.match(text)
    if not found:
        return None
    name = (at + start, at + start + len(text[: found.start("all")].rstrip()))
    names = _day_and_place(text, name)
    if len(names) == 1 and not _names_row(text[: found.start("all")].strip()):
        return None
    begin = start + found.start("all")
    numbers = _grouped([number.span() for number in _ONE.finditer(found["all"])], found["all"])
    return *names, *(_moved(one, at + begin) for one in numbers)


def _day_and_place(text: str, name: Span) -> tuple[Span, ...]:
    """The two cells of a row that begins with a day and a place: "4 April 2025 Kryvyi Rih"; a name
    of another kind as it is.

    text  the row, in which the name begins
    """
    start, end = name
    written = text[: end - start]
    if not any(map(str.isdigit, written)):
        return (name,)
    for gap in _BETWEEN_WORDS.finditer(written):
        day, place = written[: gap.start()], written[gap.end() :]
        if is_place(place) and date_of(day, date.max) and not is_place(day):
            return (start, start + gap.start()), (start + gap.end(), end)
    return (name,)


def _is_number(text: str) -> bool:
    return is_amount(text) or is_double(text)


def _tells(name: str) -> bool:
    return _names_row(name) or _is_counted(name)


def _names_row(name: str) -> bool:
    """Whether a cell says of what a row is: a place, a day, a group of people, a total."""
    name = without_mark(name.strip(" :"))
    return bool(
        is_place(name)
        or date_of(name, date.max)
        or without_total(name) != name
        or (name[:1].isalpha() and stated(name).keys() == {"people"})
    )


def _grouped(numbers: Sequence[Span], text: str) -> list[Span]:
    """The numbers with digits set in groups of three joined."""
    found: list[Span] = []
    for start, end in numbers:
        led = found and _LED.fullmatch(text[slice(*found[-1])].split()[0])
        if led and _GROUP.fullmatch(text[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _by_commas(line: str, width: int) -> list[Span]:
    """Cells between commas; a unit behind the last one belongs to it."""
    parts = list(_parts(line))
    if len(parts) == width + 2 and stated(_cut(line, parts[-1])).keys() == {"unit"}:
        parts[-2:] = [(parts[-2][0], parts[-1][1])]
    if len(parts) == width and width > 1 and all(map(_is_counted, (_cut(line, p) for p in parts))):
        return parts
    if len(parts) == width + 1 == _PAIR:  # over one number a line is more often a title
        name, counted = (_cut(line, part) for part in parts)
        return parts if role_of(name) and _is_counted(counted) else []
    return parts if len(parts) == width + 1 and width > 1 else []


def _by_words(line: str, width: int) -> list[Span]:
    """Cells between single spaces, if only one way to part them makes each a known header."""
    words = [word.span() for word in _WORD.finditer(line)]
    if len(words) > _MOST_WORDS or width > _MOST_COLUMNS:
        return []
    counts = (width + 1, width) if width > 1 else (2,)  # over one number stands rather a title
    for count in (each for each in counts if each <= len(words)):
        ways = [way for way in _ways(words, count) if _head_columns(line, way, width)]
        if len(ways) == 1:
            return ways[0]
    return []


def _ways(words: Sequence[Span], count: int) -> Iterator[list[Span]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = [0, *cuts, len(words)]
        yield [(words[i][0], words[j - 1][1]) for i, j in pairwise(edges)]


def _head_columns(line: str, cells: Sequence[Span], width: int) -> bool:
    texts = [_cut(line, each) for each in cells]
    if len(texts) > width and not (first := role_of(texts.pop(0))):
        return False
    if len(cells) > width > 2 and role_of(texts[0]) not in ("", first):
        texts.pop(0)  # a column for the day and one for the place
    return all(_counts_what_it_can(text) or is_place(text) for text in texts)


def _is_counted(text: str) -> bool:
    return stated(text).get("indicator", UNCLEAR) != UNCLEAR


def _counts_what_it_can(text: str) -> bool:
    """Whether a header counts something, in a unit that it has: no "injured houses"."""
    counted = INDICATORS.get(stated(text).get("indicator", UNCLEAR))
    return counted is not None and stated(text).get("unit", counted.units[0]) in counted.units


def _cut(line: str, span: Span) -> str:
    return line[slice(*span)]


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
