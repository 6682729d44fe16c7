"""Numbers of a sentence: digits, words and scales, with their bound and the noun they count."""

import re
from dataclasses import dataclass, field

from etl.reports.scan import Scan
from etl.reports.tokens import MARK, NUMBER, WORD

_DASH = "-"
_COMPOUND = re.compile(r"-([^\W\d_][\w-]*)")
_THOUSANDS = re.compile(r"\d{1,3}([ ,.])\d{3}(?:\1\d{3})*")
# Words that may stand between a bound and its number ("понад ще 500", "about the same 300").
_REACH = 2


@dataclass(slots=True)
class Number:
    """A number as the sentence states it; token positions, ends exclusive.

    start, end       bound, digits and scale
    noun_end         after the noun it counts; `end` where there is none
    kind             the noun: a unit, "" for none, or the reason why it is no impact
    group            who the people are
    implied          1 from an article or a bare noun, not from a number word
    outside          reason why it can be no figure ("percent", "age", …), else ""
    """

    start: int
    end: int
    value: float
    high: float | None = None
    bound: str = "exact"
    unit: str = ""
    group: str = ""
    noun_end: int = 0
    implied: bool = False
    described: bool = False
    increment: bool = False
    outside: str = ""
    earlier: bool = False
    core: tuple[int, int] = (0, 0)
    bound_at: tuple[int, int] = (0, 0)
    unknown: bool = False  # a noun follows that is in no list
    toll: str = field(default="")  # the casualty its noun names ("deaths")


def plain(text: str, thousands: str, scaled: bool) -> float:
    """Digits as a number. A mark before exactly three digits parts thousands, unless a scale
    word follows ("1,234 тис.") or the number begins with zero.

    >>> plain("5,635", ",", False), plain("51,8", " ", True), plain("38.983", " ", False)
    (5635.0, 51.8, 38983.0)
    """
    text = text.replace(" ", "")
    if _THOUSANDS.fullmatch(text) and not text.startswith("0") and not scaled:
        return float(re.sub("[,.]", "", text))
    if text.count(",") + text.count(".") > 1:
        return float(re.sub("[,.]", "", text))
    return float(text.replace(",", "."))


# "тисячі споживачів" are thousands, "понад тисячі споживачів" is one thousand.
_SINGLE = ("тисячі", "сотні", "both", "пара")


def _bound_before(scan: Scan, i: int) -> bool:
    return any(bound.end == i for bound in scan.of("bounds"))


class _Amount:
    """A number at a token, without bound and noun: value and the token after it."""

    __slots__ = ("end", "outside", "scaled", "value")

    def __init__(self, value: float, end: int, outside: str = "", scaled: bool = False):
        self.value, self.end, self.outside, self.scaled = value, end, outside, scaled


def amount(scan: Scan, i: int) -> _Amount | None:
    """The number that begins at token i; None where there is none."""
    token = scan.tokens[i]
    if (found := scan.at("amounts", i)) and not (
        scan.low(i) in _SINGLE and found.end == i + 1 and not _bound_before(scan, i)
    ):
        return _with_rest(scan, _Amount(float(found.value), found.end, scaled=True))
    if token.kind == NUMBER:
        return _digits(scan, i)
    if found := scan.at("numbers", i):
        return _number_words(scan, i)
    if token.kind == WORD and "-" in token.text:
        return _hyphenated(scan, i)
    return None


def _halves(scan: Scan, value: float, end: int) -> _Amount | None:
    """"two and a half million", "дві з половиною тисячі"."""
    half = scan.link("half", end)
    if half and (scale := scan.at("scales", half.end)):
        return _Amount((value + 0.5) * scale.value, scan.skip_dot(scale.end), scaled=True)
    return None


def _digits(scan: Scan, i: int) -> _Amount:
    token, suffix = scan.tokens[i], scan.suffix(i)
    if suffix:
        kind, end = suffix
        if kind == "count":
            return _scaled(scan, i, end)
        if kind == "scale":
            value = plain(token.text, scan.thousands, True)
            return _Amount(value * scan.scale_of(scan.tokens[end - 1].low), end, scaled=True)
        return _Amount(plain(token.text, scan.thousands, False), end, kind)
    return _scaled(scan, i, i + 1)


