"""`make bench`: how long things take on this machine, as a table and then as JSON. Measures; judges
nothing. SCALE=1000000 takes so many made figures.
"""

import contextlib
import csv
import json
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
from etl.reports.opening.files import open_file
from etl.reports.opening.sandbox import open_safely
from etl.reports.reader import read
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES
from impact.store import snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import accuracy
from tests.pages import reading
from tests.pages.driving import OVERVIEW, PAGES, ROOT, Server
from tests.wire import Wire

FIGURES = int(os.environ.get("SCALE", 100_000))
RUNS = 5
# Cities of which a reader of Heating chooses one after the other.
CITIES = ("UA80", "UA6312027001", "UA5110027001", "UA1202001001")
# What was measured: what -> seconds.
MEASURED: dict[str, float] = {}
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
        _reports(Path(folder))
        _shipped(Path(folder) / "shipped")
        _pages(Path(folder) / "shipped")
        _wire(Path(folder), Path(folder) / "shipped", "shipped")
        _many(Path(folder))
        _wire(Path(folder), Path(folder) / "many", f"{FIGURES:,}")
    print(json.dumps(MEASURED, indent=1))


def _imports() -> None:
    for module in ("streamlit", "impact.charts", "dashboard"):
        command = [sys.executable, "-c", f"import {module}"]
        run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
        took = median(_took(run) for _ in range(3))
        _line(f"start Python and import {module}", took)


def _reports(folder: Path) -> None:
    """The report reader on one core, beside opening the same texts and a loop for comparison."""
    texts = [
        (report["text"], report.get("published") or "")
        for report in accuracy.reports(["reports.jsonl", "written_en.jsonl", "written_uk.jsonl"])
    ]
    size = sum(len(text) for text, _ in texts)
    started = time.process_time()
    sum(range(20_000_000))
    _line("this machine: adding up 20 million numbers", time.process_time() - started)
    read(*texts[0])
    took = min(_cpu(lambda: [read(*text) for text in texts]) for _ in range(RUNS))
    _line(f"read {len(texts)} reports", took, f"{size / 2000 / took:,.0f} of 2,000 letters/s")
    html = [f"<html><body><article><p>{text}</p></article></body></html>" for text, _ in texts]
    bare = _cpu(lambda: [open_file(page.encode(), "report.html") for page in html])
    _line("extract the same texts from HTML", bare, f"reading takes {took / bare:.1f}×")
    pdf = (ROOT / "tests/etl/reports/recorded/we018.pdf").read_bytes()
    _line("open a PDF of a page in the sandbox", _took(lambda: open_safely(pdf, "we018.pdf")))
    report = folder / "report.jsonl"
    report.write_text(json.dumps({"n": 1, "text": "", "published": ""}), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "read", "--jsonl", str(report)]
    run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
    _line("start `etl read` and read nothing", median(_took(run) for _ in range(RUNS)))
    many = folder / "many.jsonl"
    with many.open("w", encoding="utf-8") as file:
        for number in range(1000):
            text, day = texts[number % len(texts)]
            file.write(json.dumps({"n": number, "text": text, "published": day}) + "\n")
    probe = (
        "import resource, sys; from etl.__main__ import main; "
        f"main(['read', '--jsonl', {str(many)!r}]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=True, capture_output=True)
    print(f"memory after 1,000 reports: {int(done.stderr) // 1024} MB", flush=True)


def _cpu(work: Callable) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _shipped(folder: Path) -> None:
    ledger = Ledger(folder)
    for name in source.names():
        if source.get(name).SOURCE.files:
            loaded = load(name, ledger)
            _line(f"load {name}", loaded.seconds, _rate(loaded.parsed.rows, loaded.seconds))
    took = _took(lambda: snapshot.publish(ledger))
    _line("publish", took, f"{Reader(folder).count():,} figures")
    _line("publish again, nothing new", _took(lambda: snapshot.publish(ledger)))


def _pages(folder: Path) -> None:
    with _store(folder):
        for page in PAGES:
            _line(f"page {Path(page).stem}", *_script(page))


def _wire(folder: Path, store: Path, name: str) -> None:
    """Warm runs over a real WebSocket, and another city on Heating beside a page that does nothing
    but ask DuckDB and draw (tests/bare.py), in the same run."""
    with _served(store, folder / f"{name}.log") as url, Wire(url) as wire:
        for page in PAGES:
            path = "" if page == OVERVIEW else Path(page).stem
            wire.run(path)
            runs = [wire.run(path) for _ in range(RUNS)]
            took = median(run.seconds for run in runs)
            _line(f"wire {Path(page).stem} ({name})", took, f"{runs[-1].bytes // 1024} KB")
        ours = _another_city(wire, "heating")
    with _served(store, folder / f"bare-{name}.log", "tests/bare.py") as url, Wire(url) as wire:
        bare = _another_city(wire, "")
    _line(f"wire another city, bare page ({name})", bare)
    _line(f"wire another city, heating ({name})", ours, f"{ours / bare:.2f} of the bare page")


def _another_city(wire: Wire, page: str) -> float:
    asked = [f"places={city}" for _ in range(RUNS) for city in CITIES]
    for query in asked[: len(CITIES)]:
        wire.run(page, query)
    return median(wire.run(page, query).seconds for query in asked)


@contextlib.contextmanager
def _served(store: Path, log: Path, script: str = "dashboard.py") -> Iterator[str]:
    server = Server(store, log, script)
    try:
        yield server.url
    finally:
        server.stop()


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
    _line("publish them", _took(lambda: snapshot.publish(ledger)))
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
    MEASURED[what] = round(seconds, 4)
    print(f"{what:<44}{seconds * 1000:>10,.0f} ms   {remark}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
