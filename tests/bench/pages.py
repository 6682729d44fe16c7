"""How long a page takes: its script beside its bare queries, over the wire, and beside a page that
does nothing but ask DuckDB and draw (tests/bare.py)."""

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import duckdb
from streamlit.testing.v1 import AppTest

from impact.store import snapshot_files
from impact.store.reader import Reader
from tests.bench.clock import line, memory, took
from tests.pages import reading
from tests.pages.driving import OVERVIEW, PAGES, Server
from tests.wire import Wire

RUNS = 5
# Cities of which a reader of Heating chooses one after the other.
CITIES = ("UA80", "UA6312027001", "UA5110027001", "UA1202001001")


def scripts(store: Path, name: str) -> None:
    """Warm runs of every page's script as it first opens, without a server; and the queries that it
    asks when it is new, asked again without anything that keeps results."""
    with _named(store):
        for page in PAGES:
            asked: dict[tuple[str, str], Any] = {}
            with _listening(asked):
                reader: AppTest = reading.open_page(page, folded=True)
            runs = [took(reader.run) for _ in range(RUNS)]
            bare = min(took(lambda asked=asked: _ask(store, asked)) for _ in range(3))
            remark = f"its {len(asked)} queries alone {bare * 1000:,.0f} ms"
            if reader.exception:
                remark = f"failed: {reader.exception[0].message}"
            line(f"script {Path(page).stem} ({name})", median(runs), remark)
            line(f"queries of {Path(page).stem} ({name})", bare)


@contextlib.contextmanager
def _listening(asked: dict[tuple[str, str], Any]) -> Iterator[None]:
    """Notes what readers are asked, each query once. They answer as ever."""
    query = Reader.query

    def noted(reader: Reader, sql: str, parameters=()):
        if not reader.fixed:
            asked[sql, repr(parameters)] = parameters
        return query(reader, sql, parameters)

    with patch.object(Reader, "query", noted):
        yield


def _ask(store: Path, asked: dict[tuple[str, str], Any]) -> None:
    path = store / snapshot_files.FOLDER / str(snapshot_files.current(store))
    with contextlib.closing(_connected(path).cursor()) as cursor:
        for (sql, _), parameters in asked.items():
            cursor.execute(sql, parameters).df()


@cache
def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True)


def over_the_wire(folder: Path, store: Path, name: str) -> None:
    """Warm runs over a real WebSocket, the server's memory after them, and another city on Heating
    beside the bare page, in the same run."""
    with served(store, folder / f"{name}.log") as server, Wire(server.url) as wire:
        for page in PAGES:
            path = "" if page == OVERVIEW else Path(page).stem
            wire.run(path)
            runs = [wire.run(path) for _ in range(RUNS)]
            seconds = median(run.seconds for run in runs)
            line(f"wire {Path(page).stem} ({name})", seconds, f"{runs[-1].bytes // 1024} KB")
        ours = _another_city(wire, "heating")
        memory(f"server after every page ({name})", server.memory())
    bare_log = folder / f"bare-{name}.log"
    with served(store, bare_log, "tests/bare.py") as server, Wire(server.url) as wire:
        bare = _another_city(wire, "")
    line(f"wire another city, bare page ({name})", bare)
    line(f"wire another city, heating ({name})", ours, f"{ours / bare:.2f} of the bare page")


def alone(folder: Path, store: Path, name: str) -> None:
    """The memory of a server that has shown one page alone, for each page: now, and at the most."""
    for page in PAGES:
        log = folder / f"alone-{name}.log"
        with served(store, log) as server, Wire(server.url) as wire:
            for _ in range(2):
                wire.run("" if page == OVERVIEW else Path(page).stem)
            memory(f"server after {Path(page).stem} alone ({name})", server.memory("VmRSS"))
            memory(f"  at the most, {Path(page).stem} ({name})", server.memory())


def _another_city(wire: Wire, page: str) -> float:
    asked = [f"places={city}" for _ in range(RUNS) for city in CITIES]
    for query in asked[: len(CITIES)]:
        wire.run(page, query)
    return median(wire.run(page, query).seconds for query in asked)


@contextlib.contextmanager
def served(store: Path, log: Path, script: str = "dashboard.py") -> Iterator[Server]:
    """A server, until the end."""
    server = Server(store, log, script)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def _named(store: Path) -> Iterator[None]:
    with patch.dict(os.environ, IMPACT_STORE=str(store)):
        yield
