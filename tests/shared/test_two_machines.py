"""Two machines on one store: what one stores the other has, and nothing twice."""

import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="the extra `shared` is not installed")

import pandas as pd
import psycopg

from impact.store import backup, condition, engine, inbox, ledger_file, snapshot, snapshot_files
from impact.store.faults import (
    CopyAhead,
    LedgerAway,
    StorageAway,
    StorageFull,
    StoreIsCopy,
    StoreMixed,
)
from impact.store.ledger import ACCEPT, Ledger
from impact.store.reader import Reader
from impact.store.shared import comparing, moving, texts
from impact.store.shared.postgres import Rows
from impact.store.transaction import NotStored, TransactionFailed
from tests import damages
from tests.made import figure, offer
from tests.shared import postgres
from tests.shared.machines import Machines
from tests.shared.machines import machines as machines

STATEMENT = pd.DataFrame({"document_id": ["D"], "figure_id": ["F"]})
REPORT = b"On 24 January 6,000 buildings in Kyiv had no heating, the mayor said."


def test_what_one_stores_the_other_has(machines):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    assert other.exists
    assert other.contents()["figures"].equals(one.contents()["figures"])


def test_what_is_too_much_for_memory_comes_by_way_of_the_disk(machines, monkeypatch):
    one, other = machines("one"), machines("other")
    offer(one, figure(), figure(value=7.0))
    inbox.receive(one, REPORT, "report.txt", "Olena")
    monkeypatch.setattr(texts, "MOST", 1)  # each row is a piece of its own
    told, came = one.contents(), other.contents()
    assert all(came[name].equals(told[name]) for name in told)
    assert other.check() == [] and not [*other.folder.glob("came-*")]


def test_the_same_document_is_stored_once_wherever_it_is_offered(machines):
    one, other = machines("one"), machines("other")
    assert offer(one, figure()).new
    assert not offer(other, figure()).new
    assert len(one.table("documents")) == 1


def test_numbers_go_on_from_what_the_other_stored(machines):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    offer(other, figure(value=7.0), name="7")
    offer(one, figure(value=8.0), name="8")
    assert sorted(one.table("documents")["number"]) == [1, 2, 3]
    assert other.check() == []


@pytest.mark.parametrize("at_a_time", [25_000, 1])
@pytest.mark.parametrize(("by_hand", "told"), [
    ("DELETE FROM decisions", "decisions in the database: 1 rows of this machine's copy are not"),
    ("UPDATE figures SET value = 999", "figures in the database: 1 rows of this machine's copy"),
    ("DELETE FROM uploads", "uploads in the database: 1 rows of this machine's copy are not there"),
])  # fmt: skip
def test_what_somebody_changes_in_the_database_by_hand_is_told(
    machines, database, monkeypatch, by_hand, told, at_a_time
):
    """A copy that has the rows already never asks for them again."""
    monkeypatch.setattr(comparing, "AT_A_TIME", at_a_time)
    one, other = machines("one"), machines("other")
    offer(one, figure())
    inbox.receive(one, REPORT, "report.txt", "Olena")
    assert one.check() == other.check() == []
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute(by_hand).rowcount == 1
    offer(other, figure(value=7.0), name="7")  # what comes later is no difference
    for each in (one, other):
        assert [said for said in each.check() if told in said]


def test_an_original_is_read_on_the_machine_that_never_received_it(machines):
    one, other = machines("one"), machines("other")
    upload, _ = inbox.receive(one, REPORT, "report.txt", "Olena")
    assert not (other.originals / upload.upload_id).exists()
    assert inbox.content(other, upload.upload_id) == REPORT
    assert other.missing_originals() == []


def test_a_snapshot_of_one_is_shown_on_the_other(machines):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    name = snapshot.publish(one)
    assert other.engine.follow()
    assert snapshot_files.current(other.folder) == name
    assert Reader(other.folder).count() == 1
    assert not other.engine.follow()


def test_who_publishes_steps_on_from_what_the_other_published(machines):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    snapshot.publish(one)
    offer(other, figure(value=7.0), name="7")
    snapshot.publish(other)
    one.engine.follow()
    assert Reader(one.folder).count() == 2
    assert snapshot.check(one) == []


def test_a_machine_that_follows_while_it_publishes_is_not_in_its_own_way(machines):
    """The thread that follows hears of a snapshot before whoever published it points to it."""
    one, stopped = machines("one"), threading.Event()
    offer(one, figure())
    snapshot.publish(one)

    def follow() -> None:
        while not stopped.is_set():
            one.engine.follow()

    with ThreadPoolExecutor(2) as together:
        following = [together.submit(follow) for _ in range(2)]
        try:
            for number in range(15):
                offer(one, figure(value=float(number)), name=str(number))
                name = snapshot.publish(one)
                assert snapshot_files.current(one.folder) == name
        finally:
            stopped.set()
    assert [each.result() for each in following] == [None, None]


