"""Numbers of a sentence: each with its value, its bound and the noun it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.reports.mentions import persons
from etl.reports.mentions.bounds import bound_after, bound_before
from etl.reports.mentions.casualties import paired
from etl.reports.mentions.naming import names, of_a_group
from etl.reports.mentions.nouns import Noun, harmed_by_verb, noun
from etl.reports.mentions.numerals import Amount, amount, lower_end, ranged, spoken
from etl.reports.mentions.shared import share_houses, share_nouns, share_scales
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD

__all__ = ["Number", "amount", "numbers"]

_CURRENCIES = frozenset("$€£₴")
# Of at most so many people the ages are listed.
_MOST_AGES = 12
_SEVERAL_AGES = 2  # ages that share a noun
_ENDS = frozenset(".;)")  # what may close the part in which an age stands last
_YOUNGEST = 8  # tokens from "youngest" to an age
# The larger number of a ratio is at most this, and one of these if no noun follows.
_RATED, _ROUND = ("households", "customers"), (3, 4, 5, 10)
_LARGEST_RATIO, _RATIOS = 20, (3, 4, 5, 10, 20)
_WEAPONS = ("drones", "missiles")


@dataclass(slots=True)
class Number:
    """A number as the sentence states it. Positions are tokens, ends exclusive.

    start, end  bound, digits and scale; of a range, both numbers
    value       and `high`, the upper end of a range
    bound       "exact", "at_least", "at_most" or "about"
    unit        what the noun counts, "" without one
    group       who the people are
    noun_end    after the noun; `end` where there is none
    implied     whether it is 1 from an article or a bare noun, not from a number word
    described   whether it is one person whose age is told
    increment   whether it comes on top of another ("ще 5", "another 5")
    outside     why it can be no figure ("percent", "age", "duration" …), else ""
    earlier     whether it is the count before a change ("rose from 5 to 7")
    core        the digits or number words alone; of "8-10" the first
    bound_at    the words of the bound; (0, 0) where there are none
    scale_at    the scale that it shares with a later number; (0, 0) where there is none
    unknown     whether the word after it is in no list
    toll        the casualty that its noun names ("deaths")
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
    scale_at: tuple[int, int] = (0, 0)
    unknown: bool = False
    toll: str = ""


def numbers(scan: Scan) -> list[Number]:
    """Every number of the sentence in order, with bound and noun.

    Numbers that are no figure say why.
    """
    found: list[Number] = []
    end, aged = 0, bool(scan.of("groups"))
    for i in _beginnings(scan):
        if i < end or i in scan.taken:
            continue
        of_age = aged and scan.low(i + 1) == "-"
        number = (of_age and _by_ages(scan, i)) or _number(scan, i) or _implied(scan, i)
        if number is not None:
            found.append(number)
            found += _aged(scan, number)
            counts = number.unit and not number.outside
            end = max(number.noun_end if counts else number.end, i + 1)
    if _keyed_alone(scan, found):
        del found[:-1]
    _take_arms_before(scan, found)
    share_scales(scan, found)
    share_nouns(scan, found)
    share_houses(scan, found)
    for number, following in pairwise(found):
        if _is_ratio(scan, number, following):
            number.outside = following.outside = "percent"
    for number in found:
        if number.unknown and not number.unit and not number.outside:
            number.outside, number.noun_end = "noun", number.end + 1
    _mark_ages(scan, found)
    return found


def _by_ages(scan: Scan, i: int) -> Number | None:
    """The people who share one noun, as many as ages are told: "52-річний і 60-річний чоловіки",
    "12- і 15-річні хлопці"."""
    at, end, count, whole = i, i, 0, False
    while (age := _age_at(scan, at)) is not None:
        at, end, count, whole = age.end, age.end, count + 1, age.outside == "age"
        while scan.low(at) == "," or scan.link("and", at):
            at += 1
    group = scan.at("groups", end)
    if count < _SEVERAL_AGES or not (whole and group) or scan.at("singular", end):
        return None
    people = group.value
    return Number(i, end, count, unit="people", group=people, noun_end=group.end, core=(i, end))


