"""The page Compare: the list of places, and some of them on one scale."""

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
