"""Air temperatures that a sentence states, in Celsius; below zero where the words say so."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from etl.reports.mentions.day import Day
from etl.reports.mentions.days import days
from etl.reports.mentions.gazetteer import UKRAINE
from etl.reports.mentions.numbers import Number, amount
from etl.reports.mentions.numerals import Amount
from etl.reports.mentions.places import FOREIGN, VAGUE, mentions
from etl.reports.resolution.context import Context
from etl.reports.resolution.grammar import NumberClaim
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD
from impact.model.places import PLACES

# The range of air temperatures in Ukraine, and a little more. Other numbers are not of the air.
_COLDEST, _HOTTEST = -45, 50
_BEHIND = 2  # tokens from a temperature to its place: "-13 °C in Zhytomyr"
_BEFORE = 3  # tokens from "frost" to its degrees: "мороз до 20 градусів"
_YEAR, _TO_YEAR = 4, 5  # letters of a year; tokens from a record to its year
# No thermometer is read further.
_LIMIT = 60


def temperatures(scan: Scan, context: Context) -> list[NumberClaim]:
    """The temperatures of a sentence as claims; their tokens are taken from other readings."""
    signs = len(_minus_signs(scan))
    if not scan.of("temperature") and not signs:
        return []
    named = days(scan, context.published)
    found: list[NumberClaim] = []
    numbers = _all(scan, several=signs > 1)
    for number in numbers:
        outdoors = not number.outside and not _indoors(scan, number)
        if outdoors and _COLDEST <= number.value <= _HOTTEST:
            found.append(_claim(scan, context, number, named, numbers[-1].start))
    return found


def _all(scan: Scan, several: bool) -> list[Number]:
    """The temperatures of a sentence in order; their tokens are taken."""
    found: list[Number] = []
    i = 0
    while i < len(scan.tokens):
        number = _degrees(scan, i, several)
        if number is not None:
            scan.taken.update(range(number.start, number.noun_end))
            found.append(number)
        i = max(number.noun_end if number else 0, i + 1)
    _share_frost(scan, found)
    _freeze_night(scan, found)
    return found


def _share_frost(scan: Scan, found: Sequence[Number]) -> None:
    """Lets a list share its one word for frost: "вночі 12-17°, вдень 6-11° морозу"."""
    waiting: list[Number] = []
    for number in found:
        if scan.ending("temperature", number.end, "frost"):
            for each in waiting:
                _freeze(each)
            waiting = []
        elif number.value < 0 or scan.ending("temperature", number.end, "plus"):
            waiting = []
        else:
            waiting.append(number)


def _freeze_night(scan: Scan, found: Sequence[Number]) -> None:
    """Lets the night share the frost of the day before it in a list: "14-16 градусів морозу вдень
    та 23-25 градусів уночі"."""
    for day, night in pairwise(found):
        gap = range(day.end, night.start)
        joined = any(scan.link("and", i) for i in gap) and not any(map(scan.mark, gap))
        behind = scan.at("moments", night.end, "night")
        colder = day.value < 0 < night.value and night.value > -day.value
        if joined and behind and colder:
            _freeze(night)


def _freeze(number: Number) -> None:
    """Puts a temperature told without a sign below zero."""
    ends = _in_order(-number.value, None if number.high is None else -number.high)
    number.value, number.high = ends


def _indoors(scan: Scan, number: Number) -> bool:
    """Whether a number is told of a room or of water: "-12 outside, 9 degrees in the flats"."""
    for word in scan.of("temperature"):
        if word.value == "not_air":
            between = sorted((word.start, number.start))
            if not any(scan.tokens[i].text in ",;" for i in range(*between)):
                return True
    return False


# -------------------------------------------------------------------------- the number


