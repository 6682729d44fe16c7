"""Places beside each other: the worst day as said, shares, tolls, and what is told elsewhere."""

from datetime import date

import pytest

from impact.model import language
from impact.model.places import PLACES
from impact.queries import comparing
from impact.wording import comparison, markup, shares
from tests.made import BILA_TSERKVA, DNIPRO_OBLAST, KHARKIV, KYIV, KYIV_OBLAST, figure, on, toll

pytestmark = pytest.mark.asks_much

WINTER = (date(2025, 10, 1), date(2026, 3, 31))


def power(value=500, **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(stated | changes))


def baseline(indicator, value, place=KYIV, unit="people"):
    return figure(
        indicator=indicator, value=value, place=place, unit=unit, status="", date="2022",
        published="2022-01-01",
    )  # fmt: skip


@pytest.fixture
def winter(shown):
    return shown(
        power(1_000_000, place=KYIV, bound="at_least", **on(20)),
        power(20_000, place=KYIV, **on(26)),
        power(600_000, place=DNIPRO_OBLAST, unit="people", **on(8)),
        power(10_000, place=BILA_TSERKVA, **on(9)),
        toll(3, place=KYIV, **on(8)),
        toll(1, place=KYIV, **on(24)),
        toll(4, place=KYIV, indicator="injured", **on(24)),
        toll(11, place=KHARKIV, **on(24)),
        baseline("population", 3_000_000),
        baseline("households", 1_250_000, unit="households"),
    )


def test_oblasts_and_the_cities_that_belong_to_none_are_sorted_by_their_worst_day(winter):
    rows = comparing.places(winter, "oblast", WINTER, "power")
    assert [each.place.pcode for each in rows] == [KYIV, DNIPRO_OBLAST, KYIV_OBLAST, "UA63"]
    kyiv = rows[0]
    assert kyiv.worst["power_outage"].total["value"] == 1_000_000
    assert kyiv.worst["power_outage"].share == (0.8, 0.8)
    # Of people, against the population of the gazetteer; Kyiv Oblast has no number of households.
    assert rows[1].worst["power_outage"].share == pytest.approx((0.194, 0.194), abs=0.001)


def test_tolls_are_added_over_days_and_set_against_the_people_of_the_place(winter):
    kyiv = comparing.places(winter, "oblast", WINTER, "killed")[1]
    assert (kyiv.tolls["killed"].value, kyiv.tolls["injured"].value) == (4, 4)
    assert kyiv.rate(*comparing.TOLLS) == pytest.approx((8 / 30, 8 / 30))
    assert kyiv.rate("injured") == pytest.approx((4 / 30, 4 / 30))
    assert kyiv.days == 4


@pytest.mark.parametrize("measure", comparison.MEASURES)
@pytest.mark.parametrize("by", comparison.SORTS)
def test_a_place_without_what_is_sorted_by_stands_last(winter, by, measure):
    rows = comparing.places(winter, "city", WINTER, by, measure=measure)
    orders = [each.order(by, measure) for each in rows]
    assert orders == sorted(orders, reverse=True) and len(rows) == 3


def test_the_list_says_number_day_and_share_and_no_report_for_silence(winter):
    words = language.words("en")
    rows = comparing.places(winter, "oblast", WINTER, "power")
    days = {each.place.pcode: str(sorted(each.course)) for each in rows}
    table = comparison.table(
        rows, words, markup.anchor, lambda each: markup.plain(days[each.place.pcode])
    )
    assert "at least 1 million customers" in table and "80% of households" in table
    assert "no report" in table
    assert 'href="?power_outage|UA80|2026-01-20|customers|without|all||day|strike"' in table


def test_the_course_of_a_place_adds_up_people_and_only_dates_losses(winter):
    kyiv, *_ = comparing.places(winter, "oblast", WINTER, "power")
    first = date(2026, 1, 1) - WINTER[0]
    at = {day: first.days + day - 1 for day in (8, 20, 24, 26)}
    assert kyiv.place.pcode == KYIV
    assert dict(kyiv.course) == {
        comparing.TOGETHER: {at[8]: 3, at[24]: 5},
        "power_outage": {at[20]: 1, at[26]: 1},
    }


