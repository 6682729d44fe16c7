"""The engine of a store: where its truth lies, beside the folder in which everything works.

Alone, the folder is the store. Where machines share one (impact/store/shared), the folder is this
machine's copy of it. The few things that differ are asked of the engine.
"""

import contextlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from impact.sharing import place
from impact.store.database import Connection
from impact.store.faults import StoreFault
from impact.store.shared.blobs import INSTALL
from impact.store.transaction import Appended, Block, Transaction

if TYPE_CHECKING:
    from impact.store.ledger_file import LedgerFile
    from impact.store.shared.engine import Shared


class Turn(Protocol):
    """The writer's turn: nobody else appends anything meanwhile."""

    def commit(self, connection: Connection, appended: Sequence[Appended]) -> None:
        """Stores rows for good, before the folder's own transaction is committed."""


class Engine(Protocol):
    """What a store asks of its engine; paths lie in the store's folder."""

    # Whether the folder is a copy of a store that others have, too.
    shared: bool

    def writing(self) -> contextlib.AbstractContextManager[Turn]:
        """The writer's turn among machines, inside the folder's own lock."""

    def block(self, ledger: "LedgerFile") -> contextlib.AbstractContextManager[Block]:
        """One transaction in the writer's turn, for what is looked up by keys and appended: all of
        it is stored, or nothing."""

    def known(self) -> object:
        """The last that this machine knows to be stored, in its folder or not yet; None where the
        folder's files say it."""

    def begun(self) -> bool:
        """Whether anything was ever stored, though the folder may have no ledger."""

    def store_id(self) -> str:
        """The id that a ledger made in the folder must have; empty where it gets a new one."""

    def catch_up(self, connection: Connection) -> None:
        """Brings into the folder's ledger what others have appended, within a transaction."""

    def differences(self, copy: Transaction) -> list[str]:
        """Where the folder's ledger and the one that others share do not have the same rows, a
        sentence each."""

    def keep(self, path: Path) -> None:
        """Keeps a file of the folder for good."""

    def need(self, path: Path) -> None:
        """Sees to it that a file is in the folder, if it is kept at all."""

    def held(self, name: str) -> set[str]:
        """The names of all files that are kept in one of the store's folders."""

    def publishing(self) -> contextlib.AbstractContextManager[None]:
        """Turn of the one who publishes; the newest snapshot of all is in the folder then."""

    def follow(self) -> bool:
        """Brings the current snapshot into the folder; returns whether it is another one."""

    def following(self) -> None:
        """Follows from now on, in a thread beside the pages."""

    def announce(self, path: Path) -> None:
        """Makes a snapshot of the folder the current one for everybody."""

    def claimed(self, work: str) -> contextlib.AbstractContextManager[bool]:
        """Whether a piece of work is this process's to do: nobody else does it meanwhile."""

    def faults(self) -> list[StoreFault]:
        """What is wrong with what others share."""


class _Mine:
    """The turn where nobody shares the store: the folder's own transaction is all of it."""

    def commit(self, connection: Connection, appended: Sequence[Appended]) -> None:
        """The folder's own commit follows."""


class Alone:
    """The engine of a store that is a folder and nothing else."""

    shared = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def writing(self) -> Iterator[Turn]:
        """The folder's lock is all it takes."""
        yield _Mine()

    def block(self, ledger: "LedgerFile") -> contextlib.AbstractContextManager[Block]:
        """The folder's own transaction."""
        return ledger.connect()

    def known(self) -> object:
        """The folder's files say it."""
        return None

    def begun(self) -> bool:
        """The folder's ledger says it."""
        return False

    def store_id(self) -> str:
        """A ledger that is made here is a new store's."""
        return ""

    def catch_up(self, connection: Connection) -> None:
        """There are no others."""

    def differences(self, copy: Transaction) -> list[str]:
        """There is one ledger."""
        return []

    def keep(self, path: Path) -> None:
        """What lies in the folder is kept."""

    def need(self, path: Path) -> None:
        """What does not lie in the folder is nowhere."""

    def held(self, name: str) -> set[str]:
        """The names of the files in one of the store's folders."""
        return {path.name for path in (self.folder / name).glob("*") if path.is_file()}

    @contextlib.contextmanager
    def publishing(self) -> Iterator[None]:
        """The folder's lock is all it takes."""
        yield

    def follow(self) -> bool:
        """The folder's snapshot is the current one."""
        return False

    def following(self) -> None:
        """There is nobody to follow."""

    def announce(self, path: Path) -> None:
        """The folder's pointer says it."""

    @contextlib.contextmanager
    def claimed(self, work: str) -> Iterator[bool]:
        """All work is this process's, as one process serves a folder."""
        yield True

    def faults(self) -> list[StoreFault]:
        """The folder's own faults are all there are."""
        return []


def of(folder: Path) -> Engine:
    """The engine of the store in a folder. Raises PlaceWrong."""
    where = place.of_environment()
    return shared(where) if where and folder == where.copy else Alone(folder)


@cache
def shared(where: place.Place) -> "Shared":
    """The engine of a shared store. Raises PlaceWrong where its packages are not installed."""
    # A store in a folder needs none of the packages that a shared one takes.
    try:
        from impact.store.shared.engine import Shared
    except ImportError as error:
        raise place.PlaceWrong(f"IMPACT_STORE names a database, which needs {INSTALL}") from error

    return Shared(where)
