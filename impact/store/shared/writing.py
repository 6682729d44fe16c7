"""A transaction of the shared ledger that asks and appends in PostgreSQL alone.

What a decision or a report asks is looked up by an index there, and its rows go there at once: the
machine's copy, which would have to be opened, brought up to date and committed while all others
wait, catches up when it is looked at next. Statements are the folder's own (transaction.Block).
"""

import contextlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Self

import pandas as pd
import psycopg
import pyarrow as pa
from psycopg import sql

from impact.store import database, schema
from impact.store.shared.postgres import KEYLESS, Change, Rows, noted
from impact.store.shared.texts import decoded, encoded
from impact.store.transaction import KEYS, Ending, Table, Transaction

# So many rows go in one statement; of more the database is told the keys, then the new ones.
FEW = 200
# Opens this machine's copy, with all that others have stored, within the writer's turn.
Copy = Callable[[], contextlib.AbstractContextManager[Transaction]]


class Writing(Ending):
    """See transaction.Block. Every row comes with the number of one change."""

    def __init__(self, rows: Rows, change: Change, copy: Copy) -> None:
        super().__init__()
        self._rows, self.change, self._copy = rows, change, copy
        self._cursor: psycopg.Cursor[Any] | None = None
        self._tables: dict[str, None] = {}
        # Rows that are not sent yet, as statements.
        self._waiting: list[sql.Composable] = []

    # What is asked

    def execute(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> Self:
        """Runs a statement; its rows are then fetched from here."""
        with self._noted():
            self._flush()
            self._cursor = self._rows.asked(_in_its_words(statement), _told(values))
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row of the last statement, None if it has none."""
        return next(iter(self.fetchall()), None)

    def only(self) -> Any:
        """The one cell of a statement that has exactly one."""
        ((cell,),) = self.fetchall()
        return cell

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last statement that are left."""
        assert self._cursor is not None
        with self._noted():
            return [tuple(map(decoded, row)) for row in self._cursor.fetchall()]

    def df(self) -> pd.DataFrame:
        """The rows of the last statement that are left, as a table."""
        assert self._cursor is not None and self._cursor.description is not None
        names = [column.name for column in self._cursor.description]
        return pd.DataFrame(self.fetchall(), columns=names)

    def figures(self, ids: Collection[str]) -> pd.DataFrame:
        """Those of some figures that the ledger has, every column of them."""
        like = _like("figures")
        if not ids:
            return database.frame(like.empty_table())
        asked = sql.SQL("SELECT {columns} FROM figures WHERE figure_id IN ({ids})").format(
            columns=sql.SQL(", ").join(map(sql.Identifier, like.names)),
            ids=sql.SQL(", ").join(sql.Literal(encoded(each)) for each in ids),
        )
        with self._noted():
            self._flush()
            return database.frame(self._rows.copied(asked, like))

    def table(self, query: str) -> pd.DataFrame:
        """The rows of a query that looks at all of the ledger: the copy has it."""
        with self._copy() as connection:
            return connection.table(query)

    # What is appended

    def append(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row."""
        self._insert(table, columns)

    def append_numbered(self, table: str, columns: Mapping[str, object]) -> None:
        """Appends one row with the number that follows the table's last."""
        next_ = sql.SQL("(SELECT coalesce(max(number), 0) + 1 FROM {})")
        self._insert(table, columns, number=next_.format(sql.Identifier(table)))

    def _insert(self, table: str, columns: Mapping[str, object], **asked: sql.Composable) -> None:
        """Appends one row; it goes along with the next question, or with the commit.

        asked  columns whose cells the database works out, and how
        """
        told = {**columns, "change": self.change.number}
        cells = asked | {name: sql.Literal(encoded(each)) for name, each in told.items()}
        self._waiting.append(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, cells)),
                sql.SQL(", ").join(cells.values()),
            )
        )
        self._tables[table] = None

    def _flush(self) -> None:
        """Sends the rows that wait."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._rows.run(waiting)

    def append_new(self, table: str, rows: Table) -> int:
        """Appends the rows that the table does not have yet, by its key; returns how many."""
        if isinstance(rows, pd.DataFrame):
            rows = pa.Table.from_pandas(rows, preserve_index=False)
        with self._noted():
            self._flush()
            if len(rows) <= FEW and table not in KEYLESS:
                new = self._rows.put_new(table, rows, self.change.number)
            else:
                unknown = self._unknown(table, rows)
                new = len(unknown)
                if new:
                    self._rows.put(table, unknown, self.change.number)
        if new:
            self._tables[table] = None
        return new

    def _unknown(self, table: str, rows: Any) -> Any:
        """The rows whose key the table does not have."""
        keys = KEYS[table]
        offered = [[encoded(each) for each in rows.column(key).to_pylist()] for key in keys]
        marks, names = ", ".join(["?::text[]"] * len(keys)), ", ".join(keys)
        found = self.execute(
            f"SELECT {names} FROM unnest({marks}) AS offered ({names}) "
            f"JOIN {table} USING ({names})",
            offered,
        ).fetchall()
        if not found:
            return rows
        known = {tuple(map(encoded, each)) for each in found}
        return rows.filter(pa.array([each not in known for each in zip(*offered, strict=True)]))

    # The end

    def commit(self) -> bool:
        """Stores what was appended; returns whether anything was. Raises TransactionFailed where a
        statement had failed, whether its caller looked away or not, NotStored, LedgerAway."""
        self.require_sound()
        if not self._tables:
            return False
        noting = noted(self.change, " ".join(self._tables))
        self._rows.commit(self.change, before=[*self._waiting, noting])
        return True


@lru_cache(maxsize=1_000)
def _in_its_words(statement: str) -> bytes:
    """A statement with psycopg's signs for values in place of DuckDB's."""
    told = re.sub(r"\$([a-z_]+)", r"%(\1)s", statement.replace("%", "%%").replace("?", "%s"))
    return told.encode()


def _told(values: Sequence[object] | Mapping[str, object]) -> Any:
    """Values as PostgreSQL takes them."""
    if isinstance(values, Mapping):
        return {name: _cell(each) for name, each in values.items()}
    return [_cell(each) for each in values]


def _cell(value: object) -> object:
    return [encoded(each) for each in value] if isinstance(value, list) else encoded(value)


@lru_cache(maxsize=len(KEYS))
def _like(table: str) -> Any:
    """Arrow's schema of a table."""
    with contextlib.closing(database.in_memory()) as connection:
        connection.execute(schema.TABLES)
        return database.like(connection, table)
