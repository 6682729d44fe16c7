"""What is recorded goes where the rows lie, by the same rules as in a folder: the machine's copy is
not opened for it, and has it afterwards."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

import psycopg

from impact.model import dates
from impact.store import inbox, looks, rereading, second, settling, snapshot
from impact.store.faults import CopyAhead
from impact.store.ledger import (
    ACCEPT,
    ANSWER,
    DISPUTE,
    NOTE,
    PROPOSE,
    REJECT,
    REOPEN,
    Decision,
    Ledger,
)
from impact.store.shared import lookups
from impact.store.states import StateChanged
from impact.store.transaction import TransactionFailed
from tests.made import figure, offer, toll
from tests.shared.machines import machines as machines

# A NUL, its sign in PostgreSQL, the sign with a digit, and what JSON would take for an escape.
STRANGE = "a\0b \u2400 \u24000 \\u0000 ї"
REPORT = b"On 24 January 6,000 buildings in Kyiv had no heating, the mayor said."


def decided(ledger: Ledger, kind: str = ACCEPT, subject: str = "", **detail: object) -> Decision:
    return Decision(subject=subject or figure().figure_id, kind=kind, reason="read", detail=detail)


WRITES = {
    "store": lambda ledger: offer(ledger, toll(8), name="another"),
    "record": lambda ledger: ledger.record("Olha", [decided(ledger)]),
    "record unchanged": lambda ledger: ledger.record_unchanged(
        "Olha", [decided(ledger)], {figure().figure_id: "/0"}
    ),
    "accept": lambda ledger: ledger.accept(figure().figure_id, "Olha", "read"),
    "correct": lambda ledger: ledger.correct(figure().figure_id, toll(6), "Olha", "slip", {}),
    "receive": lambda ledger: inbox.receive(ledger, REPORT, "a.txt", "Olha"),
    "say": lambda ledger: rereading.say(ledger, "U", "a.txt", "Olha", "2026-01-25", "UNN", ""),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_is_recorded_leaves_the_copy_alone_and_comes_into_it(machines, name):
    one, other = machines("one"), machines("other")
    offer(one, figure(), accepted_by="")
    before = {table: len(rows) for table, rows in one.contents().items()}
    files = one.signature()
    WRITES[name](one)
    assert one.signature() == files
    after = one.contents()
    assert sum(map(len, after.values())) > sum(before.values())
    assert {name: len(rows) for name, rows in other.contents().items()} == {
        name: len(rows) for name, rows in after.items()
    }
    assert one.check() == other.check() == []


def test_a_statement_that_failed_is_told_however_the_caller_looks_away(machines):
    one = machines("one")
    offer(one, figure())
    with pytest.raises(TransactionFailed), one.writing() as connection:
        one.append_decision(connection, decided(one, NOTE), "Olha", dates.now())
        with contextlib.suppress(psycopg.Error):
            connection.execute("SELEC 1")
    with pytest.raises(TransactionFailed), one.writing() as connection:
        one.append_decision(connection, decided(one, NOTE), "Olha", dates.now())
        with contextlib.suppress(psycopg.Error):
            connection.append("decisions", {"decision_id": None})
            connection.execute("SELECT 1")  # what was appended goes along
    assert len(one.table("decisions")) == 1  # the loader's own
    one.record("Olha", [decided(one, NOTE)])
    assert len(machines("other").table("decisions")) == 2


def test_a_block_that_breaks_off_leaves_nothing(machines):
    one = machines("one")
    offer(one, figure())
    with pytest.raises(RuntimeError, match="midway"), one.writing() as connection:
        one.append_decision(connection, decided(one, NOTE), "Olha", dates.now())
        raise RuntimeError("midway")
    assert len(one.table("decisions")) == 1


def test_strange_texts_are_decided_about_as_any_other(machines):
    """A detail of JSON may hold what PostgreSQL cannot."""
    one, other = machines("one"), machines("other")
    offer(one, old := figure(quote=STRANGE), accepted_by="")
    new = figure(value=7.0, quote=STRANGE)
    changed = {"quote": [STRANGE, "x"], "date": ["2026-01-23", "2026-01-24"]}
    one.correct(old.figure_id, new, "Olha\u2400", "a slip", changed, second=True)
    assert other.accept(new.figure_id, "Taras", "so it is", second=True) == ACCEPT
    for ledger in (one, other):
        detail = ledger.table("decisions").sort_values("number")["detail"].iloc[-1]
        assert '"first": "Olha\\u2400"' in detail and "\\u0000" in detail
        assert set(ledger.accepted()["quote"]) == {STRANGE}
        assert ledger.check() == []


def test_a_chain_of_decisions_is_judged_as_in_a_folder(machines, tmp_path):
    """Every statement that is asked where decisions are recorded, of both engines."""

    def decide(ledger: Ledger) -> list[tuple]:
        offer(ledger, figure(), toll(), accepted_by="")
        one, two, three = (each.figure_id for each in (figure(), toll(), toll(6)))
        seen = ledger.states([one, two])
        ledger.accept(one, "Olha", "read", answers={"ten_times_rivals": "two sources"}, second=True)
        ledger.accept(one, "Taras", "read", second=True)
        with pytest.raises(StateChanged):
            ledger.record("Olha", [decided(ledger, REJECT)], seen=seen)
        changes = ledger.record_unchanged(
            "Olha", [decided(ledger, DISPUTE), decided(ledger, DISPUTE, two)], seen
        )
        ledger.correct(two, toll(6), "Olha", "slip", {"value": [5.0, 6.0]}, second=True)
        ledger.record("Taras", [decided(ledger, REJECT, three)])
        ledger.correct(two, toll(7), "Taras", "slip", {}, rule="ten_times_rivals", second=True)
        ledger.accept(toll(7).figure_id, "Olha", "so it is", second=True)
        ledger.record("Olha", [decided(ledger, ANSWER, one, rule="ten_times_rivals")])
        ledger.record("Olha", [decided(ledger, REOPEN, three)])
        ledger.record("Taras", [decided(ledger, ACCEPT, one, by="Olha", first="Taras")])
        found = ledger.table("decisions").sort_values("number")
        rows = found[["number", "subject", "kind", "who", "reason", "detail"]]
        return [(change.figure_id, change.what, change.who) for change in changes] + list(
            rows.itertuples(index=False, name=None)
        )

    assert decide(machines("one")) == decide(Ledger(tmp_path / "alone"))


def test_two_persons_are_asked_for_before_anything_is_public(machines):
    """What is doubted is judged beside the whole ledger then, which the copy has."""
    one = machines("one")
    offer(one, figure(), toll(), name="public")
    offer(one, new := toll(5_000.0), name="report", accepted_by="")
    (one.folder / "people.toml").write_text('reviewers = ["Olha", "Taras"]')
    assert second.asked_for(one.folder)
    assert one.accept(new.figure_id, "Olha", "read") == PROPOSE
    one.record("Taras", [decided(one, ACCEPT, new.figure_id)])
    assert new.figure_id in set(machines("other").accepted()["figure_id"])


def test_nobody_waits_while_a_figure_is_judged_beside_what_is_public(machines, monkeypatch):
    """That takes longer than all the rest of a decision."""
    one = machines("one")
    offer(one, figure(), toll(), name="public")
    offer(one, new := toll(5_000.0), other := toll(6.0), name="report", accepted_by="")
    snapshot.publish(one)
    (one.folder / "people.toml").write_text('reviewers = ["Olha", "Taras"]')
    within = []
    settled = settling.settled

    def judged(*told):
        within.append(one.engine._turn is not None)
        return settled(*told)

    monkeypatch.setattr(settling, "settled", judged)
    assert one.accept(new.figure_id, "Olha", "read") == PROPOSE
    one.record("Taras", [decided(one, ACCEPT, new.figure_id), decided(one, NOTE)])
    one.record_unchanged(
        "Olha", [decided(one, ACCEPT, other.figure_id)], one.states([other.figure_id])
    )
    assert within and not any(within)
    kinds = one.table("decisions").sort_values("number")["kind"].tolist()[1:]
    assert kinds == [PROPOSE, ACCEPT, NOTE, PROPOSE]


def test_a_page_sees_what_was_stored_from_its_machine_at_once(machines):
    """Its answers are kept for as long as nothing is stored, and the copy does not tell yet."""
    one, other = machines("one"), machines("other")
    offer(one, figure())

    def notes(ledger: Ledger) -> int:
        return len(ledger.table("decisions"))

    for number in range(2, 6):
        one.record("Olha", [decided(one, NOTE)])
        assert [looks.look(one, notes) for _ in range(3)] == [number] * 3
    other.record("Olha", [decided(one, NOTE)])
    one.table("decisions")
    assert looks.look(one, notes) == 6


def test_a_ledger_that_lacks_what_was_stored_from_here_is_not_gone_on_with(machines, database):
    """The copy need not have it yet."""
    one = machines("one")
    offer(one, figure())
    one.table("figures")
    one.record("Olha", [decided(one, NOTE)])
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM changes WHERE change = 2; DELETE FROM decisions")
    with pytest.raises(CopyAhead):
        one.record("Olha", [decided(one, NOTE)])


def test_a_ledger_without_indices_gets_them_once(machines, database):
    offer(machines("one"), figure())
    with psycopg.connect(database) as connection:
        connection.execute(
            "DROP INDEX decisions_by_subject; DROP FUNCTION json_extract_string(text, text)"
        )
        assert len(lookups.missing(connection)) == 2
    machines.restart()
    ledgers = [machines(f"machine-{number}") for number in range(10)]
    with ThreadPoolExecutor(10) as together:
        list(together.map(lambda each: each.record("Olha", [decided(each, NOTE)]), ledgers))
    with psycopg.connect(database) as connection:
        assert lookups.missing(connection) == set()
    assert len(machines("one").table("decisions")) == 11


def test_what_is_asked_by_a_key_is_answered_by_an_index(machines, database):
    """A million rows are not looked through for one decision."""
    offer(machines("one"), figure())
    asked = {
        "decisions WHERE subject = 'F'": "decisions_by_subject",
        "statements WHERE figure_id = 'F'": "statements_by_figure",
        "readings WHERE document_id = 'D'": "readings_by_document",
    }
    with psycopg.connect(database) as connection:
        connection.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
        for what, index in asked.items():
            plan = connection.execute(f"EXPLAIN SELECT * FROM {what}").fetchall()
            assert index in str(plan)