def _age_at(scan: Scan, i: int) -> Amount | None:
    """One of several ages: "52-річний", the "12-" of "12- і 15-річні"."""
    told = amount(scan, i) if scan.is_number(i) else None
    if told is None or not persons.could_be_age(told.value):
        return None
    if told.outside or scan.low(told.end) != "-":
        return told if told.outside == "age" else None
    following = told.end + 1
    listed = scan.low(following) == "," or scan.link("and", following)
    return told._replace(end=following) if listed else None


def _keyed_alone(scan: Scan, found: Sequence[Number]) -> bool:
    """Whether the line is a key that names one person and the number behind it says how many:
    "Killed, an engineer of the plant: 1"."""
    if len(found) != 2 or not found[0].implied or found[1].outside or found[1].unit:
        return False
    return scan.before(found[1].start, ":") and found[1].end == len(scan.tokens)


def _aged(scan: Scan, age: Number) -> list[Number]:
    """The person named by an age alone: "постраждав 64-річний"."""
    if age.outside != "age" or not persons.named_by_age(scan, age.start, age.end):
        return []
    apart = persons.opens_apposition(scan, age.start)
    if persons.person_before(scan, age.start - apart):
        return []  # "хлопець, 14 р.", "дитина 5 р."
    group = "children" if age.value < persons.ADULT else ""
    return [
        Number(
            age.end - 1,
            age.end,
            1.0,
            unit="people",
            group=group,
            noun_end=age.end,
            implied=True,
            described=True,
            core=(age.end - 1, age.end),
        )
    ]


def _beginnings(scan: Scan) -> list[int]:
    """The tokens at which a number may begin: digits, "twelve", "another", "подружжя"."""
    kinds: tuple[str, ...] = ("numbers", "amounts", "bounded_amounts", "pairs")
    found = {match.start for kind in kinds for match in scan.of(kind)}
    bare = scan.language.settings["bare_singular"]
    found.update(
        each.start
        for each in scan.of("singular")
        if bare or scan.mark(each.end) or persons.aged_without_mark(scan, each.end)
    )
    found.update(each.start for each in scan.of("singular_of"))
    found.update(scan.links("another"))
    articles = scan.language.settings["articles"]
    found.update(
        i
        for i, token in enumerate(scan.tokens)
        if token.kind == WORD
        and ("-" in token.text or token.low in articles or is_little(scan, i, "whose"))
    )
    return sorted(found.union(scan.numeric))


def _number(scan: Scan, i: int) -> Number | None:
    """The number that is stated at a token in digits or words."""
    first, vague = spoken(scan, i), scan.at("unquantified", i)
    if first is None or (vague and vague.end >= first.end):
        return None  # "half of" the homes; "a quarter of a million" homes is a number
    core = (i, first.end)
    number = Number(i, first.end, first.value, first.high, outside=first.outside, core=core)
    if toll := _toll_in_pair(scan, i):
        number.unit, number.toll, number.noun_end = "people", toll, number.end
        return number
    if names(scan, i):
        number.outside = "name"
    elif _is_told_age(scan, i, first):
        number.outside = "age"
        if second := ranged(scan, first, None):  # "a man of 25 to 30"
            number.end = second.end
    if not number.outside:
        _extend(scan, number, first)
    number.outside = _uncounted(scan, number) or number.outside
    if not number.outside:
        _set_bound(scan, number)
        _set_noun(scan, number)
        if not number.unit and (group := of_a_group(scan, i)):
            number.unit, number.group, number.noun_end = "people", group.value, group.end
    number.increment = _is_increment(scan, number)
    if number.increment and _is_compared(scan, number):
        number.outside = "change"
    return number


def _is_compared(scan: Scan, number: Number) -> bool:
    """ "41 more deaths than in 2024": how many more."""
    behind = number.noun_end > number.end and is_little(scan, number.noun_end, "date_compared")
    return behind and scan.link("increment", number.end) is not None


def _is_told_age(scan: Scan, i: int, told: Amount) -> bool:
    """ "a man of 61"; but "the lives of 13 people" are counted."""
    person = persons.told_of_person(scan, i) and persons.could_be_age(told.value)
    if person:
        return not scan.known_unit(told.end)
    return persons.aged_without_mark(scan, i)


