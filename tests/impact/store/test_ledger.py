"""The ledger: once and whole, whoever writes at the same time and whatever is killed."""

import ast
import random
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.figure import NAMES, Figure
from impact.store import (
    checks,
    deciding,
    decisions,
    documents,
    in_force,
    ledger_file,
    numbered,
    originals,
    snapshot,
    standing,
    transaction,
)
from impact.store import ledger as module
from impact.store.ledger import AlreadyCorrected, Decision, Refusal, SamePerson, StoreBusy
from impact.store.reader import Reader
from tests import engines
from tests.combining import ALL, examples
from tests.impact import loading
from tests.made import count, document, figure, fresh_ledger, offer, toll

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def accepted(ledger):
    """Ids of the figures that a snapshot would publish."""
    return set(ledger.accepted()["figure_id"])


@pytest.fixture
def processes(store):
    """Starts loading processes that wait for a line; ends those that are left."""
    started = []

    def start(*numbers):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.impact.loading", str(store), *map(str, numbers)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ready(process):
    assert process.stdout.readline() == "ready\n"
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()
    return process


# Once


def test_a_document_offered_again_is_known_and_adds_nothing(ledger):
    first, again = offer(ledger, figure()), offer(ledger, figure())
    assert (first.new, first.figures_added) == (True, 1)
    assert (again.new, again.figures_added) == (False, 0)
    assert again.received_at == first.received_at
    assert count(ledger, "documents") == count(ledger, "figures") == 1


def test_a_figure_that_two_documents_state_is_stored_once(ledger):
    offer(ledger, figure(), name="one")
    offer(ledger, figure(), toll(), name="two")
    assert count(ledger, "documents") == count(ledger, "figures") == 2


def test_a_figure_twice_in_one_document_is_stored_once(ledger):
    assert offer(ledger, figure(), figure()).figures_added == 1
    assert ledger.check() == []


def test_ten_threads_at_the_same_moment_store_a_document_once(ledger):
    figures = loading.document(0)
    with ThreadPoolExecutor(10) as threads:
        receipts = list(threads.map(lambda _: offer(ledger, *figures), range(10)))
    assert sorted(receipt.new for receipt in receipts) == [False] * 9 + [True]
    assert sum(receipt.figures_added for receipt in receipts) == loading.FIGURES
    assert count(ledger, "documents") == 1
    assert ledger.check() == []


@engines.folder_only("its process knows the folder alone")
def test_processes_at_the_same_moment_store_each_document_once(ledger, processes):
    rounds = 4
    writers = [processes("store", 0, rounds) for _ in range(6 if ALL else 3)]
    for writer in list(map(ready, writers)):
        go(writer)
    said = sorted("".join(writer.stdout.read() for writer in writers).splitlines())
    assert said == [f"known {n}" for n in range(rounds) for _ in writers[1:]] + [
        f"stored {n}" for n in range(rounds)
    ]
    assert count(ledger, "documents") == rounds
    assert count(ledger, "figures") == rounds * loading.FIGURES
    assert ledger.check() == []


# Whole


def test_a_transaction_that_fails_stores_nothing(ledger):
    offer(ledger, figure())
    with pytest.raises(RuntimeError, match="midway"), ledger.connect() as connection:
        connection.execute("DELETE FROM figures")
        raise RuntimeError("midway")
    assert count(ledger, "figures") == 1


def test_a_document_that_cannot_be_stored_whole_leaves_nothing(ledger):
    offered, payload = document("bad")
    with pytest.raises(Exception, match=r"(?i)not.null"):
        ledger.store(offered, [payload], [figure()], [Refusal(None, "no position")])
    assert [count(ledger, each) for each in ("documents", "figures", "refusals")] == [0, 0, 0]
    assert ledger.check() == []


