"""Which decision is in force, whoever asks: the ledger, the review, the snapshot."""

import pytest

from impact.store import decisions, snapshot
from impact.store.decision import Decision, require_sound
from impact.store.reader import Reader
from tests.made import offer, toll

pytestmark = pytest.mark.slow

DEAD = toll(dubious=True).figure_id
RULE = "marked_dubious"


@pytest.fixture
def answered(ledger):
    """A toll in doubt whose answer is Taras's and was put back by Olena."""
    offer(ledger, toll(dubious=True))
    ledger.decide(DEAD, "answer", "Taras", "read the page", {"rule": RULE})
    taken_back = {"rule": RULE, "taken_back": True}
    ledger.decide(DEAD, "answer", "Olena", "taken back", taken_back)
    ledger.decide(DEAD, "answer", "Olena", "read the page", {"rule": RULE, "by": "Taras"})
    return ledger


def test_the_snapshot_and_the_review_name_the_same_person_for_an_answer(answered):
    snapshot.publish(answered)
    shown = Reader(answered.folder).query("SELECT answered_by FROM doubts")["answered_by"]
    assert shown.tolist() == [decisions.answers(answered, [DEAD])[DEAD][RULE].who] == ["Taras"]


def test_an_answer_taken_back_is_none_for_both(answered):
    answered.decide(DEAD, "answer", "Olena", "no", {"rule": RULE, "taken_back": True})
    snapshot.publish(answered)
    shown = Reader(answered.folder).query("SELECT answered FROM doubts")["answered"]
    assert shown.tolist() == [False] and decisions.answers(answered, [DEAD]) == {}


def test_words_of_a_person_in_a_detail_are_no_part_of_its_meaning(ledger):
    offer(ledger, toll())
    changed = {"note": ['say "taken_back"', '"replaced_by": "F-ABC"']}
    moved = ledger.correct(toll().figure_id, toll(6.0), "Olena", "misread", changed)
    row = decisions.of(ledger, [moved])[moved]
    assert not row["taken_back"] and row["replaced_by"] == "" and row["verdict"] == "accept"
    assert ledger.accepted()["figure_id"].tolist() == [moved]


def test_a_correction_that_moved_the_day_tells_it_however_often_it_is_put_back(ledger):
    offer(ledger, toll())
    later = toll(date="2026-01-25")
    ledger.correct(toll().figure_id, later, "Olena", "next day", {"date": ["24", "25"]})
    for _ in range(5):
        ledger.decide(later.figure_id, "withdraw", "Olena", "wait")
        ledger.decide(later.figure_id, "accept", "Olena", "back", {"replaces": toll().figure_id})
    written = ledger.state().written.set_index("figure_id")
    assert written.drop(columns="since").loc[later.figure_id].to_dict() == {
        "replaces": toll().figure_id, "day_changed": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind, detail", [("answer", {}), ("reopen", {"rule": RULE}), ("accept", {"note": "D-1"}),
                     ("clock", {}), ("note_back", {"by": "Olena"})],
)  # fmt: skip
def test_a_detail_that_its_kind_does_not_know_or_lacks_is_refused(kind, detail):
    with pytest.raises(ValueError, match="no such detail"):
        require_sound("Olena", Decision(subject=DEAD, kind=kind, reason="why", detail=detail))
