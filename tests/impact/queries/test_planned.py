"""Planned cuts: shown as plans, and nowhere as losses."""

from datetime import date

from impact import queries
from impact.views import View, draw
from tests.made import KYIV, figure, shown

DAY = date(2026, 1, 24)
PLAN = {
    "indicator": "planned_cuts", "value": 3.5, "value_high": 8.0, "unit": "hours", "status": "",
    "cause": "planned", "published": "2026-01-23", "attributed_to": "DTEK",
}  # fmt: skip


def test_a_plan_leads_as_a_plan_though_it_was_printed_the_day_before():
    with shown(figure(**PLAN)) as reader:
        (value,) = queries.leads(reader, ["planned_cuts"], DAY, DAY)["value"]
        assert value == 3.5
        assert reader.query("SELECT count(*) AS n FROM doubts")["n"][0] == 0


def test_a_plan_is_in_no_total_no_attack_and_no_coverage():
    with shown(figure(**PLAN)) as reader:
        for summary in ("daily", "attack", "peak", "coverage"):
            assert reader.query(f"FROM {summary}").empty


def test_a_planned_loss_is_still_no_loss_of_a_strike():
    loss = figure(indicator="power_outage", unit="customers", cause="planned")
    with shown(loss) as reader:
        assert queries.leads(reader, ["power_outage"], DAY, DAY).empty


def test_a_city_shows_the_plan_beside_its_supplies():
    view = View(indicator="killed", kind="city", places=(KYIV,), first=DAY, last=DAY)
    with shown(figure(**PLAN)) as reader:
        assert set(draw(view, reader).shown["indicator"]) == {"planned_cuts"}
    with shown(figure()) as reader:
        caption = draw(view, reader).caption
        assert "Planned cuts" not in f"{caption}"
