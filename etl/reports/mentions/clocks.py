"""Clock times: "17:37", "at 9.30", "5 p.m.", "о 9 ранку", "о 5 годині вечора"."""

import re

from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import CLOCK, NUMBER

_DOTTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_MONTHS = 12


def clock_time(scan: Scan, i: int) -> tuple[str, int] | None:
    """The clock time that begins at a token as "09:00", with the token after it."""
    hour, minute = _written(scan, i)
    if hour is None:
        return None
    led = is_little(scan, i - 1, "clock_at") or scan.ending("as_of", i) is not None
    end = i + 1
    word = scan.at("clock", end)
    if word and word.value == "hour" and led:
        end = word.end
        word = scan.at("clock", end)
    if word and (word.value in ("before_noon", "after_noon") or (word.value == "daytime" and led)):
        hour, end = _of_24(hour, word.value), word.end
    if end == i + 1 and not _is_certain(scan, i, led):
        return None
    return f"{hour % 24:02d}:{minute}", end


def _written(scan: Scan, i: int) -> tuple[int | None, str]:
    """The hour and the minutes that a token may be."""
    token = scan.tokens[i]
    if token.kind == CLOCK:
        hour, minute = token.text.split(":")[:2]
        return int(hour), minute
    if token.kind != NUMBER:
        return None, ""
    if dotted := _DOTTED.fullmatch(token.text):
        return int(dotted[1]), dotted[2]
    if token.text.isdigit() and len(token.text) <= 2 and int(token.text) <= 24:
        return int(token.text), "00"
    return None, ""


def _is_certain(scan: Scan, i: int, led: bool) -> bool:
    """Whether a token is a clock time without a word for the hour behind it: "at 9.30", or at the
    head of a diary's entry, "9.00 – Heat: 912 houses cold"."""
    if scan.tokens[i].kind == CLOCK or (led and not scan.tokens[i].text.isdigit()):
        return True
    told = _DOTTED.fullmatch(scan.tokens[i].text) if i == 0 and scan.low(1) == "-" else None
    return told is not None and not 1 <= int(told[2]) <= _MONTHS  # "20.01 - " is a day


def _of_24(hour: int, half: str) -> int:
    """An hour of twelve as one of 24: 12 before noon is midnight."""
    if half == "before_noon":
        return 0 if hour == 12 else hour
    return hour + 12 if hour < 12 else hour
