"""Backups: what is taken along, what comes back, and what is never overwritten."""

import contextlib
import os
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from etl.__main__ import main
from impact.model import dates
from impact.store import backup as backups
from impact.store import identity, inbox, reviewers, snapshot, snapshot_files
from impact.store.backup import NoBackup, NotEmpty, backup, backup_damaged, restore
from impact.store.ledger import ACCEPT, Document, Ledger
from tests import engines, made
from tests.combining import ALL

pytestmark = [pytest.mark.slow, engines.folder_only("a shared store is backed up where it lies")]


@made.once
def filled(ledger: Ledger) -> None:
    """Brings an accepted table, a report and a decision, and publishes."""
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
    snapshot.publish(ledger)


@pytest.fixture
def store(tmp_path) -> Ledger:
    ledger = Ledger(tmp_path / "store")
    filled(ledger)
    return ledger


def test_a_backup_restores_to_the_same_store(store, tmp_path):
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    restore(again, tmp_path / "store.tar.gz")
    assert snapshot.publish(again) == snapshot_files.current(store.folder)
    for table in ("documents", "refusals", "decisions", "uploads", "readings", "figures"):
        assert again.table(table).equals(store.table(table)), table
    assert again.check() == snapshot.check(again) == []
    document = inbox.listing(again)["document_id"][0]
    assert inbox.reading(again, document)["text"] == "7 killed in Odesa"


TWO = 'reviewers = ["Olena Koval", "Taras Melnyk"]'


def test_a_backup_takes_the_reviewers_along_so_that_one_person_does_not_suffice(store, tmp_path):
    (store.folder / reviewers.NAME).write_text(TWO, encoding="utf-8")
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    restore(again, tmp_path / "store.tar.gz")
    assert reviewers.reviewers(again.folder) == ("Olena Koval", "Taras Melnyk")


def test_reviewers_named_in_the_folder_stay_when_a_backup_is_restored(store, tmp_path):
    (store.folder / reviewers.NAME).write_text(TWO, encoding="utf-8")
    backup(store, tmp_path / "store.tar.gz")
    again = Ledger(tmp_path / "again")
    again.folder.mkdir()
    (again.folder / reviewers.NAME).write_text(TWO.replace("Taras Melnyk", "Ihor Bondar"))
    restore(again, tmp_path / "store.tar.gz")
    assert reviewers.reviewers(again.folder) == ("Olena Koval", "Ihor Bondar")


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


def test_an_archive_that_may_not_be_read_says_whom_to_give_it_to(store):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        archive = folder / "store.tar.gz"
        backup(store, archive)
        archive.chmod(0)
        with _as_nobody(), pytest.raises(NoBackup, match="may not be read: give it"):
            restore(Ledger(folder / "empty"), archive)


