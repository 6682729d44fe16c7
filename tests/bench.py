"""`make bench`: how long things take on this machine, as a table. Measures; judges nothing."""

import contextlib
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import duckdb
from streamlit.testing.v1 import AppTest

from etl import source
from etl.load import load
from impact import published
from impact.indicators import INDICATORS
from impact.ledger import Ledger
from impact.places import PLACES
from tests.pages import reading
from tests.pages.driving import OVERVIEW, PAGES, ROOT

FIGURES = 100_000
RUNS = 5
# The columns of the curated table, whose loader reads the made figures.
HEADER = [
    *("id", "date", "place", "admin_level", "indicator", "value", "value_high", "bound", "unit"),
    *("group", "status", "attributed_to", "publisher", "published", "url", "note"),
    "report_language",
]


def main() -> None:
    """Prints one line a measurement."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, DuckDB {duckdb.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        _imports()
        _shipped(Path(folder) / "shipped")
        _pages(Path(folder) / "shipped")
        _many(Path(folder))


def _imports() -> None:
    for module in ("streamlit", "impact.charts", "dashboard"):
        command = [sys.executable, "-c", f"import {module}"]
        run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
        took = median(_took(run) for _ in range(3))
        _line(f"start Python and import {module}", took)


def _shipped(folder: Path) -> None:
    ledger = Ledger(folder)
    for name in source.names():
        if source.get(name).SOURCE.files:
            loaded = load(name, ledger)
            _line(f"load {name}", loaded.seconds, _rate(loaded.parsed.rows, loaded.seconds))
    took = _took(lambda: published.publish(ledger))
    _line("publish", took, f"{published.Reader(folder).count():,} figures")
    _line("publish again, nothing new", _took(lambda: published.publish(ledger)))


def _pages(folder: Path) -> None:
    with _store(folder):
        for page in PAGES:
            _line(f"page {Path(page).stem}", *_script(page))


def _many(folder: Path) -> None:
    """A store of so many made figures, read from a table in the shape of the curated one."""
    table = folder / "many.csv"
    _write(table)
    ledger = Ledger(folder / "many")
    loaded = load("curated", ledger, [table])
    rows, took = loaded.parsed.rows, loaded.seconds
    _line(f"load {FIGURES:,} made figures", took, _rate(rows, took))
    bare = _took(lambda: _copy(table, folder / "bare.duckdb"))
    _line("bare DuckDB COPY of the same CSV", bare, f"{_rate(rows, bare)}; {took / bare:.0f}×")
    _line("publish them", _took(lambda: published.publish(ledger)))
    with _store(folder / "many"):
        _line("page overview over them", *_script(OVERVIEW))


def _script(page: str) -> tuple[float, str]:
    """The median of a page's warm runs, with the slowest."""
    reader: AppTest = reading.open_page(page)
    runs = [_took(reader.run) for _ in range(RUNS)]
    if reader.exception:
        return median(runs), f"failed: {reader.exception[0].message}"
    return median(runs), f"slowest {max(runs) * 1000:,.0f} ms"


def _write(path: Path) -> None:
    """Made rows: rivals of a few outlets about each thing, days of one winter, every place."""
    rng = random.Random(2026)
    places = [place for place in PLACES.values() if place.level in ("oblast", "city")]
    kinds = ("killed", "injured", "power_outage", "heating_loss", "water_outage")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for number in range(FIGURES):
            place = rng.choice(places)
            kind = INDICATORS[rng.choice(kinds)]
            day = date(2025, 10, 1) + timedelta(days=rng.randrange(180))
            status = rng.choice(kind.statuses) if kind.statuses else ""
            value = rng.randrange(1, 40 if kind.name in ("killed", "injured") else 5000)
            writer.writerow(
                [f"made{number}", day, place.pcode, place.level, kind.name, value, "",
                 rng.choice(("exact", "at_least", "about")), kind.units[0], "all", status,
                 rng.choice(("", "Klitschko (mayor)", "State Emergency Service")),
                 rng.choice(("UNN", "Ukrinform", "Suspilne", "Reuters")),
                 day + timedelta(days=rng.randrange(3)), f"https://example.org/{number}", "", "en"]
            )  # fmt: skip


def _copy(table: Path, database: Path) -> None:
    with contextlib.closing(duckdb.connect(str(database))) as connection:
        columns = ", ".join(
            f'"{name}" {"DOUBLE" if name.startswith("value") else "VARCHAR"}' for name in HEADER
        )
        connection.execute(f"CREATE TABLE figures ({columns})")
        connection.execute(f"COPY figures FROM '{table}' (HEADER)")


@contextlib.contextmanager
def _store(folder: Path) -> Iterator[None]:
    before = os.environ.get("IMPACT_STORE")
    os.environ["IMPACT_STORE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["IMPACT_STORE"]
        else:
            os.environ["IMPACT_STORE"] = before


def _took(work: Callable) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f} rows/s"


def _line(what: str, seconds: float, remark: str = "") -> None:
    print(f"{what:<44}{seconds * 1000:>10,.0f} ms   {remark}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
