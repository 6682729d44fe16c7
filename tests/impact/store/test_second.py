"""The second person: what needs two is judged by the ledger, whoever asks and by whatever way."""

from dataclasses import replace
from itertools import product

import pytest

from impact.store import decisions, reviewers, snapshot
from impact.store.ledger import ACCEPT, ANSWER, PROPOSE, REJECT, Decision, SamePerson
from impact.store.putting_back import NotTheirs
from impact.store.reader import Reader
from tests import combining
from tests.made import KHARKIV, KYIV, figure, offer, once, toll

BASELINE = figure(
    indicator="population", unit="people", value=100_000.0, status="", place=KYIV, date="2022",
    source="curated", published="", publisher="COD-PS", people="all",
)  # fmt: skip
MANY = figure(value=900_000.0, unit="people")
LUMP = toll(9.0, indicator="casualties")


@pytest.fixture
def office(ledger):
    """A store that names its reviewers, with a baseline that is public."""
    with_reviewers(ledger)
    return ledger


@once
def with_reviewers(ledger):
    ledger.folder.mkdir(parents=True, exist_ok=True)
    named = 'reviewers = ["Olena", "Taras", "Petro"]'
    (ledger.folder / reviewers.NAME).write_text(named, encoding="utf-8")
    offer(ledger, BASELINE, name="baselines")
    snapshot.publish(ledger)


def public(ledger) -> dict[float, tuple[bool, bool]]:
    """Value -> whether it leads, whether it is in doubt; but for baselines."""
    snapshot.publish(ledger)
    rows = Reader(ledger.folder).query(
        "SELECT value, rank_responsible = 0 AND NOT doubted AS leads, doubted FROM figures "
        "WHERE indicator <> 'population'"
    )
    return {row.value: (row.leads, row.doubted) for row in rows.itertuples()}


def stands(ledger, each) -> dict:
    return decisions.of(ledger, [each.figure_id])[each.figure_id]


LEADS, DOUBTED = (True, False), (False, True)


def accept(ledger, each, who):
    return ledger.accept(each.figure_id, who, "read")


def decide(ledger, each, who):
    ledger.decide(each.figure_id, ACCEPT, who, "read")
    return stands(ledger, each)["verdict"]


def many_at_once(ledger, each, who):
    found = [Decision(subject=each.figure_id, kind=ACCEPT, reason="read")]
    seen = ledger.states([each.figure_id])
    ledger.record_unchanged(who, found, seen)
    return stands(ledger, each)["verdict"]


@pytest.mark.parametrize(
    ("way", "each"),
    combining.thinned([*product([accept, decide, many_at_once], [toll(), LUMP, MANY])]),
)
def test_no_way_of_accepting_goes_past_the_second_person(office, way, each):
    offer(office, each, accepted_by="")
    assert way(office, each, "Olena") == PROPOSE and public(office) == {}
    with pytest.raises(SamePerson):
        way(office, each, " olena")
    assert way(office, each, "Taras") == ACCEPT and list(public(office)) == [each.value]
    assert stands(office, each)["first"] == "Olena"


def test_what_is_plain_needs_one_person(office):
    offer(office, figure(), accepted_by="")
    assert accept(office, figure(), "Olena") == ACCEPT


@pytest.mark.parametrize("each", combining.thinned([toll(), LUMP, MANY]))
def test_what_one_person_adds_waits_for_another(office, each):
    receipt = offer(office, figure(), accepted_by="")
    office.add(receipt.document_id, each, "Olena", "missed")
    office.decide(each.figure_id, ANSWER, "Olena", "I say so", {"rule": "more_people_than_place"})
    assert public(office) == {}
    accept(office, each, "Taras")
    assert list(public(office)) == [each.value]


@pytest.mark.parametrize("value", [6.0, 767.0])
def test_a_correction_of_a_tables_toll_waits_and_the_toll_stays_until_then(office, value):
    old, new = toll(5.0, source_key="row 1"), toll(value, source_key="row 1")
    offer(office, old, name="table")
    office.correct(old.figure_id, new, "Olena", "a slip", {"value": [5, value]})
    assert public(office) == {5.0: LEADS} and office.state().corrections.empty
    accept(office, new, "Taras")
    assert public(office) == {value: LEADS}
    (told,) = office.state().corrections.to_dict("records")
    assert (told["was"], told["now"], told["what"]) == (5.0, value, "corrected")
    assert stands(office, new)["first"] == "Olena"


LOADED, REPORTED = figure(source_key="row 1"), figure(source="report")


@pytest.mark.parametrize(
    ("name", "value"),
    [("value", 400.0), ("place", KHARKIV), ("date", "2026-01-25"), ("status", "restored")],
)
def test_a_loaded_tables_figure_is_changed_or_moved_by_two(office, name, value):
    offer(office, LOADED, name="table")
    new = replace(LOADED, **{name: value})
    office.correct(LOADED.figure_id, new, "Olena", "a slip", {})
    assert set(office.accepted()["figure_id"]) == {LOADED.figure_id, BASELINE.figure_id}
    with pytest.raises(SamePerson):
        accept(office, new, "Olena")
    accept(office, new, "Taras")
    assert set(office.accepted()["figure_id"]) == {new.figure_id, BASELINE.figure_id}
    again = replace(new, value=300.0)
    office.correct(new.figure_id, again, "Taras", "another slip", {})
    assert stands(office, again)["verdict"] == PROPOSE


