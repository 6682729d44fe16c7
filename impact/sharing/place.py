"""Where a shared store lies, as the environment says it.

IMPACT_STORE  postgresql://user@host:port/database: the ledger. Its password comes from
              PGPASSWORD or PGPASSFILE, never from the address, which ends up in messages.
IMPACT_BLOBS  s3://bucket/folder, or a folder that every machine has: originals, readings,
              snapshots
IMPACT_COPY   this machine's folder for its copy; store-shared/ beside the code by default
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_SCHEMES = ("postgresql", "postgres")
_ROOT = Path(__file__).parents[2]


class PlaceWrong(ValueError):
    """An address is missing, or says what it must not: a sentence says which."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shared store lies.

    ledger  address of the database, without a password
    blobs   address of the object storage, or a folder
    copy    this machine's folder
    """

    ledger: str
    blobs: str
    copy: Path


def of_environment() -> Place | None:
    """The shared store that the environment names; None where it names a folder or nothing.

    Raises PlaceWrong.
    """
    address = os.environ.get("IMPACT_STORE", "")
    if urlsplit(address).password or "password=" in address:
        raise PlaceWrong(
            "IMPACT_STORE holds a password: leave it out and set PGPASSWORD or PGPASSFILE"
        )
    if urlsplit(address).scheme not in _SCHEMES:
        if "host=" in address:
            raise PlaceWrong("IMPACT_STORE names a database in another way than postgresql://…")
        return None
    blobs = os.environ.get("IMPACT_BLOBS", "")
    if not blobs:
        raise PlaceWrong(
            "IMPACT_STORE names a database and IMPACT_BLOBS nothing: set it to s3://bucket/folder "
            "or to a folder that every machine has"
        )
    return Place(address, blobs, Path(os.environ.get("IMPACT_COPY") or _ROOT / "store-shared"))
