"""What a number counts: the noun behind it, with adjectives between ("14 поранених дітей")."""

from typing import NamedTuple

from etl.reports.mentions import gazetteer
from etl.reports.mentions.casualties import lumps, toll_of
from etl.reports.mentions.numerals import amount
from etl.reports.mentions.trigger import BOTH
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD

# A noun stands within so many tokens of its number.
_REACH = 7
# At most so many words from "one of" to the villages that are meant, these included.
_ADJECTIVES = 3
_WEAPONS = ("drones", "missiles")
_HARMED = ("killed", "injured")
# A smaller number beside a part of the day is an hour: "5 ранку".
_HOUR = 10
# The value in [singular] for persons who belong to no group.
_NO_GROUP = ("all", "building", "facility")


class Noun(NamedTuple):
    """The noun of a number; `end` is the token after it, or after the number if there is none.

    unit     "people", "buildings" …, or "" where no unit is named
    group    who the people are
    toll     the casualty that the noun names ("deaths")
    outside  why the number is no impact ("duration", "vehicles" …)
    unknown  whether the number is followed by a word that is in no list
    """

    end: int
    unit: str = ""
    group: str = ""
    toll: str = ""
    outside: str = ""
    unknown: bool = False


def noun(scan: Scan, start: int, value: float) -> Noun:
    """The noun that a number with this value counts, from the token after the number on."""
    if value < _HOUR and scan.at("moments", start):
        return Noun(start, outside="duration")
    found, i = Noun(start), start
    while i < min(start + _REACH, len(scan.tokens)):
        if further := _passed_over(scan, i):
            i = further
        elif storeys := _storeyed_buildings(scan, i):
            return found._replace(end=storeys, unit="buildings")
        elif i == start and (sign := _sign(scan, i)):
            return found._replace(end=sign.end, unit="people", toll=toll_of(scan, sign))
        elif i in scan.taken or scan.tokens[i].kind != WORD:
            break
        elif stop := _stop(scan, i) or _one_of_some(scan, i, start):
            if stop.value == "settlements":
                return found._replace(end=stop.end, outside="areas")
            if scan.at("workers", i) and _are_harmed(scan, i, stop.end):
                return found._replace(end=stop.end, unit="people")
            return found._replace(end=stop.end, outside=stop.value)
        elif (lump := lumps(scan).get(i)) and lump.noun:
            return found._replace(end=lump.end, unit="people", toll=BOTH)
        elif people := _group(scan, i):
            if scan.low(people.end) == "'" and (owned := scan.at("stops", people.end + 1)):
                return found._replace(end=owned.end, outside=owned.value)  # "2 rescuers' cars"
            return found._replace(end=people.end, unit="people", group=people.value)
        elif unit := scan.at("units", i):
            group = _one_of_a_group(scan, i) if value == 1 and unit.value == "people" else ""
            if _lumps_weapons(scan, unit):
                return found._replace(end=unit.end, outside="weapons")
            found, i = found._replace(end=unit.end, unit=unit.value, group=group), unit.end
            if stop := _of_another(scan, unit):
                return found._replace(end=stop.end, unit="", outside=stop.value)
            if not _goes_on(scan, i):
                break
        elif toll := scan.at("toll_noun", i):
            found, i = (
                found._replace(end=toll.end, unit="people", toll=toll_of(scan, toll)),
                toll.end,
            )
        elif _two_adjectives(scan, i):
            i += 1
        elif scan.ends_noun(i):
            break
        else:
            unknown = found.unknown or (i == start and _is_unknown(scan, i))
            found, i = found._replace(unknown=unknown), i + 1
    return found


def _sign(scan: Scan, i: int) -> Match | None:
    """The sign behind a number that says what it counts: "4☠ 25🤕", "1 ☠ 7 🤕". In "☠ 1 🤕 7" the
    signs stand before their numbers."""
    sign = scan.at("toll_noun", i)
    if sign is None or not scan.mark(i):
        return None
    first = scan.of("toll_noun")[0].start
    leads = scan.mark(first) and not scan.is_number(first - 1)
    return sign if scan.glued(i) or not leads else None


def _passed_over(scan: Scan, i: int) -> int:
    """The token after a mark or number that may stand before the noun: "three 9-storey houses"."""
    token = scan.tokens[i]
    if token.text == '"' or (token.text == "." and scan.dotted(i)):
        return i + 1
    if token.text == "-" and any(scan.at("units", i + 1, weapon) for weapon in _WEAPONS):
        return i + 1 if scan.glued(i) and scan.glued(i + 1) else 0  # "a 110-drone assault"
    if scan.link("out_of", i) and gazetteer.is_possessive(scan.low(i + 1)):
        return i + 2 if scan.at("units", i + 2) else 0  # "4,000 of Kyiv's buildings"
    if is_little(scan, i, "owned") and (scan.at("groups", i + 1) or scan.at("units", i + 1)):
        return i + 1  # "троє його дітей", "двоє її синів"
    described = amount(scan, i) if token.kind == NUMBER else None
    return described.end if described and described.outside in ("storey", "age") else 0