@engines.folder_only("its process knows the folder alone")
def test_killing_a_loader_at_any_moment_leaves_a_sound_ledger(ledger, processes):
    rounds = 3 if ALL else 2
    victims = [processes("publish", 0, 1000) for _ in range(rounds)]
    acknowledged = 0
    for victim in map(ready, victims):
        said = [go(victim).stdout.readline() for _ in range(random.randint(1, 3))]
        time.sleep(random.uniform(0, 0.2))
        victim.kill()
        said += victim.stdout.readlines()
        acknowledged += sum(line.startswith("stored") for line in said)
        assert ledger.check() == []
        # Stored but not yet said so when it was killed: at most one a time.
        assert acknowledged <= count(ledger, "documents") <= acknowledged + rounds
        assert count(ledger, "figures") == count(ledger, "documents") * loading.FIGURES
        assert Reader(ledger.folder).count() % loading.FIGURES == 0
    assert acknowledged > 0
    last = count(ledger, "documents")
    survivor = go(ready(processes("publish", last - 1, last + 1)))
    assert survivor.stdout.read().splitlines() == [f"known {last - 1}", f"stored {last}"]
    assert ledger.check() == snapshot.check(ledger) == []


CRASH = """
import os, signal, sys
from impact.store import atomic_files
from impact.store.ledger import Ledger
atomic_files._to_disk = lambda _: os.kill(os.getpid(), signal.SIGKILL)
Ledger(sys.argv[1]).table("figures")
"""


def test_a_crash_while_the_ledger_is_made_leaves_a_store_that_can_be_used(ledger):
    run = subprocess.run([sys.executable, "-c", CRASH, str(ledger.folder)], cwd=ROOT)
    assert run.returncode == -signal.SIGKILL
    assert [path.name for path in ledger.folder.glob("*.part")] == ["ledger.duckdb.part"]
    assert not ledger.exists
    assert offer(ledger, figure()).new
    assert ledger.check() == []
    assert list(ledger.folder.glob("*.part*")) == []


@engines.folder_only("a copy keeps fresh drafts, which may be of a file that is being fetched")
def test_what_a_crash_left_half_written_is_no_problem_and_is_removed(ledger):
    offer(ledger, figure())
    for left in ("originals/abc.part", "ledger.duckdb.part", "ledger.duckdb.part.wal"):
        (ledger.folder / left).write_bytes(b"cut sho")
    assert ledger.check() == []
    ledger.tidy()
    assert list(ledger.folder.rglob("*.part*")) == []
    assert count(ledger, "figures") == 1


def test_originals_are_kept_byte_for_byte_under_their_hash(ledger):
    offer(ledger, figure(), name="as received\r\n\x00")
    (original,) = ledger.originals.iterdir()
    assert original.read_bytes() == b"as received\r\n\x00"
    assert re.fullmatch("[0-9a-f]{64}", original.name)


def test_rows_in_are_rows_kept_and_rows_refused(ledger):
    offered, payload = document("half")
    ledger.store(offered, [payload], [figure()], [Refusal("row 2", "no number", "…")], rows_in=2)
    (row,) = ledger.table("documents").to_dict("records")
    assert (row["rows_in"], row["rows_kept"], row["rows_refused"]) == (2, 1, 1)
    (refusal,) = ledger.table("refusals").to_dict("records")
    assert (refusal["position"], refusal["reason"]) == ("row 2", "no number")


STATED = st.fixed_dictionaries(
    {},
    optional={
        "value": st.integers(0, 10**6) | st.floats(0, 10**6),
        "value_high": st.integers(10**6 + 1, 10**7),
        **dict.fromkeys(["note", "part", "attributed_to"], st.text(max_size=9)),
        "quote": st.just("500"),
    },
)