def _implied(scan: Scan, i: int) -> Number | None:
    """1 from "a 50-year-old man", "another was injured", "загинула жінка"."""
    if two := scan.at("pairs", i):
        return Number(i, two.end, 2.0, core=(i, two.end), noun_end=two.end, unit="people")
    one = persons.one(scan, i)
    if one is None:
        return None
    number = Number(i, one.end, 1.0, core=(i, one.end), noun_end=one.end, implied=True)
    number.unit, number.group, number.toll = one.unit, one.group, one.toll
    number.described = one.described
    _set_bound(scan, number)
    number.increment = bool(scan.link("another", i)) or _is_increment(scan, number)
    return number


def _toll_in_pair(scan: Scan, i: int) -> str:
    """ "killed" for the 68 and "injured" for the 265 of "(killed/injured): Donetsk 68/265"."""
    second = scan.before(i, "/")
    if not scan.in_pair(i - 2 if second else i):
        return ""
    both = paired(scan)
    return both[second] if both else ""


def _extend(scan: Scan, number: Number, first: Amount) -> None:
    """Goes on to the second number of a range: "8-10", "from 20 to 30", "від 4 до 14"."""
    framed = scan.link_before("from", number.start)
    second = ranged(scan, first, framed)
    if second is None:
        return
    if framed and scan.change:  # "rose from 5 to 7": the last number counts
        number.earlier = True
        return
    low = lower_end(scan, first, second)
    if low < second.value:
        number.value, number.high, number.end = low, second.value, second.end
        number.outside = second.outside
        number.start = framed.start if framed else number.start
    elif low > second.value and scan.glued(first.end) and scan.glued(first.end + 1):
        number.end, number.outside = second.end, second.outside or "backwards"  # "7-5 people"


def _uncounted(scan: Scan, number: Number) -> str:
    """Why a number counts nothing itself: "percent", "money", "change" ("by three to 17")."""
    if scan.at("naming", number.end, "percent") or scan.low(number.end) == "%":
        return "percent"
    if scan.low(number.end) in _CURRENCIES or scan.low(number.start - 1) in _CURRENCIES:
        return "money"
    compared = scan.at("bounds", number.end)
    if (
        compared
        and is_little(scan, compared.end - 1, "date_compared")
        and not scan.is_number(compared.end)
    ):
        return "change"  # "400,000 fewer than on Tuesday"
    verbs = (number.start - 2, number.start - 3)
    by = scan.at("naming", number.start - 1, "change")
    return "change" if by and any(scan.link("change", i) for i in verbs) else ""


def _set_bound(scan: Scan, number: Number) -> None:
    if bound := bound_before(scan, number.start, number.value):
        number.start = bound.start
    elif bound := bound_after(scan, number.start, number.end):
        number.end = max(number.end, bound.end)
    else:
        return
    number.bound, number.bound_at = bound.value, (bound.start, bound.end)


def _set_noun(scan: Scan, number: Number) -> None:
    found = _behind_dash(scan, number.end) or noun(scan, number.end, number.value)
    if (
        found.unknown
        and not (found.unit or found.outside)
        and harmed_by_verb(scan, number.start, number.end)
    ):
        found = Noun(number.end + 1, unit="people")
    if not found.unit and (one := _counted_one(scan, number)):
        found = one
    number.noun_end, number.unit, number.group = found.end, found.unit, found.group
    number.toll, number.outside, number.unknown = found.toll, found.outside, found.unknown
    if number.unit == "settlements" and _under_attacks(scan, number.start):
        number.outside = "areas"


def _counted_one(scan: Scan, number: Number) -> Noun | None:
    """The person or building of a one that is counted: "один мешканець", who is no second one."""
    named = scan.at("singular", number.end) if number.value == 1 else None
    person = persons.of_noun(scan, named) if named else None
    return Noun(person.end, unit=person.unit, group=person.group) if person else None


def _under_attacks(scan: Scan, i: int) -> bool:
    """Whether a number tells how many were under fire: the 18 of "753 strikes on 18 villages"."""
    led = is_little(scan, i - 1, "flown_at")
    return led and scan.ending("stops", i - 1, "attacks") is not None


