"""Temperatures of a sentence: how cold, where and on which day."""

import pytest

from etl.reports.resolution.context import Context
from etl.reports.resolution.temperature import temperatures
from tests.etl.reports.scanning import PUBLISHED, scan


@pytest.mark.parametrize(
    ("text", "value", "place", "day"),
    [
        ("In Kyiv it was -19 °C on 20 January.", -19, "UA80", "2026-01-20"),
        ("The temperature in Kharkiv fell to minus 14 degrees.", -14, "UA6312027001", "2026-01-24"),
        ("У Києві 20 січня було -19 °C.", -19, "UA80", "2026-01-20"),
        ("Температура в Харкові знизилася до мінус 14 градусів.", -14, "UA6312027001",
         "2026-01-24"),
    ],
)  # fmt: skip
def test_a_temperature_has_its_sign_its_place_and_its_day(text, value, place, day):
    (found,) = temperatures(scan(text), Context(published=PUBLISHED))
    assert (found.number.value, found.indicator, found.unit) == (value, "temperature", "celsius")
    assert (found.place, found.date) == (place, day)


def test_a_sentence_without_degrees_has_no_temperature():
    assert list(temperatures(scan("In Kyiv 19 people froze."), Context(published=PUBLISHED))) == []