@examples(4, 8)
@given(st.lists(STATED, min_size=1, max_size=4), st.booleans())
def test_what_was_stored_is_read_back_as_it_was(changes, located):
    figures = [figure(**each) for each in changes]
    if located:
        figures.append(figure(quote="500", start=7, end=10))
    with fresh_ledger() as ledger:
        offer(ledger, *figures)
        assert ledger.check() == []
        stored = ledger.accepted().astype(object)
        stored = stored.where(stored.notna(), None)
        assert {Figure(**dict(zip(NAMES, row, strict=True))) for row in zip(
            *(stored[name] for name in NAMES), strict=True)} == set(figures)  # fmt: skip


# Editions and decisions. Ten rows each, so that no lucky order of ids can pass for the right one.


def edition(value, rows=10):
    return [figure(value=value + row, source_key=f"row {row}") for row in range(rows)]


def ids(figures):
    return {each.figure_id for each in figures}


def test_a_later_edition_of_a_row_replaces_its_figure_and_keeps_the_old_one(ledger):
    first, second = edition(100.0), edition(200.0)
    offer(ledger, *first, name="first edition")
    offer(ledger, *second, name="second edition")
    assert accepted(ledger) == ids(second)
    assert set(ledger.table("figures")["figure_id"]) == ids(first) | ids(second)


def test_an_edition_that_takes_a_correction_back_stands(ledger):
    first, second = edition(100.0), edition(200.0)
    offer(ledger, *first, name="first edition")
    offer(ledger, *second, name="second edition")
    offer(ledger, *first, name="third edition, as the first")
    assert accepted(ledger) == ids(first)


def test_rows_without_a_key_never_replace_one_another(ledger):
    figures = [figure(value=float(value)) for value in range(5)]
    offer(ledger, *figures[:3], name="one")
    offer(ledger, *figures[3:], name="two")
    assert accepted(ledger) == ids(figures)


@pytest.mark.parametrize("kind", ["reject", "withdraw"])
def test_a_row_whose_newest_edition_is_taken_out_is_out_until_it_is_reopened(ledger, kind):
    first, second = edition(100.0), edition(200.0)
    offer(ledger, *first, name="first edition")
    offer(ledger, *second, name="second edition")
    for each in second[:5]:
        ledger.decide(each.figure_id, kind, "a reviewer", "the page was taken down")
    assert accepted(ledger) == ids(second[5:])
    offer(ledger, *second, figure(), name="the same rows in a later file")
    assert accepted(ledger) == ids([*second[5:], figure()])
    ledger.decide(second[0].figure_id, "reopen", "a reviewer", "it is back")
    assert second[0].figure_id in accepted(ledger)
    third = edition(300.0)
    offer(ledger, *third, name="an edition with other numbers")
    assert accepted(ledger) == ids([*third, figure()])


def test_rejecting_an_edition_that_never_was_public_leaves_the_one_that_is(ledger):
    first, second = edition(100.0), edition(200.0)
    offer(ledger, *first, name="first edition")
    offer(ledger, *second, name="awaits review", accepted_by="")
    for each in second:
        ledger.decide(each.figure_id, "reject", "a reviewer", "misread")
    assert accepted(ledger) == ids(first)


def test_a_corrected_edition_stands_and_can_be_taken_out_with_its_row(ledger):
    offer(ledger, *edition(100.0), name="first edition")
    offer(ledger, *edition(200.0), name="second edition")
    row = edition(200.0)[0]
    right = figure(value=250.0, source_key="row 0")
    ledger.correct(row.figure_id, right, "a reviewer", "a slip", {"value": [200.0, 250.0]})
    assert accepted(ledger) == ids([right, *edition(200.0)[1:]])
    offer(ledger, *edition(200.0), figure(), name="the same rows in a later file")
    assert accepted(ledger) == ids([right, *edition(200.0)[1:], figure()])
    ledger.decide(right.figure_id, "withdraw", "a reviewer", "taken down")
    assert accepted(ledger) == ids([*edition(200.0)[1:], figure()])


