"""Blobs in object storage: S3, or a server that speaks like it.

Endpoint, region and keys come from the environment, by the names that every tool for S3 knows:
AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, or those
that a cluster sets for its own machines. What is not encrypted is spoken with this machine alone,
unless AWS_ALLOW_HTTP says otherwise.

A put takes no condition (If-None-Match): not every server knows it. None is needed, as the same
name has the same bytes, and the ledger's own rows say what counts.
"""

import io
import ipaddress
import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from impact.store import atomic_files
from impact.store.faults import StorageAway
from impact.store.shared.blobs import check, is_original, named, opened

# Whoever waits for a page is told within seconds; a large file may take its time while it moves.
_CONNECT, _SILENT, _WHOLE = timedelta(seconds=3), timedelta(seconds=20), timedelta(minutes=10)
_TRIES, _TRIED_FOR = 2, timedelta(seconds=10)
_PIECE = 4 << 20
# Where keys come from. Without one of these they would be asked of an address on the network.
_KEYS = (
    "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_SKIP_SIGNATURE",
)  # fmt: skip
# Another one ends the process with a panic, or would be repeated with the password in it.
_ENDPOINT = re.compile(r"(https?://[^@\s]+)?")
# A server's own word for what is wrong, such as NoSuchBucket; the rest of its answer is not told.
_CODE = re.compile(r"<Code>(\w{1,60})</Code>", re.ASCII)

Answer = TypeVar("Answer")


class ObjectStorage:
    """Blobs in a bucket, below a prefix."""

    def __init__(self, bucket: str, prefix: str) -> None:
        if not any(os.environ.get(name) for name in _KEYS):
            raise StorageAway("AWS_ACCESS_KEY_ID is not set")
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
        if not _ENDPOINT.fullmatch(endpoint):
            raise ValueError("AWS_ENDPOINT_URL is no http address, or holds a user or a password")
        plain = _is_loopback(endpoint) or os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true"
        self._bucket = S3Store(
            bucket,
            prefix=prefix or None,
            client_options={
                "allow_http": plain,
                "connect_timeout": _CONNECT,
                "read_timeout": _SILENT,
                "timeout": _WHOLE,
            },
            retry_config={"max_retries": _TRIES, "retry_timeout": _TRIED_FOR},
        )

    def put(self, name: str, content: bytes | Path) -> None:
        with opened(content) as source:
            check(named(name), source)
            if is_original(name) and self.has(name):
                return
            _asked(lambda: obstore.put(self._bucket, name, source))

    def get(self, name: str) -> bytes:
        content = b"".join(self._pieces(name))
        check(name, io.BytesIO(content))
        return content

    def fetch(self, name: str, path: Path) -> None:
        with atomic_files.drafted(path, own=True) as draft:
            with draft.open("wb") as target:
                for piece in self._pieces(name):
                    target.write(piece)
            with draft.open("rb") as kept:
                check(name, kept)

    def has(self, name: str) -> bool:
        return _asked(lambda: obstore.head(self._bucket, named(name)), name) is not None

    def names(self, under: str) -> list[str]:
        pages = _asked(lambda: list(obstore.list(self._bucket, named(under)))) or []
        return sorted(each["path"] for page in pages for each in page)

    def remove(self, name: str) -> None:
        _asked(lambda: obstore.delete(self._bucket, named(name)), name)

    def has_room(self) -> bool:
        return True

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The bytes under a name, a few MB at a time. Raises StorageAway where some are lacking."""
        found = _asked(lambda: obstore.get(self._bucket, named(name)), name)
        if found is None:
            raise FileNotFoundError(name)
        lacking = found.meta["size"]
        stream = iter(found.stream(_PIECE))
        while (piece := _asked(lambda: next(stream, None))) is not None:
            lacking -= len(piece)
            yield bytes(piece)
        if lacking:
            raise StorageAway("it broke off in the middle")


def _asked(call: Callable[[], Answer], name: str = "") -> Answer | None:
    """What the storage answers; None where it knows of no such name.

    Its own errors are told by a word alone, and are not kept as the cause: they hold addresses and
    the id of the key.
    """
    try:
        return call()
    except (BaseError, OSError) as error:
        code = _CODE.search(str(error))
        absent = isinstance(error, FileNotFoundError)
    if absent and name and not (code and code[1] == "NoSuchBucket"):
        return None
    raise StorageAway(code[1] if code else "no answer")


def _is_loopback(endpoint: str) -> bool:
    """Whether an address is this machine's own, by number or as localhost."""
    host = urlsplit(endpoint).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
