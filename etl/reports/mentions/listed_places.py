"""What a list makes of the places in it: oblasts beside oblasts, or areas that share one noun."""

from dataclasses import replace

from etl.reports.mentions import gazetteer
from etl.reports.mentions.gazetteer import UKRAINE
from etl.reports.mentions.place_mention import Mention, is_plural, where
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from impact.model.places import PLACES, own_oblast

# Words for the areas that a list goes through: "by oblast", "district by district".
_BY_OBLAST = "by_oblast"
_HEADING_MARKS = frozenset(":-(")
_LABELS = ("oblast", "region")
_LABEL_MARKS = frozenset(":-–—")
_AREAS = ("district", "hromada")
_COUNTED = 6  # tokens between two places of a list, with a number


def as_areas(scan: Scan, found: list[Mention]) -> list[Mention]:
    """The mentions of a sentence, with the oblasts that a list means by the names of cities."""
    found = _oblasts_among_oblasts(scan, found)
    found = _oblasts_of_one_noun(scan, found)
    found = _areas_of_one_noun(scan, found)
    found = _oblasts_of_labels(scan, found)
    return _oblasts_listed(scan, found)


def _oblasts_among_oblasts(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Beside an oblast, the name of a city and an oblast means the oblast, unless it stands after
    "in" or is what was attacked.

    "Сумщина - 8 тис., Запоріжжя - 5 тис."; but "атака на Запоріжжя"
    """
    targets = scan.language.settings["joins"]["target"]
    if not any(level(mention) == "oblast" for mention in found):
        return found
    if only := _only_city(scan, found):
        return [
            each.meaning(gazetteer.oblast_called(each.pcode)) if each in only else each
            for each in found
        ]
    return [
        each
        if is_little(scan, each.start - 1, "place_in") or scan.low(each.start - 1) in targets
        else each.meaning(_oblast_of_name(scan, each) or each.pcode)
        for each in found
    ]


def _only_city(scan: Scan, found: list[Mention]) -> list[Mention]:
    """The cities of a list by oblast, each with its number, that their oblasts are called after:
    "523,000 in the Lviv region, 280,000 in Rivne and 215,000 in Volyn"."""
    cities = [each for each in found if level(each) == "city"]
    oblasts = [each for each in found if level(each) == "oblast"]
    pointers = any(each.pointer for each in found)
    called = all(gazetteer.oblast_called(each.pcode) != each.pcode for each in cities)
    counted = all(scan.is_number(each.start - 2) for each in cities)
    inside = {own_oblast(PLACES[each.pcode]) for each in cities}
    apart = inside.isdisjoint(each.pcode for each in oblasts)
    enough = len(oblasts) > len(cities) > 0
    return cities if enough and called and counted and apart and not pointers else []


def _oblast_of_name(scan: Scan, mention: Mention) -> str:
    """The oblast that bears the name of the city mentioned, too; empty for most."""
    alone = mention.end == mention.start + 1 and level(mention) == "city"
    return gazetteer.oblast_of_name(scan.low(mention.start)) if alone else ""


def _oblasts_of_one_noun(scan: Scan, found: list[Mention]) -> list[Mention]:
    """One noun makes all of a list oblasts: "Odesa, Kherson and Mykolaiv regions"."""
    result = list(found)
    for first, mention in enumerate(found):
        if _after_noun(scan, mention.start):  # "the regions of Kharkiv, Sumy and Poltava"
            for at in range(first, len(found)):
                if not found[at].pcode or (
                    at > first and not joined(scan, found[at - 1], found[at])
                ):
                    break
                result[at] = found[at].meaning(own_oblast(PLACES[found[at].pcode]))
    for last, mention in enumerate(found):
        if mention.pcode == UKRAINE:
            continue  # oblasts that are only counted
        noun_follows = where(scan, _past_bracket(scan, mention.end)) == "oblasts"
        if not noun_follows and not (mention.end and where(scan, mention.end - 1) == "oblasts"):
            continue
        if where(scan, mention.end) == "oblasts":
            result[last] = replace(mention, end=mention.end + 1)
        for at in range(last, -1, -1):
            if not result[at].pcode:
                break
            result[at] = result[at].meaning(own_oblast(PLACES[result[at].pcode]))
            if at == 0 or not _one_list(scan, result[at - 1], result[at]):
                break
    return result


def _one_list(scan: Scan, first: Mention, second: Mention) -> bool:
    """Whether two mentions stand in one list, in which each may have its number: "42,000 in
    Donetsk, 31,000 in Kharkiv and 11,500 in Sumy oblasts"."""
    if joined(scan, first, second):
        return True
    gap = range(first.end, second.start)
    numbers = sum(map(scan.is_number, gap))
    parted = scan.low(first.end) == "," or scan.link("and", first.end)
    return (
        bool(parted)
        and numbers == 1
        and len(gap) <= _COUNTED
        and all(
            scan.tokens[i].text == ","
            or scan.is_number(i)
            or scan.link("and", i)
            or scan.at("bounds", i)
            or scan.at("scales", i)
            or is_little(scan, i, "place_in")
            for i in gap
        )
    )


def _areas_of_one_noun(scan: Scan, found: list[Mention]) -> list[Mention]:
    """One noun makes all of a list districts or communities, which lie in an oblast: "Nizhyn and
    Pryluky districts"."""
    result = list(found)
    for last in range(len(found) - 1, 0, -1):
        noun = where(scan, found[last].end - 1)
        plural = is_plural(scan, found[last].end - 1)
        if noun not in _AREAS or not plural or not found[last].pcode:
            continue
        at = last - 1
        while at >= 0 and level(result[at]) == "city" and joined(scan, found[at], found[at + 1]):
            if result[at].end - result[at].start > 1:
                break
            result[at] = result[at].meaning(own_oblast(PLACES[result[at].pcode]))
            at -= 1
    return result


def _past_bracket(scan: Scan, i: int) -> int:
    """The token behind a number in brackets at a token: "Kherson (9,700) regions"."""
    return i + 3 if scan.low(i) == "(" and scan.low(i + 2) == ")" else i


def _after_noun(scan: Scan, i: int) -> bool:
    """Whether the word for several oblasts and "of" stand before a token."""
    return is_little(scan, i - 1, "place_of") and where(scan, i - 2) == "oblasts"


def _oblasts_of_labels(scan: Scan, found: list[Mention]) -> list[Mention]:
    """After a line's label for the oblast, the name of a city means its oblast: "Region: Odesa"."""
    return [
        each.meaning(own_oblast(PLACES[each.pcode]))
        if level(each) == "city" and _labelled(scan, each.start - 2)
        else each
        for each in found
    ]


def _oblasts_listed(scan: Scan, found: list[Mention]) -> list[Mention]:
    """In a list by oblast a city's name before its number means the oblast: "by region: Kherson
    188, Kharkiv 120"."""
    begun = [match.end for match in scan.of("where") if match.value == _BY_OBLAST]
    if not begun:
        return found
    return [
        each.meaning(gazetteer.oblast_called(each.pcode))
        if each.pcode and each.start >= begun[0] and _before_number(scan, each.end)
        else each
        for each in found
    ]


def _before_number(scan: Scan, i: int) -> bool:
    """Whether a number begins at a token, or behind a mark there."""
    return scan.is_number(i + (scan.low(i) in _HEADING_MARKS))


def _labelled(scan: Scan, label: int) -> bool:
    """Whether a word for an oblast opens the line, but for a bullet, and a mark follows it."""
    opens = label == 0 or (label == 1 and not scan.low(0).isalnum())
    return opens and where(scan, label) in _LABELS and scan.low(label + 1) in _LABEL_MARKS


def level(mention: Mention) -> str:
    """The level of the place: "city", "oblast" or "country"; empty for a pointer."""
    return PLACES[mention.pcode].level if mention.pcode else ""


def joined(scan: Scan, first: Mention, second: Mention) -> bool:
    """Whether only a comma, "and" or such words stand between two mentions."""
    between = range(first.end, second.start)
    if scan.low(first.end) == "(" and scan.low(first.end + 2) == ")":
        between = range(first.end + 3, second.start)  # "Odesa (38,000), Kherson (9,700) regions"
    return len(between) <= 4 and all(
        scan.tokens[i].text == "," or scan.link("and", i) or is_little(scan, i, "place_with")
        for i in between
    )
