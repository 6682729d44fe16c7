"""The scorer of the labelled reports: what agrees, what counts, and how sure a score is."""

import json

import pytest

from tests import score
from tests.score import Score

LABEL = {
    **{"indicator": "killed", "value": 5, "unit": "people", "place": "Odesa Oblast"},
    **{"date": "2026-01-24", "group": "all", "status": ""},
}


def given(**changes):
    return LABEL | changes


def counts(labels, answers):
    total = sum(score.score(labels, answers).values(), Score())
    return total.found, total.whole, total.missed, total.spurious


@pytest.mark.parametrize(
    ("changes", "whole"),
    [
        ({}, 1),
        ({"place": "the Odessa region"}, 1),
        ({"date": "2026-01-25"}, 1),
        ({"date": "2026-01-26"}, 0),
        ({"date": "2026-01-30", "as_of": "2026-01-24T09:00"}, 1),
        ({"place": "Odesa"}, 0),
        ({"group": "children"}, 0),
        ({"unit": "households"}, 0),
    ],
)
def test_a_figure_is_whole_where_unit_place_date_status_and_people_agree(changes, whole):
    assert counts([LABEL], [given(**changes)]) == (1, whole, 0, 0)


def test_a_month_agrees_with_every_day_of_it():
    label = LABEL | {"date": "2026-01"}
    assert counts([label], [given(date="2026-01-31")]) == (1, 1, 0, 0)
    assert counts([label], [given(date="2026-02-01")]) == (1, 0, 0, 0)


def test_one_man_is_one_person_and_two_men_are_not_two_people():
    assert counts([LABEL | {"value": 1, "group": "men"}], [given(value=1)]) == (1, 1, 0, 0)
    assert counts([LABEL | {"value": 2, "group": "men"}], [given(value=2)]) == (1, 0, 0, 0)


def test_a_further_right_answer_is_right():
    label = LABEL | {"alt_place": ["Odesa"], "alt_value": 6}
    assert counts([label], [given(place="Odesa", value=6)]) == (1, 1, 0, 0)


def test_what_is_optional_counts_neither_way():
    assert counts([LABEL | {"optional": True}], []) == (0, 0, 0, 0)
    assert counts([LABEL | {"dup": True}], [given()]) == (0, 0, 0, 0)
    assert counts([LABEL, LABEL | {"opt": True}], [given()]) == (1, 1, 0, 0)


def test_an_answer_is_used_once_and_the_best_one_for_each_label():
    assert counts([LABEL], [given(place="Kyiv"), given()]) == (1, 1, 0, 1)
    assert counts([LABEL, LABEL], [given()]) == (1, 1, 1, 0)


def test_another_number_or_indicator_is_missed_and_spurious():
    assert counts([LABEL], [given(value=6)]) == (0, 0, 1, 1)
    assert counts([LABEL], [given(indicator="injured")]) == (0, 0, 1, 1)


def test_the_interval_holds_the_score_and_narrows_with_more_reports():
    reports = [Score(found=each % 3, missed=1, spurious=each % 2) for each in range(20)]
    total = sum(reports, Score())
    low, high = score.interval(reports)
    assert low < total.f1(total.found) < high
    assert (low, high) == score.interval(reports)
    closer = score.interval(reports * 9)
    assert closer[1] - closer[0] < high - low


def test_the_command_scores_a_file_by_genre_and_shows_the_faults(tmp_path, capsys):
    reports = [
        {"n": "a", "genre": "un", "figures": [LABEL]},
        {"n": "b", "genre": "wire", "figures": [LABEL]},
    ]
    answers = [{"n": "a", "figures": [LABEL]}, {"n": "b", "figures": [given(value=7)]}]
    paths = []
    for name, rows in (("labelled", reports), ("answers", answers)):
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text("\n".join(map(json.dumps, rows)))
    assert score.main([*map(str, paths), "--by", "genre", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["all"]["f1"], told["genre un"]["f1"], told["genre wire"]["f1"]) == (0.5, 1, 0)
    assert score.main([*map(str, paths), "--worst", "1"]) == 0
    out = capsys.readouterr().out
    assert "b: 2 faults" in out and "missed" in out and "spurious" in out
