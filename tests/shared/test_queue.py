"""What people bring is a queue that any number of workers read, on machines of their own: each
report once, whoever is killed meanwhile, and nobody's many reports hold up those of others."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

import psycopg

from impact.store import inbox
from impact.store.ledger import Ledger
from tests.shared.office import ROOT, until

pytestmark = pytest.mark.slow

WORKERS = 3
# Person -> reports that they bring, one person after the other.
BROUGHT = {"Olena": 20, "Taras": 5, "Iryna": 5}


def report(who: str, number: int) -> bytes:
    return (
        f"On {1 + number} January 2026 {1000 + number} buildings in Kyiv had no heating, "
        f"the mayor told {who}."
    ).encode()


@contextlib.contextmanager
def worker(folder: Path, name: str) -> Iterator[subprocess.Popen]:
    """A machine that only reads, and whatever reads for it in its sandboxes."""
    with (folder / f"log-{name}").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "etl", "work"], cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, "IMPACT_COPY": str(folder / name)}, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """As if its machine lost power."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def claimed(address: str) -> int:
    """How many reports are being read just now: locks of sessions, beside those with a name."""
    with psycopg.connect(address) as connection:
        [(found,)] = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
        ).fetchall()
    return found


@pytest.fixture
def ledger(database, tmp_path, monkeypatch) -> Ledger:
    """The machine on which people bring reports."""
    (tmp_path / "blobs").mkdir()
    monkeypatch.setenv("IMPACT_STORE", database)
    monkeypatch.setenv("IMPACT_BLOBS", str(tmp_path / "blobs"))
    monkeypatch.setenv("IMPACT_COPY", str(tmp_path / "desk"))
    return Ledger()


def read(address: str) -> list[str]:
    """Whose reports were read, in order."""
    with psycopg.connect(address) as connection:
        return [
            who for (who,) in connection.execute(
                "SELECT who FROM readings JOIN uploads USING (upload_id) ORDER BY readings.number"
            )
        ]  # fmt: skip


def test_three_workers_read_each_report_once_in_turns_though_one_is_killed(
    ledger, database, tmp_path
):
    for who, many in BROUGHT.items():
        for number in range(many):
            assert inbox.receive(ledger, report(who, number), f"{who} {number}.txt", who)[1]
    with contextlib.ExitStack() as opened:
        workers = [opened.enter_context(worker(tmp_path, f"w{n}")) for n in range(WORKERS)]
        until(lambda: len(read(database)) >= 3, 120)
        until(lambda: claimed(database) >= 1, 60)
        kill(workers[0])
        until(lambda: len(read(database)) == sum(BROUGHT.values()), 240)
        time.sleep(2)  # whoever reads one a second time would say so now
        order = read(database)
    assert {who: order.count(who) for who in BROUGHT} == BROUGHT
    assert len(set(inbox.listing(ledger).upload_id)) == 30 and inbox.unread(ledger) == []
    assert set(inbox.listing(ledger).state) == {"read"} and ledger.check() == []
    # Who brought fewer reports, and later, waits for no more of Olena's than go in turns with them.
    for who in ("Taras", "Iryna"):
        last = max(place for place, each in enumerate(order) if each == who)
        assert order[: last + 1].count("Olena") <= BROUGHT[who] + 2 * WORKERS
    assert order[-5:] == ["Olena"] * 5


def test_what_a_killed_worker_was_reading_is_read_by_another_within_seconds(
    ledger, database, tmp_path
):
    """A report that takes long; its worker is killed while it reads."""
    text = b" ".join(report("Olena", number % 28) for number in range(3_000))
    inbox.receive(ledger, text, "long.txt", "Olena")
    with worker(tmp_path, "one") as one:
        until(lambda: claimed(database) == 1, 60)
        kill(one)
    until(lambda: claimed(database) == 0, 20)  # its session has ended with it
    assert read(database) == []
    with worker(tmp_path, "two"):
        until(lambda: read(database) == ["Olena"], 120)
    assert ledger.check() == []