def _scaled(scan: Scan, i: int, end: int) -> _Amount:
    """Digits with the scale words after them: "1,2 млн", "1 мільйон 100 тисяч", "2 тис 500"."""
    scale = scan.at("scales", end) or (
        end < len(scan.tokens)
        and scan.tokens[end].text == _DASH
        and scan.glued(end)
        and scan.at("scales", end + 1)
    )
    value = plain(scan.tokens[i].text, scan.thousands, bool(scale))
    if halves := _halves(scan, value, end):
        return halves
    if not scale or not _is_scale(scan, i, scale):
        return _Amount(plain(scan.tokens[i].text, scan.thousands, False), end)
    end = scan.skip_dot(scale.end)
    return _with_rest(scan, _Amount(value * scale.value, end, scaled=True), scale.value)


def _is_scale(scan: Scan, i: int, scale) -> bool:
    """"8000 тисяч" is a slip for 8 000: a number of four digits takes no thousands."""
    token = scan.tokens[scale.start]
    if token.low in ("m", "k") and not scan.glued(scale.start):
        return False
    return True


def _with_rest(scan: Scan, amount: _Amount, scale: float = 0) -> _Amount:
    """Adds the smaller part that follows: "мільйон сто тисяч", "2 тис 500"."""
    i = amount.end
    scale = scale or amount.value
    if i >= len(scan.tokens) or scale < 1000:
        return amount
    if scan.tokens[i].kind == NUMBER and not scan.suffix(i):
        if scan.tokens[i - 1].text == "." or not scan.tokens[i].text.isdigit():
            return amount
        rest = _scaled(scan, i, i + 1)
    elif scan.at("numbers", i):
        rest = _number_words(scan, i)
    else:
        return amount
    if 0 < rest.value < scale and rest.value >= scale / 1000 and rest.value % 1 == 0:
        # "дві тисячі п'ять дітей" is not met; "2 тисячі 15 сімей" would be.
        if rest.value >= 100 or scan.at("numbers", i):
            return _Amount(amount.value + rest.value, rest.end, scaled=True)
    return amount


def _number_words(scan: Scan, i: int) -> _Amount:
    """Number words that add up: "чотириста двадцять", "two hundred and fifty thousand"."""
    total, current, last, end = 0.0, 0.0, float("inf"), i
    while end < len(scan.tokens):
        word = scan.at("numbers", end)
        if word and word.value < last and (word.value or end == i):
            current, last, end = current + word.value, _step(word.value), word.end
            continue
        scale = scan.at("scales", end)
        if scale and current:
            if scale.value == 100:
                current, last = current * 100, 100
            else:
                total, current, last = total + current * scale.value, 0.0, float("inf")
            end = scan.skip_dot(scale.end)
            continue
        if (
            current >= 100
            and scan.link("and", end)
            and (rest := scan.at("numbers", end + 1))
            and rest.value < last
            and scan.language.name == "en"
        ):
            end += 1
            continue
        break
    if halves := _halves(scan, current, end):
        return halves
    return _Amount(total + current, end, scaled=total > 0)


def _step(value: float) -> float:
    """What may follow a number word: below hundreds after hundreds, below ten after tens."""
    return 100 if value >= 100 else 10 if value >= 20 else 0


def _hyphenated(scan: Scan, i: int) -> _Amount | None:
    """"twenty-five", "five-story", "п'ятиповерхового", "fifty-year-old"."""
    parts = scan.tokens[i].low.split("-")
    values = [scan.number_of(part) for part in parts]
    if all(value is not None for value in values) and len(values) == 2:
        if values[0] >= 20 and 0 < values[1] < 10:
            return _scaled_value(scan, float(sum(values)), i + 1)
        return None
    if values[0] is not None:
        kind = scan.suffix_kind("-".join(parts[1:])) or scan.suffix_kind("-".join(parts[2:]))
        if kind and kind not in ("count", "scale"):
            return _Amount(float(values[0]), i + 1, kind)
    return None


