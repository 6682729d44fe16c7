"""Days, months and years as stated; the order of statements; when a figure became known."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from impact.model import dates

DAYS = st.dates(date(2014, 1, 1), date(2036, 12, 31))
# From three to four in the morning a clock is skipped once a year.
CLOCKS = st.datetimes(datetime(2014, 1, 1), datetime(2036, 12, 31)).filter(lambda at: at.hour != 3)


@pytest.mark.parametrize(
    "stated, first, last",
    [
        ("2026-01-24", "2026-01-24", "2026-01-24"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_stated_date_spans_its_days(stated, first, last):
    assert dates.span(stated) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "stated",
    [
        "", "24.01.2026", "2026-1", "2026-1-24", "2026-02-30", "2026-13", "0000", "20260124",
        "2026-W04-6", "2026-024", "2026-01-24T10:00", " 2026-01-24", "січень",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(stated):
    with pytest.raises(ValueError):
        dates.span(stated)


@given(st.integers(1, 9999), st.integers(1, 12))
@example(9999, 12)
def test_a_month_ends_where_the_next_begins(year, month):
    first, last = dates.span(f"{year:04}-{month:02}")
    assert (first.year, first.month, first.day) == (year, month, 1)
    assert (last.year, last.month) == (year, month)
    assert last == date.max or (last + timedelta(days=1)).day == 1


@given(DAYS)
def test_a_day_lies_in_its_month_and_its_month_in_its_year(day):
    month, year = dates.span(f"{day:%Y-%m}"), dates.span(f"{day:%Y}")
    assert year[0] <= month[0] <= day <= month[1] <= year[1]


@pytest.mark.parametrize(
    "stated", ["", "2026", "2026-01", "18:00", "2026-01-24T18", "2026-01-24 18:00",
               "2026-01-24T18+02", "2026-01-24T1800Z", "20260124T18:00:00", "2026-01-24T25:00"]
)  # fmt: skip
def test_a_statement_has_a_day_or_a_kyiv_clock_time_without_zone(stated):
    with pytest.raises(ValueError):
        dates.local_time(stated)


def test_the_moments_of_a_day_follow_one_another():
    moments = ["first", "night", "morning", "midday", "afternoon", "evening", "later"]
    stated = [dates.stated_at("2026-01-24", moment) for moment in moments]
    assert stated == sorted(set(stated))
    assert set(moments) | {""} == set(dates.MOMENTS)


def test_no_moment_counts_as_midday():
    assert dates.stated_at("2026-01-24", "") == dates.stated_at("2026-01-24", "midday")


@pytest.mark.parametrize("moment", dates.MOMENTS)
def test_a_clock_time_outweighs_the_word_beside_it(moment):
    assert dates.stated_at("2026-01-24T10:17", moment) == datetime(2026, 1, 24, 10, 17)


@given(DAYS, DAYS, *[st.sampled_from(sorted(dates.MOMENTS))] * 2)
def test_a_later_day_is_later_whatever_the_moment(day, other, moment, other_moment):
    stated = dates.stated_at(day.isoformat(), moment)
    assert (stated < dates.stated_at(other.isoformat(), other_moment)) or day >= other


@pytest.mark.parametrize(
    "published, as_of, utc",
    [
        ("2026-01-24", "", "2026-01-24T21:59:59"),
        ("2026-07-01", "", "2026-07-01T20:59:59"),  # summer time
        ("2026-03-28", "", "2026-03-28T21:59:59"),  # the day before summer time
        ("2026-03-29", "", "2026-03-29T20:59:59"),
        ("2025-10-25", "", "2025-10-25T20:59:59"),
        ("2025-10-26", "", "2025-10-26T21:59:59"),  # summer time has ended in the night
        ("2026-01", "", "2026-01-31T21:59:59"),
        ("2026-01-24", "2026-01-24T18:00", "2026-01-24T16:00:00"),
        ("2026-07-01", "2026-07-01T18:00", "2026-07-01T15:00:00"),
        ("2026-01-25", "2026-01-24T18:00", "2026-01-25T21:59:59"),
        ("2026-01-24", "2026-01-24", "2026-01-24T21:59:59"),
    ],
)
def test_a_figure_is_known_from_the_end_of_its_publication_day(published, as_of, utc):
    assert dates.known_from(published, as_of) == datetime.fromisoformat(utc)


def test_without_a_publication_date_nothing_is_said():
    assert dates.known_from("", "2026-01-24T18:00") is None


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]), st.integers(-2, 2), st.times())
@example(date(2026, 1, 24), "%Y-%m", 0, time(18))
def test_a_figure_is_never_known_before_its_publication_in_kyiv(day, form, days, clock):
    assume(clock.hour != 3)
    published = day.strftime(form)
    as_of = f"{day + timedelta(days=days)}T{clock:%H:%M}"
    known = dates.to_kyiv(dates.known_from(published, as_of)).replace(tzinfo=None)
    if as_of[:10] == published:
        assert known == datetime.fromisoformat(as_of)
    else:
        assert known == datetime.combine(dates.span(published)[1], time(23, 59, 59))


@given(CLOCKS)
def test_kyiv_time_survives_the_way_to_utc_and_back(local):
    assert dates.to_kyiv(dates.to_utc(local)).replace(tzinfo=None) == local


@given(st.datetimes(datetime(2014, 1, 1), datetime(2036, 12, 31)))
def test_utc_survives_the_way_to_kyiv_and_back(utc):
    assert dates.to_utc(dates.to_kyiv(utc)) == utc
