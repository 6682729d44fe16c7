"""Going back: the snapshot of a moment that is made from the published one equals one that is built
from the ledger as it was."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.model import dates
from impact.store import as_of, database, going_back, snapshot, snapshot_files, turning
from impact.store.decision import CLOCK, REOPEN, WITHDRAW
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import combining, made
from tests.impact.store.test_stepwise import BASELINES, Store, anything_of
from tests.made import figure, fresh_ledger, offer, toll

pytestmark = pytest.mark.slow

EXAMPLES = 100 if combining.ALL else 1
BEGAN = datetime(2026, 2, 1, 10)


class Hours:
    """The present, which goes on by an hour whenever somebody looks at it."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


@pytest.fixture
def hours(monkeypatch):
    clock = Hours()
    monkeypatch.setattr(dates, "now", clock)
    return clock


def gone_back(ledger: Ledger, at: datetime, *, recorded: bool = True) -> Path | None:
    folder = ledger.folder / snapshot_files.FOLDER / "past"
    return going_back.gone_back(ledger, at, folder.joinpath, recorded=recorded)


def built(ledger: Ledger, at: datetime, *, recorded: bool = True) -> Path:
    place = (ledger.folder / "built").joinpath
    return as_of._built(ledger, at, place, recorded=recorded)


def differences(one: Path, other: Path) -> list[str]:
    """Tables and views in which two snapshots of the past differ, and in how many rows."""
    assert one.name == other.name
    files, found = {"one": one, "other": other}, []
    with contextlib.closing(database.in_memory()) as connection:
        for name, path in files.items():
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables, others = (connection.execute(_TABLES, [name]).fetchall() for name in files)
        assert tables == others and len(tables) == 21
        for table, _ in tables:
            columns = "* EXCLUDE (steps)" if table == "meta" else "*"
            for name in files:  # a view asks the tables of the snapshot that is used
                connection.execute(f"USE {name}")
                rows = f"SELECT {columns} FROM {name}.{table}"
                connection.execute(f"CREATE OR REPLACE TEMP TABLE of_{name} AS {rows}")
            for side, beside in (("one", "other"), ("other", "one")):
                alone = f"SELECT count(*) FROM (FROM of_{side} EXCEPT ALL FROM of_{beside})"
                ((count,),) = connection.execute(alone).fetchall()
                found += [f"{table}: {count} rows of {side}"] if count else []
    return found


_TABLES = """
SELECT table_name, table_type FROM information_schema.tables
WHERE table_catalog = ? AND table_schema = 'main' ORDER BY 1
"""


def alike(ledger: Ledger, at: datetime, *, recorded: bool = True) -> bool:
    """Whether going back to a moment gives what building gives; False where there is no way."""
    path = gone_back(ledger, at, recorded=recorded)
    if path is None:
        return False
    assert differences(path, built(ledger, at, recorded=recorded)) == []
    return True


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_the_way_back_leads_to_what_is_built_from_the_ledger_as_it_was(seed):
    clock = Hours()
    with fresh_ledger() as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "now", clock)
        store = Store(ledger, seed)
        first = clock.now
        for _ in range(8):
            store.decide()
        snapshot.publish(ledger)
        store.decide()  # stored, and not published yet
        last = clock.now
        moments = [first + (last - first) * at / 3 for at in range(4)]
        assert all([alike(ledger, each) for each in moments])


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_before_the_ledger_began_stands_what_had_been_said(seed, days):
    with fresh_ledger() as ledger:
        offer(ledger, *BASELINES, *anything_of(seed, 80))
        snapshot.publish(ledger)
        at = datetime(2025, 12, 15, 12) + timedelta(days=days)
        assert alike(ledger, at, recorded=False)


def test_a_figure_that_was_withdrawn_stands_again_before_it(ledger, hours):
    kept, gone = toll(3.0), toll(9.0, place=made.DNIPRO)
    offer(ledger, kept, gone)
    before = hours.now
    ledger.decide(gone.figure_id, WITHDRAW, "Olha", "taken down")
    snapshot.publish(ledger)
    assert alike(ledger, before)
    past = as_of.known_at(ledger.folder, before).reader
    assert sorted(past.query("SELECT value FROM figures")["value"]) == [3.0, 9.0]
    killed = past.query("SELECT killed FROM attack WHERE rule = 'responsible'")["killed"]
    assert killed.tolist() == [12.0]


