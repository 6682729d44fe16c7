"""News: a report is new for a day from its first acceptance, a table never is."""

from datetime import timedelta

import pytest

from impact.model import dates
from impact.queries import recent
from impact.store import inbox, snapshot
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT
from impact.store.reader import Reader
from tests.made import figure, offer, toll

pytestmark = pytest.mark.slow  # each publishes stores


def test_a_report_is_new_for_a_day_after_its_first_acceptance(ledger):
    offer(ledger, figure())
    upload, _ = inbox.receive(ledger, b"a report", "report.txt", "Olena")
    tolls = toll(), toll(9.0, indicator="injured")
    inbox.record(ledger, upload, [Part(name="report.txt", title="Week 4", figures=tolls)])
    snapshot.publish(ledger)
    reader, now = Reader(ledger.folder), dates.now()
    assert recent.fresh(recent.reports(reader), now).empty
    for each in tolls:
        ledger.decide(each.figure_id, ACCEPT, "Olena", "read")
    snapshot.publish(ledger)
    later = dates.now()
    (row,) = recent.fresh(recent.reports(reader), later).to_dict("records")
    assert (row["title"], row["figures"], row["publisher"]) == ("Week 4", 2, "UNN")
    assert now <= row["accepted_at"] <= later
    assert recent.fresh(recent.reports(reader), later + recent.FRESH + timedelta(seconds=1)).empty
    assert len(recent.reports(reader)) == 1


def test_an_empty_store_has_no_news(tmp_path):
    assert recent.reports(Reader(tmp_path)).empty
