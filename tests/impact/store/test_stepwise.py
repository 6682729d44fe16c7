"""Publishing in steps: what a decision makes of a snapshot equals what is built from everything."""

import contextlib
import os
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.model.figure import Figure
from impact.model.indicators import INDICATORS
from impact.model.parts import PARTS
from impact.store import database, snapshot, snapshot_files, stepwise
from impact.store.ledger import (
    ACCEPT,
    ANSWER,
    DISPUTE,
    NOTE,
    NOTE_BACK,
    PROPOSE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
    Ledger,
)
from impact.store.reader import Reader
from tests import made
from tests.made import document, figure, fresh_ledger, offer

pytestmark = pytest.mark.slow

EXAMPLES = 400 if os.environ.get("IMPACT_TESTS") == "all" else int(os.environ.get("N", 3))
PLACES = (
    *(made.KYIV, made.KYIV_OBLAST, made.BILA_TSERKVA, made.KHARKIV, made.KHARKIV_OBLAST),
    *("UA", made.DNIPRO, made.DNIPRO_OBLAST),
)
# Days beside one another, over the ends of a month and a year; a month and a year.
DATES = (
    *("2025-12-29", "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-09"),
    *("2026-02-01", "2026-01", "2025"),
)
INDICATOR = ("killed",) * 5 + ("injured", "power_outage", "power_outage", "heating_loss") + (
    *("temperature", "drones_launched", "displaced"),
)  # fmt: skip
WIDER = next(label for label, part in PARTS.items() if part.beyond)
SAID_BY = ("", "", made.MAYOR, made.GOVERNOR, made.MINISTER, "HRMMU", "DTEK")


def anything(rng: random.Random, at: int) -> Figure:
    """A figure near others: of few places, days and values, so that rules compare them."""
    kind = INDICATORS[rng.choice(INDICATOR)]
    date = rng.choice(DATES)
    unit = rng.choice(kind.units[:2])
    value = float(rng.choice((0, 1, 2, 3, 7, 9, 40, 900, 950_000, 9_000_000)))
    return Figure(
        indicator=kind.name,
        unit=unit,
        value=-value if unit == "celsius" else value,
        value_high=value + 5 if rng.random() < 0.1 and unit != "celsius" else None,
        place=rng.choice(PLACES),
        date=date,
        status=rng.choice(kind.statuses or ("",)),
        people=rng.choice(("all", "all", "all", "children")) if unit == "people" else "all",
        part=rng.choice(("",) * 8 + ("one district", WIDER)),
        cause=rng.choice(("strike",) * 5 + ("unknown", "weather", "mixed")),
        period=rng.choice(("day",) * 6 + ("cumulative", "cumulative", "forecast")),
        bound=rng.choice(("exact",) * 4 + ("at_least", "at_most", "about")),
        attributed_to=rng.choice(SAID_BY),
        publisher=rng.choice(("UNN", "Reuters", "TSN")),
        published=rng.choice((date if len(date) == 10 else "2026-02-03", "2026-01-02", "")),
        url=rng.choice(("", "https://example.org/1", "https://example.org/2")),
        as_of=f"{date}T0{rng.randrange(10)}:30" if len(date) == 10 and rng.random() < 0.2 else "",
        moment=rng.choice(("", "", "morning", "first")),
        recalled=rng.random() < 0.05,
        dubious=rng.random() < 0.05,
        source="made",
        source_key=f"row {rng.randrange(25)}" if rng.random() < 0.3 else "",
        note=f"line {at}",
    )


BASELINES = [
    figure(indicator=name, value=value, unit=unit, status="", cause="", date="2025", place=place)
    for place in (made.KYIV, made.KHARKIV, "UA")
    for name, unit, value in (
        ("population", "people", 900_000.0), ("household_size", "people", 2.3),
        ("apartment_blocks", "buildings", 800.0), ("customers", "customers", 400_000.0),
    )
]  # fmt: skip


