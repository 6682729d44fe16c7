"""The ledger's rows in PostgreSQL: the writer's turn, what is appended, what came since.

Tables are the folder's own (schema.py) with a column more: the change that a row came with. Changes
are numbered in the order in which they were committed, as each is made in the writer's turn: so
whoever has come up to one lacks only what has a higher number. Keys refuse what is there already.

What fails says nothing of a password: it never stands in an address (place.py).
"""

import contextlib
import json
import re
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
import pyarrow as pa
from psycopg import sql

from impact.model import dates
from impact.sharing.connecting import WRITER, opened, turn
from impact.store import identity, schema
from impact.store.faults import LedgerAway, LedgerRefuses, StoreBusy, StoreNewer
from impact.store.shared import lookups, migrating
from impact.store.shared.texts import pieces, records, written
from impact.store.transaction import KEYS, Appended, NotStored, Table

_TURN = turn(WRITER)
COMMIT = sql.SQL("COMMIT")
# What tells whoever listens that something has changed.
CHANNEL = "impact"
# Rows that PostgreSQL is given at once.
_PIECE = 20_000
_BESIDE = """
CREATE TABLE changes (
    change BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TIMESTAMP NOT NULL,
    tables TEXT NOT NULL);
CREATE TABLE snapshots (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL,
    digest TEXT NOT NULL, size BIGINT NOT NULL, at TIMESTAMP NOT NULL);
"""
# Rows of these have no key: a document may refuse several passages at one position.
KEYLESS = ("refusals",)


@dataclass(frozen=True, slots=True)
class Change:
    """How far a ledger has come: the number of its last change, and that change's own id."""

    number: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a ledger is, and how far it has come.

    has  whether it has the change that was asked for
    """

    store: str
    last: Change
    has: bool


# The same as a row, whose last cell is the id of the change of a number.
_STAND = b"""; SELECT store_id, schema_number, coalesce(last.change, 0), coalesce(last.id, ''),
    (SELECT id FROM changes WHERE change = %d)
FROM store LEFT JOIN (SELECT change, id FROM changes ORDER BY change DESC LIMIT 1) AS last ON TRUE
"""


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot that is current for everybody: its name, the SHA-256 of its file."""

    name: str
    digest: str


class Postgres:
    """Connections to one database, and what a store asks of it. One thread at a time has its turn
    or looks; whoever listens or publishes has a connection of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._kept: psycopg.Connection[Any] | None = None
        self._lock = threading.RLock()

    # The ledger

    @contextlib.contextmanager
    def turn(self) -> Iterator["Rows"]:
        """The writer's turn, in a transaction that ends without a trace unless it is committed.
        Raises LedgerAway, StoreBusy."""
        with self._transaction(_TURN) as (rows, _):
            yield rows

    @contextlib.contextmanager
    def turn_after(self, known: Change) -> Iterator[tuple["Rows", "Stand"]]:
        """The same, with what whoever knows a change must know at once: one question less."""
        with self._transaction(_TURN + _STAND % known.number) as (rows, found):
            store, number, last, last_id, its_id = found
            if number > schema.CURRENT:
                raise StoreNewer(found=number, known=schema.CURRENT)
            yield rows, Stand(store, Change(last, last_id), not known.number or its_id == known.id)

    @contextlib.contextmanager
    def looking(self) -> Iterator["Rows"]:
        """A look at what is committed. Raises LedgerAway."""
        with self._transaction(b"SELECT 1") as (rows, _):
            yield rows

    def store_id(self) -> str:
        """The id of the store; the tables are made where there are none yet."""
        with self.looking() as rows:
            return rows.store_id()

    @contextlib.contextmanager
    def _transaction(self, first: bytes) -> Iterator[tuple["Rows", tuple[Any, ...]]]:
        """A transaction, READ COMMITTED, and the row that its first statements end with: what comes
        after one of them sees what was committed when that one ended, so the turn must be the
        first's business."""
        with self._lock, told():
            row = self._begun(first)
            assert self._kept is not None
            connection = self._kept
            try:
                yield Rows(connection, self._reopened), row
            finally:
                self._end(connection)

    def _begun(self, first: bytes) -> tuple[Any, ...]:
        """Begins on the connection that is kept. One that has died meanwhile is found out by its
        first statements, and nothing is lost by a second try."""
        if self._kept is not None:
            try:
                return _begin(self._kept, first)
            except psycopg.errors.LockNotAvailable:
                raise
            except psycopg.Error:
                self.close()
        connection = self._reopened()
        try:
            prepare(connection)
        except BaseException:  # else the next who asks would take it for prepared
            connection.close()
            raise
        self._kept = connection
        return _begin(connection, first)

    def _end(self, connection: psycopg.Connection[Any]) -> None:
        with contextlib.suppress(psycopg.Error):
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
            return
        self.close()

    def _reopened(self) -> psycopg.Connection[Any]:
        return opened(self._address)

    def close(self) -> None:
        """Ends the connection that is kept; the next who asks opens another one."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    # Connections of one's own

    @contextlib.contextmanager
    def alone(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of one's own, closed in the end; locks of its session end with it. Raises
        LedgerAway, StoreBusy."""
        with told():
            connection = opened(self._address)
            with contextlib.closing(connection):
                yield connection

    @contextlib.contextmanager
    def claimed(self, work: str) -> Iterator[bool]:
        """Tries to lock a piece of work and says whether that went. The lock has a session of its
        own, which ends with the machine that holds it. Raises LedgerAway, StoreBusy."""
        with self.alone() as connection:
            found = connection.execute(
                "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [work]
            ).fetchone()
            yield found == (True,)
            # PostgreSQL ends a session some time after its connection is closed. Until then the
            # lock would still be held: so it is given back first.
            with contextlib.suppress(psycopg.Error):
                connection.execute("SELECT pg_advisory_unlock_all()")


