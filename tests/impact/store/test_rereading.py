"""Rereading: another day of publication makes a new reading; decisions go along, nothing goes."""

from dataclasses import replace

import pytest

from impact.store import inbox, rereading, snapshot
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT, ANSWER, DISPUTE, PROPOSE, REJECT, WITHDRAW
from impact.store.reader import Reader
from tests.made import count, figure, toll

pytestmark = pytest.mark.slow

TEXT = "5 killed. 12 injured. 500 buildings."
DEAD = toll(5.0, quote="5 killed", start=0, end=8)
HURT = toll(12.0, indicator="injured", quote="12 injured", start=10, end=20)
COLD = figure(quote="500 buildings", start=22, end=35)


def at(day: str, *figures) -> Part:
    """The report as read on a day: each figure is of that day."""
    dated = [replace(each, date=day, published=day, publisher="Suspilne") for each in figures]
    about = {"published": day, "publisher": "Suspilne"}
    return Part(name="report.txt", text=TEXT, figures=tuple(dated), **about)


@pytest.fixture
def read(ledger):
    """The report, read once."""
    upload, _ = inbox.receive(ledger, TEXT.encode(), "report.txt", "Olena")
    part = at("2026-01-24", DEAD, HURT, COLD)
    inbox.record(ledger, upload, [part])
    return upload, part


def again(ledger, upload, part) -> str:
    """Says the part's day and records the reading that follows; its document."""
    rereading.say(ledger, upload.upload_id, part.name, "Taras", part.published, "Suspilne", "")
    ((_, said),) = rereading.pending(ledger)
    rereading.record(ledger, upload, part, said)
    assert rereading.pending(ledger) == [] and not rereading.record(ledger, upload, part, said)
    assert ledger.check() == []
    return inbox.listing(ledger)["document_id"][0]


def verdicts(ledger, document) -> dict[tuple[float, str], str]:
    rows = inbox.proposed(ledger, document)
    return dict(zip(zip(rows["value"], rows["date"], strict=True), rows["verdict"], strict=True))


def test_what_is_said_waits_until_it_is_read_and_needs_a_person_and_a_day(ledger, read):
    upload, part = read
    with pytest.raises(ValueError, match="person"):
        rereading.say(ledger, upload.upload_id, part.name, " ", "2026-01-25", "", "")
    with pytest.raises(ValueError, match="yesterday"):
        rereading.say(ledger, upload.upload_id, part.name, "Taras", "yesterday", "", "")
    assert rereading.pending(ledger) == []
    for day in ("2026-01-25", "2026-01-26"):
        rereading.say(ledger, upload.upload_id, part.name, "Taras", day, "", "")
    ((waiting, said),) = rereading.pending(ledger)
    assert (waiting, said.published) == (upload, "2026-01-26")


def test_the_new_reading_is_in_force_and_every_earlier_line_stays(ledger, read):
    upload, part = read
    old = inbox.document_id(upload, part)
    new = again(ledger, upload, at("2026-01-25", DEAD, HURT, COLD))
    assert new != old and rereading.successors(ledger) == {old: new}
    assert len(inbox.listing(ledger)) == 1 and inbox.listing(ledger)["said_by"][0] == "Taras"
    assert set(inbox.proposed(ledger, new)["date"]) == {"2026-01-25"}
    assert set(inbox.proposed(ledger, old)["date"]) == {"2026-01-24"}
    assert inbox.reading(ledger, old)["published"] == "2026-01-24"
    assert count(ledger, "readings") == count(ledger, "documents") == 2
    third = again(ledger, upload, at("2026-01-26", DEAD, HURT, COLD))
    assert rereading.successors(ledger) == {old: third, new: third}


