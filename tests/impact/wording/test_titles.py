"""What a chart shows is said in words that need no inflection."""

from datetime import date

import pytest

from impact.model.language import words
from impact.wording import titles
from tests.made import BILA_TSERKVA, KHARKIV, KHARKIV_OBLAST, KYIV, KYIV_OBLAST

EN, UK = words("en"), words("uk")
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
HEAT = {"unit": "buildings"}


@pytest.mark.parametrize(
    ("places", "told", "english", "ukrainian"),
    [
        (
            [KYIV],
            HEAT | {"status": "without"},
            "Kyiv buildings without heating, January 2026",
            "Будинки без опалення: Київ, січень 2026 року",
        ),
        (
            [KYIV],
            HEAT | {"status": "lost"},
            "Kyiv buildings that lost heating, January 2026",
            "Втратили опалення: будинки, Київ, січень 2026 року",
        ),
        (
            [KYIV, KHARKIV],
            HEAT | {"status": "restored"},
            "Heating restored: Kyiv, Kharkiv, buildings, January 2026",
            "Опалення відновлено: будинки, Київ, Харків, січень 2026 року",
        ),
        (
            [KHARKIV_OBLAST],
            HEAT | {"status": "without"},
            "Buildings without heating: Kharkiv Oblast, January 2026",
            "Будинки без опалення: Харківська область, січень 2026 року",
        ),
        (
            [KYIV, KHARKIV, KYIV_OBLAST, BILA_TSERKVA],
            HEAT | {"status": "without"},
            "Buildings without heating: 4 places, January 2026",
            "Будинки без опалення: 4 місця, січень 2026 року",
        ),
    ],
)
def test_a_title_says_what_is_cut_off_where_and_when(places, told, english, ukrainian):
    assert titles.title("heating_loss", places, JANUARY, EN, **told) == english
    assert titles.title("heating_loss", places, JANUARY, UK, **told) == ukrainian


@pytest.mark.parametrize(
    ("indicator", "told", "english", "ukrainian"),
    [
        ("killed", {"unit": "people"}, "People killed in Kyiv, January 2026",
         "Загиблі, осіб: Київ, січень 2026 року"),
        ("killed", {"unit": "people", "people": "children"},
         "Children killed in Kyiv, January 2026", "Загиблі, лише діти: Київ, січень 2026 року"),
        ("temperature", {"unit": "celsius"}, "Temperature: Kyiv, January 2026",
         "Температура: Київ, січень 2026 року"),
    ],
)  # fmt: skip
def test_a_title_says_who_or_what_is_counted(indicator, told, english, ukrainian):
    assert titles.title(indicator, [KYIV], JANUARY, EN, **told) == english
    assert titles.title(indicator, [KYIV], JANUARY, UK, **told) == ukrainian


def test_a_subtitle_gives_unit_place_days_and_how():
    line = titles.subtitle("buildings", [KYIV], JANUARY, EN, how=titles.leading("latest", EN))
    assert line == "Buildings · Kyiv · 1–31 January 2026 · latest statement first"


def test_a_chart_of_several_statuses_is_named_after_those_still_cut_off():
    assert titles.telling("heating_loss", {"lost", "without", "restored"}) == "without"
    assert titles.telling("heating_loss", {"lost", "restored"}) == "lost"
    assert titles.telling("killed", {""}) == ""


@pytest.mark.parametrize(
    ("first", "last", "english", "ukrainian"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), "1–31 January 2026", "1–31 січня 2026 року"),
        (date(2026, 1, 24), date(2026, 1, 24), "24 January 2026", "24 січня 2026 року"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 December 2025 – 2 January 2026",
         "30 грудня 2025 року – 2 січня 2026 року"),
    ],
)  # fmt: skip
def test_days_are_told_as_days_even_where_they_are_a_month(first, last, english, ukrainian):
    assert (EN.days(first, last), UK.days(first, last)) == (english, ukrainian)
