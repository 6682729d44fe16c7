"""A table that is kept for all readers does not grow by being read."""

import pandas as pd
import pytest

from impact.model import copies


@pytest.fixture
def table() -> pd.DataFrame:
    figures = pd.DataFrame({"place": ["Kyiv", "Odesa"], "value": [1.5, 2.0], "count": [1, 2]})
    return copies.watched(figures)


def noted(table: pd.DataFrame) -> int:
    return sum(len(each.referenced_blocks) for each in copies.notes(table))


def read(table: pd.DataFrame) -> None:
    for _ in range(100):
        copy = table.copy(deep=False)
        _ = copy["place"], copy[["value"]], copy.columns.map(str)


def test_a_table_forgets_the_copies_that_are_gone(table):
    before = noted(table)
    read(table)
    # pandas notes each: should it forget by itself one day, impact/model/copies.py can go.
    assert noted(table) > 500
    copies.forget()
    assert noted(table) <= before


def test_a_copy_that_somebody_still_has_stays_apart_from_the_table(table):
    copy = table.copy(deep=False)
    read(table)
    copies.forget()
    copy.loc[0, "value"] = 99.0
    table.loc[1, "value"] = 7.0
    assert table["value"].tolist() == [1.5, 7.0]
    assert copy["value"].tolist() == [99.0, 2.0]


def test_a_table_that_nobody_keeps_is_let_go():
    copies.watched(pd.DataFrame({"value": [1]}))
    copies.forget()
