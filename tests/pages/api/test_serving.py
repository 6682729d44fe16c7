"""Every address: methods, errors, caching, and what a running server makes of bad requests."""

import json
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model import dates
from impact.store import as_of, snapshot
from pages import api
from pages.api import _serving
from tests import combining
from tests.made import offer, publish_once, toll
from tests.pages.api.asking import ask, fetch, told

PATHS = [each.path for each in api.addresses()]
# Pictures need an indicator, and a browser on the server: test_chart.py and test_embed.py.
ADDRESSES = [path for path in PATHS if "chart" not in path and path != "/embed"]
KEPT = [each.path for each in api.addresses() if each.kept and each.path in ADDRESSES]
each_address = pytest.mark.parametrize("path", ADDRESSES)
each_kept = pytest.mark.parametrize("path", KEPT)


@pytest.fixture
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))


@pytest.fixture(scope="module")
def base(served, stores) -> str:
    """The address of a server of the small store."""
    return served(stores["small"]).url


@each_address
def test_an_address_answers_get_and_head_alike(base, path):
    status, headers, body = fetch(base, path)
    assert status == 200 and body
    status, again, empty = fetch(base, path, "HEAD")
    assert status == 200 and empty == b""
    changing = {"date", "content-length", "vary"}
    assert {n: t for n, t in headers.items() if n not in changing} == {
        n: t for n, t in again.items() if n not in changing
    }
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_an_address_is_only_read(base, path, method):
    status, headers, body = fetch(base, path, method)
    assert status == 405 and headers["allow"] == "GET, HEAD"
    assert json.loads(body)["allowed"] == ["GET", "HEAD"]


@pytest.mark.parametrize("path", ["/api/figures.xml", "/api/figures", "/api/a/b/c", "/api/.env"])
def test_what_is_no_address_is_not_found_and_the_addresses_are_told(base, path):
    status, _, body = fetch(base, path)
    assert status == 404 and json.loads(body)["allowed"] == PATHS


@pytest.mark.parametrize(
    "path",
    [
        "/api/../store/ledger.duckdb",
        "/api/%2e%2e/%2e%2e/etc/passwd",
        "/api/..%2f..%2fledger.duckdb",
        "/store/ledger.duckdb",
        "/originals/",
        "/api//figures.csv",
        "//api/figures.csv",
        "/api/figures.csv/../../dashboard.py",
        "/api/%00",
    ],
)
def test_no_path_leads_to_a_file_of_the_store_or_the_code(base, path):
    _, _, body = fetch(base, path)
    assert b"import streamlit" not in body and b"DUCK" not in body and b"root:" not in body


def test_the_pages_are_still_there_beside_the_addresses(base):
    for page in ("/", "/data", "/api", "/heating"):
        status, headers, _ = fetch(base, page)
        assert status == 200 and headers["content-type"].startswith("text/html")


NASTY = [
    b"places=%00",
    b"places=%ff%fe",
    b"places=%ed%a0%80",
    b"places=%c0%af",
    b"words=" + b"%41" * 1300,
    b"words=" + b"a" * 70_000,
    b"words='%3B%20DROP%20TABLE%20figures%3B%20--",
    b"words=%25%27%22%5C%60%24%7B%7D",
    b"words=%E2%80%AE%F0%9F%92%A5%CC%88",
    b"indicator=killed'%20OR%20'1'%3D'1",
    b"rule=responsible%20=%200%20OR%20rank_latest",
    b"limit=0x10",
    b"limit=1.5",
    b"offset=%2B1",
    b"period=0000",
    b"period=winter-0000",
    b"from=9999-12-31&to=0001-01-01",
    b"%00%00=%00",
    b"=",
    b"&&&&",
    b"a" * 5000,
    b"&".join([b"places=Kyiv"] * 300),
    b"lang=..%2f..%2fuk",
    b"hxl=1&hxl=1",
    b"%",
    b"%zz=%zz",
    b";;a=b",
]


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("path", ["/api/figures.json", "/api/sources.json", "/api/chart.svg"])
def test_nasty_requests_are_answered_with_400_or_as_asked_and_harm_nothing(base, path, query):
    parts = urlsplit(base)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(
            b"GET %s?%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            % (path.encode(), query)
        )
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    status = int(answer.split()[1])
    assert status in (200, 400)
    assert b"Traceback" not in answer and b".py" not in answer
    assert fetch(base, "/health")[0] == 200


