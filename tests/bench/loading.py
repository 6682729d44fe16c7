"""How fast tables are loaded and figures published: the shipped ones, and so many made ones."""

import contextlib
import csv
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

import duckdb

from etl import source
from etl.load import load
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES
from impact.store import as_of, snapshot
from impact.store.decision import DISPUTE, SETTLE
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.bench.clock import line, memory, rate, took
from tests.pages.driving import ROOT

# Decisions that are made public one after the other.
DECISIONS = 10
EARLIER = datetime(2026, 1, 24, 12)  # UTC
# The columns of the curated table, whose loader reads the made figures.
HEADER = [
    *("id", "date", "place", "admin_level", "indicator", "value", "value_high", "bound", "unit"),
    *("group", "status", "attributed_to", "publisher", "published", "url", "note"),
    "report_language",
]


def shipped(folder: Path) -> None:
    """A store of the shipped tables."""
    ledger = Ledger(folder)
    for name in source.names():
        if source.get(name).SOURCE.files:
            loaded = load(name, ledger)
            line(f"load {name}", loaded.seconds, rate(loaded.parsed.rows, loaded.seconds))
    seconds = took(lambda: snapshot.publish(ledger))
    line("publish", seconds, f"{Reader(folder).count():,} figures")
    line("publish again, nothing new", took(lambda: snapshot.publish(ledger)))


def many(folder: Path, figures: int) -> None:
    """A store of so many made figures, read from a table in the shape of the curated one."""
    table = folder / "many.csv"
    _write(table, figures)
    ledger = Ledger(folder / "many")
    loaded = load("curated", ledger, [table])
    rows, seconds = loaded.parsed.rows, loaded.seconds
    line(f"load {figures:,} made figures", seconds, rate(rows, seconds))
    bare = took(lambda: _copy(table, folder / "bare.duckdb"))
    remark = f"{rate(rows, bare)}; loading has {bare / seconds:.2f} of its pace"
    line("bare DuckDB COPY of the same CSV", bare, remark)
    _publishing(folder / "many")


def _publishing(store: Path) -> None:
    """A full build in a process of its own, for its memory; a decision that becomes public; and
    going back. What getrusage calls the most memory is also that of the process which started it.
    """
    probe = (
        "import time; from pathlib import Path; "
        "from impact.store import snapshot; from impact.store.ledger import Ledger; "
        f"ledger = Ledger(Path({str(store)!r})); began = time.perf_counter(); "
        "snapshot.publish(ledger, anew=True); "
        "took = time.perf_counter() - began; "
        "status = Path('/proc/self/status').read_text(encoding='ascii'); "
        "print(took, status.split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds, kilobytes = map(float, done.stdout.split())
    line("publish them, all", seconds)
    memory("to publish them", kilobytes / 1024)
    ledger, reader = Ledger(store), Reader(store)
    ids = reader.query(
        f"""SELECT figure_id FROM figures WHERE indicator = 'power_outage'
            ORDER BY hash(figure_id) LIMIT {DECISIONS}"""
    )["figure_id"]
    public = []
    for figure_id in ids:
        for kind in (DISPUTE, SETTLE):
            ledger.decide(figure_id, kind, "the bench", "it measures")
            public.append(took(lambda: snapshot.publish(ledger)))
    line("make a decision public", median(public[1:]), f"slowest {max(public) * 1000:,.0f} ms")
    line("go back to an earlier moment", took(lambda: as_of.known_at(store, EARLIER)))


def _write(path: Path, figures: int) -> None:
    """Made rows: rivals of a few outlets about each thing, days of one winter, every place."""
    rng = random.Random(2026)
    places = [place for place in PLACES.values() if place.level in ("oblast", "city")]
    kinds = ("killed", "injured", "power_outage", "heating_loss", "water_outage")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for number in range(figures):
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
