"""What a card says: flows summed and marked so, of stocks the worst day with the last beside it,
and when the last report was where a period has none."""

from datetime import date

import pytest

from impact.model.places import PLACES, find
from impact.queries.summary import CARDS, card
from impact.queries.summary import cards as cards_of
from tests.made import (
    BILA_TSERKVA,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    KYIV_OBLAST,
    MAYOR,
    MINISTER,
    figure,
    on,
    toll,
)

pytestmark = pytest.mark.asks_much

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
UKRAINE = "UA"
BROVARY = find("Brovary").pcode


@pytest.fixture
def cards(shown):
    """A card over some figures."""

    def draw(*figures, indicator="killed", area=UKRAINE, period=JANUARY):
        return card(shown(*figures), indicator, PLACES[area], period)

    return draw


def said(drawn) -> tuple:
    return drawn.total["value"], drawn.total["bound"]


# Flows


def test_a_toll_is_summed_over_the_period_and_marked_at_least(cards):
    drawn = cards(toll(5.0, **on(20)), toll(3.0, **on(24)), toll(9.0, **on(2, month=2)))
    assert said(drawn) == (8, "at_least")
    assert len(drawn.behind) == 2 and drawn.day is None
    assert drawn.series["value"].tolist() == [5, 3]


@pytest.mark.parametrize("bound", ["exact", "about", "at_most"])
def test_a_single_claim_keeps_its_own_bound(cards, bound):
    assert said(cards(toll(5.0, bound=bound, **on(20)), area=KHARKIV)) == (5, bound)


def test_one_part_of_an_area_that_does_not_speak_for_itself_is_at_least(cards):
    assert said(cards(toll(5.0, **on(20)), area=KHARKIV_OBLAST)) == (5, "at_least")


def test_up_to_so_many_is_added_to_nothing_and_stands_alone_where_nothing_else_is_said(cards):
    high, low = toll(9.0, bound="at_most", **on(20)), toll(4.0, bound="at_most", **on(24))
    assert said(cards(high, low, area=KHARKIV)) == (9, "at_most")
    both = cards(high, toll(5.0, **on(24)), area=KHARKIV)
    assert said(both) == (5, "exact") and len(both.behind) == 1
    assert [each.total["value"] for each in both.also] == [9]


def test_a_range_in_a_sum_makes_the_sum_a_range(cards):
    drawn = cards(toll(8.0, value_high=10.0, **on(20)), toll(3.0, **on(24)))
    assert (drawn.total["value"], drawn.total["value_high"]) == (11, 13)


def test_rivals_are_not_added(cards):
    drawn = cards(
        toll(5.0, attributed_to="Syniehubov (governor)", **on(20)),
        toll(7.0, attributed_to="Kharkiv residents", **on(20)),
        toll(6.0, **on(20)),
        area=KHARKIV,
    )
    assert said(drawn) == (5, "exact")


def test_a_later_higher_toll_of_the_same_event_replaces_the_earlier(cards):
    governor = {"attributed_to": "Syniehubov (governor)"}
    later = governor | {"published": "2026-01-26"}
    drawn = cards(toll(5.0, **governor), toll(11.0, **later), area=KHARKIV)
    assert said(drawn) == (11, "exact")


def test_a_toll_can_fall(cards):
    governor = {"attributed_to": "Syniehubov (governor)"}
    later = governor | {"published": "2026-01-26"}
    drawn = cards(toll(11.0, **governor), toll(10.0, **later), area=KHARKIV)
    assert said(drawn) == (10, "exact")


def test_an_oblasts_own_claim_is_not_added_to_its_cities(cards):
    drawn = cards(
        toll(5.0, **on(20)), toll(8.0, place=KHARKIV_OBLAST, **on(20)), area=KHARKIV_OBLAST
    )
    assert said(drawn) == (8, "exact")


def test_children_and_parts_are_not_added_to_the_whole(cards):
    drawn = cards(
        toll(5.0, **on(20)),
        toll(2.0, people="children", **on(20)),
        toll(1.0, part="drones", **on(20)),
        area=KHARKIV,
    )
    assert said(drawn) == (5, "exact")


def test_a_figure_in_doubt_counts_for_nothing(cards):
    drawn = cards(toll(5.0, dubious=True, **on(20)), toll(3.0, **on(24)), area=KHARKIV)
    assert said(drawn) == (3, "exact")


def test_the_country_is_the_sum_of_its_parts_unless_it_speaks_for_itself(cards):
    parts = [toll(5.0, **on(20)), toll(4.0, place=KYIV, **on(20))]
    assert said(cards(*parts)) == (9, "at_least")