def _degrees(scan: Scan, i: int, several: bool) -> Number | None:
    """The temperature that begins at a token: "-14°C", "20 градусів морозу", "minus 5".

    several  whether more numbers of the sentence have a minus sign
    """
    below = bool(scan.at("temperature", i, "minus")) or _minus_sign(scan, i)
    first = _amount(scan, i + 1 if below else i)
    if first is None:
        return None
    high, unit, end = _upper_end(scan, first.end)
    frost = scan.at("temperature", end, "frost")
    below = below or (
        unit == "degrees"
        and any(scan.at("temperature", at, "frost_of") for at in range(i - _BEFORE, i))
    )
    if not (unit or frost) and not (below and _needs_no_unit(scan, i, first.end, several)):
        return None
    if warmth := frost or scan.at("temperature", end, "plus"):
        end = warmth.end
    sign = -1 if below or frost else 1
    value, high = _in_order(sign * first.value, None if high is None else sign * high)
    number = Number(i, end, value, high, unit="celsius", noun_end=end, core=(i, end))
    if unit == "fahrenheit":
        number.outside = unit
    _bound(scan, number)
    return number


def _in_order(first: float, second: float | None) -> tuple[float, float | None]:
    """The ends of a range, the colder first; no second one where both are the same."""
    if second is None or second == first:
        return first, None
    return min(first, second), max(first, second)


def _minus_sign(scan: Scan, i: int) -> bool:
    """Whether a dash is a minus: it touches the number behind it and nothing before it but a sign
    for the weather."""
    apart = not scan.glued(i) or scan.ending("temperature", i, "word") is not None
    return scan.low(i) == "-" and scan.glued(i + 1) and apart


def _minus_signs(scan: Scan) -> list[int]:
    """The minus signs before numbers that may be degrees: "Lviv -7, Kyiv -13"."""
    return [
        i - 1
        for i in scan.numeric
        if scan.before(i, "-") and _minus_sign(scan, i - 1) and _may_be_degrees(scan, i)
    ]


def _may_be_degrees(scan: Scan, i: int) -> bool:
    found = _amount(scan, i)
    return found is not None and found.value <= -_COLDEST and not scan.known_unit(found.end)


def _amount(scan: Scan, i: int) -> Amount | None:
    """The amount at a token, if it may be degrees."""
    if i >= len(scan.tokens) or i in scan.taken or scan.tokens[i].kind not in (NUMBER, WORD):
        return None
    found = amount(scan, i)
    return None if found is None or found.outside or found.value > _LIMIT else found


def _needs_no_unit(scan: Scan, i: int, end: int, several: bool) -> bool:
    """Whether a number below zero is one of degrees without saying so ("minus 5", "до -20")."""
    if _minus_sign(scan, i):
        cold = _warmth_told(scan) or several
        cold = cold or is_little(scan, i - 1, "degrees_at")
        return cold and not scan.at("units", end)
    in_digits = scan.tokens[i + 1].kind == NUMBER
    counted = scan.known_unit(end) or scan.link("out_of", end)  # "мінус 9 із 14" were shot down
    return _warmth_told(scan) or (in_digits and not counted)


def _warmth_told(scan: Scan) -> bool:
    """Whether the sentence speaks of temperature or frost."""
    return any(word.value == "word" for word in scan.of("temperature"))


def _unit(scan: Scan, i: int) -> tuple[str, int]:
    """The unit after a number, "degrees" or "fahrenheit", and the token after it."""
    found = scan.at("temperature", i)
    if found is None or found.value not in ("degrees", "fahrenheit"):
        return "", i
    # A letter alone is a unit only where it is glued: "-5C".
    letter = found.end == i + 1 and len(scan.low(i)) == 1 and scan.tokens[i].kind == WORD
    return ("", i) if letter and not scan.glued(i) else (found.value, found.end)


def _upper_end(scan: Scan, i: int) -> tuple[float | None, str, int]:
    """The upper end of "20-27" or "-13°…-17°" after its lower one, the unit and its end."""
    unit, end = _unit(scan, i)
    for at in (i, end):
        behind = at
        while behind < len(scan.tokens) and _joins(scan, behind):
            behind += 1
        if not at < behind <= at + 3 or behind >= len(scan.tokens):
            continue
        if scan.tokens[behind].kind == NUMBER and (second := _amount(scan, behind)):
            return second.value, *_unit(scan, second.end)
    return None, unit, end


