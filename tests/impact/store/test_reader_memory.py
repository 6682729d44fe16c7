"""What a reader's database holds: little while nobody asks, and what a question needs."""

import duckdb
import pytest

from impact.store import allowance
from impact.store.reader import Reader
from tests.made import figure
from tests.made import publish as put

# Groups so many numbers that it takes tens of megabytes.
LARGE = """
    SELECT count(*) AS groups
    FROM (SELECT range, hash(range)::VARCHAR FROM range(1_000_000) GROUP BY ALL)
"""


@pytest.fixture
def reader(ledger):
    put(ledger, figure())
    return Reader(ledger.folder)


@pytest.fixture
def allowed(monkeypatch) -> list[str]:
    """What the database was allowed to hold, one after the other."""
    given, allow = [], allowance.allow

    def noted(connection, memory):
        given.append(memory)
        allow(connection, memory)

    monkeypatch.setattr(allowance, "allow", noted)
    return given


def limit(reader) -> str:
    return reader.query("SELECT current_setting('memory_limit') AS told")["told"][0]


def test_a_question_that_needs_more_gets_it_and_the_next_does_not(reader, monkeypatch, allowed):
    monkeypatch.setattr(allowance, "ASKED", "12MB")
    assert reader.query(LARGE)["groups"][0] == 1_000_000
    assert allowed == ["12MB", "12MB"]
    assert limit(reader) == "11.4 MiB"


def test_a_reader_writes_nothing_of_what_it_has_no_room_for(reader):
    told = reader.query("SELECT current_setting('temp_directory') AS told")
    assert told["told"][0] == ""


def test_memory_is_given_back_once_where_nobody_asks(reader, allowed):
    reader.query(LARGE)
    reader.rest()
    assert allowed == [allowance.ASKED]  # somebody has just asked
    reader.rest()
    assert allowed[1:] == [allowance.RESTING, allowance.ASKED]
    reader.rest()
    reader.query(LARGE)  # which is kept
    reader.rest()
    assert len(allowed) == 3
    assert reader.count() == 1
    reader.rest()
    reader.rest()
    assert len(allowed) == 5


def test_a_reader_that_was_never_asked_has_nothing_to_give_back(ledger):
    reader = Reader(ledger.folder)
    reader.rest()
    reader.rest()


def test_who_is_done_takes_no_memory_from_who_still_needs_it(reader, monkeypatch):
    """Two large questions at once, of which the second begins and ends while the first runs, and
    the thread that gives memory back looks in between."""
    monkeypatch.setattr(allowance, "ASKED", "12MB")
    monkeypatch.setattr(allowance, "RESTING", "8MB")
    with reader._cursor() as (cursor, memory, _):
        runs = 0

        def first() -> str:
            nonlocal runs
            runs += 1
            if runs == 1:
                raise duckdb.OutOfMemoryException("no room")
            assert reader.query(LARGE)["groups"][0] == 1_000_000
            memory.rest(cursor)
            return limit(reader)

        assert memory.answered(cursor, first) != "11.4 MiB"
    assert reader.query("SELECT current_setting('memory_limit') AS low")["low"][0] == "11.4 MiB"
