"""The snapshot: whole or not at all, the same for the same figures, new at the next query."""

import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.model import dates
from impact.store import snapshot, snapshot_files
from impact.store.ledger import Ledger, Refusal
from impact.store.reader import Reader
from tests.combining import ALL
from tests.impact import loading
from tests.made import KYIV_OBLAST, MAYOR, MINISTER, document, figure, fresh_ledger, offer, toll
from tests.pages.small import SMALL

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
HALVES = """SELECT count(*) FILTER (status = 'lost') AS lost,
                   count(*) FILTER (status = 'without') AS without FROM figures"""


def test_a_reader_never_sees_half_a_load(store):
    loads = 6 if ALL else 4
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.impact.loading", store, "publish", "0", str(loads)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    writer.stdin.write("\n")
    writer.stdin.flush()
    reader, seen = Reader(store), []
    while writer.poll() is None:
        (halves,) = reader.query(HALVES).itertuples(index=False)
        assert halves.lost == halves.without
        assert halves.lost % (loading.FIGURES // 2) == 0
        seen.append(halves.lost)
        time.sleep(0.01)
    assert writer.wait() == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert reader.count() == loads * loading.FIGURES


def test_a_reader_sees_the_new_snapshot_at_its_next_query(ledger):
    reader = Reader(ledger.folder)
    counts, names = [reader.count()], [reader.snapshot]
    for number in range(3):
        offer(ledger, toll(float(number)), name=f"document {number}")
        names.append(snapshot.publish(ledger))
        counts.append(reader.count())
        assert reader.snapshot == names[-1]
    assert counts == [0, 1, 2, 3]
    assert len(set(names)) == 4


def test_a_query_that_runs_keeps_its_snapshot_while_the_next_is_published(ledger):
    offer(ledger, toll(1.0), name="one")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    with reader._cursor() as (cursor, _, _):
        for number in range(snapshot.KEPT + 2):
            offer(ledger, toll(float(number)), name=f"document {number}")
            snapshot.publish(ledger)
        assert cursor.execute("SELECT count(*) FROM figures").fetchone() == (1,)
    assert reader.count() == snapshot.KEPT + 2


def test_an_unpublished_store_answers_as_an_empty_one(ledger):
    reader = Reader(ledger.folder)
    assert reader.count() == 0
    assert reader.snapshot == ""
    for table in snapshot_files.SCHEMA:
        assert reader.query(f"FROM {table}").empty


@pytest.mark.parametrize("kept", [0, 1])
def test_a_store_whose_last_figure_was_withdrawn_is_published(ledger, kept):
    offer(ledger, toll(), *[figure()] * kept)
    snapshot.publish(ledger)
    ledger.decide(toll().figure_id, "withdraw", "a reviewer", "the page withdrew it")
    snapshot.publish(ledger)
    assert Reader(ledger.folder).count() == kept


# The same figures, the same snapshot

FIGURES = [
    *[figure(value=value, attributed_to=said) for value in (500.0, 5_500.0, 50_000.0)
      for said in ("", MAYOR, MINISTER)],
    *[toll(value, published=f"2026-01-{day}") for day, value in enumerate((1.0, 7.0, 7.0), 24)],
    toll(9.0, people="children"),
    toll(8.0, place="UA63", date="2026-01-25"),
    toll(3.0, dubious=True),
    figure(value=700.0, place=KYIV_OBLAST, as_of="2026-01-24T18:00"),
    figure(indicator="apartment_blocks", value=12_000.0, status="", cause="", date="2026"),
]  # fmt: skip
PARTITIONS = st.permutations(FIGURES).flatmap(
    lambda shuffled: st.tuples(*[st.integers(0, 3)] * len(FIGURES)).map(
        lambda homes: [
            [each for each, home in zip(shuffled, homes, strict=True) if home == number]
            for number in range(4)
        ]
    )
)
# What depends on when and in what a figure came.
CIRCUMSTANCES = ["recorded_at", "known_from", "document_id"]


def publish(ledger, documents):
    for number, figures in enumerate(documents):
        offer(ledger, *figures, name=f"document {number}")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    figures = reader.query("FROM figures ORDER BY figure_id").drop(columns=CIRCUMSTANCES)
    return figures, reader.query("FROM doubts ORDER BY figure_id, rule")


@pytest.fixture(scope="module")
def at_once():
    with fresh_ledger() as ledger:
        figures, doubts = publish(ledger, [FIGURES])
    assert len(figures) == len(FIGURES) and len(doubts) > 3
    return figures, doubts


@pytest.mark.parametrize("figures", [FIGURES, SMALL], ids=["ranks", "small"])
def test_figures_without_a_ledger_are_shown_as_a_ledger_that_published_them_is(
    publish, shown, figures
):
    """For all tests that query what `shown` shows."""
    tables = (
        "SELECT * EXCLUDE (recorded_at) FROM figures ORDER BY figure_id",
        "FROM doubts ORDER BY ALL",
        "SELECT * EXCLUDE (rows_in, rows_kept, received_at) FROM documents",
        "FROM notes",
        "FROM corrections",
    )
    published, made = publish(*figures), shown(*figures)
    for table in tables:
        assert published.query(table).equals(made.query(table))


@settings(max_examples=3)
@given(PARTITIONS)
def test_the_order_of_loading_does_not_matter(at_once, documents):
    with fresh_ledger() as ledger:
        figures, doubts = publish(ledger, documents)
    assert figures.equals(at_once[0])
    assert doubts.equals(at_once[1])


@settings(max_examples=2)
@given(PARTITIONS)
def test_loading_twice_is_loading_once(documents):
    with fresh_ledger() as ledger:
        once = publish(ledger, documents)
        name = snapshot_files.current(ledger.folder)
        twice = publish(ledger, documents)
        assert snapshot_files.current(ledger.folder) == name
        assert len(ledger.table("figures")) == len(FIGURES)
    assert once[0].equals(twice[0]) and once[1].equals(twice[1])


def test_equal_ledgers_give_equal_names(tmp_path):
    names = set()
    for folder in "one", "other":
        ledger = Ledger(tmp_path / folder)
        offer(ledger, figure(), toll())
        names.add(snapshot.publish(ledger))
    assert len(names) == 1


def test_publishing_again_builds_nothing(ledger):
    offer(ledger, figure())
    name = snapshot.publish(ledger)
    built = (ledger.folder / "published" / name).stat().st_mtime_ns
    assert snapshot.publish(ledger) == name
    assert (ledger.folder / "published" / name).stat().st_mtime_ns == built


def test_a_document_that_brought_no_figure_is_listed_too(ledger):
    offer(ledger, figure(), name="good")
    snapshot.publish(ledger)
    offered, payload = document("all refused")
    ledger.store(offered, [payload], [], [Refusal("row 1", "no number")], accepted_by="the tests")
    snapshot.publish(ledger)
    names = Reader(ledger.folder).query("SELECT name FROM documents")["name"]
    assert set(names) == {"good", "all refused"}


def test_a_population_that_changes_makes_another_snapshot(tmp_path):
    for folder in "impact", "data", "locale":
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(Path(__file__).parents[2] / "made.py", tmp_path)
    code = """
from made import offer, toll
from impact.store import ledger, snapshot
from impact.store.reader import Reader
store = ledger.Ledger("store")
offer(store, toll(500_000.0))
print(snapshot.publish(store))
print(Reader("store").count(), len(Reader("store").query("FROM doubts")))
"""

    def said():
        run = [sys.executable, "-c", code]
        return subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    name, counts = said().splitlines()
    assert counts == "1 0"
    places = tmp_path / "data" / "places" / "places.csv"
    text = places.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("UA6312027001,"))
    people = next(cell for cell in line.split(",") if cell.isdigit())
    places.write_text(text.replace(line, line.replace(people, "400000")), encoding="utf-8")
    smaller, counts = said().splitlines()
    assert counts == "1 1"
    assert smaller != name