class Rows:
    """The ledger's rows within one transaction."""

    def __init__(self, connection: psycopg.Connection[Any], again: Any) -> None:
        self._connection, self._again = connection, again

    def asked(self, statement: bytes, values: Any) -> psycopg.Cursor[Any]:
        """Runs a statement of somebody else's; its rows are fetched from what is returned."""
        return self._connection.execute(statement, values)

    def store_id(self) -> str:
        """The id of the store. Raises StoreNewer where newer code has made the tables."""
        found = self._connection.execute("SELECT store_id, schema_number FROM store").fetchone()
        assert found
        if found[1] > schema.CURRENT:
            raise StoreNewer(found=found[1], known=schema.CURRENT)
        return str(found[0])

    def name_store(self, store: str) -> None:
        """Gives an empty ledger the id of the store that moves in."""
        self._connection.execute("UPDATE store SET store_id = %s", [store])

    def last(self) -> Change:
        """The last change that was committed."""
        found = self._connection.execute(
            "SELECT change, id FROM changes ORDER BY change DESC LIMIT 1"
        ).fetchone()
        return Change(*found) if found else Change()

    def has(self, change: Change) -> bool:
        """Whether a change is one of this ledger's."""
        found = self._connection.execute(
            "SELECT id FROM changes WHERE change = %s", [change.number]
        ).fetchone()
        return bool(found == (change.id,))

    def touched(self, change: Change) -> set[str]:
        """The tables to which rows came after a change; ANEW among them (migrating.py) where all of
        them are others than before."""
        found = self._connection.execute(
            "SELECT DISTINCT tables FROM changes WHERE change > %s", [change.number]
        ).fetchall()
        return {table for (tables,) in found for table in tables.split()}

    def since(self, table: str, change: Change, last: Change, like: Any) -> Iterator[Table]:
        """A table's rows that came after a change, up to the last, as Arrow has them; in pieces.

        like  Arrow's schema of the table: its columns, and no others
        """
        columns = sql.SQL(", ").join(map(sql.Identifier, like.names))
        asked = sql.SQL(
            "SELECT {columns} FROM {table} WHERE change > {first} AND change <= {last}"
        ).format(
            columns=columns, table=sql.Identifier(table), first=change.number, last=last.number
        )
        return self._pieces(asked, like)

    def copied(self, asked: sql.Composed, like: Any) -> Table:
        """The rows of a query as Arrow has them, whose columns are those of a schema of Arrow's."""
        return pa.concat_tables(self._pieces(asked, like))

    def _pieces(self, asked: sql.Composed, like: Any) -> Iterator[Table]:
        copy = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)").format(asked)
        with self._connection.cursor() as cursor, cursor.copy(copy) as lines:
            yield from pieces(map(bytes, lines), like)

    def published(self) -> Published | None:
        """The current snapshot; None where none was ever published."""
        found = self._connection.execute(
            "SELECT name, digest FROM snapshots ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return Published(*found) if found else None

    def append(self, change: Change, appended: Sequence[Appended], tables: str = "") -> None:
        """Appends rows under the number of a change.

        tables  what the change names in place of the tables that it appended to
        """
        for table, rows in appended:
            self.put(table, rows, change.number)
        self.note(change, tables or " ".join({table: None for table, _ in appended}))

    def note(self, change: Change, tables: str) -> None:
        """Notes a change, for whoever catches up and whoever listens.

        tables  those to which rows came with it, a space between
        """
        self.run([noted(change, tables)])

    def run(self, statements: Sequence[sql.Composable]) -> str:
        """Runs statements that hold their values, all in one message; returns what the last one
        says of itself."""
        cursor = self._connection.execute(sql.SQL(";").join(statements), prepare=False)
        while cursor.nextset():
            pass
        return cursor.statusmessage or ""

    def put_new(self, table: str, rows: Any, change: int) -> int:
        """Puts those of a few rows into a table whose key it does not have; returns how many."""
        columns = tuple(rows.column_names)
        told = json.dumps(records(rows), ensure_ascii=False)
        count: int = self._connection.execute(_new(table, columns), [change, told]).rowcount
        return count

    def put(self, table: str, rows: Table, change: int) -> None:
        """Puts rows into a table, with the number of their change."""
        rows = rows.append_column("change", pa.array([change] * len(rows), pa.int64()))
        copy = _into(table, tuple(rows.column_names))
        with self._connection.cursor() as cursor, cursor.copy(copy) as lines:
            for piece in rows.to_batches(max_chunksize=_PIECE):
                lines.write(written(piece))

    def commit(self, change: Change, before: Sequence[sql.Composable] = ()) -> None:
        """Commits. Where the answer is lost, the change itself tells whether it is stored.

        before  statements that go before it in the same message

        Raises NotStored where it is not, LedgerAway where nobody can tell.
        """
        try:
            said = self.run([*before, COMMIT])
        except psycopg.OperationalError:
            said = self._found(change)
        # After a statement that failed, COMMIT answers ROLLBACK and raises nothing.
        if said != "COMMIT":
            raise NotStored(f"nothing was stored, though COMMIT was said ({said}): try again")

    def _found(self, change: Change) -> str:
        """Waits until the transaction of a connection that is gone has ended, and looks."""
        with contextlib.closing(self._again()) as connection:
            _begin(connection, _TURN)
            return "COMMIT" if Rows(connection, self._again).has(change) else "no answer"


@lru_cache(maxsize=100)
def _into(table: str, columns: tuple[str, ...]) -> bytes:
    """The statement that puts rows into a table."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    statement: bytes = copy.as_bytes(None)
    return statement


@lru_cache(maxsize=100)
def _new(table: str, columns: tuple[str, ...]) -> bytes:
    """The statement that puts those rows of a JSON text into a table that it does not have."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    told = sql.SQL(
        "INSERT INTO {table} ({names}, change) SELECT {names}, %s::bigint "
        "FROM json_populate_recordset(NULL::{table}, %s::json) ON CONFLICT DO NOTHING"
    ).format(table=sql.Identifier(table), names=names)
    statement: bytes = told.as_bytes(None)
    return statement


