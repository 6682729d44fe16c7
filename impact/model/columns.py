"""Columns of tables: what is worked out for whole columns, or once for each distinct value.

A table of a million figures has some hundred days, places and speakers. What follows from a day is
worked out once for each day, not once for each row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from impact.model.rows import NamedRow

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"


def groups(figures: pd.DataFrame, names: Sequence[str]) -> Numbers:
    """For each row a number from 0: rows that are equal in all of the columns have the same."""
    if not len(figures):
        return np.empty(0, dtype="int64")
    by = figures.groupby(list(names), sort=False, dropna=False, observed=True)
    return by.ngroup().to_numpy()


def each(
    figures: pd.DataFrame, names: Sequence[str], find: Callable[..., Any]
) -> tuple[Numbers, list[Any]]:
    """What `find` gives for values of the columns, asked once for each distinct combination.

    Returns the number of its combination for each row, and the answers by that number.
    """
    numbers = groups(figures, names)
    distinct = figures.loc[~pd.Series(numbers, figures.index).duplicated(), list(names)]
    return numbers, [find(*row) for row in named_rows(distinct)]


def spread(numbers: Numbers, answers: Iterable[Any]) -> pd.Index:
    """The answers of `each` as a column."""
    found: pd.Index = pd.Index(list(answers)).take(numbers)
    return found


def found_in(rows: pd.DataFrame, others: pd.DataFrame, names: Sequence[str]) -> Numbers:
    """For each row whether one of the others is equal to it in all of the columns."""
    names = list(names)
    numbers = groups(pd.concat([rows[names], others[names]]), names)
    return np.isin(numbers[: len(rows)], numbers[len(rows) :])


def among(column: pd.Series, others: pd.Series) -> Numbers:
    """For each text of a short column whether it stands in a long one. `isin` would take the long
    one's texts out one by one, each time."""
    known = set(others.array.tolist()) if len(column) else set()
    return np.fromiter((text in known for text in column), dtype="bool", count=len(column))


def in_order(column: pd.Series) -> Numbers:
    """For each row the position of its text in the alphabetical order of all."""
    position = np.empty(len(column), dtype="int64")
    position[column.argsort().to_numpy()] = np.arange(len(column))
    return position


def begins(ordered: Numbers) -> Numbers:
    """Where each group begins in numbers of groups that stand in order."""
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(new)


def distinct(groups: Numbers, values: pd.Series, which: Numbers) -> Numbers:
    """For each row how many different values the rows of its group have, of those that count. None
    of these may be missing."""
    codes, texts = pd.factorize(values[which])
    some = np.unique(groups[which] * max(1, len(texts)) + codes) // max(1, len(texts))
    return np.bincount(some, minlength=len(groups))[groups]


def least(groups: Numbers, values: Numbers, which: Numbers) -> Numbers:
    """For each row the least value of its group, of those that count; NaN where none does."""
    found = np.full(len(groups), np.inf)
    np.minimum.at(found, groups[which], values[which])
    return np.where(np.isinf(found), np.nan, found)[groups]


def joined(columns: Iterable[pd.Series]) -> pd.Series:
    """Columns as one text for each row, with "|" between."""
    texts = (column.astype("str") for column in columns)
    return reduce(lambda one, other: one + "|" + other, texts)


def named_rows(frame: pd.DataFrame) -> Iterator[NamedRow]:
    """The rows of a table as DataFrame.itertuples gives them. Cell by cell, pandas takes three
    times as long to turn its texts into Python's; all at once they would fill the memory."""
    for first in range(0, len(frame), _PIECE):
        yield from frame.iloc[first : first + _PIECE].astype("object").itertuples(index=False)


_PIECE = 10_000
