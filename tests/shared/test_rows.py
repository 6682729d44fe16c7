"""Rows come back from PostgreSQL as they were appended, whatever they hold."""

import math
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("psycopg", reason="the extra `shared` is not installed")

from impact.store.shared import texts
from impact.store.shared.postgres import Change, Postgres, next_change

# What looks like an escape, a line's end, the end of all lines or a missing cell in COPY's words.
NAUGHTY = (
    *("", "\\", "\\.", "\\N", "\n\\.\n", "\t", "\r\n", '"', "NULL"),
    *("\0", "a\0b", "\u2400", "\u24000", "\u24001\0", "Ізмаїл", "\U0001f4a1"),
)
TEXTS = st.sampled_from(NAUGHTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = (
    st.none() | st.floats() | st.sampled_from([-0.0, 1e22, 0.1, 5e-324, 1.7976931348623157e308])
)
FIGURES = pa.schema(
    {
        "figure_id": pa.string(),
        "value": pa.float64(),
        "quote": pa.string(),
        "start": pa.int32(),
        "recalled": pa.bool_(),
        "known_from": pa.timestamp("us"),
        "recorded_at": pa.timestamp("us"),
    }
)
ROW = st.tuples(
    NUMBERS,
    st.none() | TEXTS,
    st.none() | st.integers(-(2**31), 2**31 - 1),
    st.none() | st.booleans(),
    st.datetimes(),
)


@pytest.fixture(scope="module")
def ledger_rows(postgres_address):
    from tests.shared import postgres

    with postgres.database(postgres_address) as address:
        found = Postgres(address)
        found.store_id()
        yield found
        found.close()


@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_what_was_appended_comes_back_cell_for_cell(ledger_rows, rows):
    with ledger_rows.turn() as turn:
        change = next_change(turn.last())
        cells = [
            (f"F-{change.number}-{number}", value, quote, start, recalled, time, time)
            for number, (value, quote, start, recalled, time) in enumerate(rows)
        ]
        table = pa.table(list(map(list, zip(*cells, strict=True))), schema=FIGURES)
        turn.append(change, [("figures", of_few_values(table) if change.number % 2 else table)])
        turn.commit(change)
    with ledger_rows.looking() as look:
        (found,) = look.since("figures", Change(change.number - 1), change, FIGURES)
        with patch.object(texts, "MOST", 1):  # each row is a piece of its own, as of a large ledger
            pieces = [*look.since("figures", Change(change.number - 1), change, FIGURES)]
    assert exact(found) == exact(pa.concat_tables(pieces)) == exact(table)
    assert len(pieces) > len(rows)


def of_few_values(table):
    """The same rows with texts as numbers of their values, as figures are appended."""
    quotes = table["quote"].dictionary_encode()
    return table.set_column(table.column_names.index("quote"), "quote", quotes)


def exact(table) -> list[tuple]:
    """Cells that tell 0.0 from -0.0 and take one NaN for another."""
    rows = sorted(table.to_pylist(), key=lambda row: row["figure_id"])
    return [tuple(map(_exact, row.values())) for row in rows]


def _exact(cell):
    if not isinstance(cell, float):
        return cell
    return "NaN" if math.isnan(cell) else (math.copysign(1, cell), repr(cell))
