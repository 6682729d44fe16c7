"""Shares of households, people and apartment blocks, by named baselines, always as a range."""

import pytest

from tests.made import KHARKIV, KYIV, figure


def baseline(indicator, value, unit, **changes):
    stated = {"indicator": indicator, "unit": unit, "status": "", "cause": "", "date": "2025"}
    return figure(value=value, **(stated | changes))


def shares(reader, area=KYIV):
    rows = reader.query("FROM share WHERE area = $1 AND rule = 'responsible' ORDER BY unit", [area])
    return [
        (row.unit, round(row.low, 3), round(row.high, 3), row.baseline)
        for row in rows.itertuples(index=False)
    ]


def test_buildings_without_heating_are_a_share_of_the_apartment_blocks(shown):
    reader = shown(
        figure(value=6000),
        baseline("apartment_blocks", 12_000, "buildings"),
        baseline("apartment_blocks", 10_000, "buildings", publisher="LIGA"),
    )
    assert shares(reader) == [("buildings", 0.5, 0.6, "apartment_blocks")]
    row = reader.query("FROM share WHERE rule = 'responsible'").iloc[0]
    assert (row["first_year"], row["last_year"], len(row["baseline_ids"])) == (2025, 2025, 2)


def test_buildings_without_power_are_no_share(shown):
    reader = shown(
        figure(value=6000, indicator="power_outage"),
        baseline("apartment_blocks", 12_000, "buildings"),
    )
    assert shares(reader) == []


def test_customers_are_a_share_of_the_households_as_a_range(shown):
    """1,000,000 people in households of 2 to 2.5 are 400,000 to 500,000 households."""
    reader = shown(
        figure(value=100_000, indicator="power_outage", unit="customers", place=KHARKIV),
        baseline("population", 1_000_000, "people", place=KHARKIV),
        baseline("household_size", 2, "people", place="UA"),
        baseline("household_size", 2.5, "people", place="UA", publisher="LIGA"),
    )
    assert shares(reader, KHARKIV) == [("customers", 0.2, 0.25, "population")]


def test_a_stated_number_of_households_goes_before_one_worked_out(shown):
    reader = shown(
        figure(value=100_000, indicator="power_outage", unit="households", place=KHARKIV),
        baseline("population", 1_000_000, "people", place=KHARKIV),
        baseline("household_size", 2, "people", place="UA"),
        baseline("households", 400_000, "households", place=KHARKIV),
    )
    assert shares(reader, KHARKIV) == [("households", 0.25, 0.25, "households")]


@pytest.mark.parametrize("unit", ["settlements", "facilities"])
def test_without_a_baseline_there_is_no_share(shown, unit):
    reader = shown(figure(value=3, indicator="power_outage", unit=unit))
    assert shares(reader) == []


def test_people_are_a_share_of_the_gazetteers_population_where_nobody_states_another(shown):
    reader = shown(
        figure(value=295_000, indicator="power_outage", unit="people", place=KYIV, value_high=None)
    )
    [(unit, low, high, named)] = shares(reader)
    assert (unit, named, low == high) == ("people", "population", True)
    assert 0.05 < low < 0.15
