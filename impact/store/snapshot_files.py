"""The files of snapshots: their shape, how one is written, and which of them is shown.

The one that the pointer names is shown if it is whole, of this store and of this version's shape;
else the newest other one that is, with a fault that says so. Never one that cannot be trusted.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from impact import summaries
from impact.model import plain_files
from impact.model.figure import sql_columns
from impact.model.rows import records
from impact.rules import headline
from impact.store import database, faults, identity
from impact.store.database import Connection, Damaged
from impact.store.faults import SnapshotFault
from impact.summaries import Kept

FOLDER, POINTER, ENDING = "published", "current", ".duckdb"
# What the database may take to write a snapshot; of a million figures it puts some on disk.
_MEMORY = "600MB"
# The same while a snapshot is read through once: nothing of it is needed again, and 240 MB of a
# million figures stayed.
_ONCE = "100MB"

_DERIVED = """
    figure_id VARCHAR, document_id VARCHAR, known_from TIMESTAMP, recorded_at TIMESTAMP,
    day DATE, day_end DATE, day_told BOOLEAN, speaker VARCHAR, body VARCHAR, role VARCHAR,
    outlet VARCHAR, origin VARCHAR, claim VARCHAR, claim_scale VARCHAR, doubted BOOLEAN,
    standing TINYINT, stated TIMESTAMP, rivals INTEGER, rivals_low DOUBLE, rivals_high DOUBLE,
    doubts_beside INTEGER, bodies INTEGER, outlets INTEGER, fact VARCHAR, also_told VARCHAR
"""
_RANKS = ", ".join(f"rank_{rule} INTEGER, why_{rule} VARCHAR" for rule in headline.RULES)
SCHEMA = {
    "figures": f"{sql_columns()}, {_DERIVED}, {_RANKS}",
    "doubts": """figure_id VARCHAR, rule VARCHAR, detail VARCHAR, answered BOOLEAN,
        answered_by VARCHAR, answer VARCHAR""",
    "documents": """document_id VARCHAR, number BIGINT, source VARCHAR, name VARCHAR,
        files VARCHAR, title VARCHAR, publisher VARCHAR, url VARCHAR, licence VARCHAR,
        size BIGINT, rows_in BIGINT, rows_kept BIGINT, rows_refused BIGINT,
        received_at TIMESTAMP, accepted_at TIMESTAMP""",
    "corrections": """number BIGINT, decided_at TIMESTAMP, who VARCHAR, reason VARCHAR,
        what VARCHAR, figure_id VARCHAR, new_id VARCHAR, indicator VARCHAR, place VARCHAR,
        date VARCHAR, unit VARCHAR, people VARCHAR, status VARCHAR, url VARCHAR, was DOUBLE,
        now DOUBLE, detail VARCHAR""",
    "notes": """decision_id VARCHAR, number BIGINT, figure_id VARCHAR, who VARCHAR,
        reason VARCHAR, decided_at TIMESTAMP""",
    "meta": """snapshot VARCHAR, built_at TIMESTAMP, figures BIGINT, known_at TIMESTAMP,
        store_id VARCHAR, schema_number BIGINT, last_decision VARCHAR, lines BIGINT,
        weight UBIGINT, code VARCHAR, steps BIGINT""",
}
# A snapshot's tables: the rows of each, as one frame or piece by piece.
Tables = Mapping[str, pd.DataFrame | Iterable[pd.DataFrame]]
# Worked out from the columns and summaries, so that no change of them can forget it. A snapshot is
# made anew from the ledger at any time: it needs no migrations, only to be known for what it is.
_SHAPE = repr((SCHEMA, dict(summaries.texts())))
SCHEMA_NUMBER = int.from_bytes(hashlib.sha256(_SHAPE.encode()).digest()[:4], "big")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a snapshot says of itself; what an older version's does not say is empty.

    last_decision  id of the last line about decisions that it was made from
    lines          how many documents and decisions the ledger had: what came later has more,
                   whatever the clock said
    weight         of its figures, see naming.py
    code           which code and data files made it, see naming.py
    steps          how many steps (stepwise.py) lie between it and the last that was built whole
    """

    snapshot: str = ""
    built_at: datetime
    figures: int
    known_at: datetime | None = None
    store_id: str = ""
    schema_number: int = 0
    last_decision: str = ""
    lines: int = 0
    weight: int = 0
    code: str = ""
    steps: int = 0

    @property
    def order(self) -> tuple[int, datetime]:
        """By which of two snapshots of a store the later one is known."""
        return self.lines, self.built_at


