"""Hours that people spent without power or heat: bounds between counts, and what nobody counted."""

import re
from pathlib import Path

import pytest

from tests.made import KYIV, figure

METHOD = (Path(__file__).parents[3] / "docs" / "method.md").read_text(encoding="utf-8")


def without(people, at, **changes):
    """So many people without power at a Kyiv time."""
    stated = {"indicator": "power_outage", "unit": "people", "status": "without"}
    day = at[:10]
    return figure(value=people, date=day, published=day, as_of=at, **(stated | changes))


def months(reader, indicator="power_outage"):
    rows = reader.query(
        "FROM person_hours WHERE indicator = $1 AND area = $2 ORDER BY month", [indicator, KYIV]
    )
    return [
        (f"{row.month:%m}", row.low, row.high, row.counted_hours, row.uncounted_hours)
        for row in rows.itertuples(index=False)
    ]


def test_between_two_counts_the_smaller_and_the_larger_bound_the_time(shown):
    reader = shown(without(100, "2026-01-10T00:00"), without(40, "2026-01-11T00:00"))
    assert months(reader) == [("01", 24 * 40, 24 * 100, 24, 31 * 24 - 24)]


def test_nothing_is_said_of_more_than_48_hours_without_a_count(shown):
    reader = shown(
        without(100, "2026-01-10T00:00"),
        without(40, "2026-01-12T00:00"),
        without(40, "2026-01-14T01:00"),
    )
    assert months(reader) == [("01", 48 * 40, 48 * 100, 48, 31 * 24 - 48)]


def test_a_span_over_the_end_of_a_month_is_cut_there(shown):
    reader = shown(without(100, "2026-01-31T12:00"), without(100, "2026-02-01T12:00"))
    assert [month[:4] for month in months(reader)] == [
        ("01", 1200, 1200, 12),
        ("02", 1200, 1200, 12),
    ]


def test_households_become_people_by_the_baseline_as_a_range(shown):
    size = {"indicator": "household_size", "unit": "people", "status": "", "place": "UA"}
    size |= {"cause": "", "date": "2021"}
    reader = shown(
        without(100, "2026-01-10T00:00", unit="households"),
        without(100, "2026-01-11T00:00", unit="households"),
        figure(value=2, **size),
        figure(value=3, publisher="LIGA", **size),
    )
    assert months(reader)[0][1:3] == (24 * 200, 24 * 300)


def test_kyiv_without_heating_in_january_2026_is_as_worked_by_hand(shipped):
    """The table of docs/method.md: hours and buildings between two counts, from and to."""
    rows = re.findall(
        r"^\|[^|]+\|[^|]+\| (\d+)(?::(\d\d))?[^|]*\| ([\d,]+)–([\d,]+) \|$", METHOD, re.MULTILINE
    )
    spans = [
        (int(hours) + int(minutes or 0) / 60, int(low.replace(",", "")), int(high.replace(",", "")))
        for hours, minutes, low, high in rows
    ]
    assert len(spans) == 19
    hours = round(sum(hours for hours, _, _ in spans))
    low = sum(hours * low for hours, low, _ in spans) * 2_920_900 / 12_250
    high = sum(hours * high for hours, _, high in spans) * 4_000_000 / 9_587
    (january, *_) = months(shipped, "heating_loss")
    assert january == ("01", pytest.approx(low), pytest.approx(high), hours, 744 - hours)
    assert (round(low / 1e6), round(high / 1e6), hours) == (115, 480, 484)


@pytest.mark.parametrize("changes", [{"part": "Troieshchyna"}, {"bound": "at_most"}])
def test_parts_and_numbers_of_up_to_count_nothing(shown, changes):
    reader = shown(
        without(100, "2026-01-10T00:00", **changes), without(40, "2026-01-11T00:00", **changes)
    )
    assert months(reader) == []


def test_the_bounds_of_the_counts_are_told(shown):
    reader = shown(
        without(100, "2026-01-10T00:00", bound="at_least"), without(40, "2026-01-11T00:00")
    )
    row = reader.query("FROM person_hours").iloc[0]
    assert (list(row["bounds"]), row["counts"]) == (["at_least", "exact"], 2)
