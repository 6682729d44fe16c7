"""Numbers of cells: reads digits with bound, scale, range, and unit or group of people."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from etl.reports.tables.dates import date_of
from etl.reports.tables.reasons import (
    A_SHARE,
    ERROR_CELL,
    NO_NUMBER,
    NOT_WHOLE,
    SCALED_TWICE,
    TWO_READINGS,
    Refusal,
    brief,
)
from etl.reports.tables.words import APOSTROPHES, DASH, UNCLEAR, any_of, stated, words

_FOOTNOTE = re.compile(r"(?<=\d)\s*(\*+|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+|\[\d{1,2}\])$")
_DIGITS = (
    r"-?(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,20}(?:[.,][0-9]{1,20})?(?:e\+?[0-9]{1,2})?)"
)
_MOST = 50_000_000  # more than all people in Ukraine: such a number was not in thousands
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell states it.

    value         the lower end of a range; scale words such as "thousand" are multiplied in; None
                  where the row says that it tells no number
    high          the upper end of a range, else None
    bound         as in impact.model.figure.BOUNDS
    unit, people  "" if the cell does not name them
    is_scaled     whether the heading multiplied it
    """

    value: float | None
    high: float | None = None
    bound: str = "exact"
    unit: str = ""
    people: str = ""
    is_scaled: bool = False


@lru_cache(maxsize=65536)
def number_of(text: str, signed: bool = False, heading: int = 1) -> Number | None:
    """The number in a cell; None if the cell is empty or says that no number is known.

    signed   True for degrees: they may be below zero and have decimals. Counts are whole numbers.
    heading  by what the heading multiplies; a scale in the cell itself goes before it

    Raises Refusal for anything else: an error of a formula, a percentage, no number, a fraction of
    a count, a number that can be read in two ways.
    """
    text = text.strip()
    if is_error(text):
        raise Refusal(ERROR_CELL, text)
    plain = _two_parts().sub(_together, _plain(text))
    if plain in words().missing or not plain.strip("- "):
        return None
    if "%" in plain:
        raise Refusal(A_SHARE, text)
    if signed and plain.startswith("+"):
        plain = plain[1:].lstrip()  # "+6" degrees
    bound, amount = _bound(plain)
    found = _amount_pattern().fullmatch(amount)
    if not found:
        raise Refusal(NO_NUMBER, brief(text))
    own = next((int(n) for n in words().matches("scales", found["scale"] or "")), 1)
    scale = own if own > 1 else heading
    if scale > own and any(_is_grouped(found[end]) for end in ("low", "high") if found[end]):
        raise Refusal(SCALED_TWICE, brief(text))
    ends = sorted(
        _decimal(found[end], text, scale, signed) for end in ("low", "high") if found[end]
    )
    if scale > own and ends[-1] > _MOST:
        raise Refusal(SCALED_TWICE, brief(text))
    high = float(ends[1]) if len(ends) == 2 and ends[1] > ends[0] else None
    counted = _counted(found["tail"], text)
    return Number(float(ends[0]), high, bound, is_scaled=scale > own, **counted)


@cache
def _two_parts() -> re.Pattern:
    """A pattern of "6 тис. 400", which is 6,400."""
    thousand = "|".join(map(re.escape, words().phrases["scales"]["1000"]))
    return re.compile(rf"(?<![\d.,])(\d{{1,3}}) (?:{thousand})\.? (\d{{3}})(?![\d.,])")


def _together(parts: re.Match[str]) -> str:
    return parts[1] + parts[2]


def is_amount(text: str) -> bool:
    """Whether a cell is a number and not a date. "12%" and "#DIV/0!" are numbers here, too, though
    number_of refuses them.
    """
    if date_of(text) or not (re.search("[0-9]", text) or is_error(text)):
        return False
    try:
        return number_of(text, signed=True) is not None
    except Refusal as refusal:
        return refusal.args[0] != NO_NUMBER


def unit_of(text: str) -> str:
    """The unit that a cell names behind its number; "" if it names none."""
    try:
        number = number_of(text)
    except Refusal:
        return ""
    return number.unit if number else ""


