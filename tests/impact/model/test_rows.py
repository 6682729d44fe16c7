"""Rows of tables as Python's own values."""

import pandas as pd

from impact.model.rows import record, records

TABLE = pd.DataFrame(
    {
        "text": ["a", None],
        "number": [1.5, float("nan")],
        "count": pd.array([3, None], dtype="Int32"),
        "small": pd.Series([1, 2], dtype="int8"),
        "yes": [True, False],
        "at": pd.to_datetime(["2026-01-24", None]),
    }
)


def test_rows_are_those_that_pandas_gives():
    for ours, theirs in zip(records(TABLE), TABLE.to_dict("records"), strict=True):
        assert list(ours) == list(theirs)
        for name, cell in theirs.items():
            assert type(ours[name]) is type(cell), name
            assert ours[name] == cell or pd.isna(ours[name]), name


def test_a_missing_count_is_none_and_no_mark_of_pandas():
    assert records(TABLE)[1]["count"] is None


def test_one_row_is_taken_from_either_end():
    assert record(TABLE)["text"] == "a" and record(TABLE, -1)["small"] == 2


def test_a_table_without_rows_has_none():
    assert records(TABLE[:0]) == []
