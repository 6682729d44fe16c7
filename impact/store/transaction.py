"""One transaction of the ledger: it knows every statement that failed and every row it appended.

After a failed statement DuckDB's COMMIT succeeds and stores nothing (2.0 after any error, 1.5 after
those that arise while a statement runs). So nobody gets at the connection itself, whose cursors
would even write outside the transaction: each call goes through here, and a failed one is
remembered, whether its caller looked away or not. What is appended is looked up after COMMIT.
"""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol, Self, TypeAlias

import pandas as pd

from impact.store import database
from impact.store.database import Connection

# The columns by which a row that was appended is found again.
KEYS = {
    "documents": ("document_id",),
    "figures": ("figure_id",),
    "statements": ("document_id", "figure_id"),
    "refusals": ("document_id", "position"),
    "decisions": ("decision_id",),
    "uploads": ("upload_id",),
    "readings": ("upload_id", "number"),
    "said": ("upload_id", "number"),
}

# Rows of pandas or of Arrow, which has no types for the type checker.
Table: TypeAlias = Any
# A table's name and rows that were appended to it, as they stand there.
Appended: TypeAlias = tuple[str, Table]


class TransactionFailed(RuntimeError):
    """A statement failed and its caller went on: nothing of the transaction is stored."""


class NotStored(RuntimeError):
    """The ledger said that it had stored rows, and does not have them."""


class Block(Protocol):
    """What a decision or a report asks and appends, in one transaction of either engine.

    It is this file's Transaction, or that of a shared ledger (shared/writing.py). Statements are in
    words that both databases understand.
    """

    def execute(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> Self:
        """Runs a statement; its rows are then fetched from here."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row of the last statement, None if it has none."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last statement that are left."""

    def only(self) -> Any:
        """The one cell of a statement that has exactly one."""

    def df(self) -> pd.DataFrame:
        """The rows of the last statement that are left, as a table."""

    def figures(self, ids: Collection[str]) -> pd.DataFrame:
        """Those of some figures that the ledger has, every column of them."""

    def table(self, query: str) -> pd.DataFrame:
        """The rows of a query that looks at all of the ledger, as a table."""

    def append(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row."""

    def append_numbered(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row with the number that follows the table's last."""

    def append_new(self, table: str, rows: Table) -> int:
        """Appends the rows that the table does not have yet, by its key; returns how many."""

    def then(self, act: Callable[[], None]) -> None:
        """Calls this once all of the block is stored; never, where it is not."""


class Ending:
    """How a block of either engine ends: what failed in it, and what is done once it is stored."""

    def __init__(self) -> None:
        self._failure: BaseException | None = None
        self._then: list[Callable[[], None]] = []

    def then(self, act: Callable[[], None]) -> None:
        """Calls this once all of the block is stored; never, where it is not."""
        self._then.append(act)

    def tell(self) -> None:
        """Says that all of the block is stored."""
        for act in self._then:
            act()

    def require_sound(self) -> None:
        """Raises TransactionFailed when any call failed, however long ago."""
        if self._failure is not None:
            raise TransactionFailed(
                f"nothing was stored, as a statement had failed: {self._failure}"
            ) from self._failure

    @contextlib.contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except BaseException as failure:
            self._failure = self._failure or failure
            raise


class Transaction(Ending):
    """Queries and appends of one block; see Ledger.connect, which begins and ends it."""

    def __init__(self, connection: Connection, *, whole: bool = False) -> None:
        """
        whole  keeps the rows that are appended, not their keys alone
        """
        super().__init__()
        self._connection, self._whole = connection, whole
        self._appended: list[Appended] = []

    def execute(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> Self:
        """Runs a statement; its rows are then fetched from here."""
        with self._noted():
            self._connection.execute(statement, values)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row of the last statement, None if it has none. All are fetched: a result of
        which something is left bars the connection."""
        return next(iter(self.fetchall()), None)

    def only(self) -> Any:
        """The one cell of a statement that has exactly one."""
        ((cell,),) = self.fetchall()
        return cell

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last statement that are left."""
        with self._noted():
            return self._connection.fetchall()

    def df(self) -> pd.DataFrame:
        """The rows of the last statement that are left, as a table."""
        with self._noted():
            return self._connection.df()

    def table(self, query: str) -> pd.DataFrame:
        """The rows of a query as a table, with a third of the memory that `df` takes."""
        with self._noted():
            return database.table(self._connection, query)

    def like(self, table: str) -> Any:
        """Arrow's schema of a table: its columns with their types."""
        with self._noted():
            return database.like(self._connection, table)

    def figures(self, ids: Collection[str]) -> pd.DataFrame:
        """Those of some figures that the ledger has, every column of them."""
        asked = "SELECT * FROM figures WHERE list_contains(?, figure_id)"
        return self.execute(asked, [list(ids)]).df()

    @contextlib.contextmanager
    def offered(self, rows: Table) -> Iterator[None]:
        """Lets statements read a table of ours under the name `offered`."""
        with self._noted():
            self._connection.register("offered", rows)
        yield  # after an error within, the transaction is over and the name with it
        with self._noted():
            self._connection.unregister("offered")

    def append(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row."""
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        self._append(
            table, f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values())
        )

    def append_numbered(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row with the number that follows the table's last. The clock's seconds do not
        order a table; the lock stands in for a sequence."""
        last = self.execute(f"SELECT coalesce(max(number), 0) FROM {table}").only()
        self.append(table, {**columns, "number": last + 1})

    def append_new(self, table: str, rows: Table) -> int:
        """Appends the rows that the table does not have yet, by its key; returns how many.

        rows  with the table's own columns
        """
        with self.offered(rows):
            return self._append(
                table,
                f"INSERT INTO {table} BY NAME SELECT offered.* FROM offered "
                f"ANTI JOIN {table} USING ({', '.join(KEYS[table])})",
            )

    def _append(self, table: str, statement: str, values: Sequence[object] = ()) -> int:
        """Appends and keeps what stands in the table then; returns how many rows that is."""
        with self._noted():
            rows: Table = self._connection.sql(
                f"{statement} RETURNING {self._kept(table)}", params=values
            ).to_arrow_table()
        self._appended.append((table, rows))
        return len(rows)

    def _kept(self, table: str) -> str:
        """What is kept of rows that were appended: their key finds them again."""
        return "*" if self._whole else ", ".join(KEYS[table])

    @property
    def appended(self) -> Sequence[Appended]:
        """What was appended so far, in order: the key of each row, or all of it."""
        return self._appended

    def require_stored(self, connection: Connection) -> None:
        """Looks up every appended row once COMMIT has been said; raises NotStored if one is
        missing."""
        for table, keys in self._appended:
            connection.register("appended", keys)
            missing = connection.execute(
                f"SELECT count(*) FROM appended ANTI JOIN ledger.{table} "
                f"USING ({', '.join(KEYS[table])})"
            ).fetchall()[0][0]
            connection.unregister("appended")
            if missing:
                raise NotStored(
                    f"{missing} rows of {table} were not stored, though COMMIT succeeded: try again"
                )
