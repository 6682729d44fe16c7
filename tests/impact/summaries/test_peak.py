"""The worst day beside the last day, and whatever larger was said in other words."""

from datetime import date

from impact.queries import known
from tests.made import DNIPRO, KYIV, figure, on, toll

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def power(value, unit="customers", status="without", place=KYIV, **changes):
    stated = {"indicator": "power_outage", "unit": unit, "status": status, "place": place}
    return figure(value=value, **(stated | changes))


def peak(reader, indicator="power_outage", area="UA", **asked):
    found = known.peak(reader, indicator, area, JANUARY, **asked)
    assert len(found) == 1
    return found.iloc[0]


def also(row):
    return [(each["value"], each["unit"], each["status"], each["places"]) for each in row["also"]]


def test_the_worst_day_comes_first_and_the_last_beside_it(shown):
    row = peak(shown(power(2_100_000, **on(20)), power(900, **on(22)), power(20_000, **on(26))))
    assert (row["value"], row["day"].day) == (2_100_000, 20)
    assert (row["last_value"], row["last_day"].day, row["days"]) == (20_000, 26, 3)
    assert list(row["also"]) == []


def test_units_are_ordered_by_the_people_behind_them_and_never_converted(shown):
    """417,000 households are more than 500,000 people, and are said as households."""
    row = peak(shown(power(500_000, "people", **on(9)), power(417_000, "households", **on(9))))
    assert (row["value"], row["unit"]) == (417_000, "households")
    assert also(row) == [(500_000, "people", "without", False)]


def test_newly_lost_and_still_without_are_two_kinds(shown):
    row = peak(shown(power(600, status="lost", **on(9)), power(500, **on(9))))
    assert (row["value"], row["status"]) == (600, "lost")
    assert (row["last_value"], row["last_status"]) == (500, "without")
    assert also(row) == [(500, "customers", "without", False)]


def test_up_to_so_many_is_never_the_worst_and_is_said_beside_it(shown):
    row = peak(shown(power(400, **on(9)), power(900, bound="at_most", **on(10))), area=KYIV)
    assert (row["value"], also(row)) == (400, [(900, "customers", "without", False)])


def test_a_larger_sum_of_places_stands_beside_a_smaller_claim_of_the_country(shown):
    reader = shown(
        power(1000, place="UA", **on(9)),
        power(800, place=KYIV, **on(9)),
        power(700, place=DNIPRO, **on(9)),
    )
    row = peak(reader)
    assert (row["value"], also(row)) == (1000, [(1500, "customers", "without", True)])


def test_a_flow_has_its_sum_beside_its_worst_day(shown):
    reader = shown(toll(5, **on(9)), toll(11, **on(20)), toll(2, **on(22)))
    row = peak(reader, "killed")
    assert (row["value"], row["total"], row["last_value"]) == (11, 18, 2)


def test_of_frost_the_coldest_day_is_the_worst(shown):
    cold = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    reader = shown(figure(value=-5, **cold, **on(9)), figure(value=-20, **cold, **on(10)))
    assert peak(reader, "temperature")["value"] == -20


def test_restored_is_no_loss_and_nobody_speaking_is_no_row(shown):
    reader = shown(power(400, status="restored", **on(9)))
    assert known.peak(reader, "power_outage", "UA", JANUARY).empty


def test_weeks_months_and_winters_have_their_rows(shown):
    reader = shown(power(400, **on(9)), power(900, **on(20)), power(30, **on(3, month=2)))
    rows = reader.query(
        "FROM peak WHERE area = 'UA' AND rule = 'responsible' ORDER BY period, code"
    )
    assert rows[["code", "value"]].values.tolist() == [
        ["2026-01", 900],
        ["2026-02", 30],
        ["2026-W02", 400],
        ["2026-W04", 900],
        ["2026-W06", 30],
        ["winter-2025", 900],
    ]
