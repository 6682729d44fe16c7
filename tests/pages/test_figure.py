"""The journalist's desk in a real Chromium: from the start page to saved files that others open."""

import csv
import io
import json
import re
import struct
import time
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import expect

from impact.store import snapshot
from impact.store.ledger import REJECT, Ledger
from impact.store.reader import Reader
from impact.views import View, draw, redraw
from tests import combining
from tests.pages import driving
from tests.pages.driving import PATIENCE_MS, visit

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Kyiv buildings without heating, January 2026"
LINK = re.compile("^http.*asof=")
HEATING = "/figure?indicator=heating_loss&places=UA80&period=2026-01"


def drawn(page) -> None:
    """Waits until the picture stands and can be saved."""
    driving.settle(page)
    expect(page.locator('.preview[aria-busy="false"] img')).to_be_visible(timeout=PATIENCE_MS)


def make_a_figure(page) -> None:
    """Follows the link under the page's chart."""
    page.get_by_test_id("stMain").get_by_role("link", name="Make a figure").first.click()
    page.wait_for_url(re.compile("/figure"))
    drawn(page)


def saved(page, button: str) -> tuple[str, bytes]:
    """The file that a button saves: its name and content."""
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.get_by_role("button", name=re.compile(button)).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def said(svg: bytes) -> str:
    """Every text of an SVG, as an editor reads it."""
    root = etree.fromstring(svg)
    return " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def desk(window, url):
    """The Figure page as it opens for Kyiv's heating, for tests that only look and save."""
    with window() as page:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(url + HEATING)
        drawn(page)
        yield page


@pytest.fixture(scope="module")
def bundle(desk):
    """The ZIP with everything: its name, and its files by name."""
    name, content = saved(desk, "Everything")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return name, {each: archive.read(each) for each in archive.namelist()}


def file(bundle, ending: str) -> bytes:
    [found] = [content for name, content in bundle[1].items() if name.endswith(ending)]
    return found


# From the start page to the files


def test_a_newcomer_saves_kyivs_heating_and_its_caption_within_a_minute(page, url):
    began = time.monotonic()
    visit(page, url)
    driving.menu(page).filter(has_text="Heating").click()
    page.wait_for_url(re.compile("/heating"))
    driving.settle(page)
    driving.choose(page, "Places", "Kyiv")
    driving.choose(page, "Period", "January 2026")
    make_a_figure(page)
    name, png = saved(page, "Save PNG")
    caption = page.locator(".st-key-takeaway code").first.inner_text()
    assert time.monotonic() - began < 60
    assert size(png) == (2400, 1350)
    assert re.fullmatch(r"kyiv-heating_loss-2026-01-01-2026-01-31-F-\w{12}-2x\.png", name)
    assert caption.startswith(f"{TITLE}. Source: Vitali Klitschko, mayor of Kyiv via UNN")
    assert "As known at" in caption and re.search(r"Figure F-\w{12}", caption)


def test_the_picture_on_the_page_is_the_file_that_is_saved(desk):
    name, svg = saved(desk, "Save SVG")
    assert name.endswith(".svg")
    shown = desk.locator(".preview img").get_attribute("src")
    assert desk.evaluate("src => fetch(src).then(each => each.text())", shown).encode() == svg


def test_the_svg_has_title_source_and_status_as_text_in_fonts_that_fall_back(desk):
    _, svg = saved(desk, "Save SVG")
    root, text = etree.fromstring(svg), said(svg)
    assert root.findtext(f"{SVG}title") == TITLE
    assert "others gave other numbers" in root.findtext(f"{SVG}desc")
    assert TITLE in text and "Source: Vitali Klitschko" in text and "Status:" in text
    styles = [each.get("style") for each in root.iter(f"{SVG}text")]
    assert all("sans-serif" in style for style in styles if "font-family" in style)
    assert not any('"Source Sans"' in style for style in styles)


def test_print_has_three_times_the_size(desk):
    name, png = saved(desk, "PNG for print")
    assert name.endswith("-3x.png") and size(png) == (3600, 2025)


def test_the_picture_is_described_with_its_uncertainty(desk):
    alt = desk.locator(".preview img").get_attribute("alt")
    assert alt.startswith(TITLE)
    for part in ("highest", "not exact", "others gave other numbers", "in doubt are not drawn"):
        assert part in alt


