"""How publishing grows with the number of figures, and whether a change of rules changed a result.

    python -m tests.scale make STORE NUMBER    a store of made figures, harder than real ones
    python -m tests.scale build STORE OUT      builds; writes what was built as Parquet
    python -m tests.scale publish STORE        publishes anew
    python -m tests.scale compare OLD NEW      tells every column that differs, and in how many rows

Run `build` with the code before a change and with the code after it, then `compare` the two.
`build` and `publish` print the seconds of each step, by the clock and of work on all cores, and the
most memory that the process took so far.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from impact.model import dates
from impact.model.figure import NAMES, Figure, rows
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES
from impact.model.speakers import identify, verification
from impact.rules.same_event import TOLLS
from impact.store import snapshot
from impact.store.decision import ACCEPT, ANSWER, DISPUTE, REJECT, REOPEN, SETTLE, WITHDRAW
from impact.store.ledger import Document, Ledger, document_id

# Of so many figures seven come in tables that are accepted whole, three in reports of so many
# figures that a person accepted one by one.
TABLE, REPORT = 50_000, 30
FROM_REPORTS = 0.3

OUTLETS = ("UNN", "Ukrinform", "Suspilne", "Reuters", "LIGA", "Liga.net", "TSN", "no such outlet")
SPEAKERS = (
    *("", "", "Klitschko (mayor)", "mayor", "governor", "Syniehubov (governor)", "HRMMU", "DTEK"),
    *("Kuleba (Deputy PM)", "National Police", "Ministry of Energy", "State Emergency Service"),
    *("Kyiv city administration", "a passer-by", "Terekhov (mayor)"),
)
CAUSES = ("strike",) * 6 + ("", "unknown", "mixed", "weather", "planned", "other")
PEOPLE = ("all",) * 7 + ("children", "women", "medics")
INDICATOR = (
    *("killed", "injured") * 4,
    *("power_outage", "heating_loss") * 3,
    *("water_outage", "gas_outage", "buildings_damaged", "drones_launched", "temperature"),
    *("evacuated", "displaced", "rescued", "missing"),
)
# Baseline -> its unit, and of how many people there is one.
BASELINES = {
    "population": ("people", 1),
    "households": ("households", 2),
    "customers": ("customers", 2),
    "apartment_blocks": ("buildings", 500),
}
FIRST = date(2025, 10, 1)


def made(number: int, seed: int = 2026) -> Iterator[Figure]:
    """So many figures, each another: baselines, running totals, and rivals about one event."""
    rng = random.Random(seed)
    places = sorted(PLACES, key=lambda pcode: (-PLACES[pcode].population, pcode))
    weights = [1 / (rank + 3) for rank in range(len(places))]
    kinds = _each_kind(rng, places, weights)
    for at in range(number):
        yield next(kinds)(at)


def _each_kind(rng, places, weights):
    for place in places:
        for name, (unit, per) in BASELINES.items():
            if rng.random() < 0.2:
                people = PLACES[place].population or 10_000
                for value in (people, people * rng.choice((1.0, 0.9, 1.1))):
                    yield _maker(rng, {
                        "indicator": name, "unit": unit, "place": place, "cause": "",
                        "value": value // per,
                        "date": rng.choice(("2022", "2025", "2025-06")), "published": "",
                    })  # fmt: skip
    while True:
        place = rng.choices(places, weights)[0]
        kind = rng.random()
        if kind < 0.02:
            yield from _running_total(rng, place)
        else:
            yield from _event(rng, place)


def _running_total(rng, place):
    """A body's total since a start, on many days; now and then it falls."""
    total, unit = float(rng.randrange(50, 5000)), "people"
    said = {
        "indicator": rng.choice(TOLLS), "unit": unit, "place": place, "period": "cumulative",
        "attributed_to": rng.choice(SPEAKERS), "people": rng.choice(("all", "all", "children")),
    }  # fmt: skip
    day = FIRST + timedelta(days=rng.randrange(120))
    for _ in range(rng.randrange(2, 40)):
        day += timedelta(days=rng.randrange(3))
        total += rng.randrange(9)
        value = total - rng.randrange(1, 60) if rng.random() < 0.1 else total
        bound = rng.choice(("exact",) * 9 + ("at_least",))
        yield _maker(rng, {**said, "value": max(value, 0.0), "date": str(day), "bound": bound})


