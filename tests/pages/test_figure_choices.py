"""The choices of Make a figure say what the picture shows: its days, its sizes, its conflict."""

import pytest

from impact.model import language
from impact.views import KINDS, View, draw
from impact.views.kind import sizes_of
from tests import combining
from tests.made import ARTICLE, KYIV, MAYOR, MINISTER, figure, toll
from tests.pages import reading

PAGE = "pages/publish/figure.py"
EN = language.words("en")
LOST = f"heating_loss|{KYIV}|2026-01-24|buildings|lost|all||day|strike"
WITHOUT = LOST.replace("lost|", "without|")


@pytest.fixture
def reader(publish):
    """A store with two conflicts of one day, and tolls of two months."""
    return publish(
        ARTICLE,
        figure(value=6_000, bound="about", attributed_to=MAYOR, moment="morning"),
        figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening"),
        figure(value=3_200, status="without", attributed_to=MINISTER, moment="evening"),
        toll(2, date="2025-11-02", published="2025-11-02"),
        toll(5),
    )


def label(test, key: str) -> str:
    """What a box shows as chosen."""
    box = test.selectbox(key=f"choose_{key}")
    return box.options[box.index]


def told(first, last) -> str:
    return f"Latest: {EN.short_day(first)} – {EN.day(last)}"


@pytest.mark.parametrize("kind", combining.thinned(sorted(KINDS), 4))
def test_the_period_box_and_the_picture_are_of_the_same_days(reader, kind):
    outages = ("city", "line", "largest", "coverage", "worst_map")
    indicator = "heating_loss" if kind in outages else "killed"
    test = reading.open_page(PAGE, indicator=indicator, kind=kind)
    assert not test.exception
    first, last = draw(View(indicator=indicator, kind=kind), reader).view.period
    shown = label(test, "period")
    # One day of the latest is chosen by the kind itself.
    if first != last:
        assert shown == told(first, last)


@pytest.mark.parametrize("kind", combining.thinned(["bars", "city", "winter", "conflict"]))
def test_without_a_place_the_days_are_those_of_the_place_that_is_drawn(reader, kind):
    indicator = "heating_loss" if kind == "city" else "killed"
    test = reading.open_page(PAGE, indicator=indicator, kind=kind)
    test.multiselect(key="choose_places").set_value([]).run()
    assert not test.exception and not test.info
    first, last = draw(View(indicator=indicator, kind=kind), reader).view.period
    assert label(test, "period") == told(first, last)


def test_a_winter_at_a_glance_is_of_the_whole_winter_until_days_are_chosen(reader):
    test = reading.open_page(PAGE, indicator="killed", kind="winter")
    assert label(test, "period") == "Latest: 1 Oct – 31 March 2026"
    assert "winter 2025/26" in test.text_input(key="choose_title").value
    test.selectbox(key="choose_period").set_value("2026-01").run()
    assert "January 2026" in test.text_input(key="choose_title").value


@pytest.mark.parametrize("kind", ["bars", "winter", "conflict"])
def test_only_sizes_that_the_kind_fills_are_offered_and_another_is_told(reader, kind):
    test = reading.open_page(PAGE, indicator="killed", kind=kind, size="article")
    assert not test.exception
    box, sizes = test.selectbox(key="choose_size"), sizes_of(kind)
    assert len(box.options) == len(sizes) and box.value == sizes[0]
    misread = [each.value for each in test.markdown if "article" in each.value]
    assert bool(misread) == ("article" not in sizes)


def test_another_kind_has_its_own_usual_size(reader):
    test = reading.open_page(PAGE, indicator="killed", kind="winter")
    assert test.selectbox(key="choose_size").value == "square"
    test.selectbox(key="choose_kind").set_value("bars").run()
    assert test.selectbox(key="choose_size").value == "article"
    assert "size" not in test.query_params


def test_the_gravest_conflict_is_offered_first_and_another_stands_in_the_address(reader):
    test = reading.open_page(PAGE, indicator="heating_loss", kind="conflict", period="2026-01")
    assert not test.exception
    box = test.selectbox(key="choose_conflict")
    assert box.value == LOST and len(box.options) == 2
    assert "conflict" not in test.query_params
    box.set_value(WITHOUT).run()
    assert test.query_params["conflict"] in (WITHOUT, [WITHOUT])
    assert not test.exception


def test_the_link_of_a_conflict_opens_that_conflict(reader):
    link = draw(View(indicator="heating_loss", kind="conflict", conflict=WITHOUT), reader)
    test = reading.open_page(PAGE, **link.view.parameters())
    assert not test.exception
    assert test.selectbox(key="choose_conflict").value == WITHOUT


def test_it_opens_on_the_winter_as_every_page_and_says_so_in_its_address(reader):
    test = reading.open_page(PAGE)
    assert label(test, "period") == "Winter 2025/26"
    assert test.query_params["period"] == "winter-2025"


def test_a_link_that_names_no_days_means_the_latest_and_the_next_page_keeps_the_choice(reader):
    test = reading.open_page(PAGE, indicator="killed")
    assert label(test, "period").startswith("Latest: ")
    assert test.query_params["period"] == "latest"
    test.switch_page("pages/explore/casualties.py").run()
    assert label(test, "period") == label(test.switch_page(PAGE).run(), "period")