def _are_harmed(scan: Scan, start: int, end: int) -> bool:
    """Whether words for harm stand just before or behind people at work: "four employees of the
    post were killed", "lost three of its repairmen"."""
    near = (*range(start - _REACH, start), *range(end, end + _REACH))
    told = (scan.at(kind, i) for kind in ("toll", "toll_active") for i in near)
    return any(match and match.value in _HARMED for match in told) or any(
        scan.at("states", i, "lost") for i in range(start - _REACH, start)
    )


def harmed_by_verb(scan: Scan, start: int, end: int) -> bool:
    """Whether those whom an unknown word behind a number names were killed or hurt, as only people
    are: "two cleaners were hurt", "травмовано двох прибиральниць".

    start, end  the number's tokens
    """
    behind = end + 1
    behind += scan.link("passive", behind) is not None
    verbs = (scan.at("toll", behind), scan.ending("toll", start))
    of_things = tuple(scan.language.settings["harms_things"])
    return any(
        verb and verb.value in _HARMED and not scan.low(verb.start).startswith(of_things)
        for verb in verbs
    )


def _storeyed_buildings(scan: Scan, i: int) -> int:
    """The token after buildings named by their storeys: "дві 9-поверхівки"."""
    named = amount(scan, i) if scan.tokens[i].kind == NUMBER else None
    return named.end if named and named.outside == "building" else 0


def _stop(scan: Scan, i: int) -> Match | None:
    """A thing whose number is no impact, unless the word only begins or describes a longer noun."""
    stop = scan.at("stops", i)
    if stop is None or any(
        each and each.end > stop.end
        for each in (scan.at(kind, i) for kind in ("units", "groups", "toll_noun"))
    ):
        return None
    leads = stop.value in ("other", "areas") and scan.at("units", stop.end)
    return None if leads and scan.language.settings["compounds"] else stop


def _one_of_some(scan: Scan, i: int, start: int) -> Match | None:
    """The districts of "в одному з районів", right behind the number, or the villages of "в одному
    з прифронтових сіл", which only say where."""
    if i != start or not scan.link("out_of", i) or scan.is_number(i + 1):
        return None  # "72 із 118 населених пунктів" are counted
    for at in range(i + 1, i + 1 + _ADJECTIVES):
        if (stop := _stop(scan, at)) or (stop := scan.at("units", at, "settlements")):
            return stop if at == i + 1 or stop.value == "settlements" else None
    return None


def _is_unknown(scan: Scan, i: int) -> bool:
    """Whether a word is in no list: a common noun, or letters that stand for one ("дві АЗС")."""
    text = scan.tokens[i].text
    letters = len(text) > 1 and text.isupper() and i not in scan.starts
    return letters or not scan.known(i)


def _group(scan: Scan, i: int) -> Match | None:
    """A group of people, unless a longer unit begins with the same word."""
    group, unit = scan.at("groups", i), scan.at("units", i)
    return None if group and unit and unit.end > group.end else group


def _one_of_a_group(scan: Scan, i: int) -> str:
    """ "1 чоловік" is a man, "5 чоловік" are people."""
    single = scan.at("singular", i)
    return single.value if single and single.value not in _NO_GROUP else ""


def _lumps_weapons(scan: Scan, unit: Match) -> bool:
    """ "100 drones and missiles": one number for both, and a count of neither."""
    if unit.value not in _WEAPONS or not scan.link("and", unit.end):
        return False
    also = scan.at("units", unit.end + 1)
    return also is not None and also.value in _WEAPONS and also.value != unit.value


def _two_adjectives(scan: Scan, i: int) -> bool:
    """Whether "and" joins two adjectives of one noun: "багатоповерхових і приватних будинків"."""
    return bool(
        scan.link("and", i)
        and scan.at("units", i + 2)
        and i + 1 not in scan.starts
        and i - 1 not in scan.starts
        and not scan.is_number(i + 1)
        and not scan.is_number(i - 1)
    )


def _of_another(scan: Scan, unit: Match) -> Match | None:
    """What is counted where weapons only describe it: "five missile | arrivals"."""
    stop = scan.at("stops", unit.end) if unit.value in _WEAPONS else None
    return stop if stop and scan.language.settings["compounds"] else None


def _goes_on(scan: Scan, i: int) -> bool:
    """Whether another noun follows that this one only describes: "apartment buildings"."""
    return scan.language.settings["compounds"] and bool(scan.at("units", i) or scan.at("groups", i))
