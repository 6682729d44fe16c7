"""Who was cut off by day: of each the largest number, and what is larger in another unit."""

from datetime import date

import pytest

from impact.model.language import words as words_of
from impact.model.rows import records
from impact.queries import cut_off, marks
from impact.rules.headline import DEFAULT_RULE
from impact.views import View, draw
from tests.made import BILA_TSERKVA, DNIPRO_OBLAST, KHARKIV_OBLAST, KYIV, figure, on

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def power(value, **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(stated | changes))


def of(reader, area="UA", indicator="power_outage"):
    return records(cut_off.by_day(reader, [indicator], area, *JANUARY, DEFAULT_RULE))


@pytest.fixture
def worst(shown):
    """The worst night in two places, two of its units elsewhere, and a day of another unit."""
    return shown(
        power(1_100_000, place=KHARKIV_OBLAST, **on(20)),
        power(1_000_000, bound="at_least", **on(20)),
        power(86_000, place=DNIPRO_OBLAST, unit="households", **on(20)),
        power(800_000, status="lost", **on(24)),
        power(1_200_000, unit="households", place=KHARKIV_OBLAST, **on(24)),
        power(500_000, place=KHARKIV_OBLAST, unit="people", **on(26)),
        power(40_000, status="restored", **on(27)),
        power(0, **on(28)),
    )


def test_a_day_has_its_largest_number_in_a_unit_of_the_axis_as_it_was_said(worst):
    told = [
        (row["day"].day, row["value"], row["unit"], row["status"], row["bound"])
        for row in of(worst)
        if row["scaled"]
    ]
    assert told == [
        (20, 2_100_000, "customers", "without", "at_least"),
        (24, 1_200_000, "households", "without", "at_least"),
    ]


def test_its_places_come_the_largest_first_and_each_leads_to_its_figures(worst):
    row = of(worst)[0]
    assert list(row["pcodes"]) == [KHARKIV_OBLAST, KYIV] and row["places"] == 2
    assert row["claim"] == "" and row["figures"] == 2
    behind = marks.behind(row["figure_id"]).read(worst)
    assert sorted(behind["value"]) == [1_000_000, 1_100_000]


def test_a_day_that_only_another_unit_tells_of_stands_off_the_axis(worst):
    (row,) = (each for each in of(worst) if not each["scaled"])
    assert (row["day"].day, row["value"], row["unit"]) == (26, 500_000, "people")


def test_a_larger_number_in_another_unit_stands_beside_and_a_smaller_one_does_not(shown):
    reader = shown(
        figure(value=2_500, **on(8)),
        figure(value=1_000_000, unit="customers", place=DNIPRO_OBLAST, status="without", **on(8)),
        figure(value=6_000, **on(9)),
        figure(value=9_500, unit="customers", place=DNIPRO_OBLAST, **on(9)),
        figure(value=3_300, status="without", **on(10)),
    )
    told = [
        (row["day"].day, row["scaled"], row["value"]) for row in of(reader, "UA", "heating_loss")
    ]
    assert told == [(8, True, 2_500), (8, False, 1_000_000), (9, True, 6_000), (10, True, 3_300)]


def test_up_to_so_many_gives_way_to_at_least_so_many(shown):
    reader = shown(
        power(900_000, bound="at_most", **on(20)),
        power(300_000, status="lost", **on(20)),
    )
    (row,) = of(reader, KYIV)
    assert (row["value"], row["status"]) == (300_000, "lost")


def test_of_a_city_only_its_own_numbers_count(worst, shown):
    assert {row["value"] for row in of(worst, KYIV)} == {1_000_000, 800_000}
    assert of(worst, BILA_TSERKVA) == []


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_winter_draws_the_numbers_and_its_alt_text_says_the_worst_of_them(worst, language):
    view = View(
        indicator="killed", kind="winter", first=JANUARY[0], last=JANUARY[1], language=language
    )
    picture = draw(view, worst)
    bars = [value for trace in picture.chart.data if trace.type == "bar" for value in trace.y]
    assert max(bars) == 2_100_000
    words = words_of(language)
    worst_said = words._("at least {amount}", amount=words.number(2_100_000))
    assert words.number(2_100_000) in picture.caption.alt or worst_said in picture.caption.alt
    assert {"F-"} == {each[:2] for each in picture.drawn["figure_id"]}


def test_the_country_of_a_supply_is_drawn_by_its_largest_numbers(worst):
    assert View(indicator="power_outage", places=("UA",)).kind == "largest"
    assert View(indicator="power_outage", places=(KYIV,)).kind == "bars"
    assert View(indicator="killed", places=("UA",)).kind == "bars"