def _scaled_value(scan: Scan, value: float, end: int) -> _Amount:
    if scale := scan.at("scales", end):
        return _Amount(value * scale.value, scan.skip_dot(scale.end), scaled=True)
    return _Amount(value, end)


def numbers(scan: Scan) -> list[Number]:
    """Every number of the sentence in order, with bound and noun; those outside marked so."""
    found: list[Number] = []
    i = 0
    while i < len(scan.tokens):
        token = scan.tokens[i]
        plain_word = token.kind == WORD and i not in scan.starts and "-" not in token.text
        plain_word = plain_word and token.low not in scan.language.settings["articles"]
        if i in scan.taken or token.kind == MARK or plain_word:
            i += 1  # part of a date or a clock time, or no number word
            continue
        if number := _number(scan, i) or _implied(scan, i):
            found.append(number)
            plain = number.unit and not number.outside
            i = max(number.noun_end if plain else number.end, i + 1)
        else:
            i += 1
    _share_nouns(scan, found)
    for number in found:
        if number.unknown and not number.unit and not number.outside:
            number.outside, number.noun_end = "noun", number.end + 1
    _ages(scan, found)
    return found


def _ages(scan: Scan, found: list[Number]) -> None:
    """"жінки 71, 64 та 38 років", "a boy of nine", "Olha, 87, was killed": ages without a noun."""
    later = [*found[1:], None][: len(found)]
    for number, following in zip(reversed(found), reversed(later), strict=True):
        if number.unit or number.outside or number.value > 110 or number.value % 1:
            continue
        if following is not None and following.outside in ("duration", "age", "years"):
            gap = range(number.end, following.start)
            if len(gap) <= 2 and all(scan.tokens[i].text == "," or scan.link("and", i) for i in gap):
                number.outside = "age"
                continue
        if _age_of_a_person(scan, number) or scan.of("youngest"):
            number.outside = "age"


def _age_of_a_person(scan: Scan, number: Number) -> bool:
    i = number.start - 1
    if i < 1 or (scan.tokens[i].text not in (",", "(") and scan.low(i) not in ("of", "over", "under")):
        j = number.core[0] - 1
        if j < 1 or scan.low(j) not in ("of", "over", "under", "was", "aged"):
            return False
        i = j
    person = any(
        match.end in (i, i - 1) and (match.kind != "units" or match.value == "people")
        for kind in ("groups", "singular", "units")
        for match in scan.of(kind)
    )
    after = scan.tokens[number.end].text if number.end < len(scan.tokens) else "."
    closes = after in ",).;" or scan.link("and", number.end) is not None
    if scan.low(i) in ("of", "over", "under"):
        return person
    if scan.tokens[i].text in (",", "("):
        named = scan.tokens[i - 1].text[0].isupper() and not scan.is_number(i - 1)
        named = named and number.value >= 1 and scan.tokens[i - 1].kind == WORD
        return closes and (person or (named and number.value > 10))
    return False


def _number(scan: Scan, i: int) -> Number | None:
    token = scan.tokens[i]
    if token.kind == WORD and "-" not in token.text and not (
        scan.at("numbers", i) or scan.at("amounts", i)
    ):
        return None
    if scan.at("unquantified", i):
        return None
    first = amount(scan, i) or _two_words(scan, i)
    if first is None:
        return None
    number = Number(i, first.end, first.value, outside=first.outside, core=(i, first.end))
    if _named(scan, i) or (i and scan.tokens[i - 1].low in ("no", "number") and scan.tokens[i].kind == NUMBER and scan.language.name == "en" and not scan.at("states", i - 1) ):
        number.outside = "name"
    _spoken_range(scan, number)
    _range(scan, number, first)
    _change_by(scan, number)
    _percent(scan, number)
    if not number.outside:
        _bound(scan, number)
        _noun(scan, number)
    number.increment = _has_increment(scan, number)
    return number


def _two_words(scan: Scan, i: int) -> _Amount | None:
    """"сім-вісім": the first of two number words; _spoken_range adds the second."""
    parts = scan.tokens[i].low.split("-")
    values = [scan.number_of(part) for part in parts]
    if len(parts) == 2 and None not in values and values[0] < values[1]:
        return _Amount(values[0], i + 1)
    return None


