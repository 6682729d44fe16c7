"""Moving a store from a folder to where machines share it, and back: every row, file and person.

Both ways compare what came with what was there, and end with an error where it is not the same.
"""

import shutil
from pathlib import Path
from typing import Any

from impact.access import register
from impact.store import atomic_files, database, identity, schema, snapshot
from impact.store.database import Connection
from impact.store.ledger import Ledger
from impact.store.shared.engine import Shared
from impact.store.shared.postgres import next_change
from impact.store.transaction import KEYS, Appended

# Folders whose files go along. Snapshots are made anew.
FOLDERS = ("originals", "readings")


class NotEmpty(ValueError):
    """What is to be filled holds something already."""


class NotMoved(RuntimeError):
    """What came is not what was there."""


def share(folder: Path, engine: Shared) -> int:
    """Puts the store of a folder where an empty shared one is, under the same id; returns how many
    rows. The folder stays as it is: nothing more may be stored in it.

    Raises NotEmpty, NotMoved, LedgerAway, StorageAway.
    """
    source = Ledger(folder)
    if not source.path.exists():
        raise NotEmpty(f"{folder.name} holds no ledger to move")
    if register.rows(engine.folder):
        raise NotEmpty("the shared store has people already")
    with source.lock():
        source.checkpoint()
        with source.look():  # of today's schema, and sound
            pass
        for path in _files(folder):
            engine.blobs.put(path.relative_to(folder).as_posix(), path)
        with database.attached(source.path, read_only=True) as connection:
            rows = [(table, _rows(connection, table)) for table in KEYS]
            _put(engine, rows, _store(connection))
            before = _weights(connection)
    copy = Ledger(engine.folder)
    with copy.look():
        pass
    with database.attached(copy.path, read_only=True) as connection:
        if _weights(connection) != before:
            raise NotMoved("the shared ledger has other rows than the folder's")
    with register.writing(engine.folder) as others:
        register.fill(others, register.rows(folder))
    snapshot.publish(copy)
    return sum(len(each) for _, each in rows)


def unshare(engine: Shared, folder: Path) -> int:
    """Makes a store of its own, in a folder, from a shared one; returns how many files came.

    Raises NotEmpty, LedgerAway, StorageAway. The shared one stays as it is: whoever goes on with
    both has two stores of one id.
    """
    target = Ledger(folder)
    if target.lived:
        raise NotEmpty(f"{folder.name} holds a store already")
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for each in FOLDERS for name in engine.blobs.names(each)]
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        engine.blobs.fetch(name, folder / name)
    copy = Ledger(engine.folder)
    with copy.lock(), engine.writing():  # nothing is appended between the last look and the copy
        with copy.look() as connection:
            store = connection.execute("SELECT any_value(store_id) FROM store").only()
        copy.checkpoint()
        with atomic_files.drafted(target.path) as draft:
            shutil.copyfile(copy.path, draft)
            with database.attached(draft) as own:
                own.execute(f"DROP TABLE IF EXISTS {schema.COPIED}")
                own.execute("CHECKPOINT ledger")
    identity.write(folder, identity.Marker(store, schema.CURRENT))
    if problems := target.check():
        raise NotMoved(problems[0])
    if register.rows(engine.folder):
        register.copy_people(engine.folder, folder / register.NAME)
    snapshot.publish(target)
    return len(names)


def _put(engine: Shared, rows: list[Appended], store: str) -> None:
    """Appends all rows as one change."""
    with engine.postgres.turn() as turn:
        last = turn.last()
        if last.number:
            raise NotEmpty("the shared ledger holds something already")
        turn.name_store(store)
        change = next_change(last)
        turn.append(change, [(table, each) for table, each in rows if len(each)])
        turn.commit(change)


def _files(folder: Path) -> list[Path]:
    found = [path for name in FOLDERS for path in sorted((folder / name).glob("*"))]
    return [path for path in found if path.suffix != atomic_files.SUFFIX]


def _rows(connection: Connection, table: str) -> Any:
    return connection.sql(f"FROM {table}").to_arrow_table()


def _store(connection: Connection) -> str:
    return str(connection.execute("SELECT any_value(store_id) FROM store").fetchall()[0][0])


def _weights(connection: Connection) -> dict[str, tuple[Any, ...]]:
    """How many rows each table has, and what they weigh together: every cell counts."""
    return {
        table: connection.execute(
            f"SELECT count(*), bit_xor(hash(cells)) FROM {table} AS cells"
        ).fetchall()[0]
        for table in KEYS
    }