def test_decisions_go_over_to_the_same_passage(ledger, read):
    upload, part = read
    dead, hurt, cold = (each.figure_id for each in part.figures)
    ledger.accept(dead, "Olena", "read", answers={"ten_times_rivals": "counted twice"})
    ledger.decide(dead, DISPUTE, "Petro", "the mayor denies it")
    ledger.decide(hurt, REJECT, "Olena", "not of this strike")
    ledger.accept(cold, "Olena", "read", second=True)
    document = again(ledger, upload, at("2026-01-25", DEAD, HURT, COLD))
    assert verdicts(ledger, document) == {
        (5.0, "2026-01-25"): ACCEPT, (12.0, "2026-01-25"): REJECT, (500.0, "2026-01-25"): PROPOSE,
    }  # fmt: skip
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    shown = reader.query("FROM figures")
    assert shown["date"].tolist() == ["2026-01-25"]
    assert shown["verification"].tolist() == ["disputed"]
    rows = inbox.proposed(ledger, document).set_index("value")
    assert rows["decided_by"].tolist() == ["Olena"] * 3
    assert rows.loc[5.0, "disputed"] == "the mayor denies it"
    assert rereading.lost(ledger, document).empty
    assert ledger.table("decisions")["kind"].tolist().count(ANSWER) == 2
    # The second person may now accept what the first had proposed of the former reading.
    assert ledger.accept(rows.loc[500.0, "figure_id"], "Taras", "read", second=True) == ACCEPT


def test_what_two_have_accepted_waits_for_a_second_again_when_one_says_another_day(ledger, read):
    upload, part = read
    dead = part.figures[0].figure_id
    for who in ("Olena", "Taras"):
        ledger.accept(dead, who, "read", second=True)
    assert set(ledger.accepted()["value"]) == {5.0}
    document = again(ledger, upload, at("2026-03-01", DEAD, HURT, COLD))
    rows = inbox.proposed(ledger, document).set_index("value")
    assert (rows.loc[5.0, "verdict"], rows.loc[5.0, "decided_by"]) == (PROPOSE, "Taras")
    assert ledger.accepted().empty
    assert ledger.accept(rows.loc[5.0, "figure_id"], "Olena", "read", second=True) == ACCEPT
    assert ledger.accepted()["date"].tolist() == ["2026-03-01"]


def test_what_does_not_come_out_again_stays_public_and_is_listed(ledger, read):
    upload, part = read
    for each in part.figures[:2]:
        ledger.decide(each.figure_id, ACCEPT, "Olena", "read")
    document = again(ledger, upload, at("2026-01-25", HURT))
    lost = rereading.lost(ledger, document)
    assert lost["figure_id"].tolist() == [part.figures[0].figure_id]
    assert set(ledger.accepted()["value"]) == {5.0, 12.0}
    ledger.decide(part.figures[0].figure_id, WITHDRAW, "Olena", "no longer there")
    assert rereading.lost(ledger, document).empty
    assert set(ledger.accepted()["value"]) == {12.0}


def test_a_persons_own_figures_go_along_and_the_machines_stay_replaced(ledger, read):
    upload, part = read
    document, dead = inbox.document_id(upload, part), part.figures[0]
    right = replace(dead, people="women")
    ledger.correct(dead.figure_id, right, "Olena", "women", {"people": ["all", "women"]})
    ledger.add(document, replace(HURT, value=12.0, people="children"), "Olena", "missed")
    for day in ("2026-01-25", "2026-01-26", "2026-01-24"):
        document = again(ledger, upload, at(day, DEAD, HURT, COLD))
        rows = inbox.proposed(ledger, document)
        shown = rows[rows["replaced_by"] == ""]
        assert sorted(zip(shown["people"], shown["verdict"], strict=True)) == [
            ("all", ""), ("all", ""), ("children", ACCEPT), ("women", ACCEPT),
        ], day  # fmt: skip
        assert set(shown["published"]) == {day}
        assert set(ledger.accepted()["people"]) == {"women", "children"}
        assert inbox.listing(ledger)["figures"][0] == 4


def test_a_figure_that_comes_back_with_its_former_day_can_be_decided_again(ledger, read):
    upload, part = read
    ledger.decide(part.figures[0].figure_id, ACCEPT, "Olena", "read")
    document = again(ledger, upload, at("2026-01-25", DEAD))
    (moved,) = inbox.proposed(ledger, document)["figure_id"]
    ledger.decide(moved, "reopen", "Olena", "taken back")
    document = again(ledger, upload, at("2026-01-24", DEAD))
    assert verdicts(ledger, document) == {(5.0, "2026-01-24"): ""}
