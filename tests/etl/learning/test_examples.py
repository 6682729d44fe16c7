"""Examples: what is known of a report's numbers, and what is too uncertain to learn."""

import pytest

from etl.learning.examples import Known, examples
from etl.reports.weighing.weights import NONE

DAY = "2026-01-25"
TWO = "Two people were killed in Sumy on 24 January. Some 40 firefighters came."
SAME = "In Sumy 7 residents were wounded. The blast broke 7 windows of the school."
KILLED = Known("killed", 2.0)


def kinds(text: str, known: list[Known], *, complete: bool = True) -> list[str]:
    return sorted(each.kind for each in examples(text, DAY, known, complete=complete))


def test_a_number_that_nobody_knows_is_none():
    assert kinds(TWO, [KILLED]) == ["killed", NONE]


def test_of_a_report_that_is_not_known_whole_only_unread_numbers_are_none():
    assert kinds(TWO, [], complete=False) == [NONE]
    assert kinds(TWO, []) == [NONE, NONE]


@pytest.mark.parametrize(
    "known",
    [
        [Known("killed", 2.0, None, False)],  # a repeat, or optional
        [KILLED, Known("casualties", 2.0)],  # two kinds of one number
    ],
)
def test_what_is_uncertain_is_not_learned(known):
    found = kinds(TWO, known)
    assert found in ([NONE], ["killed", NONE])
    assert len(known) == 2 or found == [NONE]


def test_of_equal_numbers_the_one_is_learned_that_the_grammar_reads_so():
    assert kinds(SAME, [Known("injured", 7.0)]) == ["injured"]


def test_features_are_words_and_what_stands_around():
    (two,) = (each for each in examples(TWO, DAY, [KILLED]) if each.kind == "killed")
    assert {"unit: people", "nearest: killed", "clause: were"} <= {*two.features}
    assert len(two.features) == len({*two.features})