def test_a_snapshot_that_was_altered_on_its_way_is_not_shown(machines, tmp_path):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    name = snapshot.publish(one)
    kept = tmp_path / "blobs" / snapshot_files.FOLDER / name
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    with pytest.raises(StorageAway):
        other.engine.follow()
    assert not snapshot_files.shown(other.folder).name


@pytest.fixture
def storage(tmp_path) -> Iterator[Path]:
    """A folder for what machines share, on a disk of 32 MB."""
    with damages.small_disk(tmp_path / "disk", "32m") as disk:
        yield disk


def test_a_storage_without_room_is_told_and_takes_everything_again(
    database, tmp_path, storage, monkeypatch
):
    machines = Machines(database, tmp_path, str(storage))
    monkeypatch.setattr(engine, "of", machines.of)
    one = machines("one")
    offer(one, figure(), figure(value=7.0), accepted_by="")
    one.decide(figure().figure_id, ACCEPT, "Olena", "read")
    snapshot.publish(one)
    damages.fill(storage)
    with pytest.raises(StorageFull):
        inbox.receive(one, REPORT, "report.txt", "Olena")
    one.decide(figure(value=7.0).figure_id, ACCEPT, "Olena", "read")
    with pytest.raises(StorageFull):
        snapshot.publish(one)
    one.engine._look()  # what the thread that follows does each second
    assert [type(each) for each in condition.at_a_glance(one.folder)] == [StorageFull]
    (storage / "filling").unlink()
    one.engine._look()
    assert not condition.at_a_glance(one.folder)
    assert inbox.receive(one, REPORT, "report.txt", "Olena")[1]
    snapshot.publish(one)
    assert Reader(one.folder).count() == 2
    machines.close()


def test_a_storage_full_of_former_snapshots_makes_room_for_the_next_one(
    database, tmp_path, storage, monkeypatch
):
    machines = Machines(database, tmp_path, str(storage))
    monkeypatch.setattr(engine, "of", machines.of)
    one = machines("one")
    values = [figure(value=float(each)) for each in range(7, 11)]
    offer(one, *values, accepted_by="")
    for each in values[:3]:
        one.decide(each.figure_id, ACCEPT, "Olena", "read")
        snapshot.publish(one)
    former = snapshot_files.current(one.folder)
    assert len(one.engine.held(snapshot_files.FOLDER)) == 3
    one.decide(values[3].figure_id, ACCEPT, "Olena", "read")
    damages.fill(storage)
    snapshot.publish(one)
    assert Reader(one.folder).count() == 4
    now = snapshot_files.current(one.folder)
    assert one.engine.held(snapshot_files.FOLDER) == {former, now}
    machines.close()


def test_a_copy_that_is_lost_is_made_anew(machines):
    one = machines("one")
    offer(one, figure())
    before = one.contents()["figures"]
    one.path.unlink()
    assert one.contents()["figures"].equals(before)


def test_a_copy_is_no_store_of_its_own(machines, monkeypatch):
    offer(machines("one"), figure())
    folder = machines("one").folder
    monkeypatch.undo()
    ledger_file.forget_prepared()  # as another process, whose environment names no shared store
    with pytest.raises(StoreIsCopy):
        offer(Ledger(folder), figure(value=7.0), name="7")


def test_a_copy_of_another_store_is_refused(machines, database):
    offer(machines("one"), figure())
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE store SET store_id = 'S-another'; DELETE FROM changes")
    with pytest.raises(StoreMixed):
        offer(machines("one"), figure(value=7.0), name="7")


def test_a_ledger_that_was_put_back_to_an_earlier_state_is_not_gone_on_with(machines, database):
    offer(machines("one"), figure())
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM changes")
    with pytest.raises(CopyAhead):
        offer(machines("one"), figure(value=7.0), name="7")


def test_a_block_that_fails_leaves_no_trace(machines):
    one, other = machines("one"), machines("other")
    offer(one, figure())
    with pytest.raises(RuntimeError, match="midway"), one.connect() as connection:
        connection.append_new("statements", STATEMENT)
        raise RuntimeError("midway")
    assert len(one.table("statements")) == len(other.table("statements")) == 1


def test_who_looks_stores_nothing(machines):
    one = machines("one")
    offer(one, figure())
    with pytest.raises(TransactionFailed), one.look() as connection:
        connection.append_new("statements", STATEMENT)
    assert len(one.table("statements")) == 1


