"""One person or building named without a number, and numbers that are somebody's age."""

from typing import NamedTuple

from etl.reports.mentions.casualties import lumps, toll_of
from etl.reports.mentions.numerals import amount
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD

_OLDEST = 110
ADULT = 18
# A name before a number in commas has an age from this on: "Olha, 87, was", not "Shevchenka, 5,".
_AFTER_A_NAME = 10
# So many tokens may stand between an article and its noun, and between an age and its noun.
_REACH, _REACH_OF_AGE = 6, 4
_CLOSING = frozenset(",).;(")
_ABBREVIATED = 2  # letters of "р."
_HARMED = ("killed", "injured")
# Kinds of words that name no person.
_NO_PERSON = (
    *("stops", "units", "pairs", "amounts", "damage", "toll", "toll_noun", "launch", "states"),
    *("moments", "days", "unquantified", "left_out", "services", "months", "scales"),
    *("bounds", "naming", "cause"),
)
_UNITS = {"building": "buildings", "facility": "facilities"}


class One(NamedTuple):
    """A single person or building, named up to the token `end`.

    described  whether an age is given
    toll       the casualty that its noun names ("a victim")
    """

    end: int
    unit: str = "people"
    group: str = ""
    described: bool = False
    toll: str = ""


def one(scan: Scan, i: int) -> One | None:
    """One named from token i on: "a 50-year-old man", "another was injured", "загинула жінка"."""
    another = scan.link("another", i)
    if another or scan.is_article(i):
        found = _after_article(scan, i + 1) or _by_harm(scan, i)
        if found and found.toll and scan.change and scan.at("naming", i + 1, "ordinal"):
            return None  # "a seventh body was found, bringing the toll to seven"
        alone = scan.link("passive", i + 1) or _stands_for_a_person(scan, i)
        return One(i + 1) if not found and another and alone else found
    if is_little(scan, i, "whose") and (relative := _after_article(scan, i + 1)):
        told = (amount(scan, at) for at in range(i + 1, relative.end))
        of_age = any(each and each.end == relative.end for each in told)  # "in her late 60s"
        return relative if relative.unit == "people" and not of_age else None
    noun = scan.at("singular", i)
    if noun and (is_little(scan, i - 1, "kin") or noun.end - 1 in lumps(scan)):
        return None  # "є загиблий і поранений" are two
    if noun and scan.language.settings["bare_singular"]:
        # "вагітну жінку": the second word names her
        return None if _leads(scan, noun) else of_noun(scan, noun, _age_before(scan, i))
    if noun and (age := _age_behind(scan, noun)):
        return of_noun(scan, noun, age)
    return _of_whose(scan, i)


def _of_whose(scan: Scan, i: int) -> One | None:
    """The woman of "забрав життя 78-річної жінки", "тіло жінки": a form that may mean several
    elsewhere."""
    noun = scan.at("singular_of", i)
    if noun is None:
        return None
    of_age = tuple(scan.language.settings["aged_of"])
    age = _age_before(scan, i) if scan.low(i - 1).endswith(of_age) else None
    of_her = tuple(scan.language.settings["of_her"])
    described = scan.low(i - 1).endswith(of_her)
    one_of = scan.ending("of_one", i) or (described and scan.ending("of_one", i - 1))
    return of_noun(scan, noun, age) if age is not None or one_of else None


def _age_behind(scan: Scan, noun: Match) -> float | None:
    """The age of "Man, 71, killed; woman (56) hurt", which make one person of a bare noun."""
    marked = scan.low(noun.end) in (",", "(") and noun.value not in _UNITS
    told = amount(scan, noun.end + 1) if marked and scan.is_number(noun.end + 1) else None
    if not marked and noun.value not in _UNITS and aged_without_mark(scan, noun.end):
        return amount_of_age(scan, noun.end)
    if told is None or told.outside or not could_be_age(told.value) or scan.known_unit(told.end):
        return None
    closed = scan.low(told.end) in _CLOSING or scan.low(told.end) == "-"
    return told.value if closed else None


