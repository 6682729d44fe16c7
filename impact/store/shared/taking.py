"""What a machine's copy takes from the shared ledger: the rows that came since it looked last.

All of them are on this machine before any of them goes into the copy: of a ledger that is gone
midway the copy would keep a part, and take it again later. A few wait in memory, many on the disk:
ten million figures would be several GB.
"""

import contextlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from impact.store import atomic_files, database, schema
from impact.store.database import Connection
from impact.store.shared.migrating import ANEW
from impact.store.shared.postgres import Change, Rows
from impact.store.transaction import KEYS


def take(connection: Connection, rows: Rows, have: Change, last: Change, folder: Path) -> None:
    """Takes what came after one change, up to another, into the copy in a folder.

    connection  to the copy's ledger
    """
    touched = rows.touched(have)
    anew = ANEW in touched
    if anew:
        have, touched = Change(), set(KEYS)
    read: list[str] = []
    with contextlib.ExitStack() as waiting:
        came = {}
        for table in touched:
            pieces = rows.since(table, have, last, database.like(connection, table))
            if table == "readings":
                pieces = _noted(pieces, read)
            # Named as a draft, so that what a kill leaves is removed as one.
            path = folder / f"came-{table}{atomic_files.SUFFIX}"
            waiting.callback(path.unlink, missing_ok=True)
            came[table] = _waiting(pieces, path)
        for table, new in came.items():
            if anew:
                connection.execute(f"DELETE FROM {table}")
            connection.register("came", new)
            connection.execute(f"INSERT INTO {table} BY NAME FROM came")
            connection.unregister("came")
    # A report that was read anew elsewhere has another reading under the same name.
    for document in filter(None, read):
        (folder / "readings" / f"{document}.json").unlink(missing_ok=True)
    stand_at(connection, last)


def stand_at(connection: Connection, change: Change) -> None:
    """Writes into a copy up to which change it has come."""
    connection.execute(f"UPDATE {schema.COPIED} SET change = ?, id = ?", [change.number, change.id])


def _noted(pieces: Iterator[Any], documents: list[str]) -> Iterator[Any]:
    """Rows of readings, whose documents are noted on the way."""
    for piece in pieces:
        documents += piece.column("document_id").to_pylist()
        yield piece


def _waiting(pieces: Iterator[Any], path: Path) -> Any:
    """Rows as DuckDB takes them once: a single piece as it is, more from a file made at a path."""
    first = next(pieces)
    second = next(pieces, None)
    if second is None:
        return first
    packed = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(str(path), first.schema, options=packed) as file:
        for piece in chain((first, second), pieces):
            file.write_table(piece)
    return pa.ipc.open_stream(pa.OSFile(str(path)))
