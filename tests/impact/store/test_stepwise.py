"""Publishing in steps: what a decision makes of a snapshot equals what is built from everything."""

import contextlib
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.model.figure import Figure
from impact.model.indicators import INDICATORS
from impact.model.parts import PARTS
from impact.store import database, naming, snapshot, snapshot_files, stepwise, turning
from impact.store.faults import LedgerOlder, Withheld
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
from impact.summaries import renewal
from tests import combining, engines, made
from tests.made import document, figure, fresh_ledger, offer, once, toll

pytestmark = pytest.mark.slow

EXAMPLES = 200 if combining.ALL else 1
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


def anything_of(seed: int, count: int) -> list[Figure]:
    """So many figures near one another."""
    rng = random.Random(seed)
    return [anything(rng, at) for at in range(count)]


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
        self.known = [*BASELINES, *table, *report]
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
    """What each attempt at a step came to: the snapshot's name, or None for a full build. Threads
    that pages of other tests have left publish stores of their own."""
    found: list[str | None] = []

    def taken(source: Ledger) -> str | None:
        came = step(source)
        if threading.get_ident() == own:
            found.append(came)
        return came

    step, own = stepwise.taken, threading.get_ident()
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
        assert len(tables) == 20
        for (table,) in tables:
            columns = "* EXCLUDE (built_at, steps)" if table == "meta" else "*"
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


# Each kind of decision, by hand

DOUBTED = figure(value=5_000.0)
CONTESTED = figure(value=600.0, attributed_to=made.MAYOR)
TOLLS = [toll(3.0), toll(4.0, place=made.KHARKIV_OBLAST), toll(9.0, date="2026-01-25")]
WAITING = [toll(7.0, attributed_to=made.GOVERNOR), figure(value=550.0, place=made.KYIV_OBLAST)]
PUBLISHED = [DOUBTED, CONTESTED, *TOLLS]


@once
def publish(ledger: Ledger) -> None:
    """Publishes a table and baselines; a report waits for review."""
    offer(ledger, *BASELINES, *PUBLISHED, name="table")
    offer(ledger, *WAITING, name="report", accepted_by="")
    snapshot.publish(ledger)


@pytest.fixture
def public(ledger) -> Ledger:
    publish(ledger)
    return ledger


def correct(store: Ledger) -> None:
    better = replace(TOLLS[0], value=8.0, date="2026-01-25")
    changed = {"value": [3.0, 8.0], "date": [TOLLS[0].date, better.date]}
    store.correct(TOLLS[0].figure_id, better, "Olha", "the page says so", changed)


def second_acceptance(store: Ledger) -> None:
    store.accept(WAITING[0].figure_id, "Olha", "read it", second=True)
    store.accept(WAITING[0].figure_id, "Petro", "read it, too", second=True)


def answer(store: Ledger) -> None:
    rules = Reader(store.folder).query("FROM doubts")
    (rule,) = rules.loc[rules["figure_id"] == DOUBTED.figure_id, "rule"]
    store.decide(DOUBTED.figure_id, ANSWER, "Olha", "counted in flats", {"rule": rule})


def answer_back(store: Ledger) -> None:
    answer(store)
    snapshot.publish(store)
    rule = Reader(store.folder).query("FROM doubts WHERE answered")["rule"][0]
    detail = {"rule": rule, "taken_back": True}
    store.decide(DOUBTED.figure_id, ANSWER, "Olha", "it was not", detail)


def note_back(store: Ledger) -> None:
    note = store.decide(TOLLS[0].figure_id, NOTE, "Olha", "seen elsewhere")
    snapshot.publish(store)
    store.decide(TOLLS[0].figure_id, NOTE_BACK, "Olha", "a slip", {"note": note})


def accepted_and_withdrawn(store: Ledger) -> None:
    """Then no person has accepted any figure of the report."""
    store.decide(WAITING[0].figure_id, ACCEPT, "Olha", "read it")
    snapshot.publish(store)
    store.decide(WAITING[0].figure_id, WITHDRAW, "Olha", "taken down")


def whole_report(store: Ledger) -> None:
    for each in WAITING:
        store.decide(each.figure_id, ACCEPT, "Olha", "read it")


def about(figure: Figure, *kinds: str):
    def decide(store: Ledger) -> None:
        for kind in kinds:
            store.decide(figure.figure_id, kind, "Olha", "read it")

    return decide