@dataclass(frozen=True, slots=True)
class Shown:
    """The snapshot that readers see: its name ("" if there is none), what it says of itself, and
    why it is not the one it should be."""

    name: str = ""
    meta: Meta | None = None
    fault: SnapshotFault | None = None


def shown(folder: Path) -> Shown:
    """Which snapshot of the store in a folder is shown. Looks at files alone, and reads each once
    for as long as it stays as it is."""
    name, fault = _named(folder)
    store = identity.store_of(folder)
    if name:
        meta, fault = _judged(folder / FOLDER / name, store)
        if meta and not fault:
            return Shown(name, meta)
    if fault is None:
        return Shown()
    found = _newest(folder / FOLDER, store)
    if found is None:
        return Shown(fault=type(fault)(fault.detail))
    return Shown(found.snapshot, found, type(fault)(fault.detail, shown=found.built_at))


def last(folder: Path, store: str = "") -> Meta | None:
    """What the last snapshot says of itself, of whatever version: the one that the pointer names,
    else the newest. None where none can be read.

    store  leaves out what is known to be another store's
    """
    name, _ = _named(folder)
    metas = list(_readable(folder / FOLDER))
    if store:
        metas = [each for each in metas if each.store_id in ("", store)]
    named = [each for each in metas if each.snapshot == name]
    return max(named or metas, key=lambda each: each.order, default=None)


def sound(path: Path) -> bool:
    """Whether a snapshot can be read to its end and has this version's shape."""
    meta, _ = _examined(path)
    return meta is not None and meta.schema_number == SCHEMA_NUMBER


def current(folder: Path) -> str | None:
    """The name that the pointer gives, whether its file is sound or not; None where it gives
    none."""
    return _named(Path(folder))[0] or None


def signature(path: Path) -> tuple[int, ...]:
    """What changes with a file; empty where there is none."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return ()


def write(
    path: Path, name: str, at: datetime, tables: Tables, kept: Kept = Kept.ALL, **said: Any
) -> None:
    """Writes a snapshot as built at a time (UTC); `said` is what else `meta` says."""
    with (
        database.attached(path, alone=True) as connection,
        tempfile.TemporaryDirectory() as spilled,
    ):
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute(f"SET temp_directory = '{spilled}'")
        fill(connection, name, at, tables, **said)
        summaries.build(connection, kept)
        connection.execute("CHECKPOINT ledger")  # what fails while it is closed is not told


def fill(
    connection: Connection,
    name: str,
    at: datetime | None,
    tables: Tables,
    **said: Any,
) -> None:
    """Makes a snapshot's tables with their rows; the summaries are made after them."""
    create(connection)
    put(connection, name, at, tables, **said)


def put(
    connection: Connection, name: str, at: datetime | None, tables: Tables, **said: Any
) -> None:
    """Puts rows into a snapshot's tables, and what it says of itself into `meta`."""
    for table, rows in tables.items():
        for frame in [rows] if isinstance(rows, pd.DataFrame) else rows:
            insert(connection, table, frame)
    say(connection, name, at, **said)


def say(connection: Connection, name: str, at: datetime | None, **said: Any) -> None:
    """Writes what a snapshot says of itself, in the place of what it said."""
    count, known = connection.execute("SELECT count(*), max(known_from) FROM figures").fetchall()[0]
    meta = pd.DataFrame(
        [(name, at, count, known, SCHEMA_NUMBER, *said.values())],
        columns=["snapshot", "built_at", "figures", "known_at", "schema_number", *said],
    )
    connection.execute("DELETE FROM meta")
    insert(connection, "meta", meta)


