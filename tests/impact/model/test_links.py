"""Links: only what leads to the web is passed on."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import source
from impact import queries
from impact.exports import tables
from impact.model import links
from impact.model.language import words
from impact.queries import search
from tests.made import figure

WEB = (
    "https://unn.ua/en/news/a?b=c&d=(e)#f", "http://example.org", "HTTPS://EXAMPLE.ORG:8443/A",
    "https://uk.wikipedia.org/wiki/Київ", "http://[2001:db8::1]/a",
)  # fmt: skip
ELSEWHERE = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "ftp://example.org/a",
    "//example.org/a", "/a", "a.html", "www.example.org", "mailto:a@example.org", "vbscript:x",
    "http://", "https:///a", "http:example.org", "http:/example.org", "http:\\\\example.org",
    "https://example.org\\@evil.example", "https://unn.ua@evil.example/", "https://a b.example/",
    "https://example.org/a b", "https://example.org/\n", "https://example.org/\x00", " https://a.b",
    "https://example.org/\u202egnp.exe", "https://example.org/\u200b", "https://example.org/\"><b>",
    "https://example.org:port/", "https://[::1/", "blob:https://example.org/a", "",
)  # fmt: skip


@pytest.mark.parametrize("url", WEB)
def test_an_address_on_the_web_is_passed_on_as_it_is(url):
    assert links.web(url) == url


@pytest.mark.parametrize("url", ELSEWHERE)
def test_any_other_address_is_no_link(url):
    assert links.web(url) == ""


@given(st.text(max_size=40))
def test_what_is_passed_on_begins_with_http_and_has_no_hidden_character(url):
    for asked in (url, f"https://{url}", f"http://example.org/{url}"):
        passed = links.web(asked)
        assert passed in ("", asked)
        assert not passed or passed.lower().startswith(("http://", "https://"))
        assert passed.isprintable() and " " not in passed


@pytest.mark.parametrize("name", [each for each in source.names() if source.get(each).SOURCE.url])
def test_the_addresses_of_our_own_tables_are_links(name):
    assert links.web(source.get(name).SOURCE.url)


def test_every_address_of_the_shipped_figures_is_a_link(shipped):
    stored = shipped.query("SELECT url AS address FROM figures WHERE url <> ''")["address"]
    assert len(stored) and [each for each in stored if not links.web(each)] == []


def test_the_ledger_keeps_an_address_as_it_came_and_no_file_passes_it_on(ledger, publish):
    reader = publish(*(figure(value=value, url=url) for value, url in enumerate(ELSEWHERE, 1)))
    kept = ledger.accepted().sort_values("value")
    assert kept["url"].tolist() == list(ELSEWHERE)
    assert set(reader.query("FROM figures")["url"]) == {""}
    claim = reader.query("FROM figures")["claim"][0]
    evidence = queries.evidence(reader, claim)["url"]
    found = tables.table(search.figures(reader, search.Search()))
    assert evidence.tolist() == found["url"].tolist() == [""] * len(ELSEWHERE)
    written = [each.write(found, words("en")) for each in tables.FORMATS.values()]
    telling = [url.encode() for url in ELSEWHERE if url.strip() and len(url) > 2]
    assert [url for url in telling if any(url in content for content in written)] == []


def test_a_list_of_a_page_is_a_table_whose_cells_no_spreadsheet_runs():
    table = pd.DataFrame({"=a": ["=HYPERLINK(1)", "@b", "-1"], "n": [-1.5, None, 2.0]})
    assert tables.listing(table).decode("utf-8-sig").split("\r\n") == [
        "'=a,n", "'=HYPERLINK(1),-1.5", "'@b,", "'-1,2.0", "",
    ]  # fmt: skip
