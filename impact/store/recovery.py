"""Bringing back from a backup what a store has lost: its ledger, originals, readings.

What it still has stays; what is damaged is put aside (aside.py) before its place is taken.
"""

import shutil
from pathlib import Path

from impact.access import register
from impact.store import (
    aside,
    atomic_files,
    identity,
    inbox,
    migrations,
    originals,
    reviewers,
    schema,
)
from impact.store.database import Damaged
from impact.store.faults import StoreMixed, StoreUnreadable
from impact.store.ledger import Ledger

_FILES = ("originals", "readings")


def lacks_something(ledger: Ledger) -> bool:
    """Whether a folder holds no store yet, or one that a backup may complete."""
    return not _has_ledger(ledger) or bool(_damaged(ledger))


def adopt(unpacked: Path, folder: Path) -> None:
    """Takes what a backup holds for the folder's own store where its ledger is of a version that
    did not say whose it is. Raises StoreMixed where it is another store's, StoreUnreadable."""
    mine = identity.store_of(folder)
    try:
        theirs = migrations.look(unpacked / identity.LEDGER)[0]
    except Damaged as error:
        raise StoreUnreadable(str(error)) from error
    if mine and theirs and mine != theirs:
        raise StoreMixed(ledger=theirs, folder=mine)
    if mine and not theirs:
        identity.write(unpacked, identity.Marker(mine, schema.CURRENT))


def take(ledger: Ledger, unpacked: Path) -> int:
    """Moves what the store lacks from an unpacked backup to its place; returns how many files.

    The ledger comes last: it is what makes a store.
    """
    whole = not _has_ledger(ledger)
    bad = set() if whole else _damaged(ledger)
    count = 0
    for name in _FILES:
        for file in sorted((unpacked / name).glob("*")):
            place = ledger.folder / name / file.name
            if place in bad or (whole and not _same(place, file)):
                _put(file, place)
                count += 1
    if not whole:
        return count
    for name in (reviewers.NAME, register.NAME, identity.NAME):
        known = name != identity.NAME or identity.store_of(ledger.folder)
        own = bool(known) and (ledger.folder / name).exists()
        if (unpacked / name).exists() and not own:
            _put(unpacked / name, ledger.folder / name)
            count += 1
    if ledger.exists:
        aside.move(ledger.path, "damaged")
    shutil.move(unpacked / identity.LEDGER, ledger.path)
    return count + 1


def _has_ledger(ledger: Ledger) -> bool:
    if not ledger.exists:
        return False
    try:
        ledger.read_through()
    except (StoreUnreadable, StoreMixed):
        return False
    return True


def _damaged(ledger: Ledger) -> set[Path]:
    """Where a file of which the ledger speaks is gone or is not what it was."""
    gone = {ledger.originals / name for name in ledger.missing_originals()}
    altered = {path for path in _kept(ledger.originals) if originals.digest(path) != path.name}
    readings = {ledger.folder / "readings" / f"{each}.json" for each in inbox.damaged(ledger)}
    return gone | altered | readings


def _kept(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*") if path.suffix != atomic_files.SUFFIX]


def _same(place: Path, file: Path) -> bool:
    return place.is_file() and originals.digest(place) == originals.digest(file)


def _put(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        aside.move(place, "damaged")
    shutil.move(file, place)
