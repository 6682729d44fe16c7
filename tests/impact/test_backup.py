"""Backups: what is taken along, what comes back, and what is never overwritten."""

import tarfile
import threading

import pytest

from impact import backup as backups
from impact import identity, inbox, people, published
from impact.backup import NoBackup, NotEmpty, backup, restore
from impact.ledger import ACCEPT, Document, Ledger
from tests import made


@pytest.fixture
def store(tmp_path) -> Ledger:
    """A store with an accepted table, a report that awaits review and a decision."""
    ledger = Ledger(tmp_path / "store")
    figures = [made.figure(value=number) for number in (3, 5)]
    ledger.store(
        Document(document_id="a" * 64, source="curated", name="a.csv", size=3),
        [b"abc"],
        figures,
        accepted_by="table",
    )
    upload, _ = inbox.receive(ledger, b"7 killed in Odesa", "report.txt", "Olha")
    part = inbox.Part(name="report.txt", text="7 killed in Odesa", figures=(made.figure(value=7),))
    inbox.record(ledger, upload, [part])
    ledger.decide(part.figures[0].figure_id, ACCEPT, "Olha", "checked")
    published.publish(ledger)
    return ledger


def test_a_backup_restores_to_the_same_store(store, tmp_path):
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    restore(again, tmp_path / "store.tar.gz")
    assert published.publish(again) == published.current(store.folder)
    for table in ("documents", "refusals", "decisions", "uploads", "readings", "figures"):
        assert again.table(table).equals(store.table(table)), table
    assert again.check() == published.check(again) == []
    document = inbox.listing(again)["document_id"][0]
    assert inbox.reading(again, document)["text"] == "7 killed in Odesa"


TWO = 'reviewers = ["Olena Koval", "Taras Melnyk"]'


def test_a_backup_takes_the_reviewers_along_so_that_one_person_does_not_suffice(store, tmp_path):
    (store.folder / people.NAME).write_text(TWO, encoding="utf-8")
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    restore(again, tmp_path / "store.tar.gz")
    assert people.reviewers(again.folder) == ("Olena Koval", "Taras Melnyk")


def test_reviewers_named_in_the_folder_stay_when_a_backup_is_restored(store, tmp_path):
    (store.folder / people.NAME).write_text(TWO, encoding="utf-8")
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    again.folder.mkdir()
    (again.folder / people.NAME).write_text(TWO.replace("Taras Melnyk", "Ihor Bondar"))
    restore(again, tmp_path / "store.tar.gz")
    assert people.reviewers(again.folder) == ("Olena Koval", "Ihor Bondar")


def test_a_backup_is_whole_while_others_write(store, tmp_path):
    def write():
        for number in range(8):
            inbox.receive(store, f"report {number}".encode(), f"{number}.txt", "Olha")

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(4):
        backup(store, tmp_path / f"{number}.tar.gz")
    writer.join()
    for number in range(4):
        again = Ledger(tmp_path / f"again{number}")
        restore(again, tmp_path / f"{number}.tar.gz")
        assert again.check() == []


def test_nothing_is_restored_over_a_store(store, tmp_path):
    backup(store, tmp_path / "store.tar.gz")
    with pytest.raises(NotEmpty, match="--store"):
        restore(store, tmp_path / "store.tar.gz")


def test_what_is_no_backup_leaves_nothing_behind(tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as archive:
        archive.add(broken, "etc/passwd")
    for path in (broken, other):
        with pytest.raises(NoBackup):
            restore(Ledger(tmp_path / "empty"), path)
    assert not Ledger(tmp_path / "empty").exists


def test_a_damaged_original_is_noticed(store, tmp_path):
    next(store.originals.glob("*")).write_bytes(b"altered")
    backup(store, tmp_path / "store.tar.gz")
    with pytest.raises(NoBackup, match="altered"):
        restore(Ledger(tmp_path / "again"), tmp_path / "store.tar.gz")


def test_nothing_is_backed_up_where_nothing_was_stored(tmp_path):
    with pytest.raises(FileNotFoundError):
        backup(Ledger(tmp_path / "none"), tmp_path / "none.tar.gz")
    assert not (tmp_path / "none.tar.gz").exists()


def test_a_backup_holds_no_snapshot_and_no_lock(store, tmp_path):
    backup(store, tmp_path / "store.tar.gz")
    with tarfile.open(tmp_path / "store.tar.gz") as archive:
        folders = {name.split("/")[0] for name in archive.getnames()}
    assert folders == {backups.LEDGER, identity.NAME, *backups.FOLDERS}
