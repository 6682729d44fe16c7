"""The maps of a whole period: each place's worst day, its tolls added up, and the ways back."""

from datetime import date

import pytest

from impact.model.places import UKRAINE, parts
from impact.queries import mapped, marks
from impact.views import View, draw
from tests.made import BILA_TSERKVA, DNIPRO_OBLAST, KHARKIV, KYIV, KYIV_OBLAST, figure, on, toll

WINTER = (date(2025, 10, 1), date(2026, 3, 31))
AREAS = [each.pcode for each in parts(UKRAINE)]


def power(value=500, **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(stated | changes))


def worst(reader, **changes):
    asked = {"unit": "customers"} | changes
    rows = mapped.worst_days(reader, "power_outage", AREAS, *WINTER, **asked)
    return {
        row.place: (row.value, row.bound, row.day.date().isoformat()) for row in rows.itertuples()
    }


def test_each_place_stands_with_its_own_worst_day(shown):
    reader = shown(
        power(900, place=KYIV, **on(8)),
        power(700, place=KYIV, **on(20)),
        power(60, place=DNIPRO_OBLAST, **on(24)),
    )
    assert worst(reader) == {
        KYIV: (900, "exact", "2026-01-08"),
        DNIPRO_OBLAST: (60, "exact", "2026-01-24"),
    }


def test_of_equal_days_the_latest_is_the_worst(shown):
    reader = shown(power(900, **on(8)), power(900, **on(20)))
    assert worst(reader) == {KYIV: (900, "exact", "2026-01-20")}


def test_up_to_so_many_never_stands_before_a_number_that_was_counted(shown):
    reader = shown(power(900, bound="at_most", **on(8)), power(50, **on(20)))
    assert worst(reader) == {KYIV: (50, "exact", "2026-01-20")}


def test_who_has_supply_again_is_never_the_worst(shown):
    reader = shown(power(900, status="restored", **on(8)), power(50, status="lost", **on(20)))
    assert worst(reader) == {KYIV: (50, "exact", "2026-01-20")}
    assert worst(reader, status="restored") == {KYIV: (900, "exact", "2026-01-08")}


def test_an_oblast_of_which_only_cities_are_told_has_their_sum_at_least(shown):
    reader = shown(power(50, place=BILA_TSERKVA, **on(20)))
    assert worst(reader) == {KYIV_OBLAST: (50, "at_least", "2026-01-20")}


def test_what_another_unit_says_more_of_is_told_beside_the_map(shown):
    reader = shown(
        power(900, place=KYIV, **on(8)),
        power(800, place=KYIV, unit="households", **on(9)),
        power(700, place=DNIPRO_OBLAST, unit="households", **on(9)),
    )
    rows = mapped.larger_elsewhere(reader, "power_outage", AREAS, *WINTER, unit="customers")
    assert rows[["place", "value", "unit"]].values.tolist() == [[DNIPRO_OBLAST, 700, "households"]]


def test_tolls_of_an_oblast_are_its_days_added_up_at_least_and_a_single_one_is_as_said(shown):
    reader = shown(
        toll(3, place=KHARKIV, **on(8)),
        toll(4, place=KHARKIV, **on(24)),
        toll(5, place=KYIV, indicator="injured", **on(24)),
    )
    rows = mapped.tolls_by_area(reader, AREAS, *WINTER)
    told = {
        (row.place, row.indicator): (row.value, row.bound, row.days) for row in rows.itertuples()
    }
    assert told == {
        ("UA63", "killed"): (7, "at_least", 2),
        (KYIV, "injured"): (5, "exact", 1),
    }


def test_a_toll_of_up_to_so_many_is_in_no_sum(shown):
    reader = shown(toll(3, **on(8)), toll(40, bound="at_most", **on(24)))
    rows = mapped.tolls_by_area(reader, AREAS, *WINTER)
    assert rows["value"].tolist() == [3]


def test_a_map_of_a_day_opens_on_the_worst_day_for_its_page_and_for_a_link_alike(shown):
    reader = shown(
        power(900, place=KYIV, **on(8)),
        *(power(5, place=place, **on(20)) for place in (KYIV, DNIPRO_OBLAST, KYIV_OBLAST)),
    )
    days, opening = mapped.opening_day(reader, "power_outage", WINTER)
    assert (days, opening) == ([date(2026, 1, 8), date(2026, 1, 20)], date(2026, 1, 8))
    view = View(indicator="power_outage", kind="map", first=WINTER[0], last=WINTER[1])
    assert draw(view, reader).view.period == (opening, opening)


def test_where_only_restorations_are_told_a_map_opens_on_the_fullest_day(shown):
    reader = shown(power(900, status="restored", **on(8)), power(50, status="restored", **on(20)))
    assert mapped.opening_day(reader, "power_outage", WINTER)[1] == date(2026, 1, 20)


def test_without_a_figure_a_map_opens_on_no_day(shown):
    reader = shown(toll(3, **on(8)))
    assert mapped.opening_day(reader, "power_outage", WINTER) == ([], None)


def test_a_hatched_oblast_of_which_something_else_was_said_is_told_in_the_foot(shown):
    reader = shown(
        power(900, place=KYIV, **on(20)),
        power(86, place=KYIV_OBLAST, unit="households", **on(20)),
        power(7, place=KYIV, unit="households", **on(20)),
        power(5, place=DNIPRO_OBLAST, status="restored", **on(20)),
        power(40, place=DNIPRO_OBLAST, **on(8)),
    )
    view = View(
        indicator="power_outage",
        kind="map",
        first=date(2026, 1, 20),
        last=date(2026, 1, 20),
        unit="customers",
        status="without",
    )
    picture = draw(view, reader)
    (note,) = [line for line in picture.caption.foot if "another unit" in line]
    assert note == (
        "Hatched, but reported in another unit or status: Kyiv Oblast, 86 households without power."
    )
    assert 86 in picture.found["value"].tolist()


@pytest.mark.parametrize("indicator", ["killed", "injured"])
def test_every_circle_of_a_winter_leads_to_its_figures(shipped, indicator):
    rows = mapped.tolls_by_area(shipped, AREAS, *WINTER)
    rows = rows[rows["indicator"] == indicator]
    # Some stand for more figures than a mark can name.
    assert any("|" in mark for mark in rows["figure_id"]) == (rows["figures"].max() > 80)
    for row in rows.itertuples():
        assert len(marks.behind(row.figure_id).read(shipped)) >= row.figures > 0
