"""What `make test` tries of many values, and what it leaves to `make test-all`.

Faults come from one value or from two that meet, hardly ever from three. So tests try every pair
of values in as few rows as they can. `make test-all` sets IMPACT_TESTS to "all": then they try
every combination, and laws of which one example is costly as many examples as other laws; and
tests run that are marked `full_only`, a second way to what another test of `make test` shows.
"""

import os
from collections.abc import Sequence
from itertools import combinations, product

import pytest
from hypothesis import settings

ALL = os.environ.get("IMPACT_TESTS") == "all"
# A further way to what another test shows. tests/conftest.py leaves it out unless everything is
# tried. Also for one row of many: pytest.param(row, marks=full_only).
full_only = pytest.mark.full_only
# The tests that were left out so.
LEFT = pytest.StashKey[list[pytest.Item]]()


def pairs(*axes: Sequence, every: bool = ALL) -> list[tuple]:
    """Rows of one value of each axis, in which every two values of two axes meet at least once."""
    rows = list(product(*(range(len(axis)) for axis in axes)))
    chosen, missing = (rows, set()) if every else ([], set().union(*map(_met, rows)))
    while missing:
        best = max(rows, key=lambda row: len(_met(row) & missing))
        chosen.append(best)
        missing -= _met(best)
    return [tuple(axis[at] for axis, at in zip(axes, row, strict=True)) for row in sorted(chosen)]


def thinned(rows: Sequence, of: int = 2) -> list:
    """One row of so many, where a look at one costs seconds; all where everything is tried."""
    return list(rows[:: 1 if ALL else of])


def first(rows: Sequence, count: int) -> list:
    """The first rows, where the others go the same way; all where everything is tried."""
    return list(rows if ALL else list(rows)[:count])


def in_turn(*axes: Sequence) -> list[tuple]:
    """Every value of the first axis with one value of each other, in turn, where the code that
    handles the others is the same for all; every combination where everything is tried."""
    if ALL:
        return list(product(*axes))
    first, *others = axes
    return [(each, *(axis[at % len(axis)] for axis in others)) for at, each in enumerate(first)]


def examples(few: int, many: int = 30) -> settings:
    """How many examples of a law are tried: few of those that cost much, many where everything
    is tried."""
    return settings(max_examples=many if ALL else few)


def _met(row: tuple[int, ...]) -> set[tuple]:
    """The pairs of values that meet in a row: ((axis, value), (axis, value))."""
    return set(combinations(enumerate(row), 2))
