"""What is worked out for groups of rows equals what pandas works out group by group."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from impact.model import columns

ROWS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([1.0, 2.0, 7.5]), st.booleans()))


def table(rows):
    frame = pd.DataFrame(rows, columns=["group", "value", "counts"])
    frame = frame.astype({"group": "int64", "value": "float64", "counts": "bool"})
    return frame, columns.groups(frame, ["group"])


@given(ROWS)
def test_the_different_values_of_a_group_are_counted(rows):
    frame, groups = table(rows)
    some = frame["value"].where(frame["counts"])
    expected = some.groupby(frame["group"]).transform("nunique")
    found = columns.distinct(groups, frame["value"], frame["counts"].to_numpy())
    assert found.tolist() == expected.tolist()


@given(ROWS)
def test_the_least_value_of_a_group_is_none_where_no_row_counts(rows):
    frame, groups = table(rows)
    some = frame["value"].where(frame["counts"])
    expected = some.groupby(frame["group"]).transform("min")
    found = columns.least(groups, frame["value"].to_numpy(), frame["counts"].to_numpy())
    np.testing.assert_array_equal(found, expected.to_numpy())


@given(ROWS)
def test_groups_in_order_begin_where_the_number_changes(rows):
    ordered = np.sort(table(rows)[1])
    expected = [at for at in range(len(rows)) if at == 0 or ordered[at] != ordered[at - 1]]
    assert columns.begins(ordered).tolist() == expected