DECIDED = {
    "accept": about(WAITING[0], ACCEPT),
    "second acceptance": second_acceptance,
    "a report's figures": whole_report,
    "a report's only figure withdrawn": accepted_and_withdrawn,
    "reject": about(TOLLS[0], REJECT),
    "withdraw": about(TOLLS[2], WITHDRAW),
    "reopen": about(TOLLS[1], WITHDRAW, REOPEN),
    "dispute": about(CONTESTED, DISPUTE),
    "settle": about(CONTESTED, DISPUTE, SETTLE),
    "correct": correct,
    "answer": answer,
    "answer taken back": answer_back,
    "baseline gone": about(BASELINES[0], WITHDRAW),
    "note": about(TOLLS[0], NOTE),
    "note taken back": note_back,
}


@pytest.mark.parametrize("decide", DECIDED.values(), ids=DECIDED)
def test_a_decision_is_published_in_a_step(public, decide):
    with counted() as steps:
        decide(public)
        name = snapshot.publish(public)
    assert None not in steps and steps[-1] == name
    assert differences(public) == []


@pytest.mark.parametrize("module", [renewal, turning], ids=["parts", "dates"])
def test_more_than_may_stand_in_a_statement_is_told_as_well(public, monkeypatch, module):
    monkeypatch.setattr(module, "LISTED", 0)
    correct(public)
    with counted() as steps:
        snapshot.publish(public)
    assert None not in steps
    assert differences(public) == []


# What stands, what is then accepted, and the doubt that it casts upon what stands.
CAST = {
    "same_event": (toll(5.0, **made.on(24)), toll(5.0, **made.on(23))),
    "below_its_part": (toll(4.0, place=made.KHARKIV_OBLAST), toll(9.0)),
    "total_that_fell": (
        toll(70.0, period="cumulative", attributed_to="HRMMU", **made.on(24)),
        toll(90.0, period="cumulative", attributed_to="HRMMU", **made.on(2)),
    ),
    "children_above_total": (toll(9.0, people="children"), toll(4.0)),
    "ten_times_rivals": (toll(4_000.0), toll(200.0, attributed_to=made.GOVERNOR)),
}


@pytest.mark.parametrize("rule", combining.thinned([*CAST]))
def test_a_step_casts_doubts_upon_figures_that_nobody_decided_about(ledger, rule):
    stands, waits = CAST[rule]
    offer(ledger, stands, name="table")
    offer(ledger, waits, name="report", accepted_by="")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    assert reader.query("FROM doubts").empty
    ledger.decide(waits.figure_id, ACCEPT, "Olha", "read it")
    with counted() as steps:
        snapshot.publish(ledger)
    assert None not in steps
    found = reader.query("SELECT figure_id, rule FROM doubts")
    assert found.to_numpy().tolist() == [[stands.figure_id, rule]]
    assert differences(ledger) == []


def test_a_step_lets_a_baseline_cast_a_doubt_and_take_it_back(ledger):
    people = {"indicator": "population", "unit": "people", "status": "", "cause": ""}
    census = figure(value=50_000.0, date="2025", place=made.DNIPRO, **people)
    cut_off = figure(value=200_000.0, unit="people", place=made.DNIPRO)
    offer(ledger, cut_off, figure(value=100_000.0, unit="people", place=made.KYIV), name="table")
    offer(ledger, census, name="census", accepted_by="")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    for kind, doubted in ((ACCEPT, [cut_off.figure_id]), (WITHDRAW, [])):
        ledger.decide(census.figure_id, kind, "Olha", "read it")
        with counted() as steps:
            snapshot.publish(ledger)
        assert None not in steps
        assert reader.query("SELECT figure_id FROM doubts")["figure_id"].tolist() == doubted
        assert differences(ledger) == []


def test_a_reader_sees_a_step_at_its_next_query(public):
    reader = Reader(public.folder)
    before = reader.count()
    public.decide(WAITING[0].figure_id, ACCEPT, "Olha", "read it")
    snapshot.publish(public)
    assert reader.count() == before + 1


def test_a_query_that_runs_keeps_its_snapshot_while_a_step_is_published(public):
    reader = Reader(public.folder)
    before = reader.count()
    with reader._cursor() as (cursor, _, _):
        for each in PUBLISHED[1:]:
            public.decide(each.figure_id, WITHDRAW, "Olha", "taken down")
            snapshot.publish(public)
        assert cursor.execute("SELECT count(*) FROM figures").fetchone() == (before,)
    assert reader.count() == before - len(PUBLISHED[1:])


