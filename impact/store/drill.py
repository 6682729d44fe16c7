"""A restore for trial: whether a backup gives back the store that it was made of.

It is restored into a folder of its own that goes again. The store is read and never written to.
"""

import errno
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from impact.access import register
from impact.store import backup, identity, snapshot
from impact.store.backup import CONTENTS, NoBackup
from impact.store.faults import StoreFull
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from impact.store.transaction import KEYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What came of a restore for trial.

    rows     of all tables of the ledger
    digests  how many digests the archive has of its files and tables; 0 for one made before
             archives had any. All of them are right.
    people   accounts that came along, roles that were taken away too
    since    table -> how many rows the store has that the backup lacks; None where there is no
             store to compare with
    """

    files: int
    rows: int
    digests: int
    snapshot: str
    figures: int
    people: int
    since: Mapping[str, int] | None


def drill(path: Path, store: Ledger) -> Drill:
    """Restores a backup for trial, checks it, publishes it, and compares it with what the archive
    and the store say.

    Raises NoBackup where anything differs: a file, a row, or that the store holds other rows where
    it should hold the same, and OSError where the system's temporary folder has no room for the
    unpacked store twice. Takes some seconds of work.
    """
    try:
        return _drill(path, store)
    except StoreFull:
        raise OSError(
            errno.ENOSPC, "no room for a restore for trial", tempfile.gettempdir()
        ) from None


def _drill(path: Path, store: Ledger) -> Drill:
    with tempfile.TemporaryDirectory() as name:
        again = Ledger(Path(name) / "store")
        files = backup.restore(again, path)
        told = _told(path, Path(name) / "unpacked")
        found = backup.contents(again)
        for kind, stated in told.items():
            for each, digest in stated.items():
                if found[kind].get(each) != digest:
                    raise NoBackup(f"{each} comes back otherwise than it was taken along")
        tables = again.contents()
        since = _since(tables, store, again) if store.exists else None
        published = snapshot.publish(again, anyway=True)
        return Drill(
            files=files,
            rows=sum(map(len, tables.values())),
            digests=sum(map(len, told.values())),
            snapshot=published,
            figures=Reader(again.folder).count(),
            people=len(register.rows(again.folder)),
            since=since,
        )


def _told(path: Path, folder: Path) -> Mapping[str, Mapping[str, object]]:
    folder.mkdir()
    backup.unpacked(path, folder)
    if not (folder / CONTENTS).exists():
        return {}
    try:
        told: Mapping[str, Mapping[str, object]] = json.loads(
            (folder / CONTENTS).read_text(encoding="utf-8")
        )
    except ValueError:
        raise NoBackup(f"the backup is damaged: {CONTENTS} cannot be read") from None
    return told


def _since(tables: Mapping[str, pd.DataFrame], store: Ledger, again: Ledger) -> dict[str, int]:
    """What the store has in addition. Raises NoBackup where it holds something else."""
    if identity.store_of(store.folder) != identity.store_of(again.folder):
        raise NoBackup("this is the backup of another store")
    found = {}
    for name, rows in store.contents().items():
        had = tables.get(name, rows.head(0))
        key = list(KEYS[name])
        among = rows.set_index(key).index.isin(had.set_index(key).index)
        if not rows[among].reset_index(drop=True).equals(had):
            raise NoBackup(f"the store holds other rows of {name} than the backup has of it")
        found[name] = len(rows) - len(had)
    return found
