"""The brief in a real browser: on the page, as a file, and on paper."""

import re
from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import expect

from impact import brief
from impact.model import vocabulary
from impact.model.places import PLACES
from pictures import chromium, drawings
from tests import combining
from tests.pages.driving import PATIENCE_MS
from tests.pages.reading import open_page as run_page

pytestmark = pytest.mark.browser
# A brief gathers figures and draws four pictures before the page is still.
PATIENT_MS = 4 * PATIENCE_MS
WEEK = brief.period(date(2026, 1, 24), "week")
DAY = brief.period(date(2026, 1, 24), "day")


@pytest.fixture(scope="module")
def file_of(shipped, tmp_path_factory):
    """The file of a brief of the shipped figures, with its pictures, and the brief itself."""
    if not chromium.find():
        pytest.skip("no Chromium draws")
    folder = tmp_path_factory.mktemp("briefs")

    def make(area: str, period, language: str):
        told = brief.gather(shipped, PLACES[area], period, language)
        page = brief.write(
            told, drawings.drawn(told.pictures), base="https://x.example", at=told.known_at
        )
        path = folder / brief.file_name(told)
        path.write_text(page, encoding="utf-8")
        return told, path

    return make


def squeezed(text: str) -> str:
    """Without spaces and breaks, which a PDF sets as it likes."""
    return re.sub(r"[\s\u00ad\ufffe]|\u200b", "", text)


# The longest is the country's week, in Ukrainian.
BRIEFS = [("UA80", DAY, "en"), ("UA80", DAY, "uk"), ("UA", WEEK, "uk"), ("UA", WEEK, "en")]


@pytest.mark.parametrize(("area", "period", "language"), BRIEFS if combining.ALL else BRIEFS[1:2])
def test_two_pages_of_a4_with_every_figure_and_source(file_of, browser, area, period, language):
    told, path = file_of(area, period, language)
    assert path.stat().st_size < 300_000
    page = browser.new_page()
    errors, asked = [], []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()] and errors == []
    assert page.locator("svg[role=img][aria-label]").count() == len(told.pictures) == 4
    cited = page.locator(".sources li").all_inner_texts()
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    page.close()
    assert len(printed) == 2
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in map(
        lambda sheet: sheet.get_size(), printed))  # fmt: skip
    text = squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in printed))
    for headline in told.headlines:
        number = vocabulary.amount(headline.card.total | {"bound": "exact"}, told.words, unit=False)
        assert squeezed(number) in text
    for source in cited:
        assert squeezed(source) in text
    if language == "uk":
        assert "Головнічисла" in text and "�" not in text


def test_the_page_shows_and_gives_the_file(url, page):
    page.goto(f"{url}/brief?place=UA80&day=2026-01-24&in=uk")
    frame = page.frame_locator("iframe[title='Preview of the brief']")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Київ, 24 січня 2026 року", timeout=PATIENT_MS
    )
    expect(frame.locator("svg")).to_have_count(4, timeout=PATIENT_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the brief (HTML)").click()
    assert download.value.suggested_filename == "brief_kyiv_2026-01-24_uk.html"


def test_where_the_server_cannot_draw_the_readers_browser_does(
    shipped_store, served, page, monkeypatch
):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    page.goto(f"{served(shipped_store).url}/brief?place=UA80&day=2026-01-24")
    frame = page.frame_locator("iframe[title='Preview of the brief']")
    expect(frame.locator("svg")).to_have_count(4, timeout=PATIENT_MS)
    expect(frame.locator("table")).to_have_count(0)


def test_an_empty_store_says_what_to_do(store):
    test = run_page("pages/publish/brief.py")
    assert not test.exception