def test_the_countrys_own_claim_stands_instead_of_the_sum(cards):
    drawn = cards(
        toll(5.0, **on(20)), toll(4.0, place=KYIV, **on(20)), toll(12.0, place="UA", **on(20))
    )
    assert said(drawn) == (12, "exact")


def test_kyiv_is_no_part_of_its_oblast(cards):
    drawn = cards(
        toll(5.0, place=KYIV, **on(20)), toll(2.0, place=BILA_TSERKVA, **on(20)), area=KYIV_OBLAST
    )
    assert said(drawn) == (2, "at_least")


@pytest.mark.parametrize("area", [UKRAINE, KYIV, KHARKIV_OBLAST])
def test_launches_are_the_countrys_whatever_place_is_asked_for(cards, area):
    launched = {"indicator": "drones_launched", "unit": "drones", "status": "", "place": "UA"}
    drawn = cards(
        figure(value=375.0, **launched, **on(20)),
        figure(value=102.0, **launched, **on(21)),
        indicator="drones_launched",
        area=area,
    )
    assert said(drawn) == (477, "at_least") and drawn.place.pcode == "UA"


# Stocks


HEATING = {"indicator": "heating_loss", "area": KYIV}


def test_a_stock_is_as_on_its_worst_day_with_the_last_beside_it_and_never_summed(cards):
    drawn = cards(
        figure(value=6000.0, status="without", **on(24)),
        figure(value=1200.0, status="without", bound="about", **on(28)),
        figure(value=3300.0, status="without", **on(26)),
        **HEATING,
    )
    assert said(drawn) == (6000, "exact")
    assert drawn.day == date(2026, 1, 24) and len(drawn.behind) == 1
    assert (drawn.latest.total["value"], drawn.latest.day) == (1200, date(2026, 1, 28))
    assert drawn.series["value"].tolist() == [6000, 3300, 1200]


def test_newly_lost_and_still_without_stand_beside_each_other_the_larger_first(cards):
    drawn = cards(
        figure(value=6000.0, attributed_to=MAYOR, **on(24)),
        figure(value=3300.0, status="without", attributed_to=MAYOR, **on(24)),
        **HEATING,
    )
    assert said(drawn) == (6000, "exact")
    assert (drawn.latest.total["value"], drawn.latest.total["status"]) == (3300, "without")
    assert drawn.also == ()


def test_what_is_told_twice_stands_once(cards):
    drawn = cards(
        figure(value=6000.0, attributed_to=MAYOR, **on(24)),
        figure(value=6000.0, status="without", attributed_to=MAYOR, **on(24)),
        **HEATING,
    )
    assert said(drawn) == (6000, "exact") and drawn.also == ()


def test_a_larger_number_in_another_unit_is_not_hidden(cards):
    """On 9 January 2026 the card said 37,000 customers, and 417,000 households were without."""
    power = {"indicator": "power_outage", "status": "without", **on(9)}
    drawn = cards(
        figure(value=500_000.0, unit="customers", bound="at_least", **power),
        figure(value=417_000.0, unit="households", **power),
        indicator="power_outage",
    )
    assert said(drawn) == (500_000, "at_least")
    assert [(each.total["value"], each.total["unit"]) for each in drawn.also] == [
        (417_000, "households")
    ]


def test_what_was_restored_is_nobodys_loss(cards):
    drawn = cards(
        figure(value=500.0, **on(20)), figure(value=400.0, status="restored", **on(24)), **HEATING
    )
    assert said(drawn) == (500, "exact")


def test_units_are_never_mixed(cards):
    drawn = cards(
        figure(value=500.0, **on(20)),
        figure(value=300.0, **on(21)),
        figure(value=9000.0, unit="households", **on(21)),
        **HEATING,
    )
    assert drawn.total["unit"] == "buildings" and said(drawn) == (500, "exact")
    assert [(each.total["value"], each.total["unit"]) for each in drawn.also] == [
        (9000, "households")
    ]


def test_a_count_in_one_unit_is_not_added_to_that_in_another(cards):
    damaged = {"indicator": "buildings_damaged", "status": ""}
    card = cards(
        figure(value=40.0, **damaged, **on(20)),
        figure(value=30.0, **damaged, **on(21)),
        figure(value=7.0, unit="facilities", **damaged, **on(21)),
        indicator="buildings_damaged",
    )
    assert (card.total["value"], card.total["unit"], len(card.behind)) == (70, "buildings", 2)


