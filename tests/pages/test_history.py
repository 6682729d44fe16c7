"""Back and Forward, what a page load answers with, dates and Enter: in a real Chromium on the real
server."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests import combining
from tests.pages import driving
from tests.pages.driving import PAGES, path_of, visit

pytestmark = pytest.mark.browser

KHARKIV = "UA6312027001"


def bar(page) -> str:
    """Path and query as they stand in the address bar."""
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}".rstrip("?")


def drawn(page) -> str:
    return page.locator(".js-plotly-plot").first.inner_text()


def follow(page, name: str) -> None:
    driving.menu(page).filter(has_text=re.compile(rf"^{name}$")).click()
    page.wait_for_url(re.compile(rf"/{name.lower()}(\?|$)"))
    driving.settle(page)


# A browser goes back and forward in its own time, and tells the page when it has.
_GO = """way => new Promise(there => {
  addEventListener('popstate', there, {once: true});
  history[way]();
})"""


def back(page) -> None:
    page.evaluate(_GO, "back")
    driving.settle(page)


def forward(page) -> None:
    page.evaluate(_GO, "forward")
    driving.settle(page)


@combining.full_only  # test_a_link_a_page_and_a_choice_are_three_steps_both_ways goes this way
def test_one_press_of_back_undoes_one_choice(page, url):
    visit(page, f"{url}/heating?period=2026-01")
    driving.choose(page, "Period", "February 2026")
    driving.choose(page, "Rule", "Latest statement first")
    assert bar(page) == "/heating?period=2026-02&rule=latest"
    back(page)
    assert bar(page) == "/heating?period=2026-02" and "February 2026" in drawn(page)
    back(page)
    assert bar(page) == "/heating?period=2026-01" and "January 2026" in drawn(page)


@combining.full_only  # and this one
def test_one_press_of_back_goes_to_the_page_before_with_its_filters(page, url):
    visit(page, f"{url}/heating?period=2026-01")
    follow(page, "Power")
    assert bar(page) == "/power?period=2026-01"
    back(page)
    assert bar(page) == "/heating?period=2026-01" and "January 2026" in drawn(page)
    forward(page)
    assert bar(page) == "/power?period=2026-01"


def test_a_link_a_page_and_a_choice_are_three_steps_both_ways(page, url):
    visit(page, f"{url}/heating?places={KHARKIV}&period=2026-01")
    follow(page, "Power")
    driving.choose(page, "Period", "December 2025")
    steps = [
        f"/heating?places={KHARKIV}&period=2026-01",
        f"/power?places={KHARKIV}&period=2026-01",
        f"/power?places={KHARKIV}&period=2025-12",
    ]

    def stands(step: int) -> None:
        there = parse_qs(urlsplit(page.url).query)
        assert urlsplit(page.url).path == urlsplit(steps[step]).path
        assert there == parse_qs(urlsplit(steps[step]).query)
        month = "December 2025" if step == 2 else "January 2026"
        expect(page.get_by_role("combobox", name=re.compile("Period"))).to_have_value(month)

    stands(2)
    for step in (1, 0):
        back(page)
        stands(step)
    for step in (1, 2):
        forward(page)
        stands(step)


def test_back_leads_to_defaults_where_nothing_was_chosen(page, url):
    visit(page, f"{url}/heating")
    before = drawn(page)
    driving.choose(page, "Period", "December 2025")
    follow(page, "Casualties")
    back(page)
    back(page)
    assert bar(page) == "/heating" and drawn(page) == before


@pytest.mark.parametrize(
    "path",
    combining.first(["/casualties?places=Odesa", "/figure", "/heating?places=Kyivv"], 1),
)
def test_a_page_that_mends_its_address_is_one_step(page, url, path):
    page.goto("about:blank")
    visit(page, f"{url}{path}")
    assert bar(page) != path
    page.go_back()
    assert page.url == "about:blank"


# What a page load answers with


def test_every_page_answers_with_the_script_that_comes_first(windows, url):
    for file in PAGES:
        answer = windows.request.get(f"{url}{path_of(file)}?period=2026-01")
        text = answer.text()
        assert answer.ok and 0 < text.index("__streamlit") < text.index('type="module"')


def test_a_card_has_its_line(page, url):
    visit(page, f"{url}/?period=winter-2025")
    line = page.locator(".spark").first
    expect(line).to_be_visible()
    assert "path" in line.evaluate("each => getComputedStyle(each).maskImage")


@pytest.mark.parametrize("width", combining.first([390, 1280], 1))
def test_what_was_misread_is_told_at_every_width(open_page, url, width):
    # On a phone the first run is broken off: the page is drawn anew for its width.
    page = open_page(width)
    visit(page, f"{url}/heating?places=Harkiv&zzz=1")
    expect(page.get_by_text("No place is called “Harkiv”. Did you mean Kharkiv")).to_be_visible()
    expect(page.get_by_text("There is no parameter “zzz”")).to_be_visible()
    assert driving.overflow(page) <= 0
    page.get_by_role("button", name="Show Kharkiv", exact=True).click()
    driving.settle(page)
    assert bar(page) == f"/heating?places={KHARKIV}"
    expect(page.get_by_text("No place is called")).to_have_count(0)


# Dates and Enter

CUT = """field => {
  const cut = [...field.querySelectorAll('[role="spinbutton"], [role="group"]')]
    .filter(each => each.scrollWidth > each.clientWidth + 1);
  const last = [...field.querySelectorAll('[role="spinbutton"]')].at(-1).getBoundingClientRect();
  const button = field.querySelector('button')?.getBoundingClientRect();
  return cut.length + (button && last.right > button.left + 1 ? 1 : 0);
}"""


@pytest.mark.parametrize(
    ("path", "lang", "width"),
    # Ukrainian months are the longest, and a phone is the narrowest.
    combining.pairs(
        combining.first(["/heating", "/brief", "/data", "/conflicts", "/figure"], 2),
        ["en", "uk"] if combining.ALL else ["uk"],
        [1280, 390] if combining.ALL else [390],
    ),
)
def test_a_date_is_seen_whole(open_page, url, path, lang, width):
    page = open_page(width)
    visit(page, f"{url}{path}?from=2026-01-20&to=2026-01-26&lang={lang}")
    fields = page.get_by_test_id("stDateInputField")
    assert fields.count() == (1 if path == "/brief" else 2)
    assert [each.evaluate(CUT) for each in fields.all()] == [0] * fields.count()
    assert driving.overflow(page) <= 0


@pytest.mark.parametrize(
    ("lang", "label", "kharkiv", "odesa"),
    combining.first([("uk", "Місця", "Харків", "Одеса"), ("en", "Places", "Kharkiv", "odesa")], 1),
)
def test_enter_takes_the_city_whose_name_was_typed(page, url, lang, label, kharkiv, odesa):
    visit(page, f"{url}/power?lang={lang}")
    field = page.get_by_role("combobox", name=re.compile(label)).first
    # The country gives way to the first that is chosen.
    codes = []
    for typed, code in ((kharkiv, KHARKIV), (odesa, "UA5110027001")):
        field.click()
        field.press_sequentially(typed, delay=30)
        expect(page.get_by_role("option").first).to_be_visible()
        field.press("Enter")
        driving.settle(page)
        codes.append(code)
        assert parse_qs(urlsplit(page.url).query)["places"] == codes