def _event(rng, place):
    """What several outlets and speakers print of an event: in its place, around it, a day later."""
    kind = INDICATORS[rng.choice(INDICATOR)]
    day = FIRST + timedelta(days=rng.randrange(180))
    size = (
        rng.choice((1, 2, 3, 5, 12, 40)) if kind.kind == "flow" else rng.choice((50, 900, 30_000))
    )
    if kind.name == "temperature":
        size = rng.choice((-20, -3, 4))
    unit = rng.choice((kind.units[0], *kind.units[:4]))
    pages = [f"https://example.org/{rng.randrange(10**9)}" for _ in range(3)] + [""]
    part = rng.choice(("",) * 9 + ("one district", "schools"))
    cause = rng.choice(("strike", "weather", "planned", "other")) if rng.random() < 0.2 else None
    for _ in range(rng.choice((1, 1, 2, 3, 4, 6, 9))):
        when, where, value = day, place, float(size)
        if rng.random() < 0.5:
            value = float(max(0, size + rng.randrange(-2, 4))) if size > 0 else float(size - 1)
        if rng.random() < 0.02 and size > 0:
            value *= rng.choice((10, 100, 1_000))
        if rng.random() < 0.15:
            when = day + timedelta(days=rng.choice((-1, 1, 1)))
        if rng.random() < 0.15:
            where = PLACES[place].oblast or "UA"
        stated = str(when)
        if rng.random() < 0.02:
            stated = stated[: rng.choice((4, 7))]
        printed = when + timedelta(days=rng.choice((0, 0, 0, 0, 1, 1, 2, 5)))
        if rng.random() < 0.01:
            printed = when - timedelta(days=rng.randrange(1, 40))
        yield _maker(rng, {
            "indicator": kind.name, "unit": unit, "place": where, "date": stated, "value": value,
            "value_high": value + rng.randrange(1, 9) if rng.random() < 0.08 else None,
            "bound": rng.choice(("exact",) * 5 + ("at_least", "about", "at_most")),
            "people": rng.choice(PEOPLE) if unit == "people" else "all",
            "part": part, "status": rng.choice(kind.statuses) if kind.statuses else "",
            "cause": cause if cause is not None else rng.choice(CAUSES[:9]),
            "period": rng.choice(("day",) * 40 + ("average", "forecast")),
            "attributed_to": rng.choice(SPEAKERS), "url": rng.choice(pages),
            "published": str(printed) if rng.random() < 0.97 else "",
            "as_of": f"{when}T{rng.randrange(24):02d}:30" if rng.random() < 0.1 else "",
            "moment": rng.choice(("",) * 6 + ("morning", "evening", "first", "later", "night")),
            "recalled": rng.random() < 0.03, "dubious": rng.random() < 0.01,
        })  # fmt: skip


def _maker(rng, stated):
    stated = {"publisher": rng.choice(OUTLETS), "published": stated["date"], **stated}
    if "verification" not in stated:
        role = identify(stated.get("attributed_to", ""), stated["place"]).role
        stated["verification"] = verification(stated["indicator"], role)
    return lambda at: Figure(
        **stated, source="made", source_key=f"made{at}", position=f"made{at}", language="en",
        quote=f"what the page says in its sentence {at}" if at % 3 == 0 else "",
    )  # fmt: skip


def make(folder: Path, number: int) -> None:
    """A store of made figures with decisions about them: accepted, taken out, put back, disputed,
    answered, and corrected."""
    ledger, figures = Ledger(folder), made(number)
    in_tables = int(number * (1 - FROM_REPORTS))
    for first in range(0, in_tables, TABLE):
        some = list(islice(figures, min(TABLE, in_tables - first)))
        ledger.store(_document(f"table {first}"), [], some, accepted_by="loader of made figures")
        _decide(ledger, some[::97], accept=False)
    while some := list(islice(figures, TABLE)):
        _append_reports(ledger, some)
        _decide(ledger, some, accept=True)


def _append_reports(ledger: Ledger, figures: list[Figure]) -> None:
    """Appends reports of some figures each in one statement a table: one by one, ten thousand
    reports would take an hour."""
    now = dates.now()
    frame = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    known = [dates.known_from(each.published, each.as_of) or now for each in figures]
    frame = frame.assign(known_from=known, recorded_at=now)
    names = [f"report {figures[at].figure_id}" for at in range(0, len(figures), REPORT)]
    documents = pd.DataFrame([asdict(_document(name)) for name in names])
    stated = np.arange(len(figures)) // REPORT
    ids = documents["document_id"].to_numpy()[stated]
    with ledger.connect() as connection:
        last = connection.execute("SELECT max(number) FROM documents").only()
        numbers = range(last + 1, last + 1 + len(documents))
        documents = documents.assign(files="", received_at=now, number=numbers)
        connection.append_new("documents", documents)
        connection.append_new("statements", frame[["figure_id"]].assign(document_id=ids))
        connection.append_new("figures", frame)


