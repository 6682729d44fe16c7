"""/api/snapshot.duckdb and .zip: everything that is published, in one file.

A file is made once for a snapshot and kept in a folder of this process: it may be too large for the
memory. Nothing of the store is touched.
"""

import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from impact import queries
from impact.address import declared
from impact.exports import whole
from impact.model.language import N_
from impact.store import atomic_files
from impact.store.reader import Reader
from pages.api import Address, Answer, Asked

# Files that stay: the newest of both kinds, and those that somebody may still be sent.
KEPT = 4
_FOLDER = tempfile.TemporaryDirectory(prefix="snapshot-")
_MAKING = threading.Lock()
DUCKDB = "application/vnd.duckdb"


def answer(
    asked: Asked, *, ending: str, write: Callable[[Reader, Path], None], mime: str
) -> Answer:
    """The file of the snapshot that is shown, or of the one that was."""
    built = queries.extent(asked.reader).built_at
    name = f"snapshot-{built:%Y-%m-%d}.{ending}" if built else f"snapshot.{ending}"
    with _MAKING:
        path = _made(asked.reader, ending, write)
    return Answer(
        body=b"",
        file=path,
        mime=mime,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _made(reader: Reader, ending: str, write: Callable[[Reader, Path], None]) -> Path:
    folder = Path(_FOLDER.name)
    path = folder / f"{reader.snapshot.replace('/', '-') or 'empty'}.{ending}"
    if not path.exists():
        with atomic_files.drafted(path) as draft:
            write(reader, draft)
    path.touch()
    for old in sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime)[:-KEPT]:
        old.unlink()
    return path


_FORMATS = (
    ("duckdb", whole.to_duckdb, DUCKDB, N_("everything that is published as one DuckDB file")),
    ("zip", whole.to_zip, "application/zip", N_("the same tables as Parquet files in a ZIP")),
)
ADDRESSES = tuple(
    Address(
        path=f"/api/snapshot.{ending}",
        meaning=meaning,
        answer=partial(answer, ending=ending, write=write, mime=mime),
        parameters=(declared.ASOF, declared.LANG),
        saved=True,
        mime=mime,
    )
    for ending, write, mime, meaning in _FORMATS
)
