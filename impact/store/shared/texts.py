"""Rows and texts as PostgreSQL takes and gives them.

Its texts hold no NUL: a sign stands for it, followed by a digit; and so is the sign where it stands
for itself, so that each text comes back as it was.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

# Bytes of text that become rows at a time: Arrow reads no 2 GB in one go, some 4 million figures.
MOST = 64_000_000
_SIGN = "\u2400"
_CODES = ((_SIGN, f"{_SIGN}1"), ("\0", f"{_SIGN}0"))


def encoded(cell: Any) -> Any:
    """A cell as PostgreSQL holds it."""
    if isinstance(cell, str) and ("\0" in cell or _SIGN in cell):
        for text, code in _CODES:
            cell = cell.replace(text, code)
    return cell


def decoded(cell: Any) -> Any:
    """A cell of PostgreSQL as it was."""
    if isinstance(cell, str) and _SIGN in cell:
        for text, code in reversed(_CODES):
            cell = cell.replace(code, text)
    return cell


def _column_encoded(column: Any) -> Any:
    """A column of Arrow's texts as PostgreSQL holds it."""
    for text, code in _CODES:
        column = pc.replace_substring(column, text, code)
    return column


def _column_decoded(column: Any) -> Any:
    """A column of PostgreSQL's as it was."""
    if column.type == pa.string():
        for text, code in reversed(_CODES):
            column = pc.replace_substring(column, code, text)
    return column


def written(rows: Any) -> bytes:
    """Rows as COPY takes them: a line each, tabs between cells, backslashes before what would be
    taken for an end."""
    cells = [_cells(column) for column in rows.columns]
    lines = pc.binary_join_element_wise(*cells, "\t")
    return "".join(f"{line}\n" for line in lines.to_pylist()).encode()


def records(rows: Any) -> list[dict[str, object]]:
    """Rows as JSON tells them to PostgreSQL, which reads each cell as its column's type."""
    columns = [_told(column.combine_chunks()) for column in rows.columns]
    return [dict(zip(rows.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def _told(column: Any) -> list[object]:
    if pa.types.is_dictionary(column.type):  # which Python takes apart a cell at a time
        values = [*_told(column.dictionary), None]
        return [values[-1 if number is None else number] for number in column.indices.to_pylist()]
    cells = column.to_pylist()
    if column.type == pa.string():
        return list(map(encoded, cells))
    if pa.types.is_floating(column.type) or pa.types.is_timestamp(column.type):
        return [None if cell is None else str(cell) for cell in cells]
    return list(cells)


def _cells(column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        return pc.fill_null(_cells(column.dictionary).take(column.indices), "\\N")
    text = column.cast(pa.string())
    if column.type == pa.string():
        text = _column_encoded(text)
        for sign, letter in (("\\", "\\"), ("\t", "t"), ("\n", "n"), ("\r", "r")):
            text = pc.replace_substring(text, sign, f"\\{letter}")
    return pc.fill_null(text, "\\N")


def pieces(lines: Iterable[bytes], like: Any) -> Iterator[Any]:
    """Rows in pieces, one at least, from the CSV in which PostgreSQL gives them: each row in a
    message of its own."""
    piece, size = [], 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= MOST:
            yield read(b"".join(piece), like)
            piece, size = [], 0
    yield read(b"".join(piece), like)


def read(text: bytes, like: Any) -> Any:
    """Rows from the CSV in which PostgreSQL gives them: what is missing has no quotation marks."""
    if not text:
        return like.empty_table()
    found = pyarrow.csv.read_csv(
        io.BytesIO(text),
        read_options=pyarrow.csv.ReadOptions(column_names=like.names, block_size=max(len(text), 1)),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=like,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    return pa.table([_column_decoded(column) for column in found.columns], schema=like)
