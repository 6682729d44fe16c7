"""DuckDB files, opened in one way: without a network, readable by DuckDB 1.5 and 2.0, and with
damage told apart from a full disk, from another program's hold and from a fault of the query."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import duckdb
import pandas as pd

from impact.store.faults import StoreBusy, StoreFailing, StoreFull, StoreReadOnly

Connection: TypeAlias = duckdb.DuckDBPyConnection
Error: TypeAlias = duckdb.Error
OutOfMemory: TypeAlias = duckdb.OutOfMemoryException

# The storage version that DuckDB 1.5 and 2.0 both read.
STORAGE = "v1.5.0"
# Nothing may be fetched while a query runs: extensions come with the installation or not at all.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# What DuckDB raises for a file that is not as it was written; the base class itself is what 2.0
# raises for a wrong checksum.
_DAMAGE = (duckdb.IOException, duckdb.InternalException, duckdb.FatalException)
_SAID = {
    "No space left": StoreFull,
    "Disk quota exceeded": StoreFull,
    "Read-only file system": StoreReadOnly,
    "Permission denied": StoreReadOnly,
    "Could not write": StoreFailing,
    "Could not truncate": StoreFailing,
    "fsync failed": StoreFailing,
}


class Damaged(RuntimeError):
    """A file that is cut short, altered or no database; says it in the database's words."""


# How many users an instance has. To start a new one for each fiftieth takes 0.3 ms of each.
USERS = 50


class Instances:
    """Database instances in memory that one user after another gets. To start one takes 15 ms, to
    attach a file to it 1 ms. At most `most` wait for their next user.

    An instance is closed after USERS users, as some memory of each stays with it: 50 to 80 KB of
    whoever records a report.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.idle: list[tuple[Connection, int]] = []

    @contextlib.contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection to an instance that nobody else uses meanwhile. It goes on to the next only
        where nothing went wrong; what was temporary has gone with the connection."""
        try:
            instance, users = self.idle.pop()
        except IndexError:
            instance, users = in_memory(), 0
        with contextlib.ExitStack() as leaving:
            leaving.callback(instance.close)
            with contextlib.closing(instance.cursor()) as connection:
                yield connection
            if len(self.idle) < self.most and users + 1 < USERS:
                with contextlib.suppress(duckdb.Error):
                    instance.execute("DETACH ledger")
                    # Gives back what its user took: else an instance that waits keeps it all.
                    instance.execute("RESET memory_limit")
                    leaving.pop_all()
                    self.idle.append((instance, users + 1))


_SHARED = Instances(most=4)


@contextlib.contextmanager
def attached(
    path: Path, *, read_only: bool = False, alone: bool = False, instances: Instances = _SHARED
) -> Iterator[Connection]:
    """A connection to a file under the name `ledger`, closed in the end.

    alone      in a database instance of its own, whose settings may be changed and whose memory is
               given back
    instances  where the instance comes from otherwise

    Raises Damaged, StoreBusy, StoreFull, StoreFailing, StoreReadOnly, whenever they come up.
    """
    options = "READ_ONLY" if read_only else f"STORAGE_VERSION '{STORAGE}'"
    with (Instances(most=0) if alone else instances).lent() as connection:
        name = str(path).replace("'", "''")
        if path.exists() and not path.stat().st_size:  # the database would make a new one of it
            raise Damaged(f"{path.name} is empty")
        try:
            connection.execute(f"ATTACH '{name}' AS ledger ({options})")
            connection.execute("USE ledger")
            yield connection
        except duckdb.Error as error:
            raise explained(error, path) from error


def in_memory() -> Connection:
    """A connection to no file, in an instance of its own."""
    return duckdb.connect(config=_OFFLINE)


class Queries(Protocol):
    """What runs statements: a connection or a transaction."""

    def execute(self, query: str, /) -> Any: ...


def read_through(connection: Queries) -> None:
    """Reads every cell of every table, so that no altered block stays unseen."""
    tables = connection.execute(
        """SELECT schema_name, table_name FROM duckdb_tables()
           WHERE database_name = current_database()"""
    ).fetchall()
    for schema, table in tables:
        whole = f'"{schema}"."{table}"'
        connection.execute(f"SELECT bit_xor(hash(cells)) FROM {whole} AS cells").fetchall()


def table(connection: Connection, query: str) -> pd.DataFrame:
    """The rows of a query as pandas has them from DuckDB's own `df`, with a third of the memory:
    texts go over in Arrow's form, and never become Python's."""
    return frame(connection.sql(query).to_arrow_table())


def like(connection: Connection, table: str) -> Any:
    """Arrow's schema of a table: its columns with their types."""
    return connection.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema


def frame(rows: Any) -> pd.DataFrame:
    """Arrow's rows as pandas has them from DuckDB's own `df`."""
    found: pd.DataFrame = rows.to_pandas(
        types_mapper=lambda kind: _WHOLE.get(str(kind)), split_blocks=True, self_destruct=True
    )
    return found


# Whole numbers of which some may be missing.
_WHOLE = {"int32": pd.Int32Dtype()}


def listed(texts: Iterable[str]) -> str:
    """Texts of this program as SQL writes them in a list: never what anybody has typed."""
    return ", ".join(f"'{each}'" for each in texts)


def columns(connection: Connection) -> dict[str, dict[str, str]]:
    """Table -> column -> type of what the connection uses."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
           WHERE database_name = current_database() AND NOT internal
           ORDER BY table_name, column_index"""
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def explained(error: BaseException, path: Path) -> BaseException:
    """What an error of the database means for the file; the error itself where it was asked
    wrongly. A transaction that cannot even be rolled back hides what went before: that counts."""
    behind: BaseException | None = error
    while behind is not None:
        if isinstance(behind, duckdb.Error) and (found := _meaning(behind, path)):
            return found
        behind = behind.__context__
    return error


def _meaning(error: duckdb.Error, path: Path) -> Exception | None:
    text = str(error).replace(str(path.parent), path.parent.name)
    for words, fault in _SAID.items():
        if words in text:
            return fault(text)
    if "Conflicting lock" in text or "already attached" in text:
        return StoreBusy(f"another program holds {path.name}")
    if isinstance(error, _DAMAGE) or type(error) is duckdb.Error:
        return Damaged(text)
    return None
