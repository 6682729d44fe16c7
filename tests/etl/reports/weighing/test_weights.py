"""Weights: what speaks for a kind of impact, as a table that a person can read."""

import pytest

from etl.reports.weighing import weights
from etl.reports.weighing.weights import ALWAYS, NONE, Weights
from impact.model.indicators import INDICATORS

FEW = Weights({ALWAYS: {NONE: 1.0}, "unit: people": {"injured": 2.0}, "clause: hurt": {NONE: -1.0}})


def test_what_speaks_for_a_kind_adds_up():
    assert FEW.weigh([]).kind == NONE
    found = FEW.weigh(["unit: people", "clause: hurt", "unheard of"])
    assert found.kind == "injured"
    assert found.chance == pytest.approx(0.8808, abs=1e-4)  # 1 / (1 + e^-2)
    assert found.why == ("unit: people", "clause: hurt")


def test_no_weights_know_of_no_impact():
    assert Weights({}).weigh(["unit: people"]).kind == NONE


def test_a_table_is_read_as_it_was_written(tmp_path):
    FEW.write(tmp_path / "weights.csv")
    again = weights.read(tmp_path / "weights.csv")
    assert (again.table, again.lines()) == (FEW.table, FEW.lines())


@pytest.mark.parametrize(
    "text",
    ["", "number,value\n", "feature,kind,weight\na,b,c\n", "feature,kind,weight\na,b,nan\n",
     "feature,kind,weight\na,b\n"],
)  # fmt: skip
def test_what_is_no_table_of_weights_is_refused(tmp_path, text):
    (tmp_path / weights.OWN).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        weights.of_store(tmp_path)


def test_a_store_without_weights_has_none(tmp_path):
    assert weights.of_store(tmp_path) is None


def test_every_shipped_kind_is_an_impact_with_its_status():
    kinds = {*weights.shipped().kinds} - {NONE}
    assert len(kinds) > 15
    for kind in kinds:
        name, _, status = kind.partition(" ")
        assert status in ("", *INDICATORS[name].statuses), kind
        assert bool(status) == bool(INDICATORS[name].statuses), kind
