"""Rows of files that others export: whole tables only, whose columns are what they were.

A file that breaks off, a page in place of a table and a table without a column are refused whole,
each with a sentence: half a file loaded would look like an edition from which rows were taken out.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from etl.replies import lacking, require_data
from etl.source import Parsed
from impact.model.places import PLACES, Place, UnknownPlace, find

BREAKS_OFF = "the file breaks off in its last row"
NO_PLACE = "no oblast of ours"
ELSEWHERE = "not in Ukraine"
UNREADABLE = "a cell cannot be read as its column says"
# An oblast-level unit as exports name it -> the name that finds it.
UNITS = {"kyiv city": "UA80", "sevastopol": "UA85", "crimea": "UA01"}


def csv_rows(
    parsed: Parsed, payload: bytes, columns: Sequence[str]
) -> list[tuple[str, dict[str, str]]]:
    """The rows of an exported CSV, each with its position. A row of tags (HXL) is no row.

    Raises ValueError with a sentence if the file is no whole table with these columns.
    """
    require_data(payload)
    rows = list(parsed.records(payload, columns))
    broken = parsed.refused[-1:] if not payload.endswith((b"\n", b"\r")) else []
    if broken and (not rows or broken[0].position != rows[-1][0]):
        raise ValueError(BREAKS_OFF)
    tagged = [row for row in rows if not row[1][columns[0]].startswith("#")]
    parsed.rows -= len(rows) - len(tagged)
    return tagged


def sheet_rows(
    parsed: Parsed, payload: bytes, columns: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a workbook's first sheet that has the columns, each with its position.

    Rows without a cell in the first column and rows of tags (HXL) are no rows. Of two columns with
    one name the first counts. Raises ValueError with a sentence if the file is no such workbook.
    """
    require_data(payload)
    try:
        book = load_workbook(io.BytesIO(payload), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, EOFError):
        raise ValueError("the file breaks off or is no workbook (XLSX)") from None
    for sheet in book.worksheets:
        lines = sheet.iter_rows(values_only=True)
        header = [str(cell or "").strip() for cell in next(lines, ())]
        if columns[0] not in header:
            continue
        if missing := [name for name in columns if name not in header]:
            raise lacking(f"the sheet “{sheet.title}”", missing[0])
        yield from _lines(parsed, lines, {name: header.index(name) for name in columns})
        return
    raise lacking("the workbook", columns[0])


def _lines(
    parsed: Parsed, lines: Iterator[tuple[Any, ...]], at: dict[str, int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    first = next(iter(at.values()))
    for number, line in enumerate(lines, start=2):
        led = line[first] if first < len(line) else None
        if led is None or str(led).startswith("#"):
            continue
        parsed.rows += 1
        cells = {name: line[place] if place < len(line) else None for name, place in at.items()}
        yield f"row {number}", cells


def oblast(name: str) -> Place:
    """The oblast-level unit that an export calls "Kharkiv", "Kharkivska*" or "Kyiv City".

    Raises UnknownPlace if there is none.
    """
    told = name.strip().rstrip("*").strip()
    if pcode := UNITS.get(told.casefold().replace(" oblast", "")):
        return PLACES[pcode]
    for text in (told if told.casefold().endswith("oblast") else f"{told} Oblast", told):
        try:
            place = find(text)
        except UnknownPlace:
            continue
        if place.oblast == place.pcode:
            return place
    raise UnknownPlace(name)


def day(cell: object) -> str:
    """An ISO day of a cell that is a date or begins with one. Raises ValueError for others."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return date.fromisoformat(str(cell)[:10]).isoformat()
