"""Finds all numbers that a text contains, in digits or in words, in every language of reports.

It checks that a figure's number stands in its quote. A number that its quote does not contain must
not be published (docs/architecture.md, "The record"). The check does not use the reader of
reports. So an error of the reader cannot pass the check, too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from impact.model import report_languages
from impact.model.scripts import TO_CYRILLIC

_SPACES = " \u00a0\u2009\u202f"
_TOKEN = re.compile(rf"\d+(?:[{_SPACES}.,'’]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_CELL = re.compile(r"[\t\n|│┃;]| {2,}")  # what parts the cells of tables, in files and in text
_THOUSANDS = "000"  # in a heading: "customers, '000"
_APOSTROPHE = re.compile("[’ʼ`′]")
# People sometimes type a Latin "i" in a Ukrainian word: "шiстьох".
_LATIN = re.compile("i(?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])i")
_SMALL_I = "i".translate(TO_CYRILLIC)


@cache
def _words(kind: str) -> Mapping[float, re.Pattern[str]]:
    """Number -> a pattern of its words in all languages. `kind` is "numbers" or "scales"."""
    found: dict[str, list[str]] = {}
    for table in report_languages.settings("stated"):
        for number, words in table[kind].items():
            found.setdefault(number, []).append(words)
    return {float(number): re.compile("|".join(words)) for number, words in found.items()}


@cache
def _small(key: str) -> frozenset[str]:
    """The words that may stand "inside" a number ("and") or "between" two ("to")."""
    return frozenset(report_languages.listed("stated", key))


@cache
def _halved() -> re.Pattern[str]:
    """A pattern of "half" where it is written together with a scale: "півмільйона"."""
    halved = [table["halved"] for table in report_languages.settings("stated")]
    return re.compile("|".join(filter(None, halved)) or "(?!)")


def contains(words: str, value: float) -> bool:
    """Whether a text contains a number. Its sign does not matter.

    Every text with a letter contains the number 1, because a noun alone may state it ("a woman was
    killed").
    """
    wanted = abs(value)
    if wanted == 1 and re.search(r"[^\W\d_]", words):
        return True
    return any(abs(each - wanted) <= 1e-9 * wanted for each in numbers(words))


def contains_scaled(words: str, value: float) -> bool:
    """Whether the last row of a quoted table contains a number, times the scale of a heading.

    A heading's scale follows no number: "customers, thousand".
    """
    scales = {scale for cell in _CELL.split(words.casefold()) for scale in _heading_scales(cell)}
    stated = list(numbers(words.rpartition("\n")[2])) if scales else ()
    wanted = abs(value)
    return any(abs(each * scale - wanted) <= 1e-9 * wanted for each in stated for scale in scales)


def _heading_scales(cell: str) -> Iterator[float]:
    """The scales of a quoted cell, in small letters, that do not belong to a number before them."""
    number_ends = -1
    for found in _TOKEN.finditer(cell):
        kind, values = _meaning(found[0])
        if found[0] == _THOUSANDS:
            kind, values = "scale", (1000.0,)
        if kind == "scale" and (number_ends < 0 or cell[number_ends : found.start()].strip()):
            yield from values
        number_ends = found.end() if kind == "number" else -1


def numbers(words: str) -> Iterator[float]:
    """Every number that a text may state. "1,234" gives two: 1234 and 1.234."""
    plain = _LATIN.sub(_SMALL_I, _APOSTROPHE.sub("'", words.casefold()))
    found = _TOKEN.findall(_halved().sub(r"\g<0> ", plain))
    tokens = [_meaning(each) for each in found]
    for first in range(len(tokens)):
        yield from _from(tokens[first:])
        yield from _lower_ends(tokens[first:], found[first:])


# Kind of a token ("number", "scale", "inside" or "other"), and the numbers that it may mean.
_Token = tuple[str, tuple[float, ...]]


def _lower_ends(tokens: list[_Token], found: list[str]) -> Iterator[float]:
    """A number that has its scale only behind later ones: 20,000 of "20-25 тис.", 31,000 of "31, 18
    and 7.5 thousand"."""
    if tokens[0][0] != "number":
        return
    for (kind, values), word in zip(tokens[1:], found[1:], strict=True):
        if kind == "scale":
            yield from (low * scale for low in tokens[0][1] for scale in values)
        if kind != "number" and word not in _small("between"):
            return


def _from(tokens: list[_Token]) -> Iterator[float]:
    """All numbers that begin at the first token, one for each token with which they may end."""
    states: set[tuple[float, float | None]] = {(0.0, None)}
    for kind, values in tokens:
        if kind == "other":
            return
        if kind == "inside":
            continue
        states = {after for state in states for after in _step(*state, kind, values)}
        if not states:
            return
        yield from (total + (current or 0) for total, current in states)


def _step(
    total: float, current: float | None, kind: str, values: Iterable[float]
) -> Iterator[tuple[float, float | None]]:
    """Adds one token to a number. Yields all possible results.

    total    sum of the parts that are finished
    current  the part that a scale may still multiply; None if there is none
    """
    for value in values:
        if kind == "number":
            # "five" may follow "twenty", and "twenty" may follow "hundred".
            if current is None or (value < 10 <= current and current % 10 == 0) or value < 1:
                yield total, (current or 0) + value
            elif current % 100 == 0 and value < 100:
                yield total, current + value
        elif value < 1000:
            yield total, (1 if current is None else current) * value
        else:
            yield total + (1 if current is None else current) * value, None


@cache
def _meaning(token: str) -> _Token:
    """The kind of a token and the numbers that it may mean."""
    if token[0].isdecimal():
        return "number", tuple(_digits(token))
    if token in _small("inside"):
        return "inside", ()
    for kind, table in (("number", _words("numbers")), ("scale", _words("scales"))):
        found = tuple(value for value, words in table.items() if words.fullmatch(token))
        if found:
            return kind, found
    return "other", ()


def _digits(token: str) -> Iterator[float]:
    """The numbers that digits with separators may mean.

    "6,000" is 6000 and never 6. "1,234" is 1234 or 1.234. "24 3300" is two numbers.
    """
    groups = re.split(r"\D", token)
    marks = re.findall(r"\D", token)
    whole = len(groups[0]) <= 3 and groups[0] != "0" and all(len(each) == 3 for each in groups[1:])
    for first in range(1 if whole else len(groups)):
        joined = groups[first]
        if not (whole and marks):
            yield float(joined)
        for mark, group in zip(marks[first:], groups[first + 1 :], strict=True):
            if mark in ".," and group.strip("0"):
                yield float(f"{joined}.{group}")
            if len(group) != 3:
                break
            joined += group
            if not whole or joined == "".join(groups):
                yield float(joined)
