"""The register of a store: its people and who is signed in.

Of a store in a folder it is a file beside the ledger (register_file.py). Where machines share one
it lies in their database (register_shared.py): what one of them takes away is away on all at the
next message. Both are asked by the same statements, with ? for values, and know the same tables:

    people  account, name as the ledger has it, folded (without case: no two accounts share one),
            role (empty: taken away), subject (issuer|subject, once they have signed in)
    logins  digest (SHA-256 of what the browser holds; that itself is kept nowhere), account,
            issuer, subject, session (the provider's name for its own, "" where it gives none),
            began, seen, ended (seconds since 1970; NULL while it lasts)
    ended   word (a provider's word that somebody has left: each counts once), at

It is in no snapshot. A backup takes the people along and no sign-in: after a restore everybody
signs in anew. Names of accounts stay taken for good, so that a name in the ledger means one
account.
"""

import contextlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from impact.access import register_file
from impact.access.register_file import NAME as NAME
from impact.access.register_file import Unreadable as Unreadable
from impact.sharing import place

if TYPE_CHECKING:
    from impact.access.register_shared import Shared

_COLUMNS = "account, name, folded, role, subject"
# A person with all that the register says of them, in the order above.
Row: TypeAlias = tuple[Any, ...]


class Away(Unreadable):
    """The database that holds a shared register does not answer."""


class Found(Protocol):
    """What a statement found: rows by the names of their columns, or how many it changed."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...


class Register(Protocol):
    """A register that is open."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Found: ...


def opened(folder: Path) -> contextlib.AbstractContextManager[Register]:
    """The register of the store in a folder, to read; one that is not there is an empty one.

    Whatever another process has changed is seen. Raises Unreadable, Away.
    """
    others = _shared(folder)
    return others.opened() if others else register_file.opened(folder)


def writing(folder: Path) -> contextlib.AbstractContextManager[Register]:
    """The same, to change; what is done in it is done whole or not at all. Made if need be.

    Raises Unreadable, Away.
    """
    others = _shared(folder)
    return others.writing() if others else register_file.writing(folder)


def require_sound(folder: Path) -> None:
    """Asks the register of a store, if there is one. Raises Unreadable, Away."""
    with opened(folder) as found:
        found.execute("SELECT count(role) FROM people").fetchone()


def rows(folder: Path) -> list[Row]:
    """The people of a register, roles that were taken away too, by account."""
    with opened(folder) as found:
        told = found.execute(f"SELECT {_COLUMNS} FROM people ORDER BY account").fetchall()
    return [tuple(each[name] for name in _COLUMNS.split(", ")) for each in told]


def copy_people(folder: Path, to: Path) -> None:
    """Writes the people of a register into a new file; nobody is signed in there.

    Raises Unreadable.
    """
    told = rows(folder)
    to.unlink(missing_ok=True)
    with register_file.writing(to.parent, to.name) as copy:
        fill(copy, told)


def fill(register: Register, people: Sequence[Row]) -> None:
    """Writes people into a register that has none of them."""
    for each in people:
        register.execute(f"INSERT INTO people ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)", each)


def _shared(folder: Path) -> "Shared | None":
    """The register that machines share, where the folder is this machine's copy of their store."""
    where = place.of_environment()
    return _opened(where.ledger) if where and folder == where.copy else None


@cache
def _opened(address: str) -> "Shared":
    # A store in a folder needs none of the packages that a shared one takes.
    from impact.access.register_shared import Shared

    return Shared(address)
