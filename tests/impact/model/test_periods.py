"""Periods by their codes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model import periods

CODES = ["2026-01", "winter-2025", "2026-02", "winter-1999"]


@pytest.mark.parametrize("code", CODES)
def test_a_month_or_winter_has_the_code_of_its_days(code):
    assert periods.code(*periods.span(code)) == code


@pytest.mark.parametrize(
    "code",
    ["latest", "days", "winter-", "winter-25", "winter-02025", "winter-２０２５", "winter-0000",
     "winter-9999", "2026-13", "january", ""],
)  # fmt: skip
def test_what_names_no_period_is_refused(code):
    with pytest.raises(ValueError):
        periods.span(code)


@given(st.dates(date(2014, 1, 1), date(2035, 12, 31)))
def test_a_day_lies_in_the_winter_it_is_said_to_belong_to(day):
    season = periods.winter_code(day)
    assert bool(season) == (day.month not in range(4, 10))
    if season:
        first, last = periods.span(season)
        assert first <= day <= last
        assert periods.winter_of((day, day)) == (first, last)


def test_other_days_are_days_of_ones_own():
    assert periods.code(date(2026, 1, 2), date(2026, 1, 31)) == periods.DAYS
    assert periods.winter_of((date(2026, 1, 1), date(2026, 6, 1))) == (
        date(2026, 1, 1),
        date(2026, 6, 1),
    )