def test_a_commit_whose_answer_is_lost_is_looked_up(machines, monkeypatch):
    """The server has stored it, or has not: what is acknowledged is what it has."""
    one, other = machines("one"), machines("other")
    offer(one, figure())
    lost = psycopg.OperationalError("server closed the connection unexpectedly")
    execute = psycopg.Connection.execute

    def stored(self, query, *values, **options):
        found = execute(self, query, *values, **options)
        if "COMMIT" in str(query):
            self.close()
            raise lost
        return found

    def unstored(self, query, *values, **options):
        if "COMMIT" in str(query):
            self.close()
            raise lost
        return execute(self, query, *values, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "execute", stored)
        assert offer(one, figure(value=7.0), name="7").new
    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "execute", unstored)
        with pytest.raises(NotStored):
            offer(one, figure(value=8.0), name="8")
    assert len(one.table("documents")) == len(other.table("documents")) == 2
    assert one.check() == other.check() == []


def test_without_its_database_a_machine_shows_what_it_has_and_goes_on_by_itself(
    machines, postgres_server
):
    one = machines("one")
    offer(one, figure())
    one.table("figures")  # its copy has what it stored once somebody has looked
    postgres_server.kill()
    try:
        assert len(one.table("figures")) == 1
        with pytest.raises(LedgerAway):
            offer(one, figure(value=7.0), name="7")
        assert [type(each) for each in one.engine.faults()] == [LedgerAway]
    finally:
        postgres_server.start()
    assert offer(one, figure(value=7.0), name="7").new
    assert one.engine.faults() == []


def test_a_database_that_ends_while_a_copy_catches_up_leaves_no_part_there(
    machines, postgres_server, monkeypatch
):
    """What came until then would come again later: every line of it twice."""
    one, other = machines("one"), machines("other")
    offer(one, figure())
    assert len(other.table("documents")) == 1
    offer(one, figure(value=7.0), name="7")
    since, asked = Rows.since, []

    def ending(self, *about):
        asked.append(about)
        if len(asked) == 3:
            postgres_server.kill()
        return since(self, *about)

    with monkeypatch.context() as patch:
        patch.setattr(Rows, "since", ending)
        try:
            assert len(other.table("documents")) == 1
        finally:
            postgres_server.start()
    assert len(asked) == 3
    other.engine._away.clear()
    assert all(other.contents()[name].equals(rows) for name, rows in one.contents().items())


def test_work_is_done_by_one(machines):
    one, other = machines("one"), machines("other")
    with one.engine.claimed("U") as mine, other.engine.claimed("U") as theirs:
        assert (mine, theirs) == (True, False)
    with other.engine.claimed("U") as theirs:
        assert theirs


def test_a_store_moves_there_and_back_with_every_row_and_file(machines, tmp_path):
    there, back = Ledger(tmp_path / "there"), Ledger(tmp_path / "back")
    offer(there, figure(), figure(value=7.0))
    inbox.receive(there, REPORT, "report.txt", "Olena")
    there.decide(figure().figure_id, ACCEPT, "Olena", "as said")
    snapshot.publish(there)
    shared = machines("one").engine
    moving.share(there.folder, shared)
    with pytest.raises(moving.NotEmpty):
        moving.share(there.folder, shared)
    moving.unshare(shared, back.folder)
    assert backup.contents(back) == backup.contents(there)
    with pytest.raises(moving.NotEmpty):
        moving.unshare(shared, back.folder)


def test_a_copy_is_neither_backed_up_nor_restored_to(machines, tmp_path):
    """It lacks originals that others have: a folder of its own is made of it first."""
    one, back = machines("one"), Ledger(tmp_path / "back")
    offer(one, figure())
    with pytest.raises(backup.StoreShared):
        backup.backup(one, tmp_path / "store.tar.gz")
    with pytest.raises(backup.StoreShared):
        backup.restore(one, tmp_path / "store.tar.gz")
    moving.unshare(one.engine, back.folder)
    assert backup.backup(back, tmp_path / "store.tar.gz")


def test_a_dump_that_is_put_back_is_the_store(machines, database, postgres_address, tmp_path):
    one = machines("one")
    inbox.receive(one, REPORT, "report.txt", "Olena")
    offer(one, figure(), figure(value=7.0))
    before, dump = one.contents(), tmp_path / "ledger.dump"
    tools = postgres.binaries() or Path("/usr/bin")
    subprocess.run([tools / "pg_dump", "--format=custom", f"--file={dump}", database], check=True)
    with postgres.database(postgres_address) as restored:
        subprocess.run([tools / "pg_restore", f"--dbname={restored}", dump], check=True)
        machines.address = restored
        another = machines("another").contents()
        assert all(another[name].equals(rows) for name, rows in before.items())
