"""Traps of a store that machines share, each met before: nothing is lost, doubled, half or told."""

import contextlib
import logging
import math
import os
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from impact.model import dates
from impact.store import inbox
from impact.store.faults import LedgerAway, StoreFault
from impact.store.ledger import ACCEPT, Decision, Ledger, Refusal
from impact.store.transaction import NotStored
from tests import made
from tests.shared.cutting import wire

psycopg = pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

Machines = Callable[..., Ledger]


@pytest.fixture
def machine(database, tmp_path, monkeypatch) -> Machines:
    """Machines of one store by their names, each with a copy of its own. What one of them does is
    done before the next is asked for: the environment names the copy."""
    (tmp_path / "blobs").mkdir()
    monkeypatch.setenv("IMPACT_STORE", database)
    monkeypatch.setenv("IMPACT_BLOBS", str(tmp_path / "blobs"))

    def named(name: str, address: str = "") -> Ledger:
        if address:
            monkeypatch.setenv("IMPACT_STORE", address)
        monkeypatch.setenv("IMPACT_COPY", str(tmp_path / name))
        return Ledger()

    return named


def rows(address: str, table: str) -> list[tuple]:
    """What the database itself holds."""
    with psycopg.connect(address) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def store(ledger: Ledger, name: str, *figures, refusals=()):
    document, payload = made.document(name)
    return ledger.store(document, [payload], figures, refusals)


def bring(content: bytes, ledger: Ledger) -> tuple[inbox.Upload, bool]:
    return inbox.receive(ledger, content, "a.txt", "Olha")


# A turn with the machine's copy at hand, and one that asks and appends where the rows lie.
EITHER_WAY = pytest.mark.parametrize("way", [Ledger.connect, Ledger.writing])


# The turn


@EITHER_WAY
def test_whoever_waited_for_its_turn_sees_what_was_stored_meanwhile(machine, way):
    """In a transaction that had looked before it got the lock it would see the state of then."""
    one, two = machine("one"), machine("two")
    inbox.receive(one, b"first", "first.txt", "Olha")
    assert len(inbox.uploads(two)) == 1
    seen = []

    def wait() -> None:
        with way(two) as connection:
            seen.extend(connection.execute("SELECT name FROM uploads ORDER BY number").fetchall())

    with way(one) as connection:
        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.5)
        assert seen == [] and waiting.is_alive()
        upload = {
            "upload_id": "0" * 64, "name": "second.txt", "size": 1, "who": "Olha", "published": "",
            "publisher": "", "url": "", "received_at": dates.now(),
        }  # fmt: skip
        one.append(connection, "uploads", upload)
    waiting.join(20)
    assert seen == [("first.txt",), ("second.txt",)]


def test_ten_machines_that_bring_one_file_receive_it_once(machine, database):
    machines = [machine(f"machine-{number}") for number in range(10)]
    machines[0].table("uploads")
    for number in range(3):
        content = f"report {number}".encode()
        with ThreadPoolExecutor(10) as together:
            told = list(together.map(partial(bring, content), machines))
        assert sorted(new for _, new in told) == [False] * 9 + [True]
        assert len({upload.received_at for upload, _ in told}) == 1
    assert len(rows(database, "uploads")) == 3
    assert [len(inbox.uploads(each)) for each in machines] == [3] * 10


def test_reports_with_the_same_figures_in_opposite_order_end(machine, database):
    """Keys alone would have each hold a row that the other needs."""
    one, two = machine("one"), machine("two")
    figures = [made.figure(value=float(number)) for number in range(1, 41)]

    def load(ledger: Ledger, name: str, turned: int) -> None:
        for number in range(5):
            store(ledger, f"{name} {number}", *figures[::turned])

    with ThreadPoolExecutor(2) as together:
        for each in (
            together.submit(load, one, "up", 1),
            together.submit(load, two, "down", -1),
        ):
            each.result(120)
    assert len(rows(database, "documents")) == 10 and len(rows(database, "figures")) == 40
    assert len(rows(database, "statements")) == 400
    assert one.check() == [] and two.check() == []


# What is stored, and what is not


