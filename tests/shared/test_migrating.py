"""A shared ledger of an earlier version: whoever has newer code brings it up to date, once; the
others take a new copy; older code stores nothing more."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

import psycopg

from impact.sharing.connecting import opened
from impact.store import ledger_file, migrations, schema, snapshot
from impact.store.faults import StoreNewer, StoreUnreadable
from impact.store.reader import Reader
from impact.store.shared import migrating, postgres
from impact.store.transaction import KEYS
from tests.made import figure, offer
from tests.shared import postgres as servers
from tests.shared.machines import machines as machines

NEXT = schema.CURRENT + 1
# The documents of a schema that is not yet: with a column more.
TABLES = schema.TABLES.replace("licence VARCHAR, size", "licence VARCHAR, kept_by VARCHAR, size")
# What the step writes tells where it was made: in a copy, or in the database.
ADD = "ALTER TABLE documents ADD COLUMN kept_by VARCHAR; UPDATE documents SET kept_by = '{}'"


@pytest.fixture
def code_of(monkeypatch) -> Iterator[Callable[[int], None]]:
    """Lets the code be that of a version: the one before today's, today's, or the next one."""
    today = schema.TABLES

    def version(number: int) -> None:
        monkeypatch.setattr(schema, "CURRENT", number)
        monkeypatch.setattr(migrations, "CURRENT", number)
        monkeypatch.setattr(schema, "TABLES", TABLES if number == NEXT else today)
        forget()

    def forget() -> None:
        migrations._declared.cache_clear()
        postgres._tables.cache_clear()
        ledger_file.forget_prepared()

    folders = {NEXT - 1: lambda connection, _folder: connection.execute(ADD.format("copy"))}
    shared = {NEXT - 1: lambda connection: connection.execute(ADD.format("all"))}
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, **folders})
    monkeypatch.setattr(migrating, "STEPS", {**migrating.STEPS, **shared})
    yield version
    monkeypatch.undo()
    forget()


def kept(address: str) -> tuple[int, dict[str, list[tuple]]]:
    """The number of the schema in the database, and all rows."""
    with psycopg.connect(address) as connection:
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in KEYS}
        return migrating.number(connection), rows


def columns(address: str) -> list[tuple]:
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_schema = current_schema() ORDER BY table_name, column_name"
        ).fetchall()


def test_every_step_of_a_folder_has_one_here():
    first = min(migrating.STEPS)
    assert set(migrating.STEPS) == {number for number in migrations.STEPS if number >= first}


def test_a_ledger_of_the_version_before_is_brought_up_to_date_row_for_row(
    machines, database, code_of
):
    code_of(NEXT - 2)
    offer(machines("one"), figure(), figure(value=7.0))
    before = machines("one").contents()
    assert kept(database)[0] == NEXT - 2
    rows = kept(database)[1]
    code_of(NEXT - 1)
    machines.restart()
    assert offer(machines("one"), figure(value=8.0), name="8").new
    number, now = kept(database)
    assert number == NEXT - 1
    assert all(set(rows[name]) <= set(now[name]) for name in KEYS)
    assert len(machines("one").table("figures")) == len(before["figures"]) + 1
    assert machines("one").check() == []


def test_other_machines_take_a_new_copy_of_what_was_moved(
    machines, database, code_of, postgres_address
):
    one, other = machines("one"), machines("other")
    code_of(NEXT - 1)
    offer(one, figure())
    offer(other, figure(value=7.0), name="7")
    snapshot.publish(one)
    code_of(NEXT)
    machines.restart()
    machines("one").table("documents")
    other = machines("other")
    assert set(other.table("documents")["kept_by"]) == {"all"}
    assert len(other.table("documents")) == len(other.table("statements")) == 2
    assert other.contents()["figures"].equals(machines("one").contents()["figures"])
    assert offer(other, figure(value=8.0), name="8").new
    assert len(machines("one").table("figures")) == 3
    assert other.check() == machines("one").check() == []
    with made_anew(postgres_address) as fresh:
        assert columns(fresh) == columns(database)


@contextlib.contextmanager
def made_anew(address: str) -> Iterator[str]:
    """A database whose tables today's code has made."""
    with servers.database(address) as fresh:
        with contextlib.closing(opened(fresh)) as connection:
            postgres.prepare(connection)
        yield fresh


def test_a_machine_with_older_code_stores_nothing_more_and_shows_what_it_has(
    machines, database, code_of
):
    code_of(NEXT - 1)
    one, old = machines("one"), machines("old")
    offer(one, figure())
    snapshot.publish(one)
    old.engine.follow()
    old.table("documents")
    kept_engine = old.engine
    code_of(NEXT)
    machines.restart()
    machines("one").table("documents")
    rows = kept(database)[1]
    code_of(NEXT - 1)
    machines.take_back("old", kept_engine)
    for _ in range(2):
        with pytest.raises(StoreNewer):
            offer(machines("old"), figure(value=8.0), name="8")
    with pytest.raises(StoreNewer):
        machines("old").engine.follow()
    assert Reader(machines("old").folder).count() == 1
    assert kept(database)[1] == rows


def test_a_step_that_fails_leaves_the_ledger_as_it_was(machines, database, code_of, monkeypatch):
    code_of(NEXT - 1)
    offer(machines("one"), figure())
    before = kept(database)

    def fails(connection) -> None:
        connection.execute(ADD.format("all"))
        raise RuntimeError("midway")

    code_of(NEXT)
    monkeypatch.setitem(migrating.STEPS, NEXT - 1, fails)
    machines.restart()
    with pytest.raises(RuntimeError, match="midway"):
        offer(machines("one"), figure(value=8.0), name="8")
    assert kept(database) == before


def test_of_machines_that_come_at_once_one_does_it(machines, database, code_of, monkeypatch):
    code_of(NEXT - 1)
    names = [f"machine-{number}" for number in range(5)]
    offer(machines("one"), figure())
    for name in names:
        machines(name).table("documents")
    done = []

    def step(connection) -> None:
        done.append(connection)
        connection.execute(ADD.format("all"))

    code_of(NEXT)
    monkeypatch.setitem(migrating.STEPS, NEXT - 1, step)
    machines.restart()
    ledgers = [machines(name) for name in names]
    with ThreadPoolExecutor(5) as together:
        told = list(together.map(lambda each: set(each.table("documents")["kept_by"]), ledgers))
    assert told == [{"all"}] * 5 and len(done) == 1


def test_a_ledger_from_which_no_step_leads_on_is_refused(machines, database):
    offer(machines("one"), figure())
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE store SET schema_number = 1")
    machines.restart()
    with pytest.raises(StoreUnreadable, match="no step leads on from schema 1"):
        offer(machines("one"), figure(value=8.0), name="8")


def test_of_machines_that_come_to_an_empty_database_at_once_one_makes_the_tables(machines):
    engines = [machines(f"machine-{number}").engine for number in range(10)]
    with ThreadPoolExecutor(10) as together:
        assert len(set(together.map(lambda each: each.store_id(), engines))) == 1