def test_of_two_corrections_of_one_figure_the_second_is_told_of_the_first(ledger):
    old, first, second = (figure(value=each) for each in (200.0, 250.0, 260.0))
    offer(ledger, old)
    ledger.correct(old.figure_id, first, "Olena", "a slip", {})
    with pytest.raises(AlreadyCorrected):
        ledger.correct(old.figure_id, second, "Taras", "another slip", {})
    assert accepted(ledger) == ids([first])
    ledger.correct(first.figure_id, second, "Taras", "another slip", {})
    assert accepted(ledger) == ids([second])


def test_a_correction_taken_back_leaves_room_for_another(ledger):
    old, first, second = (figure(value=each) for each in (200.0, 250.0, 260.0))
    offer(ledger, old)
    ledger.correct(old.figure_id, first, "Olena", "a slip", {})
    ledger.decide(first.figure_id, "reject", "Olena", "taken back")
    ledger.correct(old.figure_id, second, "Taras", "a slip", {})
    assert accepted(ledger) == ids([second])


# Two persons, answers, disputes


def test_a_figure_that_needs_two_persons_counts_once_the_second_agrees(ledger):
    offer(ledger, toll(), accepted_by="")
    dead = toll().figure_id
    assert ledger.accept(dead, "Olena", "read", second=True) == "propose"
    assert accepted(ledger) == set()
    with pytest.raises(SamePerson):
        ledger.accept(dead, " olena", "read", second=True)
    assert ledger.accept(dead, "Taras", "read", second=True) == "accept"
    assert accepted(ledger) == {dead}
    assert decisions.of(ledger, [dead])[dead]["first"] == "Olena"


def test_a_second_acceptance_that_is_taken_back_leaves_the_published_figures(ledger):
    offer(ledger, toll(), accepted_by="")
    dead = toll().figure_id
    for who in ("Olena", "Taras"):
        ledger.accept(dead, who, "read", second=True)
    ledger.decide(dead, "propose", "Taras", "taken back", {"by": "Olena"})
    assert decisions.of(ledger, [dead])[dead]["verdict"] == "propose"
    assert accepted(ledger) == set()


def test_two_who_accept_at_the_same_moment_are_a_first_and_a_second(ledger):
    offer(ledger, toll(), accepted_by="")
    with ThreadPoolExecutor(2) as pool:
        said = pool.map(
            lambda who: ledger.accept(toll().figure_id, who, "read", second=True), ("A", "B")
        )
    assert sorted(said) == ["accept", "propose"]


def test_a_first_acceptance_that_was_taken_back_does_not_count(ledger):
    offer(ledger, toll(), accepted_by="")
    dead = toll().figure_id
    ledger.accept(dead, "Olena", "read", second=True)
    ledger.decide(dead, "reopen", "Olena", "taken back")
    assert ledger.accept(dead, "Taras", "read", second=True) == "propose"
    ledger.decide(dead, "propose", "Olena", "taken back", {"by": "Taras"})
    with pytest.raises(SamePerson):
        ledger.accept(dead, "Taras", "read", second=True)


def test_corrections_and_additions_of_deaths_wait_for_a_second_person_too(ledger):
    receipt = offer(ledger, toll(), accepted_by="")
    right, missed = toll(6.0), toll(7.0)
    ledger.correct(toll().figure_id, right, "Olena", "misread", {}, second=True)
    ledger.add(receipt.document_id, missed, "Olena", "missed", second=True)
    assert accepted(ledger) == set()
    for each in (right, missed):
        ledger.accept(each.figure_id, "Taras", "read", second=True)
    assert accepted(ledger) == ids([right, missed])
    kept = decisions.of(ledger, [right.figure_id, missed.figure_id])
    assert kept[right.figure_id]["replaces"] == toll().figure_id
    assert kept[missed.figure_id]["added"]


