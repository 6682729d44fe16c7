"""Puts a shared store behind every folder that a test uses: the folder is a machine's copy of it.

So tests that were written for a folder try the other engine too. See tests/engines.py. Processes
that a test starts know nothing of it: what they do is tried in tests/shared.
"""

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from impact.sharing.place import Place
from impact.store import engine
from impact.store.shared.engine import Shared
from tests.shared import postgres

# Stores that keep their connections while a test makes further ones.
AT_ONCE = 20


class Stores:
    """The shared stores of a run, each with a schema of one database and a folder for its blobs."""

    def __init__(self, address: str, blobs: Path) -> None:
        self._address, self._blobs = address, blobs
        self._made: dict[Path, Shared] = {}

    def behind(self, folder: Path) -> Shared:
        """The engine of a folder."""
        if folder not in self._made:
            name = f"store_{secrets.token_hex(6)}"
            (self._blobs / name).mkdir()
            with psycopg.connect(self._address) as connection:
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
            within = f"{self._address}?options=-csearch_path%3D{name}"
            self._made[folder] = Shared(Place(within, str(self._blobs / name), folder))
            # A law that is tried with many stores leaves one connection for each of them.
            for each in list(self._made.values())[:-AT_ONCE]:
                each.postgres.close()
        return self._made[folder]

    def copied(self, origin: Path, folder: Path) -> None:
        """Gives a new folder what stands behind another one, whose files it has been given."""
        old, new = (Path(self.behind(each).place.blobs) for each in (origin, folder))
        with psycopg.connect(self._address) as connection:
            _copy(connection, old.name, new.name)
        shutil.copytree(old, new, dirs_exist_ok=True)

    def close(self) -> None:
        """Ends the connections that are kept, each of which PostgreSQL counts."""
        for each in self._made.values():
            each.postgres.close()


def _copy(connection: psycopg.Connection, origin: str, name: str) -> None:
    """Copies all tables of a schema, and the number that comes next in each."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s", [origin]
    ).fetchall()
    for (table,) in tables:
        old, new = sql.Identifier(origin, table), sql.Identifier(name, table)
        connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(new, old))
        connection.execute(
            sql.SQL("INSERT INTO {} OVERRIDING SYSTEM VALUE SELECT * FROM {}").format(new, old)
        )
    if ("snapshots",) in tables:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence(%s, 'number'), max(number)) FROM {}")
            .format(sql.Identifier(name, "snapshots")),
            [f"{name}.snapshots"],
        )  # fmt: skip


@contextlib.contextmanager
def stands() -> Iterator[Stores]:
    """Every folder has a shared store behind it meanwhile. Skips where PostgreSQL is missing."""
    if not (found := postgres.binaries()):
        pytest.skip(postgres.MISSING)
    with contextlib.ExitStack() as opened:
        server = opened.enter_context(postgres.served(found))
        blobs = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="impact-blobs-")))
        patch = opened.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("PGPASSWORD", server.password)
        stores = Stores(server.address, blobs)
        opened.callback(stores.close)
        patch.setattr(engine, "of", stores.behind)
        yield stores
