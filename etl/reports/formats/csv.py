"""CSV: tables as text, with commas, semicolons, tabs or bars between cells.

Python's own csv module reads them, because more tolerant readers lose rows and do not say so. Each
row that is not blank becomes a row of the table, in order.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from etl.reports.formats import File, Refused
from etl.reports.formats._letters import binary, clean, decode
from etl.reports.formats._writer import Writer
from etl.reports.model.document import Document

ENDINGS = ("csv", "tsv", "tab")

_SEPARATORS = "\t;|,"  # the comma last: numbers and sentences contain it, too
_LONGEST = 1_000_000  # characters that a cell or a line may have


def knows(content: bytes) -> bool:
    """Always False: nothing in the bytes of a CSV file shows that it is one."""
    return False


def documents(file: File) -> Iterator[Document]:
    """One document with one table. Raises Refused for a file that is no text."""
    text, note = decode(file.content)
    if binary(text):
        raise Refused("wrong_type", "not text")
    text = clean(text)
    if max(map(len, text.split("\n"))) > _LONGEST:
        raise Refused("damaged", "a line of more than a million characters")
    writer = Writer()
    if note:
        writer.note(note)
    with _long_cells():
        rows, whole = _rows(text)
    if not whole:
        writer.note("broken_quotes")
    filled = [row for row in rows if any(map(str.strip, row))]
    if len({len(row) for row in filled}) > 1:
        writer.note("uneven_rows")
    writer.table(filled, posts=True)
    yield writer.document(file.name, "csv")


@contextmanager
def _long_cells() -> Iterator[None]:
    """Allows cells of _LONGEST characters inside the `with` block.

    The csv module has one limit for the whole process, so the old one is set again afterwards.
    """
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """The rows, and whether the quotation marks of the text match.

    If they do not match, one cell could take in all the lines after it. So each line is then read
    as a row.
    """
    if text[:4].lower() == "sep=":  # Excel's line that names the separator
        separator, text = text[4:5], text.partition("\n")[2]
    else:
        separator = _separator(text)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator, strict=True)), True
    except csv.Error:
        pass
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
        if not any("\n" in cell for row in rows for cell in row):
            return rows, True
    except csv.Error:
        pass
    lines = io.StringIO(text)
    return list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)), False


def _separator(text: str) -> str:
    """The separator that gives most of the first 100 rows the same number of cells."""

    def agreement(separator: str) -> tuple[bool, float]:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), 100))
        widths = Counter(len(row) for row in rows if row)
        width, often = widths.most_common(1)[0] if widths else (1, 0)
        return width > 1, often / max(1, widths.total())

    try:
        return max(_SEPARATORS, key=agreement)
    except csv.Error:
        return ","
