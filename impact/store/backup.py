"""Backup: the whole truth of a store in one file, and a store made from one.

The truth is the ledger and the originals; what was read from them is taken along so that a restored
store need not read again, and so are the list of reviewers, without which one person would suffice,
and the accounts. No sign-in is: whoever was signed in when the backup was made, or has lost their
role since, does not come in by a restore. The published snapshot is not taken along either: it is
built from the ledger.

An archive says what it holds (CONTENTS): the digest of every file and of the rows of every table.
"""

import hashlib
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from impact.access import register
from impact.model import plain_files
from impact.store import atomic_files, faults, identity, inbox, recovery, reviewers
from impact.store.faults import StoreFault
from impact.store.ledger import Ledger

# What a backup holds, and nothing else.
LEDGER = "ledger.duckdb"
FOLDERS = ("originals", "readings")
# The ledger last: it is what makes a store.
PARTS = (*FOLDERS, reviewers.NAME, register.NAME, identity.NAME, LEDGER)
# What a crash left of the ledger, which a damaged store's archive takes along unopened.
WAL = f"{LEDGER}.wal"
# What says what an archive holds: {"files": name -> SHA-256, "tables": name -> [rows, SHA-256]}.
CONTENTS = "contents.json"


class NotEmpty(ValueError):
    """A store that holds something already; restoring never writes over figures."""


class NoBackup(ValueError):
    """A file that is no backup, or is damaged."""


class StoreShared(ValueError):
    """A copy of a shared store, which lacks originals that others have."""

    def __init__(self) -> None:
        super().__init__(
            "this machine has a copy of a shared store: make a folder of it with "
            "`python -m etl share FOLDER --back`, and back that up or restore to one"
        )


class StoreDamaged(ValueError):
    """A store that cannot be backed up as sound."""


def backup(ledger: Ledger, path: Path) -> int:
    """Writes a compressed archive of a sound store; returns the number of files in it.

    Nobody writes to the store meanwhile. The archive takes its name, and the place of an older one,
    only once it has been opened and holds what the store holds. Raises FileNotFoundError when
    nothing was ever stored, StoreDamaged when something is wrong with it, StoreShared when it is a
    copy; then nothing is written.
    """
    if ledger.engine.shared:
        raise StoreShared
    if not ledger.exists:
        raise FileNotFoundError(f"nothing stored yet in {ledger.folder.name}")
    with ledger.lock():
        if problems := damage(ledger):
            raise StoreDamaged(
                f"the store is damaged and nothing was written: {problems[0]} "
                f"({len(problems)} problems, see `python -m etl check`); `--damaged` keeps it as "
                "it is under another name"
            )
        # What a crash left in the write-ahead log goes into the file that is copied.
        ledger.checkpoint()
        with atomic_files.drafted(path) as draft, tempfile.TemporaryDirectory() as beside:
            files = _sources(ledger.folder, Path(beside))
            _write(files, draft, contents(ledger))
            _verify(ledger, files, draft)
    return len(files)


def backup_damaged(ledger: Ledger, path: Path) -> tuple[Path, int]:
    """Writes an archive of a damaged store as it lies there, under a name that nothing has: that of
    no good archive. Returns the name and the number of files. Such an archive is not restored; it
    is a tar file to mend from."""
    stem, ending = path.name.partition(".")[::2]
    numbers = range(1, 1000)
    names = [f"{stem}-damaged-{number}.{ending}".rstrip(".") for number in numbers]
    free = next(each for name in names if not (each := path.with_name(name)).exists())
    with (
        ledger.lock(),
        atomic_files.drafted(free) as draft,
        tempfile.TemporaryDirectory() as beside,
    ):
        files = _sources(ledger.folder, Path(beside))
        _write(files, draft)
    return free, len(files)


def contents(ledger: Ledger) -> dict[str, Any]:
    """What a store holds, as CONTENTS has it."""
    files = {each.relative_to(ledger.folder).as_posix(): each for each in _files(ledger.folder)}
    return {
        "files": {name: _digest(path).hex() for name, path in files.items() if name != LEDGER},
        "tables": {name: [len(rows), digest(rows)] for name, rows in ledger.contents().items()},
    }


def digest(rows: pd.DataFrame) -> str:
    """SHA-256 of the rows of a table, in their order."""
    return hashlib.sha256(rows.to_csv(index=False).encode()).hexdigest()


def damage(ledger: Ledger) -> list[str]:
    """What is wrong with a store's ledger, originals and readings, a sentence each. Every row is
    read, as DuckDB notices a damaged block when it reads it."""
    try:
        ledger.contents()
        return [*ledger.check(), *inbox.check(ledger)]
    except (StoreFault, OSError) as error:
        return [" ".join(str(error).split())]


