"""One view, wherever it is met, shows the same numbers: page, PNG, SVG, CSV, address and brief."""

import base64
import csv
import html
import io
import json
import re
from urllib.parse import urlencode

import pytest
from lxml import etree
from PIL import Image, ImageChops

from tests.pages.api.asking import fetch
from tests.pages.driving import visit

pytestmark = pytest.mark.browser

VIEW = {"indicator": "heating_loss", "places": "UA80", "period": "2026-01", "unit": "buildings"}
SVG = "{http://www.w3.org/2000/svg}"
# Of each bar of a chart in the browser: the figure's id, and the number it ends at.
BARS = """plot => plot._fullData.filter(trace => trace.type === 'bar' && trace.customdata)
  .flatMap(trace => [...trace.y].map((value, at) => [trace.customdata[at][1], value]))"""
# Draws an SVG as a PNG as large as another.
DRAWN = """async ([svg, width, height]) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,' + svg;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  return canvas.toDataURL('image/png').split(',')[1];
}"""


@pytest.fixture(scope="module")
def get(url):
    """The body of an address of the server."""

    def get_(path: str, **parameters) -> bytes:
        status, _, body = fetch(url, f"{path}?{urlencode(parameters)}")
        assert status == 200
        return body

    return get_


@pytest.fixture(scope="module")
def bars(window, url):
    """Figure's id -> the number its bar ends at, of the chart of the Heating page."""

    def bars_(**view) -> dict[str, float]:
        with window() as page:
            visit(page, f"{url}/heating?{urlencode(view)}")
            return dict(page.locator(".js-plotly-plot").first.evaluate(BARS))

    return bars_


@pytest.fixture(scope="module")
def on_the_page(bars) -> dict[str, float]:
    found = bars(**VIEW)
    assert len(found) > 20
    return found


@pytest.fixture(scope="module")
def svg(get) -> bytes:
    return get("/api/chart.svg", **VIEW)


@pytest.fixture(scope="module")
def brief(window, url) -> str:
    """The brief of Kyiv on 24 January 2026, as its page gives it."""
    with window() as page:
        visit(page, f"{url}/brief?place=UA80&day=2026-01-24")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the brief (HTML)").click()
        return download.value.path().read_text(encoding="utf-8")


def end_of(row) -> float:
    """Where the bar of a figure ends: at the upper end of a range."""
    return float(row["value_high"] or row["value"])


def heights(paths) -> list[float]:
    """How high drawn bars are, in px of their SVG."""
    found = [re.fullmatch(r"M[\d.-]+,([\d.-]+)V([\d.-]+)H[\d.-]+V[\d.-]+Z", path) for path in paths]
    return [float(bar[1]) - float(bar[2]) for bar in found if bar]


def assert_as_high(drawn: list[float], numbers, within: float) -> None:
    """Bars are as high as numbers say; `within` is what rounding to px may take, of the highest."""
    drawn, said = sorted(drawn), sorted(numbers)
    assert len(drawn) == len(said)
    for height, value in zip(drawn, said, strict=True):
        assert height / drawn[-1] == pytest.approx(value / said[-1], abs=within)


def test_the_csv_and_the_address_give_the_numbers_of_the_page(on_the_page, get):
    rows = csv.DictReader(io.StringIO(get("/api/figures.csv", **VIEW).decode("utf-8-sig")))
    by_csv = {row["figure_id"]: end_of(row) for row in rows}
    told = json.loads(get("/api/figures.json", **VIEW, leads=1))["figures"]
    by_address = {row["figure_id"]: end_of(row) for row in told}
    for figure_id, value in on_the_page.items():
        assert by_csv[figure_id] == by_address[figure_id] == value


def test_the_csv_of_the_picture_gives_the_numbers_of_the_page(on_the_page, page, url):
    visit(page, f"{url}/figure?{urlencode(VIEW)}")
    with page.expect_download() as download:
        page.get_by_role("button", name="These numbers as CSV").click()
    rows = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    numbers = {row["figure_id"]: end_of(row) for row in rows if row["leads"] == "true"}
    assert {each: numbers[each] for each in on_the_page} == on_the_page


def test_the_bars_of_the_svg_are_as_high_as_the_numbers_of_the_page(on_the_page, svg):
    root = etree.fromstring(svg)
    (panel,) = (each for each in root.iter(f"{SVG}g") if each.get("class") == "subplot xy")
    points = (each for each in panel.iter(f"{SVG}g") if each.get("class") == "point")
    drawn = heights(each.find(f"{SVG}path").get("d") for each in points)
    assert_as_high(drawn, on_the_page.values(), within=0.002)


def test_the_png_is_what_the_svg_draws(get, svg, page, url):
    png = Image.open(io.BytesIO(get("/api/chart.png", **VIEW))).convert("RGB")
    page.goto(f"{url}/health")
    again = page.evaluate(DRAWN, [base64.b64encode(svg).decode(), *png.size])
    drawn = Image.open(io.BytesIO(base64.b64decode(again))).convert("RGB")
    assert ImageChops.difference(png, drawn).getbbox() is None


def test_the_chart_of_the_brief_is_as_high_as_the_numbers_of_the_page(bars, brief):
    month = {"period": "days", "from": "2025-12-26", "to": "2026-01-24"}
    chart = re.search(r"<svg.*?</svg>", brief, re.DOTALL)[0]
    drawn = heights(re.findall(r'd="(M[^"]*)"', chart))
    assert_as_high(drawn, bars(**VIEW | month).values(), within=0.01)


def test_the_words_of_the_brief_give_the_numbers_of_the_address(brief, get):
    asked = VIEW | {"period": "2026-01-24", "leads": 1}
    found = json.loads(get("/api/figures.json", **asked))["figures"]
    told = [row for row in found if row["date"] == "2026-01-24"]  # not those of the whole month
    assert {row["value"] for row in told} == {6000, 3300}
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", brief)).split())
    for row in told:
        assert f"{row['value']:,.0f} buildings" in plain
        assert row["attributed_to"].split(" (")[0] in plain
