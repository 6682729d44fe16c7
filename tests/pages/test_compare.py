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
