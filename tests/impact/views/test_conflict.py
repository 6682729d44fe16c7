"""The picture of a conflict: which one it shows, its words, and what it says where none is."""

from datetime import date

import pytest

from impact.model.language import languages
from impact.queries import conflicts
from impact.views import View, draw
from impact.views.citation import Links, quote
from tests.made import ARTICLE, DNIPRO_OBLAST, KYIV, MAYOR, MINISTER, figure, toll

DAY = date(2026, 1, 24)
LOST = f"heating_loss|{KYIV}|2026-01-24|buildings|lost|all||day|strike"
WITHOUT = LOST.replace("lost|", "without|")
FIGURES = (
    ARTICLE,
    figure(value=6_000, bound="about", attributed_to=MAYOR, moment="morning"),
    figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening"),
    figure(value=3_200, status="without", attributed_to=MINISTER, moment="evening"),
    toll(1, attributed_to="Syniehubov (governor)", moment="morning"),
    toll(5, attributed_to="Syniehubov (governor)", moment="evening"),
)


@pytest.fixture
def reader(shown):
    return shown(*FIGURES)


def picture(reader, **parameters):
    return draw(View.read({name: [text] for name, text in parameters.items()}), reader)


def test_the_gravest_conflict_of_place_and_days_is_shown(reader):
    drawn = picture(reader, indicator="heating_loss", kind="conflict", period="2026-01")
    view = drawn.view
    assert (view.conflict, view.places, view.period) == (LOST, (KYIV,), (DAY, DAY))
    (found, *_) = conflicts.conflicts(reader, DAY, DAY)
    assert drawn.shown["figure_id"].tolist() == found.figures["figure_id"].tolist()


def test_a_claim_names_the_conflict_and_nothing_else_is_needed(reader):
    drawn = picture(reader, conflict=WITHOUT)
    assert drawn.view.kind == "conflict" and drawn.view.indicator == "heating_loss"
    assert sorted(drawn.shown["value"]) == [3_200, 3_300]
    assert draw(View.read(drawn.view.parameters()), reader).chart == drawn.chart


def test_a_status_asked_for_leaves_out_conflicts_of_the_other(reader):
    asked = {"indicator": "heating_loss", "kind": "conflict", "period": "2026-01"}
    assert picture(reader, status="without", **asked).view.conflict == WITHOUT


def test_a_count_that_only_moved_on_is_no_conflict_but_is_shown_by_its_claim(reader):
    asked = {"indicator": "killed", "kind": "conflict", "period": "2026-01"}
    alone = picture(reader, **asked)
    assert not alone.view.conflict and "No statements differ here." in alone.caption.foot
    claim = next(each.claim for each in conflicts.conflicts(reader, DAY, DAY)
                 if each.row["indicator"] == "killed")  # fmt: skip
    assert sorted(picture(reader, conflict=claim).shown["value"]) == [1, 5]


@pytest.mark.parametrize("language", languages())
def test_its_alt_text_says_what_is_in_doubt_and_not_that_it_is_not_drawn(reader, language):
    drawn = picture(reader, conflict=LOST, lang=language)
    said = quote(drawn, reader, Links("", ""))
    assert "320" in said.alt
    assert ("in doubt" if language == "en" else "під сумнівом") in said.alt
    assert "not drawn" not in said.alt and "не показано" not in said.alt


def test_a_title_and_a_note_of_the_publisher_stand_in_it(reader):
    drawn = picture(reader, conflict=LOST, title="Who counted what", note="Checked by us")
    assert drawn.caption.title == "Who counted what"
    assert "Checked by us" in drawn.caption.foot


def test_where_nobody_reported_it_says_that_and_not_that_all_agree(reader):
    asked = {"indicator": "heating_loss", "kind": "conflict", "places": DNIPRO_OBLAST}
    foot = " ".join(picture(reader, period="2026-01", **asked).caption.foot)
    assert "No report is not zero" in foot and "differ" not in foot
