"""States: a decision names what was on screen; of two who saw the same, one decides."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from impact.store import decision, inbox, rereading, states
from impact.store.inbox import Part
from impact.store.ledger import (
    ACCEPT,
    ANSWER,
    DISPUTE,
    NOTE,
    PROPOSE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
    Decision,
)
from impact.store.states import Change, StateChanged
from tests.combining import ALL
from tests.made import figure, offer, once, toll

pytestmark = pytest.mark.slow

DEAD = toll().figure_id
COLD = figure().figure_id


@once
def propose(ledger) -> str:
    """Brings two figures about which nobody has decided; gives the document's id."""
    return offer(ledger, toll(), figure(), accepted_by="").document_id


@pytest.fixture
def proposed(ledger):
    return propose(ledger)


def state(ledger, figure_id: str = DEAD) -> str:
    return ledger.states([figure_id])[figure_id]


def decisions(ledger) -> list[tuple[str, str]]:
    table = ledger.table("decisions").sort_values("number")
    return list(zip(table["kind"], table["who"], strict=True))


def about(kind: str, **detail) -> Decision:
    return Decision(subject=DEAD, kind=kind, reason="because", detail=detail)


# What a decision of a kind says besides its reason.
OF = {ANSWER: {"rule": "leap"}}
# How one figure is decided about with the state that was seen: every way that the pages have.
WAYS = {
    "accept": lambda ledger, seen: ledger.accept(DEAD, "Taras", "read", seen=seen),
    "accept with an answer": lambda ledger, seen: ledger.accept(
        DEAD, "Taras", "read", answers={"leap": "sound"}, seen=seen
    ),
    "correct": lambda ledger, seen: ledger.correct(DEAD, toll(6), "Taras", "6", {}, seen=seen),
    **{
        kind: lambda ledger, seen, kind=kind: ledger.record(
            "Taras", [about(kind, **OF.get(kind, {}))], seen={DEAD: seen}
        )
        for kind in (REJECT, WITHDRAW, REOPEN, ANSWER, DISPUTE, SETTLE)
    },
}
# What another person may have done meanwhile, and what is said of it.
MEANWHILE = {
    ACCEPT: (lambda ledger: ledger.accept(DEAD, "Olena", "read"), ACCEPT),
    PROPOSE: (lambda ledger: ledger.accept(DEAD, "Olena", "read", second=True), PROPOSE),
    "corrected": (lambda ledger: ledger.correct(DEAD, toll(7), "Olena", "7", {}), "corrected"),
    "taken back": (
        lambda ledger: ledger.record("Olena", [about(REJECT, taken_back=True)]),
        "taken_back",
    ),
    "answer taken back": (
        lambda ledger: ledger.record("Olena", [about(ANSWER, rule="leap", taken_back=True)]),
        "answer_back",
    ),
    **{
        kind: (
            lambda ledger, kind=kind: ledger.record("Olena", [about(kind, **OF.get(kind, {}))]),
            kind,
        )
        for kind in (REJECT, WITHDRAW, REOPEN, ANSWER, DISPUTE, SETTLE)
    },
}


# Every way meets every fourth thing that another may have done: all ways ask by the same door.
MEETINGS = [
    (way, other)
    for row, way in enumerate(WAYS)
    for column, other in enumerate(MEANWHILE)
    if ALL or (row + column) % 4 == 0
]


@pytest.mark.parametrize(("way", "other"), MEETINGS)
def test_nothing_is_decided_about_a_figure_that_stands_otherwise_than_it_was_seen(
    ledger, proposed, way, other
):
    seen = state(ledger)
    act, what = MEANWHILE[other]
    act(ledger)
    before = decisions(ledger)
    with pytest.raises(StateChanged) as told:
        WAYS[way](ledger, seen)
    assert told.value.changes == (Change(DEAD, what, "Olena"),)
    assert decisions(ledger) == before


@pytest.mark.parametrize("way", WAYS)
def test_of_two_who_saw_the_same_one_decides(ledger, proposed, way):
    seen = state(ledger)

    def decide(_) -> bool:
        try:
            WAYS[way](ledger, seen)
        except StateChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, range(4))) == [False, False, False, True]


def test_a_note_changes_nothing_and_another_figures_decision_neither(ledger, proposed):
    seen = state(ledger)
    ledger.decide(DEAD, NOTE, "Olena", "the hospital confirms it")
    ledger.decide(COLD, REJECT, "Olena", "misread")
    assert state(ledger) == seen
    ledger.accept(DEAD, "Taras", "read", seen=seen)


def test_one_decision_of_several_that_was_overtaken_stops_them_all(ledger, proposed):
    seen = ledger.states([DEAD, COLD])
    ledger.accept(COLD, "Olena", "read")
    both = [Decision(subject=each, kind=REJECT, reason="misread") for each in (DEAD, COLD)]
    with pytest.raises(StateChanged):
        ledger.record("Taras", both, seen=seen)
    assert decisions(ledger) == [(ACCEPT, "Olena")]


def test_of_several_only_those_that_stand_as_seen_are_decided(ledger, proposed):
    seen = ledger.states([DEAD, COLD])
    ledger.decide(COLD, REJECT, "Olena", "misread")
    both = [Decision(subject=each, kind=ACCEPT, reason="read") for each in (DEAD, COLD)]
    assert ledger.record_unchanged("Taras", both, seen) == [Change(COLD, REJECT, "Olena")]
    assert decisions(ledger) == [(REJECT, "Olena"), (ACCEPT, "Taras")]
    assert set(ledger.accepted()["figure_id"]) == {DEAD}


def test_of_two_who_add_the_same_missed_figure_the_second_is_told(ledger, proposed):
    missed = toll(9.0)
    ledger.add(proposed, missed, "Olena", "missed")
    with pytest.raises(StateChanged) as told:
        ledger.add(proposed, missed, "Taras", "missed")
    assert told.value.changes == (Change(missed.figure_id, ACCEPT, "Olena"),)
    ledger.record("Olena", [Decision(subject=missed.figure_id, kind=REJECT, reason="taken back",
                                     detail=decision.TAKEN_BACK)])  # fmt: skip
    ledger.add(proposed, missed, "Taras", "missed")


def test_a_new_reading_of_the_report_changes_every_figure_of_the_former_one(ledger):
    quoted = replace(toll(), quote="5 killed", start=0, end=8)
    part = Part(name="a.txt", text="5 killed.", figures=(quoted,), published="2026-01-24")
    upload, _ = inbox.receive(ledger, b"5 killed.", "a.txt", "Olena")
    inbox.record(ledger, upload, [part])
    seen = ledger.states([quoted.figure_id])
    rereading.say(ledger, upload.upload_id, "a.txt", "Olena", "2026-01-25", "", "")
    ((_, said),) = rereading.pending(ledger)
    moved = replace(part, figures=(replace(quoted, date="2026-01-25"),), published="2026-01-25")
    rereading.record(ledger, upload, moved, said)
    with pytest.raises(StateChanged) as told:
        ledger.accept(quoted.figure_id, "Taras", "read", seen=seen[quoted.figure_id])
    assert told.value.changes == (Change(quoted.figure_id, states.REREAD, "Olena"),)
    (current,) = moved.figures
    assert inbox.proposed(ledger, inbox.listing(ledger)["document_id"][0])["state"].tolist() == [
        state(ledger, current.figure_id)
    ]
