"""Totals by day: an area's own claim or the sum of its parts, worked out in SQL as by hand."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact import queries
from impact.model.places import PLACES
from impact.rules import headline
from tests.combining import examples
from tests.made import (
    BILA_TSERKVA,
    DNIPRO,
    DNIPRO_OBLAST,
    KHARKIV,
    KYIV,
    KYIV_OBLAST,
    figure,
    on,
    toll,
)
from tests.made import shown as make_shown

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def power(value, place, status="without", **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": status, "place": place}
    return figure(value=value, **(stated | changes))


def total(reader, area, **wanted):
    """Value, bound, what it is made of, and how many figures, of an area's total."""
    rows = reader.query(
        """FROM daily WHERE area = $1 AND rule = 'responsible' AND people = 'all'
             AND ($2 = '' OR status = $2) AND ($3 = '' OR unit = $3)""",
        [area, wanted.get("status", ""), wanted.get("unit", "")],
    )
    return [
        (row.value, row.bound, row.made_of, len(row.figure_ids))
        for row in rows.itertuples(index=False)
    ]


def test_an_own_claim_is_the_total_and_the_larger_sum_of_places_stands_beside_it(shown):
    reader = shown(power(1_000_000, "UA"), power(700_000, KYIV), power(500_000, DNIPRO))
    assert total(reader, "UA") == [(1_000_000, "exact", "claim", 1)]
    beside = reader.query("FROM daily WHERE area = 'UA' AND rule = 'responsible'")
    assert beside["places_value"].tolist() == [1_200_000]
    assert len(beside["places_ids"][0]) == 2


def test_without_an_own_claim_it_is_at_least_the_sum_of_the_places(shown):
    reader = shown(power(300, DNIPRO), power(700, KYIV), power(50, BILA_TSERKVA))
    assert total(reader, "UA") == [(1050, "at_least", "places", 3)]
    assert total(reader, KYIV_OBLAST) == [(50, "at_least", "places", 1)]
    assert total(reader, KYIV) == [(700, "exact", "claim", 1)]


def test_an_oblast_and_its_city_are_never_added(shown):
    reader = shown(power(300, DNIPRO), power(900, DNIPRO_OBLAST))
    assert total(reader, "UA") == [(900, "at_least", "places", 1)]


def test_a_claim_about_kyiv_oblast_with_kyiv_is_not_added_to_kyivs_own(shown):
    """On 9 January 2026, 500,000 in Kyiv and its oblast beside 417,000 in Kyiv made 917,000."""
    reader = shown(
        power(500_000, KYIV_OBLAST, part="with Kyiv city", bound="at_least"),
        power(417_000, KYIV),
        power(20_000, DNIPRO),
    )
    assert total(reader, "UA") == [(520_000, "at_least", "places", 2)]
    assert total(reader, KYIV_OBLAST) == []


def test_where_kyiv_says_more_the_wider_claim_is_left_out(shown):
    reader = shown(power(300, KYIV_OBLAST, part="with Kyiv city"), power(417, KYIV))
    assert total(reader, "UA") == [(417, "at_least", "places", 1)]


def test_parts_make_at_least_their_sum_and_up_to_is_not_added(shown):
    reader = shown(
        power(300, KYIV, part="Troieshchyna"),
        power(200, KYIV, part="Desnianskyi district"),
        power(900, DNIPRO, bound="at_most"),
    )
    assert total(reader, KYIV) == [(500, "at_least", "parts", 2)]
    assert total(reader, DNIPRO) == [(900, "at_most", "claim", 1)]
    assert total(reader, "UA") == [(500, "at_least", "places", 2)]


def test_what_differs_in_unit_or_status_is_another_total(shown):
    reader = shown(
        power(300, KYIV), power(200, KYIV, unit="households"), power(100, KYIV, status="lost")
    )
    assert sorted(total(reader, KYIV)) == [
        (100, "exact", "claim", 1),
        (200, "exact", "claim", 1),
        (300, "exact", "claim", 1),
    ]


def test_degrees_are_not_added_the_coldest_place_stands_for_the_area(shown):
    cold = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    reader = shown(figure(value=-20, place=KHARKIV, **cold), figure(value=-12, place=KYIV, **cold))
    assert total(reader, "UA") == [(-20, "exact", "places", 1)]


@pytest.mark.parametrize(
    "left_out",
    [
        power(500, KYIV, cause="weather"),
        power(500, KYIV, period="cumulative"),
        power(500, KYIV, date="2026-01"),
        power(500, KYIV, dubious=True),
    ],
    ids=["weather", "total since a start", "a month", "in doubt"],
)
def test_only_undoubted_strike_losses_of_single_days_are_counted(shown, left_out):
    assert total(shown(left_out), "UA") == []


PLACED = st.sampled_from(["UA", KYIV, KYIV_OBLAST, BILA_TSERKVA, DNIPRO, DNIPRO_OBLAST, KHARKIV])
CLAIMS = st.lists(
    st.tuples(
        PLACED,
        st.integers(1, 9),
        st.sampled_from(["exact", "at_least", "at_most", "about"]),
        st.sampled_from(["", "", "", "Troieshchyna", "several oblasts"]),
        st.sampled_from([None, None, 12]),
        st.integers(20, 21),
    ),
    max_size=12,
)


@settings(examples(5, 12), suppress_health_check=[HealthCheck.too_slow])
@given(CLAIMS)
def test_sql_and_python_add_up_alike(claims):
    figures = [
        toll(value, place=place, bound=bound, part=part, value_high=high, **on(day))
        for place, value, bound, part, high, day in claims
    ]
    with make_shown(*figures) as reader:
        leads = queries.leads(reader, ["killed"], *JANUARY)
        for pcode in ("UA", KYIV, KYIV_OBLAST, DNIPRO_OBLAST, DNIPRO):
            by_hand = headline.add_up(leads, PLACES[pcode])
            rows = reader.query(
                "FROM daily WHERE area = $1 AND rule = 'responsible' ORDER BY day", [pcode]
            )
            assert rows["value"].tolist() == by_hand["value"].tolist()
            assert rows["bound"].tolist() == by_hand["bound"].tolist()
            assert (
                rows["value_high"].fillna(-1).tolist() == by_hand["value_high"].fillna(-1).tolist()
            )
            assert [tuple(ids) for ids in rows["figure_ids"]] == by_hand["figure_ids"].tolist()