def test_an_acceptance_and_its_answers_are_stored_together_or_not_at_all(ledger):
    offer(ledger, figure(), accepted_by="")
    cold = figure().figure_id
    with pytest.raises(ValueError, match="reason"):
        ledger.accept(cold, "Olena", "read", answers={"a": "sound", "b": " "})
    assert count(ledger, "decisions") == 0
    ledger.accept(cold, "Olena", "read", answers={"a": "sound", "b": "sound"})
    assert ledger.table("decisions")["kind"].value_counts().to_dict() == {"answer": 2, "accept": 1}
    answer = Decision(
        subject=cold, kind="answer", reason="no", detail={"rule": "a", "taken_back": True}
    )
    ledger.record("Olena", [answer])
    assert decisions.answers(ledger, [cold]) == {cold: {"b": decisions.Answer("Olena", "sound")}}


def test_a_dispute_changes_neither_what_stands_nor_what_does_not(ledger):
    offer(ledger, figure())
    offer(ledger, toll(), name="awaits review", accepted_by="")
    for each in (figure(), toll()):
        ledger.decide(each.figure_id, "dispute", "me", "contested")
    assert accepted(ledger) == {figure().figure_id}
    row = decisions.of(ledger, [figure().figure_id])[figure().figure_id]
    assert (row["verdict"], row["disputed"], row["disputed_by"]) == ("", "contested", "me")
    ledger.decide(figure().figure_id, "settle", "me", "agreed")
    assert decisions.of(ledger, [figure().figure_id])[figure().figure_id]["disputed"] == ""


def test_nothing_is_published_before_somebody_accepts_it(ledger):
    receipt = offer(ledger, figure(), accepted_by="")
    assert accepted(ledger) == set()
    ledger.decide(receipt.document_id, "accept", "a reviewer", "read it")
    assert accepted(ledger) == {figure().figure_id}


@pytest.mark.parametrize("kind", ["reject", "withdraw"])
def test_a_figure_taken_back_leaves_the_published_ones(ledger, kind):
    offer(ledger, figure(), toll())
    ledger.decide(toll().figure_id, kind, "a reviewer", "the page withdrew it")
    assert accepted(ledger) == {figure().figure_id}
    assert count(ledger, "figures") == 2


@pytest.mark.parametrize("kind", ["reject", "withdraw"])
def test_documents_taken_back_at_once_leave_the_published_ones(ledger, kind):
    for number in range(3):
        receipt = offer(ledger, toll(float(number)), name=f"document {number}")
        ledger.decide(receipt.document_id, kind, "a reviewer", "the page withdrew it")
    assert accepted(ledger) == set()


def test_what_a_withdrawn_and_a_standing_document_both_state_stands(ledger):
    receipt = offer(ledger, figure(), toll(), name="first edition")
    ledger.decide(receipt.document_id, "withdraw", "a reviewer", "full of errors")
    offer(ledger, figure(), name="corrected edition")
    assert accepted(ledger) == {figure().figure_id}


@pytest.mark.parametrize("who, reason", [("", "because"), (" ", "because"), ("me", " ")])
def test_a_decision_needs_a_person_and_a_reason(ledger, who, reason):
    offer(ledger, figure())
    with pytest.raises(ValueError, match="person and a reason"):
        ledger.decide(figure().figure_id, "reject", who, reason)
    assert accepted(ledger) == {figure().figure_id}


def test_a_decision_is_a_known_one_about_something_in_the_ledger(ledger):
    offer(ledger, figure())
    with pytest.raises(ValueError, match="no such decision"):
        ledger.decide(figure().figure_id, "delete", "me", "because")
    with pytest.raises(LookupError, match="F-NOWHERE"):
        ledger.decide("F-NOWHERE", "reject", "me", "because")
    assert count(ledger, "decisions") == 1  # the loader's own


