"""Named decisions about denominators."""

import csv

import pytest

from etl.sources import baselines
from impact.model.indicators import INDICATORS


@pytest.fixture(scope="module")
def parsed():
    return baselines.parse(*(path.read_bytes() for path in baselines.SOURCE.files))


@pytest.fixture(scope="module")
def figures(parsed):
    return {figure.source_key: figure for figure in parsed.figures}


@pytest.fixture(scope="module")
def refused(parsed):
    return {refusal.position: refusal.reason for refusal in parsed.refused}


def test_61_rows_give_51_figures_and_10_refusals(parsed):
    assert (parsed.rows, len(parsed.figures), len(parsed.refused)) == (61, 51, 10)


def test_every_figure_is_a_baseline_without_a_cause(figures):
    assert {INDICATORS[each.indicator].kind for each in figures.values()} == {"baseline"}
    assert {each.cause for each in figures.values()} == {""}


def test_every_wording_of_the_table_has_been_judged():
    with baselines.SOURCE.files[0].open(encoding="utf-8", newline="") as file:
        wordings = {row["quantity"] for row in csv.DictReader(file)}
    assert wordings == baselines.QUANTITIES.keys() | baselines.UNFIT.keys()


def test_rival_populations_of_kyiv_stand_side_by_side(figures):
    values = {
        each.value
        for each in figures.values()
        if (each.indicator, each.place) == ("population", "UA80")
    }
    assert values == {2_920_900, 2_950_000, 3_000_000, 3_500_000, 3_600_000, 4_000_000}


def test_a_count_worked_out_from_a_share_is_an_estimate(figures):
    stock = figures["b3"]
    assert (stock.indicator, stock.value, stock.bound) == ("apartment_blocks", 12_250, "about")
    assert stock.verification == "estimated"
    assert "derived" in stock.note


def test_older_housing_counts_are_kept_with_the_day_they_held(figures):
    assert [figures[key].as_of for key in ("b7", "b8", "b9")] == [
        "2014-10-26",
        "2015-10-12",
        "2014-10-23",
    ]


def test_a_year_dates_a_figure_but_is_no_moment(figures):
    assert (figures["b14"].date, figures["b14"].as_of) == ("2022", "")


def test_electricity_consumers_are_customers_of_the_oblast(figures):
    assert (figures["b56"].indicator, figures["b56"].unit, figures["b56"].place) == (
        "customers",
        "customers",
        "UA32",
    )


def test_nothing_finer_than_a_city_is_kept(refused):
    assert refused["b10"].startswith("finer than a city")


def test_before_the_war_is_no_date(refused):
    assert refused["b25"] == refused["b27"] == baselines.NO_DATE


def test_a_suppliers_area_is_no_place(refused):
    assert refused["b53"] == refused["b54"] == refused["b55"] == baselines.NO_PLACE


def test_shares_ratios_and_capacity_are_no_denominators(refused):
    assert {"b4", "b5", "b6", "b57"} < refused.keys()


def test_a_wording_nobody_has_judged_and_a_bad_number_are_refused():
    header = (
        "id,place,quantity,value,value_high,bound,unit,as_of,attributed_to,publisher,url,note\n"
    )
    table = (
        f"{header}n1,Kyiv,lamp posts,5,,exact,buildings,2026-01-01,,,,\n"
        "n2,Kyiv,population,several,,exact,people,2026-01-01,,,,\n"
        "n3,Kyiv,population,5,,exact,buildings,2026-01-01,,,,\n"
    )
    assert [refusal.reason for refusal in baselines.parse(table.encode()).refused] == [
        baselines.UNJUDGED,
        baselines.UNREADABLE,
        baselines.UNREADABLE,
    ]
