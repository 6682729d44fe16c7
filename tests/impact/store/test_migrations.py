"""Ledgers of every earlier version, as its own code wrote them, brought up to today's."""

import json
import shutil
import tarfile
from pathlib import Path

import duckdb
import pytest

from impact.model.figure import Figure
from impact.model.rows import records
from impact.store import (
    aside,
    condition,
    decisions,
    identity,
    inbox,
    ledger_file,
    migrations,
    schema,
    snapshot,
)
from impact.store.faults import StoreMixed, StoreNewer, StoreUnreadable
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import combining, engines
from tests.made import figure, offer, once, toll

pytestmark = [pytest.mark.slow, engines.folder_only("stores of old versions are folders")]

STORES = Path(__file__).parents[2] / "stores"
NUMBERS = sorted(int(path.name[7:-7]) for path in STORES.glob("schema-*.tar.gz"))
each_schema = pytest.mark.parametrize("number", NUMBERS)


def unpacked(number: int, folder: Path) -> Ledger:
    """A store of an earlier version."""
    with tarfile.open(STORES / f"schema-{number}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return Ledger(folder)


@once
def brought_up(ledger: Ledger, number: int) -> None:
    """Makes a store one of an earlier version that today's code has opened."""
    unpacked(number, ledger.folder)
    ledger.table("figures")


@pytest.fixture
def today(number, tmp_path) -> Ledger:
    """An old store as it is after it was brought up to date."""
    ledger = Ledger(tmp_path / "today")
    brought_up(ledger, number)
    return ledger


def said(number: int) -> dict:
    """What the code of its time said of it."""
    return json.loads((STORES / f"schema-{number}.json").read_text(encoding="utf-8"))


def told(ledger: Ledger) -> dict:
    """The same, said by today's code."""
    return {
        "accepted": sorted(ledger.accepted()["figure_id"]),
        "figures": sorted(ledger.table("figures")["figure_id"]),
        "documents": sorted(ledger.table("documents")["document_id"]),
        "decisions": sorted(ledger.table("decisions")["decision_id"]),
        "problems": ledger.check(),
    }


def columns(path: Path) -> dict[str, dict[str, str]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    tables = {table for table, _, _ in found}
    return {each: {name: kind for table, name, kind in found if table == each} for each in tables}


def tamper(ledger: Ledger, sql: str) -> None:
    with duckdb.connect(str(ledger.path)) as connection:
        connection.execute(sql)


def test_there_is_a_store_of_every_schema():
    assert list(range(1, schema.CURRENT + 1)) == NUMBERS
    assert sorted(migrations.STEPS) == NUMBERS[:-1]


@each_schema
def test_figures_ids_and_decisions_of_an_old_store_are_the_same_afterwards(number, today):
    assert told(today) == said(number)


@each_schema
def test_an_old_store_can_be_published_and_is_sound(number, today):
    snapshot.publish(today)
    assert Reader(today.folder).count() == len(said(number)["accepted"])
    assert condition.problems(today) == []


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> dict[str, dict[str, str]]:
    """The tables of a ledger that is made today."""
    ledger = Ledger(tmp_path_factory.mktemp("fresh"))
    ledger.table("figures")
    return columns(ledger.path)


@each_schema
def test_an_old_store_has_todays_tables_and_numbers_afterwards(number, today, fresh):
    assert columns(today.path) == fresh
    store, found = migrations.look(today.path)
    assert found == schema.CURRENT and store.startswith("S-")
    assert identity.read(today.folder) == identity.Marker(store, schema.CURRENT)
    for table in ("documents", "decisions"):
        numbers = today.table(table)["number"].tolist()
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


@each_schema
def test_an_old_store_goes_on_as_any_other(today):
    ledger = today
    before = set(ledger.accepted()["figure_id"])
    new = toll(21.0, date="2026-02-01")
    offer(ledger, new, name="after the migration")
    ledger.decide(new.figure_id, "reject", "Olena", "misread")
    assert set(ledger.accepted()["figure_id"]) == before
    ledger.decide(new.figure_id, "accept", "Olena", "it was right")
    assert set(ledger.accepted()["figure_id"]) == before | {new.figure_id}
    upload, new = inbox.receive(ledger, b"another report", "another.txt", "Olha")
    assert new and upload in inbox.unread(ledger)


@pytest.mark.parametrize("number", NUMBERS[:-1])
def test_the_ledger_as_it_was_is_put_aside(number, tmp_path):
    ledger = unpacked(number, tmp_path)
    before = ledger.path.read_bytes()
    ledger.table("figures")
    (kept,) = (tmp_path / aside.FOLDER).iterdir()
    assert kept.read_bytes() == before and f"schema-{number}" in kept.name
    ledger.table("figures")
    assert len(list((tmp_path / aside.FOLDER).iterdir())) == 1


def test_the_originals_of_the_first_ledgers_are_known_again(tmp_path):
    documents = unpacked(1, tmp_path).table("documents").set_index("name")["files"]
    assert documents.str.split().str.len().to_dict() == {
        "first edition": 1, "second edition": 1, "tolls": 2, "withdrawn": 1,
    }  # fmt: skip


def test_a_second_persons_word_and_a_dispute_hold_after_the_migration(tmp_path):
    ledger = unpacked(4, tmp_path)
    second, disputed = toll(12.0, date="2026-01-27"), toll(11.0, date="2026-01-26")
    rows = decisions.of(ledger, [second.figure_id, disputed.figure_id])
    assert rows[second.figure_id]["first"] == "Olena"
    assert rows[disputed.figure_id]["disputed"] == "another page says 10"


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path, monkeypatch):
    ledger = unpacked(2, tmp_path)
    before = columns(ledger.path)

    def broken(connection, _folder):
        connection.execute("DROP TABLE statements")
        raise RuntimeError("midway")

    monkeypatch.setitem(migrations.STEPS, 3, broken)
    with pytest.raises(RuntimeError, match="midway"):
        ledger.table("figures")
    assert columns(ledger.path) == before
    monkeypatch.undo()
    assert told(ledger) == said(2)


# A column that today's code has and the store has not


def stored(ledger: Ledger) -> dict[str, Figure]:
    """Figure's id -> the figure as the ledger has it."""
    rows = records(ledger.table("figures"))
    return {row["figure_id"]: Figure.of_row(row) for row in rows}


@pytest.mark.parametrize(
    ("columns", "number"),
    combining.in_turn(
        [
            *(["dubious"], ["value_high"], ["moment"]),
            *(["recalled", "dubious"], ["bound", "verification"]),
        ],
        [1, 4, 5],
    ),
)
def test_a_store_that_lost_columns_of_the_record_gets_what_they_held(number, columns, tmp_path):
    whole = stored(unpacked(number, tmp_path / "whole"))
    ledger = unpacked(number, tmp_path / "hurt")
    for column in columns:
        tamper(ledger, f"ALTER TABLE figures DROP COLUMN {column}")
    assert stored(ledger) == whole
    snapshot.publish(ledger)
    assert Reader(ledger.folder).count() == len(said(number)["accepted"])
    assert condition.problems(ledger) == []


def test_marks_of_doubt_come_back_with_the_column_that_held_them(tmp_path):
    ledger = unpacked(5, tmp_path)
    tamper(ledger, "ALTER TABLE figures DROP COLUMN dubious")
    marked = [each for each in stored(ledger).values() if each.dubious]
    assert [each.value for each in marked] == [9.0]


def test_a_lost_column_whose_content_nobody_knows_is_told_as_damage(tmp_path):
    ledger = unpacked(5, tmp_path)
    tamper(ledger, "ALTER TABLE figures DROP COLUMN quote")
    before = columns(ledger.path)
    with pytest.raises(StoreUnreadable, match=r"lacks figures.quote, and what \d+ figures"):
        ledger.table("figures")
    assert columns(ledger.path) == before
    assert any("etl restore" in each for each in condition.problems(ledger))


@pytest.mark.parametrize(
    "sql", ["ALTER TABLE figures DROP COLUMN place", "DROP TABLE decisions",
            "ALTER TABLE documents DROP COLUMN number"],
)  # fmt: skip
def test_what_no_migration_can_make_again_is_told_as_damage(sql, tmp_path):
    ledger = unpacked(5, tmp_path)
    tamper(ledger, sql)
    with pytest.raises(StoreUnreadable, match="lacks"):
        ledger.table("figures")
    assert any("it lacks" in each for each in condition.problems(ledger))


# A store that is newer than the code


@pytest.fixture
def newer(tmp_path, monkeypatch) -> Ledger:
    """A store that a version after this one has written."""
    ledger = Ledger(tmp_path / "newer")
    with monkeypatch.context() as later:
        later.setattr(schema, "CURRENT", schema.CURRENT + 2)
        later.setattr(migrations, "CURRENT", schema.CURRENT)
        offer(ledger, figure(), toll())
        snapshot.publish(ledger)
    ledger_file.forget_prepared()
    return ledger


@pytest.mark.parametrize("marked", [True, False])
def test_a_newer_store_is_refused_and_not_touched(newer, marked):
    if not marked:
        (newer.folder / identity.NAME).unlink()
    before = newer.path.read_bytes()
    for act in (newer.accepted, lambda: offer(newer, toll(7.0)), lambda: snapshot.publish(newer)):
        with pytest.raises(StoreNewer, match=f"schema is {schema.CURRENT + 2}"):
            act()
    assert newer.path.read_bytes() == before
    assert not (newer.folder / aside.FOLDER).exists()


def test_a_newer_ledger_beside_the_marker_of_an_older_one_is_refused_too(newer, tmp_path):
    ledger = unpacked(5, tmp_path / "older")
    ledger.table("figures")
    shutil.copy(newer.path, ledger.path)
    before = ledger.path.read_bytes()
    with pytest.raises((StoreNewer, StoreMixed)):
        ledger.table("figures")
    assert ledger.path.read_bytes() == before