def test_a_table_that_came_later_is_not_there_before_it(ledger, hours):
    offer(ledger, toll(3.0), name="first")
    before = hours.now
    offer(ledger, toll(30.0), toll(4.0, **made.on(27)), name="second")
    snapshot.publish(ledger)
    assert alike(ledger, before)
    past = as_of.known_at(ledger.folder, before).reader
    assert past.query("SELECT value FROM figures")["value"].tolist() == [3.0]


def test_a_baseline_that_came_later_casts_no_doubt_before_it(ledger, hours):
    people = {"indicator": "population", "unit": "people", "status": "", "cause": ""}
    offer(ledger, figure(value=200_000.0, unit="people", place=made.DNIPRO), name="table")
    before = hours.now
    census = figure(value=50_000.0, date="2025", place=made.DNIPRO, **people)
    offer(ledger, census, name="baselines")
    snapshot.publish(ledger)
    assert alike(ledger, before)
    past = as_of.known_at(ledger.folder, before).reader
    now = Reader(ledger.folder)
    counts = [each.query("SELECT count(*) AS doubts FROM doubts") for each in (now, past)]
    assert [each["doubts"][0] for each in counts] == [1, 0]


def no_way(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(going_back, "MOST", 0)


def too_far(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(turning, "READ", 0)


def named_time(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    moment = (BEGAN + timedelta(minutes=30)).isoformat()
    ledger.decide("documents 1", CLOCK, "Olha", "by the mail", {"time": moment})


def unpublished(ledger: Ledger, patch: pytest.MonkeyPatch) -> None:
    (ledger.folder / snapshot_files.FOLDER / snapshot_files.POINTER).unlink()


@pytest.mark.parametrize("reason", combining.first([named_time, unpublished, no_way, too_far], 2))
def test_where_the_way_back_cannot_be_told_everything_is_built(ledger, hours, monkeypatch, reason):
    first = toll(3.0)
    offer(ledger, first, toll(5.0))
    before = hours.now
    ledger.decide(first.figure_id, WITHDRAW, "Olha", "taken down")
    snapshot.publish(ledger)
    assert gone_back(ledger, before) is not None
    reason(ledger, monkeypatch)
    assert gone_back(ledger, before) is None
    past = as_of.known_at(ledger.folder, before).reader
    assert sorted(past.query("SELECT value FROM figures")["value"]) == [3.0, 5.0]


def test_a_past_that_was_made_leaves_the_published_snapshot_trusted(ledger, hours):
    first = toll(3.0)
    offer(ledger, first, toll(5.0))
    before = hours.now
    snapshot.publish(ledger)
    ledger.decide(first.figure_id, WITHDRAW, "Olha", "taken down")
    name = snapshot.publish(ledger)
    gone_back(ledger, before)
    assert ledger.folder / snapshot_files.FOLDER / name in snapshot_files._WRITTEN


def test_who_goes_back_holds_up_neither_another_who_does_nor_who_decides(
    ledger, hours, monkeypatch
):
    first, second = toll(3.0), toll(5.0, place=made.DNIPRO)
    offer(ledger, first, second)
    one = hours.now
    ledger.decide(first.figure_id, WITHDRAW, "Olha", "taken down")
    other = hours.now
    ledger.decide(second.figure_id, WITHDRAW, "Olha", "taken down")
    snapshot.publish(ledger)
    reached, goes_on = threading.Event(), threading.Event()
    write = going_back._write

    def waits(former, path, at, *rest):
        if at == one:
            reached.set()
            assert goes_on.wait(60)
        write(former, path, at, *rest)

    monkeypatch.setattr(going_back, "_write", waits)
    with ThreadPoolExecutor(1) as others:
        slow = others.submit(as_of.known_at, ledger.folder, one)
        assert reached.wait(60)
        assert as_of.known_at(ledger.folder, other).reader.count() == 1
        ledger.decide(first.figure_id, REOPEN, "Petro", "it stands")
        assert not slow.done()
        goes_on.set()
        assert slow.result(60).reader.count() == 2
