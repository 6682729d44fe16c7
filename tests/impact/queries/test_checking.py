"""What has become of a figure: published, leading, in doubt, corrected, withdrawn or unknown."""

from dataclasses import replace
from datetime import datetime

import pytest

from impact.model import language
from impact.queries import changes, checking
from impact.store import snapshot
from impact.store.ledger import WITHDRAW, Document, Ledger
from impact.store.reader import Reader
from impact.wording import check_captions
from tests.made import ARTICLE, MAYOR, figure, toll

EN = language.words("en")
OLD = figure(value=6_000, attributed_to=MAYOR, as_of="2026-01-24T08:00")
LATER = figure(value=5_000, attributed_to=MAYOR, as_of="2026-01-24T12:00")
BEFORE = datetime(2026, 1, 1)


def standing(reader, one):
    return checking.standing(reader, one.figure_id)


def test_a_figure_that_leads_says_so_with_who_said_it(shown):
    found = standing(shown(OLD), OLD)
    assert found.known and check_captions.stands(found, EN).endswith("leads: charts show it.")
    assert check_captions.stated(found, EN) == (
        "Kyiv, 24 January 2026, lost heating: 6,000 buildings "
        "(Vitali Klitschko, mayor of Kyiv via UNN, 24 January 2026)"
    )


def test_a_figure_beside_a_later_one_tells_what_leads_now(shown):
    found = standing(shown(OLD, LATER), OLD)
    assert "does not lead" in check_captions.stands(found, EN)
    assert "5,000 buildings (Vitali Klitschko" in check_captions.leading(found, EN)


def test_a_figure_in_doubt_tells_so(shown):
    found = standing(shown(OLD, LATER, ARTICLE), ARTICLE)
    assert "in doubt" in check_captions.stands(found, EN)
    assert found.leads["value"] == 5_000


def test_an_id_that_was_never_published_is_unknown(shown):
    found = checking.standing(shown(OLD), "F-AAAAAAAAAAAA")
    assert not found.known and found.leads is None


@pytest.mark.slow
def test_a_corrected_or_withdrawn_figure_tells_by_whom_and_why(tmp_path):
    store = Ledger(tmp_path)
    wrong, gone = figure(value=320_000), toll(7.0)
    right = replace(wrong, value=6_000)
    store.store(
        Document(document_id="a" * 64, source="report", name="a", size=1),
        [b"a"],
        [wrong, gone],
        accepted_by="table",
    )
    store.correct(wrong.figure_id, right, "Petro", "a slip", {})
    store.decide(gone.figure_id, WITHDRAW, "Olha", "counted twice")
    snapshot.publish(store)
    reader = Reader(tmp_path)
    corrected = standing(reader, wrong)
    assert corrected.now is None and corrected.leads["value"] == 6_000
    assert [(each.log["who"], each.log["reason"]) for each in corrected.log] == [
        ("Petro", "a slip")
    ]
    assert check_captions.stated(corrected, EN).endswith("320,000 buildings → 6,000 buildings")
    # The number that took its place leads to the same line.
    assert [each.log["number"] for each in standing(reader, right).log] == [
        each.log["number"] for each in corrected.log
    ]
    withdrawn = standing(reader, gone)
    assert withdrawn.leads is None and withdrawn.log[0].kind == "withdrawn"
    assert "no longer published" in check_captions.stands(withdrawn, EN)


def test_of_a_picture_only_what_it_shows_is_told(shown):
    then, now = shown(OLD, toll(5)), shown(OLD, LATER, toll(9))
    found = checking.since(then, now, BEFORE, [OLD.figure_id])
    assert [(each.kind, each.now["value"]) for each in found] == [(changes.REVISED, 5_000)]
    assert checking.since(now, now, BEFORE, [OLD.figure_id]) == []
