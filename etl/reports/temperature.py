"""Degrees: air temperatures a sentence states, in Celsius, below zero where the words say so."""

from datetime import date, timedelta

from etl.reports.context import Context
from etl.reports.days import days
from etl.reports.grammar import Claim
from etl.reports.numbers import Number, amount
from etl.reports.placing import FOREIGN, UKRAINE, VAGUE, mentions
from etl.reports.scan import Scan
from etl.reports.tokens import NUMBER

_COLDEST, _HOTTEST = -45, 50


def temperatures(scan: Scan, context: Context) -> list[Claim]:
    """The temperatures of a sentence as claims; their tokens are taken from other readings."""
    found: list[Claim] = []
    if not scan.of("temperature"):
        return found
    named = days(scan, context.published)
    if any(match.value == "not_air" for match in scan.of("temperature")):
        for match in scan.of("temperature"):
            scan.taken.update(range(match.start, match.end))
        return found
    i = 0
    while i < len(scan.tokens):
        number = _degrees(scan, i)
        if number is None:
            i += 1
            continue
        scan.taken.update(range(number.start, number.noun_end))
        if not number.outside and _COLDEST <= number.value <= _HOTTEST:
            found.append(_claim(scan, context, number, named))
        i = max(number.noun_end, i + 1)
    return found


def _is(scan: Scan, value: str, i: int) -> bool:
    return any(m.start == i and m.value == value for m in scan.of("temperature"))


def _ending(scan: Scan, i: int) -> tuple[str, int]:
    """"degrees" or "fahrenheit" for the words after a number, with the token after them."""
    if i < len(scan.tokens) and scan.tokens[i].text == "°":
        following = scan.low(i + 1)
        if following in ("c", "с", "f") and scan.glued(i + 1):
            return ("fahrenheit" if following == "f" else "degrees"), i + 2
        return "degrees", i + 1
    for match in scan.of("temperature"):
        if match.start == i and match.value in ("degrees", "fahrenheit"):
            if match.end - match.start == 1 and len(scan.low(i)) == 1 and not scan.glued(i):
                continue
            return match.value, match.end
    return "", i


def _degrees(scan: Scan, i: int) -> Number | None:
    token = scan.tokens[i]
    minus_word = _is(scan, "minus", i)
    minus_mark = token.text == "-" and i + 1 < len(scan.tokens) and scan.glued(i + 1) and not scan.glued(i)
    start = i + 1 if minus_word or minus_mark else i
    if start >= len(scan.tokens) or start in scan.taken or scan.tokens[start].kind not in (NUMBER, "word"):
        return None
    first = amount(scan, start)
    if first is None or first.outside or first.value > 60:
        return None
    kind, end = _ending(scan, first.end)
    high, after = _range(scan, first.end, end)
    if high is not None:
        kind, end = _ending(scan, after)
    colder = _is(scan, "frost", end)
    warmer = _is(scan, "plus", end)
    bare = minus_word and scan.tokens[start].kind == NUMBER and not scan.known_unit(first.end)
    if not kind and not (colder or bare or ((minus_word or minus_mark) and _warmth_told(scan))):
        return None
    if minus_mark and not kind and scan.at("units", first.end):
        return None
    end = next((m.end for m in scan.of("temperature") if m.start == end and m.value in ("frost", "plus")), end)
    sign = -1 if minus_word or minus_mark or (colder and not warmer) else 1
    value, top = sign * first.value, sign * high if high is not None else None
    if top is not None and (minus_mark or minus_word) and high < 0:
        top = high
    if top is not None:
        value, top = min(value, top), max(value, top)
    number = Number(i, end, value, top if top != value else None, unit="celsius", noun_end=end, core=(i, end))
    if kind == "fahrenheit":
        number.outside = "fahrenheit"
    _bound(scan, number)
    return number


def _warmth_told(scan: Scan) -> bool:
    return any(m.value == "word" for m in scan.of("temperature"))


def _range(scan: Scan, i: int, ended: int) -> tuple[float | None, int]:
    """The upper end of "20-27" or "-13°…-17°" and the token after it."""
    for j in (i, ended):
        if j >= len(scan.tokens) or not _joins(scan, j):
            continue
        k = j
        while k < len(scan.tokens) and _joins(scan, k):
            k += 1
        if k < len(scan.tokens) and k - j <= 3 and scan.tokens[k].kind == NUMBER and k not in scan.taken:
            second = amount(scan, k)
            if second is not None and not second.outside and second.value < 60:
                return second.value, second.end
    return None, i


def _joins(scan: Scan, i: int) -> bool:
    return scan.tokens[i].text in ("-", ".", "…", "+") or bool(scan.link("to", i)) or _is(scan, "minus", i)


def _bound(scan: Scan, number: Number) -> None:
    for bound in scan.of("bounds"):
        if bound.end == number.start:
            value = bound.value
            word = scan.low(bound.start)
            if word in ("over", "above", "понад") and number.value < 0:
                value = "about"
            number.bound, number.start = value, bound.start
            number.bound_at = (bound.start, bound.end)


def _claim(scan: Scan, context: Context, number: Number, named) -> Claim:
    claim = Claim(scan, number, "temperature", unit="celsius")
    claim.trail["value"] = number.core
    for mention in mentions(scan):
        resolved = context.resolve(mention)
        if resolved == FOREIGN:
            claim.out = FOREIGN
        if resolved and resolved not in (FOREIGN, VAGUE) and not claim.place and not mention.aside:
            claim.place = resolved
            claim.trail["place"] = (mention.start, mention.end)
    if not claim.place:
        claim.place = context.place or UKRAINE
    stated = next((d for d in named if len(d.stated) == 10), None)
    forecast = any(m.value == "forecast" for m in scan.of("temperature"))
    if stated:
        claim.date = stated.stated
        claim.trail["date"] = (stated.start, stated.end)
        if forecast and stated.relative == "weekday" and context.published:
            day = date.fromisoformat(stated.stated)
            if day <= context.published:
                claim.date = (day + timedelta(days=7)).isoformat()
    elif context.published:
        claim.date = context.published.isoformat()
    claim.period = "forecast" if forecast else "day"
    if not claim.date:
        claim.lacks = ("date",)
    return claim