def _joins(scan: Scan, i: int) -> bool:
    """Whether a token may stand between the ends of a range."""
    return (
        scan.low(i) in ("-", ".", "…", "+")
        or bool(scan.link("to", i))
        or bool(scan.at("temperature", i, "minus"))
    )


def _bound(scan: Scan, number: Number) -> None:
    """The bound of a temperature: "понад 20 морозу" means colder than -20, which is "about", not
    "at least"."""
    for bound in scan.of("bounds"):
        if bound.end == number.start:
            below = bound.value == "at_least" and number.value < 0
            number.bound, number.start = "about" if below else bound.value, bound.start
            number.bound_at = (bound.start, bound.end)


# --------------------------------------------------------------------------- the claim


def _claim(
    scan: Scan, context: Context, number: Number, named: Sequence[Day], last: int
) -> NumberClaim:
    """A temperature with its place and day. `last` is the sentence's last temperature."""
    claim = NumberClaim(scan, number, "temperature", unit="celsius")
    claim.trail["value"] = number.core
    _place(scan, context, claim, last)
    forecast = _is_forecast(scan, number)
    claim.period = "forecast" if forecast else "day"
    told = [day for day in named if len(day.stated) == 10]
    if forecast and context.ahead:  # "2 лютого. Вдень … а вночі …"
        told = [day for day in told if not (day.relative == "today" and day.moment)]
    stated = next(iter(told), None)
    if _of_another_year(number, named):
        claim.out = "past"
    if stated:
        claim.date = _ahead(stated, context.published) if forecast else stated.stated
        claim.trail["date"] = (stated.start, stated.end)
    elif context.published:
        claim.date = (forecast and context.ahead) or context.published.isoformat()
    else:
        claim.lacks = ("date",)
    return claim


def _of_another_year(number: Number, named: Sequence[Day]) -> bool:
    """Whether only a year stands right behind a temperature: "найнижча – 26,5° морозу в 1907 році",
    the record of the day."""
    near = range(number.end, number.end + _TO_YEAR)
    return any(len(day.stated) == _YEAR and day.start in near for day in named)


def _is_forecast(scan: Scan, number: Number) -> bool:
    """Whether a temperature is only expected. "It fell to -18 and is expected to reach -22": the
    first one was measured, as the words speak of the number behind them."""
    words = [each.start for each in scan.of("temperature") if each.value == "forecast"]
    words += [each.start for each in scan.of("left_out") if each.value == "plan"]
    told = [at for at in words if at < number.start or not _leads_another(scan, at)]
    return bool(told)


def _leads_another(scan: Scan, word: int) -> bool:
    """Whether a word behind a temperature has another temperature behind it."""
    return any(_degrees(scan, i, several=True) for i in range(word, len(scan.tokens)))


def _place(scan: Scan, context: Context, claim: NumberClaim, last: int) -> None:
    """The place right behind the number, else the last before it, else the first that the sentence
    names and no other temperature follows, else the one in force, else all of Ukraine."""
    end, named = claim.number.noun_end, mentions(scan)
    behind = [each for each in named if 0 <= each.start - end <= _BEHIND]
    behind = [each for each in behind if not any(map(scan.mark, range(end, each.start)))]
    before = [each for each in named if each.end <= claim.number.start and not each.aside]
    behind += before[-1:]
    others = [each for each in named if claim.number.start < each.start < last]
    aside = [each for each in named if each.aside]
    for mention in (*behind, *(each for each in named if not each.aside), *aside):
        place = context.resolve(mention)
        if place == FOREIGN:
            claim.out = FOREIGN
        elif place in PLACES and not claim.place and (mention in behind or mention not in others):
            claim.place = place
            claim.trail["place"] = (mention.start, mention.end)
    of_country = context.of_country or any(each.pointer == VAGUE for each in named)
    claim.place = claim.place or (not of_country and context.place) or UKRAINE


def _ahead(day: Day, published: date | None) -> str:
    """The day that a forecast is for: "on Saturday" is the next Saturday, not the last, but the day
    of publication itself where that is a Saturday."""
    stated = date.fromisoformat(day.stated)
    if day.relative == "weekday" and published and stated < published:
        stated += timedelta(days=7)
    return stated.isoformat()
