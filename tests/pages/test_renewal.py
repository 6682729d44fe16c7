"""Open pages show what is published without a click, and let their readers go on."""

import shutil
import time

import pytest
from playwright.sync_api import expect

from impact.store import snapshot
from impact.store.ledger import Ledger
from pages.parts.shell import renewal
from tests.made import figure, offer, on
from tests.pages import driving
from tests.pages.driving import PATIENCE_MS, settle, visit

pytestmark = pytest.mark.browser

DRAWN = """text => [...document.querySelectorAll('.js-plotly-plot')]
    .some(plot => JSON.stringify(plot.data).includes(text))"""
HEATING = "heating?places=UA80&period=2026-01"


@pytest.fixture(scope="module")
def store(shipped_store, tmp_path_factory):
    """A store to which no other file's tests write."""
    return shutil.copytree(shipped_store, tmp_path_factory.mktemp("renewed") / "store")


@pytest.fixture(scope="module")
def server(served, store):
    return served(store)


def publish(store, value: float, day: int) -> None:
    """Makes a statement public in a process that is not the server's."""
    offer(Ledger(store), figure(value=value, **on(day)), name=f"{value}")
    snapshot.publish(Ledger(store))


def test_an_open_page_shows_what_is_published_without_a_click(page, server, store):
    visit(page, f"{server.url}/{HEATING}")
    page.evaluate("window.notReloaded = true")
    assert not page.evaluate(DRAWN, "777 buildings")
    publish(store, 777.0, 30)
    began = time.monotonic()
    page.wait_for_function(DRAWN, arg="777 buildings", timeout=PATIENCE_MS)
    print(f"seen {time.monotonic() - began:.2f} s after it was published")
    settle(page)
    assert page.evaluate("window.notReloaded") and HEATING in page.url


def test_what_a_reader_types_in_the_evidence_stays_and_the_page_follows_once_it_is_closed(
    page, server, store
):
    visit(page, f"{server.url}/{HEATING}")
    driving.click_mark(page, "heating_loss|UA80|2026-01-24|buildings|lost")
    drawer = driving.drawer(page)
    drawer.get_by_role("button", name="Something wrong?").first.click()
    settle(page)
    field = drawer.get_by_role("textbox").last
    field.fill("I have counted")
    publish(store, 778.0, 31)
    other = page.context.new_page()
    visit(other, f"{server.url}/{HEATING}")
    other.wait_for_function(DRAWN, arg="778 buildings", timeout=PATIENCE_MS)
    page.wait_for_timeout(1000 * (renewal.LOOK + renewal.APART + 0.5))
    expect(field).to_have_value("I have counted")
    page.keyboard.press("Escape")
    page.wait_for_function(DRAWN, arg="778 buildings", timeout=PATIENCE_MS)


def test_a_page_that_went_back_stays_where_it_is(page, server, store):
    visit(page, f"{server.url}/{HEATING}&asof=2026-02-01T00:00")
    before = page.evaluate("document.body.innerText")
    publish(store, 779.0, 29)
    other = page.context.new_page()
    visit(other, f"{server.url}/{HEATING}")
    other.wait_for_function(DRAWN, arg="779 buildings", timeout=PATIENCE_MS)
    assert page.evaluate("document.body.innerText") == before
