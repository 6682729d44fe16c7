"""Light and dark: every part of a page is as its reader's system is, or as they chose."""

import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from impact.model.colours import COLOURS, THEMES, channels
from pages.parts.shell import theme
from tests import combining
from tests.pages import driving
from tests.pages.api.asking import fetch
from tests.pages.driving import visit

pytestmark = pytest.mark.browser

OTHER = {"light": "dark", "dark": "light"}
# Each goes from one theme to the other and, by the system, back.
each_way = pytest.mark.parametrize("seen", combining.first(THEMES, 1))

# What every part stands on, as the browser draws it: the nearest ground that is no glass.
_GROUNDS = """() => {
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (colour.startsWith('rgb(')) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const grounds = (name, selector) => [...document.querySelectorAll(selector)]
    .map(each => [name, ground(each)]);
  return [
    ['page', ground(document.body)],
    ...grounds('contents', '[data-testid="stMain"]'),
    ...grounds('card', '[class*="st-key-card-"]'),
    ...grounds('chart', '.js-plotly-plot .main-svg'),
    ...grounds('drawer', '[role="dialog"]'),
    ...grounds('report', '.report-text'),
  ];
}"""
_INKS = """() => [...document.querySelectorAll('h1, .js-plotly-plot .annotation-text')]
  .map(each => each.matches('h1') ? getComputedStyle(each).color : getComputedStyle(each).fill)"""


def rgb(name: str, seen: str) -> str:
    """A colour as a browser tells it."""
    return "rgb({}, {}, {})".format(*channels(COLOURS[name][seen]))


def grounds(page) -> set[tuple[str, str]]:
    return {tuple(each) for each in page.evaluate(_GROUNDS)}


def expect_all(page, seen: str, *parts: str) -> None:
    """Every part of the page, those named among them, is light or dark."""
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", rgb("paper", seen))
    paper = rgb("paper", seen)
    assert {told for told in grounds(page) if told[1] != paper} == set()
    assert {"page", "contents", *parts} <= {name for name, _ in grounds(page)}
    expect(page.get_by_test_id("stSidebar")).to_have_css("background-color", rgb("raised", seen))
    readable = {rgb(name, seen) for name in ("ink", "muted")}
    assert set(page.evaluate(_INKS)) <= readable


def choose(page, name: str) -> None:
    page.get_by_role("radio", name=name).check(force=True)


@pytest.fixture
def reader(open_page):
    """A reader's window, on a system that is light or dark."""

    def open_(system: str, height: int = 900):
        page = open_page(height=height)
        page.emulate_media(color_scheme=system)
        return page

    return open_


@combining.full_only  # test_a_change_leaves_the_evidence_open asks the same
@each_way
def test_a_page_its_cards_and_its_charts_are_as_the_system_is(reader, url, seen):
    page = reader(seen)
    visit(page, url)
    expect_all(page, seen, "card", "chart")
    page.emulate_media(color_scheme=OTHER[seen])
    expect_all(page, OTHER[seen], "card", "chart")


@each_way
def test_the_switch_goes_before_the_system_on_every_page_and_in_every_tab(reader, url, seen):
    page, beside = reader(OTHER[seen]), reader(OTHER[seen])
    visit(page, f"{url}/heating")
    visit(beside, f"{url}/hours")
    choose(page, seen.capitalize())
    for each in (page, beside):
        expect_all(each, seen, "chart")
        expect(each.get_by_role("radio", name=seen.capitalize())).to_be_checked()
    page.reload()
    driving.settle(page)
    expect_all(page, seen, "chart")
    expect(page.get_by_role("radio", name=seen.capitalize())).to_be_checked()
    visit(page, f"{url}/map")
    expect_all(page, seen, "chart")
    choose(page, "System")
    for each in (page, beside):
        expect_all(each, OTHER[seen], "chart")


def test_the_switch_works_by_keyboard_and_in_ukrainian(reader, url):
    page = reader("light")
    visit(page, f"{url}/sources?lang=uk")
    page.get_by_role("group", name="Кольори").get_by_role("radio", name="Системні").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Темні", exact=True)).to_be_checked()
    expect_all(page, "dark")


def test_a_chart_that_is_open_looks_as_if_drawn_for_the_new_theme(reader, url):
    """Hatching, shades and keys too: to the pixel."""
    shots = {seen: [] for seen in THEMES}
    for drawn in THEMES:
        page = reader(drawn, height=1800)
        visit(page, f"{url}/casualties?period=2026-01")
        for seen in (OTHER[drawn], drawn):
            page.emulate_media(color_scheme=seen, reduced_motion="reduce")
            expect_all(page, seen, "chart")
            shots[seen].append(
                [
                    Image.open(io.BytesIO(each.screenshot())).convert("RGB")
                    for each in page.get_by_test_id("stPlotlyChart").all()[:2]
                ]
            )
    for seen, both in shots.items():
        for one, other in zip(*both, strict=True):
            # A step of a channel is how the browser rounds.
            difference = ImageChops.difference(one, other).getextrema()
            assert max(most for _, most in difference) <= 1, seen


def test_a_change_leaves_the_evidence_open(reader, url):
    page = reader("light")
    visit(page, url)
    expect_all(page, "light", "card", "chart")
    page.get_by_role("button", name="Evidence: Killed").click()
    driving.drawer(page)
    driving.settle(page)
    page.emulate_media(color_scheme="dark")
    expect_all(page, "dark", "card", "drawer", "chart")


def test_print_is_light_and_the_page_is_dark_again_after_it(reader, url):
    page = reader("light")
    visit(page, f"{url}/heating")
    choose(page, "Dark")
    page.emulate_media(media="print")
    expect_all(page, "light", "chart")
    page.emulate_media(media="screen")
    expect_all(page, "dark", "chart")


@pytest.mark.parametrize("path", ["/", "/heating", "/api", "/nowhere"])
def test_every_page_is_told_light_from_dark_before_streamlit_starts(url, path):
    status, headers, body = fetch(url, path)
    text = body.decode()
    assert status == 200 and headers["cache-control"] == "no-cache" and "etag" not in headers
    assert theme.head() in text
    assert text.index("prefers-color-scheme") < text.index('type="module"')


def test_what_is_no_page_is_served_as_before(url):
    for path, kind in (("/favicon.png", "image/png"), ("/health", "application/json")):
        assert fetch(url, path)[1]["content-type"].startswith(kind)
