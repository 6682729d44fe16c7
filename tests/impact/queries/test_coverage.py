"""Coverage as pages ask for it: every oblast and week, where people were hit, and silences."""

from datetime import date

from impact.queries import coverage
from impact.views import View, draw
from tests.made import DNIPRO, DNIPRO_OBLAST, KHARKIV, KHARKIV_OBLAST, figure, on, toll

JANUARY = (date(2026, 1, 5), date(2026, 1, 31))


def power(value=500, **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(stated | changes))


def told():
    """Harm in two oblasts in the week of 12 January; of one of them nobody speaks of power."""
    return [
        power(place=DNIPRO_OBLAST, **on(13)),
        toll(place=DNIPRO, **on(14)),
        toll(place=KHARKIV, **on(15)),
        toll(place=KHARKIV, indicator="injured", **on(20)),
        power(None, place=KHARKIV_OBLAST, unit="", bound="unstated", **on(27)),
    ]


def test_every_oblast_and_week_of_a_period_has_a_row_with_its_figures(shown):
    reader = shown(*told())
    rows = coverage.weeks(reader, ["power_outage"], *JANUARY)["power_outage"]
    assert len(rows) == 27 * 4 and rows["week"].dt.day_of_week.eq(0).all()
    said = rows[rows["state"] != "silence"].set_index("area")
    assert said["state"].to_dict() == {DNIPRO_OBLAST: "numbers", KHARKIV_OBLAST: "words"}
    assert said["figures"].tolist() == [1, 1] and all(said["figure_id"])


def test_a_silence_is_a_week_with_people_hit_and_nothing_said(shown):
    rows = coverage.silences(shown(*told()), "power_outage", *JANUARY)
    assert rows[["area", "count"]].values.tolist() == [[KHARKIV_OBLAST, 2]]
    assert [week.day for week in rows["weeks"][0]] == [12, 19]


def test_where_nobody_was_hit_there_is_no_silence_to_act_on(shown):
    assert coverage.silences(shown(power(**on(13))), "power_outage", *JANUARY).empty


def test_the_picture_counts_its_squares_and_leads_to_the_figures(shown):
    reader = shown(*told())
    first, last = JANUARY
    view = View(indicator="power_outage", kind="coverage", first=first, last=last)
    picture = draw(view, reader)
    assert "of 108 weeks in 27 oblasts, 1 have a number, 1 words only" in picture.caption.title
    assert "Dnipropetrovsk Oblast · 1" in picture.caption.alt
    assert len(picture.shown) == 2
    *squares, dots = picture.chart.data
    marks = [point for trace in squares for point in trace.customdata or ()]
    assert sum(bool(ids) for _, ids, _ in marks) == 2
    assert len(dots.x) == 2 and all(ids for _, ids, _ in dots.customdata)
