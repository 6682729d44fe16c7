"""What changed since a moment: new, revised and gone numbers, and what persons corrected."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from impact.model import language
from impact.queries import changes
from impact.store import snapshot
from impact.store.ledger import WITHDRAW, Document, Ledger
from impact.store.reader import Reader
from impact.wording import change_captions
from tests.made import KHARKIV_OBLAST, KYIV, MAYOR, figure, toll

EN = language.words("en")
BEFORE = datetime(2026, 1, 1)
OLD = figure(value=6_000, attributed_to=MAYOR, as_of="2026-01-24T08:00")
LATER = figure(value=5_000, attributed_to=MAYOR, as_of="2026-01-24T12:00")


def found(then, now, *pcodes):
    return changes.between(then, now, BEFORE, pcodes)


def test_a_claim_that_nobody_had_made_is_new(shown):
    (change,) = found(shown(OLD), shown(OLD, toll(5)))
    assert (change.kind, change.was, change.now["value"]) == (changes.NEW, None, 5)


def test_another_leading_number_is_told_old_and_new(shown):
    (change,) = found(shown(OLD), shown(OLD, LATER))
    assert change.kind == changes.REVISED
    told = change_captions.sentence(change, EN)
    assert told == "Kyiv, 24 January 2026, lost heating: 6,000 buildings → 5,000 buildings"


def test_a_further_source_of_the_same_number_is_no_change(shown):
    assert found(shown(OLD), shown(OLD, figure(value=6_000, publisher="TSN"))) == []


def test_a_number_that_no_longer_leads_is_told_with_what_it_was(shown):
    (change,) = found(shown(OLD, toll(5)), shown(OLD))
    assert change.kind == changes.GONE
    assert (change_captions.was(change, EN), change_captions.now(change, EN)) == ("5 people", "")


def test_a_place_stands_for_all_that_lies_in_it(shown):
    then, now = shown(), shown(OLD, toll(5))
    assert [each.now["indicator"] for each in found(then, now, KHARKIV_OBLAST)] == ["killed"]
    assert [each.now["indicator"] for each in found(then, now, KYIV)] == ["heating_loss"]


@pytest.fixture
def store(tmp_path) -> Ledger:
    return Ledger(tmp_path)


@pytest.mark.slow
def test_what_a_person_corrected_or_withdrew_is_told_once_with_who_and_why(store, shown):
    wrong, gone = figure(value=320_000), toll(7)
    store.store(
        Document(document_id="a" * 64, source="report", name="a", size=1),
        [b"a"],
        [wrong, gone],
        accepted_by="table",
    )
    store.correct(wrong.figure_id, replace(wrong, value=6_000), "Petro", "a slip", {})
    store.decide(gone.figure_id, WITHDRAW, "Olha", "taken back")
    snapshot.publish(store)
    changed = found(shown(wrong, gone), Reader(store.folder))
    rows = change_captions.table(changed, EN)
    by_kind = rows.set_index("What changed")
    assert sorted(by_kind.index) == ["corrected", "withdrawn"]
    assert by_kind.loc["corrected", ["Was", "Is", "Changed by", "Why"]].tolist() == [
        *("320,000 buildings", "6,000 buildings", "Petro", "a slip")
    ]
    assert by_kind.loc["withdrawn", ["Was", "Is", "Changed by", "Why"]].tolist() == [
        *("7 people", "", "Olha", "taken back")
    ]
    assert change_captions.counted(changed, EN) == "2 numbers changed (corrected: 1, withdrawn: 1)."
    later = changes.moment(date.today() + timedelta(days=2))
    assert changes.corrected(Reader(store.folder), at=later) == []


def test_usually_the_last_seven_days_that_the_store_knows_are_meant(shown):
    assert changes.usual(shown(figure(published="2026-01-25"))) == date(2026, 1, 18)
    assert changes.usual(shown()) is None


def test_a_day_begins_at_midnight_in_kyiv():
    assert changes.moment(date(2026, 1, 24)) == datetime(2026, 1, 23, 22)


def test_every_kind_has_words_in_every_language():
    for each in language.languages():
        assert all(language.words(each)._(text) for text in changes.KINDS.values())