@contextlib.contextmanager
def _as_nobody() -> Iterator[None]:
    """Nobody's rights, where the tests run with those of root, who may read everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_damaged_store_kept_on_request_is_not_restored(store, tmp_path):
    next(store.originals.glob("*")).write_bytes(b"altered")
    path, count = backup_damaged(store, tmp_path / "store.tar.gz")
    assert (path.name, count) == ("store-damaged-1.tar.gz", 5)
    with pytest.raises(NoBackup, match="altered"):
        restore(Ledger(tmp_path / "again"), path)


def test_nothing_is_backed_up_where_nothing_was_stored(tmp_path):
    with pytest.raises(FileNotFoundError):
        backup(Ledger(tmp_path / "none"), tmp_path / "none.tar.gz")
    assert not (tmp_path / "none.tar.gz").exists()


def test_a_backup_holds_no_snapshot_and_no_lock(store, tmp_path):
    backup(store, tmp_path / "store.tar.gz")
    with tarfile.open(tmp_path / "store.tar.gz") as archive:
        folders = {name.split("/")[0] for name in archive.getnames()}
    assert folders == {backups.LEDGER, backups.CONTENTS, identity.NAME, *backups.FOLDERS}


# A good archive is never spoiled


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """An archive of the store while it was sound. Copy it, never write."""
    folder = tmp_path_factory.mktemp("packed")
    sound = Ledger(folder / "store")
    filled(sound)
    assert etl(sound, "backup", folder / "store.tar.gz") == 0
    return folder / "store.tar.gz"


@pytest.fixture
def good(packed, tmp_path):
    return shutil.copy(packed, tmp_path / "store.tar.gz")


def etl(ledger: Ledger, *arguments: object) -> int:
    return main(["--store", str(ledger.folder), *map(str, arguments)])


def cut(size: float):
    """Truncates the ledger to a share of its size."""

    def damage_(ledger: Ledger) -> None:
        os.truncate(ledger.path, int(ledger.path.stat().st_size * size))

    return damage_


def flip(place: float):
    """Flips 64 bytes of the ledger at a share of its size."""

    def damage_(ledger: Ledger) -> None:
        content = bytearray(ledger.path.read_bytes())
        start = int(len(content) * place)
        content[start : start + 64] = bytes(255 - each for each in content[start : start + 64])
        ledger.path.write_bytes(content)

    return damage_


DAMAGES = {
    **{f"ledger cut to {size:.0%}": cut(size) for size in (0, 0.01, 0.6)},
    "original deleted": lambda ledger: next(ledger.originals.glob("*")).unlink(),
    "original altered": lambda ledger: next(ledger.originals.glob("*")).write_bytes(b"altered"),
    "reading cut": lambda ledger: os.truncate(next((ledger.folder / "readings").glob("*")), 9),
    "reading deleted": lambda ledger: next((ledger.folder / "readings").glob("*")).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_refused_and_kept_on_request_under_another_name(
    store, good, damage, capsys
):
    before = good.read_bytes()
    damage(store)
    assert etl(store, "backup", good) == 1
    told = capsys.readouterr().err
    assert told.startswith("etl backup: the store is damaged and nothing was written: ")
    assert "--damaged" in told and "Traceback" not in told
    good.with_name("store-damaged-1.tar.gz").write_bytes(b"an older one")
    assert etl(store, "backup", "--damaged", good) == 1
    assert good.with_name("store-damaged-1.tar.gz").read_bytes() == b"an older one"
    assert good.read_bytes() == before
    again = Ledger(good.parent / "again")
    assert etl(again, "restore", good.with_name("store-damaged-2.tar.gz")) == 1
    assert capsys.readouterr().err.startswith("etl restore: ")
    assert not again.exists


@pytest.mark.parametrize("place", [each / 8 for each in range(0, 8, 1 if ALL else 2)])
def test_flipped_bytes_are_refused_or_hurt_nothing(store, good, place, capsys):
    before, tables = good.read_bytes(), store.contents()
    flip(place)(store)
    if etl(store, "backup", good) == 1:
        assert good.read_bytes() == before
        assert "the store is damaged" in capsys.readouterr().err
        return
    again = Ledger(good.parent / "again")  # the bytes held nothing
    restore(again, good)
    assert all(again.contents()[table].equals(rows) for table, rows in tables.items())


def test_a_row_that_check_does_not_look_at_is_read_all_the_same(store, good, capsys):
    """The reason of a decision stands in no check; its block is read and found damaged."""
    store.decide(store.accepted()["figure_id"][0], "note", "Olha", "unmistakable " * 4000)
    store.checkpoint()
    content = bytearray(store.path.read_bytes())
    start = content.index(b"unmistakable ")
    content[start : start + 5] = b"mista"
    store.path.write_bytes(content)
    before = good.read_bytes()
    assert etl(store, "backup", good) == 1
    assert "damaged" in capsys.readouterr().err
    assert good.read_bytes() == before


def test_what_was_not_written_as_it_is_takes_no_name(store, good, monkeypatch):
    before, write = good.read_bytes(), backups._write

    def short(files, draft, told):
        write(files, draft, told)
        os.truncate(draft, draft.stat().st_size // 2)

    monkeypatch.setattr(backups, "_write", short)
    with pytest.raises(NoBackup):
        backup(store, good)
    assert good.read_bytes() == before
    assert list(good.parent.glob("*.part")) == []


def test_a_full_disk_leaves_the_good_archive_as_it_was(store, small_disk, capsys):
    path = small_disk / "store.tar.gz"
    assert etl(store, "backup", path) == 0
    before = path.read_bytes()
    inbox.receive(store, os.urandom(300_000), "large.txt", "Olha")
    assert etl(store, "backup", path) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert [each.name for each in small_disk.iterdir()] == ["store.tar.gz"]


def test_a_disk_without_room_for_a_restore_is_to_blame_and_not_the_archive(
    store, good, small_disk, capsys, monkeypatch
):
    inbox.receive(store, os.urandom(300_000), "large.txt", "Olha")
    assert etl(store, "backup", good) == 0
    assert etl(Ledger(small_disk / "again"), "restore", good) == 1
    assert "disk of this store is full" in (said := capsys.readouterr().err)
    assert "no backup" not in said
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    assert etl(store, "restore", "--check", good) == 1
    assert "no room" in (said := capsys.readouterr().err) and "no backup" not in said
    assert str(small_disk) in said


@pytest.mark.parametrize("place", [each / 5 for each in range(5)])
def test_a_damaged_archive_ends_in_a_sentence_and_leaves_nothing(good, place, capsys):
    content = bytearray(good.read_bytes())
    start = int(len(content) * place)
    content[start : start + 16] = bytes(255 - each for each in content[start : start + 16])
    good.write_bytes(content)
    again = Ledger(good.parent / "again")
    assert etl(again, "restore", good) == 1
    assert capsys.readouterr().err.startswith("etl restore: ")
    assert not again.exists and not again.originals.exists()


def test_a_store_with_a_wrong_clock_is_no_damaged_one(store, good, monkeypatch):
    monkeypatch.setattr(dates, "now", lambda: datetime(2025, 1, 5))
    made.offer(store, made.toll(4))
    monkeypatch.undo()
    assert store.clocks() != []
    assert backup(store, good) == 6
    restore(Ledger(good.parent / "again"), good)
