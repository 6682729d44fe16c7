"""Two dashboards behind nginx and a third machine, on one store: what one does the others show, and
what ends is made up for by those that are left."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from impact.store import inbox, snapshot
from impact.store.faults import StorageAway, StoreFault
from impact.store.ledger import Ledger
from tests import made
from tests.pages.binding import asked
from tests.shared import object_server
from tests.shared.office import ROOT, Office, begun, nginx, shown, until
from tests.shared.ports import free_port

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def objects(tmp_path_factory) -> Iterator[object_server.ObjectServer]:
    if not object_server.installed():
        pytest.skip(object_server.MISSING)
    with object_server.served(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="module")
def office(postgres_server, objects, tmp_path_factory) -> Iterator[Office]:
    """An office whose dashboards have begun on empty disks; the third machine has published."""
    from tests.shared import postgres

    folder = tmp_path_factory.mktemp("office")
    with contextlib.ExitStack() as opened:
        address = opened.enter_context(postgres.database(postgres_server.address))
        shared = {**objects.environment, "IMPACT_STORE": address, "IMPACT_BLOBS": objects.address}
        patch = opened.enter_context(pytest.MonkeyPatch.context())
        for name, text in (shared | {"IMPACT_COPY": str(folder / "three")}).items():
            patch.setenv(name, text)
        yield opened.enter_context(begun(folder))


def publish(ledger: Ledger, value: float) -> str:
    """Publishes one figure more; the name of the snapshot."""
    before = shown(ledger)
    made.offer(ledger, made.figure(value=value), name=str(value))
    snapshot.publish(ledger)
    assert shown(ledger) != before
    return shown(ledger)


def follows(office: Office, name: str, seconds: float = 30) -> None:
    """That both dashboards come to show a snapshot by themselves."""
    for number in range(2):
        until(lambda n=number: office.health(n)["snapshot"] == name, seconds)


def test_what_one_machine_publishes_the_others_show_by_themselves(office):
    for value in (7.0, 8.0):
        follows(office, publish(office.ledger, value))


def test_what_one_machine_receives_is_read_once_by_whoever_comes_first(office):
    worker = subprocess.Popen(
        [sys.executable, "-m", "etl", "work"],
        cwd=ROOT, stdout=subprocess.PIPE,
        env={**os.environ, "IMPACT_COPY": str(office.ledger.folder.with_name("worker"))},
    )  # fmt: skip
    try:
        assert worker.stdout.readline().startswith(b"reading what is received")
        for number in range(6):
            text = f"Kyiv, {number + 10} January 2026: 6,000 blocks without heating.".encode()
            assert inbox.receive(office.ledger, text, f"{number}.txt", f"person {number % 3}")[1]
        until(lambda: not inbox.unread(office.ledger), 120)
    finally:
        worker.terminate()
        assert worker.wait(30) == 0
        worker.stdout.close()
    listed = inbox.listing(office.ledger)
    assert len(listed) == 6 and set(listed.state) == {"read"}
    for document in listed.document_id:
        assert inbox.reading(office.ledger, document)["text"].startswith("Kyiv")


@pytest.mark.parametrize("end", ["restart", "kill"])
def test_a_database_that_was_away_is_followed_again(office, postgres_server, end):
    """A restart ends LISTEN without a word."""
    before = shown(office.ledger)
    getattr(postgres_server, end)()
    if end == "kill":
        for number in range(2):
            until(lambda n=number: office.health(n)["problems"] != [], 60)
            assert asked(f"{office.addresses[number]}/health")[0] == 503
            assert office.health(number)["snapshot"] == before
            assert asked(f"{office.addresses[number]}/api/figures.csv")[0] == 200
        with pytest.raises(StoreFault):
            publish(office.ledger, 20.0)
        postgres_server.start()
    follows(office, publish(office.ledger, 9.0 if end == "kill" else 10.0))
    for number in range(2):
        until(lambda n=number: office.health(n)["problems"] == [], 60)


def test_storage_that_was_away_is_followed_again(office, objects):
    before = shown(office.ledger)
    objects.kill()
    with pytest.raises(StorageAway):
        inbox.receive(office.ledger, b"not received", "b.txt", "Olha")
    assert all(name != "b.txt" for name in inbox.listing(office.ledger).name)
    for number in range(2):
        assert office.health(number)["snapshot"] == before
        assert asked(f"{office.addresses[number]}/api/figures.csv")[0] == 200
    objects.start()
    assert inbox.receive(office.ledger, b"not received", "b.txt", "Olha")[1]
    follows(office, publish(office.ledger, 12.0))


def test_a_machine_that_is_killed_is_made_up_for_by_the_other(office, tmp_path):
    """The last test: one dashboard is gone after it."""
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    with nginx(tmp_path, free_port(), office.addresses) as address:
        until(lambda: asked(f"{address}/health")[0] == 200, 30)
        # Whoever reads stays with one of the two; which one, nginx decides. Each goes once.
        office.processes[0].kill()
        office.processes[0].wait()
        for _ in range(20):
            assert asked(f"{address}/api/figures.csv")[0] == 200
    name = publish(office.ledger, 11.0)
    until(lambda: office.health(1)["snapshot"] == name, 30)
    assert snapshot.check(office.ledger) == []