def _behind_dash(scan: Scan, end: int) -> Noun | None:
    """The people of "14 поранено, двоє — діти" and "п'ятеро з 52 — діти", whose noun stands behind
    a dash and ends its part of the sentence."""
    if scan.link("out_of", end) and scan.is_number(end + 1):
        end += 2
    group = scan.at("groups", end + 1) if scan.low(end) == "-" else None
    if group is None or scan.known_unit(group.end):
        return None
    alone = group.end >= len(scan.tokens) or scan.tokens[group.end].text in ",;.)"
    return Noun(group.end, unit="people", group=group.value) if alone else None


def _is_increment(scan: Scan, number: Number) -> bool:
    """Whether "ще", "another" or "more" stands just before a number or within its noun."""
    return any(
        number.start - 2 <= i < number.start or number.end <= i <= number.noun_end
        for i in scan.links("increment")
    )


def _take_arms_before(scan: Scan, found: list[Number]) -> None:
    """ "Усього: ракет 38, БпЛА 635": weapons named right before their number."""
    begin = 0
    for number in found:
        named = scan.ending("units", number.start)
        last = number.end >= len(scan.tokens) or scan.tokens[number.end].text in ",;.("
        told = number.unit or number.outside or number.implied or not last
        if named and named.start >= begin and named.value in _WEAPONS and not told:
            number.unit = named.value
        begin = max(number.noun_end, number.end)


def _is_ratio(scan: Scan, number: Number, whole: Number) -> bool:
    """ "one in five households", "nine out of ten"."""
    if (
        number.unit
        or not number.value < whole.value <= _LARGEST_RATIO
        or whole.core[0] <= number.end
    ):
        return False
    between = range(number.end, whole.core[0])
    every = is_little(scan, number.end + 1, "ratio_every")
    if len(between) == 1 + every and is_little(scan, number.end, "ratio_in"):
        return True
    links = any(scan.link("out_of", i) for i in between)
    homes = whole.unit in _RATED and whole.value in _ROUND  # "nine out of ten households"
    of_some = (not whole.unit and whole.value in _RATIOS) or homes
    return links and len(between) <= 2 and of_some


def _mark_ages(scan: Scan, found: Sequence[Number]) -> None:
    """Ages without a noun: "жінки 71, 64 та 38 років", "a boy of nine", "Olha, 87, was killed"."""
    following = None
    for number in reversed(found):
        if not (number.unit or number.outside) and persons.could_be_age(number.value):
            listed = following is not None and _listed_with_age(scan, number, following)
            listed = listed or _listed_behind_person(scan, number, following)
            if listed or _of_youngest(scan, number) or _age_of_a_person(scan, number):
                number.outside = "age"
        elif number.outside == "duration" and _years_of_a_person(scan, number):
            number.outside = "age"
        following = number
    _mark_ages_of_counted(scan, found)
    for before, number in pairwise(found):
        if not (before.unit or number.unit) and _have_one_age(scan, before, number):
            before.outside, number.outside = "described", "age"
        another = before.outside == "age" and _lists_another_age(scan, before, number)
        if another or (before.value == 1 and _is_of_one(scan, before, number)):
            number.outside = "age"


def _have_one_age(scan: Scan, people: Number, age: Number) -> bool:
    """ "двом було по 70 років", "two were aged 70 and one was 57": of some who were counted before
    it is said how old they are."""
    gap = range(people.end, age.start)
    bare = people.outside in ("", "name") and persons.could_be_age(age.value)
    said = bare and len(gap) > 0 and all(is_little(scan, i, "aged_each") for i in gap)
    alone = age.outside == "" and people.value == 1 and age.value >= persons.ADULT
    closed = age.end >= len(scan.tokens) or scan.low(age.end) in _ENDS
    return said and (age.outside in ("age", "duration", "name") or (alone and closed))