def test_the_buttons_are_reached_and_used_from_the_keyboard(desk):
    button = desk.get_by_role("button", name=re.compile("Save PNG"))
    desk.get_by_role("button", name=re.compile("PNG for print")).focus()
    desk.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    assert button.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    with desk.expect_download(timeout=PATIENCE_MS) as download:
        desk.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("-2x.png")
    expect(desk.get_by_role("status").filter(has_text="Saved:")).to_be_visible()


def test_caption_and_link_are_copied_by_a_button_each(desk):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, begins in (("Copy caption", f"{TITLE}. Source: "), ("Copy link", "http")):
        desk.get_by_role("button", name=name).click()
        expect(desk.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
        assert desk.evaluate("navigator.clipboard.readText()").startswith(begins)
    assert LINK.match(desk.evaluate("navigator.clipboard.readText()"))


# The ZIP


def test_one_click_gives_everything(bundle):
    name, files = bundle
    stem = name.removesuffix(".zip")
    assert {each.removeprefix(f"{stem}/") for each in files} == {
        *(f"{stem}{ending}" for ending in ("-2x.png", "-3x.png", ".svg", ".csv")),
        *(f"{text}_{lang}.txt" for text in ("captions", "README") for lang in ("en", "uk")),
        *("alt.txt", "links.txt", "embed.html", "datapackage.json"),
    }


def test_the_zip_has_the_pictures_that_are_saved_one_by_one(bundle, desk):
    assert file(bundle, ".svg") == saved(desk, "Save SVG")[1]
    assert file(bundle, "-2x.png") == saved(desk, "Save PNG")[1]
    assert size(file(bundle, "-3x.png")) == (3600, 2025)


def test_the_zip_speaks_both_languages_and_names_sources_and_licences(bundle):
    assert "Підпис".upper() in file(bundle, "captions_uk.txt").decode("utf-8-sig")
    ukrainian = file(bundle, "README_uk.txt").decode("utf-8-sig")
    english = file(bundle, "README_en.txt").decode("utf-8-sig")
    for readme in (english, ukrainian):
        assert "https://unn.ua/" in readme and "Apache-2.0" in readme
    assert "Київ" in ukrainian


def test_the_numbers_are_those_of_the_chart_and_draw_it_again(bundle, shipped):
    view = View.read(parse_qs(HEATING.partition("?")[2]))
    picture = draw(view, shipped)
    numbers = file(bundle, ".csv")
    assert numbers == picture.csv
    rows = list(csv.DictReader(io.StringIO(numbers.decode("utf-8-sig"))))
    leading = {row["figure_id"] for row in rows if row["leads"] == "true"}
    assert set(picture.shown["figure_id"]) <= leading
    known_at = shipped.query("SELECT built_at FROM meta")["built_at"][0]
    again = redraw(picture.view, numbers, known_at)
    assert json.loads(again.chart.to_json()) == json.loads(picture.chart.to_json())


def test_the_pinned_link_keeps_its_moment_and_the_live_one_has_none(bundle):
    pinned, live = file(bundle, "links.txt").decode("utf-8-sig").split()
    assert parse_qs(urlsplit(pinned).query)["asof"]
    assert "asof" not in parse_qs(urlsplit(live).query)
    for link in (pinned, live):
        assert View.read(parse_qs(urlsplit(link).query)).places == ("UA80",)


# Choosing


def test_title_and_address_follow_the_choices_and_a_title_of_ones_own_stays(page, url):
    visit(page, url + HEATING)
    drawn(page)
    title = page.get_by_label("Title")
    expect(title).to_have_value(TITLE)
    title.fill("Kyiv is cold")
    title.press("Enter")
    drawn(page)
    expect(page.locator(".preview img")).to_have_attribute("alt", re.compile("^Kyiv is cold"))
    driving.choose(page, "Size", "Square")
    drawn(page)
    expect(title).to_have_value("Kyiv is cold")
    query = parse_qs(urlsplit(page.url).query)
    assert query["title"] == ["Kyiv is cold"] and query["size"] == ["square"]
    assert size(saved(page, "Save PNG")[1]) == (2160, 2160)
    page.reload()
    drawn(page)
    expect(page.get_by_label("Title")).to_have_value("Kyiv is cold")


def test_a_title_of_ones_own_gives_way_to_another_place(page, url):
    visit(page, f"{url}{HEATING}&title=Kyiv+is+cold")
    drawn(page)
    expect(page.get_by_label("Title")).to_have_value("Kyiv is cold")
    driving.choose(page, "Period", "December 2025")
    drawn(page)
    expect(page.get_by_label("Title")).to_have_value(re.compile("December 2025$"))


def test_a_kind_that_shows_fewer_places_says_which_show_more(page, url):
    visit(page, f"{url}{HEATING}&places=Kharkiv&kind=bars")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Small multiples")


def test_a_link_from_a_chart_brings_nothing_along_from_an_earlier_picture(page, url):
    visit(page, f"{url}{HEATING}&kind=line&size=story&title=Mine")
    drawn(page)
    driving.menu(page).filter(has_text="Heating").click()
    page.wait_for_url(re.compile("/heating"))
    driving.settle(page)
    make_a_figure(page)
    query = parse_qs(urlsplit(page.url).query)
    assert not {"kind", "size", "title"} & query.keys()
    expect(page.get_by_label("Title")).not_to_have_value("Mine")


@pytest.mark.parametrize(
    "query",
    combining.thinned(
        [
            "indicator=power_outage&kind=map&period=2026-01&theme=dark",
            "indicator=killed&kind=toll&period=2026-01&places=UA63&size=story",
            "indicator=killed&period=winter-2025&size=a4&lang=uk",
            "indicator=heating_loss&places=UA80&places=UA6312027001&period=winter-2025&lang=uk",
        ]
    ),
)
def test_every_kind_is_drawn_on_a_phone_without_running_over(open_page, url, query):
    page = open_page(width=390, height=844)
    visit(page, f"{url}/figure?{query}")
    drawn(page)
    assert driving.overflow(page) <= 0
    box = page.locator(".preview img").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    if "lang=uk" in query:
        expect(page.get_by_role("button", name=re.compile("^Зберегти PNG"))).to_be_visible()


def test_the_server_draws_the_same_picture(desk):
    name, svg = saved(desk, "SVG drawn by the server")
    assert name == saved(desk, "Save SVG")[0]
    assert said(svg) == said(saved(desk, "Save SVG")[1])
    assert size(saved(desk, "PNG drawn by the server")[1]) == (2400, 1350)


def test_a_browser_that_cannot_load_the_library_says_what_to_do(open_page, url):
    page = open_page()
    page.route("**/plotly.min.js*", lambda route: route.abort())
    page.goto(url + HEATING)
    expect(page.get_by_role("status").filter(has_text="Reload the page")).to_be_visible(
        timeout=PATIENCE_MS
    )


def test_the_pinned_link_shows_the_same_numbers_after_a_correction(open_page, served, own_store):
    server = served(own_store)
    page = open_page()
    visit(page, server.url + HEATING)
    drawn(page)
    pinned = page.locator(".st-key-takeaway code").filter(has_text=LINK).first.inner_text()
    before = said(saved(page, "Save SVG")[1])
    ledger = Ledger(own_store)
    last = re.search(r"F-\w{12}", before).group()
    time.sleep(1.1)
    ledger.decide(last, REJECT, "Olha", "the page was changed")
    snapshot.publish(ledger)
    assert last not in set(Reader(own_store).query("SELECT figure_id FROM figures")["figure_id"])
    visit(page, server.url + HEATING)
    drawn(page)
    assert last not in said(saved(page, "Save SVG")[1])
    page.goto(pinned)
    # The snapshot of then is built first: seconds, many of them on a busy machine.
    expect(page.locator(".st-key-asof-banner")).to_be_visible(timeout=4 * PATIENCE_MS)
    drawn(page)
    after = said(saved(page, "Save SVG")[1])
    assert last in after
    assert numbers(after) == numbers(before)


def numbers(text: str) -> str:
    """What a picture says, but for the moment at which that was known."""
    return re.sub(r"As known at .*? Kyiv time", "", text)