def _plain(text: str) -> str:
    plain = DASH.sub("-", APOSTROPHES.sub("", text).casefold())
    return " ".join(_FOOTNOTE.sub("", plain).split())


def is_error(text: str) -> bool:
    """Whether a cell shows that a formula failed: "#DIV/0!", "#N/A", "#ЗНАЧ!"."""
    return bool(_error().match(text))


@cache
def _error() -> re.Pattern:
    listed = any_of("errors", "cells")
    return re.compile(rf"(?:#[^\W\d_]+/?[^\W_]*[!?]|{listed})$", re.IGNORECASE)


@cache
def _amount_pattern() -> re.Pattern:
    scales = "|".join(p for phrases in words().phrases["scales"].values() for p in phrases)
    return re.compile(
        rf"(?:(?:{any_of('ranges', 'from')}) )?(?P<low>{_DIGITS}) ?(?:°(?!c))?"
        rf"(?: ?(?:-|…|\.\.\.?|{any_of('ranges', 'to')}) ?(?P<high>{_DIGITS}))?"
        rf" ?(?P<scale>(?:{scales})(?!\w)\.?)?(?P<tail>[^0-9]*)"
    )


@cache
def _bound_pattern() -> re.Pattern:
    listed = [p for phrases in words().phrases["bounds"].values() for p in phrases]
    alternatives = "|".join(
        re.escape(phrase) + (r"(?!\w)\.?" if phrase[-1].isalpha() else "")
        for phrase in sorted(listed, key=len, reverse=True)
    )
    return re.compile(rf"({alternatives})\s*(?=-?[0-9])")


def _bound(plain: str) -> tuple[str, str]:
    """The bound of "over 1000" or "1000+", and the text without the words for it."""
    if plain.endswith("+"):
        return "at_least", plain[:-1].rstrip()
    found = _bound_pattern().match(plain)
    # "від 5 до 7" ("from 5 to 7") is a range. "від 5" ("from 5") is a lower bound.
    if not found or (_amount_pattern().fullmatch(plain) or {"high": None})["high"]:
        return "exact", plain
    phrase = found.group(1).rstrip(".")
    phrases = words().phrases["bounds"]
    return next(key for key, listed in phrases.items() if phrase in listed), plain[found.end() :]


def _decimal(digits: str, text: str, scale: int, signed: bool) -> Decimal:
    """Digits as a number, multiplied by the scale.

    Raises Refusal if the dot may separate thousands or decimals, and for a fraction of a count.
    """
    digits = digits.replace(" ", "")
    # In "1,234 тис." (thousand) the comma is a decimal mark: 1,234 thousand is written as million.
    if _GROUPED.fullmatch(digits) and scale == 1 and not signed:
        if digits.count(".") == 1:
            raise Refusal(TWO_READINGS, brief(text))
        digits = re.sub("[.,]", "", digits)
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    elif "," in digits:
        digits = digits.replace(",", "")
    value = Decimal(digits) * scale
    if not signed and value != value.to_integral_value():
        raise Refusal(NOT_WHOLE, brief(text))
    return value


def _is_grouped(digits: str) -> bool:
    """Whether digits are written in groups of thousands: "36 400", "1.234", but not "2 658.1"."""
    return bool(_GROUPED.fullmatch(digits.replace(" ", ",")))


def _counted(tail: str, text: str) -> dict[str, str]:
    """The unit or group of people after a number in its cell ("1 200 будинків").

    Raises Refusal if other words stand there: the cell is then no plain number.
    """
    tail = tail.strip(" .")
    if not tail or tail == "°":
        return {}
    # "340 apartment blocks" are counted in blocks; only a column of them counts all there are
    facts = {n: said for n, said in stated(tail).items() if said != "apartment_blocks"}
    if len(tail.split()) > 3 or not facts or not facts.keys() <= {"unit", "people"}:
        raise Refusal(NO_NUMBER, brief(text))
    if UNCLEAR in facts.values():
        raise Refusal(NO_NUMBER, brief(text))
    return facts