def test_decisions_of_one_step_are_stored_together_or_not_at_all(ledger):
    offer(ledger, figure(), toll())

    def rejected(subject: str, **detail) -> Decision:
        return Decision(subject=subject, kind="reject", reason="because", detail=detail)

    with pytest.raises(LookupError, match="F-NOWHERE"):
        ledger.record("me", [rejected(toll().figure_id), rejected("F-NOWHERE")])
    assert count(ledger, "decisions") == 1  # the loader's own
    both = [rejected(toll().figure_id), rejected(figure().figure_id, replaced_by=toll().figure_id)]
    assert len(set(ledger.record("me", both))) == 2
    taken = ledger.table("decisions").sort_values("number").tail(2)
    assert taken["subject"].tolist() == [toll().figure_id, figure().figure_id]
    assert taken["decided_at"].nunique() == 1


# What check() sees


def tamper(ledger, sql):
    ledger.table("store")  # a machine's copy has what was stored once somebody has looked
    with duckdb.connect(str(ledger.path)) as connection:
        connection.execute(sql)


def test_check_names_an_altered_original(ledger):
    offer(ledger, figure())
    (original,) = ledger.originals.iterdir()
    original.write_bytes(b"something else")
    (problem,) = ledger.check()
    assert original.name in problem and "altered" in problem


@engines.folder_only("the storage has the original")
def test_check_names_an_original_that_is_gone(ledger):
    offer(ledger, figure())
    (original,) = ledger.originals.iterdir()
    original.unlink()
    assert len(ledger.check()) == 1


def test_check_names_an_altered_figure(ledger):
    offer(ledger, figure(), toll())
    tamper(ledger, "UPDATE figures SET value = value + 1 WHERE indicator = 'killed'")
    (problem,) = engines.of_the_copy(ledger.check())
    assert toll().figure_id in problem and "altered" in problem


def test_check_names_a_figure_that_breaks_the_rules(ledger):
    offer(ledger, figure())
    tamper(ledger, "UPDATE figures SET place = 'Atlantis'")
    (problem,) = engines.of_the_copy(ledger.check())
    assert figure().figure_id in problem and "Atlantis" in problem


@pytest.mark.parametrize("table", ["figures", "documents", "statements"])
def test_check_names_a_duplicate(ledger, table):
    offer(ledger, figure())
    tamper(ledger, f"INSERT INTO {table} FROM {table}")
    (problem,) = engines.of_the_copy(ledger.check())
    assert f"1 {table}" in problem and "more than once" in problem


def test_check_names_a_figure_without_its_document(ledger):
    offer(ledger, figure())
    tamper(ledger, "DELETE FROM documents")
    assert any("no figure or document" in problem for problem in ledger.check())


# The lock and the SQL


def test_a_store_that_another_process_writes_to_is_busy(ledger, processes, monkeypatch):
    monkeypatch.setattr(ledger_file, "LOCK_SECONDS", 0.1)
    holder = go(ready(processes("hold")))
    assert holder.stdout.readline() == "locked\n"
    with pytest.raises(StoreBusy):
        offer(ledger, figure())
    go(holder).wait(timeout=10)
    assert offer(ledger, figure()).new


def test_who_holds_the_lock_may_take_it_again(ledger):
    with ledger.lock(), ledger.lock():
        assert offer(ledger, figure()).new


# Where the ledger's SQL stands.
WRITING = (
    *(checks, deciding, documents, in_force, ledger_file, module, numbered, originals, standing),
    transaction,
)


def texts_of(path: Path) -> list[str]:
    """The string constants of a file, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value) for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }  # fmt: skip
    return [
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]  # fmt: skip


def test_the_sql_only_appends():
    texts = [text for each in WRITING for text in texts_of(Path(each.__file__))]
    assert any("INSERT INTO" in text for text in texts)
    foreign = re.compile(
        r"\b(PRIMARY KEY|FOREIGN KEY|REFERENCES|UNIQUE|CHECK|SEQUENCE|ON CONFLICT"
        r"|UPDATE|DELETE|TRUNCATE|DROP|MERGE)\b"
    )
    assert [text for text in texts if foreign.search(text)] == []
