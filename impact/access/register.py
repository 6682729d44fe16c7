"""The register of a store: its people and who is signed in. A small SQLite file beside the ledger.

It is in no snapshot and no backup of figures. Names of accounts stay taken for good, so that a name
in the ledger means one account.
"""

import os
import sqlite3
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


@contextmanager
def opened(folder: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """The register of the store in a folder; what is done in it is done whole or not at all.

    For reading, one that is not there is an empty one. Raises sqlite3.Error where the file is
    damaged or stays locked.
    """
    path = folder / NAME
    if write and not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody else on the machine reads who may decide.
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    where: str | Path = path if path.exists() else ":memory:"
    with closing(sqlite3.connect(where, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        if write or where == ":memory:":
            connection.executescript(_TABLES)
        if not write:
            yield connection
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
