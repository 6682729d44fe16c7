"""A line of the log for each decision that is stored, and for no other."""

import json
import logging

import pytest

from impact.model import dates
from impact.store.ledger import ACCEPT, DISPUTE, Decision
from tests.made import figure, offer


@pytest.fixture
def lines(caplog):
    """What the log says of decisions."""
    caplog.set_level(logging.INFO, "impact.decisions")
    return lambda: [
        json.loads(each.getMessage()) for each in caplog.records if each.name == "impact.decisions"
    ]


def test_a_line_says_what_was_decided_and_names_nobody(ledger, lines, caplog):
    known = figure()
    offer(ledger, known)
    ledger.decide(known.figure_id, DISPUTE, "Olena Kovalenko", "I was there")
    document, figure_ = lines()
    assert (document["kind"], figure_["kind"]) == (ACCEPT, DISPUTE)
    assert figure_["subject"] == known.figure_id
    with ledger.look() as connection:
        stored = connection.execute(
            "SELECT decision_id, strftime(decided_at, '%Y-%m-%dT%H:%M:%SZ') FROM decisions "
            "ORDER BY number"
        ).fetchall()
    assert [(each["decision"], each["at"]) for each in lines()] == stored
    assert "Olena" not in caplog.text and "I was there" not in caplog.text


def test_what_was_not_stored_leaves_no_line(ledger, lines):
    known = figure()
    offer(ledger, known)
    before = lines()
    with pytest.raises(ValueError, match="reason"):
        ledger.decide(known.figure_id, DISPUTE, "Olena", "")
    decision = Decision(subject=known.figure_id, kind=DISPUTE, reason="I was there")
    with pytest.raises(RuntimeError, match="the power went"), ledger.connect() as connection:
        ledger.append_decision(connection, decision, "Olena", dates.now())
        raise RuntimeError("the power went")
    assert lines() == before
