"""What a new user comes for, with a count of clicks: from the start page to the answer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages import driving
from tests.pages.driving import settle, visit

pytestmark = pytest.mark.browser

# How high the panels of the last chart reach that count people or buildings.
SCALES = """() => {
  const layout = [...document.querySelectorAll('.js-plotly-plot')].at(-1)._fullLayout;
  return Object.keys(layout).filter(name => /^yaxis/.test(name))
    .map(name => layout[name].range[1]).filter(highest => highest > 1000);
}"""

CITIES = ("Kyiv", "Odesa", "Zaporizhzhia", "Kryvyi Rih")
ON_24_JANUARY = (
    *("375 drones", "21 missiles", "1.2 million households", "about 6,000 buildings"),
    *("3,300 buildings", "Kharkiv – 19 people", "Kyiv – 1 person", "320,000 buildings"),
)


class Visitor:
    """A reader at the start page, who counts their clicks."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.clicks = page, 0
        visit(page, url)

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()
        settle(self.page)

    def menu(self, name: str) -> None:
        self.click(driving.menu(self.page).filter(has_text=re.compile(rf"^{name}$")))

    def night(self) -> None:
        """The night of 23–24 January, from the list of the worst."""
        self.click(self.page.get_by_role("link", name=re.compile("^Night of 23–24 January 2026")))

    def read(self) -> str:
        """The words of the page, those of its charts among them."""
        text = self.page.get_by_test_id("stMain").evaluate("main => main.textContent")
        return text.replace("\u00a0", " ")


@pytest.fixture
def visitor(page, url):
    return Visitor(page, url)


def test_what_happened_on_24_january_stands_on_one_page_one_click_away(visitor):
    visitor.night()
    told = visitor.read()
    assert [each for each in ON_24_JANUARY if each not in told] == []
    assert "In doubt and not counted" in told and "The days after" in told
    assert visitor.clicks == 1


def test_the_nights_picture_is_saved_with_its_caption_within_four_clicks(visitor):
    visitor.night()
    visitor.click(visitor.page.get_by_role("link", name="Make a figure").first)
    with visitor.page.expect_download() as saved:
        visitor.click(visitor.page.get_by_role("button", name=re.compile("^Save PNG")))
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    visitor.click(visitor.page.get_by_role("button", name="Copy caption"))
    told = visitor.read()
    assert "24 January 2026" in told and "Source:" in told
    assert visitor.clicks <= 4


def test_the_coldest_and_the_darkest_city_are_one_click_away(visitor):
    visitor.menu("Compare")
    told = visitor.page.locator(".lead").inner_text()
    assert re.search(r"Power, most on one day: Kyiv, at least 1 million customers \(20 Jan", told)
    assert re.search(r"Heating, most on one day: Kyiv, about 6,000 buildings \(\d+ Jan", told)
    assert visitor.clicks == 1


def test_the_silent_oblasts_are_one_click_away(visitor):
    visitor.menu("Coverage")
    told = visitor.page.locator(".lead").inner_text()
    assert "no report in the whole period on" in told and "Luhansk Oblast" in told
    assert "Kherson Oblast" in told.partition("most often: ")[2]
    assert visitor.clicks == 1


def test_person_hours_of_kyiv_in_january_are_a_range_one_click_away(visitor):
    visitor.menu("Hours without")
    told = visitor.read()
    assert re.search(r"Kyiv, January 2026: between [\d.]+ million and [\d.]+ million", told)
    assert visitor.clicks == 1


def test_four_cities_stand_on_one_scale_as_soon_as_they_are_chosen(visitor):
    visitor.menu("Compare")
    visitor.page.get_by_role("button", name="Remove Kharkiv").click()
    settle(visitor.page)
    box = visitor.page.get_by_role("combobox", name=re.compile("^Places")).last
    for city in CITIES[2:]:
        box.fill(city)
        visitor.page.get_by_role("option", name=city, exact=True).click()
        settle(visitor.page)
    visitor.page.keyboard.press("Escape")
    chosen = visitor.clicks
    scales = visitor.page.evaluate(SCALES)
    assert len(scales) == len(CITIES) and len(set(scales)) == 1
    assert visitor.clicks - chosen <= 2


def test_on_a_phone_the_first_chart_of_casualties_begins_on_the_first_screen(open_page, url):
    phone = open_page(390, 844)
    visit(phone, f"{url}/casualties?lang=uk")
    box = phone.get_by_test_id("stPlotlyChart").first.bounding_box()
    assert box and box["y"] < 844 / 2
    expect(phone.get_by_test_id("stPlotlyChart").first).to_be_visible()