def noted(change: Change, tables: str) -> sql.Composable:
    """Notes a change to some tables, a space between, and tells whoever listens."""
    return sql.SQL("INSERT INTO changes VALUES ({}, {}, {}, {}); NOTIFY {}, 'change'").format(
        change.number, change.id, f"{dates.now()}", tables, sql.Identifier(CHANNEL)
    )


def next_change(last: Change) -> Change:
    """The change that follows another one."""
    return Change(last.number + 1, uuid.uuid4().hex)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Says in the store's words what the database says."""
    try:
        yield
    except psycopg.errors.LockNotAvailable:
        raise StoreBusy("another machine is writing to the shared ledger") from None
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise LedgerAway(str(error)) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise LedgerRefuses(str(error)) from error


def prepare(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables where there are none, and brings those of an earlier version up to date; of
    several who come first, one does. Raises StoreUnreadable where no step leads there."""
    known = migrating.number(connection)
    if known > schema.CURRENT or (known == schema.CURRENT and not lookups.missing(connection)):
        return
    with connection.transaction():
        connection.execute(_TURN)
        found = migrating.number(connection)
        if found == 0:
            connection.execute(_tables())
            connection.execute(
                "INSERT INTO store VALUES (%s, %s, %s)",
                [identity.new(), schema.CURRENT, dates.now()],
            )
        elif found < schema.CURRENT:
            migrating.bring_up_to_date(connection, found)
            rows = Rows(connection, None)
            rows.append(next_change(rows.last()), [], tables=migrating.ANEW)
        if found <= schema.CURRENT:
            lookups.make(connection)


@lru_cache(maxsize=1)
def _tables() -> bytes:
    """The folder's tables in PostgreSQL's words, with changes and keys."""
    told = re.sub(r"\bDOUBLE\b", "DOUBLE PRECISION", schema.TABLES) + _BESIDE
    for table, keys in KEYS.items():
        told += f"ALTER TABLE {table} ADD COLUMN change BIGINT NOT NULL;\n"
        told += f"CREATE INDEX ON {table} USING brin (change);\n"
        kind = "INDEX" if table in KEYLESS else "UNIQUE INDEX"
        told += f"CREATE {kind} ON {table} ({', '.join(keys)});\n"
    return told.encode()


def _begin(connection: psycopg.Connection[Any], first: bytes) -> tuple[Any, ...]:
    """Begins with some statements, all in one message; returns the last one's row."""
    try:
        cursor = connection.execute(b"BEGIN;" + first, prepare=False)
    except psycopg.errors.LockNotAvailable:
        connection.execute("ROLLBACK")
        raise
    while cursor.nextset():
        pass
    row: tuple[Any, ...] = cursor.fetchall()[0]
    return row
