"""The ledger's file: who may write when, and how a transaction begins and ends.

One writer at a time, across threads and processes, behind a lock file. A ledger is made only where
there never was one, brought to today's schema, and refused where it is another store's.
"""

import contextlib
import logging
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from impact.model import dates
from impact.sharing import place
from impact.store import (
    atomic_files,
    database,
    engine,
    faults,
    identity,
    migrations,
    numbered,
    schema,
    snapshot_files,
)
from impact.store.database import Connection, Damaged
from impact.store.engine import Turn
from impact.store.faults import (
    StoreBusy,
    StoreIncomplete,
    StoreIsCopy,
    StoreMixed,
    StoreNewer,
    StoreUnreadable,
)
from impact.store.transaction import Block, NotStored, Transaction, TransactionFailed

LOCK_SECONDS = 120
_LOG = logging.getLogger(__name__)
# What DuckDB says of a commit that holds, though the checkpoint after it failed.
_ON_DISK = "is durable"
# Seconds between two looks at a lock that another process holds.
_LOOKS = 0.02
# Whose turn it is among the threads of this process: it goes from hand to hand, where whoever waits
# for a lock file only looks now and then.
_TURNS: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)

# Ledgers that were found to be their store's and of today's schema, as they were then.
_PREPARED: dict[Path, tuple[object, ...]] = {}


def store_folder() -> Path:
    """Where the store lives: IMPACT_STORE, or store/ beside the code; of a shared store
    (impact/sharing/place.py) the folder of this machine's copy. Raises PlaceWrong."""
    if shared := place.of_environment():
        return shared.copy
    return Path(os.environ.get("IMPACT_STORE") or Path(__file__).parents[2] / "store")


def forget_prepared() -> None:
    """Looks at every ledger anew when it is opened next."""
    _PREPARED.clear()


