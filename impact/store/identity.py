"""Which store a folder holds: a marker beside the ledger, and the same id in ledger and snapshots.

A ledger that is gone leaves the marker behind, and a ledger of another store does not fit it: so no
store gets an empty ledger by itself, and no two stores are mixed without a word.
"""

import tomllib
import uuid
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from impact.model import plain_files
from impact.store import atomic_files
from impact.store.faults import MarkerDamaged

NAME = "store.toml"
LEDGER = "ledger.duckdb"
_TEXT = """\
# Which store this folder holds. Made by the program; keep it beside the ledger.
store = "{store}"
schema = {schema}
published = {published}
"""


# Folder -> the marker that this process has last seen there.
_SEEN: "dict[Path, Marker]" = {}


@dataclass(frozen=True, slots=True)
class Marker:
    """What the folder says of itself.

    schema     the number of the ledger's schema, see impact/store/migrations.py
    published  whether a snapshot was ever published from here
    """

    store: str
    schema: int
    published: bool = False


def new() -> str:
    """An id for a store that is made now."""
    return f"S-{uuid.uuid4().hex[:16]}"


def read(folder: Path) -> Marker | None:
    """The folder's marker; None where it has none. Raises MarkerDamaged.

    Where nothing of the store is there any more it is the one that this process has seen: a disk
    that is taken away under a server is no store that was never begun.
    """
    path = folder / NAME
    try:
        found = path.stat()
    except FileNotFoundError:
        left = (folder / LEDGER).exists() or _kept(folder)
        return None if left else _SEEN.get(folder)
    marker = _SEEN[folder] = _read(path, found.st_mtime_ns, found.st_size, found.st_ino)
    return marker


@lru_cache(maxsize=64)
def _read(path: Path, *_signature: int) -> Marker:
    try:
        found = tomllib.loads(plain_files.text(path))
        return Marker(str(found["store"]), int(found["schema"]), bool(found["published"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MarkerDamaged(str(error)) from None


def store_of(folder: Path) -> str:
    """The id of the folder's store; empty where the marker is missing or damaged."""
    try:
        marker = read(folder)
    except MarkerDamaged:
        return ""
    return marker.store if marker else ""


def write(folder: Path, marker: Marker) -> None:
    """Writes the marker; nothing if it stands there already."""
    try:
        if read(folder) == marker:
            return
    except MarkerDamaged:
        pass  # written anew
    text = _TEXT.format(
        store=marker.store, schema=marker.schema, published=str(marker.published).lower()
    )
    with atomic_files.drafted(folder / NAME, own=True) as draft:
        draft.write_text(text, encoding="utf-8")


def note_published(folder: Path) -> None:
    """Keeps that a snapshot was published: from now on a store without one has lost it."""
    if marker := read(folder):
        write(folder, replace(marker, published=True))


def lived(folder: Path) -> bool:
    """Whether a folder has ever held a ledger: by its marker, by what only a ledger brings, or
    because this process has seen one there."""
    return folder in _SEEN or (folder / NAME).exists() or _kept(folder)


def _kept(folder: Path) -> bool:
    """Whether something lies there that only a ledger brings."""
    kept = [folder / "originals", folder / "readings"]
    files = [file for each in kept for file in each.glob("*") if file.suffix != atomic_files.SUFFIX]
    return bool(files) or any((folder / "published").glob("*.duckdb"))