def _spoken_range(scan: Scan, number: Number) -> None:
    """"two or three", "двоє чи троє", "сім-вісім"."""
    parts = scan.tokens[number.core[0]].low.split("-")
    if len(parts) == 2 and scan.tokens[number.core[0]].kind == WORD and number.value < 20:
        high = scan.number_of(parts[1])
        if high is not None and scan.number_of(parts[0]) == number.value and high > number.value and number.value < 20 and not (number.value >= 20):
            number.high = high
    elif scan.low(number.end) in ("or", "чи", "або") and number.end + 1 < len(scan.tokens):
        second = amount(scan, number.end + 1)
        if second and not second.outside and number.value < second.value <= number.value + 5:
            number.high, number.end = second.value, second.end
            number.core = (number.core[0], second.end)


def _change_by(scan: Scan, number: Number) -> None:
    """"climbed by three to 17", "зросла на 3": by how much, not how many."""
    if scan.change and scan.low(number.start - 1) in ("by", "на") and any(
        link.value == "change" and link.start in (number.start - 2, number.start - 3)
        for link in scan.of("links")
    ):
        number.outside = "change"


def _named(scan: Scan, i: int) -> bool:
    """"№ 6", "No. 6", "24/7", "aged 6 and 11": digits that name or describe."""
    if scan.before(i, "#") or scan.before(i, "/") or scan.low(i + 1) == "/":
        return True
    if scan.before(i, ".") and scan.low(i - 2) in ("no", "nos", "н"):
        return True
    if scan.low(i - 1) == "of" and scan.low(i - 2) in ("town", "city", "village", "community", "population"):
        return True
    if scan.low(i - 1) in ("day", "article", "section", "chapter", "room", "page", "ст", "день") and (
        scan.tokens[i].kind == NUMBER and not scan.known_unit(i + 1)
    ):
        return True
    if scan.low(i - 1) in ("no", "№") and scan.low(i) == "one":
        return True
    if scan.low(i) == "one" and scan.low(i + 1) == "of" and scan.low(i + 2) != "them":
        return True
    j = i - 1
    while j >= 0 and (scan.is_number(j) or scan.link("and", j) or scan.tokens[j].text == ","):
        j -= 1
    return scan.low(j) in ("aged", "віком", "age", "ages", "born")


def _range(scan: Scan, number: Number, first: _Amount) -> None:
    """"8-10", "from 20 to 30", "від 4 до 14"; after a verb of change the last number counts."""
    i = number.end
    if i + 1 >= len(scan.tokens) or number.outside:
        return
    dash = scan.tokens[i].text == _DASH
    to = scan.link("to", i)
    framed = scan.link_before("from", number.start)
    if not (dash or (to and framed) or (framed and scan.link("and", i) and scan.tokens[framed.start].low == "between")
            or (to and scan.language.name == "en" and first.value < 1000 and not scan.change)):
        return
    if i + 1 in scan.taken:
        return
    after = to.end if to else i + 1
    if (bound := scan.at("bounds", after)) and framed:
        after = bound.end
    second = amount(scan, after) if after < len(scan.tokens) else None
    if second is None or (second.outside and second.outside != "length"):
        return
    low = first.value
    if second.scaled and not first.scaled and low < second.value:
        factor = scan.scale_of_amount(after, second)
        if factor and low * factor <= second.value:
            low *= factor
    if framed and scan.change:
        number.earlier = True
        return
    if low < second.value:
        number.value, number.high, number.end = low, second.value, second.end
        number.outside = number.outside or second.outside
        if framed:
            number.start = framed.start


def _percent(scan: Scan, number: Number) -> None:
    if number.end < len(scan.tokens):
        token = scan.tokens[number.end]
        if token.text == "%" or token.low in ("percent", "pct") or token.low.startswith("відсот") or (token.low == "per" and scan.low(number.end + 1) == "cent"):
            number.outside = "percent"
        elif token.text in "°$€£₴":
            number.outside = "" if token.text == "°" else "money"
    if number.start and scan.tokens[number.start - 1].text in tuple("$€£₴"):
        number.outside = "money"