def insert(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Puts rows into a table, by the names of their columns."""
    connection.register("frame", frame)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")
    connection.unregister("frame")


def create(connection: Connection) -> None:
    """Makes a snapshot's tables, empty."""
    for table, columns in SCHEMA.items():
        connection.execute(f"CREATE TABLE {table} ({columns})")


def _named(folder: Path) -> tuple[str, SnapshotFault | None]:
    """What the pointer names, or why it names nothing; neither where nothing was published yet."""
    pointer = folder / FOLDER / POINTER
    try:
        name = _pointed(pointer, signature(pointer))
    except FileNotFoundError:
        missing = any((folder / FOLDER).glob(f"*{ENDING}")) or _was_published(folder)
        return "", faults.PointerMissing() if missing else None
    except (OSError, ValueError) as error:
        return "", faults.PointerDamaged(str(error))
    if Path(name).name != name or not name.endswith(ENDING):
        return "", faults.PointerDamaged(f"it says {name[:40]!r}")
    return name, None


def _pointed(pointer: Path, found: tuple[int, ...]) -> str:
    """What a pointer says. It is asked before every query, and read only where it changed."""
    return _text(pointer, found) if found else _text.__wrapped__(pointer, found)


@lru_cache(maxsize=64)
def _text(path: Path, _signature: tuple[int, ...]) -> str:
    return plain_files.text(path, "ascii").strip()


def _was_published(folder: Path) -> bool:
    try:
        marker = identity.read(folder)
    except faults.MarkerDamaged:
        return False
    return marker is not None and marker.published


def _judged(path: Path, store: str) -> tuple[Meta | None, SnapshotFault | None]:
    """What a snapshot says of itself, and why it may not be shown. An unknown store takes any."""
    meta, damage = _examined(path)
    if meta is None:
        missing = faults.SnapshotMissing(path.name)
        return None, missing if damage is None else faults.SnapshotDamaged(damage)
    if meta.schema_number != SCHEMA_NUMBER:
        return meta, faults.SnapshotOtherSchema()
    if store and meta.store_id != store:
        return meta, faults.SnapshotForeign(f"{meta.store_id}, not {store}")
    return meta, None


def _newest(folder: Path, store: str) -> Meta | None:
    metas = _readable(folder)
    found = [each for each in metas if _judged(folder / each.snapshot, store)[1] is None]
    return max(found, key=lambda each: each.order, default=None)


def _readable(folder: Path) -> Iterator[Meta]:
    """What each snapshot of a folder says of itself, if it can be read."""
    for path in sorted(folder.glob(f"*{ENDING}")):
        meta, _ = _examined(path)
        if meta is not None:
            yield meta


def _examined(path: Path) -> tuple[Meta | None, str | None]:
    """What a snapshot says of itself if it can be read to its end, else what is wrong; neither
    where there is no file."""
    found = signature(path)
    if found and _WRITTEN.get(path, ((), None))[0] == found:
        return _WRITTEN[path][1], None
    return _read(path, found) if found else (None, None)


# Snapshots that this process made from one that was read to its end, as they were then.
_WRITTEN: dict[Path, tuple[tuple[int, ...], Meta]] = {}
_TRUSTED = 64


def trust(path: Path) -> None:
    """Takes a snapshot for sound that this process has just made from a sound one: a million
    figures take seconds to be read. Once it is altered it is read again."""
    with database.attached(path, read_only=True) as connection:
        meta, _ = _meta_of(connection, path)
    if meta is not None:
        while len(_WRITTEN) >= _TRUSTED:
            _WRITTEN.pop(next(iter(_WRITTEN)), None)
        _WRITTEN[path] = signature(path), meta


@lru_cache(maxsize=256)
def _read(path: Path, _signature: tuple[int, ...]) -> tuple[Meta | None, str | None]:
    try:
        with database.attached(path, read_only=True, alone=True) as connection:
            connection.execute(f"SET memory_limit = '{_ONCE}'")
            database.read_through(connection)
            return _meta_of(connection, path)
    except (Damaged, database.Error, faults.StoreFault) as error:
        return None, str(error)


def _meta_of(connection: Connection, path: Path) -> tuple[Meta | None, str | None]:
    rows = records(connection.execute("FROM meta").df())
    if len(rows) != 1:
        return None, "it does not say what it is"
    known = Meta.__dataclass_fields__
    said: dict[str, Any] = {
        name: None if pd.isna(value) else value for name, value in rows[0].items() if name in known
    }
    try:
        meta = Meta(**said)
    except TypeError as error:
        return None, str(error)
    return (
        replace(
            meta,
            figures=int(meta.figures),
            lines=int(meta.lines),
            weight=int(meta.weight),
            steps=int(meta.steps),
            snapshot=path.name,
        ),
        None,
    )


def forget() -> None:
    """Looks at every snapshot anew: one of them failed though it had been found sound."""
    _WRITTEN.clear()
    _read.cache_clear()
