"""A backup restored for trial: it gives the same digests, touches no store and revives nobody."""

import json
import shutil
import sqlite3
import tarfile
import time
from pathlib import Path

import pytest

from etl.__main__ import main
from impact.access import logins, people, register, settings
from impact.access.rules import Role
from impact.store import snapshot_files
from impact.store.backup import CONTENTS, NoBackup, backup, backup_damaged, restore
from impact.store.decision import DISPUTE
from impact.store.drill import drill
from impact.store.ledger import Ledger
from tests import engines, made
from tests.impact.store.test_backup import filled
from tests.made import offer

pytestmark = [pytest.mark.slow, engines.folder_only("a shared store is backed up where it lies")]
SUBJECT = {"iss": "https://id.example.org", "sub": "o1", "name": "Olena Koval"}


@pytest.fixture
def office(tmp_path) -> Ledger:
    """A store with accounts, of which one is signed in and one has lost its role."""
    ledger = Ledger(tmp_path / "store")
    filled(ledger)
    people.add(ledger.folder, "o1", "Olena Koval", Role.REVIEWER)
    people.add(ledger.folder, "taras", "Taras Melnyk", Role.ADMIN)
    people.give(ledger.folder, "taras", None)
    return ledger


@pytest.fixture
def archive(office, tmp_path) -> Path:
    backup(office, tmp_path / "store.tar.gz")
    return tmp_path / "store.tar.gz"


def found_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        each.relative_to(folder).as_posix(): (each.stat().st_mtime_ns, each.read_bytes())
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_a_drill_gives_the_same_snapshot_and_touches_nothing(office, archive):
    before = found_in(office.folder)
    found = drill(archive, office)
    assert found_in(office.folder) == before
    assert found.snapshot == snapshot_files.current(office.folder)
    assert found.digests >= 10 and found.rows > 4 and found.people == 2
    assert set(found.since.values()) == {0}


def test_a_drill_tells_what_the_store_has_in_addition(office, archive, capsys):
    figure = office.table("figures")["figure_id"][0]
    # Their ids are chance: some stand before and some behind those of the backup.
    for number in range(8):
        office.decide(figure, DISPUTE, "Olena Koval", f"another count {number}")
    assert main(["--store", str(office.folder), "restore", "--check", str(archive)]) == 0
    told = capsys.readouterr().out
    assert "since then 8 decisions" in told and "all as they were" in told


def test_a_drill_on_a_new_machine_needs_no_store(archive, tmp_path, capsys):
    assert main(["--store", str(tmp_path / "none"), "restore", "--check", str(archive)]) == 0
    assert "no store here to compare" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def packed_anew(archive: Path, change) -> Path:
    """The archive with its unpacked folder changed."""
    folder = archive.with_name("unpacked")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    change(folder)
    with tarfile.open(archive, "w:gz") as packed:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                packed.add(each, each.relative_to(folder).as_posix())
    return archive


def other_contents(folder: Path) -> None:
    told = json.loads((folder / CONTENTS).read_text())
    told["tables"]["decisions"][1] = "0" * 64
    (folder / CONTENTS).write_text(json.dumps(told))


def other_reading(folder: Path) -> None:
    (path,) = (folder / "readings").glob("*.json")
    path.write_text(path.read_text().replace("Odesa", "Kyiv"))


def lost_original(folder: Path) -> None:
    next((folder / "originals").iterdir()).unlink()


def broken_register(folder: Path) -> None:
    (folder / register.NAME).write_bytes(b"SQLite format 3\0" + b"x" * 5000)


@pytest.mark.parametrize("change", [other_contents, other_reading, lost_original, broken_register])
def test_a_drill_fails_where_anything_differs(office, archive, change):
    with pytest.raises(NoBackup):
        drill(packed_anew(archive, change), office)


def test_the_backup_of_another_store_is_no_backup_of_this_one(archive, tmp_path):
    other = Ledger(tmp_path / "other")
    offer(other, made.figure(value=5))
    with pytest.raises(NoBackup, match="another store"):
        drill(archive, other)


def test_an_archive_from_before_digests_were_kept_is_compared_with_the_store(office, archive):
    found = drill(packed_anew(archive, lambda folder: (folder / CONTENTS).unlink()), office)
    assert found.digests == 0 and found.since is not None


# Accounts


def test_accounts_come_back_with_their_roles_and_taken_names(archive, tmp_path):
    again = Ledger(tmp_path / "again")
    restore(again, archive)
    (olena,) = people.everybody(again.folder)
    assert (olena.account, olena.role) == ("o1", Role.REVIEWER)
    with pytest.raises(ValueError, match="another account"):
        people.add(again.folder, "t2", "Taras Melnyk", Role.ADMIN)
    assert (again.folder / register.NAME).stat().st_mode & 0o077 == 0
    assert archive.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("by_hand", [False, True])
def test_no_sign_in_comes_back_with_a_backup(office, tmp_path, by_hand):
    found = settings.Settings(way=settings.OIDC)
    begun = logins.begin(office.folder, SUBJECT, found)
    assert logins.person(office.folder, logins.digest(begun.word), found)
    archive = tmp_path / "store.tar.gz"
    backup(office, archive)
    if by_hand:  # an archive that holds a register as it lay in a store
        packed_anew(archive, lambda to: shutil.copy(office.folder / register.NAME, to))
    again = Ledger(tmp_path / "again")
    restore(again, archive)
    assert logins.person(again.folder, logins.digest(begun.word), found) is None
    with sqlite3.connect(again.folder / register.NAME) as read:
        assert read.execute("SELECT count(*) FROM logins").fetchone() == (0,)
        assert read.execute("SELECT count(*) FROM people").fetchone() == (2,)


def test_the_register_in_the_folder_goes_before_that_of_the_backup(office, archive):
    people.give(office.folder, "o1", None)
    office.path.unlink()  # the ledger is lost, the register is not
    restore(office, archive)
    assert people.everybody(office.folder) == []


def test_a_damaged_store_is_kept_with_its_accounts(office, tmp_path):
    path, _ = backup_damaged(office, tmp_path / "store.tar.gz")
    with tarfile.open(path) as packed:
        assert register.NAME in packed.getnames()


def test_accounts_that_change_while_a_backup_is_made_do_not_spoil_it(office, tmp_path, monkeypatch):
    copied = register.copy_people

    def copy(folder: Path, to: Path) -> None:
        copied(folder, to)
        people.add(folder, f"new{time.monotonic_ns()}", f"New {time.monotonic_ns()}", Role.VIEWER)

    monkeypatch.setattr(register, "copy_people", copy)
    backup(office, tmp_path / "store.tar.gz")
    monkeypatch.undo()
    assert drill(tmp_path / "store.tar.gz", office).people >= 2
