"""Rows of a CSV table: line by line as Python's csv reads them, or as columns with the same cells.

Columns are read by Arrow where its reading is Python's. Whatever the two might read otherwise (a
quotation mark within a cell, a line end within a line, a cell that never ends) is left to Python.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from etl.replies import BREAKS_OFF, require_data
from impact.model.distinct import Distinct, Mask

_BOM = b"\xef\xbb\xbf"
_QUOTE, _COMMA, _FEED, _RETURN = (ord(each) for each in '",\n\r')
# Rows of which Python makes cells at a time.
_AT_A_TIME = 1000
# Bytes that Arrow reads at a time.
_BLOCK = 1 << 24
_REPEATED = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its cells.

    position  its id, or its line number where it has none
    broken    whether it has more or fewer cells than the header
    """

    position: str
    row: dict[str, Any]
    broken: bool


@dataclass(slots=True)
class Rows:
    """The rows of a table that have as many cells as its header, as columns.

    table      Arrow's table of texts
    positions  a row's id, or its line number where it has none: Arrow's texts
    broken     number of the row before which it stood -> a row with more or fewer cells
    """

    table: Any
    positions: Any
    broken: dict[int, list[Line]] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def count(self) -> int:
        """How many rows the table had."""
        return len(self) + sum(map(len, self.broken.values()))

    def distinct(self, name: str) -> Distinct:
        """A column of texts."""
        return Distinct.of(self.table[name])

    def one_by_one(self, which: Mask) -> Iterator[tuple[int, Line]]:
        """The rows of a mask and all broken ones, in the order of the file, each with its number
        among the rows that are not broken."""
        texts = pa.schema([(name, pa.string()) for name in self.table.column_names])
        chosen = self.table.filter(pa.array(which)).cast(texts).to_batches(_AT_A_TIME)
        cells = (row for batch in chosen for row in batch.to_pylist())
        for number in sorted({*np.flatnonzero(which).tolist(), *self.broken}):
            yield from ((number, line) for line in self.broken.get(number, ()))
            if number < len(self) and which[number]:
                yield number, Line(self.positions[number].as_py(), next(cells), False)


def lines(payload: bytes, columns: Sequence[str]) -> Iterator[Line]:
    """The rows of a CSV table in UTF-8, one by one. Raises ValueError as Parsed.records does."""
    require_data(payload)
    broken = False
    try:
        reader = csv.DictReader(io.StringIO(payload.decode("utf-8-sig")), strict=True)
        _require(columns, reader.fieldnames or ())
        for row in reader:
            line = _line(row, reader.line_num)
            broken = line.broken
            yield line
    except UnicodeDecodeError:
        raise ValueError("this is no text in UTF-8: save the table as CSV in UTF-8") from None
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise ValueError(BREAKS_OFF) from None
        raise ValueError(f"this is no CSV table that can be read: {error}") from None
    if broken and not payload.endswith((b"\n", b"\r")):
        raise ValueError(BREAKS_OFF)


def read(payload: bytes, columns: Sequence[str], own: Sequence[str]) -> Rows:
    """The rows of a CSV table in UTF-8 as columns. Raises ValueError as Parsed.records does.

    own  columns of which each row has a text of its own
    """
    require_data(payload)
    return _by_arrow(payload, columns, own) or _by_python(payload, columns)


def _require(columns: Sequence[str], header: Sequence[str]) -> None:
    if missing := [name for name in columns if name not in header]:
        raise ValueError(f"the table lacks {', '.join(missing)}; wanted are {', '.join(columns)}")


def _line(row: dict[str, Any], number: int) -> Line:
    broken = None in row or None in row.values()
    return Line(row.get("id") or f"line {number}", row, broken)


def _by_python(payload: bytes, columns: Sequence[str]) -> Rows:
    whole, broken = list[Line](), dict[int, list[Line]]()
    for line in lines(payload, columns):
        if line.broken:
            broken.setdefault(len(whole), []).append(line)
        else:
            whole.append(line)
    table = pa.Table.from_pylist([line.row for line in whole])
    if not whole:
        table = pa.table({name: pa.array([], pa.string()) for name in columns})
    return Rows(table, pa.array([line.position for line in whole], pa.string()), broken)


