"""A reader's moves in a real Chromium on the real server, over the shipped figures."""

import csv
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from etl.sources import curated
from tests import combining
from tests.pages import driving
from tests.pages.driving import PATIENCE_MS, ROOT, visit

pytestmark = pytest.mark.browser

HEATING_24_JANUARY = "heating_loss|UA80|2026-01-24|buildings|lost"
MENU = [
    *("Overview", "Attacks", "Power", "Heating", "Casualties", "City"),
    *("Compare", "Map", "Hours without", "Coverage"),
    *("Make a figure", "Brief"),
    *("Upload", "Review"),
    *("Method", "Conflicts", "Sources", "Data", "What changed"),
    *("Check a picture or number", "Corrections", "For programs (API)", "Status"),
]


def address(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def follow(page, name: str) -> None:
    driving.menu(page).filter(has_text=re.compile(rf"^{name}$")).click()
    page.wait_for_url(re.compile(rf"/{name.lower()}(\?|$)"))
    driving.settle(page)


# From the overview to the evidence


def test_a_newcomer_finds_who_said_6000_buildings(page, url):
    visit(page, url)
    follow(page, "Heating")
    driving.choose(page, "Places", "Kyiv")
    driving.choose(page, "Period", "January 2026")
    assert address(page)["period"] == ["2026-01"]
    driving.click_mark(page, HEATING_24_JANUARY)
    drawer = driving.drawer(page)
    expect(drawer).to_contain_text("about 6,000 buildings")
    expect(drawer).to_contain_text("Klitschko")
    expect(drawer).to_contain_text("latest statement of the body responsible")
    # The rivals: the minister's own count, and the papers that name nobody.
    expect(drawer).to_contain_text("claims beside it")
    expect(drawer).to_contain_text("Kuleba")
    links = [each.get_attribute("href") for each in drawer.get_by_role("link").all()]
    assert len([link for link in links if link.startswith("https://")]) >= 5
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_same_mark_opens_again_after_escape(page, url):
    visit(page, f"{url}/heating?places=UA80&period=2026-01")
    for _ in range(2):
        driving.click_mark(page, HEATING_24_JANUARY)
        driving.drawer(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        driving.settle(page)


def test_the_link_in_the_evidence_opens_it_for_somebody_else(page, open_page, url):
    visit(page, f"{url}/heating?places=UA80&period=2026-01")
    driving.click_mark(page, HEATING_24_JANUARY)
    link = driving.drawer(page).get_by_role("link", name="Link to this evidence")
    shared = link.evaluate("link => link.href")
    other = open_page()
    visit(other, shared)
    expect(driving.drawer(other)).to_contain_text("about 6,000 buildings")


def test_the_evidence_stays_open_until_its_reader_closes_it(page, open_page, url):
    """A window that becomes narrower has its page drawn anew, and the drawer with it."""
    visit(page, f"{url}/heating?places=UA80&period=2026-01")
    driving.click_mark(page, HEATING_24_JANUARY)
    linked, claim = open_page(), f"{HEATING_24_JANUARY}|all||day|strike"
    visit(linked, f"{url}/heating?{urlencode({'places': 'UA80', 'claim': claim})}")
    for each in (page, linked):
        each.set_viewport_size({"width": 700, "height": 900})
        driving.settle(each)
        expect(driving.drawer(each)).to_contain_text("about 6,000 buildings")
        each.keyboard.press("Escape")
        expect(each.get_by_role("dialog")).to_have_count(0)
        driving.settle(each)
        assert "claim=" not in each.url
        each.set_viewport_size({"width": 1280, "height": 900})
        driving.settle(each)
        expect(each.get_by_role("dialog")).to_have_count(0)


def test_the_evidence_of_one_page_is_not_drawn_over_another(page, url):
    visit(page, f"{url}/heating?places=UA80&period=2026-01")
    driving.click_mark(page, HEATING_24_JANUARY)
    driving.drawer(page).get_by_role("link", name=re.compile("24 January")).first.click()
    page.wait_for_url(re.compile("/attack"))
    driving.settle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_card_opens_its_evidence(page, url):
    visit(page, url)
    card = page.locator(".st-key-card-heating_loss")
    number = card.get_by_test_id("stMetricValue").inner_text()
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    # Anywhere on the card: the whole of it is the button.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(driving.drawer(page)).to_contain_text(re.compile(rf"{number} (buildings|customers)"))


def test_the_keyboard_opens_the_numbers_under_a_chart_and_folds_them(page, url):
    visit(page, f"{url}/city")
    folded = page.get_by_test_id("stExpander").filter(has_text="The same numbers as a table")
    table = folded.get_by_role("button", name="Download as CSV", exact=True)
    expect(table).to_have_count(0)
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible(timeout=PATIENCE_MS)
    # Whoever opened it is still where they were, and a screen reader is told that it is open.
    expect(folded.locator("summary")).to_be_focused()
    expect(folded.locator("details")).to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(folded.locator("details")).not_to_have_attribute("open", "")


def test_the_keyboard_reaches_a_card_and_opens_it(page, url):
    visit(page, url)
    focused = "() => document.activeElement.closest('[class*=st-key-card-]') !== null"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(focused):
            break
    assert page.evaluate(focused)
    page.keyboard.press("Enter")
    driving.drawer(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


# Links, languages, filters


TITLES = [("en", "Kyiv buildings without heating"), ("uk", "Будинки без опалення")]


@combining.full_only  # test_a_load_shows_at_the_next_choice_and_a_doubt_is_listed begins so
@pytest.mark.parametrize(("lang", "title"), TITLES)
def test_a_deep_link_may_be_the_first_request(served, shipped_store, open_page, lang, title):
    fresh = served(shipped_store)
    page = open_page()
    visit(page, f"{fresh.url}/heating?places=UA80&period=2026-01&lang={lang}")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.locator(".js-plotly-plot").first).to_contain_text(title)
    assert address(page)["period"] == ["2026-01"]
    fresh.stop()


def test_the_language_switch_keeps_the_filters_and_changes_the_menu(page, url):
    visit(page, f"{url}/heating?places=UA6312027001&period=2026-01&rule=latest")
    assert driving.menu(page).all_inner_texts() == MENU
    page.get_by_role("radio", name="Українська").or_(
        page.get_by_role("button", name="Українська")
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Опалення")
    driving.settle(page)
    assert address(page) == {
        "lang": ["uk"],
        "places": ["UA6312027001"],
        "period": ["2026-01"],
        "rule": ["latest"],
    }
    ukrainian = driving.menu(page).all_inner_texts()
    assert len(ukrainian) == len(MENU)
    # What an API is called is the same in every language.
    assert not re.search("[A-Za-z]", " ".join(ukrainian).replace("API", ""))
    expect(page.locator(".js-plotly-plot").first).to_contain_text("Харків")


def test_the_filters_go_along_from_page_to_page(page, url):
    visit(page, f"{url}/heating?places=UA6312027001")
    driving.choose(page, "Period", "January 2026")
    driving.choose(page, "Rule", "Latest statement first")
    # Through a page of one place; the others read their address in the same way (test_address.py).
    for name in combining.first(("City", "Casualties", "Power"), 1):
        follow(page, name)
        assert address(page)["period"] == ["2026-01"], name
        assert address(page)["rule"] == ["latest"], name
        drawn = page.locator(".js-plotly-plot").filter(has_text="January 2026")
        expect(drawn.first).to_be_visible()
    follow(page, "Power")
    assert address(page)["places"] == ["UA6312027001"]
    assert address(page)["period"] == ["2026-01"]


@combining.full_only  # test_history.py begins its three steps with a link
def test_the_filters_of_a_link_go_along_too(page, url):
    visit(page, f"{url}/heating?period=2026-01")
    follow(page, "Power")
    assert address(page)["period"] == ["2026-01"]


@combining.full_only  # and goes back over a choice
def test_back_goes_back_to_the_filters_before(page, url):
    visit(page, f"{url}/heating?period=2026-01")
    driving.choose(page, "Period", "February 2026")
    assert address(page)["period"] == ["2026-02"]
    page.go_back()
    expect(page.locator(".js-plotly-plot").first).to_contain_text("January 2026")


# A load from another process


def added(**changes: str) -> dict[str, str]:
    """A row like those of the shipped table."""
    return {
        "id": "made1",
        "date": "2026-01-30",
        "place": "Kyiv",
        "admin_level": "city",
        "indicator": "heating_loss",
        "value": "777",
        "bound": "exact",
        "unit": "buildings",
        "group": "all",
        "status": "lost",
        "attributed_to": "Klitschko (mayor)",
        "publisher": "UNN",
        "published": "2026-01-30",
        "url": "https://example.org/777",
        "report_language": "en",
    } | changes


HEADER = curated.TABLES[0].read_text(encoding="utf-8").splitlines()[0].split(",")


def load(store: Path, folder: Path, *rows: dict[str, str]) -> None:
    """Loads the shipped tables with a table of some rows more, in a process of its own."""
    table = folder / "added.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    files = [f"--file={path}" for path in (*curated.SOURCE.files, table)]
    subprocess.run(
        [sys.executable, "-m", "etl", "--store", str(store), "load", "curated", *files],
        cwd=ROOT, check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def test_a_load_shows_at_the_next_choice_and_a_doubt_is_listed(served, own_store, tmp_path, page):
    # The server's first request names a page that it has not shown yet, and a filter.
    visit(page, f"{served(own_store).url}/heating?period=2026-01")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert address(page)["period"] == ["2026-01"]
    chart = page.locator(".js-plotly-plot").first
    expect(chart).to_contain_text("January 2026")
    before = chart.evaluate("plot => JSON.stringify(plot.data)")
    assert "777 buildings" not in before
    load(
        own_store,
        tmp_path,
        added(),
        added(id="made2", value="320000", date="2026-01-31", published="2026-01-31"),
    )
    page.evaluate("window.notReloaded = true")
    driving.choose(page, "Rule", "Latest statement first")
    expect(page).to_have_url(re.compile("rule=latest"))
    page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".some(plot => JSON.stringify(plot.data).includes('777 buildings'))",
        timeout=PATIENCE_MS,
    )
    assert page.evaluate("window.notReloaded")
    # The 320,000 buildings: kept, explained, not drawn.
    drawn = page.evaluate(
        "() => [...document.querySelectorAll('.js-plotly-plot')].map(p => JSON.stringify(p.data))"
    )
    assert not any("2026-01-31|buildings|lost" in each for each in drawn)
    page.get_by_text(re.compile(r"figures? (is|are) in doubt and not drawn")).click()
    # The example's 320,000 of 24 January is listed too.
    sentence = page.get_by_text(re.compile("320,000 buildings is more than the 12,000")).last
    expect(sentence).to_be_visible()
    expect(sentence).to_contain_text("apartment blocks of Kyiv")


def test_the_language_of_the_document_follows_the_choice(page, url):
    visit(page, f"{url}/heating")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("radio", name="Українська").click()
    driving.settle(page)
    assert page.evaluate("document.documentElement.lang") == "uk"
