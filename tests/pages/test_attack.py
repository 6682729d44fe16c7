"""The page Attacks: the list of all, and one night on one page."""

import re

import pytest
from pyarrow import ipc

from tests import combining
from tests.pages import driving, reading
from tests.pages.driving import PATIENCE_MS, settle, visit
from tests.pages.test_every_page import findings

PAGE = "pages/explore/attack.py"
NIGHT = "2026-01-24"


@pytest.fixture
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


@pytest.fixture(scope="module")
def night(shipped_store):
    """The night of 23 to 24 January 2026, in each language."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPACT_STORE", str(shipped_store))
        yield {
            lang: reading.Seen.of(reading.open_page(PAGE, lang, night=NIGHT))
            for lang in ("en", "uk")
        }


def test_a_night_tells_what_is_known_of_it_on_one_page(night):
    told = " ".join(night["en"].texts)
    assert night["en"].errors == []
    for number in ("375 drones", "21 missiles", "1.2 million households", "about 6,000 buildings"):
        assert number in told, number
    for heading in ("Place by place", "The days after", "Hour by hour", "Where sources differ"):
        assert heading in told, heading
    for sentence in (
        "375 drones and 21 missiles (Air Force of Ukraine)",
        "Kharkiv – 19 people (Ihor Terekhov, mayor of Kharkiv)",
        "Kyiv – 4 people (Vitali Klitschko, mayor of Kyiv)",
        "about 6,000 buildings lost heating (Vitali Klitschko, mayor of Kyiv)",
        "1.2 million households lost power (Liberty Times Net, no speaker named)",
    ):
        assert sentence in told.replace("\u00a0", " "), sentence
    assert re.search(r"In doubt and not counted:.*320,000 buildings lost heating \(", told)


def test_a_night_is_told_in_ukrainian(night):
    assert night["uk"].errors == []
    assert night["uk"].titles == ["Ніч 23–24 січня 2026 року"]
    assert "375 дронів" in " ".join(night["uk"].texts)


def test_its_charts_follow_each_loss_and_show_the_map(night):
    titles = [chart.title for chart in night["en"].charts]
    assert any("buildings without heating" in each for each in titles)
    assert any("Ukraine, 24 January 2026" in each for each in titles)


@pytest.mark.parametrize("wrong", ["2026-01-23x", "2020-01-01"])
def test_a_night_without_an_attack_is_told_and_the_list_is_shown(shipped_pages, wrong):
    seen = reading.Seen.of(reading.open_page(PAGE, night=wrong))
    assert seen.errors == [] and seen.titles == ["Attacks"]
    assert any(f"“{wrong}”" in text for text in seen.texts)


def test_the_overview_leads_to_the_worst_nights(shipped_pages):
    told = " ".join(reading.Seen.of(reading.open_page(driving.OVERVIEW)).texts)
    assert "Night of 23–24 January 2026" in told and "2.1 million customers without power" in told


KYIV_HEATING = "heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike"


@pytest.mark.parametrize(
    "page", combining.thinned(["overview", "heating", "casualties", "city", "map", "compare"])
)
def test_the_evidence_of_a_mark_leads_to_its_attack_on_every_page(shipped_pages, page):
    opened = reading.open_page(f"pages/explore/{page}.py", claim=KYIV_HEATING)
    drawer = [text for each in dialogs(opened) for text in reading.texts(each)]
    assert "Night of 23–24 January 2026" in drawer


def test_the_page_of_a_city_leads_to_the_last_attack_on_it(shipped_pages):
    told = reading.Seen.of(reading.open_page("pages/explore/city.py", place="Kyiv")).texts
    assert any(re.search("^Kyiv, last attack known: .* 2026$", text) for text in told), told
    told = reading.Seen.of(reading.open_page(PAGE)).texts
    assert "The last attack on one city: on the page City" in told


def test_an_attack_does_not_lead_to_itself(shipped_pages):
    opened = reading.open_page(PAGE, night=NIGHT, claim=KYIV_HEATING)
    drawer = [text for each in dialogs(opened) for text in reading.texts(each)]
    assert any("6,000 buildings" in text for text in drawer)
    assert "Night of 23–24 January 2026" not in drawer


def dialogs(test):
    return [each for each in reading.elements(test._tree) if each.type == "dialog"]


def test_a_map_of_one_day_leads_to_the_attack_of_that_day(shipped_pages):
    told = reading.Seen.of(reading.open_page("pages/explore/map.py", day=NIGHT)).texts
    assert "Night of 23–24 January 2026" in told


@pytest.mark.browser
def test_one_click_leads_from_the_start_to_a_night_and_one_more_to_its_evidence(url, open_page):
    page = open_page(height=1600)
    visit(page, url)
    page.get_by_role("link", name=re.compile("Night of 23–24 January 2026")).click()
    page.wait_for_url(re.compile(f"night={NIGHT}"))
    settle(page)
    page.get_by_role("link", name=re.compile("about 6,000 buildings lost heating")).click()
    drawer = driving.drawer(page)
    drawer.get_by_text("Vitali Klitschko").first.wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Escape")
    assert page.get_by_role("heading", level=1).inner_text() == "Night of 23–24 January 2026"


@pytest.mark.browser
@pytest.mark.parametrize("night", combining.first(["2026-01-20", "2026-01-08"], 1))
def test_a_night_with_many_columns_is_no_wider_than_its_window(open_page, url, night):
    page = open_page(1280, 900)
    visit(page, f"{url}/attack?night={night}&lang=uk")
    assert driving.overflow(page) <= 0
    # No word of a column's name is cut to make it fit.
    over, high = page.locator(".harm th").evaluate_all(
        "cells => cells.map(th => [th.scrollWidth - th.clientWidth, th.clientHeight])"
        ".reduce((one, other) => [Math.max(one[0], other[0]), Math.max(one[1], other[1])])"
    )
    assert over <= 0 and high < 90


@pytest.mark.browser
def test_a_night_shuts_nobody_out_in_the_dark(page, url):
    """Numbers stand under each other there: each must be met by a finger of its own."""
    page.emulate_media(color_scheme="dark")
    visit(page, f"{url}/attack?night={NIGHT}")
    for width in combining.first([390, 1280], 1):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert findings(page) == []


def test_numbers_of_the_list_are_written_in_the_pages_language_and_sorted_as_numbers(shipped_pages):
    table = reading.open_page(PAGE, "uk").dataframe[0]
    shown = ipc.open_stream(table.proto.arrow_data.styler.display_values).read_pandas()
    power = table.value["Електропостачання"]
    assert power.dtype == "float64" and power.max() == 10_000_000
    assert shown["Електропостачання"].iloc[power.argmax()] == "10 мільйонів"
    assert "5\u00a0635" in shown["Опалення"].tolist()