def _document(name: str) -> Document:
    payload = name.encode()
    return Document(document_id=document_id(payload), source="made", name=name, size=len(payload))


def _decide(ledger: Ledger, figures: list[Figure], *, accept: bool) -> None:
    """Appends what persons decided about figures, in one step."""
    lines = []
    for at, figure in enumerate(figures):
        each = figure.figure_id
        if accept:
            lines.append((each, ACCEPT, {}))
        lines += {
            0: [(each, REJECT, {})],
            1: [(each, WITHDRAW, {}), (each, REOPEN, {})],
            2: [(each, DISPUTE, {})],
            3: [(each, DISPUTE, {}), (each, SETTLE, {})],
            4: [(each, ANSWER, {"rule": "marked_dubious"})],
            5: [(each, ANSWER, {"rule": "ten_times_rivals"})],
            6: [(each, REJECT, {"replaced_by": figures[at - 3].figure_id})],
        }.get(at % 200, [])
    with ledger.connect() as connection:
        last = connection.execute("SELECT coalesce(max(number), 0) FROM decisions").only()
        frame = pd.DataFrame(lines, columns=["subject", "kind", "detail"])
        frame["detail"] = [json.dumps(each) for each in frame["detail"]]
        frame["number"] = range(last + 1, last + 1 + len(frame))
        frame["decision_id"] = [f"made{number}" for number in frame["number"]]
        frame = frame.assign(who="a reviewer", reason="read it", decided_at=dates.now())
        connection.append_new("decisions", frame)


def build(folder: Path, out: Path) -> None:
    """Builds a snapshot's figures and doubts and writes them as Parquet."""
    clock = _Clock()
    state = snapshot.state_of(Ledger(folder))
    clock.lap("state")
    snapshot.name_of(state)
    clock.lap("digest")
    tables = snapshot.build(state.figures, state.answers, state.disputes, _told(state.figures))
    clock.lap("build")
    clock.total()
    out.mkdir(parents=True, exist_ok=True)
    state.corrections.to_parquet(out / "corrections.parquet")
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet")


def _told(figures: pd.DataFrame) -> frozenset[str]:
    """Every fourth toll, as if its report told its day."""
    tolls = figures.loc[figures["indicator"].isin(TOLLS), "figure_id"]
    return frozenset(tolls[tolls.str[-1].isin(list("ABCDEFGH"))])


def publish(folder: Path) -> None:
    """Publishes a store anew."""
    clock = _Clock()
    snapshot.publish(Ledger(folder), anew=True)
    clock.lap("publish")
    clock.total()


class _Clock:
    def __init__(self) -> None:
        self._began = self._last = _now()

    def lap(self, what: str) -> None:
        now = _now()
        self._line(what, now - self._last)
        self._last = now

    def total(self) -> None:
        self._line("in all", _now() - self._began)

    @staticmethod
    def _line(what: str, took: Any) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{what:<10}{took[0]:>8.2f} s {took[1]:>8.2f} s of work {memory:>6,} MB", flush=True)


def _now() -> Any:
    """The time, and how long the processor has worked for this process."""
    return np.array([time.perf_counter(), time.process_time()])


def compare(old: Path, new: Path) -> int:
    """Prints every column of every table that differs; returns how many cells do."""
    wrong = 0
    for path in sorted(old.glob("*.parquet")):
        before, after = (pd.read_parquet(each / path.name) for each in (old, new))
        print(f"{path.stem}: {len(before):,} rows before, {len(after):,} after")
        if odd := set(before.columns) ^ set(after.columns):
            print(f"  columns before or after alone: {sorted(odd)}")
        if odd or len(before) != len(after):
            wrong += max(len(before), len(after))
            continue
        for name in before:
            one, other = (each[name].reset_index(drop=True) for each in (before, after))
            if one.dtype != other.dtype:
                print(f"  {name}: {one.dtype} before, {other.dtype} after")
            differs = ~np.asarray((one == other) | (one.isna() & other.isna()), dtype=bool)
            if differs.any():
                wrong += int(differs.sum())
                at = int(np.flatnonzero(differs)[0])
                print(f"  {name}: {differs.sum():,} rows, first {one[at]!r} → {other[at]!r}")
    print(f"{wrong} cells differ")
    return wrong


def main(arguments: list[str]) -> int:
    """One of the four commands of this file."""
    match arguments:
        case ["make", store, number]:
            make(Path(store), int(number))
        case ["build", store, out]:
            build(Path(store), Path(out))
        case ["publish", store]:
            publish(Path(store))
        case ["compare", old, new]:
            return compare(Path(old), Path(new)) > 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
