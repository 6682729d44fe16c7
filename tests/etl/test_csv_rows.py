"""A table read as columns has the rows, positions and faults that Python's own csv finds in it."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl import csv_rows

COLUMNS = ["id", "place", "note"]
HEADER = b"id,place,note\n"
CELL = st.text(st.sampled_from("ab ,\"\n\r'éК\0\ufeff"), max_size=4) | st.sampled_from(
    ["", "x", '"a, b"', '"a ""b"""', '"one\ntwo"', '"one\r\ntwo"', '"', '""', 'a"b']
)
LINE = st.lists(CELL, max_size=4).map(",".join) | st.sampled_from(["x1,Kyiv,", ",Lviv,said", " "])
TABLES = st.tuples(st.lists(LINE, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans()).map(
    lambda made: HEADER + (made[1].join(made[0]) + made[1] * made[2]).encode()
)


def one_by_one(payload: bytes) -> list[csv_rows.Line] | str:
    try:
        return list(csv_rows.lines(payload, COLUMNS))
    except ValueError as error:
        return str(error)


def as_columns(payload: bytes) -> list[csv_rows.Line] | str:
    try:
        rows = csv_rows.read(payload, COLUMNS, ["note"])
    except ValueError as error:
        return str(error)
    found = [line for _, line in rows.one_by_one(np.ones(len(rows), bool))]
    assert len(found) == rows.count
    return found


@given(TABLES)
@settings(max_examples=400, deadline=None)
@example(HEADER + b"x1,Kyiv,\nx2,Lviv\nx3,Odesa,,more\n,Sumy,no id\n")
@example(HEADER + b"x1,Kyiv,\n\n \nx2,Lviv,")
@example(HEADER + b"x1,Kyiv,\nx2,Lv")
@example(HEADER + b'x1,"Kyiv",\nx2,"Lv')
@example(HEADER + b"x1,Ky\xffiv,\nx2\n")
@example(HEADER)
@example(b"\xef\xbb\xbf" + HEADER + b"x1,Kyiv,a\n")
@example(HEADER + b"\xef\xbb\xbf,,")
@example(HEADER + b"\xef\xbb\xbfx1,Kyiv,a\nx2,Lviv,b\n")
@example(b"id,place\nx1,Kyiv\n")
@example(b'"id","place",note\nx1,Kyiv,a\n')
@example(b"id,place,note,place\nx1,Kyiv,a,b\n")
def test_columns_hold_what_python_reads_line_by_line(payload):
    assert as_columns(payload) == one_by_one(payload)


@pytest.mark.parametrize(
    ("payload", "arrow"),
    {
        "plain": (HEADER + b"x1,Kyiv,a\n", True),
        "cells within quotation marks": (HEADER + b'x1,"Kyiv, UA","so ""called"""\n', True),
        "a row that is too short": (HEADER + b"x1,Kyiv\nx2,Lviv,b\n", True),
        "a row without an id": (HEADER + b",Kyiv,\n", True),
        "a mark within a cell": (HEADER + b'x1,Ky"iv,a\n', False),
        "a row without an id after an empty line": (HEADER + b"x1,Kyiv,\n\n,Lviv,\n", False),
        "an endless cell": (HEADER + b"x1,Kyiv," + b"a" * 200_000 + b"\n", False),
    }.values(),
)
def test_arrow_reads_what_it_reads_as_python_does(payload, arrow):
    assert (csv_rows._by_arrow(payload, COLUMNS, ["note"]) is not None) == arrow
