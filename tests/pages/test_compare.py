"""The page Compare: the list of places, and some of them on one scale."""

import re

import pytest

from tests.pages import reading

PAGE = "pages/explore/compare.py"


@pytest.fixture(autouse=True)
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def test_the_first_places_of_the_list_stand_side_by_side_on_one_scale():
    seen = reading.Seen.of(reading.open_page(PAGE, level="oblast"))
    assert seen.errors == []
    (chart,) = seen.charts
    axes = [
        axis["range"]
        for name, axis in chart.spec["layout"].items()
        if name.startswith("yaxis") and axis.get("range") and axis["range"][1] > 1000
    ]
    assert len(axes) == 3 and len({tuple(each) for each in axes}) == 1


def test_a_box_of_places_that_is_emptied_stays_empty_and_says_what_to_choose():
    test = reading.open_page(PAGE)
    box = reading.filters(test)["places"]
    assert box.value
    box.set_value([]).run()
    assert reading.filters(test)["places"].value == []
    assert any("No place is chosen." in each.value for each in test.info)
    assert "places" not in test.query_params


@pytest.mark.parametrize(
    ("indicator", "kind", "told"),
    [
        ("power_outage", "worst_map", "each place on its worst day"),
        ("killed", "toll_map", "Killed and injured by oblast, winter 2025/26"),
    ],
)
def test_a_map_shows_a_whole_period_too(indicator, kind, told):
    page = "pages/explore/map.py"
    seen = reading.Seen.of(reading.open_page(page, indicator=indicator, kind=kind))
    assert seen.errors == [] and told in " ".join(seen.texts)


def test_the_list_shows_shares_instead_of_numbers_as_said_when_asked(shipped_store):
    said = reading.Seen.of(reading.open_page(PAGE, level="oblast"))
    shared = reading.Seen.of(reading.open_page(PAGE, level="oblast", measure="share"))
    assert said.errors == shared.errors == []
    as_said, as_share = (" ".join(each.texts) for each in (said, shared))
    assert "Power: worst day" in as_said and "Power: largest share" not in as_said
    assert "Power: largest share" in as_share and "Killed, per 100,000" in as_share
    assert re.search(
        r"largest share on one day: [\w ]+, [\d–%]+ of households \(\d+ \w+;", as_share
    )


def test_the_switch_between_numbers_and_shares_stands_in_the_address():
    test = reading.open_page(PAGE)
    assert reading.filters(test)["measure"].value == "said"
    reading.filters(test)["measure"].set_value("share").run()
    assert "share" in test.query_params["measure"]
    assert reading.Seen.of(test).errors == []