def test_the_cities_of_one_day_are_summed_for_their_oblast_at_least(cards):
    drawn = cards(
        figure(value=50.0, place=BILA_TSERKVA, **on(24)),
        figure(value=70.0, place=BROVARY, **on(24)),
        figure(value=99.0, place=BROVARY, **on(20)),
        indicator="heating_loss",
        area=KYIV_OBLAST,
    )
    assert said(drawn) == (120, "at_least") and drawn.day == date(2026, 1, 24)


@pytest.mark.parametrize("cause", ["weather", "planned", "other"])
def test_losses_without_a_strike_are_kept_apart(cards, cause):
    drawn = cards(figure(value=500.0, cause=cause, **on(24)), **HEATING)
    assert drawn.total is None and drawn.before is None


def test_rival_counts_leave_the_leading_one(cards):
    drawn = cards(
        figure(value=3300.0, status="without", attributed_to=MAYOR, **on(24)),
        figure(value=3200.0, status="without", attributed_to=MINISTER, **on(24)),
        **HEATING,
    )
    assert said(drawn) == (3300, "exact")
    assert [row["rivals"] for row in drawn.worst.rows] == [1]


def test_degrees_are_the_lowest_of_the_period_and_the_last_beside_them(cards):
    cold = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    drawn = cards(
        figure(value=-19.0, **cold, **on(20)),
        figure(value=-5.0, **cold, **on(24)),
        figure(value=-7.0, place=KHARKIV, **cold, **on(24)),
        indicator="temperature",
    )
    assert said(drawn) == (-19, "exact") and drawn.place.pcode == KYIV
    assert drawn.latest.total["value"] == -7


# Nobody reported


@pytest.mark.parametrize("indicator", CARDS)
def test_nothing_at_all_is_nothing_and_not_zero(cards, indicator):
    drawn = cards(figure(indicator="gas_outage", unit="customers"), indicator=indicator)
    assert drawn.total is None and drawn.before is None and drawn.series.empty


def test_no_report_names_the_last_before_the_periods_end(cards):
    drawn = cards(
        figure(value=500.0, **on(20)),
        figure(value=300.0, bound="about", **on(28)),
        figure(value=100.0, **on(5, month=3)),
        **HEATING,
        period=FEBRUARY,
    )
    assert drawn.total is None
    assert (drawn.before.total["value"], drawn.before.total["bound"]) == (300, "about")
    assert drawn.before.day == date(2026, 1, 28)
    assert [row["value"] for row in drawn.before.rows] == [300]


def test_a_later_report_is_not_the_last(cards):
    drawn = cards(figure(value=100.0, **on(5, month=3)), **HEATING, period=FEBRUARY)
    assert drawn.total is None and drawn.before is None


def test_the_last_report_of_a_loss_is_no_restoration(cards):
    drawn = cards(
        figure(value=500.0, **on(20)),
        figure(value=400.0, status="restored", **on(24)),
        **HEATING,
        period=FEBRUARY,
    )
    assert drawn.before.total["status"] != "restored" and drawn.before.total["value"] == 500


def test_the_last_report_of_an_area_is_the_areas_and_not_one_citys(cards):
    drawn = cards(toll(5.0, **on(20)), toll(4.0, place=KYIV, **on(20)), period=FEBRUARY)
    assert (drawn.before.total["value"], drawn.before.total["bound"]) == (9, "at_least")


def test_the_last_report_is_of_the_whole_and_not_of_a_part(cards):
    drawn = cards(toll(5.0, **on(20)), toll(1.0, part="one district", **on(20)), period=FEBRUARY)
    assert drawn.before.total["value"] == 5


def test_a_district_alone_says_at_least_so_many_for_its_city(cards):
    part = figure(value=4_474.0, part="left bank", **on(10))
    now = cards(part, indicator="heating_loss", area=KYIV)
    assert said(now) == (4_474, "at_least")
    later = cards(part, indicator="heating_loss", area=KYIV, period=FEBRUARY)
    assert (later.before.total["value"], later.before.total["bound"]) == (4_474, "at_least")


# Several at once


def test_cards_asked_for_together_are_those_asked_for_one_by_one(shown):
    reader = shown(
        *(toll(5.0, **on(20)), toll(3.0, **on(24)), toll(2.0, indicator="injured", **on(24))),
        *(figure(place=KYIV, **on(21)), figure(place=KHARKIV, **on(3, month=2))),
    )
    about = [
        (indicator, PLACES[area])
        for indicator in CARDS
        for area in (UKRAINE, KYIV, KHARKIV, KHARKIV_OBLAST)
    ]
    together = cards_of(reader, about, JANUARY)
    alone = [card(reader, indicator, area, JANUARY) for indicator, area in about]
    assert [repr(each) for each in together] == [repr(each) for each in alone]
    assert len([each for each in together if each.total]) > 5
