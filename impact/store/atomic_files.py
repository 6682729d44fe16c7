"""Files that appear under their names whole or not at all, whatever is killed meanwhile.

A file is written as a draft beside its place and renamed when all of it is on disk.
"""

import contextlib
import errno
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

SUFFIX = ".part"
# Seconds after which nobody writes to a draft any more, where others may be writing.
ABANDONED = 3600.0


@contextlib.contextmanager
def drafted(path: Path, *, own: bool = False) -> Iterator[Path]:
    """Gives the draft to write; it takes the place of `path` when the block ends well.

    own  whether the draft is this call's alone: needed where no lock keeps a second writer of the
         same path away, who would rename what the first has half written
    """
    draft = path.with_name(f"{path.name}{f'.{uuid.uuid4().hex}' if own else ''}{SUFFIX}")
    _remove(draft)
    try:
        yield draft
        if _log(draft).exists():  # a database that could not take all of it into its file
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(draft))
        _to_disk(draft)
        draft.replace(path)
    except BaseException:
        _remove(draft)
        raise
    # Some systems open no folder; there the name is on disk when the system has written it.
    with contextlib.suppress(PermissionError, IsADirectoryError):
        _to_disk(path.parent)


def remove_left(folder: Path, untouched: float = 0) -> None:
    """Removes drafts that a crash left in a folder, not in those within it.

    untouched  seconds that nobody has written to them; 0 where nobody else may be writing
    """
    for draft in folder.glob(f"*{SUFFIX}"):
        if time.time() - draft.stat().st_mtime >= untouched:
            _remove(draft)


def _remove(draft: Path) -> None:
    """A draft and, if it is a database, its write-ahead log, which would be played into the next
    draft of that name."""
    for path in (draft, _log(draft)):
        path.unlink(missing_ok=True)


def _log(draft: Path) -> Path:
    return draft.with_name(f"{draft.name}.wal")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