class Store:
    """A ledger of figures near one another, and a person who decides about them at random."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger, self.rng = ledger, random.Random(seed)
        self.number = 0
        table, report = self._some(60), self._some(20)
        offer(ledger, *BASELINES, name="baselines")
        offer(ledger, *table, name="table")
        offer(ledger, *report, name="report", accepted_by="")
        self.known = [*table, *report]
        snapshot.publish(ledger)

    def _some(self, count: int) -> list[Figure]:
        self.number += count
        return [anything(self.rng, self.number + at) for at in range(count)]

    def decide(self) -> None:
        """Does something at random."""
        figure = self.rng.choice(self.known)
        subject = figure.figure_id
        what = self.rng.choice((*_VERDICTS, "answer", "note", "correct", "report", "edition"))
        if what in _VERDICTS:
            self.ledger.decide(subject, what, "Olha", "read it")
        elif what == "answer":
            self._answer()
        elif what == "note":
            note = self.ledger.decide(subject, NOTE, "Olha", "seen elsewhere, too")
            if self.rng.random() < 0.5:
                self.ledger.decide(subject, NOTE_BACK, "Olha", "a slip", {"note": note})
        elif what == "correct":
            self._correct(figure)
        else:
            self._bring(what)

    def _answer(self) -> None:
        doubts = Reader(self.ledger.folder).query("FROM doubts ORDER BY figure_id, rule")
        if doubts.empty:
            return
        row = doubts.iloc[self.rng.randrange(len(doubts))]
        detail = {"rule": row["rule"]} | ({"taken_back": True} if row["answered"] else {})
        self.ledger.decide(row["figure_id"], ANSWER, "Olha", "it is so", detail)

    def _correct(self, figure: Figure) -> None:
        other = self._some(1)[0]
        changes = self.rng.choice(
            ({"value": 5.0, "value_high": None}, {"date": other.date, "as_of": ""},
             {"place": other.place}, {"attributed_to": other.attributed_to})
        )  # fmt: skip
        if figure.unit == "celsius":
            changes = {"value": -5.0}
        corrected = replace(figure, **changes)
        if corrected == figure:
            return
        second = self.rng.random() < 0.3
        changed = {name: [str(getattr(figure, name)), str(changes[name])] for name in changes}
        with contextlib.suppress(RuntimeError):  # corrected before
            self.ledger.correct(
                figure.figure_id, corrected, "Olha", "a slip", changed, second=second
            )
            self.known.append(corrected)

    def _bring(self, what: str) -> None:
        """Brings a report that waits for review, or another edition of some rows."""
        some = self._some(3)
        if what == "edition":
            some = [replace(each, source_key=f"row {self.rng.randrange(25)}") for each in some]
        accepted_by = "the tests" if what == "edition" else ""
        offer(self.ledger, *some, name=f"{what} {self.number}", accepted_by=accepted_by)
        self.known += some
        if self.rng.random() < 0.3:
            identity = document(f"{what} {self.number}")[0].document_id
            kind = self.rng.choice((ACCEPT, REJECT, WITHDRAW))
            self.ledger.decide(identity, kind, "Olha", "all of it")


_VERDICTS = (
    *(ACCEPT, ACCEPT, ACCEPT, REJECT, WITHDRAW, WITHDRAW, REOPEN, PROPOSE, DISPUTE, DISPUTE),
    SETTLE,
)


@contextlib.contextmanager
def counted() -> Iterator[list[str | None]]:
    """What each attempt at a step came to: the snapshot's name, or None for a full build."""
    found: list[str | None] = []

    def taken(source: Ledger) -> str | None:
        found.append(step(source))
        return found[-1]

    step = stepwise.taken
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stepwise, "taken", taken)
        yield found


def differences(ledger: Ledger) -> list[str]:
    """Rows in which the published snapshot differs from one that is built of the whole ledger."""
    shown = snapshot_files.shown(ledger.folder)
    state = snapshot.state_of(ledger)
    built = ledger.folder / "built" / snapshot.name_of(state)
    snapshot.make(state, built, made.dates.now())
    assert shown.fault is None and shown.name == built.name
    files = {"shown": ledger.folder / snapshot_files.FOLDER / shown.name, "built": built}
    found = []
    with contextlib.closing(database.in_memory()) as connection:
        for name, path in files.items():
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables = connection.execute(_TABLES).fetchall()
        assert len(tables) == 18
        for (table,) in tables:
            columns = "* EXCLUDE built_at" if table == "meta" else "*"
            for one, other in (("shown", "built"), ("built", "shown")):
                rows = connection.execute(
                    f"SELECT {columns} FROM {one}.{table} "
                    f"EXCEPT ALL SELECT {columns} FROM {other}.{table}"
                ).fetchall()
                found += [f"{table}, {one} alone: {row}" for row in rows]
    return found


_TABLES = """
SELECT table_name FROM duckdb_tables()
WHERE database_name = 'shown' AND schema_name = 'main' ORDER BY 1
"""


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_a_snapshot_made_in_steps_equals_one_built_at_once(seed):
    with fresh_ledger() as ledger, counted() as steps:
        store = Store(ledger, seed)
        del steps[:]
        for _ in range(8):
            before = snapshot_files.current(ledger.folder)
            for _ in range(store.rng.choice((1, 1, 1, 3))):
                store.decide()
            if snapshot.publish(ledger) != before:
                assert differences(ledger) == []
        assert None not in steps
