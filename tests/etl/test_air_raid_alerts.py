"""Air-raid alerts: hours of whole oblasts by day in Kyiv time, never a union of raions."""

from pathlib import Path

import pytest

from etl.sources.air_raid_alerts import parse
from tests.made import KYIV, figure, shown

RECORDED = Path(__file__).parent / "recorded" / "air_raid_alerts" / "official_data_en.csv"
HEAD = "oblast,raion,hromada,level,started_at,finished_at,source"


@pytest.fixture(scope="module")
def parsed():
    return parse(RECORDED.read_bytes())


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows, ""]).encode()


def test_an_alert_over_midnight_belongs_to_two_days_and_one_that_stands_twice_is_one(parsed):
    found = [(each.place, each.date, each.value) for each in parsed.figures]
    assert found == [
        ("UA32", "2031-01-04", 0.5),
        ("UA32", "2031-01-05", 1.75),
        ("UA80", "2031-01-05", 1.0),
    ]


def test_alerts_of_raions_are_counted_and_are_in_no_hour(parsed):
    reasons = {each.position: each.reason for each in parsed.refused}
    assert reasons["Kyivska oblast by raion"].startswith("2 alerts of raions")
    assert {each.bound for each in parsed.figures} == {"at_least"}


def test_what_is_not_over_or_has_no_place_is_refused(parsed):
    reasons = [each.reason for each in parsed.refused]
    assert any("not over" in each for each in reasons)
    assert "no oblast of ours" in reasons


def test_alerts_that_overlap_are_one():
    rows = (
        "Kyivska oblast,,,oblast,2031-01-05 10:00:00+00:00,2031-01-05 12:00:00+00:00,official",
        "Kyivska oblast,,,oblast,2031-01-05 10:30:00+00:00,2031-01-05 11:00:00+00:00,official",
        "Kyivska oblast,,,oblast,2031-01-05 11:30:00+00:00,2031-01-05 13:00:00+00:00,official",
    )
    (found,) = parse(table(*rows)).figures
    assert found.value == 3


def test_a_day_on_which_clocks_change_has_its_own_length():
    whole = "Kyivska oblast,,,oblast,2031-03-29 22:00:00+00:00,2031-03-30 21:00:00+00:00,official"
    assert [each.value for each in parse(table(whole)).figures] == [23]


def test_hours_of_alert_are_in_no_total_and_no_attack():
    alert = {"indicator": "alert_hours", "unit": "hours", "status": "", "cause": ""}
    with shown(figure(value=5.0, place=KYIV, **alert)) as reader:
        for summary in ("daily", "attack", "peak", "coverage"):
            assert reader.query(f"FROM {summary}").empty
