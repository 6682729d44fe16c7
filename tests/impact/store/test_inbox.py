"""The inbox: received once and for ever, read once, whatever happens in between."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from impact.store import decision, inbox
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT, REJECT, Ledger, Refusal
from tests import engines
from tests.combining import ALL
from tests.made import count, figure, toll

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
WHO = "Olena"


def receive(ledger, content: bytes = b"a report", name: str = "report.txt", **said):
    return inbox.receive(ledger, content, name, WHO, **said)


def part(*figures, name: str = "report.txt", **known) -> Part:
    return Part(name=name, text="the text", figures=figures, **known)


def recorded(ledger, *figures, content: bytes = b"a report") -> str:
    """A document with figures that await review."""
    upload, _ = receive(ledger, content)
    found = part(*figures)
    assert inbox.record(ledger, upload, [found])
    return inbox.document_id(upload, found)


# Received


def test_received_bytes_lie_under_their_hash_before_anything_is_said(ledger):
    upload, new = receive(ledger)
    assert new
    assert inbox.content(ledger, upload.upload_id) == b"a report"
    assert inbox.unread(ledger) == [upload]
    assert ledger.check() == []


def test_what_a_person_says_is_kept(ledger):
    upload, _ = receive(ledger, published="2026-01-24", publisher="UNN", url="https://unn.ua/1")
    assert inbox.unread(ledger)[0] == upload
    assert (upload.published, upload.publisher, upload.who) == ("2026-01-24", "UNN", WHO)


def test_a_day_that_is_none_is_refused_and_nothing_is_kept(ledger):
    with pytest.raises(ValueError, match="yesterday"):
        receive(ledger, published="yesterday")
    assert inbox.unread(ledger) == []


def test_a_name_with_a_path_is_only_a_name(ledger):
    assert receive(ledger, name="../../etc/passwd")[0].name == "passwd"
    assert len(receive(ledger, b"other", name="x" * 999)[0].name) == 200


def test_the_same_bytes_are_one_upload_under_any_name(ledger):
    first, new = receive(ledger)
    again, new_again = inbox.receive(ledger, b"a report", "other.pdf", "Taras")
    assert (new, new_again) == (True, False)
    assert again == first


def test_ten_at_the_same_moment_are_one_upload_and_one_document(ledger):
    rounds, clients = 5 if ALL else 2, 10
    with ThreadPoolExecutor(clients) as pool:
        for number in range(rounds):
            content = f"report {number}".encode()
            sent = list(pool.map(lambda _, c=content: receive(ledger, c), range(clients)))
            assert sum(new for _, new in sent) == 1
            assert len({upload for upload, _ in sent}) == 1
            upload, stated = sent[0][0], part(figure(note=str(number)))
            stored = list(pool.map(lambda _, u=upload, p=stated: inbox.record(ledger, u, [p]),
                                   range(clients)))  # fmt: skip
            assert sum(stored) == 1
    for table in ("uploads", "readings", "documents", "figures", "statements"):
        assert count(ledger, table) == rounds, table
    assert inbox.unread(ledger) == ledger.check() == []


# Cut short

CRASH = """
import os, signal, sys
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.made import figure
ledger = Ledger(sys.argv[1])
upload, _ = inbox.receive(ledger, b"a report", "report.txt", "Olena")
print("received", flush=True)
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
ledger.append = die
inbox.record(ledger, upload, [inbox.Part(name="report.txt", figures=(figure(),))])
"""


@engines.folder_only("its process knows the folder alone")
def test_a_crash_between_received_and_recorded_loses_and_half_stores_nothing(store):
    run = subprocess.run(
        [sys.executable, "-c", CRASH, str(store)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == -signal.SIGKILL and run.stdout == "received\n", run.stderr
    ledger = Ledger(store)
    (upload,) = inbox.unread(ledger)
    assert count(ledger, "documents") == count(ledger, "figures") == 0
    assert inbox.record(ledger, upload, [part(figure())])
    assert inbox.unread(ledger) == ledger.check() == []
    assert count(ledger, "documents") == count(ledger, "figures") == 1


def test_recording_twice_changes_nothing(ledger):
    upload, _ = receive(ledger)
    assert inbox.record(ledger, upload, [part(figure())])
    assert not inbox.record(ledger, upload, [part(figure(value=9.0))])
    assert count(ledger, "figures") == count(ledger, "readings") == 1


def test_a_second_reading_does_not_replace_what_the_stored_figures_quote(ledger):
    upload, _ = receive(ledger)
    first = part(figure())
    assert inbox.record(ledger, upload, [first])
    assert not inbox.record(ledger, upload, [Part(name="report.txt", text="another text")])
    assert inbox.reading(ledger, inbox.document_id(upload, first))["text"] == "the text"


@engines.folder_only("the storage has the reading")
def test_check_names_a_reading_that_is_missing_or_damaged(ledger):
    document = recorded(ledger, figure())
    assert inbox.check(ledger) == []
    path = ledger.folder / "readings" / f"{document}.json"
    for harm in (lambda: path.write_text('{"text": "the te'), path.unlink):
        harm()
        (problem,) = inbox.check(ledger)
        assert document in problem


@pytest.mark.parametrize(
    ("table", "told"),
    [("uploads", "more than once"), ("readings", "more often than anybody asked")],
)
def test_check_names_what_is_stored_twice(ledger, table, told):
    recorded(ledger, figure())
    assert ledger.check() == []
    with ledger.connect() as connection:
        connection.execute(f"INSERT INTO {table} FROM {table}")
    (problem,) = engines.of_the_copy(ledger.check())
    assert told in problem


def test_check_names_a_reading_of_nothing(ledger):
    recorded(ledger, figure())
    with ledger.connect() as connection:
        connection.execute("DELETE FROM uploads")
    problems = engines.of_the_copy(ledger.check())
    assert problems == ["1 readings speak of no upload or document"]


def test_a_failure_within_the_record_stores_none_of_it(ledger):
    upload, _ = receive(ledger)
    broken = part(figure(), name="b.txt", refusals=(Refusal("1", None),))
    with pytest.raises(Exception, match=r"(?i)not.null"):
        inbox.record(ledger, upload, [part(figure(), name="a.txt"), broken])
    assert inbox.unread(ledger) == [upload]
    assert count(ledger, "documents") == count(ledger, "figures") == 0


# Listed


def test_a_look_at_the_list_makes_no_store(ledger):
    assert inbox.listing(ledger).empty
    assert "state" in inbox.listing(ledger)
    assert not ledger.exists


def test_a_refused_part_stays_listed_beside_one_that_was_read(ledger):
    upload, _ = receive(ledger, name="week.zip")
    refused = Part(name="week.zip/scan.pdf", refused="no_text")
    inbox.record(ledger, upload, [part(figure(), name="week.zip/a.txt", notes=("menus_dropped",)),
                                  refused])  # fmt: skip
    receive(ledger, b"later", name="later.txt")
    listed = inbox.listing(ledger)
    assert listed["part"].tolist() == ["later.txt", "week.zip/a.txt", "week.zip/scan.pdf"]
    assert listed["state"].tolist() == ["received", "read", "refused"]
    assert listed["refused"].tolist() == ["", "", "no_text"]
    assert listed["notes"].tolist() == ["", "menus_dropped", ""]
    assert listed["figures"].tolist() == [0, 1, 0]


def test_the_list_counts_what_is_decided(ledger):
    killed, hurt = toll(), toll(9.0, indicator="injured")
    recorded(ledger, killed, hurt)
    ledger.decide(killed.figure_id, ACCEPT, WHO, "read")
    ledger.decide(hurt.figure_id, REJECT, WHO, "read wrongly")
    row = inbox.listing(ledger).iloc[0]
    assert (row["figures"], row["decided"], row["accepted"]) == (2, 2, 1)
    ledger.decide(hurt.figure_id, "reopen", WHO, "undone")
    assert inbox.listing(ledger).iloc[0]["decided"] == 1


def test_a_first_acceptance_is_halfway(ledger):
    recorded(ledger, toll())
    ledger.accept(toll().figure_id, WHO, "read", second=True)
    row = inbox.listing(ledger).iloc[0]
    assert (row["figures"], row["decided"], row["halfway"], row["accepted"]) == (1, 0, 1, 0)


# Proposed


def test_a_correction_keeps_both_and_counts_once(ledger):
    wrong, right = toll(6.0), toll(5.0)
    document = recorded(ledger, wrong)
    ledger.correct(wrong.figure_id, right, WHO, "misread", {"value": [6.0, 5.0]})
    rows = inbox.proposed(ledger, document).set_index("figure_id")
    assert rows.loc[wrong.figure_id, "verdict"] == "reject"
    assert rows.loc[wrong.figure_id, "replaced_by"] == right.figure_id
    assert rows.loc[right.figure_id, "replaces"] == wrong.figure_id
    assert rows.loc[right.figure_id, "changed"] == '{"value":[6.0,5.0]}'
    listed = inbox.listing(ledger).iloc[0]
    assert (listed["figures"], listed["decided"], listed["accepted"]) == (1, 1, 1)


def test_a_figure_that_was_added_and_taken_back_is_gone_from_the_list(ledger):
    document = recorded(ledger, toll())
    added = ledger.add(document, toll(9.0), WHO, "missed")
    assert len(inbox.proposed(ledger, document)) == 2
    ledger.decide(added, REJECT, WHO, "taken back", decision.TAKEN_BACK)
    assert len(inbox.proposed(ledger, document)) == 1
    assert inbox.listing(ledger).iloc[0]["figures"] == 1
    assert count(ledger, "figures") == 2


def test_a_reading_keeps_its_text_and_what_it_says_of_itself(ledger):
    upload, _ = receive(ledger)
    found = part(figure(), published="2026-01-24", publisher="UNN", reading={"unplaced": []})
    inbox.record(ledger, upload, [found])
    kept = inbox.reading(ledger, inbox.document_id(upload, found))
    assert (kept["text"], kept["published"], kept["publisher"]) == ("the text", "2026-01-24", "UNN")
    assert kept["unplaced"] == []
