"""Stated: which numbers some words contain, in digits or written out, in English and Ukrainian.

A check that knows nothing of how reports are read: a number that its sentence does not contain
must not be published, whoever read it so.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

# Whole words, the apostrophe as ': number -> pattern. One is said by an article or a bare noun.
_WORDS = {
    0: "zero|no|none|nobody|nothing|without|нул\\w+|без|жодн\\w+|ніхто|нікого|нема\\w*|не|not",
    0.25: "quarters?|чверт\\w+",
    0.5: "half|пів|половин\\w+",
    1: "one|єдин\\w+|одн\\w+|один",
    1.5: "півтор\\w+",
    2: "two|both|couples?|pairs?|twins?|дв(?:а|і|ох|ом|ома|оє|ійко)|обо[хє]\\w*|оби(?:два|дві|двоє)"
    "|пар[аиуою]+|подружж\\w+",
    3: "three|trio|тр(?:и|ьох|ьом|ьома|оє|ійко)",
    4: "four|чотир(?:и|ьох|ьом|ма)|четвер\\w+",
    5: "five|п'ят(?:ь|и|ьох|ьом|ьма|еро|ірко)",
    6: "six|шіст(?:ь|ьох|ьом|ьма)|шест(?:и|еро)",
    7: "seven|сім|сімох|сімом|сьома|сем(?:и|еро)",
    8: "eight|вісім|вісьм\\w+|восьм\\w+",
    9: "nine|дев'ят(?:ь|и|ьох|ьом|ьма|еро)",
    10: "ten|tens|десят(?:ь|и|ьох|ьом|ьма|еро)",
    11: "eleven|одинадцят\\w+",
    12: "twelve|дванадцят\\w+",
    13: "thirteen|тринадцят\\w+",
    14: "fourteen|чотирнадцят\\w+",
    15: "fifteen|п'ятнадцят\\w+",
    16: "sixteen|шістнадцят\\w+",
    17: "seventeen|сімнадцят\\w+",
    18: "eighteen|вісімнадцят\\w+",
    19: "nineteen|дев'ятнадцят\\w+",
    20: "twenty|двадцят\\w+",
    30: "thirty|тридцят\\w+",
    40: "forty|сорока?",
    50: "fifty|п'ятдесят\\w*",
    60: "sixty|шістдесят\\w*",
    70: "seventy|сімдесят\\w*",
    80: "eighty|вісімдесят\\w*",
    90: "ninety|дев'яност\\w+",
    100: "сто|ста",
    200: "двіст\\w+|двохсот",
    300: "трист\\w+|трьохсот",
    400: "чотирист\\w+|чотирьохсот",
    500: "п'ятсот|п'ятисот",
    600: "шістсот|шестисот",
    700: "сімсот|семисот",
    800: "вісімсот|восьмисот",
    900: "дев'ятсот|дев'ятисот",
}
_SCALES = {
    10: "десят(?:ок|к\\w+)",
    12: "dozens?|дюжин\\w*",
    100: "hundreds?|сот(?:ня|ні|ню|нею|ень)",
    1e3: "thousands?|k|тис|тисяч\\w*",
    1e6: "millions?|m|mn|mln|млн|мільйон\\w*",
    1e9: "billions?|bn|млрд|мільярд\\w*",
}
# Words that may stand inside a number ("a hundred and five", "дві з половиною тисячі").
_INSIDE = frozenset(("and", "of", "a", "an", "з", "із", "й", "та"))
# Words between the ends of a range, whose scale may stand once ("від 20 до 30 тисяч").
_BETWEEN = frozenset(("to", "or", "and", "до", "або", "чи", "і", "й", "та"))
_SPACES = " \u00a0\u2009\u202f"
_TOKEN = re.compile(rf"\d+(?:[{_SPACES}.,'’]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHE = re.compile("[’ʼ`′]")
# Old keyboards put Latin letters into Ukrainian words ("шiстьох").
_LATIN = re.compile("i(?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff])i")
_HALVED = re.compile(r"пів(?=мільйон|тисяч|сотн|десятк)")


def contains(words: str, value: float) -> bool:
    """Whether words state a value; 1 is stated by any noun ("a woman was killed")."""
    wanted = abs(value)
    if wanted == 1 and re.search(r"[^\W\d_]", words):
        return True
    return any(abs(each - wanted) <= 1e-9 * wanted for each in numbers(words))


def numbers(words: str) -> Iterator[float]:
    """Every number that the words may be read as; several for what can be read in two ways."""
    plain = _LATIN.sub("і", _APOSTROPHE.sub("'", words.casefold()))
    found = _TOKEN.findall(_HALVED.sub("пів ", plain))
    tokens = [_meaning(each) for each in found]
    for first in range(len(tokens)):
        yield from _from(tokens[first:])
        yield from _lower_ends(tokens[first:], found[first:])


# What a token is, and the numbers that it may mean.
_Token = tuple[str, tuple[float, ...]]


def _lower_ends(tokens: list[_Token], found: list[str]) -> Iterator[float]:
    """The lower ends of a range whose upper end alone has the scale ("20-25 тис.")."""
    if tokens[0][0] != "number":
        return
    rest = 2 if found[1:2] and found[1] in _BETWEEN else 1
    kinds = [kind for kind, _ in tokens[rest : rest + 2]]
    if kinds == ["number", "scale"]:
        yield from (low * scale for low in tokens[0][1] for scale in tokens[rest + 1][1])


def _from(tokens: list[_Token]) -> Iterator[float]:
    """The numbers that begin with the first token and go on while tokens are number words."""
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
    """The sum so far and the number that a scale may still multiply, after one more token."""
    for value in values:
        if kind == "number":
            # After "twenty" comes "five", after "hundred" "twenty".
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
    """ "number" or "scale" with its values, "inside" a number, or "other"."""
    if token[0].isdecimal():
        return "number", tuple(_digits(token))
    if token in _INSIDE:
        return "inside", ()
    for kind, table in (("number", _WORDS), ("scale", _SCALES)):
        found = tuple(value for value, words in table.items() if re.fullmatch(words, token))
        if found:
            return kind, found
    return "other", ()


def _digits(token: str) -> Iterator[float]:
    """6,000 is six thousand and never six; 1,234 may have decimals; 24 3300 is two numbers."""
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
