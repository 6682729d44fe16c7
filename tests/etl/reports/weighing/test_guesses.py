"""Guesses: figures that only words tell are added, and nothing else changes."""

import pytest

from etl.reports.reader import read
from etl.reports.weighing.guesses import Weigher
from etl.reports.weighing.weights import ALWAYS, NONE, Weights
from tests import train

RAISED = (
    "At least six people were injured in Kharkiv; in the afternoon the mayor raised the number to "
    "nine."
)
DEAFENED = "Two people were killed in Sumy on 24 January. The blast deafened 7 residents of Sumy."
# Whatever the grammar knows nothing of is injured.
EVERY = Weights({ALWAYS: {"injured": 9.0}})


def told(text: str, weights: Weights | None = None) -> list[tuple[str, float, bool]]:
    """(indicator, number, whether it is a guess) of each figure."""
    weigher = None if weights is None else Weigher(weights)
    figures = read(text, "2026-01-25", weigher=weigher).figures
    return [(each.figure.indicator, each.figure.value, bool(each.guess)) for each in figures]


def test_a_number_that_only_words_tell_is_added_and_says_why():
    *found, guess = read(RAISED, "2024-12-25").figures
    assert [each.figure.value for each in found] == [6]
    assert (guess.figure.indicator, guess.figure.value) == ("injured", 9)
    assert guess.figure.place == found[0].figure.place
    assert "nine" in guess.figure.quote and "nearest: injured" in guess.guess
    assert not any(each.guess for each in found)


def test_those_without_power_of_whom_nobody_says_who_they_are_are_guessed_to_be_customers():
    every = Weights({ALWAYS: {"power_outage lost": 9.0}})
    (guess,) = read("Харків. Знеструмлено 18 тис.", "2026-01-25", weigher=Weigher(every)).figures
    assert (guess.figure.value, guess.figure.unit, bool(guess.guess)) == (18_000, "customers", True)
    assert told("Харків. Знеструмлено 18.", every) == []  # villages or houses
    assert told("Харків. Знеструмлено 18 тис.", Weights({})) == []


def test_without_weights_nothing_is_guessed():
    assert told(RAISED, Weights({})) == [("injured", 6, False)]


@pytest.mark.slow
def test_guesses_drop_and_change_nothing_that_the_grammar_found():
    guesses = 0
    for report in train.reports(train.LOOKED_AT):
        text, day = report["text"], report.get("published") or ""
        without = read(text, day, weigher=Weigher(Weights({})))
        with_ = read(text, day)
        assert [each for each in with_.figures if not each.guess] == without.figures
        assert {*with_.left_out} <= {*without.left_out}
        assert {*with_.unplaced} <= {*without.unplaced}
        guesses += sum(bool(each.guess) for each in with_.figures)
    assert guesses  # or nothing was tried


def test_a_death_is_guessed_only_where_the_weights_are_surer():
    for kind, chance, guessed in (("injured", 1.5, 1), ("killed", 1.5, 0), ("killed", 9.0, 1)):
        found = read(DEAFENED, "2026-01-25", weigher=Weigher(Weights({ALWAYS: {kind: chance}})))
        assert sum(bool(each.guess) for each in found.figures) == guessed, (kind, chance)


@pytest.mark.parametrize("weapons", ["drones", "missiles"])
def test_a_number_without_a_noun_is_no_count_of_weapons(weapons):
    every = Weights({ALWAYS: {f"{weapons}_launched": 9.0}})
    assert told(RAISED, every) == [("injured", 6, False)]


def test_an_unknown_verb_is_a_matter_of_weights():
    assert told(DEAFENED, EVERY) == [("killed", 2, False), ("injured", 7, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The blast deafened 7 % of the residents of Sumy.",  # no count
        "The blast could deafen 7 residents of Sumy, while 7 rescuers worked there.",  # left out
        "The blast deafened 7 residents of Russia's Belgorod region.",  # outside Ukraine
        "The blast deafened 7 buildings of Sumy.",  # buildings are not injured
        "The blast deafened a resident of Sumy.",  # no number
    ],
)
def test_what_can_be_no_figure_is_not_guessed(sentence):
    killed = "Two people were killed in Sumy on 24 January. "
    assert told(killed + sentence, EVERY) == [("killed", 2, False)]


def test_a_number_that_the_text_tells_elsewhere_is_not_guessed_again():
    text = "In Sumy 7 residents were wounded on 24 January. The blast deafened 7 residents."
    assert told(text, EVERY) == [("injured", 7, False)]


def test_a_bare_number_of_a_line_is_not_guessed():
    assert told("Sirens in Sumy – 7", EVERY) == []


def test_a_guess_without_a_place_is_none():
    assert told("The blast deafened 7 residents.", EVERY) == []


def test_a_guess_leaves_no_trace_in_what_follows():
    text = f"{DEAFENED} Another three were hurt. In the city 400 households have no power."
    found = [each for each in told(text, EVERY) if not each[2]]
    assert found == told(text, Weights({ALWAYS: {NONE: 1.0}}))
