"""The picture of a day hour by hour: what stands on its clock, what stands apart, what is told."""

from datetime import date

import pytest

from impact.model.language import languages
from impact.queries import said
from impact.views import View, draw
from tests.made import ARTICLE, KHARKIV, KYIV, MAYOR, MINISTER, figure, toll

DAY = date(2026, 1, 24)
MORNING = figure(value=6_000, bound="about", attributed_to=MAYOR, moment="morning")
FIGURES = (
    ARTICLE,
    MORNING,
    figure(value=6_000, bound="about", attributed_to=MAYOR, publisher="Suspilne"),
    figure(value=6_000, publisher="TSN"),
    figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening"),
    figure(value=4, unit="people", indicator="injured", status="", attributed_to=MAYOR),
    figure(value=4, unit="people", indicator="injured", status="", attributed_to=MINISTER),
    toll(2, attributed_to="Syniehubov (governor)", as_of="2026-01-24T01:30"),
)


@pytest.fixture
def reader(shown):
    return shown(*FIGURES)


def picture(reader, **parameters):
    asked = {"indicator": "killed", "kind": "hours", "day": "2026-01-24"} | parameters
    return draw(View.read({name: [text] for name, text in asked.items()}), reader)


def labels(drawn) -> str:
    return " / ".join(each.text for each in drawn.chart.layout.annotations)


def test_a_mark_stands_at_the_hour_that_was_told_and_a_line_spans_a_part_of_the_day(reader):
    drawn = picture(reader)
    *spans, marks, _ = drawn.chart.data
    assert len(spans) == 2 and all(span.x[0] < span.x[1] for span in spans)
    at = dict(zip([each[1] for each in marks.customdata], marks.x, strict=True))
    clocked = sorted(at.values())[-3:]
    assert at[toll_id(drawn)] == clocked[0]
    assert at[MORNING.figure_id] == sum(spans[0].x) / 2


def toll_id(drawn) -> str:
    rows = drawn.shown
    return rows.loc[rows["as_of"] == "2026-01-24T01:30", "figure_id"].item()


def test_what_names_no_hour_stands_on_a_ground_where_no_hour_is_drawn(reader):
    drawn = picture(reader)
    grounds = [each for each in drawn.chart.layout.shapes if each.type == "rect"]
    hours = [
        each for each in drawn.chart.layout.shapes if each.type == "line" and each.x0 == each.x1
    ]
    assert len(grounds) == 2 and hours
    for ground in grounds:
        assert not any(hour.y0 < ground.y1 and ground.y0 < hour.y1 for hour in hours)
    assert "names no hour: in no order" in labels(drawn)


def test_a_number_stands_once_with_how_many_bodies_give_it(reader):
    drawn = picture(reader)
    rows = said.once(said.figures(reader, ["heating_loss", "injured"], [KYIV], DAY))
    assert rows["value"].tolist().count(6_000) == 1
    assert rows.loc[rows["value"] == 4, "voices"].tolist() == [2]
    assert "2 speakers: " in labels(drawn)


def test_a_doubted_figure_is_struck_through_and_called_so(reader):
    drawn = picture(reader)
    assert "320,000 buildings, in doubt" in labels(drawn)
    *_, strokes = drawn.chart.data
    assert strokes.marker.symbol == "line-ne-open" and len(strokes.x) == 1


def test_the_worst_hit_place_comes_first(reader):
    names = labels(picture(reader))
    assert names.index("Kharkiv") < names.index("Kyiv</b>")


def test_words_without_a_number_are_told_as_such(shown):
    reader = shown(figure(value=None, bound="unstated", unit=""))
    drawn = picture(reader, indicator="heating_loss")
    assert "no number given" in labels(drawn)
    assert drawn.chart.layout.xaxis.ticktext == ()


def test_a_place_may_be_named_and_has_only_its_own(reader):
    drawn = picture(reader, places=KHARKIV)
    assert set(drawn.shown["place"]) == {KHARKIV}


def test_of_a_period_the_day_with_most_is_shown(shown):
    reader = shown(*FIGURES, figure(date="2026-01-26"))
    asked = {"indicator": ["killed"], "kind": ["hours"], "period": ["2026-01"]}
    drawn = draw(View.read(asked), reader)
    assert drawn.view.period == (DAY, DAY)


@pytest.mark.parametrize("language", languages())
def test_the_alternative_text_tells_how_many_name_an_hour_and_what_they_say(reader, language):
    alt = picture(reader, lang=language).caption.alt
    told = {"en": "3 name an hour: 01:30, Kharkiv: 2", "uk": "3 називають годину: 01:30, Харків: 2"}
    assert told[language] in alt


def test_a_sheet_that_cannot_hold_all_says_how_many_it_shows(shipped):
    drawn = draw(
        View.read({"indicator": ["killed"], "kind": ["hours"], "day": ["2026-01-24"]}), shipped
    )
    assert any(
        line.startswith("The first ") and "39 statements" in line for line in drawn.caption.foot
    )
