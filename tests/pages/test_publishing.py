"""Publishing beside the pages: what was decided is published, even if a crash came in between."""

import pytest

from impact.store import inbox, snapshot
from impact.store.condition import watch
from impact.store.faults import PublishingFails, StorageAway, StorageFull, StoreFull, StoreReadOnly
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT, REJECT
from impact.store.reader import Reader
from pages.parts.review import publishing
from pages.parts.review.publishing import Publisher
from tests.made import figure, offer, toll
from tests.pages.api.asking import ask, told
from tests.waiting import until


def proposed(ledger, *figures) -> None:
    """Figures that await a decision."""
    upload, _ = inbox.receive(ledger, b"a report", "report.txt", "Olena")
    inbox.record(ledger, upload, [Part(name="report.txt", figures=figures)])


def test_what_a_crash_left_decided_and_unpublished_is_published_at_the_next_start(ledger):
    proposed(ledger, figure(), toll())
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    Publisher(ledger)
    reader = Reader(ledger.folder)
    until(lambda: reader.count() == 1)
    ledger.decide(figure().figure_id, ACCEPT, "Olena", "read")
    Publisher(ledger)
    until(lambda: reader.count() == 2)


def test_a_start_publishes_no_tables_that_are_still_being_loaded(ledger):
    assert not snapshot.begun(ledger)
    proposed(ledger, toll())
    offer(ledger, figure(), name="the first of several tables")
    assert not snapshot.begun(ledger)
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    assert snapshot.begun(ledger)


def test_a_store_that_cannot_be_looked_into_yet_is_tried_again(ledger, monkeypatch):
    proposed(ledger, toll())
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    publish, tries = snapshot.publish, []

    def busy(*_):
        raise OSError("busy")

    def later(source):
        tries.append(source)
        return publish(source) if len(tries) > 1 else busy()

    monkeypatch.setattr(snapshot, "begun", busy)
    monkeypatch.setattr(snapshot, "publish", later)
    monkeypatch.setattr(publishing, "LONGEST", 0.1)
    publisher = Publisher(ledger)
    until(lambda: len(tries) > 1 and not publisher.busy)
    assert Reader(ledger.folder).count() == 1


def failing(ledger, monkeypatch, error: Exception) -> tuple[Publisher, list[bool]]:
    """Who publishes a decision, which fails until the list is cleared."""
    proposed(ledger, toll())
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    publish, broken = snapshot.publish, [True]

    def sometimes(source):
        if broken:
            raise error
        return publish(source)

    monkeypatch.setenv("IMPACT_STORE", str(ledger.folder))
    monkeypatch.setattr(snapshot, "publish", sometimes)
    monkeypatch.setattr(publishing, "LONGEST", 0.1)
    publisher = Publisher(ledger)
    return publisher, broken


def test_what_no_waiting_mends_is_told_on_health_until_it_is_mended(ledger, monkeypatch):
    publisher, broken = failing(ledger, monkeypatch, ValueError("Length mismatch"))
    until(lambda: isinstance(publisher.fault, PublishingFails))
    response = ask("/health")
    assert response.status_code == 503 and told(response)["status"] != "ok"
    assert any("cannot be published" in each for each in told(response)["problems"])
    broken.clear()
    until(lambda: not publisher.busy)
    assert ask("/health").status_code == 200 and not publisher.failed


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (StoreFull, "too little room to publish"),
        (StoreReadOnly, "cannot be published"),
        # Where machines share a store: what is full, or away for a moment, may answer a look.
        (StorageFull, "has too little room"),
        (StorageAway, "cannot be reached"),
    ],
)
def test_a_disk_that_takes_no_snapshot_is_told_and_closes_nothing(ledger, monkeypatch, fault, says):
    """A report, or one decision more, takes far less room than a snapshot."""
    publisher, broken = failing(ledger, monkeypatch, fault("No space left on device"))
    until(lambda: publisher.fault)
    response = ask("/health")
    assert response.status_code == 503
    assert any(says in each for each in told(response)["problems"])
    assert not any(each.closes for each in watch(str(ledger.folder)).faults())
    broken.clear()
    until(lambda: not publisher.busy)
    assert ask("/health").status_code == 200


def test_a_document_that_was_stored_twice_stops_no_publishing(ledger):
    for text in (b"one", b"other"):
        upload, _ = inbox.receive(ledger, text, "week.eml", "Olena")
        inbox.record(ledger, upload, [Part(name="a.txt", figures=(toll(),))])
    with ledger.connect() as connection:  # as a former version stored two attachments of one name
        rows = connection.execute("SELECT * FROM documents LIMIT 1").df()
        again = {name: rows[name].tolist()[0] for name in rows if name != "number"}
        ledger.append(connection, "documents", again)
    for number, kind in enumerate((ACCEPT, REJECT, ACCEPT)):
        ledger.decide(toll().figure_id, kind, "Olena", "read")
        snapshot.publish(ledger)
        assert Reader(ledger.folder).count() == (number + 1) % 2
