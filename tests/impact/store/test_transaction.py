"""Nothing acknowledged is lost: an error within a transaction, looked away from or not, stores
nothing and is told, and what was appended is looked up before anybody hears that it is kept."""

import contextlib
import re
import resource
from collections.abc import Callable

import duckdb
import pytest

from impact.model import dates
from impact.store import database, inbox, rereading, schema
from impact.store.ledger import ACCEPT, Decision, Ledger, Refusal
from impact.store.transaction import KEYS, NotStored, Transaction, TransactionFailed
from tests import engines
from tests.combining import ALL
from tests.made import count, document, figure, offer, once, toll

pytestmark = pytest.mark.slow  # a store each

FAILING = {
    "no SQL": "SELEC 1",
    "no such table": "SELECT * FROM nowhere",
    "no such number": "SELECT CAST(word AS INTEGER) FROM (VALUES ('many')) AS words(word)",
    "a column that must be filled": "INSERT INTO said (who) VALUES ('me')",
    "an error in the last of many rows": """
        SELECT CASE WHEN i = 399999 THEN error('late') ELSE 'x' END FROM range(400000) AS r(i)""",
    "a value too few": "SELECT ?, ?",
}


@once
def offered(ledger: Ledger) -> None:
    """A store with one accepted figure."""
    offer(ledger, figure())


# Every statement is fetched in one way, the one that fails late in all of them.
FETCHES = ("fetchone", "fetchall", "df")
MEETINGS = [
    pytest.param(statement, fetch, id=f"{fetch}-{name}")
    for row, (name, statement) in enumerate(FAILING.items())
    for column, fetch in enumerate(FETCHES)
    if ALL or row % len(FETCHES) == column or "late" in statement
]


@pytest.mark.parametrize(("statement", "fetch"), MEETINGS)
def test_an_error_that_the_caller_swallows_stores_nothing_and_is_told(ledger, statement, fetch):
    offered(ledger)
    values = ["one"] if "?" in statement else []
    told = pytest.raises(TransactionFailed, match="nothing was stored")
    with told, ledger.connect() as connection:
        ledger.append_decision(connection, NOTE, "Olena", dates.now())
        with contextlib.suppress(duckdb.Error):
            getattr(connection.execute(statement, values), fetch)()
    assert count(ledger, "decisions") == 1  # the loader's own
    ledger.record("Olena", [NOTE])
    assert count(ledger, "decisions") == 2


NOTE = Decision(subject=figure().figure_id, kind="note", reason="seen")


def test_an_error_after_which_the_caller_goes_on_writing_stores_none_of_it(ledger):
    offered(ledger)
    with pytest.raises(TransactionFailed), ledger.connect() as connection:
        for statement in FAILING.values():
            with contextlib.suppress(duckdb.Error):
                connection.execute(statement)
            with contextlib.suppress(duckdb.Error):
                ledger.append_decision(connection, NOTE, "Olena", dates.now())
    assert count(ledger, "decisions") == 1


def test_a_table_that_cannot_be_offered_poisons_the_transaction_too(ledger):
    told = pytest.raises(TransactionFailed)
    with told, ledger.connect() as connection, contextlib.suppress(Exception):
        connection.offered(object()).__enter__()


def test_an_error_that_is_not_the_databases_own_may_be_handled_within(ledger):
    offered(ledger)
    with ledger.connect() as connection:
        with contextlib.suppress(LookupError):
            raise LookupError("no such figure")
        ledger.append_decision(connection, NOTE, "Olena", dates.now())
    assert count(ledger, "decisions") == 2


def test_no_way_leads_around_the_transaction(ledger):
    with ledger.connect() as connection:
        shown = {name for name in dir(connection) if not name.startswith("_")}
    assert shown == {
        *("execute", "fetchone", "fetchall", "only", "df", "table", "like", "offered"),
        *("figures", "append", "append_numbered", "append_new"),
        *("appended", "require_sound", "require_stored"),
        *("then", "tell"),
    }


def test_every_table_has_a_key_by_which_its_rows_are_found_again():
    tables = re.findall(r"CREATE TABLE IF NOT EXISTS (?!store )(\w+) \(\s*\w+_id ", schema.TABLES)
    assert sorted(tables) == sorted(KEYS)


# Read back


