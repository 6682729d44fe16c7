"""Files put aside before something else takes their place: a ledger before it is migrated, a
damaged one before another is brought back. Nothing here is ever read or removed by the program."""

import shutil
from pathlib import Path

from impact.model import dates
from impact.store import atomic_files

FOLDER = "aside"
# Folders within a store, whose files go to the store's own.
WITHIN = ("originals", "readings")


def copy(database: Path, why: str) -> Path:
    """Copies a database and its write-ahead log into the folder; the copy appears whole."""
    kept = _place(database, why)
    for path, place in _pairs(database, kept):
        with atomic_files.drafted(place) as draft:
            shutil.copyfile(path, draft)
    return kept


def move(database: Path, why: str) -> Path:
    """The same, and nothing is left in its place."""
    kept = _place(database, why)
    for path, place in _pairs(database, kept):
        path.replace(place)
    return kept


def _place(database: Path, why: str) -> Path:
    root = database.parent
    while root.name in WITHIN:
        root = root.parent
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    name = f"{database.stem}-{why}-{dates.now():%Y%m%dT%H%M%S}"
    places = (folder / f"{name}{n or ''}{database.suffix}" for n in range(1000))
    return next(place for place in places if not place.exists())


def _pairs(database: Path, kept: Path) -> list[tuple[Path, Path]]:
    # The log first: without its database it says nothing, the other way round it is missed.
    logs = [(path.with_name(f"{path.name}.wal")) for path in (database, kept)]
    pairs = [(logs[0], logs[1]), (database, kept)]
    return [(path, place) for path, place in pairs if path.exists()]
