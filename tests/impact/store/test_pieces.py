"""A snapshot that is built some indicators at a time equals one that is built of all at once."""

import pandas as pd
import pytest

from impact.store import snapshot
from tests import made
from tests.impact.store.test_stepwise import BASELINES, anything_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("most", [1, 40])
def test_a_snapshot_built_in_pieces_equals_one_built_at_once(shown, monkeypatch, most):
    figures = [*BASELINES, *anything_of(7, 150)]
    monkeypatch.setattr(snapshot, "_PIECE", most)
    reader = shown(*figures)
    whole = made.built(*figures)
    for table in ("figures", "doubts"):
        names = [name for name in whole[table] if name not in ("known_from", "recorded_at")]
        found, expected = (
            each[names].sort_values(["figure_id", "rule"] if table == "doubts" else "figure_id",
                                    ignore_index=True)
            for each in (reader.query(f"FROM {table}"), whole[table])
        )  # fmt: skip
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)
