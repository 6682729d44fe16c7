"""Turns the values of a workbook's cells into text."""

import re
from datetime import date, datetime, time

_ZEROS = re.compile(r"0{2,}")
# What a format writes as it stands: "text", \\x; digits in it; commas that leave thousands out.
_OWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DIGIT = re.compile(r"^[\"\\].*\d")
_THOUSANDS = re.compile(r"[0#?],+(?:\s*$|[^0#?,])")
_PERCENT = re.compile(r"(?:0|#)(?:\.(0+))?\s?%")


def shown(value: object, number_format: str = "") -> str:
    """A cell's value as text.

    Dates and times are ISO. Numbers have at most 15 digits, so that 0.1 + 0.2 is "0.3". Of the
    cell's number format only a percent sign and leading zeros are used: they change the meaning.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def another(value: object, number_format: str) -> bool:
    """Whether whoever opens the workbook sees another number than the cell holds: its format hides
    it, leaves thousands out or writes digits of its own."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not number_format:
        return False
    own = _OWN.findall(number_format)
    plain = _OWN.sub("", number_format)
    first = plain.split(";")[0]
    hides = ";" in plain and not first.strip()
    return hides or any(map(_DIGIT.search, own)) or bool(_THOUSANDS.search(first))


def _number(value: float, number_format: str) -> str:
    if found := _PERCENT.search(number_format):
        return f"{value * 100:.{len(found[1] or '')}f}%"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    if "e" in text and value == int(value):
        text = str(int(value))
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text
