"""Lists below a legend: "by oblast (killed; injured; cut off)" above "Odesa: 3; 35; 48,500", or
"Place: killed / injured / missing" above "Odesa: 3 / 35 / 1".
The parts of the legend are the columns of a table.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.reports.model.document import Span
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import AREAS, first, is_missing, role_of, stated

_LINE = re.compile(r"[^\n]+")
_LONGEST = 300  # characters of a line
_LEGEND = re.compile(r"\((?P<parts>[^()]{3,200})\)[\s.:]*$")
# "Place: killed / injured / missing"
_KEYED = re.compile(r"\s*(?P<key>[^:;/]{2,40}):\s+(?P<parts>[^:]+[;/→][^:]+?)\s*$")
_MARKS, _COMMAS = re.compile(r"\s*[;/|→]\s*"), re.compile(r",\s+")
_NAMED = re.compile(
    r"[^\w(]*(?P<name>[^\W\d_][^:\d]{0,60}?)\s*(?::|\s[-–—])\s+(?P<numbers>\S.*?)[\s;.,]*$"
)
_FEWEST = 2  # rows, and parts of a legend

_Row = tuple[Span, ...]


def legend_tables(text: str) -> Iterator[tuple[_Row, ...]]:
    """The rows of each such list of a text below its title and its legend."""
    head: tuple[_Row, ...] = ()
    rows: list[_Row] = []
    for line in _LINE.finditer(text):
        row = _row(line, len(head[1]) - 1) if head and line[0].strip() else ()
        if row:
            rows.append(row)
        elif line[0].strip():
            if len(rows) >= _FEWEST:
                yield *head, *rows
            head, rows = _head(line), []
    if len(rows) >= _FEWEST:
        yield *head, *rows


def _head(line: re.Match[str]) -> tuple[_Row, ...]:
    """The title of a line and the parts of its legend, with a blank cell above the names; empty
    without a legend of which each part says what it counts."""
    found = _LEGEND.search(line[0]) if len(line[0]) <= _LONGEST else None
    keyed = _KEYED.match(line[0]) if not found and len(line[0]) <= _LONGEST else None
    if keyed and role_of(keyed["key"]) in AREAS:
        found = keyed
    if not found:
        return ()
    parts = _parts(line, *found.span("parts"))
    texts = [line.string[slice(*part)] for part in parts]
    told = [stated(text).keys() & {"indicator", "status", "people", "unit"} for text in texts]
    if len(parts) < _FEWEST or not all(told):
        return ()
    start = line.start()
    if found is keyed:
        key = (start + keyed.start("key"), start + keyed.end("key"))
        return ((start, start),), (key, *parts)
    return ((start, start + found.start()),), ((start, start), *parts)


def _row(line: re.Match[str], width: int) -> _Row:
    """The name of a line and its numbers; empty if they are not as many as the legend's parts."""
    found = _NAMED.match(line[0]) if len(line[0]) <= _LONGEST else None
    if not found:
        return ()
    numbers = _parts(line, *_without_part(line[0], *found.span("numbers")))
    texts = [line.string[slice(*number)] for number in numbers]
    if len(numbers) != width or not all(is_amount(text) or is_missing(text) for text in texts):
        return ()
    start, end = found.span("name")
    return (line.start() + start, line.start() + end), *numbers


def _without_part(line: str, start: int, end: int) -> Span:
    """Numbers between marks without the words for a part behind them: "1/14, зокрема 3 дитини"."""
    comma = line.find(", ", start, end)
    marked = comma >= 0 and _MARKS.search(line, start, comma)
    return (start, comma if marked and first("of_which", line[comma:end]) else end)


def _parts(line: re.Match[str], start: int, end: int) -> Sequence[Span]:
    """What stands between semicolons, slashes or bars; without any, between commas."""
    between = _MARKS if _MARKS.search(line[0], start, end) else _COMMAS
    cuts = [(start, start), *(each.span() for each in between.finditer(line[0], start, end))]
    cuts.append((end, end))
    return [(line.start() + left, line.start() + right) for (_, left), (right, _) in pairwise(cuts)]
