"""Originals: the bytes of documents and uploads as they were received, by their SHA-256."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from impact.model import plain_files
from impact.store import atomic_files

FOLDER = "originals"
FROM_BACKUP = "run `python -m etl restore FILE` with a backup that has it"
# Names of originals of which the ledger speaks, a space between.
SPOKEN_OF = "SELECT files FROM documents UNION ALL SELECT upload_id FROM uploads"


def keep(folder: Path, payloads: Sequence[bytes]) -> str:
    """Keeps the bytes as received, each under its own SHA-256, on disk before the ledger speaks of
    them; returns the names, a space between."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [hashlib.sha256(payload).hexdigest() for payload in payloads]
    for name, payload in zip(names, payloads, strict=True):
        path = folder / name
        if path.exists():
            continue
        with atomic_files.drafted(path, own=True) as draft:
            draft.write_bytes(payload)
    return " ".join(names)


def missing(held: Collection[str], spoken_of: Iterable[str]) -> list[str]:
    """Names of originals that are gone, of those of which the ledger speaks."""
    expected = {name for several in spoken_of for name in several.split()}
    return sorted(name for name in expected if name not in held)


def digest(path: Path) -> str:
    """The SHA-256 of what lies there; empty where that is nothing that can be read."""
    try:
        return hashlib.sha256(plain_files.content(path)).hexdigest()
    except OSError:
        return ""


def check(folder: Path, gone: Iterable[str]) -> list[str]:
    """What is wrong with the originals, a sentence each; `gone` are those that are missing."""
    return [f"original {name} is missing: {FROM_BACKUP}" for name in gone] + [
        f"original {path.name} was altered, its bytes are not its hash's: {FROM_BACKUP}"
        for path in sorted(folder.glob("*"))
        if path.suffix != atomic_files.SUFFIX and path.is_file() and digest(path) != path.name
    ]