def test_a_decision_that_changes_nothing_shown_makes_no_file(public):
    shown = published(public)
    built = shown.stat().st_mtime_ns
    public.decide(WAITING[0].figure_id, PROPOSE, "Olha", "read it")
    with counted() as steps:
        assert snapshot.publish(public) == shown.name
    assert steps == [shown.name]
    assert shown.stat().st_mtime_ns == built


# What is doubtful is built whole


def published(store: Ledger) -> Path:
    return store.folder / snapshot_files.FOLDER / str(snapshot_files.current(store.folder))


def other_code(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(naming, "code", lambda: "of another release")


def many_touched(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stepwise, "MOST", 3)
    offer(store, *(toll(float(value)) for value in range(20, 24)), name="another table")


def many_read(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(turning, "READ", len(BASELINES) + 1)


def steps_enough(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stepwise, "IN_A_ROW", 0)


def file_gone(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    published(store).unlink()


def file_damaged(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    with published(store).open("r+b") as file:
        file.seek(5_000)
        file.write(b"no database" * 1_000)


def pointer_gone(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    (store.folder / snapshot_files.FOLDER / snapshot_files.POINTER).unlink()


def time_named(store: Ledger, patch: pytest.MonkeyPatch) -> None:
    time = made.dates.now().replace(microsecond=0)
    store.set_time("decisions", 1, time, "Olha", "the clock stood wrong")


DOUBTFUL = [
    *(other_code, many_touched, many_read),
    *(steps_enough, file_gone, file_damaged, time_named),
    pytest.param(pointer_gone, marks=engines.folder_only("PostgreSQL says which is current")),
]


@pytest.mark.parametrize("happen", combining.thinned(DOUBTFUL), ids=lambda each: each.__name__)
def test_what_is_doubtful_is_no_step_and_everything_is_built(public, monkeypatch, happen):
    public.decide(TOLLS[0].figure_id, WITHDRAW, "Olha", "taken down")
    happen(public, monkeypatch)
    with counted() as steps:
        snapshot.publish(public)
    assert steps == [None]
    assert differences(public) == []


@engines.folder_only("a copy catches up")
def test_a_ledger_older_than_its_snapshot_is_no_step_and_is_withheld(public):
    older = public.path.read_bytes()
    public.decide(TOLLS[0].figure_id, DISPUTE, "Olha", "the governor denies it")
    shown = snapshot.publish(public)
    public.path.write_bytes(older)
    with counted() as steps, pytest.raises(LedgerOlder):
        snapshot.publish(public)
    assert steps == [None]
    assert snapshot_files.current(public.folder) == shown


def test_a_step_that_would_lose_many_figures_is_left_to_the_whole_build(ledger):
    tolls = [toll(float(value)) for value in range(70)]
    offer(ledger, *tolls, name="table")
    snapshot.publish(ledger)
    for each in tolls[:60]:
        ledger.decide(each.figure_id, WITHDRAW, "Olha", "taken down")
    with pytest.raises(Withheld):
        snapshot.publish(ledger)


# What is killed on the way

KILLED = """
import os, signal, sys
from pathlib import Path
from impact.store import snapshot, snapshot_files, turning
from impact.store.ledger import Ledger
MODULES = (snapshot, snapshot_files, turning)
module, name = sys.argv[2].split(".")
end = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
setattr({each.__name__.split(".")[-1]: each for each in MODULES}[module], name, end)
snapshot.publish(Ledger(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    "where",
    combining.thinned(
        ["turning.put", "snapshot_files.say", "snapshot_files.trust", "snapshot._remove_old"], 3
    ),
)
@engines.folder_only("its process knows the folder alone")
def test_a_step_that_is_killed_leaves_a_whole_snapshot_and_is_taken_again(public, where):
    shown = snapshot_files.current(public.folder)
    public.decide(TOLLS[0].figure_id, WITHDRAW, "Olha", "taken down")
    run = subprocess.run([sys.executable, "-c", KILLED, public.folder, where], check=False)
    assert run.returncode == -signal.SIGKILL
    moved = where == "snapshot._remove_old"
    assert (snapshot_files.current(public.folder) == shown) != moved
    assert Reader(public.folder).count() == len(BASELINES) + len(PUBLISHED) - moved
    snapshot.publish(public)
    assert differences(public) == []
    public.tidy()
    assert not list((public.folder / snapshot_files.FOLDER).glob("*.part*"))
