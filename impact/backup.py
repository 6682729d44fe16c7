"""Backup: the whole truth of a store in one file, and a store made from one.

The truth is the ledger and the originals; what was read from them is taken along so that a restored
store need not read again, and so is the list of reviewers, without which one person would suffice.
The published snapshot is not: it is built from the ledger.
"""

import tarfile
import tempfile
from pathlib import Path

from impact import drafts, identity, people, recovery
from impact.ledger import Ledger

# What a backup holds, and nothing else.
LEDGER = "ledger.duckdb"
FOLDERS = ("originals", "readings")
# The ledger last: it is what makes a store.
PARTS = (*FOLDERS, people.NAME, identity.NAME, LEDGER)


class NotEmpty(ValueError):
    """A store that holds something already; restoring never writes over figures."""


class NoBackup(ValueError):
    """A file that is no backup, or is damaged."""


def backup(ledger: Ledger, path: Path) -> int:
    """Writes a compressed archive of a store; returns the number of files in it.

    Nobody writes to the store meanwhile. The archive appears under its name only when complete.
    Raises FileNotFoundError when nothing was ever stored.
    """
    if not ledger.exists:
        raise FileNotFoundError(f"nothing stored yet in {ledger.folder.name}")
    with ledger.lock(), ledger.connect() as connection, drafts.drafted(path) as draft:
        # What a crash left in the write-ahead log goes into the file that is copied.
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
        connection.execute("BEGIN")
        files = _files(ledger.folder)
        with tarfile.open(draft, "w:gz") as archive:
            for file in files:
                archive.add(file, file.relative_to(ledger.folder).as_posix())
    return len(files)


def restore(ledger: Ledger, path: Path) -> int:
    """Makes a store from a backup, or brings back what a store has lost (impact/recovery.py);
    returns the number of files. A list of reviewers that lies in the folder already stays as it is.

    Raises NotEmpty when the store lacks nothing, NoBackup when the file is none or its content
    is not what it was, StoreMixed when it is another store's. A restore that fails leaves nothing
    behind.
    """
    if not recovery.lacks_something(ledger):
        raise NotEmpty(
            f"{ledger.folder.name} holds a store already: name an empty folder with --store"
        )
    ledger.folder.mkdir(parents=True, exist_ok=True)
    with ledger.lock(), tempfile.TemporaryDirectory(dir=ledger.folder) as folder:
        _unpack(path, Path(folder))
        recovery.adopt(Path(folder), ledger.folder)
        if problems := Ledger(Path(folder)).check():
            raise NoBackup(f"the backup is damaged: {problems[0]}")
        return recovery.take(ledger, Path(folder))


def _files(folder: Path) -> list[Path]:
    kept = [file for name in FOLDERS for file in sorted((folder / name).glob("*"))]
    named = [folder / each for each in (people.NAME, identity.NAME) if (folder / each).exists()]
    return [folder / LEDGER, *named, *(file for file in kept if file.suffix != drafts.SUFFIX)]


def _unpack(path: Path, folder: Path) -> None:
    try:
        with tarfile.open(path, "r:gz") as archive:
            names = archive.getnames()
            known = [name.split("/")[0] in PARTS for name in names]
            if LEDGER not in names or not all(known):
                raise NoBackup(f"{path.name} is no backup of a store")
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise NoBackup(f"{path.name} is no backup that can be read: {error}") from None
