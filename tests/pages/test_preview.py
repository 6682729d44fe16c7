"""The document of a page as somebody gets it who runs no script: a link's title and preview."""

import json
import re
from html import unescape

import pytest

from impact.address import parameters
from impact.store.reader import Reader
from impact.views import PARAMETERS, View
from impact.wording import markup
from pages.parts.shell import menu, preview
from pages.parts.shell.html_document import BROWSER
from pictures import chromium
from tests.pages.api.asking import fetch


def document(url: str, target: str, **headers: str) -> str:
    status, _, body = fetch(url, target, headers=headers)
    assert status == 200
    return body.decode()


def told(text: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', text)
    return unescape(found[1]) if found else ""


def title(text: str) -> str:
    (found,) = re.findall(r"<title>([^<]*)</title>", text)
    return unescape(found)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/heating?place=Kyiv&period=2026-01", "Kyiv buildings without heating, January 2026"),
        (
            "/heating?place=Kyiv&period=2026-01&lang=uk",
            "Будинки без опалення: Київ, січень 2026 року",
        ),
        ("/casualties", "Killed and injured by day: Ukraine, winter 2025/26"),
        ("/power?places=Kyiv", "Kyiv customers without power, winter 2025/26"),
        ("/", "The winter at a glance: Ukraine, winter 2025/26"),
    ],
)
def test_a_link_says_what_it_shows_and_who_said_it(url, target, expected):
    text = document(url, target)
    assert title(text) == told(text, "og:title") == expected
    # One sentence: where, when, how many, and in brackets who says so.
    said = told(text, "og:description")
    assert said == told(text, "description")
    assert re.match(r"(Kyiv|Ukraine|Київ), .*202\d.* – .*\d.* \(.+\)\.$", said)
    assert f'<html lang="{"uk" if "lang=uk" in target else "en"}">' in text


def test_the_link_to_a_night_says_which_and_what_was_done(url):
    text = document(url, "/attack?night=2026-01-24")
    assert title(text) == told(text, "og:title") == "Night of 23–24 January 2026"
    said = told(text, "og:description")
    assert said.startswith("375 drones, 21 missiles, killed: 1, injured: 31")
    assert "(Air Force of Ukraine; " in said and "Vitali Klitschko" in said


@pytest.mark.skipif(not chromium.find(), reason="no Chromium on this machine")
def test_the_picture_is_the_one_of_the_page_and_can_be_fetched(url):
    text = document(url, "/heating?place=Kyiv&period=2026-01")
    address = told(text, "og:image")
    assert address.startswith(f"{url}/api/chart.png?")
    query = address.partition("?")[2].encode()
    view = View.of(parameters.read_pairs(parameters.pairs(query), PARAMETERS))
    assert (view.indicator, view.places) == ("heating_loss", ("UA80",))
    status, headers, body = fetch(url, address.removeprefix(url))
    assert (status, headers["content-type"]) == (200, "image/png")
    assert (told(text, "og:image:width"), told(text, "og:image:height")) == ("1200", "630")
    assert body[:4] == b"\x89PNG"


@pytest.mark.parametrize("target", ["/", "/city", "/casualties", "/attack?night=2026-01-24"])
def test_the_picture_beside_a_link_is_as_wide_as_what_shows_links_cuts_it(url, target):
    text = document(url, target)
    assert (told(text, "og:image:width"), told(text, "og:image:height")) == ("1200", "630")
    assert told(text, "twitter:card") == "summary_large_image"


def test_a_picture_that_is_not_wide_stands_small_beside_its_link(url):
    text = document(url, "/figure?indicator=killed&kind=winter&size=square")
    assert told(text, "og:image:width") == told(text, "og:image:height")
    assert told(text, "twitter:card") == "summary" and "kind=winter" in told(text, "og:image")


@pytest.mark.parametrize("target", ["/upload", "/attack", "/heating?place=nowhere", "/figure"])
def test_a_page_without_a_picture_has_its_name_and_says_what_this_is(url, target):
    text = document(url, target)
    name = target.strip("/").partition("?")[0]
    (entry,) = (each for each in menu.entries() if each.name == name)
    assert title(text) == entry.title
    assert told(text, "og:description") == preview.ABOUT and not told(text, "og:image")


def test_a_browser_gets_the_document_at_once_and_names_its_own_tab(url):
    text = document(url, "/heating?place=Kyiv", **{BROWSER: "document"})
    assert title(text) == "Streamlit" and not told(text, "og:title")


def test_nothing_that_stands_in_an_address_is_markup(url):
    text = document(url, "/figure?indicator=killed&title=%3Cscript%3Ex%3C/script%3E%22%3E")
    assert title(text) == '<script>x</script>">' and "<script>x" not in text


@pytest.mark.parametrize("entry", menu.entries(), ids=lambda entry: entry.name)
def test_what_a_page_says_it_shows_are_parameters_of_a_view(entry):
    assert set(entry.shows or ()) <= {each.name for each in PARAMETERS}


def datasets(text: str) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return [json.loads(each) for each in found]


@pytest.mark.parametrize("target", ["/", "/data", "/heating?place=Kyiv&period=2026-01"])
def test_a_search_engine_is_told_what_data_there_are_and_where(url, target):
    (told_there,) = datasets(document(url, target))
    assert (told_there["@context"], told_there["@type"]) == ("https://schema.org", "Dataset")
    assert told_there["name"] and len(told_there["description"]) >= 50
    first, last = told_there["temporalCoverage"].split("/")
    assert first < "2026-01-24" < last
    assert told_there["spatialCoverage"]["name"] == "Ukraine"
    assert {each["propertyID"] for each in told_there["variableMeasured"]} >= {"killed"}
    assert all(each["name"] for each in told_there["license"])
    files = {each["contentUrl"]: each["encodingFormat"] for each in told_there["distribution"]}
    assert f"{url}/api/snapshot.duckdb" in files
    for address, mime in files.items():
        status, headers, _ = fetch(url, address.removeprefix(url), "HEAD")
        assert (status, headers["content-type"]) == (200, mime)


def test_the_data_are_told_of_in_the_language_of_the_page(url):
    english, ukrainian = (datasets(document(url, f"/data?lang={each}"))[0] for each in ("en", "uk"))
    assert (english["inLanguage"], ukrainian["inLanguage"]) == ("en", "uk")
    for name in ("name", "description", "variableMeasured", "distribution"):
        assert english[name] != ukrainian[name]
    assert english["temporalCoverage"] == ukrainian["temporalCoverage"]


def test_a_store_without_figures_describes_no_data(store):
    text = preview.head("data", b"", Reader(store), "http://127.0.0.1")
    assert datasets(text) == [] and "<title>" in text


def test_nothing_in_data_ends_the_script_that_holds_them():
    told_there = {"name": "</script><script>x</script><!-- &amp; \u2028"}
    written = markup.data(told_there)
    assert not set(written) & set("<>&\u2028")
    assert json.loads(written) == told_there


@pytest.mark.browser
def test_a_tab_has_the_name_of_its_page(page, url):
    page.goto(f"{url}/heating")
    page.wait_for_function("() => document.title.includes('Heating')")
