"""Rereading: another day of publication makes a new reading; decisions go along, nothing goes."""

from dataclasses import replace

import pytest

from impact.store import inbox, rereading, snapshot
from impact.store.inbox import Part
from impact.store.ledger import ACCEPT, ANSWER, DISPUTE, REJECT, WITHDRAW
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


def two_accepted(ledger, figure_id) -> None:
    for who in ("Olena", "Petro"):
        ledger.accept(figure_id, who, "read", second=True)


def test_a_new_reading_decides_nothing_and_what_was_accepted_keeps_its_place(ledger, read):
    upload, part = read
    dead, hurt, cold = (each.figure_id for each in part.figures)
    two_accepted(ledger, dead)
    ledger.decide(dead, ANSWER, "Olena", "counted twice", {"rule": "ten_times_rivals"})
    ledger.decide(dead, DISPUTE, "Petro", "the mayor denies it")
    ledger.decide(hurt, REJECT, "Olena", "not of this strike")
    ledger.accept(cold, "Olena", "read", second=True)
    before = len(ledger.table("decisions"))
    document = again(ledger, upload, at("2026-01-25", DEAD, HURT, COLD))
    assert set(verdicts(ledger, document).values()) == {""}
    snapshot.publish(ledger)
    shown = Reader(ledger.folder).query("FROM figures")
    assert shown["date"].tolist() == ["2026-01-24"]
    assert shown["verification"].tolist() == ["disputed"]
    written = ledger.table("decisions").sort_values("number").iloc[before:]
    assert set(written["kind"]) == {"reopen", DISPUTE} and set(written["who"]) == {"Taras"}
    rows = inbox.proposed(ledger, document).set_index("value")
    assert rows["decided_by"].tolist() == ["Taras"] * 3
    # An objection holds for the same number under its other day, and stays its own person's.
    assert rows.loc[5.0, ["disputed", "disputed_by"]].tolist() == ["the mayor denies it", "Petro"]
    assert rereading.lost(ledger, document).empty


@pytest.mark.parametrize("url", ["", "https://evil.example/x"])
def test_what_two_accepted_is_another_figure_only_when_two_have_accepted_that(ledger, read, url):
    upload, part = read
    old = part.figures[0].figure_id
    two_accepted(ledger, old)
    moved = at("2026-01-24" if url else "2026-03-01", DEAD, HURT, COLD)
    figures = tuple(replace(each, publisher="Kremlin Daily", url=url) for each in moved.figures)
    moved = replace(moved, publisher="Kremlin Daily", url=url, figures=figures)
    again(ledger, upload, at("2026-02-01", DEAD, HURT, COLD))
    again(ledger, upload, moved)
    new = moved.figures[0].figure_id
    ledger.accept(new, "Olena", "read again", second=True)
    (stands,) = ledger.accepted().to_dict("records")
    assert (stands["date"], stands["publisher"], stands["url"]) == ("2026-01-24", "Suspilne", "")
    ledger.accept(new, "Petro", "read again", second=True)
    (stands,) = ledger.accepted().to_dict("records")
    assert (stands["figure_id"], stands["publisher"]) == (new, "Kremlin Daily")
    (log,) = ledger.state().corrections.to_dict("records")
    assert (log["figure_id"], log["new_id"], log["what"]) == (old, new, "corrected")
    assert ledger.check() == []


def test_what_was_rejected_before_it_was_accepted_takes_the_place_all_the_same(ledger, read):
    upload, part = read
    two_accepted(ledger, part.figures[0].figure_id)
    document = again(ledger, upload, at("2026-01-25", DEAD))
    (new,) = inbox.proposed(ledger, document)["figure_id"]
    ledger.decide(new, REJECT, "Olena", "no")
    assert rereading.lost(ledger, document)["figure_id"].tolist() == [part.figures[0].figure_id]
    ledger.decide(new, ACCEPT, "Olena", "yes")
    assert ledger.accepted()["figure_id"].tolist() == [new]


def test_a_correction_that_waits_goes_along_and_takes_the_place_of_both(ledger, read):
    upload, part = read
    old = part.figures[0]
    two_accepted(ledger, old.figure_id)
    right = replace(old, value=6.0)
    ledger.correct(old.figure_id, right, "Olena", "six", {"value": [5, 6]}, second=True)
    document = again(ledger, upload, at("2026-01-25", DEAD))
    rows = inbox.proposed(ledger, document)
    (waiting,) = rows.loc[rows["replaced_by"] == "", "figure_id"]
    assert set(ledger.accepted()["figure_id"]) == {old.figure_id}
    two_accepted(ledger, waiting)
    assert set(ledger.accepted()["figure_id"]) == {waiting}


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
        # With their first day the corrected figure is the one that was accepted; the added one had
        # another publisher.
        verdict = ACCEPT if day == "2026-01-24" else ""
        assert sorted(zip(shown["people"], shown["verdict"], strict=True)) == [
            ("all", ""), ("all", ""), ("children", ""), ("women", verdict),
        ], day  # fmt: skip
        assert set(shown["published"]) == {day}
        assert set(ledger.accepted()["people"]) == {"women", "children"}
        assert inbox.listing(ledger)["figures"][0] == 4


def test_a_figure_that_comes_back_with_its_former_day_stands_as_it_was_decided(ledger, read):
    upload, part = read
    ledger.decide(part.figures[0].figure_id, ACCEPT, "Olena", "read")
    again(ledger, upload, at("2026-01-25", DEAD))
    document = again(ledger, upload, at("2026-01-24", DEAD))
    assert verdicts(ledger, document) == {(5.0, "2026-01-24"): ACCEPT}