def restore(ledger: Ledger, path: Path) -> int:
    """Makes a store from a backup, or brings back what a store has lost (impact/store/recovery.py);
    returns the number of files. A list of reviewers that lies in the folder already stays as it is.

    Raises NotEmpty when the store lacks nothing, NoBackup when the file is none or its content
    is not what it was, StoreMixed when it is another store's, StoreShared when it is a copy. A
    restore that fails leaves nothing behind.
    """
    if ledger.engine.shared:
        raise StoreShared
    if not recovery.lacks_something(ledger):
        raise NotEmpty(
            f"{ledger.folder.name} holds a store already: name an empty folder with --store"
        )
    ledger.folder.mkdir(parents=True, exist_ok=True)
    with ledger.lock(), tempfile.TemporaryDirectory(dir=ledger.folder) as folder:
        unpacked(path, Path(folder))
        recovery.adopt(Path(folder), ledger.folder)
        if problems := damage(Ledger(Path(folder))):
            raise NoBackup(f"the backup is damaged: {problems[0]}")
        return recovery.take(ledger, Path(folder))


def unpacked(path: Path, folder: Path) -> None:
    """Unpacks an archive, without any sign-in. Raises NoBackup."""
    _unpack(path, folder)
    if (folder / register.NAME).exists():
        _people_alone(folder)


def _people_alone(folder: Path) -> None:
    draft = folder / f"{register.NAME}{atomic_files.SUFFIX}"
    try:
        register.copy_people(folder, draft)
    except register.Unreadable as error:
        raise NoBackup(f"the backup is damaged: {register.NAME}: {error}") from None
    draft.replace(folder / register.NAME)


def _files(folder: Path) -> list[Path]:
    kept = [file for name in FOLDERS for file in sorted((folder / name).glob("*"))]
    names = (LEDGER, WAL, reviewers.NAME, identity.NAME)
    named = [each for name in names if (each := folder / name).exists()]
    return [*named, *(file for file in kept if file.suffix != atomic_files.SUFFIX)]


def _sources(folder: Path, beside: Path) -> dict[str, Path]:
    """Name in the archive -> file that is taken. The accounts are copied before, as they may change
    meanwhile."""
    found = {each.relative_to(folder).as_posix(): each for each in _files(folder)}
    if (folder / register.NAME).exists():
        try:
            register.copy_people(folder, beside / register.NAME)
        except register.Unreadable as error:
            raise StoreDamaged(f"{register.NAME} cannot be read: {error}") from None
        found[register.NAME] = beside / register.NAME
    return found


def _write(files: Mapping[str, Path], draft: Path, told: Mapping[str, Any] | None = None) -> None:
    """Writes an archive. Accounts and reports are in it: nobody but its owner reads it."""
    try:
        with tarfile.open(draft, "w:gz") as archive:
            draft.chmod(0o600)
            for name, file in files.items():
                archive.add(file, name)
            if told is not None:
                text = json.dumps(told, indent=1).encode()
                member = tarfile.TarInfo(CONTENTS)
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text))
    except OSError as error:
        raise OSError(f"{draft.name} was not written: {error.strerror}") from error


def _verify(ledger: Ledger, files: Mapping[str, Path], draft: Path) -> None:
    """Opens what was written and compares it with the store, byte for byte and row for row."""
    with tempfile.TemporaryDirectory() as folder:
        _unpack(draft, Path(folder))
        for name, file in files.items():
            if _digest(Path(folder) / name) != _digest(file):
                raise NoBackup(f"{name} was not written as it is: try again")
        written, stored = Ledger(Path(folder)).contents(), ledger.contents()
        if any(not written[table].equals(rows) for table, rows in stored.items()):
            raise NoBackup("the ledger was not written as it is: try again")


def _digest(path: Path) -> bytes:
    with plain_files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").digest()


def _unpack(path: Path, folder: Path) -> None:
    try:
        with tarfile.open(path, "r:gz") as archive:
            names = archive.getnames()
            known = [name.split("/")[0] in (*PARTS, WAL, CONTENTS) for name in names]
            if LEDGER not in names or not all(known):
                raise NoBackup(f"{path.name} is no backup of a store")
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        if isinstance(error, FileNotFoundError):
            raise
        if isinstance(error, PermissionError) and error.filename == str(path):
            raise NoBackup(f"{path.name} may not be read: give it to who restores") from None
        if isinstance(error, OSError) and faults.of_system(error) and error.filename != str(path):
            # The disk that takes it is to blame, not the archive.
            raise OSError(error.errno, error.strerror, str(folder)) from None
        raise NoBackup(f"{path.name} is no backup that can be read: {error}") from None