def _by_arrow(payload: bytes, columns: Sequence[str], own: Sequence[str]) -> Rows | None:
    """None where Arrow might read the table otherwise than Python, or cannot say in which line a
    row without an id stands."""
    begin = payload.find(b"\n") + 1
    names = _header(payload[:begin].removeprefix(_BOM))
    if len(names) < 2 or not set(columns) <= set(names) or not _plain(payload, begin):
        return None
    kinds = {name: pa.string() if name in {"id", *own} else _REPEATED for name in names}
    body, found = pa.py_buffer(payload).slice(begin), list[Any]()
    # Cells between quotation marks may hold line ends: to look for those takes time.
    quoted = payload.find(b'"', begin) >= 0
    try:
        try:
            table = _arrow_table(body, kinds, quoted)
        except pa.ArrowInvalid:
            payload.decode()  # rows that are no text cannot even be handed over
            table = _arrow_table(body, kinds, quoted, found)
        broken = _broken(names, found)
    except (pa.ArrowInvalid, csv.Error, UnicodeDecodeError):
        return None
    if any(_longest(column) > csv.field_size_limit() for column in table.columns):
        return None
    if found and found[-1].number == len(table) + len(found) and not payload.endswith(b"\n"):
        raise ValueError(BREAKS_OFF)
    return _placed(payload, begin, table, broken)


def _header(head: bytes) -> list[str]:
    """The names of the columns; none where they are no header in one line, each name once."""
    try:
        names = next(csv.reader([head.decode()], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return []
    return names if len(names) == len(set(names)) else []


def _plain(payload: bytes, begin: int) -> bool:
    """Whether quotation marks enclose whole cells, and every line ends in one of two ways."""
    if payload.startswith(_BOM, begin):  # of the table's own first cell: Arrow leaves it out
        return False
    if b"\0" in payload or payload.count(b"\r", begin) != payload.count(b"\r\n", begin):
        return False
    if payload.find(b'"', begin) < 0:
        return True
    text = np.frombuffer(payload, np.uint8, offset=begin)
    marks = np.flatnonzero(text == _QUOTE)
    opening, closing = marks[::2], marks[1::2]
    if len(opening) != len(closing):
        return False
    before = text[opening[opening > 0] - 1]
    after = text[closing[closing < len(text) - 1] + 1]
    # Within a cell a mark stands twice: then one closes it, and the next opens it again.
    return bool(
        np.isin(before, (_QUOTE, _COMMA, _FEED)).all()
        and np.isin(after, (_QUOTE, _COMMA, _FEED, _RETURN)).all()
    )


def _arrow_table(
    body: Any, kinds: Mapping[str, Any], quoted: bool, broken: list[Any] | None = None
) -> Any:
    """Arrow's table; rows with more or fewer cells go to `broken`, which takes one thread."""

    def skip(row: Any) -> str:
        found.append(row)
        return "skip"

    found = [] if broken is None else broken

    return arrow_csv.read_csv(
        pa.BufferReader(body),
        arrow_csv.ReadOptions(
            column_names=list(kinds), use_threads=broken is None, block_size=_BLOCK
        ),
        arrow_csv.ParseOptions(
            newlines_in_values=quoted, invalid_row_handler=None if broken is None else skip
        ),
        arrow_csv.ConvertOptions(column_types=kinds),
    )


def _longest(column: Any) -> int:
    """Bytes of a column's longest cell."""
    texts = [
        each.dictionary if pa.types.is_dictionary(each.type) else each for each in column.chunks
    ]
    return max((pc.max(pc.binary_length(each)).as_py() or 0 for each in texts), default=0)


def _broken(names: Sequence[str], found: Sequence[Any]) -> list[tuple[int, dict[str, Any]]]:
    """The number of each broken row among all, from 0, and its cells."""
    return [
        (row.number - 1, next(csv.DictReader(io.StringIO(row.text), names, strict=True)))
        for row in found
    ]


def _placed(
    payload: bytes, begin: int, table: Any, broken: Sequence[tuple[int, dict[str, Any]]]
) -> Rows | None:
    """The rows with their positions; None where one goes by its line and lines are not rows."""
    count = len(table) + len(broken)
    ends = payload.count(b"\n", begin) + (not payload.endswith(b"\n"))
    ids = table["id"] if "id" in table.column_names else pa.repeat("", len(table))
    nameless = pc.equal(ids, "")
    if pc.any(nameless).as_py() or not all(row.get("id") for _, row in broken):
        if ends != count:
            return None
        # The header is the first line.
        own = np.delete(np.arange(count), [number for number, _ in broken]) + 2
        told = pc.binary_join_element_wise("line", pa.array(own).cast(pa.string()), " ")
        ids = pc.if_else(nameless, told, ids)
    before: dict[int, list[Line]] = {}
    for earlier, (number, row) in enumerate(broken):
        before.setdefault(number - earlier, []).append(_line(row, number + 2))
    return Rows(table, ids, before)