def test_a_plain_figure_of_a_report_is_corrected_by_one(office):
    offer(office, REPORTED, accepted_by="")
    accept(office, REPORTED, "Olena")
    new = replace(REPORTED, value=400.0)
    office.correct(REPORTED.figure_id, new, "Olena", "a slip", {})
    assert set(office.accepted()["figure_id"]) == {new.figure_id, BASELINE.figure_id}


def test_what_waits_about_public_figures_is_listed(office):
    assert decisions.waiting(office).empty
    offer(office, LOADED, MANY, name="table")
    office.correct(LOADED.figure_id, replace(LOADED, value=400.0), "Olena", "a slip", {})
    answer(office, MANY, "Taras")
    # What waits about a figure that is not public is asked in Review.
    offer(office, toll(), accepted_by="")
    accept(office, toll(), "Olena")
    rows = decisions.waiting(office)
    told = [(row.was, row.now, row.rule, row.who) for row in rows.fillna(0).itertuples()]
    assert told == [(500.0, 400.0, "", "Olena"), (900_000.0, 0, RULE, "Taras")]
    accept(office, replace(LOADED, value=400.0), "Taras")
    answer(office, MANY, "Olena")
    assert decisions.waiting(office).empty


def test_a_correction_that_brings_a_plain_figure_in_doubt_waits(office):
    offer(office, figure(unit="people"), accepted_by="")
    accept(office, figure(unit="people"), "Olena")
    office.correct(
        figure(unit="people").figure_id, MANY, "Olena", "a slip", {"value": [500, 900_000]}
    )
    assert public(office) == {500.0: LEADS}
    accept(office, MANY, "Taras")
    assert public(office) == {900_000.0: DOUBTED}


@pytest.mark.parametrize("way", ["reject", "take back"])
def test_a_correction_that_is_refused_leaves_the_figure_as_two_accepted_it(office, way):
    old, new = toll(5.0), toll(6.0)
    offer(office, old, accepted_by="")
    accept(office, old, "Olena")
    accept(office, old, "Taras")
    office.correct(old.figure_id, new, "Petro", "a slip", {"value": [5, 6]})
    found = [Decision(subject=new.figure_id, kind=REJECT, reason="no")]
    if way == "take back":
        found.append(Decision(subject=old.figure_id, kind="reopen", reason="taken back"))
    office.record("Taras", found)
    assert public(office) == {5.0: LEADS}
    kept = stands(office, old)
    assert (kept["verdict"], kept["first"], kept["decided_by"]) == (ACCEPT, "Olena", "Taras")


def test_a_second_acceptance_of_a_correction_that_is_undone_lets_the_correction_wait(office):
    old, new = toll(5.0), toll(6.0)
    offer(office, old, name="table")
    office.correct(old.figure_id, new, "Olena", "a slip", {"value": [5, 6]})
    accept(office, new, "Taras")
    back = {"by": "Olena", "replaces": old.figure_id}
    office.decide(new.figure_id, PROPOSE, "Taras", "taken back", back)
    assert public(office) == {5.0: LEADS}
    accept(office, new, "Petro")
    assert public(office) == {6.0: LEADS}


RULE = "more_people_than_place"


def answer(ledger, each, who):
    ledger.decide(each.figure_id, ANSWER, who, "sound", {"rule": RULE})


def test_a_doubt_of_a_public_figure_needs_the_answer_of_two(office):
    offer(office, MANY, name="table")
    assert public(office) == {900_000.0: DOUBTED}
    for who in ("Olena", "Olena "):
        answer(office, MANY, who)
        assert public(office) == {900_000.0: DOUBTED}
    answer(office, MANY, "Taras")
    assert public(office) == {900_000.0: LEADS}


def test_an_answer_counts_with_the_second_acceptance(office):
    offer(office, MANY, accepted_by="")
    office.accept(MANY.figure_id, "Olena", "read", answers={RULE: "counted twice"})
    assert public(office) == {}
    accept(office, MANY, "Taras")
    assert public(office) == {900_000.0: LEADS}
    found = decisions.answers(office, [MANY.figure_id])[MANY.figure_id][RULE]
    assert (found.who, found.reason, found.waits) == ("Olena", "counted twice", False)


def test_an_answer_that_waited_and_is_put_back_waits_again(office):
    offer(office, MANY, name="table")
    answer(office, MANY, "Olena")
    office.decide(MANY.figure_id, ANSWER, "Taras", "back", {"rule": RULE, "by": "Olena"})
    assert public(office) == {900_000.0: DOUBTED}


def test_nobody_is_named_who_did_not_decide(office):
    offer(office, toll(), accepted_by="")
    accept(office, toll(), "Olena")
    for detail in ({"by": "Taras"}, {"by": "Olena", "first": "Taras"}, {"first": "Taras"}):
        with pytest.raises(NotTheirs):
            office.decide(toll().figure_id, ACCEPT, "Petro", "read", detail)
    with pytest.raises(NotTheirs):
        office.decide(toll().figure_id, ANSWER, "Petro", "read", {"rule": RULE, "by": "Taras"})
    assert public(office) == {}


def test_what_one_person_accepted_before_two_were_asked_for_stays(ledger):
    offer(ledger, toll(), accepted_by="")
    accept(ledger, toll(), "Olena")
    ledger.decide(toll().figure_id, ANSWER, "Olena", "sound", {"rule": RULE})
    (ledger.folder / reviewers.NAME).write_text('reviewers = ["Olena", "Taras"]', encoding="utf-8")
    assert public(ledger) == {5.0: LEADS}
    assert not decisions.answers(ledger, [toll().figure_id])[toll().figure_id][RULE].waits
