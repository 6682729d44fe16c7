"""Numerals: the value that digits and number words state: "1,2 млн", "two hundred and fifty"."""

import re
from decimal import Decimal
from math import inf
from typing import NamedTuple

from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD

_MARK = re.compile("[,.]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[,.]\d{3}")
_THREE_DIGITS = re.compile(r"[1-9]\d\d")
_PARTS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_SCALED = 100  # an amount below this may stand before a scale
# What an ending of digits makes of a number that is still a number.
_COUNTING = ("count", "scale")


class Amount(NamedTuple):
    """A number without bound and noun, and the token after it.

    high     the upper end where it is given in the same breath ("two or three")
    outside  what an ending makes of it instead: "age", "storey", "ordinal", …
    scaled   whether words such as "thousand" are part of it
    """

    value: float
    end: int
    outside: str = ""
    scaled: bool = False
    high: float | None = None


def plain(text: str, *, scaled: bool = False) -> float:
    """Digits as a number. A mark before exactly three digits parts thousands, unless a scale
    word follows ("1,234 тис.") or the number begins with zero.

    >>> plain("5,635"), plain("51,8", scaled=True), plain("38.983"), plain("1 234.5")
    (5635.0, 51.8, 38983.0, 1234.5)
    """
    digits = text.replace(" ", "").replace("'", "")
    if part := _PARTS.get(digits[-1]):
        return float(digits[:-1] or 0) + part
    marks = _MARK.findall(digits)
    grouped = len(marks) > 1 and marks[0] == marks[-1]
    if not marks or grouped or (not scaled and _THOUSANDS.fullmatch(digits)):
        return float(_MARK.sub("", digits))
    whole, fraction = digits.rsplit(marks[-1], 1)
    return float(f"{_MARK.sub('', whole)}.{fraction}")


def times(value: float, scale: float) -> float:
    """The product, computed in decimals: 8.2 million is 8,200,000 and not 8,199,999.999999999."""
    return float(Decimal(str(value)) * Decimal(scale))


def amount(scan: Scan, i: int) -> Amount | None:
    """The number that begins at token i; None where there is none."""
    token = scan.tokens[i]
    if named := scan.at("amounts", i) or _bounded(scan, i):
        value = float(named.value)
        if value < _SCALED and (scale := scan.at("scales", named.end)):  # "a couple of thousand"
            return Amount(times(value, scale.value), scan.skip_dot(scale.end), scaled=True)
        return _with_rest(scan, Amount(value, named.end, scaled=True), value)
    if token.kind == NUMBER:
        return _digits(scan, i)
    if scan.at("numbers", i):
        return _number_words(scan, i)
    if token.kind == WORD and "-" in token.text:
        return _hyphenated(scan, i)
    return None


def spoken(scan: Scan, i: int) -> Amount | None:
    """The number at token i. "Two or three", "сім-вісім" are one number with two ends."""
    first = amount(scan, i)
    if first is None:
        return _either(scan, i)
    joined = scan.at("ranges", first.end, "or")
    if joined and joined.end < len(scan.tokens):
        second = amount(scan, joined.end)
        if second and not second.outside and first.value < second.value <= first.value + 5:
            return first._replace(end=second.end, high=second.value)
    return first


def ranged(scan: Scan, first: Amount, framed: Match | None) -> Amount | None:
    """The number that a range goes on to: the 30 of "from 20 to 30" and of "20-30 тисяч".

    framed  the word before the first number that announces a range: "from", "between"
    """
    i = first.end
    to = scan.link("to", i)
    joined = scan.low(i) == "-" or (to if framed else _bare_to(scan, first))
    between = framed and scan.link("and", i) and scan.at("ranges", framed.start, "between")
    if not (joined or between) or i + 1 in scan.taken:
        return None
    after = to.end if to else i + 1
    if framed and (bound := scan.at("bounds", after)):
        after = bound.end
    second = amount(scan, after) if after < len(scan.tokens) else None
    return second if second and second.outside in ("", "length") else None


def lower_end(scan: Scan, first: Amount, second: Amount) -> float:
    """The first number of a range, in the second's scale where it has none: "50-70 тисяч"."""
    if second.scaled and not first.scaled:
        for i in range(first.end, second.end):
            if scale := scan.at("scales", i):
                value = times(first.value, scale.value)
                return value if value <= second.value else first.value
    return first.value


def _bare_to(scan: Scan, first: Amount) -> bool:
    """Whether "to" joins two numbers by itself ("2 to 3"), not in "rose by 20 to 30"."""
    return bool(scan.at("ranges", first.end, "to")) and first.value < 1000 and not scan.change


def _bounded(scan: Scan, i: int) -> Match | None:
    """ "понад тисячі споживачів" is one thousand, "тисячі споживачів" are thousands."""
    named = scan.at("bounded_amounts", i)
    return named if named and scan.ending("bounds", i) else None


