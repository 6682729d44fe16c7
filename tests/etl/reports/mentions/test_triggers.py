"""Triggers: the words that say what numbers count, or that they count nothing of ours."""

import pytest

from etl.reports.mentions.triggers import OUT, triggers
from tests.etl.reports.scanning import scan, words


def told(text: str, service: str = "", as_of: bool = False) -> list[tuple[str, str, str]]:
    """Words, indicator and status of each trigger, each once."""
    sentence = scan(text)
    found = triggers(sentence, service, as_of)
    return list(dict.fromkeys((words(sentence, each.start, each.end), each.indicator, each.status)
                              for each in found))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "indicator", "by"),
    [
        ("12 houses were damaged.", "buildings_damaged", "damaged"),
        ("300 people were evacuated.", "evacuated", "evacuated"),
        ("Two people are missing.", "missing", "missing"),
        ("Four deaths were reported.", "killed", "deaths"),
        ("Russia launched 120 drones.", "launch", "launched"),
        ("Загинули троє людей.", "killed", "Загинули"),
        ("Пошкоджено 12 будинків.", "buildings_damaged", "Пошкоджено"),
        ("Рятувальники врятували сімох людей.", "rescued", "врятували"),
    ],
)
def test_words_say_what_is_counted(text, indicator, by):
    assert told(text) == [(by, indicator, "")]


def test_every_count_of_a_sentence_has_its_words_in_their_order():
    found = told("In Kharkiv 5 people were killed and 12 injured.")
    assert [indicator for _, indicator, _ in found] == ["killed", "injured"]


@pytest.mark.parametrize(
    ("text", "indicator", "status"),
    [
        ("3,300 buildings remain without heating.", "heating_loss", "without"),
        ("Heat was restored to 1,200 buildings.", "heating_loss", "restored"),
        ("Some 7,000 customers lost power.", "power_outage", "lost"),
        ("Відновили теплопостачання у 1200 будинках.", "heating_loss", "restored"),
    ],
)
def test_a_supply_is_lost_still_out_or_restored(text, indicator, status):
    assert [each[1:] for each in told(text)] == [(indicator, status)]


@pytest.mark.parametrize(
    "text",
    [
        "Some 7,000 customers lost power and water.",
        "Без світла та води лишилися 5 тисяч споживачів.",
    ],
)
def test_one_number_may_count_two_supplies(text):
    (found,) = triggers(scan(text), "", False)
    assert (found.indicator, found.also) == ("power_outage", ("water_outage",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("90 drones were shot down.", "shot_down"),
        ("Збито 90 дронів.", "shot_down"),
        ("Six are in hospital.", "hospital"),
    ],
)
def test_words_say_that_a_number_is_left_out(text, why):
    assert [each[1:] for each in told(text)] == [(OUT, why)]


def test_an_attack_with_weapons_names_its_target():
    (found,) = triggers(scan("Russia attacked Kyiv with 40 missiles."), "", False)
    assert found.aimed


def test_a_trigger_takes_no_number_of_something_else():
    (killed,) = triggers(scan("Four deaths were reported."), "", False)
    assert killed.takes("people") and killed.takes("")
    assert not killed.takes("buildings") and not killed.takes("customers")
