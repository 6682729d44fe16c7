"""Lines that repeat the words for their numbers: "Odesa: cut off 34,000, restored 4,000", line by
line. They are rows of a table whose header is said again in each.

In a sentence the words of one number stand right behind the number before it, so that the grammar
may give it to the wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from etl.reports.model.document import Span
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import is_missing, plain, stated
from impact.model.indicators import INDICATORS

_LINE = re.compile(r"[^\n]+")
_HEAD = re.compile(r"[^\w(]*(?P<name>[^\W\d_][^\d:,;]*?)\s*(?::|\s[-–—])\s+(?=\S)")
# Such a line ends with a number, its scale, or a dash; most lines of prose do not.
_MAY_COUNT = re.compile(r"[\d–—-][^\d\n]{0,8}$")
# Parts of a line, over commas between digits ("34,000").
_PART = re.compile(r"(?:[^,;]|,(?=\d{3}(?!\d)))+")
_LABELLED = re.compile(r"\s*(?P<label>[^\d]*[^\W\d_.])\.?\s*[-–—:]?\s+(?P<number>[^\s].*?)[\s.]*$")
_LEAD = re.compile(r"[^\n:]*:\s+")
_FEWEST_ROWS, _FEWEST_LABELS, _FEWEST_ALONE = 2, 2, 3


class _Row(NamedTuple):
    """A line: its name, and label and number of each part."""

    name: Span
    labels: tuple[Span, ...]
    numbers: tuple[Span, ...]
    words: tuple[str, ...]


def labelled_tables(text: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of each such table, with a header that the first of its lines gives."""
    lines = ((line, _row(line)) for line in _LINE.finditer(text) if line[0].strip())
    for words, run in groupby(lines, key=lambda each: each[1].words if each[1] else ()):
        found = [*run]
        rows = [row for _, row in found if row is not None]
        if words and len(rows) >= _FEWEST_ROWS:
            yield tuple(_cells(rows))
            continue
        for line, _ in found:
            if pairs := _alone(line):
                yield pairs


def _alone(line: re.Match[str]) -> tuple[tuple[Span, ...], ...]:
    """Label and number of each part of a line that stands alone: "killed 1, injured 4, houses
    damaged 12". The place and the day before its colon are its title."""
    if not _MAY_COUNT.search(line[0].rstrip(". ")):
        return ()
    lead = _LEAD.match(line[0])
    told = _parts(line, lead.end() if lead else 0)
    if len(told) < _FEWEST_ALONE or not all(_names_what(each["label"]) for each, _ in told):
        return ()
    return tuple((_moved(e.span("label"), by), _moved(e.span("number"), by)) for e, by in told)


def _cells(rows: Sequence[_Row]) -> Iterator[tuple[Span, ...]]:
    start, _ = rows[0].name
    yield ((start, start), *rows[0].labels)
    for row in rows:
        yield (row.name, *row.numbers)


def _row(line: re.Match[str]) -> _Row | None:
    """The parts of a line, each with its label before its number; None for any other line."""
    head = _HEAD.match(line[0]) if _MAY_COUNT.search(line[0]) else None
    if head is None:
        return None
    told = _parts(line, head.end())
    if len(told) < _FEWEST_LABELS:
        return None
    return _Row(
        _moved(head.span("name"), line.start()),
        tuple(_moved(each.span("label"), by) for each, by in told),
        tuple(_moved(each.span("number"), by) for each, by in told),
        tuple(plain(each["label"]) for each, _ in told),
    )


def _parts(line: re.Match[str], begin: int) -> list[tuple[re.Match[str], int]]:
    """The parts of a line from an offset on, each with where it stands; none if one of them is no
    label with a number."""
    parts = list(_PART.finditer(line[0], begin))
    found = [(_LABELLED.fullmatch(part[0]), line.start() + part.start()) for part in parts]
    told = [(each, by) for each, by in found if each and _counts(each["number"])]
    told = [(each, by) for each, by in told if _names(each["label"])]
    return told if len(told) == len(parts) else []


def _counts(number: str) -> bool:
    return is_amount(number) or is_missing(number)


def _names(label: str) -> bool:
    """Whether words tell what a number counts, or whom."""
    return bool(stated(label.strip()).keys() & {"indicator", "status", "people"})


def _names_what(label: str) -> bool:
    """Whether words tell what a number counts, in a unit that it has."""
    told = stated(label.strip())
    counted = INDICATORS.get(told.get("indicator", ""))
    return counted is not None and told.get("unit", counted.units[0]) in counted.units


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
