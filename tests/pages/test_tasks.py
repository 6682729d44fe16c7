"""What a new user comes for, with a count of clicks: from the start page to the answer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import combining
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

    def choose(self, place: str) -> None:
        """A place more for the charts side by side: into the box, and onto its name."""
        box = self.page.get_by_role("combobox", name=re.compile("^Places")).last
        # The next one is chosen in the list that the last one left open.
        if not self.page.get_by_role("listbox").count():
            self.click(box)
        box.fill(place)
        self.click(self.page.get_by_role("option", name=place, exact=True))

    def night(self) -> None:
        """The night of 23–24 January, from the list of the worst."""
        self.click(self.page.get_by_role("link", name=re.compile("^Night of 23–24 January 2026")))

    def read(self) -> str:
        """The words of the page, those of its charts among them."""
        text = self.page.get_by_test_id("stMain").evaluate("main => main.textContent")
        return text.replace("\u00a0", " ")


def assert_on_one_scale(page: Page, *cities: str) -> None:
    """Each of the cities has its panel, and all panels reach equally high."""
    chart = page.locator(".js-plotly-plot").last
    for city in cities:
        expect(chart).to_contain_text(city)
    scales = page.evaluate(SCALES)
    assert len(scales) == len(cities) and len(set(scales)) == 1


@pytest.fixture
def visitor(page, url):
    return Visitor(page, url)


def test_24_january_is_one_click_away_and_its_picture_with_a_caption_three_more(visitor):
    visitor.night()
    told = visitor.read()
    assert [each for each in ON_24_JANUARY if each not in told] == []
    assert "In doubt and not counted" in told and "The days after" in told
    assert visitor.clicks == 1
    visitor.click(visitor.page.get_by_role("link", name="Make a figure").first)
    with visitor.page.expect_download() as saved:
        visitor.click(visitor.page.get_by_role("button", name=re.compile("^Save PNG")))
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    visitor.click(visitor.page.get_by_role("button", name="Copy caption"))
    told = visitor.read()
    assert "24 January 2026" in told and "Source:" in told
    assert visitor.clicks <= 4


def test_the_coldest_and_the_darkest_city_are_one_click_away_and_their_charts_one_more(visitor):
    visitor.menu("Compare")
    told = visitor.page.locator(".lead").inner_text()
    assert re.search(r"Power, most on one day: Kyiv, at least 1 million customers \(20 Jan", told)
    assert re.search(r"Heating, most on one day: Kyiv, about 6,000 buildings \(\d+ Jan", told)
    assert visitor.clicks == 1
    visitor.click(visitor.page.get_by_role("link", name="Side by side, on one scale").first)
    heading = visitor.page.get_by_role("heading", name="Side by side, on one scale")
    expect(heading).to_be_in_viewport()
    assert visitor.clicks == 2


def test_the_silent_oblasts_and_the_person_hours_of_kyiv_are_a_click_away_each(visitor):
    visitor.menu("Coverage")
    told = visitor.page.locator(".lead").inner_text()
    assert "no report in the whole period on" in told and "Luhansk Oblast" in told
    assert "Kherson Oblast" in told.partition("most often: ")[2]
    assert visitor.clicks == 1
    visitor.menu("Hours without")
    told = visitor.read()
    assert re.search(r"Kyiv, January 2026: between [\d.]+ million and [\d.]+ million", told)
    assert visitor.clicks == 2


def test_four_cities_stand_on_one_scale_as_soon_as_they_are_chosen(visitor):
    visitor.menu("Compare")
    visitor.click(visitor.page.get_by_role("button", name="Remove Kharkiv"))
    for city in CITIES[2:]:
        visitor.choose(city)
    # To the page, one city out, two more in: none after the fourth, and two for each at most.
    assert visitor.clicks <= 6
    assert_on_one_scale(visitor.page, *CITIES)


def test_a_fourth_city_beside_the_usual_three_is_two_clicks(visitor):
    visitor.menu("Compare")
    before = visitor.clicks
    visitor.choose("Zaporizhzhia")
    assert visitor.clicks - before == 2
    assert_on_one_scale(visitor.page, "Kyiv", "Odesa", "Zaporizhzhia")
    # Of Kharkiv nobody counted households or customers: it is said what was counted.
    assert "Kharkiv: no report in this unit and period" in visitor.read()
    assert "400,000 people" in visitor.read()


@pytest.mark.parametrize("lang", combining.first(["uk", "en"], 1))
def test_on_a_phone_the_overview_shows_its_worst_day_on_the_first_screen(open_page, url, lang):
    phone = open_page(390, 844)
    visit(phone, f"{url}/?lang={lang}")
    number = phone.get_by_role("heading", level=1).inner_text()
    largest = "2.1 million" if lang == "en" else "2,1 мільйона"
    assert largest in number.replace("\u00a0", " ")
    # The number at its bar, though the words that say it are nearly as long as the plot is wide.
    label = phone.locator(".js-plotly-plot .annotation-text").filter(
        has_text=re.compile(largest.replace(" ", r"\s"))
    )
    box = label.first.bounding_box()
    assert box and box["y"] + box["height"] < 844
    chart = phone.get_by_test_id("stPlotlyChart").first.bounding_box()
    assert chart and chart["y"] < 0.65 * 844


def test_on_a_phone_the_first_chart_of_casualties_begins_on_the_first_screen(open_page, url):
    phone = open_page(390, 844)
    visit(phone, f"{url}/casualties?lang=uk")
    box = phone.get_by_test_id("stPlotlyChart").first.bounding_box()
    assert box and box["y"] < 844 / 2
    expect(phone.get_by_test_id("stPlotlyChart").first).to_be_visible()
