"""The register of a store: its people and who is signed in. A small SQLite file beside the ledger.

It is in no snapshot. A backup takes the people along and no sign-in: after a restore everybody
signs in anew. Names of accounts stay taken for good, so that a name in the ledger means one
account.
"""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

NAME = "people.sqlite"
# Seconds that a writer waits for another one.
PATIENCE = 10
_TABLES = """
CREATE TABLE IF NOT EXISTS people (
  account TEXT PRIMARY KEY,      -- what the provider or proxy calls them, or their e-mail address
  name TEXT NOT NULL,            -- as the ledger has it
  folded TEXT NOT NULL UNIQUE,   -- the name without case: no two accounts share one
  role TEXT NOT NULL,            -- empty: taken away
  subject TEXT UNIQUE            -- issuer|subject, once they have signed in
) STRICT;
CREATE TABLE IF NOT EXISTS logins (
  digest TEXT PRIMARY KEY,       -- SHA-256 of what the browser holds; that itself is kept nowhere
  account TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  session TEXT NOT NULL,         -- the provider's name for its own session, "" where it gives none
  began REAL NOT NULL,           -- seconds since 1970, as the two below
  seen REAL NOT NULL,
  ended REAL                     -- NULL while it lasts
) STRICT;
CREATE TABLE IF NOT EXISTS ended (
  word TEXT PRIMARY KEY,         -- a provider's word that somebody has left: each counts once
  at REAL NOT NULL
) STRICT;
"""


# Connections for reading, kept open: file -> which file it was, connection. One thread reads at a
# time, for some microseconds.
_KEPT: dict[Path, tuple[tuple[int, int], sqlite3.Connection]] = {}
_TURN = threading.Lock()


class Unreadable(sqlite3.Error):
    """The register cannot be read or written: it is damaged, no file, or stays locked."""


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unreadable(str(error)) from error


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The register of the store in a folder, to read; one that is not there is an empty one.

    Whatever another process has changed is seen. Raises Unreadable.
    """
    path = folder / NAME
    try:
        found = path.stat()
        which = (found.st_dev, found.st_ino)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("it is no file")
    except FileNotFoundError:
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


def is_sound(folder: Path) -> bool:
    """Whether the register of a store can be asked, if there is one."""
    try:
        with opened(folder) as found:
            found.execute("SELECT count(role) FROM people").fetchone()
    except Unreadable:
        return False
    return True


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
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def copy_people(folder: Path, to: Path) -> None:
    """Writes the people of a register into a new file of that shape; nobody is signed in there.

    Raises Unreadable.
    """
    told = rows(folder)
    to.unlink(missing_ok=True)
    with writing(to.parent, to.name) as copy:
        copy.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?)", told)


def rows(folder: Path) -> list[tuple]:
    """The people of a register, roles that were taken away too, by account."""
    with opened(folder) as found:
        return [tuple(row) for row in found.execute("SELECT * FROM people ORDER BY account")]


def _connection(where: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        where, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.executescript(_TABLES)
    return connection
