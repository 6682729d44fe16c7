"""What is known, for programs: the summaries' rows with the ids of their figures."""

import json

import pytest

from impact.queries.summaries import SHAPES
from tests.pages.api.asking import ask, told

ADDRESSES = ("attacks", "peaks", "coverage", "recovery", "person_hours")


@pytest.fixture(autouse=True)
def shipped_here(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


@pytest.mark.parametrize("name", ADDRESSES)
def test_rows_come_in_pages_and_are_plain_json(name):
    first = told(ask(f"/api/{name}.json?limit=3"))
    assert first["returned"] == 3 and first["total"] > 3
    second = told(ask(first["next"]))
    assert second["offset"] == 3
    assert json.dumps(first["rows"]) != json.dumps(second["rows"])
    assert all("figure_ids" in row for row in first["rows"])


def test_the_night_of_24_january_is_told_to_a_program(shipped):
    rows = told(ask("/api/attacks.json?from=2026-01-24&to=2026-01-24"))["rows"]
    (night,) = rows
    assert (night["day"], night["drones"], night["missiles"]) == ("2026-01-24", 375, 21)
    assert (night["power"], night["power_unit"]) == (1_200_000, "households")
    known = shipped.query("SELECT figure_id FROM figures")["figure_id"]
    assert set(night["figure_ids"]) <= set(known)


def test_the_worst_day_of_kyivs_heating_in_january_is_told_with_the_last():
    rows = told(
        ask("/api/peaks.json?places=Kyiv&indicator=heating_loss&from=2026-01-01&to=2026-01-01")
    )["rows"]
    (month,) = [row for row in rows if row["period"] == "month" and row["people"] == "all"]
    assert (month["day"], month["value"], month["bound"]) == ("2026-01-24", 6000, "about")
    assert month["last_value"] == 378 and month["last_day"] == "2026-01-30"


def test_a_wrong_parameter_is_answered_with_what_would_be_right():
    response = ask("/api/coverage.json?indicator=heating")
    assert response.status_code == 400 and "heating_loss" in str(told(response))
    assert ask("/api/attacks.json?places=Kyiv").status_code == 400


@pytest.mark.parametrize("summary", SHAPES)
def test_every_summary_that_is_offered_can_be_asked_at_a_past_moment(summary):
    name = {"attack": "attacks", "peak": "peaks"}.get(summary, summary)
    answer = told(ask(f"/api/{name}.json?asof=2026-01-12T08:00&limit=5"))
    assert answer["rows"] == [] or answer["rows"][0]["figure_ids"] is not None