@EITHER_WAY
def test_what_a_database_refuses_is_stored_nowhere(machine, database, way):
    """A row that is there already is refused by the database itself, and all that came with it."""
    one, two = machine("one"), machine("two")
    store(one, "known", made.figure())
    row = one.table("documents").iloc[0].to_dict()
    before = rows(database, "documents")
    with pytest.raises(psycopg.Error), way(two) as connection:
        connection.append("documents", row)
    assert rows(database, "documents") == before
    assert len(two.table("documents")) == 1
    assert store(two, "new", made.figure(value=7.0)).new


def test_a_swallowed_error_is_no_success(machine, database):
    """After a statement that failed COMMIT answers ROLLBACK, and psycopg raises nothing."""
    from impact.store.shared.postgres import Postgres, next_change

    store(machine("one"), "known", made.figure())
    postgres = Postgres(database)
    with postgres.turn() as turn:
        change = next_change(turn.last())
        turn.append(change, [])
        with contextlib.suppress(psycopg.Error):
            turn.append(change, [])
        with pytest.raises(NotStored):
            turn.commit(change)
    with postgres.looking() as look:
        assert not look.has(change)


def test_minus_zero_comes_back_as_it_was(machine, database):
    """Parquet between the two made it zero, and figures no longer matched their ids."""
    cold = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    values = (-0.0, 0.0, 1e-320, 0.1 + 0.2, -1.7976931348623157e308)
    figures = [made.figure(value=value, **cold) for value in values]
    one = machine("one")
    store(one, "cold", *figures)
    two = machine("two")
    here, there = one.table("figures"), two.table("figures")
    assert list(here.figure_id) == list(there.figure_id)
    signs = [[math.copysign(1, each) for each in table.value] for table in (here, there)]
    assert signs[0] == signs[1] and list(here.value) == list(there.value)
    assert two.check() == []