def aged_without_mark(scan: Scan, i: int) -> bool:
    """Whether a number behind a noun for one person is an age: "man 42 wounded", "(man 58, woman
    61)"."""
    told = amount(scan, i) if scan.ending("singular", i) and scan.is_number(i) else None
    if told is None or told.outside or not could_be_age(told.value):
        return False
    listed = scan.low(told.end) in (",", ")") and scan.in_brackets(i)
    return told.value > _AFTER_A_NAME and (listed or scan.at("toll", told.end) is not None)


def amount_of_age(scan: Scan, i: int) -> float | None:
    """The age that is told at a token."""
    told = amount(scan, i)
    return told.value if told else None


def named_by_age(scan: Scan, start: int, end: int) -> bool:
    """Whether an age stands for its person, as no noun follows: "постраждав 64-річний"."""
    if not scan.language.settings["bare_singular"] or end - start < 2:
        return False
    if len(scan.low(end - 1)) <= _ABBREVIATED:
        return False  # "56 та 61 р."
    for i in range(end, min(end + _REACH_OF_AGE, len(scan.tokens))):
        if scan.mark(i) or scan.link("and", i):
            return not scan.link("and", i)
        if any(scan.at(kind, i) for kind in ("singular", "groups", "units")):
            return False
    return True


def could_be_age(value: float) -> bool:
    """Whether a number is one that people's ages have."""
    return value <= _OLDEST and value % 1 == 0


def told_of_person(scan: Scan, i: int) -> bool:
    """Whether the words before a number at token i make it a person's age: "a boy of nine"."""
    return i > 1 and bool(scan.at("ages", i - 1, "person_of")) and person_before(scan, i - 1)


def in_apposition(scan: Scan, start: int, end: int, value: float) -> bool:
    """Whether a number stands between marks after a person: "Olha, 87, was", "жінка (64)"."""
    dashed = scan.low(end) == "-" and scan.ending(
        "singular", start - 1
    )  # "Чоловік, 69 - поранення"
    closed = dashed or scan.low(end) in _CLOSING or scan.link("and", end)
    if end < len(scan.tokens) and not closed:
        return False
    if any(
        place.end == start - 1 and (place.pcode or scan.before(start, "("))
        for place in scan.places or ()
    ):
        return False  # "houses in Kharkiv (12)"
    i = start - 2
    token = scan.tokens[i]
    name = token.kind == WORD and token.text[0].isupper() and not scan.is_number(i)
    told = token.kind == WORD and scan.is_article(i - 1)  # "a beekeeper, 61, killed by a drone"
    return ((name or told) and value > _AFTER_A_NAME) or person_before(scan, start - 1)


def opens_apposition(scan: Scan, start: int) -> bool:
    """Whether a number follows a mark that may set it apart as an age."""
    return start > 1 and scan.tokens[start - 1].text in (",", "(")


def person_before(scan: Scan, i: int) -> bool:
    """Whether a person is named just before a token, or a word further."""
    return any(
        scan.ending("groups", end)
        or scan.ending("singular", end)
        or scan.ending("units", end, "people")
        for end in (i, i - 1)
    )


def _after_article(scan: Scan, i: int) -> One | None:
    """A person or building in the singular: age and adjectives, then the noun."""
    age, age_end, limit = None, 0, i + _REACH
    while i < min(limit, len(scan.tokens)) and not scan.mark(i):
        noun = scan.at("singular", i)
        if described := amount(scan, i):
            if described.outside not in ("age", "storey"):
                return None
            age = described.value if described.outside == "age" else age
            i, limit = described.end, described.end + _REACH_OF_AGE
            age_end = i
        elif noun and not _leads(scan, noun):
            return of_noun(scan, noun, age) if _complete(scan, noun.end) else None
        elif noun:
            i = noun.end
        elif age is not None and scan.link("noun_end", i):  # "a 12-year-old was injured"
            return One(i, group=_group(age), described=True)
        elif _of_vehicle(scan, i):
            i += 1
        elif age is not None and age_end == i and scan.at("toll", i):
            return One(i, group=_group(age), described=True)  # "a 54-year-old died"
        elif scan.ends_noun(i) or scan.at("stops", i):
            return None
        else:
            i += 1
    # "including a four-year-old."
    alone = age is not None and age_end == i
    return One(i, group=_group(age), described=True) if alone else None