@given(query=st.text(st.characters(max_codepoint=126, min_codepoint=33), max_size=80))
def test_no_query_whatever_fails(stores, query):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPACT_STORE", str(stores["small"]))
        for path in PATHS:
            response = ask(f"{path}?{query}")
            assert response.status_code in (200, 400)
            if response.status_code == 400:
                assert told(response)["error"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_parameter_is_refused_in_the_language_asked_for(small, path):
    response = ask(f"{path}?colour=red")
    assert response.status_code == 400
    answer = told(response)
    assert answer["parameter"] == "colour" and answer["help"] == "/api"
    assert response.headers["cache-control"] == "no-store"


def test_errors_are_told_in_both_languages(small):
    english, ukrainian = (
        told(ask(f"/api/figures.csv?indicator=kiled&lang={lang}")) for lang in ("en", "uk")
    )
    assert english["error"] != ukrainian["error"]
    assert english["allowed"] == ukrainian["allowed"]


@each_kept
def test_whoever_has_the_answer_is_told_so(small, path):
    first = ask(path)
    tag, time = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["cache-control"] == f"public, max-age={_serving.LIVE}"
    for held in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        again = ask(path, If_None_Match=held)
        assert again.status_code == 304 and again.body == b""
        assert again.headers["etag"] == tag
    assert ask(path, If_None_Match='"other"').status_code == 200
    assert ask(path, If_Modified_Since=time).status_code == 304
    assert ask(path, If_Modified_Since="Mon, 01 Jan 2024 00:00:00 GMT").status_code == 200
    assert ask(path, If_Modified_Since="yesterday").status_code == 200
    # The tag goes before the time.
    both = ask(path, If_None_Match='"other"', If_Modified_Since=time)
    assert both.status_code == 200


def test_the_tag_tells_parameters_apart_and_not_their_order(small):
    def tag(query: str) -> str:
        return ask(f"/api/figures.csv?{query}").headers["etag"]

    assert tag("leads=1&limit=5") == tag("limit=5&leads=1")
    assert tag("limit=5") != tag("limit=6") != tag("limit=6&lang=uk")


def test_the_tag_changes_when_something_is_published(ledger):
    publish_once(ledger, toll(3.0))
    before = ask("/api/figures.json")
    assert told(before)["total"] == 1
    offer(ledger, toll(4.0), name="second")
    snapshot.publish(ledger)
    after = ask("/api/figures.json", If_None_Match=before.headers["etag"])
    assert after.status_code == 200 and told(after)["total"] == 2


@each_address
def test_an_empty_store_is_answered_too(store, path):
    response = ask(path)
    assert response.status_code == (503 if path == "/health" else 200)


@pytest.mark.parametrize("path", combining.thinned(KEPT, 3))
def test_a_lost_snapshot_is_a_sentence_and_no_trace(ledger, path):
    (ledger.folder / "published" / publish_once(ledger, toll())).unlink()
    response = ask(path)
    assert response.status_code == 503
    assert "The current snapshot is missing" in response.body.decode()
    assert "Traceback" not in response.body.decode() and str(ledger.folder) not in str(response)
    assert told(response).keys() == {"error"}


def test_big_answers_are_compressed_for_whoever_takes_it(base):
    _, headers, body = fetch(base, "/api/figures.json", headers={"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip" and body[:2] == b"\x1f\x8b"


def test_the_answers_leave_the_store_as_it_was(ledger):
    publish_once(ledger, toll())
    before = {path: path.read_bytes() for path in ledger.folder.rglob("*.duckdb")}
    for path in ADDRESSES:
        assert ask(path).status_code == 200
    assert {path: path.read_bytes() for path in ledger.folder.rglob("*.duckdb")} == before


# The past


def test_the_past_is_given_as_it_was_then(ledger):
    publish_once(ledger, toll(3.0, published="2026-01-24"), toll(9.0, published="2026-02-02"))
    then = ask("/api/figures.json?asof=2026-01-25")
    assert [row["value"] for row in told(then)["figures"]] == [3]
    assert told(ask("/api/figures.json?asof=2026-01-23T12:00"))["total"] == 0
    assert told(ask("/api/figures.json"))["total"] == 2
    assert then.headers["etag"] != ask("/api/figures.json").headers["etag"]
    again = ask("/api/figures.json?asof=2026-01-25", If_None_Match=then.headers["etag"])
    assert again.status_code == 304


def test_the_past_may_be_kept_longer_and_longest_where_it_was_recorded(ledger, monkeypatch):
    publish_once(ledger, toll(3.0))
    put_together = ask("/api/figures.json?asof=2026-01-25")
    assert put_together.headers["cache-control"] == "public, max-age=3600"
    assert "last-modified" not in put_together.headers
    later = dates.now() + timedelta(hours=2)
    monkeypatch.setattr(dates, "now", lambda: later)
    recorded = ask(f"/api/figures.json?asof={as_of.write(later - timedelta(hours=1))}")
    assert recorded.headers["cache-control"] == "public, max-age=86400"
    assert told(recorded)["total"] == 1


@pytest.mark.parametrize("query", [
    b"asof=2026-01-12", b"a%73of=2026-01-12", b"limit=1&%61%73%6f%66=2026-01-12",
])  # fmt: skip
def test_a_question_about_the_past_takes_its_turn_among_those_however_it_is_written(query):
    assert _serving._asks_for_the_past(query)


@pytest.mark.parametrize("query", [b"", b"words=asof%3D", b"title=asof=1", b"\xff=asof="])
def test_one_about_the_present_does_not(query):
    assert not _serving._asks_for_the_past(query)


@pytest.mark.parametrize("moment", ["2999-01-01", "never", "2026-01-12T25:00", "9999-12-31"])
def test_no_moment_of_the_past_is_refused(small, moment):
    response = ask(f"/api/figures.csv?asof={moment}")
    assert response.status_code == 400 and told(response)["parameter"] == "asof"
