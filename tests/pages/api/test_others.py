"""/api/sources.json, /feed.xml and /health: what stands behind the figures, and if all is well."""

import threading
from xml.etree import ElementTree as xml

import pytest

from impact.exports import atom
from impact.model import language
from impact.store import inbox, snapshot
from pages.api import health
from tests.made import offer, publish_once, toll
from tests.pages import reading
from tests.pages.api.asking import ask, told


@pytest.fixture
def shipped_here(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


# Sources


def test_sources_account_for_every_figure(shipped_here, shipped):
    answer = told(ask("/api/sources.json"))
    assert sum(row["figures"] for row in answer["documents"]) == shipped.count()
    assert sum(row["documents"] for row in answer["licences"]) == answer["total"]
    assert all(row["licence"] for row in answer["documents"])
    assert len(answer["speakers"]) > 50 and len(answer["publishers"]) > 20


def test_sources_are_the_same_in_both_languages_but_for_the_words(shipped_here):
    english, ukrainian = (told(ask(f"/api/sources.json?lang={lang}")) for lang in ("en", "uk"))
    assert [row["document_id"] for row in english["documents"]] == [
        row["document_id"] for row in ukrainian["documents"]
    ]
    assert english["speakers"][0]["role"] == ukrainian["speakers"][0]["role"]
    assert english["speakers"][0]["role_name"] != ukrainian["speakers"][0]["role_name"]


def test_feeds_tell_up_to_which_day_their_data_go(shipped_here):
    found = {row["source"]: row for row in told(ask("/api/sources.json"))["feeds"]}
    assert (found["curated"]["newest"], found["curated"]["silent_after_days"]) == ("2026-03-21", 7)
    assert found["curated"]["rows_in"] == sum(
        found["curated"][each] for each in ("rows_kept", "rows_refused")
    )
    unloaded = found["acled"]
    assert {unloaded[each] for each in ("newest", "received_at", "rows_in", "fresh")} == {None}


def test_documents_come_in_pages(shipped_here):
    address, seen = "/api/sources.json?limit=2", []
    while address:
        answer = told(ask(address))
        seen += [row["document_id"] for row in answer["documents"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["total"]


def test_a_report_that_nobody_has_reviewed_is_not_told_of(ledger):
    offer(ledger, toll(), name="waiting", accepted_by="")
    offer(ledger, toll(3.0), name="accepted")
    snapshot.publish(ledger)
    answer = told(ask("/api/sources.json"))
    assert answer["total"] == len(answer["documents"]) == 1
    assert b"waiting" not in ask("/api/sources.json").body + ask("/feed.xml").body


# The feed


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_an_entry_links_to_the_documents_figures_on_the_data_page(shipped_here, shipped, lang):
    root = xml.fromstring(ask(f"/feed.xml?lang={lang}").body)
    entries = root.findall(f"{{{atom.ATOM}}}entry")
    assert entries
    for entry in entries[:2]:
        link = entry.find(f"{{{atom.ATOM}}}link").get("href")
        address, _, query = link.partition("?")
        assert address == "http://127.0.0.1/data"
        asked = dict(pair.split("=") for pair in query.split("&"))
        page = reading.open_page("pages/trust/data.py", **asked)
        assert not page.exception
        count = shipped.query(
            "SELECT count(*) AS n FROM figures WHERE document_id = $1", [asked["document"]]
        )["n"][0]
        words = language.words(lang)
        found = words.plural("{count} figure found", "{count} figures found", count)
        assert page.subheader[0].value == found


# Health


@pytest.fixture(autouse=True)
def fresh_watch():
    health.watch.cache_clear()


def test_a_filled_store_is_well(ledger):
    name = publish_once(ledger, toll())
    response = ask("/health")
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    answer = told(response)
    assert answer["status"] == "ok" and answer["snapshot"] == name and answer["figures"] == 1
    assert answer["ledger"] == "readable" and answer["unread_uploads"] == 0
    assert answer["built_at"].endswith("Z") and answer["version"]
    assert str(ledger.folder) not in response.body.decode()


def test_an_empty_store_is_not_well_and_is_not_made_by_asking(store):
    response = ask("/health")
    assert response.status_code == 503
    assert told(response)["status"] == "nothing published"
    assert told(response)["ledger"] == "absent"
    assert not store.exists()


def test_a_lost_snapshot_is_not_well(ledger):
    (ledger.folder / "published" / publish_once(ledger, toll())).unlink()
    response = ask("/health")
    assert response.status_code == 503 and told(response)["status"] == "snapshot missing"


def test_a_damaged_snapshot_is_not_well(ledger):
    (ledger.folder / "published" / publish_once(ledger, toll())).write_bytes(b"nothing of the kind")
    assert ask("/health").status_code == 503


def test_uploads_that_await_reading_are_counted(ledger):
    publish_once(ledger, toll())
    inbox.receive(ledger, b"a report", "report.txt", "A. Reviewer")
    assert told(ask("/health"))["unread_uploads"] == 1


def test_a_ledger_that_cannot_be_read_is_told_and_the_pages_figures_stand(ledger):
    publish_once(ledger, toll())
    ledger.path.write_bytes(b"no database")
    response = ask("/health")
    assert response.status_code == 503 and told(response)["figures"] == 1
    assert told(response)["ledger"] == "unreadable" and told(response)["status"] == "degraded"


def test_a_writer_is_not_waited_for(ledger, monkeypatch):
    publish_once(ledger, toll())
    monkeypatch.setattr(health, "WAIT", 0.2)
    answers = []
    with ledger.lock():
        asking = threading.Thread(target=lambda: answers.append(told(ask("/health"))))
        asking.start()
        asking.join(20)
    assert answers[0]["ledger"] == "busy" and answers[0]["figures"] == 1