def _by_harm(scan: Scan, i: int) -> One | None:
    """A person whose noun is in no list, told by what befell: "a beekeeper was killed", "killing a
    stoker"."""
    if not (scan.of("toll") or scan.of("toll_active")):
        return None
    end = i + 1
    while end < min(i + _REACH, len(scan.tokens)) and _may_name_a_person(scan, end):
        end += 1
    if end == i + 1:
        return None
    verb = scan.at("toll", end + 1) if scan.link("passive", end) else scan.at("toll", end)
    if verb is not None and verb.value in _HARMED:
        alone = scan.link("passive", end) or scan.at("number_side", end, "before")
        return One(end) if alone else None
    before = scan.ending("toll", i) or scan.ending("toll_active", i)
    closed = end >= len(scan.tokens) or scan.mark(end) or scan.link("noun_end", end)
    if before is None or before.value not in _HARMED or before.end - before.start > 1:
        return None  # "was treated for a concussion"
    return One(end) if closed and not scan.link("out_of", end) else None


def _may_name_a_person(scan: Scan, i: int) -> bool:
    """Whether a word may be of a person's name or calling: one that is not known otherwise."""
    token = scan.tokens[i]
    known = any(scan.at(kind, i) for kind in _NO_PERSON)
    return token.kind == WORD and not known and not scan.ends_noun(i) and not scan.is_number(i)


def _stands_for_a_person(scan: Scan, i: int) -> bool:
    """ "killed another and wounded two": no noun follows."""
    before = scan.ending("toll", i) or scan.ending("toll_active", i)
    harmed = before is not None and before.value in _HARMED
    return harmed and bool(scan.link("and", i + 1) or scan.mark(i + 1))


def _of_vehicle(scan: Scan, i: int) -> bool:
    """Whether a word only says what somebody drives: "a minibus | driver"."""
    thing = scan.at("stops", i)
    person = scan.at("singular", thing.end) if thing else None
    return person is not None and person.value not in _UNITS


def _leads(scan: Scan, noun: Match) -> bool:
    """Whether a noun only describes the next one: "a school building"."""
    if is_little(scan, noun.start, "kin"):
        return False  # "онук рятувальника"
    return bool(scan.at("singular", noun.end)) and not scan.at("stops", noun.end)


def _complete(scan: Scan, i: int) -> bool:
    """Whether no noun follows that makes it another thing: "a school bus", "a child patient"."""
    return not scan.at("stops", i) and not scan.at("units", i)


def of_noun(scan: Scan, noun: Match, age: float | None = None) -> One:
    named = scan.at("toll_noun", noun.start)
    age = age if age is not None else _age_behind(scan, noun)
    described, toll = age is not None, toll_of(scan, named) if named else ""
    if noun.value in _UNITS:
        return One(noun.end, _UNITS[noun.value], described=described, toll=toll)
    grown = age is not None and age >= ADULT and noun.value == "children"
    group = "" if noun.value == "all" or grown else noun.value
    end = _past_decade(scan, noun.end)
    return One(end, group=_group(age) or group, described=described, toll=toll)


def _past_decade(scan: Scan, end: int) -> int:
    """The token behind "in her late 60s", which tells of the person named before a token how old
    they are; the token itself if nothing does."""
    for i in range(end, end + _REACH_OF_AGE):
        told = amount(scan, i) if scan.is_number(i) else None
        if told and told.outside == "age":
            led = any(is_little(scan, at, "whose") for at in range(end, i))
            # "her 12-year-old son" is another person
            alone = not any(scan.at("singular", at) for at in range(told.end, told.end + 2))
            return told.end if led and alone else end
    return end


def _group(age: float | None) -> str:
    return "children" if age is not None and age < ADULT else ""


def is_grown(scan: Scan, i: int) -> bool:
    """Whether an age just before a noun is an adult's: "23-річний хлопець"."""
    age = _age_before(scan, i)
    return age is not None and age >= ADULT


def _age_before(scan: Scan, i: int) -> float | None:
    """The age just before a noun: "50-річна місцева жінка"."""
    for j in range(max(0, i - _REACH_OF_AGE), i):
        described = amount(scan, j) if scan.tokens[j].kind in (NUMBER, WORD) else None
        if described and described.outside == "age" and described.end <= i:
            return described.value
    return None
