"""Play and Pause on the map, in a real Chromium."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.pages.driving import PATIENCE_MS, settle, visit

pytestmark = pytest.mark.browser

# Longer than a day is shown while it plays.
MORE_THAN_A_DAY_MS = 2_500


def shown(page) -> str:
    """The day under the slider's thumb."""
    return page.get_by_test_id("stSliderThumbValue").inner_text()


def named(page) -> list[str]:
    """The day in the address."""
    return parse_qs(urlsplit(page.url).query).get("day", [])


def goes_on(page) -> str:
    """The next day, once it is shown."""
    before = shown(page)
    expect(page.get_by_test_id("stSliderThumbValue")).not_to_have_text(before, timeout=PATIENCE_MS)
    return shown(page)


def test_the_days_play_by_keyboard_and_a_pause_keeps_the_day_in_the_address(page, url):
    page.emulate_media(reduced_motion="no-preference")
    visit(page, f"{url}/map?period=2026-01&day=2026-01-09")
    assert shown(page) == "9 Jan"
    player = page.get_by_role("button", name="Play", exact=True)
    player.focus()
    page.keyboard.press("Enter")
    days = [goes_on(page), goes_on(page)]
    assert "9 Jan" not in days and named(page) == ["2026-01-09"]
    page.get_by_role("button", name="Pause", exact=True).press("Space")
    settle(page)
    day = shown(page)
    assert named(page)[0].endswith(f"-{int(day.split()[0]):02d}")
    expect(page.locator(".js-plotly-plot").first).to_contain_text(f"{day.split()[0]} January 2026")
    # Nothing is asked of the server any more.
    asked = page.evaluate("talk.asked")
    page.wait_for_timeout(MORE_THAN_A_DAY_MS)
    assert shown(page) == day and page.evaluate("talk.asked") == asked


def test_who_wants_little_motion_gets_one_day_at_a_press(page, url):
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{url}/map?period=2026-01&day=2026-01-09")
    page.get_by_role("button", name="Next day", exact=True).click()
    settle(page)
    day = shown(page)
    assert day != "9 Jan" and named(page) != ["2026-01-09"]
    page.wait_for_timeout(MORE_THAN_A_DAY_MS)
    assert shown(page) == day


def test_playing_ends_with_the_last_day_and_begins_with_the_first_again(page, url):
    page.emulate_media(reduced_motion="no-preference")
    visit(page, f"{url}/map?indicator=heating_loss&period=2026-01")
    slider = page.get_by_role("slider")
    slider.press("End")
    settle(page)
    last = shown(page)
    slider.press("ArrowLeft")
    settle(page)
    page.get_by_role("button", name="Play", exact=True).click()
    assert goes_on(page) == last
    settle(page)
    player = page.get_by_role("button", name="Play", exact=True)
    expect(player).to_be_visible()
    player.click()
    goes_on(page)
    assert int(shown(page).split()[0]) < int(last.split()[0])
