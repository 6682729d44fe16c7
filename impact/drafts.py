"""Files that appear under their names whole or not at all, whatever is killed meanwhile.

A file is written as a draft beside its place and renamed when all of it is on disk. Within a store
drafts are written by who holds the writer lock alone, so whoever holds it knows that every draft
there was left behind.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

SUFFIX = ".part"


@contextlib.contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Gives the draft to write; it takes the place of `path` when the block ends well."""
    draft = path.with_name(path.name + SUFFIX)
    _remove(draft)
    try:
        yield draft
        _to_disk(draft)
        draft.replace(path)
    except BaseException:
        _remove(draft)
        raise
    # Some systems open no folder; there the name is on disk when the system has written it.
    with contextlib.suppress(OSError):
        _to_disk(path.parent)


def remove_left(folder: Path) -> None:
    """Removes the drafts that a crash left anywhere in a folder; nobody may be writing one."""
    for draft in folder.rglob(f"*{SUFFIX}"):
        _remove(draft)


def _remove(draft: Path) -> None:
    """A draft and, if it is a database, its write-ahead log, which would be played into the next
    draft of that name."""
    for path in (draft, draft.with_name(f"{draft.name}.wal")):
        path.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