def _digits(scan: Scan, i: int) -> Amount:
    kind, end = scan.suffix(i) or ("count", i + 1)
    text = scan.tokens[i].text
    if kind == "count":
        return _scaled(scan, i, end)
    if kind == "scale":
        factor = scan.scale_of(scan.low(end - 1))
        if factor is None:
            raise LookupError(f"{scan.low(end - 1)!r} ends a number as a scale but is in no scales")
        return Amount(times(plain(text, scaled=True), factor), end, scaled=True)
    return Amount(plain(text), end, kind)


def _scaled(scan: Scan, i: int, end: int) -> Amount:
    """Digits with the scale words after them: "1,2 млн", "1 мільйон 100 тисяч", "2 тис 500"."""
    text = scan.tokens[i].text
    stray = scan.low(end) in ("-", "+") and scan.glued(end)  # "50- тисяч", "30+ thousand"
    if scale := scan.at("scales", end + stray):
        value, end = times(plain(text, scaled=True), scale.value), scan.skip_dot(scale.end)
        return _with_rest(scan, Amount(value, end, scaled=True), scale.value)
    value = plain(text)
    return _and_a_half(scan, value, end) or Amount(value, end)


def _and_a_half(scan: Scan, value: float, end: int) -> Amount | None:
    """ "two and a half million", "дві з половиною тисячі"."""
    half = scan.link("half", end)
    if half and (scale := scan.at("scales", half.end)):
        return Amount(times(value + 0.5, scale.value), scan.skip_dot(scale.end), scaled=True)
    return None


def _with_rest(scan: Scan, amount: Amount, scale: float) -> Amount:
    """Adds the smaller number after thousands or millions: "мільйон сто тисяч", "2 тис 500"."""
    rest = _rest(scan, amount.end) if scale >= 1000 else None
    if rest is None or rest.value % 1 or not scale / 1000 <= rest.value < scale:
        return amount
    return Amount(amount.value + rest.value, rest.end, scaled=True)


def _rest(scan: Scan, i: int) -> Amount | None:
    if scan.at("numbers", i):
        return _number_words(scan, i)
    dotted = scan.before(i, ".") and not _THREE_DIGITS.fullmatch(scan.low(i))  # "4 тис. 402"
    if not scan.low(i).isdecimal() or dotted or scan.suffix(i):
        return None
    rest = _scaled(scan, i, i + 1)
    # "у 2 тисячах 15 сімей": few digits are a count of their own.
    return rest if rest.value >= 100 else None


def _number_words(scan: Scan, i: int) -> Amount:
    """Number words that add up: "чотириста двадцять", "two hundred and fifty thousand"."""
    total = current = 0.0  # what scale words have closed, and what is still being said
    below, end = inf, i  # "forty" takes "two" after it and not "ten"
    while True:
        word, scale = scan.at("numbers", end), scan.at("scales", end)
        if word and word.value < below and (word.value or end == i):
            current, below, end = current + word.value, _room(word.value), word.end
        elif scale and current:
            if scale.value == 100:
                current, below = current * 100, 100
            else:
                total, current, below = total + current * scale.value, 0.0, inf
            end = scan.skip_dot(scale.end)
        elif current >= 100 and (joined := _sum(scan, end, below)):
            end = joined.end
        else:
            return _and_a_half(scan, current, end) or Amount(total + current, end, scaled=total > 0)


def _sum(scan: Scan, i: int, below: float) -> Match | None:
    """The "and" of "two hundred and fifty"."""
    joined = scan.at("ranges", i, "sum")
    rest = joined and scan.at("numbers", joined.end)
    return joined if rest and rest.value < below else None


def _room(value: float) -> float:
    """What the next number word must be less than: 100 after hundreds, 10 after tens."""
    return 100 if value >= 100 else 10 if value >= 20 else 0


def _hyphenated(scan: Scan, i: int) -> Amount | None:
    """ "twenty-five", "five-story", "fifty-year-old"."""
    first, second, *rest = scan.low(i).split("-")
    value, unit = scan.value_of("numbers", first), scan.value_of("numbers", second)
    if value is None:
        return None
    # 0 unless the second word adds to the first: "twenty-five".
    added = unit if unit is not None and value >= 20 and 0 < unit < 10 else 0.0
    if added and not rest:
        return _words_scaled(scan, value + added, i + 1)
    kind = scan.suffix_kind("-".join([second, *rest])) or scan.suffix_kind("-".join(rest))
    if not kind or kind in _COUNTING:
        return None
    return Amount(value + added, i + 1, kind)


def _words_scaled(scan: Scan, value: float, end: int) -> Amount:
    if scale := scan.at("scales", end):
        return Amount(value * scale.value, scan.skip_dot(scale.end), scaled=True)
    return Amount(value, end)


def _either(scan: Scan, i: int) -> Amount | None:
    """ "сім-вісім": one of two numbers."""
    parts = scan.low(i).split("-")
    if len(parts) != 2:
        return None
    low, high = (scan.value_of("numbers", part) for part in parts)
    if low is None or high is None or not low < min(high, 20):
        return None
    return Amount(low, i + 1, high=high)
