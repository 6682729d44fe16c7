"""What waits and what was decided last: counted from the ledger, with nobody's name."""

from datetime import datetime

from etl.reports.intake import read_upload
from impact.model import dates
from impact.store import inbox
from impact.store.ledger import ACCEPT, CLOCK, NOTE, REJECT, WITHDRAW
from impact.store.work import Work, work
from tests.made import figure, offer, toll

REPORT = b"In Odesa 7 people were killed on 24 January 2026."


def decided(ledger, kind: str) -> datetime:
    """When the only decision of a kind was made."""
    rows = ledger.table("decisions")
    (at,) = rows[rows["kind"] == kind]["decided_at"]
    return at


def test_of_a_store_that_never_was_there_is_none_and_none_is_made(ledger):
    assert work(ledger) == Work() and not ledger.folder.exists()


def test_a_table_that_its_loader_accepted_is_nobodys_decision(ledger):
    offer(ledger, figure())
    assert work(ledger) == Work()


def test_a_report_waits_to_be_read_then_for_a_decision_then_for_nothing(ledger):
    upload, _ = inbox.receive(ledger, REPORT, "report.txt", "Olha")
    assert work(ledger) == Work(unread=1)
    [part] = read_upload(ledger, upload)
    assert work(ledger) == Work(undecided=1)
    ledger.decide(part.figures[0].figure_id, REJECT, "Olha", "another day")
    assert work(ledger) == Work(decided_at=decided(ledger, REJECT))


def test_a_death_that_one_person_accepted_waits_for_the_second(ledger):
    upload, _ = inbox.receive(ledger, REPORT, "report.txt", "Olha")
    [part] = read_upload(ledger, upload)
    ledger.accept(part.figures[0].figure_id, "Olha", "read", second=True)
    assert work(ledger).undecided == 1
    ledger.accept(part.figures[0].figure_id, "Taras", "read", second=True)
    assert work(ledger) == Work(decided_at=decided(ledger, ACCEPT))


def test_a_report_that_states_nothing_or_cannot_be_opened_waits_for_nobody(ledger):
    for name, content in (("a.txt", b"It was quiet."), ("b.pdf", b"%PDF-1.7 nothing")):
        upload, _ = inbox.receive(ledger, content, name, "Olha")
        read_upload(ledger, upload)
    assert work(ledger) == Work()


def test_a_note_decides_nothing_and_a_table_taken_out_is_a_decision(ledger):
    loaded = offer(ledger, toll())
    ledger.decide(toll().figure_id, NOTE, "Olha", "asked the office")
    assert work(ledger).decided_at is None
    ledger.decide(loaded.document_id, WITHDRAW, "Olha", "twice the same table")
    assert work(ledger).decided_at == decided(ledger, WITHDRAW)


def test_a_decision_that_a_wrong_clock_dated_has_the_time_that_counts(ledger, monkeypatch):
    def at(day: datetime) -> None:
        monkeypatch.setattr(dates, "now", lambda: day)

    at(datetime(2026, 2, 1))
    offer(ledger, figure(), toll())
    at(datetime(2037, 1, 1))
    ledger.decide(figure().figure_id, REJECT, "Olha", "not in the text")
    at(datetime(2026, 2, 3))
    assert decided(ledger, REJECT) == datetime(2037, 1, 1)
    assert work(ledger).decided_at <= datetime(2026, 2, 3)
    number = int(ledger.table("decisions")["number"].max())
    ledger.set_time("decisions", number, datetime(2026, 2, 2), "Olha", "the clock stood wrong")
    assert decided(ledger, CLOCK) == datetime(2026, 2, 3)
    assert work(ledger).decided_at == datetime(2026, 2, 2)