# The last ones are what the code itself writes where a text holds a NUL byte.
TEXTS = (
    "a\x00b", "\x00", "a\\nb", "tab\there", 'quote "here"', "line\nhere\r\n", "\\N", "", " ",
    "\ufeffї", "\U0001f4a5", "\u2400", "\u24000 \u24001", "\u2400\x00\u2400",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_texts_come_back_as_they_were(machine, database, text):
    """PostgreSQL takes no NUL byte; what would be refused is never half stored."""
    one = machine("one")
    store(one, "document", made.figure(), refusals=[Refusal("row 1", "no number", text)])
    two = machine("two")
    here, there = one.table("refusals"), two.table("refusals")
    assert list(here.content) == list(there.content) == [text]
    assert one.check() == two.check() == []


def test_a_machine_that_comes_later_has_every_table_the_same(machine):
    one = machine("one")
    store(one, "one", made.figure(), made.toll())
    upload, _ = inbox.receive(one, b"Kyiv: 5 killed", "a.txt", "Olha", published="2026-01-24")
    inbox.record(one, upload, [inbox.Part(name="a.txt", refused="empty")])
    one.record("Olha", [Decision(subject=made.toll().figure_id, kind=ACCEPT, reason="checked")])
    two = machine("two")
    for table in ("documents", "figures", "statements", "uploads", "readings", "decisions"):
        here, there = one.table(table), two.table(table)
        assert (
            here.sort_values(list(here))
            .reset_index(drop=True)
            .equals(there.sort_values(list(there)).reset_index(drop=True))
        ), table


# A database that ends


def test_a_restart_between_two_reports_is_no_error(machine, postgres_server):
    one = machine("one")
    store(one, "before", made.figure())
    postgres_server.restart()
    assert store(one, "after", made.figure(value=2.0)).new
    assert len(machine("two").table("documents")) == 2


@EITHER_WAY
def test_a_database_that_ends_within_a_turn_leaves_nothing_half(
    machine, postgres_server, database, way
):
    one = machine("one")
    store(one, "before", made.figure())
    one.table("documents")  # its copy has them once somebody has looked
    document, _ = made.document("within")
    with pytest.raises(LedgerAway), way(one) as connection:
        one.append_document(connection, document, "", [made.figure(value=9.0)], [], dates.now())
        postgres_server.kill()
    with pytest.raises(LedgerAway):
        store(one, "meanwhile", made.figure(value=3.0))
    postgres_server.start()
    assert len(one.table("documents")) == len(rows(database, "documents")) == 1
    assert store(one, "after", made.figure(value=9.0)).new
    assert len(machine("two").table("figures")) == 2


def test_a_commit_whose_answer_is_lost_is_told_as_it_is(machine, database):
    """The wire is cut when COMMIT has gone: it is stored, so it must be acknowledged, once."""
    with wire(database) as (between, address):
        one = machine("one", address)
        store(one, "before", made.figure())
        for number in range(3):
            between.after = b"COMMIT"
            assert store(one, f"cut {number}", made.figure(value=float(number + 2))).new
        assert between.cuts == 3
    assert len(rows(database, "documents")) == 4


@EITHER_WAY
def test_a_turn_that_is_cut_off_is_given_up(machine, database, way):
    """Whoever loses the network in their turn does not keep everybody waiting."""
    with wire(database) as (between, address):
        one = machine("one", address)
        store(one, "before", made.figure())
        with pytest.raises(StoreFault), way(one) as connection:
            between.cut()
            one.append_document(connection, made.document("x")[0], "", [], [], dates.now())
    began = time.monotonic()
    assert store(machine("two", database), "after", made.figure(value=2.0)).new
    assert time.monotonic() - began < 10
    assert len(rows(database, "documents")) == 2


# No password in any error


def told(error: BaseException, logged: str) -> str:
    """All that a page, a log or a trace would show of an error."""
    detail = error.detail if isinstance(error, StoreFault) else ""
    return "".join(traceback.format_exception(error)) + detail + repr(error) + logged


def another(address: str, **changes: object) -> str:
    """An address with another part."""
    parts = urlsplit(address)
    named = {"user": parts.username, "host": parts.hostname, "port": parts.port, "path": parts.path}
    named |= changes
    return "postgresql://{user}@{host}:{port}{path}".format(**named)


PROVOKED = {
    "another password": lambda address, secret: os.environ.update(PGPASSWORD=secret),
    "no password": lambda address, secret: os.environ.pop("PGPASSWORD"),
    "no such user": lambda address, secret: another(address, user="nobody"),
    "no such database": lambda address, secret: another(address, path="/none"),
    "no server": lambda address, secret: another(address, port=1),
    "no such host": lambda address, secret: another(address, host="nowhere.invalid"),
    "no TLS": lambda address, secret: f"{address}?sslmode=require",
    "no such option": lambda address, secret: f"{address}?nothing=1",
    "password in the address": lambda address, secret: another(address, user=f"impact:{secret}"),
    "password as an option": lambda address, secret: f"{address}?password={secret}",
    "no certificate": lambda address, secret: f"{address}?sslrootcert=/none&sslmode=verify-full",
}


@pytest.mark.parametrize("what", PROVOKED)
def test_no_error_holds_a_password(machine, database, monkeypatch, caplog, what):
    caplog.set_level(logging.DEBUG)
    secret = "dRk3vQ8zW1mX7bT5nJ2cR9fH6pL4sG0y"
    kept = os.environ["PGPASSWORD"]
    monkeypatch.setenv("PGPASSWORD", kept)  # put back afterwards
    address = PROVOKED[what](database, secret)
    with pytest.raises((StoreFault, ValueError)) as raised:
        store(machine("one", address if isinstance(address, str) and "://" in address else ""), "x")
    said = told(raised.value, caplog.text)
    assert secret not in said and kept not in said
    assert said.count("postgresql://") == 0


def test_a_server_that_ends_holds_no_password_in_what_it_says(machine, postgres_server, caplog):
    one = machine("one")
    store(one, "before")
    for end in (postgres_server.stop, postgres_server.kill):
        with pytest.raises(LedgerAway) as within, one.connect():
            end()
            one.engine.postgres._kept.execute("SELECT 1")
        with pytest.raises(LedgerAway) as after:
            store(one, "after")
        postgres_server.start()
        for each in (within, after):
            assert postgres_server.password not in told(each.value, caplog.text)


def test_what_a_machine_keeps_holds_no_password(machine, postgres_address, tmp_path: Path):
    """Neither its copy nor what it puts into the storage."""
    store(machine("one"), "document", made.figure())
    secret = os.environ["PGPASSWORD"].encode()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(files) > 2 and not [each for each in files if secret in each.read_bytes()]
