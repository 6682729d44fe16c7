"""How far a change reaches: the days beside it, all days of a running total, everything."""

import pandas as pd

from impact.model.figure import NAMES, rows
from impact.rules import reach
from tests import made


def reaches(*figures):
    frame = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    return reach.reaches(frame)


def test_a_change_alters_the_days_beside_it_and_reads_a_day_more():
    (found,) = reaches(made.toll(date="2026-03-01"))
    assert found.altered == {"2026-02-28", "2026-03-01", "2026-03-02"}
    assert found.read == found.altered | {"2026-02-27", "2026-03-03"}


def test_a_month_has_no_days_beside_it():
    (found,) = reaches(made.toll(date="2026-03"))
    assert found.altered == found.read == {"2026-03"}


def test_the_last_day_there_is_has_none_after_it():
    (found,) = reaches(made.toll(date="9999-12-31"))
    assert found.altered == {"9999-12-30", "9999-12-31"}


def test_a_running_total_reaches_every_day():
    (found,) = reaches(made.toll(period="cumulative"))
    assert found.altered is None and found.read is None


def test_figures_that_no_rule_compares_reach_apart_and_causes_of_one_class_together():
    toll = made.toll()
    found = reaches(toll, made.toll(cause="unknown"), made.toll(cause="weather"), made.figure())
    assert [(each.indicator, each.causes[0]) for each in found] == [
        ("heating_loss", "strike"), ("killed", "strike"), ("killed", "weather")
    ]  # fmt: skip


def test_a_baseline_reaches_its_rivals():
    blocks = made.figure(indicator="apartment_blocks", status="", cause="", date="2026")
    (found,) = reaches(blocks)
    assert (found.indicator, found.altered) == ("apartment_blocks", {"2026"})


def test_nothing_reaches_nothing():
    assert reaches() == []