@once
def prepared(ledger: Ledger, name: str) -> tuple[inbox.Upload, inbox.Part]:
    """An upload, what can be read from it, and a store in which the write can be made."""
    offer(ledger, figure())
    upload, _ = inbox.receive(ledger, b"5 killed in Kharkiv", "report.txt", "Olha")
    part = inbox.Part(name="report.txt", text="5 killed in Kharkiv", figures=(toll(),))
    if name == "reread":
        inbox.record(ledger, upload, [part])
        WRITES["say"](ledger, upload, part)
    return upload, part


WRITES: dict[str, Callable] = {
    "store": lambda ledger, upload, part: offer(ledger, toll(8), name="another"),
    "store what is refused": lambda ledger, upload, part: ledger.store(
        document("refused")[0], [b"refused"], [], [Refusal("row 1", "no number")]
    ),
    "decide": lambda ledger, *_: ledger.decide(figure().figure_id, ACCEPT, "Olha", "read"),
    "accept": lambda ledger, *_: ledger.accept(figure().figure_id, "Olha", "read"),
    "correct": lambda ledger, *_: ledger.correct(figure().figure_id, toll(6), "Olha", "slip", {}),
    "add": lambda ledger, *_: ledger.add(document("made")[0].document_id, toll(7), "Olha", "seen"),
    "receive": lambda ledger, *_: inbox.receive(ledger, b"another", "b.txt", "Olha"),
    "record": lambda ledger, upload, part: inbox.record(ledger, upload, [part]),
    "say": lambda ledger, upload, part: rereading.say(
        ledger, upload.upload_id, part.name, "Olha", "2026-01-25", "UNN", ""
    ),
    "reread": lambda ledger, upload, part: rereading.record(
        ledger, upload, part, rereading.pending(ledger)[0][1]
    ),
}


@pytest.fixture
def lossy(monkeypatch) -> Callable:
    """From now on each transaction ends after an error that nobody noted: COMMIT then says
    nothing and stores nothing."""

    def lose() -> None:
        def fail(transaction: Transaction) -> None:
            with contextlib.suppress(duckdb.Error):
                transaction._connection.execute("SELECT error('unnoticed')").fetchall()

        monkeypatch.setattr(Transaction, "require_sound", fail)

    return lose


@pytest.mark.parametrize("name", WRITES)
@engines.folder_only("PostgreSQL commits")
def test_what_a_commit_lost_is_not_acknowledged(ledger, lossy, name):
    upload, part = prepared(ledger, name)
    before = contents(ledger)
    lossy()
    with pytest.raises(NotStored, match="were not stored"):
        WRITES[name](ledger, upload, part)
    assert contents(ledger) == before


def contents(ledger: Ledger) -> dict[str, int]:
    return {table: len(rows) for table, rows in ledger.contents().items()}


@pytest.mark.parametrize("name", WRITES)
def test_what_is_acknowledged_is_there(ledger, name):
    upload, part = prepared(ledger, name)
    before = contents(ledger)
    WRITES[name](ledger, upload, part)
    assert contents(ledger) != before
    assert ledger.check() == []


# A full disk


@contextlib.contextmanager
def no_file_longer_than(size: int):
    """Files of this process cannot grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def eager(monkeypatch) -> None:
    """Each commit is followed by a checkpoint."""
    options = {**database._OFFLINE, "checkpoint_threshold": "1B"}
    monkeypatch.setattr(database, "_OFFLINE", options)


def test_a_commit_that_holds_is_acknowledged_though_its_checkpoint_found_the_disk_full(
    ledger, eager
):
    offer(ledger, figure())
    with no_file_longer_than(ledger.path.stat().st_size):
        decision = ledger.decide(figure().figure_id, ACCEPT, "Olha", "read " * 2000)
    assert decision in set(ledger.table("decisions")["decision_id"])
    assert count(ledger, "decisions") == 2


@engines.folder_only("PostgreSQL commits")
def test_a_commit_that_finds_the_disk_full_is_an_error_and_stores_nothing(ledger):
    offer(ledger, figure())
    with no_file_longer_than(500), pytest.raises((duckdb.Error, RuntimeError)):
        ledger.decide(figure().figure_id, ACCEPT, "Olha", "read " * 2000)
    assert count(ledger, "decisions") == 1
    ledger.decide(figure().figure_id, ACCEPT, "Olha", "read")
    assert count(ledger, "decisions") == 2
