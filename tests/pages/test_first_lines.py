"""What pages say in words: whom their first lines are about, what is new, where numbers differ."""

import re
from datetime import date

import pytest

from impact.queries import nights
from tests import combining
from tests.pages import driving, reading
from tests.pages.driving import visit

CASUALTIES, CITY = "pages/explore/casualties.py", "pages/explore/city.py"
HEATING = "pages/explore/heating.py"


@pytest.fixture(autouse=True)
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def lead(page: str, language: str = "en", **address: str) -> str:
    """The first paragraph of a page."""
    test = reading.open_page(page, language, **address)
    (first, *_) = [each for each in reading.elements(test.main) if each.type == "html"]
    return re.sub("<[^>]+>", "", first.proto.body).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("page", "language", "begins"),
    [
        (CASUALTIES, "en", "Ukraine, winter 2025/26. Killed: at least"),
        (CASUALTIES, "uk", "Україна, зима 2025/26 року. Загиблі: щонайменше"),
        (CITY, "en", "Kyiv, winter 2025/26. Power: at least 1 million"),
        (CITY, "uk", "Київ, зима 2025/26 року. Електропостачання: щонайменше 1 мільйон"),
    ],
)
def test_the_first_lines_say_of_which_place_and_time_they_are(page, language, begins):
    assert lead(page, language).startswith(begins)


def test_the_degrees_of_a_card_have_their_sign():
    test = reading.open_page("pages/explore/overview.py", place="UA80", period="2026-01")
    numbers = [each.value for each in test.metric]
    assert any(number.endswith("°C") for number in numbers), numbers


def test_heating_of_the_country_says_why_it_has_no_degrees():
    told = " ".join(reading.Seen.of(reading.open_page(HEATING)).texts)
    assert "A country has no one temperature" in told
    kyiv = " ".join(reading.Seen.of(reading.open_page(HEATING, places="UA80")).texts)
    assert "A country has no one temperature" not in kyiv


def test_the_readings_reasons_are_said_to_be_english_where_the_page_is_not():
    page = "pages/trust/corrections.py"
    ukrainian = " ".join(reading.Seen.of(reading.open_page(page, "uk")).texts)
    english = " ".join(reading.Seen.of(reading.open_page(page)).texts)
    assert "Причини наведено англійською" in ukrainian and "Reasons are in English" not in english


def test_casualties_say_where_the_country_and_its_places_differ(shipped):
    told = " ".join(reading.Seen.of(reading.open_page(CASUALTIES)).texts)
    assert "Where the country’s number and the places’ sum differ" in told
    both = nights.reconciled(shipped, date(2025, 10, 1), date(2026, 3, 31))
    apart = both[both["difference"] != 0]
    # A day may have one of the killed and one of the injured: it counts once.
    assert len(apart) > apart["day"].nunique()
    assert f"On {apart['day'].nunique()} of {both['day'].nunique()} days with both" in told
    assert re.search(r"\d+ said of the whole country \(.+?\), \d+ added up from \d+ places", told)
    kyiv = " ".join(reading.Seen.of(reading.open_page(CASUALTIES, place="UA80")).texts)
    assert "places’ sum differ" not in kyiv


def test_the_start_page_says_what_is_new_and_keeps_to_its_place():
    told = reading.Seen.of(reading.open_page(driving.OVERVIEW))
    assert told.errors == [] and "What is new" in told.texts
    assert "The numbers published last" in " ".join(told.texts)
    kyiv = " ".join(reading.Seen.of(reading.open_page(driving.OVERVIEW, place="UA80")).texts)
    new = kyiv.partition("What is new")[2]
    assert "Kyiv," in new and "Kharkiv," not in new


# Cells that are narrower than the screen leaves them, or whose words do not stand at its edge.
ASTRAY = """() => [...document.querySelectorAll('table.harm td')].filter(cell => {
  const box = cell.getBoundingClientRect();
  return box.width && (box.left > 20 || box.width < innerWidth - 60
    || getComputedStyle(cell).textAlign === 'right');
}).map(cell => cell.textContent)"""


@pytest.mark.browser
@pytest.mark.parametrize("path", combining.first(["hours", "compare", "compare?measure=share"], 1))
def test_on_a_phone_each_cell_of_a_list_has_a_line_of_its_own(open_page, url, path):
    phone = open_page(390, 844)
    visit(phone, f"{url}/{path}")
    assert phone.locator("table.harm td").count() > 10
    assert phone.evaluate(ASTRAY) == []


# How wide the last line of the page's name is, as a share of its widest.
LAST_LINE = """() => {
  const range = document.createRange();
  const walk = document.createTreeWalker(document.querySelector('h1'), NodeFilter.SHOW_TEXT);
  range.selectNodeContents(walk.nextNode());
  const lines = {};
  for (const each of range.getClientRects())
    lines[Math.round(each.top)] = Math.max(lines[Math.round(each.top)] || 0, each.width);
  const wide = Object.values(lines);
  return wide.at(-1) / Math.max(...wide);
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", combining.first([1280, 1600], 1))
def test_no_word_of_a_headline_stands_alone_on_its_last_line(open_page, url, width):
    page = open_page(width, 900)
    visit(page, f"{url}/")
    assert page.evaluate(LAST_LINE) > 0.4


# Px from the top of the window: where the first chart's lowest labels, the zero of its first panel
# and the last link of the menu end.
ENDS = """() => {
  const plot = document.querySelector('.js-plotly-plot');
  const end = found => Math.max(...[...found].map(each => each.getBoundingClientRect().bottom));
  return {
    chart: end(plot.querySelectorAll('.xtick text')),
    panel: end([plot.querySelector('.ytick text')]),
    menu: end(document.querySelectorAll('[data-testid="stSidebarNavLink"]')),
  };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("lang", combining.first(["uk", "en"], 1))
def test_the_whole_winter_and_every_page_of_the_menu_are_seen_on_the_first_screen(
    open_page, url, lang
):
    """In Ukrainian, whose words are longer, the launches and a third of the menu were cut off."""
    page = open_page(1280, 800)
    visit(page, f"{url}/?lang={lang}")
    ends = page.evaluate(ENDS)
    assert 0 < ends["chart"] <= 800 and 0 < ends["menu"] <= 800, ends
    page.set_viewport_size({"width": 390, "height": 844})
    driving.settle(page)
    ends = page.evaluate(ENDS)
    assert 0 < ends["panel"] <= 844, ends


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (HEATING, {}),
        ("pages/explore/power.py", {"places": "UA63"}),
        ("pages/explore/map.py", {}),
        (CITY, {"place": "UA6312027001"}),
        (CASUALTIES, {"place": "UA63"}),
        ("pages/explore/compare.py", {}),
        ("pages/publish/figure.py", {"indicator": "power_outage", "places": "UA63"}),
    ],
)
def test_a_period_without_a_figure_leads_to_the_last_one_that_has_some(page, address):
    """As in a new winter, when nobody has said anything of heating yet."""
    shown = reading.open_page(page, period="winter-2031", **address)
    (way,) = [
        each.proto.body
        for each in reading.elements(shown.main)
        if each.type == "html" and "The last day with a report" in each.proto.body
    ]
    assert "Show winter 2025/26" in way and "period=winter-2025" in way
    kept = [f"{name}={value}" for name, value in address.items()]
    assert all(each in way for each in kept)


def test_a_period_with_figures_of_another_kind_leads_nowhere():
    shown = reading.open_page(CITY, places="UA80", period="winter-2025")
    assert "The last day with a report" not in " ".join(reading.Seen.of(shown).texts)
