"""python -m etl serve: loads figures into an empty store and starts the dashboard."""

import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from etl import source
from etl.load import load
from impact.access import settings
from impact.store import snapshot, snapshot_files
from impact.store.faults import StoreBusy, StoreFault
from impact.store.ledger import Ledger

ROOT = Path(__file__).parents[1]
ADDRESS = "127.0.0.1"


def serve(ledger: Ledger, port: int, address: str = ADDRESS) -> NoReturn:
    """Loads the shipped tables into an empty store, then serves in place of this program.

    At any address but this machine's loopback the server is read-only
    (pages/parts/shell/access.py), unless people sign in.

    Raises SettingsWrong where they could not as the settings say, and OSError with a sentence
    when the port is taken: by this dashboard, perhaps.
    """
    settings.current()
    if not port_is_free(port):
        raise OSError(
            f"port {port} is in use, perhaps by this dashboard: open http://{ADDRESS}:{port} "
            f"or choose another with `make run PORT={port + 1}`"
        )
    prepare(ledger)
    print(f"serving http://{address}:{port} (stop with Ctrl-C)", flush=True)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    options = ["--server.port", str(port), "--server.address", address]
    environment = dict(os.environ)
    if not ledger.engine.shared:  # else the environment names the store already
        environment["IMPACT_STORE"] = str(ledger.folder.resolve())
    become(command + options, environment)


def become(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Puts a server in the place of this program, under its process id.

    What loaded the figures would else keep its memory (300 MB after a first start) while the server
    runs. And whoever stops the command stops the server. What the server prints is not shown; what
    it logs is. Raises OSError.
    """
    os.chdir(ROOT)
    sys.stdout.flush()
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    os.execve(command[0], [*command], environment)


def prepare(ledger: Ledger) -> None:
    """Loads an empty store and publishes what the ledger has.

    A store that lacks something is still served, read-only, if a snapshot of it can be shown; so is
    one of which this program can publish nothing more. Otherwise what is wrong is raised:
    StoreFault, StoreBusy.
    """
    try:
        ledger.engine.follow()
        shown = snapshot_files.shown(ledger.folder)
        if not shown.name and not shown.fault:
            load_shipped(ledger)  # nothing was ever published here
        if ledger.engine.shared and shown.name and not shown.fault:
            return  # readers need not wait for the copy; the publisher sees to what is newer
        # A snapshot of older code is rebuilt; one of this code stays as it is.
        print("publishing …", flush=True)
        snapshot.publish(ledger)
    except Exception as error:  # also one that nobody foresaw: what is published can be shown
        shown = snapshot_files.shown(ledger.folder)
        if not shown.name:
            raise
        closed = isinstance(error, (StoreFault, StoreBusy))
        how = "served, read-only" if closed else "served; nothing new could be published"
        print(f"{error}\nThe last good snapshot is {how}: {shown.name}", flush=True)


def load_shipped(ledger: Ledger) -> None:
    """Loads every source that ships its files, a line each as it is done."""
    names = [name for name in source.names() if source.get(name).SOURCE.files]
    for number, name in enumerate(names, start=1):
        print(f"[{number}/{len(names)}] {load(name, ledger)}", flush=True)


def port_is_free(port: int) -> bool:
    """Whether nothing listens on the port of this machine's loopback."""
    with socket.socket() as probe:
        return probe.connect_ex((ADDRESS, port)) != 0