def _is_of_one(scan: Scan, one: Number, number: Number) -> bool:
    """ "поранена ще одна, 68", "one more, 68": a number without a noun that ends a part right
    behind "one"."""
    bare = not (number.unit or number.outside) and one.unit in ("", "people")
    if not bare or scan.tokens[one.end - 1].kind == NUMBER or number.value < persons.ADULT:
        return False
    more = scan.link("increment", one.start)
    end = max(one.end, one.noun_end, more.end if more else 0)
    beside = scan.low(number.start - 1) == "," and end == number.start - 1
    closed = number.end >= len(scan.tokens) or scan.low(number.end) in _ENDS
    return beside and closed and persons.could_be_age(number.value)


def _of_youngest(scan: Scan, number: Number) -> bool:
    """ "the youngest was two": a bare number soon behind such a word."""
    near = range(number.start - _YOUNGEST, number.start)
    return any(match.start in near for match in scan.of("youngest"))


def _mark_ages_of_counted(scan: Scan, found: Sequence[Number]) -> None:
    """ "three women - 60, 39 and 26 -": as many ages as there are people before the dash."""
    for at, people in enumerate(found):
        if people.unit != "people" or not 1 < people.value <= _MOST_AGES:
            continue
        ages = found[at + 1 : at + 1 + int(people.value)]
        marked = scan.low(people.noun_end) in ("-", ":", "(") or (
            bool(ages) and scan.low(people.noun_end) == "," and scan.mark(ages[-1].end)
        )  # "two sons, 8 and 11, died"
        if marked and len(ages) == people.value and _are_ages(scan, people.noun_end + 1, ages):
            for age in ages:
                age.outside = "age"
            if not people.group and all(age.value < persons.ADULT for age in ages):
                people.group = "children"  # "двох її синів, 3 та 7 років"


def _are_ages(scan: Scan, start: int, numbers: Sequence[Number]) -> bool:
    """Whether numbers without nouns, as small as ages, stand side by side from a token on."""
    bare = all(not (n.unit or n.outside) and persons.could_be_age(n.value) for n in numbers)
    gaps = (range(one.end, other.start) for one, other in pairwise(numbers))
    return (
        bare
        and numbers[0].start == start
        and all(scan.low(i) == "," or scan.link("and", i) for gap in gaps for i in gap)
    )


def _years_of_a_person(scan: Scan, number: Number) -> bool:
    """ "чоловік 70 років": the years right after a person."""
    years = any(scan.at("ages", i, "years") for i in range(number.end, number.noun_end))
    return years and persons.person_before(scan, number.start)


def _lists_another_age(scan: Scan, before: Number, number: Number) -> bool:
    """ "women of 24, 37 and 61": a number without a noun right after an age."""
    gap = range(before.end, number.core[0])
    years = any(scan.at("ages", i, "years") for i in range(number.end, number.noun_end))
    return (
        not number.unit
        and (not number.outside or (number.outside == "duration" and years))
        and persons.could_be_age(number.value)
        and 0 < len(gap) <= 2
        and all(scan.low(i) == "," or scan.link("and", i) for i in gap)
    )


def _listed_with_age(scan: Scan, number: Number, following: Number) -> bool:
    gap = range(number.end, following.start)
    listed = len(gap) <= 2 and all(scan.low(i) == "," or scan.link("and", i) for i in gap)
    return listed and following.outside in ("duration", "age")


def _listed_behind_person(scan: Scan, number: Number, following: Number | None) -> bool:
    """ "чоловіки 33 і 51", "жінка 40": bare numbers right behind a noun for persons."""
    bare_singular = scan.language.settings["bare_singular"]
    if persons.aged_without_mark(scan, number.start):
        return True
    if bare_singular and scan.ending("singular", number.start):
        return number.end >= len(scan.tokens) or scan.mark(number.end)
    if following is None or not scan.ending("groups", number.start):
        return False
    gap = range(number.end, following.start)
    bare = not following.unit and persons.could_be_age(following.value)
    return bare and len(gap) == 1 and bool(scan.link("and", number.end))


def _age_of_a_person(scan: Scan, number: Number) -> bool:
    if persons.opens_apposition(scan, number.start):
        if scan.link("subset", number.end + 1):
            return False  # "two people were killed, 14, among them an officer, were hurt"
        return persons.in_apposition(scan, number.start, number.end, number.value)
    starts = (number.start, number.core[0])
    return any(persons.told_of_person(scan, i) for i in starts)
