"""The register of a store in a folder: a small SQLite file beside the ledger."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

NAME = "people.sqlite"
# Seconds that a writer waits for another one.
PATIENCE = 10
_TABLES = """
CREATE TABLE IF NOT EXISTS people (
  account TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
  subject TEXT UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS logins (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL,
  session TEXT NOT NULL, began REAL NOT NULL, seen REAL NOT NULL, ended REAL) STRICT;
CREATE TABLE IF NOT EXISTS ended (word TEXT PRIMARY KEY, at REAL NOT NULL) STRICT;
"""


# Connections for reading, kept open: file -> which file it was, connection. One thread reads at a
# time, for some microseconds.
_KEPT: dict[Path, tuple[tuple[int, int], sqlite3.Connection]] = {}
_TURN = threading.Lock()
# Registers that this process has seen.
_SEEN: set[Path] = set()


class Unreadable(RuntimeError):
    """The register cannot be read or written: it is gone or damaged, no file, or stays locked; or
    the disk is full."""


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unreadable(str(error)) from error


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The register of the store in a folder, to read; one that is not there is an empty one.

    Whatever another process has changed is seen. Raises Unreadable, also where this process has
    seen one that is gone: nobody has taken everybody's role away.
    """
    path = folder / NAME
    try:
        found = path.stat()
        which = (found.st_dev, found.st_ino)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("it is no file")
        _SEEN.add(path)
    except FileNotFoundError:
        if path in _SEEN:
            raise Unreadable("it is gone") from None
        path, which = Path(), (0, 0)
    with _TURN:
        if path in _KEPT and _KEPT[path][0] != which:
            _close(path)
        with _told():
            if path not in _KEPT:
                _KEPT[path] = which, _connection(path if which[1] else ":memory:")
            try:
                yield _KEPT[path][1]
            except sqlite3.Error:
                _close(path)  # opened anew when it is asked next: then it may be whole again
                raise


def _close(path: Path) -> None:
    _, connection = _KEPT.pop(path)
    connection.close()


@contextmanager
def writing(folder: Path, name: str = NAME) -> Iterator[sqlite3.Connection]:
    """The same, to change; what is done in it is done whole or not at all. Made if need be.

    Raises Unreadable.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody else on the machine reads who may decide.
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    with _told(), closing(_connection(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # Of a full disk SQLite has gone back already; closing does so in any case.
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise


def _connection(where: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        where, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.executescript(_TABLES)
    return connection
