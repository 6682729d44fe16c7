"""Feeds tell what was decided within a minute, of a store as large as the shipped one."""

import time

import pytest

from impact.store import inbox
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT, WITHDRAW, Ledger
from pages.api._serving import LIVE
from pages.parts.review.publishing import LONGEST, Publisher
from tests.made import toll
from tests.pages.api.asking import ask
from tests.waiting import until

MINUTE = 60
pytestmark = pytest.mark.slow


def asked(path: str) -> str:
    return ask(path).body.decode()


def test_a_report_and_a_withdrawal_stand_in_the_feeds_within_a_minute_of_the_decision(
    own_store, monkeypatch
):
    monkeypatch.setenv("IMPACT_STORE", str(own_store))
    ledger = Ledger(own_store)
    upload, _ = inbox.receive(ledger, b"a report", "report.txt", "Olena")
    new, title = toll(5.0, publisher="The Northern Courier"), "A report of the last hour"
    inbox.record(ledger, upload, [Part(name="report.txt", title=title, figures=[new])])
    publisher = Publisher(ledger)
    until(lambda: not publisher.busy)
    assert title not in asked("/feed.xml")

    began = time.monotonic()
    ledger.decide(new.figure_id, ACCEPT, "Olena", "read")
    publisher.wake()
    until(lambda: title in asked("/feed.xml"), MINUTE)
    accepted = time.monotonic() - began

    began = time.monotonic()
    ledger.decide(new.figure_id, WITHDRAW, "Taras", "told twice")
    publisher.wake()
    until(lambda: new.figure_id in asked("/corrections.xml"), MINUTE)
    withdrawn = time.monotonic() - began

    # Whoever reads a feed through a cache sees it so much later.
    assert max(accepted, withdrawn) + LIVE < MINUTE


def test_however_long_a_reviewer_goes_on_publishing_begins_in_time():
    assert LONGEST + LIVE < MINUTE
