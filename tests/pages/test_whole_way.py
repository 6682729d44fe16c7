"""From two reports to the charts, as a new user goes it in a real Chromium: under five minutes."""

import html
import re
import time
from pathlib import Path
from urllib.parse import urlencode

import pypdfium2
import pytest
from playwright.sync_api import expect

from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import combining
from tests.etl.reports.making import docx, p
from tests.pages import driving
from tests.pages.driving import PATIENCE_MS, settle, visit
from tests.pages.sending import entry, key, send

pytestmark = pytest.mark.browser

MATERIAL = Path(__file__).with_name("material")
UKRAINIAN = (MATERIAL / "oglyad_14_bereznia.txt").read_text(encoding="utf-8")
ENGLISH = (MATERIAL / "situation_report_14.txt").read_text(encoding="utf-8")
FIVE_MINUTES = 300
NAUGHTY = Path(__file__).parents[3] / "shared" / "battery" / "txt" / "blns.txt"


def printed(browser, text: str) -> bytes:
    """A text as a browser prints it to PDF, three sections to a page, large."""
    sections = text.split("\n\n")
    breaks = "".join(
        f"<div style='white-space: pre-wrap; break-after: {'page' if n % 2 else 'auto'}'>"
        f"{html.escape(section)}\n\n</div>"
        for n, section in enumerate(sections)
    )
    page = browser.new_page()
    page.set_content(f"<html lang='uk'><body style='font: 16px sans-serif'>{breaks}</body></html>")
    content = page.pdf(format="A4", margin={"top": "2cm", "left": "2cm"})
    page.close()
    return content


def accept_everything(page) -> None:
    """What a reviewer does: looks at the questioned ones, then takes the rest together."""
    card = page.locator(".st-key-figure-looked-at")
    expect(card).to_be_visible(timeout=PATIENCE_MS)
    while "Look closely" in card.inner_text():
        number = card.inner_text().splitlines()[0]
        key(page, "a")
        expect(card).not_to_contain_text(number, timeout=PATIENCE_MS)
    page.get_by_role("button", name=re.compile(r"Accept all \d+ unquestioned")).click()
    page.get_by_role("button", name=re.compile(r"^Accept \d+$")).click()
    settle(page)


def test_two_reports_come_to_the_charts_with_their_sentences(browser, served, own_store, open_page):
    server = served(own_store)
    report = printed(browser, UKRAINIAN)
    assert len(pypdfium2.PdfDocument(report)) == 3
    word = docx("".join(p(line) for line in ENGLISH.splitlines() if line.strip()))
    before = Reader(own_store).count()
    page = open_page(height=1600)
    began = time.monotonic()

    visit(page, f"{server.url}/upload")
    send(page, ("oglyad.pdf", report), ("report14.docx", word))
    expect(entry(page, "oglyad.pdf")).to_contain_text("Read: 17 figures", timeout=PATIENCE_MS)
    expect(entry(page, "report14.docx")).to_contain_text("Read: 14 figures", timeout=PATIENCE_MS)
    for name, figures in (("oglyad.pdf", 17), ("report14.docx", 14)):
        visit(page, f"{server.url}/upload")
        entry(page, name).get_by_role("link", name="Review").click()
        page.wait_for_url(re.compile(r"/review\?document=\w{64}"))
        settle(page)
        if not page.get_by_role("textbox", name="Your name").input_value():
            page.get_by_role("textbox", name="Your name").fill("Olena")
            page.keyboard.press("Enter")
            settle(page)
        accept_everything(page)
        expect(page.get_by_text(f"{figures} of {figures} decided")).to_be_visible(
            timeout=PATIENCE_MS
        )
    expect(page.get_by_text("Published: what was decided")).to_be_visible(timeout=PATIENCE_MS)

    visit(page, f"{server.url}/heating?places=UA80&period=2026-03")
    driving.click_mark(page, "heating_loss|UA80|2026-03-14|buildings|lost")
    expect(driving.drawer(page)).to_contain_text("без опалення залишилися близько 2 400")
    page.keyboard.press("Escape")
    visit(page, f"{server.url}/casualties?period=2026-03")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    took = time.monotonic() - began
    assert took < FIVE_MINUTES

    told = [line for line in server.log.read_text().splitlines() if line.startswith("decision {")]
    assert sum('"kind": "accept", "subject": "F-' in line for line in told) >= 31
    assert len(told) == len(set(told)) and not any("Olena" in line for line in told)

    reader = Reader(own_store)
    assert reader.count() == before + 31
    new = reader.query("FROM figures WHERE source = 'report' AND \"date\" LIKE '2026-03-1%'")
    assert (new["quote"] != "").all() and not new["doubted"].any()
    killed = new[(new["indicator"] == "killed") & (new["place"] == "UA6312027001")]
    assert killed["quote"].tolist() == ["Загинули четверо людей"]
    visit(page, f"{server.url}/casualties?{urlencode({'claim': killed['claim'].iat[0]})}")
    expect(driving.drawer(page)).to_contain_text("Загинули четверо людей")
    assert Ledger(own_store).check() == []


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings are not shipped")
def test_naughty_strings_are_text_everywhere(served, tmp_path, open_page):
    server = served(tmp_path / "store")
    strings = combining.thinned(
        [
            line
            for line in NAUGHTY.read_text(encoding="utf-8").splitlines()
            if line[:1] not in ("", "#")
        ]
    )
    told = "\n\n".join(
        f"In Kharkiv {n} people were killed on 24 January 2026, wrote {line}."
        for n, line in enumerate(strings, start=2)
    )
    page, dialogs = open_page(height=1600), []

    def dismissed(dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    visit(page, f"{server.url}/upload")
    send(page, ('<img src=x onerror="alert(1)">.txt', told.encode()))
    review = entry(page, "onerror").get_by_role("link", name="Review")
    expect(review).to_be_visible(timeout=4 * PATIENCE_MS)
    review.click()
    page.wait_for_url(re.compile(r"/review\?document=\w{64}"))
    settle(page)
    for _ in range(12):
        key(page, "a")
    expect(page.get_by_text("Published: what was decided")).to_be_visible(timeout=PATIENCE_MS)
    for path in ("casualties", "data", "conflicts", "sources", "corrections"):
        visit(page, f"{server.url}/{path}")
    page.remove_listener("dialog", dismissed)
    assert dialogs == []
    expect(page.locator("img[src=x], [onerror], body script")).to_have_count(0)
