"""Publishing in steps: a snapshot made from the one before it, of what was decided since.

What must stand in the next snapshot is worked out for the figures that the decisions reach, and
exchanged in a copy of the former file (turning.py).

The law: a snapshot made so equals one that is built from the whole ledger, cell for cell, but for
the time at which it was built (tests/impact/store/test_stepwise.py). What is doubtful is no step,
and everything is built: another code or other data files, no sound snapshot of this very ledger,
a line whose time does not count as it stands, more than MOST figures touched or READ read, a
snapshot that would lose figures, IN_A_ROW steps one after another.
"""

import shutil
from datetime import datetime
from pathlib import Path

from impact.model import dates
from impact.store import (
    atomic_files,
    database,
    naming,
    snapshot_files,
    turning,
    withholding,
)
from impact.store.database import Connection, Damaged
from impact.store.ledger import Ledger
from impact.store.since import since
from impact.store.snapshot_files import Meta
from impact.store.transaction import Transaction
from impact.store.turning import Step

# So many figures may be touched: more are built faster whole.
MOST = 2_000
# So many steps in a row: each leaves some 0.1 MB of gaps in the file (0.2 of 200 MB at a million
# figures), and puts its rows behind those that they would stand beside.
IN_A_ROW = 300


def taken(source: Ledger) -> str | None:
    """Makes the next snapshot of what the ledger has accepted, and returns its name; the pointer
    stays where it is. None where everything must be built. To be called under the writer lock.
    """
    meta = former(source.folder)
    if meta is None or meta.steps >= IN_A_ROW:
        return None
    path = source.folder / snapshot_files.FOLDER / meta.snapshot
    try:
        with database.attached(path, read_only=True) as snapshot, source.look() as ledger:
            step = _worked_out(source, ledger, snapshot, meta)
        if step is not None and step.name != meta.snapshot:
            _write(path, path.with_name(step.name), meta, step)
    except Damaged:
        return None
    return step.name if step else None


def former(folder: Path) -> Meta | None:
    """What the snapshot says of itself from which a step can be taken; None where there is none."""
    shown = snapshot_files.shown(folder)
    meta = shown.meta
    if meta is None or shown.fault or withholding.kept(folder):
        return None
    return meta if meta.code == naming.code() else None


def _worked_out(
    source: Ledger, ledger: Transaction, snapshot: Connection, meta: Meta
) -> Step | None:
    found = since(ledger, turning.line(snapshot, meta), MOST)
    if found is None:
        return None
    turn = turning.turn(source, ledger, snapshot, found)
    if len(turn.gone) - len(turn.came) > withholding.FEWER:
        return None
    return turning.step(snapshot, meta, turn)


def _write(former: Path, path: Path, meta: Meta, step: Step) -> None:
    """Writes the next snapshot: a copy of the former one, in which the rows that differ are
    exchanged. It appears whole."""
    with atomic_files.drafted(path) as draft:
        shutil.copyfile(former, draft)
        with database.attached(draft) as connection:
            connection.execute("BEGIN")
            turning.put(connection, step)
            say(connection, path.name, dates.now(), meta, step)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT ledger")
    snapshot_files.trust(path)


def say(connection: Connection, name: str, at: datetime, meta: Meta, step: Step) -> None:
    """Writes what a snapshot says of itself after a step from another, as known at a time (UTC)."""
    snapshot_files.say(
        connection,
        name,
        at,
        store_id=meta.store_id,
        last_decision=step.turn.since.last,
        lines=step.turn.since.lines,
        weight=step.weight,
        code=meta.code,
        steps=meta.steps + 1,
    )
