"""Rows of files that others export: whole tables only, whose columns are what they were.

A file that breaks off, a page in place of a table and a table without a column are refused whole,
each with a sentence: half a file loaded would look like an edition from which rows were taken out.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from etl.replies import lacking, require_data
from etl.source import Parsed
from impact.model.figure import Figure
from impact.model.places import PLACES, Place, UnknownPlace, find

NO_PLACE = "no oblast of ours"
ELSEWHERE = "not in Ukraine"
TWICE = "a second row of the same {thing}"
UNREADABLE = "a cell cannot be read as its column says"
# An oblast-level unit as exports name it -> the name that finds it.
UNITS = {"kyiv city": "UA80", "sevastopol": "UA85", "crimea": "UA01"}


def csv_rows(
    parsed: Parsed, payload: bytes, columns: Sequence[str]
) -> list[tuple[str, dict[str, str]]]:
    """The rows of an exported CSV, each with a position of its own. A row of tags (HXL) is no row.

    Raises ValueError with a sentence if the file is no whole table with these columns.
    """
    rows = list(parsed.records(payload, columns))
    tagged = [row for row in rows if not row[1][columns[0]].startswith("#")]
    parsed.rows -= len(rows) - len(tagged)
    return list(_apart(tagged))


def _apart(rows: Iterable[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows, those whose id stood before with how many there are by then: "990001 (2)"."""
    seen = Counter[str]()
    for position, row in rows:
        seen[position] += 1
        yield position if seen[position] == 1 else f"{position} ({seen[position]})", row


def collect(
    parsed: Parsed,
    rows: Iterable[tuple[str, dict[str, Any]]],
    unfit: Callable[[dict[str, Any]], str],
    figure: Callable[[dict[str, Any], str], Figure],
    thing: str,
) -> Parsed:
    """Adds a figure for each row, or its refusal; gives what it was added to.

    unfit   why a row gives no figure; "" if it gives one
    figure  the figure of a row and its position; its source_key says which rows are about the same
    thing   what a row is about, for the refusal of a second row: "event"
    """
    seen = set[str]()
    for position, row in rows:
        try:
            found, reason = None, unfit(row)
            if not reason:
                found = figure(row, position)
                reason = TWICE.format(thing=thing) if found.source_key in seen else ""
        except UnknownPlace:
            reason = NO_PLACE
        except (ValueError, TypeError):
            reason = UNREADABLE
        if found is None or reason:
            parsed.refuse(position, reason, row)
        else:
            seen.add(found.source_key)
            parsed.figures.append(found)
    return parsed


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
