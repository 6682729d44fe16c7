"""Going back: the snapshot of a moment of the past, made from the one that is published.

What has come since touches figures as a decision does (since.py, turning.py): they go, or stand as
they stood, in a copy of the published file, and what they reach is worked out anew. Before the
ledger began, what had not been said yet goes. All else is taken over as it is.

The law: a snapshot made so shows what one shows that is built from the ledger as it was
(tests/impact/store/test_going_back.py). Where the way back is longer than building, or cannot be
told, there is none: another code, no sound snapshot of this very ledger, a time that does not count
as it stands, more than MOST figures touched or READ (turning.py) read.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pandas as pd

from impact.model import columns, dates
from impact.store import atomic_files, database, snapshot_files, stepwise, turning
from impact.store.database import Connection, Damaged
from impact.store.ledger import Ledger, State
from impact.store.since import Since, since
from impact.store.snapshot_files import Meta
from impact.store.turning import Step, Turn
from impact.summaries import Kept, loosen

# So many figures may be touched by what came later. Those that had not been said yet do not count.
MOST = 20_000


def gone_back(
    source: Ledger, at: datetime, place: Callable[[str], Path], *, recorded: bool
) -> Path | None:
    """The snapshot of a moment (UTC), made from the published one; None where all must be built.

    place     the path of a snapshot by its name
    recorded  whether the ledger was kept by then
    """
    meta = stepwise.former(source.folder)
    if meta is None:
        return None
    former = source.folder / snapshot_files.FOLDER / meta.snapshot
    try:
        with database.attached(former, read_only=True) as snapshot:
            turn = _turn(source, snapshot, meta, at, recorded=recorded)
            step = turning.step(snapshot, meta, turn) if turn else None
        if step is None:
            return None
        path = place(step.name)
        if not snapshot_files.sound(path):
            _write(former, path, at, meta, step)
    except (Damaged, FileNotFoundError):  # another snapshot took its place, and it was removed
        return None
    return path


def said_by(state: State, at: datetime) -> State:
    """What is accepted today of what had been said by a moment (UTC).

    A figure whose source gives no day of publication (censuses, norms, measured temperatures)
    counts as known from the end of the day, month or year it speaks of.
    """
    figures = state.figures
    ends = figures["date"].map(lambda stated: dates.span(stated)[1])
    return replace(
        state,
        figures=figures[_said(figures["known_from"], figures["published"], ends, at)],
        corrections=state.corrections[:0],
        notes=state.notes[:0],
    )


def _said(known: pd.Series, published: pd.Series, last: pd.Series, at: datetime) -> pd.Series:
    """Whether figures had been said by a moment; `last` are the last days they speak of."""
    days, distinct = columns.each(last.to_frame("last"), ["last"], _end)
    ended = pd.Series([end <= at for end in distinct], dtype=bool).take(days).to_numpy()
    return (known <= at) | ((published == "") & ended)


def _end(last: datetime) -> datetime:
    return dates.to_utc(datetime.combine(last, time(23, 59, 59)))


def _turn(
    source: Ledger, snapshot: Connection, meta: Meta, at: datetime, *, recorded: bool
) -> Turn | None:
    """The way back, while the ledger is read: others who read it wait for no more than that."""
    with source.look(at if recorded else datetime.max) as ledger:
        found = since(ledger, turning.line(snapshot, meta), MOST, past=recorded)
        if found is None:
            return None
        if not recorded:
            found = _said_by(snapshot, found, at)
        return turning.turn(source, ledger, snapshot, found)


def _said_by(snapshot: Connection, found: Since, at: datetime) -> Since:
    """The same with the figures that had not been said yet, which go."""
    later = database.table(
        snapshot,
        f"""SELECT figure_id, known_from, published, day_end FROM figures
            WHERE known_from > TIMESTAMP '{at.isoformat(" ")}'""",
    )
    unsaid = ~_said(later["known_from"], later["published"], later["day_end"], at)
    return replace(
        found,
        touched=found.touched | frozenset(later["figure_id"][unsaid]),
        state=said_by(found.state, at),
    )


def _write(former: Path, path: Path, at: datetime, meta: Meta, step: Step) -> None:
    """Writes the snapshot; it appears whole. Few will ask it: what no summary is made of is not
    worked out before somebody asks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_files.drafted(path) as draft:
        shutil.copyfile(former, draft)
        with database.attached(draft, alone=True) as connection:
            # Else a checkpoint writes all figures anew to close the gaps that some leave.
            connection.execute("SET max_vacuum_tasks = 0")
            connection.execute("BEGIN")
            turning.put(connection, step, Kept.READ)
            loosen(connection, Kept.READ)
            stepwise.say(connection, path.name, at, meta, step)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT ledger")
    snapshot_files.trust(path)