class LedgerFile:
    """ledger.duckdb in its folder, and its lock."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or store_folder())
        self.path = self.folder / identity.LEDGER
        self.engine = engine.of(self.folder)

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.path.exists() or self.engine.begun()

    @property
    def lived(self) -> bool:
        """Whether there has ever been a ledger here, even if it is gone."""
        return self.exists or identity.lived(self.folder)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the writer lock; waits for its turn. Raises StoreBusy after LOCK_SECONDS, and
        StoreFull or StoreReadOnly when the folder takes nothing, then or within."""
        until = time.monotonic() + LOCK_SECONDS
        with self.told():
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                with _turn(self.folder):
                    # One instance a path, counted a thread: who holds the lock may take it again.
                    lock = FileLock(self.folder / "ledger.lock", is_singleton=True)
                    with lock.acquire(max(0.0, until - time.monotonic()), _LOOKS):
                        yield
            except Timeout:
                raise StoreBusy(f"somebody else is writing to {self.folder.name}") from None

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Says of a system's error about the store's files which of ours it is."""
        try:
            yield
        except OSError as error:
            fault = faults.of_system(error) if self._concerns(error) else None
            if fault is None:
                raise
            raise fault from error

    def _concerns(self, error: OSError) -> bool:
        """Whether an error of the system is about a file of this store."""
        return (
            not error.filename
            or self.folder in (path := Path(error.filename)).parents
            or (path == self.folder)
        )

    @contextlib.contextmanager
    def connect(self) -> Iterator[Transaction]:
        """One transaction in the writer's turn: all of it is stored, or nothing.

        When the block ends, every row that was appended has been looked up in the ledger.

        Raises StoreBusy and what stops a store: StoreIncomplete, StoreUnreadable, StoreMixed,
        StoreNewer, StoreFull, StoreReadOnly, LedgerAway; TransactionFailed when a statement failed
        and the block went on; NotStored.
        """
        with self.lock(), self.engine.writing() as turn:
            self.prepare()
            with self._transaction(None, turn) as transaction:
                yield transaction
            # What was stored here changed the files, and nothing of what was looked at.
            _PREPARED[self.path] = self.signature()
        transaction.tell()

    def writing(self) -> contextlib.AbstractContextManager[Block]:
        """The same for a block that looks things up by their keys and appends. Where machines share
        the store it works where the rows lie, and nobody waits for this machine's copy."""
        return self.engine.block(self)

    @contextlib.contextmanager
    def look(self, at: datetime | None = None) -> Iterator[Transaction]:
        """One transaction to read the ledger; pages read the published snapshot instead. Where the
        store is shared nobody elsewhere waits for it, and it shows what this machine has where the
        others cannot be reached.

        at  a moment (UTC): the tables then hold what had been stored by it, with the times that
            count (impact/store/clock.py)

        Raises what `connect` raises, and TransactionFailed when the block appended something.
        """
        with self.lock():
            self.prepare()
            with self._transaction(at, None) as transaction:
                yield transaction
            _PREPARED[self.path] = self.signature()

    def prepare(self) -> bool:
        """Sees to it that the ledger is this store's own and of today's schema; makes one only
        where there never was any, or where it is a copy. Looks again only when the files have
        changed; returns whether they have."""
        if not self.path.exists():
            if identity.lived(self.folder) and not self.engine.shared:
                raise StoreIncomplete
            self._log.unlink(missing_ok=True)  # of a copy that is gone; it fits no other file
            self._create()
        if _PREPARED.get(self.path) == self.signature():
            return False
        marker = identity.read(self.folder)
        if marker and marker.schema > schema.CURRENT:
            raise StoreNewer(found=marker.schema, known=schema.CURRENT)
        try:
            if migrations.is_copy(self.path) and not self.engine.shared:
                raise StoreIsCopy
            known = migrations.look(self.path)[0]
            folder = self._store_of_folder(marker)
            if known and folder and known != folder:
                raise StoreMixed(ledger=known, folder=folder)
            store = migrations.bring_up_to_date(self.path, folder or identity.new())
        except Damaged as error:
            raise StoreUnreadable(str(error)) from error
        published = marker.published if marker else bool(snapshot_files.current(self.folder))
        identity.write(self.folder, identity.Marker(store, schema.CURRENT, published))
        _PREPARED[self.path] = self.signature()
        return True

    def _store_of_folder(self, marker: identity.Marker | None) -> str:
        """The store whose folder this is: by its marker, else by its last snapshot."""
        if marker:
            return marker.store
        last = snapshot_files.last(self.folder)
        return last.store_id if last else ""

    def signature(self) -> tuple[object, ...]:
        """What changes with the ledger, its write-ahead log or the folder's marker."""
        paths = (self.path, self._log, self.folder / identity.NAME)
        return tuple(snapshot_files.signature(path) for path in paths)

    def stands(self) -> tuple[object, ...]:
        """What changes whenever something is stored here, or comes here. Where machines share the
        store, files that only this process has written say less than it knows."""
        files, known = self.signature(), self.engine.known()
        return (known,) if known and _PREPARED.get(self.path) == files else files

    @property
    def _log(self) -> Path:
        """The write-ahead log of the ledger's file."""
        return self.path.with_name(f"{self.path.name}.wal")

    def _create(self) -> None:
        """Makes an empty ledger. A database cut short while it was made could never be opened.

        What fails while a connection is closed is not told. So all of it is taken into the file
        before, and looked for afterwards.
        """
        with atomic_files.drafted(self.path) as draft:
            with _opened(draft) as connection:
                connection.execute(schema.TABLES)
                migrations.stamp(connection, self.engine.store_id() or identity.new(), dates.now())
                connection.execute("CHECKPOINT ledger")
            migrations.look(draft)

    def read_through(self) -> None:
        """Reads everything that the ledger holds. Raises StoreUnreadable where some of it is not
        as it was written, and what `connect` raises."""
        with self.look() as connection:
            database.read_through(connection)

    def checkpoint(self) -> None:
        """Takes what the write-ahead log holds into the ledger's file, which then is all of it.
        Raises StoreUnreadable when the disk is full."""
        try:
            with self.lock(), _opened(self.path) as connection:
                connection.execute("CHECKPOINT")
        except database.Error as error:
            raise StoreUnreadable(f"the ledger's log cannot be taken in: {error}") from None

    @contextlib.contextmanager
    def _transaction(self, at: datetime | None, turn: Turn | None) -> Iterator[Transaction]:
        with _opened(self.path) as connection:
            if at is not None:
                self._caught_up(connection)
                numbered.go_back(connection, at)
            transaction = Transaction(connection, whole=self.engine.shared)
            connection.execute("BEGIN")
            try:
                if at is None:
                    self.engine.catch_up(connection)
                yield transaction
                transaction.require_sound()
                _store(connection, transaction, turn)
            except BaseException:
                with contextlib.suppress(database.Error):  # closing rolls back, too
                    connection.execute("ROLLBACK")
                raise
            failure = _committed(connection)
            if failure is None and not self.engine.shared:  # else PostgreSQL has said it
                transaction.require_stored(connection)
        if failure is not None:
            self._require_durable(transaction, failure)

    def _caught_up(self, connection: Connection) -> None:
        """What others have appended, in a transaction before the one that sees a moment of it."""
        if self.engine.shared:
            connection.execute("BEGIN")
            self.engine.catch_up(connection)
            connection.execute("COMMIT")

    def _require_durable(self, transaction: Transaction, failure: database.Error) -> None:
        """A full disk may fail the checkpoint that follows a commit, and the commit holds: what is
        in the file decides. Raises the failure where it does not hold.

        Where the failure does not say that the commit is on disk, it may be in the system's memory
        alone, as a flush that failed is not made up for by a second one. Then all of it is written
        anew.
        """
        failed = database.explained(failure, self.path)
        if self.engine.shared:  # it is stored with the others, and comes into the copy again
            _LOG.warning("the copy lacks what was stored: %s", failed)
            return
        if not transaction.appended:
            raise failed
        with _opened(self.path) as connection:
            try:
                transaction.require_stored(connection)
                if _ON_DISK not in str(failure):
                    connection.execute("CHECKPOINT ledger")
            except (NotStored, database.Error):
                raise failed from failure


@contextlib.contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Holds the turn among the threads of this process. Raises Timeout as the lock file does."""
    turn = _TURNS[folder]
    if not turn.acquire(timeout=LOCK_SECONDS):
        raise Timeout(str(folder))
    try:
        yield
    finally:
        turn.release()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """A connection to a ledger, closed in the end. Raises StoreUnreadable whenever it turns out
    that the file is not as it was written."""
    try:
        with database.attached(path) as connection:
            yield connection
    except Damaged as error:
        raise StoreUnreadable(str(error)) from error


def _store(connection: Connection, transaction: Transaction, turn: Turn | None) -> None:
    """Stores what was appended with whoever shares the store."""
    if turn:
        turn.commit(connection, transaction.appended)
    elif transaction.appended:
        raise TransactionFailed("nothing was stored, as the block was to read alone")


def _committed(connection: Connection) -> database.Error | None:
    """Commits; returns what COMMIT failed with."""
    try:
        connection.execute("COMMIT")
    except database.Error as failure:
        return failure
    return None
