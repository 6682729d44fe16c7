"""`?asof=`: every page as it was known then, with a banner, along every link and back to now."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from tests import combining
from tests.pages import driving, reading
from tests.pages.driving import PAGES, visit

HEATING_9_JANUARY = "heating_loss|UA80|2026-01-09|buildings|lost"
NIGHT_OF_12_JANUARY = "2026-01-12T08:00"
# What has no past to show.
OF_NOW = ("pages/reports/", "pages/trust/status.py")
BANNER = ".st-key-asof-banner"


@pytest.fixture
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))


@pytest.mark.parametrize(
    ("page", "lang"),
    combining.in_turn(combining.thinned(PAGES), ["en", "uk"]),
    ids=lambda each: Path(each).stem,
)
def test_every_page_stands_in_the_past_and_says_so(small, page, lang):
    seen = reading.open_page(page, lang, asof="2026-01-25T12:00")
    assert not seen.exception
    (back,) = [button for button in seen.button if button.key == "asof-back"]
    told = " ".join(each.value for each in seen.markdown)
    assert "25" in told or page.startswith(OF_NOW)
    back.click().run()
    assert not seen.exception and "asof" not in seen.query_params
    assert "asof-back" not in {button.key for button in seen.button}


@pytest.mark.parametrize("text", ("yesterday", "2026-13-01T08:00", "2999-01-01T00:00", "\x00", "1"))
def test_a_moment_that_is_none_shows_the_present_and_says_so(small, text):
    seen = reading.open_page("pages/explore/heating.py", asof=text)
    assert not seen.exception
    told = " ".join(each.value for each in seen.markdown)
    assert "You see what is known now." in told


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_time_that_the_clocks_left_out_is_told(small, lang):
    seen = reading.open_page("pages/explore/heating.py", lang, asof="2026-03-29T03:30")
    assert not seen.exception
    told = " ".join(each.value for each in seen.markdown)
    assert {"en": "There was no 2026-03-29T03:30", "uk": "Часу 2026-03-29T03:30"}[lang] in told


def test_a_time_that_the_clocks_left_out_may_be_chosen_and_is_told(small):
    seen = reading.open_page("pages/explore/heating.py")
    seen.datetime_input(key="asof-moment").set_value(datetime(2026, 3, 29, 3, 30))
    next(each for each in seen.button if each.label == "Go back").click().run()
    assert not seen.exception
    told = " ".join(each.value for each in seen.markdown)
    assert "There was no 2026-03-29T03:30" in told


def test_a_press_whose_field_the_visit_does_not_have_goes_nowhere(small):
    press = "from pages.parts.shell import asof\nasof._go()"
    assert not AppTest.from_string(press).run().exception


@pytest.mark.browser
def test_the_moment_goes_along_with_the_menu_and_with_links(page, open_page, url):
    visit(page, f"{url}/heating?places=UA80&period=2026-01&asof={NIGHT_OF_12_JANUARY}")
    banner = page.locator(BANNER)
    expect(banner).to_contain_text("As known at 12 January 2026, 08:00 Kyiv time")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("As known at 12 January 2026")
    # Nothing said on the 24th was known on the 12th.
    marks = page.evaluate("() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')]"
                          ".map(plot => plot.data.map(trace => trace.customdata)))")  # fmt: skip
    assert "2026-01-09" in marks and "2026-01-24" not in marks

    driving.click_mark(page, HEATING_9_JANUARY)
    link = driving.drawer(page).get_by_role("link", name="Link to this evidence")
    shared = link.evaluate("link => link.href")
    page.keyboard.press("Escape")
    driving.menu(page).filter(has_text=re.compile("^Casualties$")).click()
    page.wait_for_url(re.compile("/casualties.*asof=2026-01-12"))
    driving.settle(page)
    expect(banner).to_contain_text("12 January 2026, 08:00")

    banner.get_by_role("button", name="Back to now").click()
    driving.settle(page)
    expect(banner).to_have_count(0)
    assert "asof" not in page.url

    other = open_page()
    visit(other, shared)
    expect(other.locator(BANNER)).to_contain_text("12 January 2026, 08:00")
    expect(driving.drawer(other)).to_contain_text("6,000 buildings")


@pytest.mark.browser
def test_a_reader_goes_back_by_the_menu(page, url):
    visit(page, f"{url}/heating")
    page.get_by_role("button", name="As known at …").click()
    form = page.get_by_test_id("stForm")
    form.get_by_role("spinbutton").first.click()
    page.keyboard.type("202601120800")
    form.get_by_role("button", name="Go back").click()
    page.wait_for_url(re.compile("asof=2026-01-12T08:00|asof=2026-01-12T08%3A00"))
    expect(page.locator(BANNER)).to_contain_text("12 January 2026, 08:00")


@pytest.mark.parametrize(
    ("moment", "alarm"),
    combining.first(
        [
            ("2026-03-29T08:00", True),
            ("2026-07-29T08:00", False),  # over for long: a quiet line
            ("2026-03-25T08:00", False),  # 21 March and the seven days that are let pass
        ],
        2,
    ),
)
def test_overview_sounds_an_alarm_only_while_a_source_has_fallen_silent_lately(
    monkeypatch, shipped_store, moment, alarm
):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))
    seen = reading.Seen.of(reading.open_page(driving.OVERVIEW, asof=moment, period="2026-03"))
    told = [text for text in seen.alarms if "Sources that end before this period" in text]
    assert bool(told) == alarm
    assert all("sourced figures" in text and "21 March 2026" in text for text in told)
