"""What can happen to a store: each kind of damage, done to a small store of its own.

The store has an accepted table, a report that was read and accepted, and two snapshots: the current
one has 4 figures, the one before it 3.
"""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from etl.reports.intake import read_upload
from impact.store import identity, inbox, snapshot, snapshot_files
from impact.store.ledger import ACCEPT, Ledger
from tests.made import figure, offer, once, toll

NOW, BEFORE = 4, 3
REPORT = b"In Odesa 7 people were killed on 24 January 2026."


def filled(folder: Path) -> Ledger:
    """The store as it is before anything happens to it."""
    ledger = Ledger(folder)
    _fill(ledger)
    return ledger


@once
def _fill(ledger: Ledger) -> None:
    offer(ledger, figure(), toll())
    upload, _ = inbox.receive(ledger, REPORT, "report.txt", "Olha")
    [part] = read_upload(ledger, upload)
    [read] = part.figures
    ledger.decide(read.figure_id, ACCEPT, "Olha", "checked")
    snapshot.publish(ledger)
    offer(ledger, toll(8.0, date="2026-01-25"), name="a later table")
    snapshot.publish(ledger)


def pointer(ledger: Ledger) -> Path:
    """The file that names the current snapshot."""
    return ledger.folder / snapshot_files.FOLDER / snapshot_files.POINTER


def snapshot_file(ledger: Ledger) -> Path:
    """The file of the current snapshot."""
    return ledger.folder / snapshot_files.FOLDER / snapshot_files.current(ledger.folder)


def _alter(path: Path) -> None:
    """Another number in what was read, so that it can be read as before."""
    path.write_bytes(path.read_bytes().replace(b"7 people", b"8 people", 1))


def truncate(path: Path) -> None:
    """Cuts a file short."""
    os.truncate(path, path.stat().st_size * 2 // 3)


def flip(path: Path) -> None:
    """Turns a bit in every block of a database, the three headers left as they are."""
    content = bytearray(path.read_bytes())
    for place in range(3 * 4096 + 100, len(content), 4096):
        content[place] ^= 16
    path.write_bytes(content)


def _old_schema(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("ALTER TABLE figures DROP COLUMN dubious")
        connection.execute("UPDATE meta SET schema_number = 7")


def _foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET store_id = 'S-another'")


def _another_ledger(ledger: Ledger) -> None:
    other = Ledger(ledger.folder.parent / "another")
    offer(other, figure())
    other.path.replace(ledger.path)


def instead(make: Callable[[Path], object], *found: Callable[[Ledger], Path]) -> Callable:
    """What puts something that is no file in the place of a file."""

    def put(ledger: Ledger) -> None:
        for each in found:
            path = each(ledger)
            path.unlink()
            make(path)

    return put


def reading(ledger: Ledger) -> Path:
    return next((ledger.folder / "readings").glob("*"))


def original(ledger: Ledger) -> Path:
    return ledger.originals / inbox.uploads(ledger)[0].upload_id


def marker(ledger: Ledger) -> Path:
    return ledger.folder / identity.NAME


# Damage -> (what does it, a word of the sentence that tells it, the figures still shown or None).
DAMAGES: dict[str, tuple[Callable[[Ledger], object], str, int | None]] = {
    "missing ledger": (lambda s: s.path.unlink(), "ledger of this store is missing", NOW),
    "truncated ledger": (lambda s: truncate(s.path), "ledger of this store is damaged", NOW),
    "flipped ledger": (lambda s: flip(s.path), "ledger of this store is damaged", NOW),
    "emptied ledger": (lambda s: s.path.write_bytes(b""), "ledger of this store is damaged", NOW),
    "another ledger": (_another_ledger, "Two stores are mixed", NOW),
    "damaged marker": (
        lambda s: (s.folder / identity.NAME).write_bytes(b"\xff= nothing"), "store.toml", NOW,
    ),
    "truncated snapshot": (lambda s: truncate(snapshot_file(s)), "snapshot is damaged", BEFORE),
    "flipped snapshot": (lambda s: flip(snapshot_file(s)), "snapshot is damaged", BEFORE),
    "missing snapshot": (lambda s: snapshot_file(s).unlink(), "snapshot is missing", BEFORE),
    "snapshot of another schema": (
        lambda s: _old_schema(snapshot_file(s)), "written by another version", BEFORE,
    ),
    "snapshot of another store": (
        lambda s: _foreign(snapshot_file(s)), "belongs to another store", BEFORE,
    ),
    "non-ASCII pointer": (
        lambda s: pointer(s).write_bytes("знімок".encode()), "current one is damaged", NOW,
    ),
    "pointer elsewhere": (
        lambda s: pointer(s).write_text("../../other.duckdb"), "current one is damaged", NOW,
    ),
    "pointer removed": (lambda s: pointer(s).unlink(), "which snapshot is the current one", NOW),
    "no snapshot left": (
        lambda s: [each.unlink() for each in pointer(s).parent.glob("*")],
        "which snapshot is the current one", None,
    ),
    "damaged reading": (
        lambda s: next((s.folder / "readings").glob("*")).write_bytes(b"{\xff"),
        "missing or damaged",
        NOW,
    ),
    "altered reading": (
        lambda s: _alter(next((s.folder / "readings").glob("*"))), "missing or damaged", NOW,
    ),
    "deleted original": (
        lambda s: (s.originals / inbox.uploads(s)[0].upload_id).unlink(), "riginal", NOW,
    ),
    # Whoever opens a pipe waits until somebody writes into it.
    "pipe for the ledger": (
        instead(os.mkfifo, lambda s: s.path), "ledger of this store is damaged", NOW,
    ),
    "pipe for the marker": (instead(os.mkfifo, marker), "store.toml", NOW),
    "pipe for the pointer": (instead(os.mkfifo, pointer), "current one is damaged", NOW),
    "pipe for the snapshot": (instead(os.mkfifo, snapshot_file), "snapshot is damaged", BEFORE),
    "pipe for a reading": (instead(os.mkfifo, reading), "missing or damaged", NOW),
    "pipe for an original": (instead(os.mkfifo, original), "riginal", NOW),
    "folder for the marker": (instead(Path.mkdir, marker), "store.toml", NOW),
    "folder for an original": (instead(Path.mkdir, original), "riginal", NOW),
}  # fmt: skip
# Those after which nothing may be received or decided.
CLOSING = ("missing ledger", "truncated ledger", "flipped ledger", "emptied ledger",
           "another ledger", "damaged marker", "pipe for the ledger", "pipe for the marker",
           "folder for the marker")  # fmt: skip


@contextlib.contextmanager
def small_disk(path: Path, size: str) -> Iterator[Path]:
    """A disk of a size, "256k"; the test is skipped where none can be mounted."""
    try:
        with mounted(path, size) as disk:
            yield disk
    except PermissionError as error:
        pytest.skip(f"no small disk can be mounted here: {error}")


@contextlib.contextmanager
def mounted(folder: Path, size: str = "24m") -> Iterator[Path]:
    """A small file system of its own in a folder. Raises PermissionError where none may be
    mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise PermissionError(run.stderr.strip() or "nothing may be mounted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> None:
    """Leaves no byte free where a folder lies."""
    with contextlib.suppress(OSError), (folder / "filling").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def make_read_only(folder: Path) -> None:
    """Lets nobody write where a folder is mounted, the superuser neither."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
