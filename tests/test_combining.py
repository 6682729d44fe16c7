"""Tests of a few combinations prove as much of two values that meet as tests of all of them."""

import os
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import pytest

from tests import combining
from tests.combining import first, in_turn, pairs, thinned

ROOT = Path(__file__).parents[1]

KINDS, SIZES, LANGUAGES = ["bars", "map", "toll"], ["square", "a4"], ["en", "uk"]


def met(rows) -> set:
    """Every two values that meet in a row, with their places in it."""
    return {pair for row in rows for pair in combinations(enumerate(row), 2)}


@pytest.mark.parametrize("axes", [(KINDS, SIZES), (KINDS, SIZES, LANGUAGES), (SIZES,) * 4])
def test_every_two_values_meet_in_fewer_rows_than_all(axes):
    rows, whole = pairs(*axes, every=False), list(product(*axes))
    assert met(rows) == met(whole) and set(rows) <= set(whole)
    assert len(rows) < len(whole) or len(axes) == 2


def test_every_combination_is_tried_when_all_are_asked_for():
    rows = pairs(KINDS, SIZES, LANGUAGES, every=True)
    assert sorted(rows) == sorted(product(KINDS, SIZES, LANGUAGES))


def test_what_is_thinned_is_whole_when_all_is_asked_for(monkeypatch):
    monkeypatch.setattr(combining, "ALL", False)
    assert thinned([1, 2, 3, 4, 5]) == [1, 3, 5] and first([1, 2, 3], 2) == [1, 2]
    monkeypatch.setattr(combining, "ALL", True)
    assert thinned([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5] and first([1, 2, 3], 2) == [1, 2, 3]


def test_each_value_of_the_first_axis_comes_with_those_of_the_others_in_turn(monkeypatch):
    monkeypatch.setattr(combining, "ALL", False)
    assert in_turn([1, 2, 3], "ab") == [(1, "a"), (2, "b"), (3, "a")]
    monkeypatch.setattr(combining, "ALL", True)
    assert len(in_turn([1, 2, 3], "ab")) == 6


@pytest.mark.slow  # `make fast` leaves out others of these files, too
def test_no_file_is_left_to_make_test_all_alone(request):
    """Whatever runs with this test: a file of which tests are left out has others that run."""
    left = request.config.stash.get(combining.LEFT, [])
    assert {each.path for each in left} <= {each.path for each in request.session.items}


@pytest.mark.slow
def test_everything_is_more_than_make_test_tries(tmp_path):
    file = "tests/pages/test_history.py"
    few, every = collected(file, "", tmp_path), collected(file, "all", tmp_path)
    assert 0 < len(few) < len(every) and few <= every


def collected(file: str, tests: str, folder: Path) -> set[str]:
    """The tests of a file that `make test` or, with "all", `make test-all` runs."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", file]
    run = subprocess.run(
        [*command, f"--basetemp={folder / 'collected'}"], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "IMPACT_TESTS": tests}, check=True,
    )  # fmt: skip
    return {line for line in run.stdout.splitlines() if "::" in line}
