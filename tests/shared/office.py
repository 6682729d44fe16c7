"""Dashboards on one store, each with a copy of its own, and nginx before them."""

import contextlib
import getpass
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.store import snapshot_files
from impact.store.ledger import Ledger
from tests import made
from tests.pages.binding import asked
from tests.shared.ports import free_port

ROOT = Path(__file__).parents[2]
NGINX = """daemon off; user {user}; error_log stderr; pid {folder}/pid; events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
include {folder}/machines.conf; map $http_upgrade $or_close {{ default upgrade; '' ''; }}
server {{ listen 127.0.0.1:{port}; location / {{
proxy_pass http://machines; proxy_set_header Host $host:{port}; proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $or_close; }} }} }}"""


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


@contextlib.contextmanager
def dashboard(
    folder: Path, port: int, settings: Mapping[str, str] = {}
) -> Iterator[subprocess.Popen]:
    """A dashboard with a copy of its own, on a disk that is empty."""
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    told = {**os.environ, "IMPACT_COPY": str(folder / str(port)), "PYTHONPATH": str(ROOT)}
    told |= settings
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


@contextlib.contextmanager
def begun(folder: Path) -> Iterator[Office]:
    """Two dashboards that have begun on empty disks and show what a third machine, the one that the
    environment names, has published."""
    ledger = Ledger()
    made.publish(ledger, made.figure())
    with contextlib.ExitStack() as opened:
        ports = (free_port(), free_port())
        one, two = (opened.enter_context(dashboard(folder, port)) for port in ports)
        addresses = (f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}")
        found = Office(addresses, (one, two), ledger)
        for number in range(2):
            until(lambda n=number: found.health(n)["snapshot"] == shown(ledger), 120)
        yield found


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


@contextlib.contextmanager
def nginx(
    folder: Path, port: int, addresses: Sequence[str], *, sticky: bool = True
) -> Iterator[str]:
    """The address of an nginx before two dashboards, as deploy/shared/machines.conf has it.

    sticky  whether whoever reads stays with one machine; else each request goes to the next one
    """
    text = (ROOT / "deploy" / "shared" / "machines.conf").read_text(encoding="utf-8")
    for name, address in zip(("one:8501", "two:8501"), addresses, strict=True):
        text = text.replace(f"server {name}", f"server {address.removeprefix('http://')}")
    (folder / "machines.conf").write_text(text if sticky else text.replace("ip_hash;", ""))
    told = NGINX.format(folder=folder, port=port, user=getpass.getuser())
    (folder / "nginx.conf").write_text(told)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            until(lambda: socket.create_connection(("127.0.0.1", port)).close() is None, 30)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
