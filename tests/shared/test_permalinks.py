"""A permalink names a moment, and the ledger knows them all: it needs no snapshot of that time."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

from impact.model import dates
from impact.store import as_of, snapshot, snapshot_files
from impact.store.ledger import ACCEPT, Ledger
from impact.store.reader import Reader
from impact.store.shared import engine
from tests import made
from tests.shared.machines import machines as machines

KEPT = 2


@pytest.fixture
def clock(monkeypatch):
    """The present, moved by hand."""
    began = dates.now().replace(microsecond=0) - timedelta(days=2)

    def at(hours: int):
        moment = began + timedelta(hours=hours)
        monkeypatch.setattr(dates, "now", lambda: moment)
        return moment

    return at


def figures(reader: Reader) -> pd.DataFrame:
    """What a reader is shown, but for what says when it was built."""
    return reader.query("FROM figures ORDER BY figure_id")


def test_what_a_permalink_shows_outlives_the_snapshots_of_its_time(
    machines, clock, tmp_path, monkeypatch
):
    """After so many publications that its own snapshot is gone everywhere, a machine with an empty
    disk shows it cell for cell as it was."""
    monkeypatch.setattr(engine, "KEPT", KEPT)
    one: Ledger = machines("one")
    clock(0)
    first = made.figure(value=320_000)
    made.offer(one, first)
    then = clock(1)
    names = [snapshot.publish(one)]
    before = figures(Reader(one.folder))
    clock(2)
    one.correct(first.figure_id, replace(first, value=6_000), "Petro", "a slip", {"value": [1, 2]})
    for number in range(3, 3 + 2 * KEPT):
        clock(number)
        late = made.figure(value=float(number))
        made.offer(one, late, name=str(number))
        one.decide(late.figure_id, ACCEPT, "Olha", "checked")
        names.append(snapshot.publish(one))

    in_storage = one.engine.held(snapshot_files.FOLDER)
    assert in_storage == set(names[-KEPT:]) and names[0] not in in_storage
    other: Ledger = machines("other")
    other.engine.follow()
    assert len(figures(Reader(other.folder))) > len(before)
    for ledger in (one, other):
        past = as_of.known_at(ledger.folder, then)
        assert past.recorded
        pd.testing.assert_frame_equal(figures(past.reader), before)


def test_a_permalink_is_answered_while_the_database_is_away(machines, clock, postgres_server):
    one: Ledger = machines("one")
    clock(0)
    made.offer(one, made.figure(value=320_000))
    then = clock(1)
    snapshot.publish(one)
    before = figures(Reader(one.folder))
    clock(2)
    made.offer(one, made.figure(value=7.0), name="late")
    snapshot.publish(one)
    postgres_server.kill()
    try:
        past = as_of.known_at(one.folder, then)
        pd.testing.assert_frame_equal(figures(past.reader), before)
    finally:
        postgres_server.start()
