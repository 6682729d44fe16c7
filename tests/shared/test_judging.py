"""The judge of the trials finds what is lost, half or doubled."""

from dataclasses import replace

import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

import psycopg

from impact.store import database as duck
from tests import made
from tests.shared.machines import machines as machines
from tests.shared.trial import judging


@pytest.fixture
def said(machines) -> list[dict]:
    """What a machine has written down of two documents of three figures."""
    ledger, found = machines("one"), []
    for number in range(2):
        document, payload = made.document(f"{number}")
        some = [made.figure(value=float(n + 1), quote=f"{number} {n}") for n in range(3)]
        told = ledger.store(replace(document, title="3"), [payload], some, accepted_by="the trial")
        found.append({"by": "one", "document": told.document_id, "figures": 3})
    return found


def test_a_store_that_has_all_of_it_is_found_sound(machines, database, said):
    assert judging.problems(database, said) == []
    assert judging.whole([machines("one"), machines("other")]) == []


@pytest.mark.parametrize(("statement", "found"), [
    ("DELETE FROM documents WHERE number = 2", "lost: document"),
    ("DELETE FROM documents WHERE number = 1", "numbers of documents"),
    ("DELETE FROM statements WHERE ctid = (SELECT max(ctid) FROM statements)", "half"),
    ("DELETE FROM figures WHERE ctid = (SELECT max(ctid) FROM figures)", "half"),
    ("DELETE FROM decisions WHERE number = 2", "half"),
    ("UPDATE documents SET number = 3 WHERE number = 2", "numbers of documents"),
    ("DROP INDEX documents_document_id_idx; INSERT INTO documents SELECT * FROM documents",
     "doubled: documents"),
])  # fmt: skip
def test_what_is_lost_half_or_doubled_is_found(database, said, statement, found):
    with psycopg.connect(database) as connection:
        connection.execute(statement)
    assert any(each.startswith(found) for each in judging.problems(database, said))


def test_a_copy_with_a_line_more_is_found(machines, said):
    one, other = machines("one"), machines("other")
    other.table("documents")
    with duck.attached(other.path) as connection:
        connection.execute("INSERT INTO statements SELECT * FROM statements LIMIT 1")
    assert any("other has other statements" in each for each in judging.whole([one, other]))


def test_what_a_machine_saw_in_part_is_told_once(database, said):
    half = {"by": "look-0", "half": [["D", "3", 2]]}
    assert len(judging.problems(database, [*said, half, half])) == 1
