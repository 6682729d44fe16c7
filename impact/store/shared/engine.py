"""The engine of a shared store: a machine's copy, kept in step with PostgreSQL and the storage."""

import contextlib
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impact.model import dates
from impact.sharing.connecting import PUBLISHER, lock
from impact.sharing.place import Place
from impact.store import atomic_files, database, identity, schema, snapshot_files
from impact.store.database import Connection
from impact.store.engine import Turn
from impact.store.faults import (
    CopyAhead,
    LedgerAway,
    StorageAway,
    StorageFull,
    StoreFault,
    StoreMixed,
)
from impact.store.shared import comparing, following, taking
from impact.store.shared.blobs import open_blobs
from impact.store.shared.postgres import (
    CHANNEL,
    Change,
    Postgres,
    Published,
    Rows,
    Stand,
    next_change,
)
from impact.store.shared.writing import Writing
from impact.store.transaction import Appended, Block, Transaction

if TYPE_CHECKING:
    from impact.store.ledger_file import LedgerFile

_LOG = logging.getLogger(__name__)
# Snapshots that stay in the storage.
KEPT = 20
# Seconds for which a ledger that could not be reached is not tried again by whoever looks.
PATIENCE = 5.0


class Shared:
    """See impact/store/engine.py. Where rows are concerned, whoever calls holds the folder's
    lock."""

    shared = True

    def __init__(self, place: Place) -> None:
        self.place, self.folder = place, place.copy
        self.postgres = Postgres(place.ledger)
        self.blobs = open_blobs(place.blobs)
        self._turn: Rows | None = None
        # What the copy has, and what was stored from here since.
        self._known: Known | None = None
        self._follows = False
        # Who points to a snapshot: the one who publishes here, or the thread that follows.
        self._pointing = threading.RLock()
        # What could not be reached when it was tried last, and when that was.
        self._away: dict[type[StoreFault], tuple[StoreFault, float]] = {}

    # The ledger

    @contextlib.contextmanager
    def writing(self) -> Iterator[Turn]:
        """The writer's turn among machines. Raises LedgerAway, StoreBusy."""
        with self._noting(LedgerAway), self.postgres.turn() as rows:
            self._turn = rows
            try:
                yield _Turn(rows, self._note)
            finally:
                self._turn = None

    @contextlib.contextmanager
    def block(self, ledger: "LedgerFile") -> Iterator[Block]:
        """A transaction with PostgreSQL alone; the copy is asked only how far it has come. Raises
        LedgerAway, StoreBusy, StoreMixed, StoreNewer, CopyAhead."""
        with ledger.lock():
            if ledger.prepare():
                self._known = None
            if self._known is None:  # before the turn: others need not wait for what comes
                with ledger.look():
                    pass
            with self._noting(LedgerAway), self._stood() as (rows, stand):
                if self._known is None:
                    with ledger.look():
                        pass
                else:
                    self._known.require_of(stand)
                block = Writing(rows, next_change(stand.last), ledger.look)
                yield block
                if block.commit():
                    self._note(block.change, stand.store)
        block.tell()

    @contextlib.contextmanager
    def _stood(self) -> Iterator[tuple[Rows, Stand]]:
        """The writer's turn, and how the ledger stands in it."""
        known = self._known.change if self._known else Change()
        with self.postgres.turn_after(known) as (rows, stand):
            self._turn = rows
            try:
                yield rows, stand
            finally:
                self._turn = None

    def _note(self, change: Change, store: str) -> None:
        self._known = Known(store, change)

    def known(self) -> object:
        """Up to which change this machine has come, or has stored itself."""
        return self._known

    def begun(self) -> bool:
        """Whether the shared ledger has anything; False where it cannot be reached."""
        try:
            with self._noting(LedgerAway), self.postgres.looking() as rows:
                return rows.last().number > 0
        except LedgerAway:
            return False

    def store_id(self) -> str:
        """The shared store's id."""
        return self._turn.store_id() if self._turn else self.postgres.store_id()

    def catch_up(self, connection: Connection) -> None:
        """Brings into the copy what it lacks. Where the ledger cannot be reached, whoever looks
        sees the copy as it is."""
        if self._turn:
            self._bring(connection, self._turn)
            return
        _, tried = self._away.get(LedgerAway, (None, float("-inf")))
        if time.monotonic() - tried < PATIENCE:  # nobody waits for it again and again
            return
        look = self.postgres.looking()
        with contextlib.suppress(LedgerAway), self._noting(LedgerAway), look as rows:
            self._bring(connection, rows)

    def _bring(self, connection: Connection, rows: Rows) -> None:
        last, have = rows.last(), position(connection)
        if have == last and self._known and self._known.change == last:
            return
        store = self._require_same(connection, rows, have)
        if have != last:
            taking.take(connection, rows, have, last, self.folder)
        self._note(last, store)

    def differences(self, copy: Transaction) -> list[str]:
        """Where the copy and the shared ledger do not have the same rows. Raises LedgerAway."""
        with self._noting(LedgerAway), self.postgres.looking() as rows:
            return comparing.differences(copy, rows)

    def _require_same(self, connection: Connection, rows: Rows, have: Change) -> str:
        """That the copy is one of this very ledger, which has all of it and all that this machine
        knows of; returns the store's id."""
        mine = _store(connection)
        if mine != rows.store_id():
            raise StoreMixed(ledger=rows.store_id(), folder=mine)
        known = self._known.change if self._known else Change()
        for each in {have, known} - {Change()}:
            if not rows.has(each):
                raise CopyAhead
        return mine

    # Files

    def keep(self, path: Path) -> None:
        """Puts a file into the storage. Raises StorageAway."""
        with self._noting(StorageAway):
            self.blobs.put(self._name(path), path)

    def need(self, path: Path) -> None:
        """Fetches a file that is not here; whoever opens it sees whether it is there then."""
        if path.exists():
            return
        with self._noting(StorageAway):
            if self.blobs.has(self._name(path)):
                path.parent.mkdir(parents=True, exist_ok=True)
                self.blobs.fetch(self._name(path), path)

    def held(self, name: str) -> set[str]:
        """The names of the files that the storage has in one of the store's folders."""
        with self._noting(StorageAway):
            return {each.rpartition("/")[2] for each in self.blobs.names(name)}

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    # Snapshots

    @contextlib.contextmanager
    def publishing(self) -> Iterator[None]:
        """The publisher's turn among machines; nobody who appends waits for it."""
        with self._noting(LedgerAway), self.postgres.alone() as connection:
            lock(connection, PUBLISHER)
            with self._pointing:  # the thread hears of our own snapshot before we point to it
                self.follow()
                yield

    def following(self) -> None:
        """Starts the thread that follows, once."""
        if not self._follows:
            self._follows = True
            following.begin(self.postgres, self._look)

    def _look(self) -> None:
        """Follows, and finds out whether the storage has room, and is back where it was away."""
        with contextlib.suppress(StorageAway), self._noting(StorageFull):
            if not self.blobs.has_room():
                raise StorageFull
        self.follow()
        if StorageAway in self._away:
            with contextlib.suppress(StorageAway):
                self.held(snapshot_files.FOLDER)

    def announce(self, path: Path) -> None:
        """Puts a snapshot into the storage, then says that it is the current one."""
        digest = _digest(path)
        with self._noting(LedgerAway), self.postgres.looking() as rows:
            if rows.published() == Published(path.name, digest):
                return
        try:
            self.keep(path)
        except StorageFull:
            self._make_room()
            self.keep(path)
        with self._noting(LedgerAway), self.postgres.alone() as connection:
            connection.execute(
                "INSERT INTO snapshots (name, digest, size, at) VALUES (%s, %s, %s, %s)",
                [path.name, digest, path.stat().st_size, dates.now()],
            )
            connection.execute(f"NOTIFY {CHANNEL}, 'snapshot'")
            kept = connection.execute(
                "SELECT name FROM snapshots ORDER BY number DESC LIMIT %s", [KEPT]
            ).fetchall()
        self._remove_but({name for (name,) in kept})

    def _make_room(self) -> None:
        """Takes all former snapshots out of a storage without room but the newest: each is made
        anew from the ledger, and what was decided last is not. For whoever has the publisher's
        turn: nobody else puts one in meanwhile."""
        with self._noting(LedgerAway), self.postgres.looking() as rows:
            newest = rows.published()
        self._remove_but({newest.name} if newest else set())

    def _remove_but(self, names: set[str]) -> None:
        with contextlib.suppress(StorageAway):
            for each in self.blobs.names(snapshot_files.FOLDER):
                if each.rpartition("/")[2] not in names:
                    self.blobs.remove(each)

    def follow(self) -> bool:
        """Brings the current snapshot here and points to it; returns whether it is another than
        before. One that another version has made stays where it is.

        Raises LedgerAway, StorageAway; the snapshot that is here is shown on.
        """
        with self._pointing:
            return self._followed()

    def _followed(self) -> bool:
        with self._noting(LedgerAway), self.postgres.looking() as rows:
            published, store = rows.published(), rows.store_id()
        folder = self.folder / snapshot_files.FOLDER
        if published is None or snapshot_files.current(self.folder) == published.name:
            return False
        path = folder / published.name
        if not path.exists():
            self._fetch(path, published)
        if not snapshot_files.sound(path):
            _LOG.warning("the current snapshot %s is of another version", published.name)
            return False
        if identity.read(self.folder) is None:
            identity.write(self.folder, identity.Marker(store, schema.CURRENT, True))
        with atomic_files.drafted(folder / snapshot_files.POINTER, own=True) as pointer:
            pointer.write_text(published.name, encoding="ascii")
        identity.note_published(self.folder)
        return True

    def _fetch(self, path: Path, published: Published) -> None:
        self.need(path)
        if not path.exists() or _digest(path) != published.digest:
            path.unlink(missing_ok=True)
            raise StorageAway(f"the snapshot {published.name} is not as it was stored")

    # Work, and what is wrong

    @contextlib.contextmanager
    def claimed(self, work: str) -> Iterator[bool]:
        """A lock that ends with the machine that holds it."""
        with self._noting(LedgerAway), self.postgres.claimed(work) as mine:
            yield mine

    def faults(self) -> list[StoreFault]:
        """What could not be reached when it was tried last."""
        return [fault for fault, _ in list(self._away.values())]

    @contextlib.contextmanager
    def _noting(self, kind: type[StoreFault]) -> Iterator[None]:
        """Remembers whether something could be reached."""
        try:
            yield
        except kind as fault:
            # What is full can be reached: it is told by whoever looks how much room there is.
            if kind is StorageFull or not isinstance(fault, StorageFull):
                self._away[kind] = fault.alone(), time.monotonic()
            raise
        self._away.pop(kind, None)


