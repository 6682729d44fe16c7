"""The same facts in every arrangement of a table in text give the same figures.

A commit tries each arrangement with each way to part its cells, once; `make test-all` with every
language, round of words and subject, and with each extra column or row.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from etl.reports.reader import read
from tests import combining
from tests.etl.reports.arranging import (
    EXTRAS,
    LANGUAGES,
    PUBLISHED,
    ROUNDS,
    SEPARATORS,
    Arrangement,
    Said,
    arrangements,
    fits,
    text_of,
)

ARRANGEMENTS = list(arrangements())
SUBJECTS = range(4)
# Whether a list without a sign of its own is a table is left to the grammar of sentences.
LIKE_PROSE = ("dashes", "colons")


def is_read(at: Arrangement, separator: str, extra: str = "") -> bool:
    """Whether an arrangement is read already. Those that are not: lists whose lines prose has, too,
    where their day or place stands outside; columns of days in tables of one cell a line; words
    with several numbers beside a day or place in such a list."""
    if separator in LIKE_PROSE:
        told = (at.place in ("title", "author", "dateline", "row", "raion"), at.day != "title")
        return all(told) and at.what != "cell" and "section" not in at
    if separator == "one cell a line":
        return at.what != "row" and at.day != "header"
    # a section above rows of words is no table
    return at.what != "cell" or ("section" not in at and extra == "")


def rows(at: Arrangement) -> Iterator[tuple]:
    """(separator, language, round, subject) of the texts that are tried of an arrangement."""
    fitting = [each for each in SEPARATORS if fits(at, each, "") and is_read(at, each)]
    if combining.ALL:
        yield from product(fitting, LANGUAGES, ROUNDS, SUBJECTS)
        return
    turn = ARRANGEMENTS.index(at)
    for n, separator in enumerate(fitting, turn):
        yield (
            separator,
            LANGUAGES[n % 2],
            ROUNDS[(n // 2 + turn) % 4],
            SUBJECTS[(n // 3 + turn) % 4],
        )


def faults(said: Said) -> tuple[set[tuple], set[tuple]]:
    """What a reading has too much, and what it lacks."""
    figures = [each.figure for each in read(said.text, PUBLISHED).figures]
    found = {(f.indicator, f.value, f.place, f.date, f.unit, f.status) for f in figures}
    return found - said.figures - said.allowed, set(said.figures - found)


@pytest.mark.parametrize("at", ARRANGEMENTS, ids=" ".join)
def test_a_table_is_read_wherever_its_facts_stand(at):
    for separator, language, number, subject in rows(at):
        said = text_of(at, separator, language, number, subject=subject)
        assert faults(said) == (set(), set()), said.text


@pytest.mark.parametrize("extra", filter(None, EXTRAS))
def test_what_stands_beside_the_numbers_changes_none_of_them(extra):
    every = [
        (at, separator, n)
        for n, (at, separator) in enumerate(product(ARRANGEMENTS, SEPARATORS))
        if fits(at, separator, extra) and is_read(at, separator, extra)
    ]
    for at, separator, n in combining.thinned(every, of=6):
        said = text_of(at, separator, LANGUAGES[n % 2], ROUNDS[n // 2 % 4], extra, n // 3)
        assert faults(said)[0] == set(), said.text


def test_the_texts_are_the_same_each_time():
    for at in ARRANGEMENTS[:5]:
        assert text_of(at, "bars", "en", 1) == text_of(at, "bars", "en", 1)
