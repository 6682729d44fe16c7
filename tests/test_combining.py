"""Tests of a few combinations prove as much of two values that meet as tests of all of them."""

from itertools import combinations, product

import pytest

from tests import combining
from tests.combining import in_turn, pairs, thinned

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
    assert thinned([1, 2, 3, 4, 5]) == [1, 3, 5]
    monkeypatch.setattr(combining, "ALL", True)
    assert thinned([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5]


def test_each_value_of_the_first_axis_comes_with_those_of_the_others_in_turn(monkeypatch):
    monkeypatch.setattr(combining, "ALL", False)
    assert in_turn([1, 2, 3], "ab") == [(1, "a"), (2, "b"), (3, "a")]
    monkeypatch.setattr(combining, "ALL", True)
    assert len(in_turn([1, 2, 3], "ab")) == 6
