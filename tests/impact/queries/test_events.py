"""The worst events and cities: which they are, what they add up to, and the way to the evidence."""

from datetime import date, timedelta

import pytest

from impact import queries
from impact.model.places import PLACES, is_city
from impact.queries import events, marks, summary
from impact.queries.series import MOST_IDS
from impact.rules.headline import DEFAULT_RULE, RULES
from impact.views import View, draw
from tests.made import KHARKIV, KHARKIV_OBLAST, KYIV, on, toll

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
WINTER = (date(2025, 10, 1), date(2026, 3, 31))
BY_RULE = {"people": "all", "rule": DEFAULT_RULE}
INJURED = {"indicator": "injured"}
EVERYWHERE = list(PLACES)


def worst(reader, most: int, places=(KHARKIV, KHARKIV_OBLAST, KYIV)) -> list[tuple]:
    rows = events.deadliest(reader, places, *JANUARY, most, **BY_RULE)
    return [
        (row.place, row.day.day, row.indicator, row.value, row.every) for row in rows.itertuples()
    ]


def test_events_are_chosen_by_killed_then_by_injured(shown):
    reader = shown(
        toll(5.0, **on(20)),
        toll(5.0, place=KYIV, **on(21)),
        toll(2.0, place=KYIV, **on(21), **INJURED),
        toll(90.0, **on(22), **INJURED),
    )
    assert worst(reader, 1) == [(KYIV, 21, "killed", 5, 3), (KYIV, 21, "injured", 2, 3)]
    assert worst(reader, 2)[2:] == [(KHARKIV, 20, "killed", 5, 3)]


def test_events_with_as_many_as_the_last_of_them_are_there_too(shown):
    reader = shown(toll(3.0, **on(20)), toll(3.0, **on(22)), toll(1.0, **on(24)))
    assert [(day, every) for _, day, _, _, every in worst(reader, 1)] == [(22, 3), (20, 3)]


def test_an_oblast_is_an_event_by_its_own_claim_and_the_country_is_none(shown):
    reader = shown(toll(3.0), toll(9.0, place="UA"), toll(4.0, place=KHARKIV_OBLAST, **on(25)))
    found = worst(reader, 5, EVERYWHERE)
    assert [row[:2] for row in found] == [(KHARKIV_OBLAST, 25), (KHARKIV, 24)]


@pytest.mark.parametrize("rule", RULES)
def test_events_are_the_leading_claims_about_a_whole_place_and_day(shipped, rule):
    every = events.deadliest(shipped, EVERYWHERE, *WINTER, 10**6, people="all", rule=rule)
    led = queries.leads(shipped, ("killed", "injured"), *WINTER, rule=rule)
    led = led[(led["part"] == "") & (led["place"] != "UA")]
    assert len(led) > 100 and sorted(every["figure_id"]) == sorted(led["figure_id"])
    assert set(every["every"]) == {len(led[["place", "day"]].drop_duplicates())}


def test_city_sums_are_at_least_when_they_sum(shown):
    reader = shown(toll(5.0, **on(20)), toll(3.0, **on(24)), toll(2.0, place=KYIV, **on(24)))
    sums = events.sums(reader, [KHARKIV, KYIV], *JANUARY, **BY_RULE).set_index("place")
    assert (sums.loc[KHARKIV, "value"], sums.loc[KHARKIV, "bound"]) == (8, "at_least")
    assert (sums.loc[KYIV, "value"], sums.loc[KYIV, "bound"]) == (2, "exact")
    assert sums["claim"].map(bool).to_dict() == {KHARKIV: False, KYIV: True}
    assert set(sums["every"]) == {2}


@pytest.mark.parametrize("rule", RULES)
def test_a_citys_sum_is_the_one_of_its_card(shipped, rule):
    cities = [pcode for pcode in PLACES if is_city(pcode)]
    sums = events.sums(shipped, cities, *WINTER, people="all", rule=rule)
    told = sums.set_index(["place", "indicator"])
    assert len(told) > 50
    about = [(indicator, PLACES[place]) for place, indicator in told.index]
    cards = summary.cards(shipped, about, WINTER, rule=rule)
    assert [card.total["value"] for card in cards] == told["value"].tolist()
    behind = events.behind(cities, *WINTER, people="all", rule=rule).read(shipped)
    assert len(behind) == told["figures"].sum()


def test_a_bar_of_many_days_has_a_key_that_finds_all_that_it_adds_up(shown):
    # Two days apart: the same toll a day later is asked about.
    days = [WINTER[0] + timedelta(days=2 * number) for number in range(MOST_IDS + 2)]
    told = [toll(2.0, date=f"{day}", published=f"{day}") for day in days]
    part = toll(7.0, **on(30, month=3), part="one district")
    reader = shown(*told, part)
    picture = draw(View(indicator="killed", kind="cities", first=WINTER[0], last=WINTER[1]), reader)
    (mark,) = [
        each[1] for trace in picture.chart.data for each in trace.customdata if "|" in each[1]
    ]
    # Of the part's day nobody told the toll of the whole city.
    ids = sorted(each.figure_id for each in (*told, part))
    assert (
        sorted(marks.behind(mark).read(reader)["figure_id"])
        == sorted(picture.shown["figure_id"])
        == ids
    )


def ticks(kind: str, period, reader, language="en") -> list[str]:
    view = View(indicator="killed", kind=kind, first=period[0], last=period[1], language=language)
    chart = draw(view, reader).chart.to_plotly_json()
    return [text.replace("<br>", " ") for text in chart["layout"]["yaxis"]["ticktext"]]


TWO_MYKOLAIVS = ("UA4806015001", "UA4610011001")


@pytest.mark.parametrize("kind", ["cities", "events"])
def test_cities_that_share_a_name_stand_apart_each_with_its_oblast(shown, kind):
    reader = shown(*(toll(3.0, place=pcode, **on(20)) for pcode in (*TWO_MYKOLAIVS, KYIV)))
    names = " ".join(ticks(kind, JANUARY, reader))
    assert "Mykolaiv (Mykolaiv Oblast)" in names and "Mykolaiv (Lviv Oblast)" in names
    assert "Kyiv (" not in names


def test_events_of_two_years_say_their_year_and_those_of_one_do_not(shown):
    reader = shown(toll(3.0, **on(20)), toll(4.0, date="2025-12-30", published="2025-12-30"))
    assert ticks("events", WINTER, reader) == ["Kharkiv 30 Dec 2025", "Kharkiv 20 Jan 2026"]
    assert ticks("events", JANUARY, reader) == ["Kharkiv 20 Jan"]
