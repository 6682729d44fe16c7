"""What a picture is quoted with: caption, citation, alt text, links, embed snippet, ZIP."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from impact.store.reader import Reader
from impact.views import View, bundle, citation, draw
from tests.made import MAYOR, MINISTER, figure, shown

PAGE, AT = "http://desk.example/figure", datetime(2026, 1, 30, 10, 5)
VIEW = View(indicator="heating_loss", places=("UA80",), title="Own & <words>", language="en")
MADE = [
    figure(value=6000.0, bound="about", attributed_to=MAYOR, url="https://one.example/a"),
    figure(value=3300.0, status="without", attributed_to=MAYOR, url="https://one.example/a"),
    figure(value=3200.0, status="without", bound="at_least", attributed_to=MINISTER),
    figure(value=320_000.0, date="2026-01-23", published="2026-01-23"),
    figure(value=12_000.0, indicator="apartment_blocks", status="", date="2026"),
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with shown(*MADE) as reader:
        yield reader


@pytest.fixture(scope="module")
def picture(reader):
    return draw(VIEW, reader)


@pytest.fixture(scope="module")
def links(picture):
    return citation.links(VIEW, picture.view, PAGE, AT)


@pytest.fixture(scope="module")
def quoted(picture, reader, links):
    return citation.quote(picture, reader, links)


def test_the_caption_says_what_is_shown_who_said_it_when_and_under_which_id(quoted, picture):
    assert quoted.caption.startswith("Own & <words>. Source: ")
    assert "As known at" in quoted.caption and "Status:" in quoted.caption
    assert picture.name.rpartition("F-")[2] in quoted.caption


def test_the_citation_ends_with_the_pinned_link(quoted, links):
    assert quoted.citation.startswith("“Own & <words>”. ")
    assert quoted.citation.endswith(links.pinned)


def test_the_alternative_text_tells_bounds_rivals_and_doubts_held_back(quoted):
    assert "1 of them is not exact" in quoted.alt
    assert "For 1 of them others gave another number." in quoted.alt
    assert "3,200" in quoted.alt
    assert "1 figure in doubt is not drawn: 320,000 buildings" in quoted.alt


def test_in_another_language_the_publishers_own_title_stays_away(reader, links):
    ukrainian = draw(citation.in_language(VIEW, "uk"), reader)
    said = citation.quote(ukrainian, reader, links)
    assert "Own" not in said.caption + said.alt
    assert "Дані:" in said.caption and said.citation.startswith("«")


def test_a_view_in_its_own_language_keeps_its_words():
    assert citation.in_language(VIEW, "en") == VIEW


def test_the_pinned_link_says_everything_and_the_live_one_leaves_open_what_was_open(links):
    pinned, live = (parse_qs(urlsplit(each).query) for each in (links.pinned, links.live))
    assert pinned["asof"] == ["2026-01-30T12:05"]  # Kyiv time
    assert {"period", "unit", "places"} <= pinned.keys()
    assert not {"asof", "period", "unit"} & live.keys()
    assert View.read(live) == VIEW


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(
        lambda at: at.replace(microsecond=0)
    ),
    st.integers(0, 100_000),
)
def test_a_pinned_moment_has_all_that_is_published_and_lies_not_ahead(built_at, seconds):
    now = built_at + timedelta(seconds=seconds)
    at = citation.pin(built_at, now)
    assert built_at <= at <= now
    assert now - at < timedelta(minutes=1)


def test_the_snippet_is_html_that_holds_whatever_was_typed(quoted, picture, links):
    snippet = html.fragment_fromstring(citation.embed(quoted, picture, links, "a&b.png"))
    image, [alive] = snippet.find(".//img"), snippet.xpath("figcaption/a")
    assert image.get("src") == "a&b.png" and image.get("alt") == quoted.alt
    assert snippet.find("a").get("href") == links.pinned
    assert alive.get("href") == links.live
    assert "Own & <words>" in snippet.text_content()


def test_the_zip_is_the_same_whenever_it_is_made(quoted, picture, links):
    drawings = {".svg": b"<svg/>", "-2x.png": b"PNG"}
    packed = bundle.pack(picture, [quoted], links, drawings)
    assert packed == bundle.pack(picture, [quoted], links, dict(reversed(drawings.items())))
    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert {name.partition("/")[0] for name in archive.namelist()} == {picture.name}
    assert archive.read(f"{picture.name}/{picture.name}.csv") == picture.csv
    assert archive.read(f"{picture.name}/{picture.name}.svg") == b"<svg/>"


def test_the_zip_says_to_programs_what_its_table_is(quoted, picture, links):
    archive = zipfile.ZipFile(io.BytesIO(bundle.pack(picture, [quoted], links, {})))
    told = json.loads(archive.read(f"{picture.name}/datapackage.json"))
    (resource,) = told["resources"]
    assert archive.read(f"{picture.name}/{resource['path']}") == picture.csv
    assert told["title"] == quoted.title


def test_the_readme_names_every_page_with_its_figures_and_every_licence(quoted, picture):
    readme = bundle.readme(picture, quoted, picture.view.words)
    rows = picture.rows
    for each in (*rows["url"], *rows["figure_id"], *rows["licence"]):
        assert each in readme
    assert quoted.citation in readme