def _bound(scan: Scan, number: Number) -> None:
    for reach in range(_REACH + 1):
        end = number.start - reach
        if end <= 0:
            break
        for bound in scan.of("bounds"):
            if bound.end == end:
                _apply_bound(scan, number, bound)
                return
        if not scan.filler(end - 1):
            break
    # "300 or more"
    after = scan.at("bounds", number.end)
    if after and scan.low(after.start) == "or":
        number.bound, number.bound_at = after.value, (after.start, after.end)
        number.end = after.end
    elif scan.low(number.end) == "+" and scan.glued(number.end):
        number.bound, number.bound_at = "at_least", (number.end, number.end + 1)
        number.end += 1


def _apply_bound(scan: Scan, number: Number, bound) -> None:
    word = scan.tokens[bound.start].low
    single = bound.end - bound.start == 1
    if single and word == "до" and not scan.up_to(bound.start):
        return
    if single and word in ("з", "під") and (number.value < 10 or word == "з"):
        return
    if single and word in ("біля", "near") and number.unit == "" and not scan.at("scales", number.end - 1) and number.value < 10:
        return
    if single and word == "about" and scan.at("speech", bound.start - 1) and not scan.tokens[number.core[0]].text[0].isdigit():
        return  # "reported about four casualties": about = concerning
    if single and word == "over" and scan.at("days", bound.start):
        return
    number.bound, number.start = bound.value, bound.start
    number.bound_at = (bound.start, bound.end)
    # "at least about 300": the nearer word decides; the farther is part of the quote


def _noun(scan: Scan, number: Number) -> None:
    """The noun after the number, over adjectives; a counted thing that is no impact ends it."""
    i, limit, unknown = number.end, min(number.end + 7, len(scan.tokens)), False
    number.noun_end = number.end
    while i < limit:
        token = scan.tokens[i]
        if token.kind == MARK:
            if token.text in '"' or (token.text == "." and scan.dotted(i)):
                i += 1
                continue
            break
        if token.kind == NUMBER and (storeys := amount(scan, i)) and storeys.outside in ("storey", "building", "age"):
            if storeys.outside == "building":
                number.unit, number.noun_end = "buildings", storeys.end
                return
            i = storeys.end
            continue
        if i == number.end and scan.at("moments", i) and number.value < 10:
            number.outside = "duration"
            return
        if token.kind == NUMBER or i in scan.taken:
            break
        if stop := scan.at("stops", i):
            longer = [scan.at(kind, i) for kind in ("units", "groups")]
            if not any(each and each.end > stop.end for each in longer) and not _compound(scan, stop):
                number.outside = number.outside or stop.value
                number.noun_end = stop.end
                return
        group, unit, toll = scan.at("groups", i), scan.at("units", i), scan.at("toll_noun", i)
        if group and not (unit and unit.end > group.end):
            number.unit, number.group, number.noun_end = "people", group.value, group.end
            # "14 поранених дітей"
            return
        if unit:
            following = scan.noun_goes_on(unit.end)
            number.noun_end = unit.end
            number.unit = unit.value
            if scan.low(i) == "чоловік" and number.value == 1:
                number.group = "men"
            if following:
                i = following
                continue
            return
        if toll:
            number.unit, number.toll, number.noun_end = "people", toll.value, toll.end
            i = toll.end
            continue
        if scan.ends_noun(i):
            break
        unknown = unknown or (i == number.end and not scan.known(i))
        i += 1
    number.unknown = unknown and not number.unit


def _compound(scan: Scan, stop) -> bool:
    """"apartment blocks", "residential buildings": a stop word that only leads a unit noun."""
    unit = scan.at("units", stop.end)
    return bool(unit) and stop.value in ("other", "areas") and scan.language.name == "en"


def _has_increment(scan: Scan, number: Number) -> bool:
    near = range(max(0, number.start - 2), number.start)
    if any(scan.link("increment", i) for i in near):
        return True
    return any(scan.link("increment", i) for i in range(number.end, number.noun_end + 1))


