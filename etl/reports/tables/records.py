"""Records: each thing that happened as lines or parts of a line "Place: Odesa", "Killed: 3". The
labels come again in every record, so they are the header of a table.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.reports.model.document import Span
from etl.reports.tables.words import AREAS, names_a_count, plain, role_of, stated

_LINE = re.compile(r"[^\n]+")
_BETWEEN = re.compile(r"\s*[|│;]\s+(?=[^\W\d_][^:;|│\n]{0,60}:\s)")
_FIELD = re.compile(r"[^\w(]*(?P<label>[^\W\d_][^:\n]{0,60}?)\s*:\s+(?P<value>\S.*?)[\s;,]*$")
_FEWEST = 2  # records, and labels of each
_NAMING = (*AREAS, "date", "as_of")

_Field = tuple[Span, Span]  # a label and what is said of it


def record_tables(text: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of each table of records of a text, its labels first."""
    found: list[_Field] = []
    for line in _LINE.finditer(text if text.count(": ") >= _FEWEST * _FEWEST else ""):
        if not line[0].strip():
            continue
        fields = list(_fields(line))
        if not fields:
            yield from _tables(found, text)
            found = []
        found += fields
    yield from _tables(found, text)


def _fields(line: re.Match[str]) -> Iterator[_Field]:
    """The label and the value of each part of a line; none if a part has no label."""
    if ":" not in line[0]:
        return
    edges = [(0, 0), *(each.span() for each in _BETWEEN.finditer(line[0]))]
    edges.append((len(line[0]), len(line[0])))
    parts = [(start, end) for (_, start), (end, _) in pairwise(edges)]
    found = [(_FIELD.fullmatch(line[0][start:end]), line.start() + start) for start, end in parts]
    if all(field for field, _ in found):
        for field, at in found:
            if field:
                yield _moved(field.span("label"), at), _moved(field.span("value"), at)


def _tables(fields: Sequence[_Field], text: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The table of the fields that follow one another, from the first label that comes again; none
    if they make none."""
    labels = [plain(text[slice(*label)]) for label, _ in fields]
    first = next((at for at, label in enumerate(labels) if labels.count(label) > 1), len(labels))
    if len(labels) - first < _FEWEST * _FEWEST or not _names(text[slice(*fields[first][0])]):
        return
    records: list[dict[str, _Field]] = []
    for label, field in zip(labels[first:], fields[first:], strict=True):
        if label == labels[first] or label in records[-1]:
            records.append({})
        records[-1][label] = field
    heads = {label: field[0] for record in records for label, field in record.items()}
    whole = all(labels[first] in record and len(record) >= _FEWEST for record in records)
    if len(records) >= _FEWEST and whole and any(names_a_count(label) for label in heads):
        rows = [tuple(_cell(record, label) for label in heads) for record in records]
        yield tuple(heads.values()), *rows


def _cell(record: dict[str, _Field], label: str) -> Span:
    """What a record says under a label; a blank cell at its beginning if it says nothing."""
    start = next(iter(record.values()))[0][0]
    return record[label][1] if label in record else (start, start)


def _names(label: str) -> bool:
    """Whether a label names the place or the day of a record."""
    return role_of(label) in _NAMING and not stated(label).keys() & {"indicator"}


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