@pytest.fixture
def by_share(shown):
    """Two oblasts: the largest number is of the larger, the largest share of the smaller. Kyiv's
    largest share is not of its largest number, and one number does not fit its baseline."""
    return shown(
        power(1_000_000, place=KYIV, **on(20)),
        power(900_000, place=KYIV, unit="people", **on(21)),
        power(150_000, place=DNIPRO_OBLAST, **on(8)),
        power(300_000, place=DNIPRO_OBLAST, **on(9)),
        power(70_000, place=KYIV_OBLAST, **on(9)),
        toll(3, place=KYIV, **on(8)),
        toll(2, place=DNIPRO_OBLAST, **on(8)),
        baseline("population", 3_000_000),
        baseline("households", 2_000_000, unit="households"),
        baseline("population", 500_000, place=DNIPRO_OBLAST),
        baseline("households", 200_000, place=DNIPRO_OBLAST, unit="households"),
    )


def test_by_shares_the_order_is_that_of_shares_and_places_without_one_stand_last(by_share):
    said = comparing.places(by_share, "oblast", WINTER, "power")
    assert [each.place.pcode for each in said] == [KYIV, DNIPRO_OBLAST, KYIV_OBLAST]
    shared = comparing.places(by_share, "oblast", WINTER, "power", measure=comparing.SHARE)
    assert [each.place.pcode for each in shared] == [DNIPRO_OBLAST, KYIV, KYIV_OBLAST]
    tolls = comparing.places(by_share, "oblast", WINTER, "killed", measure=comparing.SHARE)
    assert [each.place.pcode for each in tolls][:2] == [DNIPRO_OBLAST, KYIV]


def test_the_largest_share_is_of_the_day_on_which_it_is_and_fits_its_baseline(by_share):
    dnipro, kyiv, oblast = comparing.places(
        by_share, "oblast", WINTER, "power", measure=comparing.SHARE
    )
    # The 300,000 of 9 January are more than all households: the day before has the share.
    assert dnipro.shared["power_outage"].share == (0.75, 0.75)
    assert dnipro.worst["power_outage"].total["value"] == 300_000
    assert kyiv.shared["power_outage"].share == (0.5, 0.5)
    assert not oblast.shared


def test_by_shares_the_list_says_share_number_and_day_and_keeps_what_has_no_baseline(by_share):
    words = language.words("en")
    rows = comparing.places(by_share, "oblast", WINTER, "power", measure=comparing.SHARE)
    table = comparison.table(
        rows, words, markup.anchor, lambda _: markup.plain(""), comparing.SHARE
    )
    assert "75% of households</a>" in table
    assert "8 Jan; without power; 150,000 customers" in table
    assert "70,000 customers</a>" in table and "9 Jan; without power; no baseline" in table
    assert "0.4</a>" in table and "Killed: 2" in table
    (first,) = [each for each in comparison.most(rows, words, markup.anchor, comparing.SHARE)]
    assert "largest share on one day: Dnipropetrovsk Oblast" in first


@pytest.mark.parametrize("measure", [comparing.SAID, comparing.SHARE])
def test_more_than_the_base_counts_is_no_share_and_names_the_base(shown, measure):
    """1,100,000 customers in an oblast of 1,000,000 households: firms are customers, too."""
    words = language.words("en")
    reader = shown(
        power(1_100_000, place="UA63", **on(20)),
        baseline("households", 1_000_000, place="UA63", unit="households"),
    )
    rows = comparing.places(reader, "oblast", WINTER, "power", measure=measure)
    table = comparison.table(rows, words, markup.anchor, lambda _: markup.plain(""), measure)
    assert "more than the base counts: 1 million households, base of 2022 from " in table
    assert "1.1 million customers</a>" in table
    assert "%" not in table


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "100,000 households, base of 2022 from "),
        ("uk", "100\u00a0000 домогосподарств – база за 2022: "),
    ],
)
def test_a_base_worked_out_from_the_gazetteer_is_whole_and_named_in_each_language(
    shown, lang, told
):
    """150,000 customers in a city whose people only the gazetteer counts: no half household."""
    words = language.words(lang)
    reader = shown(
        power(150_000, place=BILA_TSERKVA, **on(20)),
        baseline("household_size", PLACES[BILA_TSERKVA].population / 100_000.4, place="UA"),
    )
    rows = comparing.places(reader, "city", WINTER, "power")
    table = comparison.table(rows, words, markup.anchor, lambda _: markup.plain(""))
    assert told in table
    assert words._("the gazetteer of places") in table
    assert PLACES[BILA_TSERKVA].population_source not in table


def test_a_share_that_only_its_smaller_base_exceeds_says_at_least_how_large_it_is():
    words = language.words("en")
    assert shares.told((0.95, 1.05), "customers", None, words) == "95% or more of households"
    assert shares.told((0.22, 0.27), "people", None, words) == "22%–27% of people"