def _share_nouns(scan: Scan, found: list[Number]) -> None:
    """"19 багатоквартирних та чотири приватні будинки", "16 out of 6,000 buildings"."""
    for number, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if number.unit or number.outside or number.implied or not following.unit or following.implied:
            continue
        between = scan.tokens[number.end : following.start]
        joined = any(scan.link("and", i) for i in range(number.end, following.start))
        parted = any(scan.link("out_of", i) for i in range(number.end, following.start))
        if len(between) <= 4 and (joined or parted) and not any(t.kind == MARK for t in between):
            if joined and any(scan.at(kind, i) for i in range(number.end, following.start)
                              for kind in ("toll", "left_out", "states")):
                continue
            number.unit, number.group = following.unit, following.group


def _implied(scan: Scan, i: int) -> Number | None:
    """1 from "a 50-year-old man", "another was injured", "загинула жінка"."""
    settings = scan.language.settings
    low = scan.tokens[i].low
    if low in settings["articles"]:
        return _described_one(scan, i, i + 1, article=True)
    if scan.link("increment", i) and low in ("another", "other") and low == "another":
        return _described_one(scan, i, i + 1, article=True) or _bare_another(scan, i)
    if settings["bare_singular"] and scan.at("singular", i):
        return _described_one(scan, i, i, article=False)
    return None


def _bare_another(scan: Scan, i: int) -> Number | None:
    """"Another was injured."""
    if scan.low(i + 1) in ("was", "is", "has"):
        return Number(i, i + 1, 1.0, unit="people", implied=True, noun_end=i + 1, core=(i, i + 1),
                      increment=True)
    return None


def _described_one(scan: Scan, start: int, i: int, *, article: bool) -> Number | None:
    """A person or building in the singular from token i: age and adjectives, then the noun."""
    minor, described, begin = False, False, i
    limit = min(i + (6 if article else 1), len(scan.tokens))
    while i < limit:
        token = scan.tokens[i]
        if token.kind == MARK:
            return None
        aged = amount(scan, i)
        if aged is not None:
            if aged.outside not in ("age", "storey"):
                return None
            if aged.outside == "age":
                described, minor = True, aged.value < 18
            i = aged.end
            limit = min(i + 4, len(scan.tokens))
            continue
        if noun := scan.at("singular", i):
            if noun.value in ("building", "facility"):
                unit, group = {"building": "buildings", "facility": "facilities"}[noun.value], ""
            else:
                unit, group = "people", "" if noun.value == "all" else noun.value
            if minor and unit == "people":
                group = "children"
            # "a residential building", "a school bus", "a child psychologist"
            if article and noun.end < len(scan.tokens):
                further = scan.at("singular", noun.end) or scan.at("stops", noun.end)
                if further or scan.at("units", noun.end):
                    if scan.at("stops", noun.end) or not scan.at("singular", noun.end):
                        return None
                    i = noun.end
                    continue
            number = Number(start, noun.end, 1.0, unit=unit, group=group, implied=True,
                            noun_end=noun.end, core=(start, noun.end), described=described)
            if not article:
                number.described = _age_before(scan, begin)
                if number.described and _age_value(scan, begin) < 18:
                    number.group = "children"
            _bound(scan, number)
            number.toll = toll.value if (toll := scan.at("toll_noun", noun.start)) else ""
            number.increment = low_is_another(scan, start) or _has_increment(scan, number)
            return number
        if article and described and scan.link("noun_end", i):
            return Number(start, i, 1.0, unit="people", group="children" if minor else "", implied=True,
                          noun_end=i, core=(start, i), described=True)
        if article and (scan.ends_noun(i) or scan.at("stops", i)):
            return None
        i += 1
    return None


def low_is_another(scan: Scan, i: int) -> bool:
    return scan.low(i) == "another"


def _age_before(scan: Scan, i: int) -> bool:
    return _age_value(scan, i) < 200


def _age_value(scan: Scan, i: int) -> float:
    for j in range(max(0, i - 4), i):
        if scan.tokens[j].kind in (NUMBER, WORD):
            aged = amount(scan, j)
            if aged is not None and aged.outside == "age" and aged.end <= i:
                return aged.value
    return 999.0
