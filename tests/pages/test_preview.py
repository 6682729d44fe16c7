"""The document of a page as somebody gets it who runs no script: a link's title and preview."""

import re
from html import unescape

import pytest

from impact.address import parameters
from impact.views import PARAMETERS, View
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
        ("/attack?night=2026-01-20", "Customers without power: Ukraine, 20 January 2026"),
        ("/", "The winter at a glance: Ukraine, winter 2025/26"),
    ],
)
def test_a_link_says_what_it_shows_and_who_said_it(url, target, expected):
    text = document(url, target)
    assert title(text) == told(text, "og:title") == expected
    assert re.match("(Source|Дані): .*2026", told(text, "og:description"))
    assert f'<html lang="{"uk" if "lang=uk" in target else "en"}">' in text


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
    assert (told(text, "og:image:width"), told(text, "og:image:height")) == ("1200", "675")
    assert body[:4] == b"\x89PNG"


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


@pytest.mark.browser
def test_a_tab_has_the_name_of_its_page(page, url):
    page.goto(f"{url}/heating")
    page.wait_for_function("() => document.title.includes('Heating')")
