"""Bytes that several machines share, by name: originals, readings of reports, snapshots.

They lie in object storage (S3 and what speaks like it), or in a folder that every machine sees. In
both a name appears with all of its bytes or not at all, and whoever puts the same bytes under the
same name a second time changes nothing.
"""

import contextlib
import hashlib
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from impact.store import atomic_files, faults
from impact.store.faults import OriginalDamaged, StorageAway, StorageFull
from impact.store.originals import FOLDER as ORIGINALS

# Bytes below which a folder counts as full: less than the smallest snapshot.
LEAST_FREE = 2_000_000
INSTALL = "python -m pip install --require-hashes -r requirements-shared.lock"
# Letters that are the same in a file's name, in an address and in a signature.
_NAME = re.compile(r"(?!.*(?:^|/)\.)[\w.-]+(?:/[\w.-]+)*", re.ASCII)


class Blobs(Protocol):
    """Bytes by name, such as originals/<SHA-256>, readings/<id>.json, published/<name>.duckdb.

    Every verb raises StorageAway where the storage does not answer or refuses, and ValueError for
    a name that none may have. `get` and `fetch` raise FileNotFoundError for a name that is not
    there; they and `put` raise OriginalDamaged for an original whose bytes are not its SHA-256's.
    """

    def put(self, name: str, content: bytes | Path) -> None:
        """Keeps bytes, or those of a file, under a name. Returns when they are kept.

        An original that is there is not kept again, as its bytes can be no others: where they are
        damaged, remove them first.
        """

    def get(self, name: str) -> bytes:
        """The bytes under a name."""

    def fetch(self, name: str, path: Path) -> None:
        """Writes the bytes under a name to a file, which appears whole."""

    def has(self, name: str) -> bool:
        """Whether something is kept under a name."""

    def names(self, under: str) -> list[str]:
        """The names in a folder and in those within it, sorted."""

    def remove(self, name: str) -> None:
        """Removes what is kept under a name, if anything is."""

    def has_room(self) -> bool:
        """Whether anything of use could be kept; true where nobody can tell."""


def open_blobs(address: str) -> Blobs:
    """The blobs at an address: `s3://bucket/prefix`, or a folder as a path or `file:` address.

    Nothing is asked of the storage yet. Keys, region and endpoint of object storage come from the
    environment alone (see object_storage.py). Raises ValueError for another address, one that
    holds a user or a password among them, and ImportError where the extra is not installed.
    """
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise ValueError("IMPACT_BLOBS holds a user or a password: they belong in AWS_… variables")
    if parts.scheme == "s3" and parts.netloc:
        try:
            from impact.store.shared.object_storage import ObjectStorage
        except ImportError as error:
            raise ImportError(f"object storage needs a package more: {INSTALL}") from error
        return ObjectStorage(parts.netloc, parts.path.strip("/"))
    if parts.scheme == "file" and not parts.netloc:
        return FolderBlobs(Path(unquote(parts.path)))
    if address and not parts.scheme:
        return FolderBlobs(Path(address))
    raise ValueError("IMPACT_BLOBS is neither s3://BUCKET/PREFIX nor a folder")


class FolderBlobs:
    """Blobs in a folder that every machine sees, or on one machine for trial.

    The folder must be there: one that is made where a share is not mounted would take bytes that
    no other machine sees.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes | Path) -> None:
        path = self._path(name)
        with opened(content) as source:
            check(name, source)
            if is_original(name) and self.has(name):
                return
            with self._told(name):
                path.parent.mkdir(parents=True, exist_ok=True)
                with atomic_files.drafted(path, own=True) as draft, draft.open("wb") as target:
                    shutil.copyfileobj(source, target)

    def get(self, name: str) -> bytes:
        path = self._path(name)
        with self._told(name):
            content = path.read_bytes()
        check(name, io.BytesIO(content))
        return content

    def fetch(self, name: str, path: Path) -> None:
        kept = self._path(name)
        with self._told(name):
            source = kept.open("rb")
        with source:
            check(name, source)
            with atomic_files.drafted(path, own=True) as draft, draft.open("wb") as target:
                shutil.copyfileobj(source, target)

    def has(self, name: str) -> bool:
        path = self._path(name)
        with self._told(name):
            return path.is_file()

    def names(self, under: str) -> list[str]:
        folder = self._path(under)
        with self._told(under):
            return sorted(
                path.relative_to(self._folder).as_posix()
                for path in folder.rglob("*")
                if path.suffix != atomic_files.SUFFIX and path.is_file()
            )

    def remove(self, name: str) -> None:
        path = self._path(name)
        with self._told(name):
            path.unlink(missing_ok=True)

    def has_room(self) -> bool:
        with self._told(""):
            return shutil.disk_usage(self._folder).free >= LEAST_FREE

    def _path(self, name: str) -> Path:
        return self._folder / named(name)

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Says of a system's error which of ours it is."""
        fault: Exception
        try:
            if self._folder.is_dir():
                yield
                return
            fault = StorageAway("its folder is not there")
        except FileNotFoundError:
            there = self._folder.is_dir()
            fault = FileNotFoundError(name) if there else StorageAway("its folder is not there")
        except OSError as error:
            full = isinstance(faults.of_system(error), faults.StoreFull)
            fault = (StorageFull if full else StorageAway)(error.strerror or "")
        raise fault


def named(name: str) -> str:
    """A name, if it is one: it may not leave the place of the blobs, or be written in two ways."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name of a blob: {name!r}")
    return name


def check(name: str, content: io.BufferedIOBase) -> None:
    """Raises OriginalDamaged where an original is named otherwise than its bytes' SHA-256; leaves
    the content at its start."""
    if is_original(name):
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        if name != f"{ORIGINALS}/{digest}":
            raise OriginalDamaged("its bytes are not its hash's")
        content.seek(0)


def is_original(name: str) -> bool:
    """Whether a name is that of an upload or of a document's file."""
    return name.startswith(f"{ORIGINALS}/")


def opened(content: bytes | Path) -> io.BufferedIOBase:
    """Bytes, or a file of them, to be read from the start."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")
