"""The way of every page to the published figures: queries against the snapshot that is current."""

import contextlib
import threading
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from impact import summaries
from impact.model import copies, links
from impact.store import allowance, database, ledger, snapshot_files
from impact.store.allowance import Allowance
from impact.store.faults import SnapshotDamaged, StoreFault
from impact.summaries import Kept

# Results a reader keeps, and how many rows one may have: some tens of megabytes at most.
KEPT_RESULTS, KEPT_ROWS = 512, 1000
_Parameters = Sequence[Any] | dict[str, Any]
# What was asked, with its parameters, -> the parameters and its rows.
_Results = dict[tuple[str, str], tuple[_Parameters, pd.DataFrame]]


class Reader:
    """Queries against the current snapshot of a store; safe to share between threads. Of the
    addresses of pages only those leave it that lead to the web.

    fixed  the name of one snapshot to stay with, whatever is published later
    kept   how many results to keep

    Small results are kept for as long as their snapshot is current: a page asks much the same
    again at every choice, and so do its other readers.
    """

    def __init__(self, folder: Path | None = None, *, fixed: str = "", kept: int = KEPT_RESULTS):
        self.folder = Path(folder or ledger.store_folder())
        self.fixed, self._kept = fixed, kept
        self._opened: tuple[str, tuple[int, ...]] | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._allowance = Allowance()
        self._results: _Results = {}
        self._before: list[tuple[str, _Parameters]] = []
        self._questions = self._seen = self._rested = 0
        self._lock = threading.Lock()

    def query(self, sql: str, parameters: _Parameters = ()) -> pd.DataFrame:
        """The rows of one SELECT. A store that never published answers as an empty one.

        Raises SnapshotFault where it has published and nothing of it can be read: that is no empty
        answer.
        """
        asked = (sql, repr(parameters))
        with self._cursor() as (cursor, memory, results):
            kept = results.get(asked)
            if kept is not None:
                frame = kept[1]
            else:
                self._questions += 1
                frame = memory.answered(cursor, lambda: cursor.execute(sql, parameters).df())
                if "url" in frame:
                    frame["url"] = [links.web(url or "") for url in frame["url"]]
                if len(frame) <= KEPT_ROWS:
                    _keep(results, asked, (parameters, copies.watched(frame)), self._kept)
        # pandas copies on write: what a caller changes is the caller's own.
        return frame.copy(deep=False)

    def asked_before(self) -> list[tuple[str, _Parameters]]:
        """What was asked of the snapshot before this one and is not asked of this one yet."""
        with self._cursor() as (_, _, results):
            return [each for each in self._before if (each[0], repr(each[1])) not in results]

    def save(self, sql: str, path: Path) -> None:
        """Writes the rows of one SELECT to a Parquet file, however many there are. Addresses of
        pages are as they were stored: leave them out. Raises what `query` raises."""
        name = str(path).replace("'", "''")
        copy = f"COPY ({sql}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)"
        with self._cursor() as (cursor, memory, _):
            self._questions += 1
            memory.answered(cursor, lambda: cursor.execute(copy))

    def rest(self) -> None:
        """Gives memory back that questions took, once where none was asked since it was called
        before: for whoever calls it now and then."""
        quiet, self._seen = self._questions == self._seen, self._questions
        connection, memory = self._connection, self._allowance
        if not quiet or connection is None or self._rested == self._questions:
            return
        self._rested = self._questions
        with contextlib.suppress(duckdb.Error), contextlib.closing(connection.cursor()) as cursor:
            memory.rest(cursor)

    def count(self) -> int:
        """How many figures are published."""
        return int(self.query("SELECT count(*) AS count FROM figures")["count"][0])

    def readable(self) -> bool:
        """Whether there is a snapshot to show, the current one or one before it."""
        with contextlib.suppress(StoreFault):
            return bool(self.snapshot) and len(self.query("FROM meta")) == 1
        return False

    @property
    def snapshot(self) -> str:
        """The snapshot's name; unless it is fixed it changes whenever anything published does."""
        return self.fixed or snapshot_files.shown(self.folder).name

    @property
    def edition(self) -> tuple[Hashable, ...]:
        """What its answers depend on: the store, the snapshot's name, and the file, which may be
        made anew under its name."""
        return self.folder, *self._shown()

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[tuple[database.Connection, Allowance, _Results]]:
        """A cursor on the snapshot that is shown, what it may hold and the results kept of it. An
        old snapshot's connection is left to whoever still queries it."""
        with self._lock:
            connection = self._connection
            if connection is None or (not self.fixed and self._opened != self._shown()):
                connection = self._open()
            cursor, memory, results = connection.cursor(), self._allowance, self._results
        with contextlib.closing(cursor):
            try:
                yield cursor, memory, results
            except duckdb.Error as error:
                found = database.explained(error, self.folder)
                if found is error:
                    raise
                # It was sound when it was opened. The next query looks anew.
                snapshot_files.forget()
                self._connection = None
                raise SnapshotDamaged(str(found)) from error

    def _shown(self) -> tuple[str, tuple[int, ...]]:
        name = self.snapshot
        return name, snapshot_files.signature(self._path(name)) if name else ()

    def _path(self, name: str) -> Path:
        return self.folder / snapshot_files.FOLDER / name

    def _open(self) -> database.Connection:
        """Opens what is shown; once more where it was removed after it had been looked up."""
        try:
            return self._open_shown()
        except duckdb.Error:
            snapshot_files.forget()
        try:
            return self._open_shown()
        except duckdb.Error as error:
            raise SnapshotDamaged(str(error)) from error

    def _open_shown(self) -> database.Connection:
        name, signature = self._shown()
        connection = self._connected(name)
        # What was asked of it, and what of the one before it nobody asked again.
        left = [each for each in self._before if (each[0], repr(each[1])) not in self._results]
        asked = [(sql, found[0]) for (sql, _), found in self._results.items()]
        self._before = [*left, *asked][-self._kept :]
        self._connection, self._opened, self._results = connection, (name, signature), {}
        self._allowance = Allowance()
        return connection

    def _connected(self, name: str) -> duckdb.DuckDBPyConnection:
        if name:
            connection = duckdb.connect(str(self._path(name)), read_only=True)
            # A reader writes nothing, not even what it has no room for.
            connection.execute("SET temp_directory = ''")
            allowance.allow(connection, allowance.ASKED)
            return connection
        if fault := snapshot_files.shown(self.folder).fault:
            raise fault
        connection = duckdb.connect()
        snapshot_files.create(connection)
        summaries.build(connection, Kept.NONE)
        return connection


class HeldReader(Reader):
    """Queries against figures that are at hand, as if they were all that is published.

    tables  some of a snapshot's tables by name, the figures among them
    at      when they were published (UTC)
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], at: datetime | None) -> None:
        super().__init__(Path(), fixed="held")
        self._connection = duckdb.connect()
        snapshot_files.fill(self._connection, self.fixed, at, dict(tables))
        summaries.build(self._connection, Kept.NONE)


def _keep(
    results: _Results,
    asked: tuple[str, str],
    found: tuple[_Parameters, pd.DataFrame],
    most: int,
) -> None:
    """Keeps a result; of too many the one kept longest goes."""
    results[asked] = found
    while len(results) > most:
        results.pop(next(iter(results)), None)
