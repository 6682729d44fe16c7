"""Named decisions about daily temperatures."""

from collections import Counter
from pathlib import Path

import pytest

from etl.sources import temperature

OWN = Path(__file__).parent / "recorded" / "temperature" / "own.csv"


@pytest.fixture(scope="module")
def shipped():
    return temperature.parse(*(path.read_bytes() for path in temperature.SOURCE.files))


@pytest.fixture(scope="module")
def own():
    return temperature.parse(OWN.read_bytes())


def test_24_cities_have_760_days_each(shipped):
    assert set(Counter(figure.place for figure in shipped.figures).values()) == {760}
    assert (shipped.rows, len(shipped.figures), shipped.refused) == (24 * 760, 24 * 760, [])


def test_a_reanalysis_is_an_estimate_with_its_publisher(shipped):
    first = shipped.figures[0]
    assert (first.attributed_to, first.publisher) == ("Open-Meteo (ERA5)", "Open-Meteo")
    assert (first.verification, first.unit, first.cause) == ("estimated", "celsius", "")


def test_the_note_gives_the_days_lowest_and_highest(shipped):
    first = shipped.figures[0]
    assert (first.source_key, first.value) == ("cherkasy:2022-01-01", 4.17)
    assert first.note == "daily mean; minimum 2.16, maximum 5.66"


def test_when_it_became_public_is_not_known_and_not_made_up(shipped):
    assert {figure.published for figure in shipped.figures} == {""}


def test_a_table_of_ones_own_keeps_its_own_source(own):
    station, reanalysis, unnamed = own.figures
    assert (station.attributed_to, station.publisher) == ("Kyiv weather station",) * 2
    assert (station.url, station.verification) == ("https://example.org/kyiv", "reported")
    assert (reanalysis.place, reanalysis.publisher) == (station.place, "Open-Meteo")
    assert (unnamed.attributed_to, unnamed.bound, unnamed.note) == ("", "exact", "daily mean")


def test_a_day_with_missing_hours_is_about(own):
    assert (own.figures[0].bound, own.figures[0].note) == (
        "about",
        "daily mean; from 18 of 24 hours",
    )


def test_rows_that_cannot_be_read_are_refused_with_their_reason(own):
    assert [refusal.reason for refusal in own.refused] == [
        temperature.TWICE,
        temperature.NO_PLACE,
        temperature.UNREADABLE,  # "cold" is no number
        temperature.UNREADABLE,  # a month is no day
    ]


def test_a_missing_column_is_named_beside_the_wanted_ones():
    with pytest.raises(ValueError, match=r"lacks date, t_mean_c; wanted .* city, date, t_mean_c"):
        temperature.parse(b"city,day,temperature\nKyiv,2031-01-05,-11\n")
