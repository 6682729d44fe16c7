"""Disk: whether what comes next will find room.

A build writes a whole snapshot before the old one goes, and a backup is a copy of the ledger and
the originals. So there must be room for all that the store holds once more.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, WRONG, Finding
from impact.store import condition

LEAST = 500_000_000  # bytes; some weeks of reports of the largest size that is taken
_ABOUT = "disk"


def examine(store: Path) -> Iterator[Finding]:
    """Compares the room that is left with what the store takes."""
    folder = next(each for each in (store, *store.parents) if each.is_dir())
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(WRONG, _ABOUT, f"nothing can be written to {store.name}; make it writable")
        return
    free, taken = condition.free(store), _size(store)
    said = f"{_gigabytes(free)} are free where the store lies, which takes {_gigabytes(taken)}"
    if free < condition.LEAST_FREE:
        yield Finding(WRONG, _ABOUT, f"{said}: it is full; free some space")
    elif free < max(LEAST, taken):
        yield Finding(NOTE, _ABOUT, f"{said}: free some space before a build or a backup fails")
    else:
        yield Finding(FINE, _ABOUT, said)


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