class _Turn:
    """The writer's turn: rows are stored once PostgreSQL has committed them."""

    def __init__(self, rows: Rows, note: Callable[[Change, str], None]) -> None:
        self._rows, self._note = rows, note

    def commit(self, connection: Connection, appended: Sequence[Appended]) -> None:
        """Stores what was appended to the copy. The copy's own commit follows; if that fails, the
        copy catches up when it is opened next."""
        appended = [(table, rows) for table, rows in appended if len(rows)]
        if not appended:
            return
        change = next_change(self._rows.last())
        self._rows.append(change, appended)
        taking.stand_at(connection, change)
        self._rows.commit(change)
        self._note(change, _store(connection))


@dataclass(frozen=True, slots=True)
class Known:
    """What this machine knows of the ledger: whose it is, and a change that it must have."""

    store: str
    change: Change

    def require_of(self, stand: Stand) -> None:
        """Raises StoreMixed, CopyAhead where a ledger is another one."""
        if stand.store != self.store:
            raise StoreMixed(ledger=stand.store, folder=self.store)
        if not stand.has:
            raise CopyAhead


def position(connection: Connection) -> Change:
    """Up to which change a copy has come. From the first time on its ledger says that it is one."""
    table = schema.COPIED
    if table not in database.columns(connection):
        connection.execute(f"CREATE TABLE {table} (change BIGINT NOT NULL, id VARCHAR NOT NULL)")
        connection.execute(f"INSERT INTO {table} VALUES (0, '')")
    found: Any = connection.execute(f"SELECT change, id FROM {table}").fetchall()
    return Change(*found[0])


def _store(connection: Connection) -> str:
    return str(connection.execute("SELECT any_value(store_id) FROM store").fetchall()[0][0])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
