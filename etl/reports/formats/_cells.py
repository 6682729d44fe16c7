"""Turns the values of a workbook's cells into text."""

import re
from datetime import date, datetime, time

_ZEROS = re.compile(r"0{2,}")
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


def _number(value: float, number_format: str) -> str:
    if found := _PERCENT.search(number_format):
        return f"{value * 100:.{len(found[1] or '')}f}%"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    if "e" in text and value == int(value):
        text = str(int(value))
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text
