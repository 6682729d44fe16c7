"""Reads tables that are to be checked beside the shipped ones, and asks what is wrong with them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from etl import source
from etl.checking import alone, repeats, unlikely
from etl.checking.row import Fault, Row
from etl.source import Parsed
from impact.model.figure import Figure

# Sources whose rows are collected by hand. A table is of the first whose columns it has.
BY_HAND = ("curated", "oblast_marks")
# Position and content of a row that is refused -> the reason.
_Reasons = Mapping[tuple[str, str], str]


def faults(paths: Sequence[Path], today: date) -> tuple[int, list[Fault]]:
    """How many rows the tables have, and what is wrong with them, in the order of their lines.

    A file with the name of a shipped one is taken for its new edition. amendments.csv may be among
    the files. Raises ValueError if a file is no table of sourced rows, OSError if there is none.
    """
    name = _source_of(paths)
    beside = [path for path in source.get(name).SOURCE.files if path.name not in _names(paths)]
    every = [*beside, *paths]
    parsed: Parsed = source.get(name).parse(*(path.read_bytes() for path in every))
    refused = {(each.position, each.content): each.reason for each in parsed.refused}
    # The figures are made of columns whenever they are gone through: once for all files.
    figures = {figure.source_key: figure for figure in parsed.figures}
    rows = [row for path in every for row in _rows(path, figures, refused)]
    own = [row for row in rows if row.file in paths]
    found = [*_refused(own, refused), *_alone(own, today)]
    found += repeats.faults(rows, set(own))
    found += unlikely.faults(rows, own)
    return len(own), sorted(found, key=lambda each: (paths.index(each.row.file), each.row.line))


def _names(paths: Iterable[Path]) -> set[str]:
    return {path.name for path in paths}


def _source_of(paths: Sequence[Path]) -> str:
    """The source in whose shape the tables are. Raises ValueError if they are in none."""
    headers = [_header(path) for path in paths]
    for name in BY_HAND:
        wanted = set(_header(source.get(name).SOURCE.files[0]))
        if any(wanted <= set(header) for header in headers):
            return name
    raise ValueError(
        f"{', '.join(sorted(_names(paths)))} is no table of sourced rows: its first line must have "
        "the columns of data/figures/winter_2025_26.csv or of data/oblast_marks/marks.csv"
    )


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        return next(csv.reader(file), [])


def _rows(path: Path, figures: Mapping[str, Figure], refused: _Reasons) -> Iterator[Row]:
    """The rows of a file, each with its figure. amendments.csv has none."""
    lines = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    if "place" not in (lines.fieldnames or ()):
        return
    for cells in lines:
        position = cells.get("id") or f"line {lines.line_num}"
        figure = None if (position, str(cells)) in refused else figures.get(cells["id"])
        yield Row(path, lines.line_num, cells, figure)


def _refused(own: Iterable[Row], refused: _Reasons) -> Iterator[Fault]:
    for row in own:
        if reason := refused.get((row.name, str(row.cells))):
            yield Fault(row, f"It would be refused: {reason.rstrip('.')}.")


def _alone(own: Iterable[Row], today: date) -> Iterator[Fault]:
    for row in own:
        for sentence in alone.faults(row, today):
            yield Fault(row, sentence)
