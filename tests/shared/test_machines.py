"""Two dashboards behind nginx and a third machine, on one store: what one does the others show, and
what ends is made up for by those that are left."""

import contextlib
import getpass
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from impact.store import inbox, snapshot, snapshot_files
from impact.store.faults import StorageAway, StoreFault
from impact.store.ledger import Ledger
from tests import made
from tests.pages.binding import asked
from tests.shared import object_server
from tests.shared.ports import free_port

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NGINX = """daemon off; user {user}; error_log stderr; pid {folder}/pid; events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
include {folder}/machines.conf;
server {{ listen 127.0.0.1:{port}; location / {{
proxy_pass http://machines; proxy_set_header Host $host:{port}; }} }} }}"""


@dataclass
class Office:
    """Two dashboards and the servers that they share.

    ledger  of a third machine, in the tests' own process
    """

    addresses: tuple[str, str]
    processes: tuple[subprocess.Popen, subprocess.Popen]
    ledger: Ledger

    def health(self, number: int) -> dict:
        return json.loads(asked(f"{self.addresses[number]}/health")[1])


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
        ledger = Ledger()
        made.publish(ledger, made.figure())
        ports = (free_port(), free_port())
        processes = tuple(opened.enter_context(dashboard(folder, port)) for port in ports)
        addresses = tuple(f"http://127.0.0.1:{port}" for port in ports)
        found = Office(addresses, processes, ledger)
        for number in range(2):
            until(lambda n=number: found.health(n)["snapshot"] == shown(ledger), 120)
        yield found


@contextlib.contextmanager
def dashboard(folder: Path, port: int) -> Iterator[subprocess.Popen]:
    """A dashboard with a copy of its own, on a disk that is empty."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    told = {**os.environ, "IMPACT_COPY": str(folder / str(port)), "PYTHONPATH": str(ROOT)}
    with (folder / f"log-{port}").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=ROOT, env=told, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def shown(ledger: Ledger) -> str:
    return snapshot_files.shown(ledger.folder).name


def until(holds: Callable[[], bool], seconds: float) -> float:
    """Waits until something holds; returns how long that took."""
    began = time.monotonic()
    while True:
        with contextlib.suppress(OSError, ValueError):
            if holds():
                return time.monotonic() - began
        assert time.monotonic() - began < seconds, "it never came to hold"
        time.sleep(0.05)


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
    port = free_port()
    text = (ROOT / "deploy" / "shared" / "machines.conf").read_text(encoding="utf-8")
    for name, address in zip(("one:8501", "two:8501"), office.addresses, strict=True):
        text = text.replace(f"server {name}", f"server {address.removeprefix('http://')}")
    (tmp_path / "machines.conf").write_text(text)
    told = NGINX.format(folder=tmp_path, port=port, user=getpass.getuser())
    (tmp_path / "nginx.conf").write_text(told)
    command = ["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as nginx:
        try:
            until(lambda: asked(f"http://127.0.0.1:{port}/health")[0] == 200, 30)
            # Whoever reads stays with one of the two; which one, nginx decides. Each goes once.
            office.processes[0].kill()
            office.processes[0].wait()
            for _ in range(20):
                assert asked(f"http://127.0.0.1:{port}/api/figures.csv")[0] == 200
        finally:
            nginx.terminate()
    name = publish(office.ledger, 11.0)
    until(lambda: office.health(1)["snapshot"] == name, 30)
    assert snapshot.check(office.ledger) == []
