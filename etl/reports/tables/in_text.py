"""Tables inside running text: lines whose cells stand between bars, tabs, wide gaps or the like.

A message or a pasted page keeps the lines of a table and loses its frame. Read as sentences, such
lines give nothing: what they count stands in the header and above it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, zip_longest

from etl.reports.model.document import Span, Table
from etl.reports.tables.celled import celled_tables
from etl.reports.tables.close import close_tables
from etl.reports.tables.dates import date_of
from etl.reports.tables.doubled import heads_both, is_double
from etl.reports.tables.labelled import labelled_tables
from etl.reports.tables.layout import ABOUT
from etl.reports.tables.legends import legend_tables
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.parted import kind_of
from etl.reports.tables.records import record_tables
from etl.reports.tables.stacked import stacked_tables
from etl.reports.tables.words import UNCLEAR, role_of, stated
from impact.model.indicators import INDICATORS

_LINE = re.compile(r"[^\n]+")
# What lines below a header and around a table are drawn with.
_DRAWN = "+=_-" + "".join(map(chr, range(0x2500, 0x2580)))
_BULLET = re.compile(r"[^\w(]*")
_ENDING = " ;.,"
_GAP = re.compile(r"[ \u00a0]")
_BETWEEN_DRAWN = " \t\u00a0|:"


@dataclass(frozen=True, slots=True)
class _Kind:
    """What parts the cells of a line.

    fewest  lines that make a table: signs that prose uses too need more of them
    opens   whether a blank line between two rows does not end the table
    pairs   whether each line is a name and a number, as signs that every text has part them
    cells   fewest cells of a line
    """

    between: re.Pattern
    fewest: int
    opens: bool
    pairs: bool = False
    cells: int = 2


_BEFORE_PAIR = re.compile(r"(?<!/)\s+(?=\d[\d ,.]* ?/ ?\d[\d ,.]*$)")  # "Kherson | 22 / 139"
# "houses damaged 12", "пошкоджено 12 будинків": a line of its own
_BEHIND_LABEL = re.compile(
    r"(?<=[^\W\d_])[ \u00a0]+(?=\d{1,3}(?:[ \u00a0,.]?\d{3})*(?:[ \u00a0][^\W\d_]+){0,2}[.,;]?$)"
)
_KINDS = (
    _Kind(re.compile(r"[|│┃]"), fewest=2, opens=True),
    _Kind(re.compile(r"\t"), fewest=2, opens=True),
    _Kind(re.compile(r"\.{3,}|…{2,}|_{3,}"), fewest=2, opens=False),
    _Kind(re.compile(r" {2,}|\u00a0{2,}"), fewest=3, opens=False),
    _Kind(re.compile(r";"), fewest=3, opens=False),
    _Kind(_BEFORE_PAIR, fewest=2, opens=False, pairs=True),
    _Kind(re.compile(r" / "), fewest=3, opens=False),
    _Kind(re.compile(r"(?<![:/])\s*//\s*"), fewest=3, opens=False),
    _Kind(re.compile(r"\s*(?:→|>>)\s*"), fewest=3, opens=False, cells=3),
    _Kind(re.compile(r"\s+[-–—]+(?:(?=\s)|$)"), fewest=3, opens=False, cells=3),
    _Kind(re.compile(r":\s+|\s*(?:→|=>|➡️?|=)\s*|\s+[-–—]+\s+"), fewest=3, opens=False, pairs=True),
    _Kind(_BEHIND_LABEL, fewest=2, opens=False, pairs=True),
    _Kind(re.compile(r",(?! )"), fewest=3, opens=False),
    _Kind(re.compile(r"/"), fewest=3, opens=False, cells=3),
)
_AROUND_LINE = ' *:"'  # a line that parts the rows of a table
_QUOTED = re.compile(r'"[^"\n]*"')  # a cell of a CSV file that holds its separator

_GAPS, _SLASHES, _COMMAS = _KINDS[3], _KINDS[6], _KINDS[-2]
_LABELLED = re.compile(r"[^:/]+:\s+[^:/]+ / [^:/]+$")  # a name, and two things with a slash

_LONGEST_PAIR = 400  # characters of a line with a name and a number
_WIDE = 4  # cells of a line of which two are enough, whatever parts them
_LONGEST_LABEL = 60  # characters
_PAIR = 2  # cells of a line with a name and its number
_FEWEST_PAIRS = 2

_Cells = list[Span]


@dataclass(slots=True)
class _Run:
    """Lines below one another that are parted alike; `start` of each is where its line begins."""

    kind: _Kind
    rows: list[_Cells] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def tables_in(text: str) -> Iterator[Table]:
    """The tables of a text. Whether they count anything is not asked here.

    Those with a sign between their cells come first, in their order; then the others, which may
    stand at the same lines.
    """
    number = 0
    for run in (each for whole in _runs(text) for each in _even(whole)):
        wide = len(run.rows) > 1 and min(map(len, run.rows)) >= _WIDE
        enough = wide or len(run.rows) >= run.kind.fewest or _counts_in_pairs(run, text)
        if enough and (rows := _aligned(run, text)):
            number += 1
            yield Table(rows, f"table {number} in the text", loose=run.kind.pairs)
    for found in (labelled_tables, legend_tables, record_tables, celled_tables, stacked_tables):
        for rows in found(text):
            number += 1
            yield Table(rows, f"table {number} in the text")
    for rows in close_tables(text):
        number += 1
        yield Table(rows, f"table {number} in the text", loose=True)


def _counts_in_pairs(run: _Run, text: str) -> bool:
    """Whether two lines each name what they count and its number: that is enough of them."""
    if len(run.rows) != _FEWEST_PAIRS or any(len(row) != _PAIR for row in run.rows):
        return False
    pairs = [[text[start:end] for start, end in row] for row in run.rows]
    counted = all(is_amount(number) for _, number in pairs)
    return counted and all(stated(name).get("indicator", UNCLEAR) != UNCLEAR for name, _ in pairs)


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    end = 0
    lines = [line for line in _LINE.finditer(text) if line[0].strip()]
    for line, below in zip_longest(lines, lines[1:]):
        ends = run is not None and not run.kind.opens and text.count("\n", end, line.start()) > 1
        end = line.end()
        if run and not ends and _is_rule(line[0]):
            continue
        found = _same(run, line) or next(
            ((kind, cells) for kind in _KINDS if (cells := _cells(line, kind))), None
        )
        if run and not ends and run.kind is _GAPS and (found is None or found[0].pairs):
            named = _cut([_trimmed(line, 0, len(line[0]))], text)
            found = (_GAPS, named) if len(named) > 1 else found
        if run and (found is None or found[0].pairs) and _parts_run(run, line, below, ends):
            run.rows.append([_trimmed(line, 0, len(line[0]))])
            run.starts.append(line.start())
            continue
        if run and (ends or found is None or found[0] is not run.kind):
            again = [] if ends or found is None else _parted_as(run, found, text)
            yield run
            run = _Run(found[0], [again], run.starts) if again and found else None
        if found:
            run = run or _Run(found[0])
            run.rows.append(found[1])
            run.starts.append(line.start())
    if run:
        yield run


def _same(run: _Run | None, line: re.Match[str]) -> tuple[_Kind, _Cells] | None:
    """The cells of a line that is parted as the row above it is, whatever other signs it holds."""
    if run is None or run.kind.pairs or run.kind.opens or run.kind is _GAPS:
        return None
    cells = _cells(line, run.kind)
    return (run.kind, cells) if len(cells) > _PAIR and len(cells) == len(run.rows[-1]) else None


def _even(run: _Run) -> Iterator[_Run]:
    """A run whose sign stands beside blank cells, too, parted where its rows have another number of
    cells: a line such as "Drones: 464; missiles: 22" below a table is none of its rows."""
    if run.kind.opens or run.kind.pairs or run.kind is _GAPS:
        yield run
        return
    part = _Run(run.kind)
    for row, start in zip(run.rows, run.starts, strict=True):
        width = max(map(len, part.rows), default=1)
        if len(row) != width and 1 not in (len(row), width):
            yield part
            part = _Run(run.kind)
        part.rows.append(row)
        part.starts.append(start)
    yield part


def _parts_run(run: _Run, line: re.Match[str], below: re.Match[str] | None, ends: bool) -> bool:
    """Whether a line parts the rows of a run: it holds a place, a day or what is counted, and the
    rows go on below it. Behind a blank line only those with a header go on."""
    if run.kind.pairs or below is None or len(run.rows[-1]) < run.kind.cells:
        return False
    if len(_cells(below, run.kind)) != len(run.rows[-1]) or not kind_of(
        line[0].strip(_AROUND_LINE), None
    ):
        return False
    first = run.rows[0][1:]
    return not ends or not any(is_amount(line.string[slice(*cell)]) for cell in first)


def _parted_as(run: _Run, found: tuple[_Kind, _Cells], text: str) -> _Cells:
    """The only line of a run, parted as the line below it is: "City / oblast,Killed,Wounded" above
    "Dnipro,1,2". Empty if that gives another number of cells."""
    kind, below = found
    if len(run.rows) > 1 or kind.pairs:
        return []
    line = _LINE.match(text, run.starts[0])
    cells = _cells(line, kind) if line else []
    return cells if len(cells) == len(below) else []


def _is_rule(line: str) -> bool:
    """Whether a line is drawn: "|---|---|"."""
    return not line.strip(_DRAWN + _BETWEEN_DRAWN) and sum(map(line.count, _DRAWN)) > 1


def _cells(line: re.Match[str], kind: _Kind) -> _Cells:
    """The cells of a line; none if it has only one."""
    if kind.pairs:
        return _pair(line, kind)
    plain = line[0]
    if '"' in plain:
        plain = _QUOTED.sub(lambda cell: "x" * len(cell[0]), plain)
    if kind is _COMMAS and (", " in plain or not _parted_by_commas(plain)):
        return []  # "5,635 houses"
    if kind is _SLASHES and _LABELLED.match(line[0]):
        return []  # "Donetsk: 3 / 12"
    edges = [(0, 0), *(each.span() for each in kind.between.finditer(plain))]
    edges.append((len(line[0]), len(line[0])))
    spans = [_unquoted(line, start, end) for (_, start), (end, _) in pairwise(edges)]
    filled = sum(start < end for start, end in spans)
    return spans if len(spans) >= kind.cells and filled > (0 if kind.opens else 1) else []


def _parted_by_commas(line: str) -> bool:
    """Whether commas part a line: several, or one between a name or a day and another cell."""
    name, comma, rest = line.partition(",")
    named = not name[-1:].isdigit() or date_of(name.strip(), date.max) is not None
    return "," in rest or (bool(comma and rest.strip()) and named)


def _pair(line: re.Match[str], kind: _Kind) -> _Cells:
    """A name and its number, without the bullet before them and the mark behind them."""
    if len(line[0]) > _LONGEST_PAIR:
        return []
    parts = list(kind.between.finditer(line[0]))
    if len(parts) != 1:
        return []
    if kind.between is _BEFORE_PAIR and " / " in line[0][: parts[0].start()]:
        return []  # three cells with a slash between them
    begin = _BULLET.match(line[0]).end()  # type: ignore[union-attr]
    end = len(line[0].rstrip(_ENDING))
    if not begin < parts[0].start() < parts[0].end() < end:
        return []
    number = _trimmed(line, parts[0].end(), end)
    name = _trimmed(line, begin, parts[0].start())
    label, value = line.string[slice(*name)], line.string[slice(*number)]
    if label.count("(") > label.count(")"):
        return []  # "Odesa (customers without power – 900)"
    if kind.between is _BEHIND_LABEL and not _is_counted(label):
        return []
    about = role_of(label) in ABOUT and not is_amount(value)
    about = about or (bool(role_of(label)) and heads_both(value))  # "Oblast: killed / injured"
    return [name, number] if about or is_amount(value) or is_double(value) else []


def _is_counted(label: str) -> bool:
    """Whether a short label tells what is counted, in a unit that it has: "houses damaged". With a
    day or a name it is a sentence."""
    named = any(word[0].isupper() for word in label.split()[1:])
    if len(label) > _LONGEST_LABEL or named or re.search(r"[,;.!?]\s|\d", label):
        return False
    told = stated(label)
    counted = INDICATORS.get(told.get("indicator", UNCLEAR))
    return counted is not None and told.get("unit", counted.units[0]) in counted.units


def _unquoted(line: re.Match[str], start: int, end: int) -> Span:
    """A cell without the blanks and the quotation marks around it."""
    left, right = _trimmed(line, start, end)
    quoted = _QUOTED.fullmatch(line.string, left, right)
    return (left + 1, right - 1) if quoted else (left, right)


def _trimmed(line: re.Match[str], start: int, end: int) -> Span:
    cell = line[0][start:end]
    left = line.start() + start + (len(cell) - len(cell.lstrip()))
    return left, max(left, left + len(cell.strip()))


def _aligned(run: _Run, text: str) -> tuple[tuple[Span, ...], ...]:
    """The rows of a run; none if its cells stand in no columns.

    Between wide gaps nothing marks a blank cell. So rows of different lengths are put in columns by
    where their cells stand in their lines.
    """
    if run.kind.opens:
        return tuple(map(tuple, _without_frame(run.rows)))
    rows = [_without_end(row) for row in run.rows] if run.kind is _GAPS else run.rows
    run.rows = _parted(rows, text)
    return _in_columns(run, text) or _in_columns(_without_notes(run), text)


def _without_notes(run: _Run) -> _Run:
    """A run without the last lines that hold fewer cells than the rows above them."""
    full = max(map(len, run.rows))
    end = len(run.rows)
    while end > run.kind.fewest and len(run.rows[end - 1]) < full:
        end -= 1
    return _Run(run.kind, run.rows[:end], run.starts[:end])


def _in_columns(run: _Run, text: str) -> tuple[tuple[Span, ...], ...]:
    lengths = {len(row) for row in run.rows} - {1}
    if len(lengths) == 1:
        width = max(lengths)
        return tuple((*row, *[(row[-1][1],) * 2] * (width - len(row))) for row in run.rows)
    over = _heads_several(run, text)
    if over and (rows := _in_order(run)):
        return rows
    edges = _columns(run, 1 if over else 0)
    aligned = []
    for row, at in zip(run.rows, run.starts, strict=True):
        cells = [(at, at)] * len(edges)
        for start, end in filter(_has_text, row):
            if over and row is run.rows[0]:
                place = _first_below((start - at, end - at), edges)
            else:
                within = (n for n, (left, right) in enumerate(edges) if left <= start - at < right)
                place = next(within)
            if cells[place] != (at, at):
                return ()  # two cells of one row in one column: this is no table
            cells[place] = (start, end)
        aligned.append(tuple(cells))
    return tuple(aligned) if len(edges) > 1 else ()


def _in_order(run: _Run) -> tuple[tuple[Span, ...], ...]:
    """The rows below a line that heads columns together, if none of them lacks a cell: their cells
    may stand before and behind the edges of a column. Else empty."""
    below = [[*filter(_has_text, row)] for row in run.rows[1:]]
    if len({len(row) for row in below}) != 1:
        return ()
    at = run.starts[0]
    edges = [(start - run.starts[1], end - run.starts[1]) for start, end in below[0]]
    over = [(at, at)] * len(edges)
    for start, end in filter(_has_text, run.rows[0]):
        over[_first_below((start - at, end - at), edges)] = (start, end)
    return (tuple(over), *map(tuple, below))


def _without_end(row: _Cells) -> _Cells:
    """A row without the blank cell to which the blanks at the end of a line would lead."""
    return row if _has_text(row[-1]) else row[:-1]


def _has_text(cell: Span) -> bool:
    return cell[0] < cell[1]


def _parted(rows: list[_Cells], text: str) -> list[_Cells]:
    """The rows, with the first cell of a row that lacks one cell parted before its number.

    A long name leaves no wide gap before the number behind it: "Houses without heat 1,940".
    """
    full = max(map(len, rows))
    return [_cut(row, text) if 1 < len(row) == full - 1 else row for row in rows]


def _cut(row: _Cells, text: str) -> _Cells:
    start, end = row[0]
    for gap in _GAP.finditer(text, start, end):
        if is_amount(text[gap.end() : end]):
            return [(start, gap.start()), (gap.end(), end), *row[1:]]
    return row


def _without_frame(rows: list[_Cells]) -> list[_Cells]:
    """The rows without the cell before or after all their signs, if it is blank in each."""
    for at in (0, -1):
        if all(len(row) > 2 and row[at][0] == row[at][1] for row in rows):
            rows = [row[1:] if at == 0 else row[:-1] for row in rows]
    return rows


def _heads_several(run: _Run, text: str) -> bool:
    """Whether the first line only heads columns together that the line below it names: "People"
    above "Killed", "Injured", "Evacuated"."""
    first, second = ([*filter(_has_text, row)] for row in run.rows[:2])
    words = not any(is_amount(text[start:end]) for start, end in (*first, *second))
    return words and 1 < len(first) < len(second) - 1


def _first_below(cell: Span, edges: Sequence[Span]) -> int:
    """The first column of which such a cell covers half; else the one nearest to its middle."""
    start, end = cell
    for at, (left, right) in enumerate(edges):
        if 2 * (min(end, right) - max(start, left)) >= right - left:
            return at
    middle = [abs((left + right) - (start + end)) for left, right in edges]
    return middle.index(min(middle))


def _columns(run: _Run, first: int) -> Sequence[Span]:
    """Where the columns of the rows from the first on stand, counted from the beginning of a
    line."""
    rows = zip(run.rows[first:], run.starts[first:], strict=True)
    edges: list[Span] = []
    found = ((each, at) for row, at in rows for each in filter(_has_text, row))
    for start, end in sorted((start - at, end - at) for (start, end), at in found):
        if edges and start < edges[-1][1]:
            edges[-1] = (edges[-1][0], max(edges[-1][1], end))
        else:
            edges.append((start, end))
    return edges
