"""Reports of ReliefWeb: they come into the inbox, and a person decides."""

from pathlib import Path

import pytest

from etl.__main__ import main
from etl.reliefweb import reports
from impact.store import inbox
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.etl.test_update import always, serving

pytestmark = pytest.mark.slow

REPLY = Path(__file__).parent / "replies" / "reliefweb.json"


def bring(store, reply) -> int:
    return main(["--store", str(store), "bring", str(reply)])


def test_a_report_comes_with_its_day_its_publisher_and_its_address():
    first, second, third = reports(REPLY.read_bytes())
    assert (first.published, first.publisher) == ("2026-01-24", "Example Relief Agency")
    assert first.url == "https://reliefweb.int/report/ukraine/example"
    assert "needs" in first.content.decode() and "6,000 buildings" in first.content.decode()
    assert (second.published, second.publisher) == ("", "")
    assert "&lt;таблиця&gt;" in second.content.decode()
    assert "no text" in third.unfit and "map/ukraine" in third.unfit


def test_its_figures_wait_for_a_person_and_nothing_is_published(store, capsys):
    assert bring(store, REPLY) == 1  # one of three has no text
    told = capsys.readouterr().out.splitlines()
    assert "received and read" in told[0] and "no text" in told[2]
    ledger = Ledger(store)
    first = next(each for each in inbox.uploads(ledger) if "4990001" in each.name)
    brought = inbox.listing(ledger)
    (document,) = brought[brought["upload_id"] == first.upload_id]["document_id"]
    assert 6000 in inbox.proposed(ledger, document)["value"].tolist()
    assert Reader(store).count() == 0


def test_bringing_the_same_reply_again_brings_nothing_new(store, capsys):
    bring(store, REPLY)
    capsys.readouterr()
    bring(store, REPLY)
    assert "brought before" in capsys.readouterr().out.splitlines()[0]
    assert len(inbox.uploads(Ledger(store))) == 2


def test_a_reply_may_be_named_by_its_address(store, capsys):
    with serving(always(REPLY.read_bytes())) as server:
        bring(store, f"{server.url}/v2/reports?appname=example")
    assert len(inbox.uploads(Ledger(store))) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html></html>", "web page and no data"),
        (REPLY.read_bytes()[:400], "breaks off"),
        (REPLY.read_bytes().replace(b'"data"', b'"items"'), "“data”"),
        (REPLY.read_bytes().replace(b'"fields"', b'"columns"'), "“fields”"),
        (REPLY.read_bytes().replace(b'"title"', b'"name"'), "“title”"),
    ],
)
def test_a_reply_that_is_not_what_it_was_is_told_in_a_sentence_and_brings_nothing(
    store, tmp_path, capsys, content, sentence
):
    path = tmp_path / "reply.json"
    path.write_bytes(content)
    assert bring(store, path) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("etl bring: ") and sentence in line
    assert not Ledger(store).exists