# Old snapshots


def test_old_snapshots_go_and_the_current_one_stays(ledger):
    folder = ledger.folder / "published"
    tomorrow = time.time() + 86_400
    for number in range(snapshot.KEPT + 2):
        offer(ledger, toll(float(number)), name=f"document {number}")
        name = snapshot.publish(ledger)
        assert (folder / name).exists()
        # A clock that was wrong makes the others look younger than the current one.
        for path in folder.glob("*.duckdb"):
            os.utime(path, (tomorrow, tomorrow + number))
    assert len(list(folder.glob("*.duckdb"))) <= snapshot.KEPT + 1
    assert not list(folder.glob("*draft*"))
    assert Reader(ledger.folder).count() == snapshot.KEPT + 2


# What check() sees


def test_check_says_that_nothing_is_published(ledger):
    offer(ledger, figure())
    (problem,) = snapshot.check(ledger)
    assert "nothing is published" in problem


def test_check_names_a_snapshot_that_is_missing(ledger):
    offer(ledger, figure())
    name = snapshot.publish(ledger)
    (ledger.folder / "published" / name).unlink()
    (problem,) = snapshot.check(ledger)
    assert name in problem


def test_check_names_a_snapshot_behind_its_ledger(ledger):
    offer(ledger, figure(), name="one")
    snapshot.publish(ledger)
    offer(ledger, toll(), name="two")
    (problem,) = snapshot.check(ledger)
    assert "1 figures" in problem and "2" in problem
    snapshot.publish(ledger)
    assert snapshot.check(ledger) == []


def test_the_later_of_two_snapshots_is_known_by_the_ledger_not_by_the_clock(ledger, monkeypatch):
    offer(ledger, figure())
    snapshot.publish(ledger)
    monkeypatch.setattr(dates, "now", lambda: datetime(2020, 1, 1))
    offer(ledger, toll())
    later = snapshot.publish(ledger)
    (ledger.folder / "published" / "current").unlink()
    assert snapshot_files.shown(ledger.folder).name == later
