"""One transaction of the ledger: it knows every statement that failed and every row it appended.

After a failed statement DuckDB's COMMIT succeeds and stores nothing (2.0 after any error, 1.5 after
those that arise while a statement runs). So nobody gets at the connection itself, whose cursors
would even write outside the transaction: each call goes through here, and a failed one is
remembered, whether its caller looked away or not. What is appended is looked up after COMMIT.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa

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


class TransactionFailed(RuntimeError):
    """A statement failed and its caller went on: nothing of the transaction is stored."""


class NotStored(RuntimeError):
    """The ledger said that it had stored rows, and does not have them."""


class Transaction:
    """Queries and appends of one block; see Ledger.connect, which begins and ends it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._failure: BaseException | None = None
        self._appended: list[tuple[str, Table]] = []

    def execute(
        self, statement: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> "Transaction":
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
        self.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values()))
        key = {name: [columns[name]] for name in KEYS[table]}
        self._appended.append((table, pa.table(key)))

    def append_new(self, table: str, rows: Table) -> int:
        """Appends the rows that the table does not have yet, by its key; returns how many.

        rows  with the table's own columns
        """
        with self.offered(rows):
            added: int = self.execute(
                f"INSERT INTO {table} BY NAME SELECT offered.* FROM offered "
                f"ANTI JOIN {table} USING ({', '.join(KEYS[table])})"
            ).only()
        keys = list(KEYS[table])
        self._appended.append(
            (table, rows[keys] if isinstance(rows, pd.DataFrame) else rows.select(keys))
        )
        return added

    @property
    def appended(self) -> bool:
        """Whether there is anything to look up after COMMIT."""
        return bool(self._appended)

    def require_sound(self) -> None:
        """Raises TransactionFailed when any call failed, however long ago."""
        if self._failure is not None:
            raise TransactionFailed(
                f"nothing was stored, as a statement had failed: {self._failure}"
            ) from self._failure

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

    @contextlib.contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except BaseException as failure:
            self._failure = self._failure or failure
            raise
