"""Every place that a sentence names or points at. Neighbouring names are joined to one place."""

from dataclasses import replace

from etl.reports.mentions import gazetteer
from etl.reports.mentions.gazetteer import KYIV, UKRAINE
from etl.reports.mentions.listed_places import as_areas, joined, level
from etl.reports.mentions.place_mention import (
    CITIES,
    CITY,
    FOREIGN,
    REGION,
    VAGUE,
    VILLAGE,
    Mention,
    where,
)
from etl.reports.mentions.place_names import mention_at
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER
from impact.model.places import PLACES, own_oblast

__all__ = [
    "CITIES",
    "CITY",
    "FOREIGN",
    "KYIV",
    "REGION",
    "UKRAINE",
    "VAGUE",
    "VILLAGE",
    "Mention",
    "lists_areas",
    "lists_oblasts",
    "mentions",
]

_HEADING_MARKS = frozenset(":-(")
_SETTLEMENTS = 5  # tokens from a city to the settlements counted with it
_PART_LED = 5  # tokens from "including" to a place: "including all of the city of Nizhyn"
_MEASURED = 6  # tokens from "15 km" to the place from which it is measured
_BULLETS = frozenset("•·|")
_ITEM_MARKS = frozenset(",;:")
_TO_ROUTE = 4  # tokens from a train to the first place of its route
_ON_ROUTES = frozenset("-,")
_BODY_NAME = 2  # tokens from "Ukraine's" to the name of a body: "Ukraine's state grid operator"
_OWNED = 5  # tokens from "Ukraine's" to the name of its place
_LED = 2  # tokens between "most of them" and its place: "in the", "– на"
_OWN = 8  # tokens from a place to a number of its own
# Words that stand for an oblast, and the marks after one that is a line's label.
# Words for the areas that a list goes through: "by oblast", "district by district".
_BY_OBLAST = "by_oblast"
_COUNTED_AREAS = ("oblasts", "several")
_AREAS_LISTED = ("oblast", "oblasts", "several", "district")
# Speakers whose title says of which place they are: "mayor of Kharkiv".
_OFFICES = {
    "mayor",
    "regional head",
    "oblast military administration",
    "city military administration",
    "local authorities",
    "city council",
}
_OFFICIALS = "officials"


def mentions(scan: Scan) -> list[Mention]:
    """Every place the sentence names or points at, in order, none inside another."""
    if scan.places is None:
        found = _without_routes(scan, _of_old_names(scan, _ranged(scan, _read(scan))))
        found = as_areas(scan, _without_owners(scan, found))
        scan.places = _headed(scan, _lumped(scan, _without_speakers(scan, found)))
    return scan.places


def _without_routes(scan: Scan, found: list[Mention]) -> list[Mention]:
    """The places of a sentence but those of a train's route, where it may be anywhere between them:
    "потяг «Краматорськ – Київ – Ковель»"."""
    if not scan.of("trains"):
        return found
    trains = {match.end for match in scan.of("trains")}
    routes: list[list[Mention]] = []
    for mention in found:
        beside = routes and _joined_by_dash(scan, routes[-1][-1].end, mention.start)
        routes = [*routes[:-1], [*routes[-1], mention]] if beside else [*routes, [mention]]
    led = [
        any(route[0].start - end in range(_TO_ROUTE) for end in trains) and len(route) > 1
        for route in routes
    ]
    return [each for route, is_led in zip(routes, led, strict=True) if not is_led for each in route]


def _joined_by_dash(scan: Scan, start: int, stop: int) -> bool:
    """Whether only a dash or a comma stands between two places."""
    return stop - start == 1 and scan.low(start) in _ON_ROUTES


def _read(scan: Scan) -> list[Mention]:
    """The mentions from left to right, each by itself or one with its neighbour."""
    found: list[Mention] = []
    naming = {match.start for kind in ("where", "demonyms") for match in scan.of(kind)}
    naming.update(i for i, token in enumerate(scan.tokens) if token.text[0].isupper())
    end, without = 0, -1
    for i in sorted(naming):
        mention = mention_at(scan, i) if i >= end else None
        if mention is None:
            continue
        end = mention.end
        if _is_excepted(scan, mention.start, without):
            without = end
        elif _is_citizenship(scan, mention) or _is_most(scan, mention) or _speaks(scan, mention):
            continue
        elif found and (whole := _one_phrase(scan, found[-1], mention)):
            found[-1] = whole
        else:
            found.append(_beside_office(scan, _of_oblast_before(scan, found, mention)))
    return found


def _of_oblast_before(scan: Scan, found: list[Mention], mention: Mention) -> Mention:
    """The raion of an oblast that the sentence has just named, and no district of a city elsewhere:
    "Донеччина: у Покровському районі"."""
    before = found[-1].pcode if found else ""
    if before not in mention.oblasts or not _is_district(scan, mention):
        return mention
    return mention.meaning(before)


def _of_old_names(scan: Scan, found: list[Mention]) -> list[Mention]:
    """The oblast of a name that its centre bore until 2016: "Dnipropetrovsk: 3,450"."""
    return [
        each.meaning(oblast)
        if (oblast := gazetteer.oblast_of_old_name(scan.low(each.start)))
        and each.end == each.start + 1
        and level(each) == "city"
        else each
        for each in found
    ]


def _ranged(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Two places that only span the country as one: "at cities from Lviv to Kharkiv"."""
    result: list[Mention] = []
    for mention in found:
        first = result[-1] if result else None
        between = first is not None and first.end + 1 == mention.start
        if between and first is not None and _span_the_country(scan, first, mention):
            result[-1] = first.meaning(UKRAINE, end=mention.end)
        else:
            result.append(mention)
    return result


def _span_the_country(scan: Scan, first: Mention, last: Mention) -> bool:
    led = scan.link("from", first.start - 1) and scan.ending("stops", first.start - 1, "areas")
    codes = (first.pcode, last.pcode)
    apart = all(codes) and len({own_oblast(PLACES[code]) for code in codes}) == len(codes)
    return bool(led and scan.link("to", first.end) and apart)


def _is_excepted(scan: Scan, start: int, without: int) -> bool:
    """Whether a place is named as not counted: "all Ukraine without Crimea and Sevastopol".

    without: the token after the place before it, if that one is not counted
    """
    excepted = scan.language.settings["joins"]["before_excepted"]
    while scan.low(start - 1) in excepted:
        start -= 1
    listed = start - 1 == without and scan.link("and", without)
    return bool(listed or scan.ending("links", start, "except"))


def _is_citizenship(scan: Scan, mention: Mention) -> bool:
    """Whether a country only says whose citizens people are: "citizens of Poland"."""
    if mention.pointer != FOREIGN or not is_little(scan, mention.start - 1, "place_of"):
        return False
    citizens = scan.language.settings["joins"]["citizens_of"]
    return scan.low(mention.start - 2) in citizens


def _without_owners(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Leaves out the country where a possessive only says whose place follows: "Ukraine's Black Sea
    port of Odesa"."""
    return [
        each
        for i, each in enumerate(found)
        if not any(_owns(scan, each, other) for other in found[i + 1 : i + 2])
    ]


def _without_speakers(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Marks an oblast that only names its administration as aside, beside another place: "Kherson
    OVA said a bus was hit in Kherson"."""
    titles = {each.end for each in scan.of("speakers") if each.value in _OFFICES}
    officials = {each.end for each in scan.of("speakers") if each.value == _OFFICIALS}
    return [
        replace(each, aside=True)
        if len(found) > 1 and (each.end in titles or _is_where_they_speak(scan, each, officials))
        else each
        for each in found
    ]


def _is_where_they_speak(scan: Scan, mention: Mention, officials: set[int]) -> bool:
    """ "Strikes across Ukraine killed three, officials in | Kyiv said"."""
    led = mention.start - 1 in officials and is_little(scan, mention.start - 1, "place_in")
    return led and scan.at("speech", mention.end) is not None


def _owns(scan: Scan, mention: Mention, following: Mention) -> bool:
    if mention.pcode != UKRAINE:
        return False
    between = range(mention.end, following.start)
    near = len(between) <= _OWNED and not any(map(scan.mark, between))
    return near and gazetteer.is_possessive(scan.low(mention.end - 1))


def _speaks(scan: Scan, mention: Mention) -> bool:
    """Whether the country is only who says something: "Ukraine says a drone killed 10"."""
    alone = mention.pcode == UKRAINE and mention.end == mention.start + 1
    return alone and scan.at("speech", mention.end) is not None


def _headed(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Marks the places that head a line or an item: "Kherson: 5", "Sumy - 4, Odesa - 7"."""
    return [replace(each, head=True) if _heads(scan, each) else each for each in found]


def _heads(scan: Scan, mention: Mention) -> bool:
    opens = mention.start <= 1 or scan.low(mention.start - 1) in _ITEM_MARKS
    # "3 dead (Izium - 1, …)": one of the parts in brackets behind an item heads nothing.
    inside = scan.in_brackets(mention.start)
    return opens and scan.low(mention.end) in _HEADING_MARKS and not inside


def names_an_unknown(scan: Scan) -> bool:
    """Whether a sentence names a place of which nobody here has heard."""
    return any(each.pointer == VILLAGE and not each.oblasts for each in mentions(scan))


def lists_areas(scan: Scan, heading: bool) -> bool:
    """Whether a sentence says that what it or the lines below list are oblasts or districts.

    heading  whether it stands above them; else only "by oblast:" says so
    """
    placed = [each for each in mentions(scan) if each.pcode not in ("", UKRAINE)]
    named = {i for each in placed for i in range(each.start, each.end)}
    return any(
        match.value in _AREAS_LISTED
        and match.start not in named
        and ((heading and match.value in _COUNTED_AREAS) or scan.low(match.end) == ":")
        for match in scan.of("where")
    )


def lists_oblasts(scan: Scan) -> bool:
    """Whether a line says that what follows is told by oblast."""
    return any(match.value == _BY_OBLAST for match in scan.of("where"))


# ------------------------------------------------------------------------ named aside


def _beside_office(scan: Scan, mention: Mention) -> Mention:
    """Marks "mayor of Kharkiv", "голова Донеччини", datelines and the like as aside, to be used
    only if nothing else is named."""
    if mention.pointer:
        return mention
    aside = (
        (mention.start == 0 and _opens_a_wire(scan, mention))
        or _is_told_aside(scan, mention)
        or (mention.pcode == UKRAINE and _is_of_body(scan, mention))
        or scan.at("offices", mention.end, "office") is not None
        or any(_names_office(mention, title) for title in scan.of("speakers"))
        or (mention.end - mention.start > 1 and _opens_title(scan, mention))
    )
    return replace(mention, aside=True) if aside else mention


def _names_office(mention: Mention, title: Match) -> bool:
    """Whether a title says that a place is an office's: "mayor of Kharkiv", "Kharkiv Oblast
    Military Administration"."""
    led = title.end in range(mention.start - 2, mention.start + 1)
    over = mention.start < title.start <= mention.end < title.end
    short = mention.start < title.start and title.end == mention.end  # "Харківської ОВА"
    return title.value in _OFFICES and (led or over or short)


def _is_of_body(scan: Scan, mention: Mention) -> bool:
    """Whether the country only says whose body speaks: "Ukraine's Interior Ministry", "the State
    Emergency Service of Ukraine", "the Monitoring Mission to Ukraine (HRMMU)"."""
    speakers = scan.of("speakers")
    led = range(mention.start - 1, mention.start + 1)
    if any(body.end in led and scan.tokens[body.start].text[0].isupper() for body in speakers):
        return True
    whose = gazetteer.is_possessive(scan.low(mention.end - 1))
    following = range(mention.end, mention.end + _BODY_NAME)
    return whose and any(body.start in following for body in speakers)


def _opens_title(scan: Scan, mention: Mention) -> bool:
    """Whether the last word of a place begins an office: "Sumy | regional head"."""
    office = scan.at("offices", mention.end - 1, "office")
    return office is not None and office.end > mention.end


def _is_told_aside(scan: Scan, mention: Mention) -> bool:
    """Whether a place is one of several or where people are taken: "Kryvyi Rih included", "taken to
    Dnipro", "taken to hospital in Dnipro"."""
    before = mention.start - 1
    toward = is_little(scan, before, "place_toward") and scan.of("transport")
    treated = scan.ending("left_out", before, "hospital")
    treated = treated or scan.ending("left_out", mention.start, "hospital")  # "до лікарень Києва"
    measured = bool(scan.of("stops")) and _is_measured_from(scan, mention.start)
    measured = measured or _is_beside(scan, mention.start)
    return bool(toward or treated or measured or is_included(scan, mention))


def _is_beside(scan: Scan, i: int) -> bool:
    """Whether a place only says where another is: "Dnipro, north of | Zaporizhzhia"."""
    led = is_little(scan, i - 1, "place_of") and is_little(scan, i - 2, "directions")
    return led and scan.before(i - 2, ",")


def _is_measured_from(scan: Scan, i: int) -> bool:
    """Whether a place only says how far off another is: "Vyshhorod, 15 km north of | Kyiv"."""
    for at in range(i - 1, max(0, i - _MEASURED), -1):
        if scan.at("stops", at, "area"):
            return scan.is_number(at - 1)
        if scan.mark(at):
            return False
    return False


def _is_most(scan: Scan, mention: Mention) -> bool:
    """Whether most of a number that was told before lies in a place: "most of them in the Chernihiv
    region". A number behind the place is its own: "most of them in Odesa: 335,000"."""
    led = (mention.start - n for n in range(_LED + 1))
    most = any(scan.ending("links", i, "mostly") for i in led)
    if not most or not any(scan.is_number(i) for i in range(mention.start)):
        return False
    return not any(scan.is_number(i) for i in range(mention.end, mention.end + _OWN))


def is_included(scan: Scan, mention: Mention) -> bool:
    """Whether a place is only a part of where a number is: "Kryvyi Rih included", "the town of
    Nizhyn among them"."""
    among = scan.at("links", mention.end, "subset")
    if among is None:
        return is_little(scan, mention.end, "place_included") or _is_named_as_part(scan, mention)
    closes = among.end >= len(scan.tokens) or scan.mark(among.end)
    return closes and not scan.link("relative", among.end + 1)


def _is_named_as_part(scan: Scan, mention: Mention) -> bool:
    """Whether a place alone is named as a part: "88,000 customers, including all of | Nizhyn"."""
    closed = mention.end >= len(scan.tokens) or scan.mark(mention.end)
    if not closed or not scan.links("subset"):
        return False
    for at in range(mention.start, max(0, mention.start - _PART_LED), -1):
        if part := scan.ending("links", at, "subset"):
            return scan.before(part.start, ",")
        if scan.mark(at - 1) or scan.is_number(at - 1):
            return False
    return False


def _opens_a_wire(scan: Scan, mention: Mention) -> bool:
    """Whether a text was written there: "KYIV (Agency) - ", "Lviv, 24 January -", "KYIV: Two"."""
    if scan.low(mention.end) in _BULLETS and scan.tokens[mention.end + 1].text.isupper():
        return True  # "Kyiv • UNN russians attacked Nikopol"
    shouted = scan.tokens[0].text.isupper()
    said = scan.tokens[mention.end + 1 : mention.end + 2]
    if shouted and scan.low(mention.end) == ":" and said and said[0].text.istitle():
        return True
    for i in range(mention.end, min(mention.end + 8, len(scan.tokens))):
        text = scan.tokens[i].text
        if text == "-":
            return shouted or any(at in scan.taken for at in range(mention.end, i))
        if text not in ",()." and i not in scan.taken and not text[0].isupper():
            return False
    return False


# ------------------------------------------------------------ how neighbours join


def _one_phrase(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """Two mentions as one, if they are: "Kyivskyi district of Kharkiv", "Sumy City"."""
    if second.pointer == CITY and first.end == second.start and level(first) == "city":
        return replace(first, end=second.end)
    if first.pointer == CITY and first.end == second.start and _is_settlement(second):
        return replace(second, start=first.start)  # "абонентів міста Лозова", "у місті Нью-Йорк"
    if second.pointer == FOREIGN and is_little(scan, first.end, "place_of"):
        whole = first.pointer in (CITY, REGION) and first.end + 1 == second.start
        return replace(second, start=first.start) if whole else None  # "the city of Belgorod"
    told = first.pcode and first.end + 1 == second.start and is_little(scan, first.end, "place_in")
    if told and second.pointer == VAGUE:
        return replace(first, end=second.end)  # "Kharkiv city in eastern Ukraine"
    if not second.pcode:
        return None
    if _is_village_in(scan, first, second):
        return replace(second, start=first.start)
    if first.end == second.start and first.pcode:
        if first.pcode in second.oblasts and _is_district(scan, second):
            return replace(first, end=second.end)  # "с. Уманське Покровського району"
        return _district_of_city(scan, first, second)
    if first.end + 1 == second.start and is_little(scan, first.end, "place_of"):
        return _of(scan, first, second)
    if first.end + 1 == second.start and is_little(scan, first.end, "place_around"):
        return _of(scan, first, second) if first.pointer == REGION else None
    return None


def _is_village_in(scan: Scan, village: Mention, oblast: Mention) -> bool:
    """Whether a village stands before its oblast, whatever oblast else has one of its name: "the
    village of Semykhatky in the southern Kherson region"."""
    if not (village.pcode in village.oblasts and level(village) == level(oblast) == "oblast"):
        return False
    before = scan.language.settings["joins"]["before_place"]
    gap = range(village.end, oblast.start)
    led = bool(gap) and is_little(scan, gap[0], "place_in")
    return led and all(scan.low(i) in before for i in gap)


def _is_settlement(mention: Mention) -> bool:
    """Whether a name is a city's, or one of settlements that stand for their oblasts."""
    return level(mention) == "city" or bool(mention.oblasts) or mention.pointer == VILLAGE


def _district_of_city(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """The city of "Шевченківському районі Харкова", "Kherson's Dniprovskyi district"."""
    if _is_district(scan, first) == _is_district(scan, second):
        return None
    if _is_district(scan, first):
        return replace(second, start=first.start) if level(second) == "city" else None
    whose = level(first) == "city" and gazetteer.is_possessive(scan.low(first.end - 1))
    return replace(first, end=second.end) if whose else None


def _of(scan: Scan, first: Mention, second: Mention) -> Mention:
    """Kharkiv for "Kyivskyi district of Kharkiv", the oblast for "the region of Chernihiv"."""
    if first.pointer == REGION:
        return second.meaning(own_oblast(PLACES[second.pcode]), start=first.start)
    if first.pointer == CITY or _is_district(scan, first):
        return replace(second, start=first.start)
    return replace(first, end=second.end)


def _is_district(scan: Scan, mention: Mention) -> bool:
    return where(scan, mention.end - 1) == "district"


def _lumped(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Joins a city and its oblast to one area: "Kyiv and the Kyiv region", "Харків та область"."""
    result: list[Mention] = []
    for mention in found:
        if result and result[-1].pcode and (whole := _one_area(scan, result[-1], mention)):
            result[-1] = whole
        elif result and _tells_where(scan, result[-1], mention):
            result[-1] = replace(mention, start=result[-1].start)
        else:
            result.append(mention)
    return [_with_more(scan, each) for each in result]


def _tells_where(scan: Scan, village: Mention, oblast: Mention) -> bool:
    """Whether the oblast behind a village's name only says where it is: "Viroliubivka Village,
    Donetska Oblast"."""
    between = scan.low(village.end) in (",", "(") and village.end + 1 == oblast.start
    return village.pointer == VILLAGE and level(oblast) == "oblast" and between


def _with_more(scan: Scan, city: Mention) -> Mention:
    """The oblast of a city told with settlements around it: "Kharkiv and 11 settlements"."""
    if level(city) != "city" or not scan.link("and", city.end):
        return city
    counted = range(city.end + 1, min(city.end + _SETTLEMENTS, len(scan.tokens)))
    for i in counted:
        if (unit := scan.at("units", i)) and unit.value == "settlements":
            numbered = any(scan.tokens[at].kind == NUMBER for at in range(city.end + 1, i))
            oblast = own_oblast(PLACES[city.pcode])
            return city.meaning(oblast, end=unit.end) if numbered and oblast else city
    return city


def _one_area(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """A city and its oblast as one, whichever comes first."""
    place = PLACES[first.pcode]
    oblast = own_oblast(place)
    if second.pointer == REGION and _with_settlements(scan, first, second):
        return first.meaning(oblast, end=second.end)
    if not joined(scan, first, second) or scan.tokens[first.end].text == "-":
        return None
    gap = range(first.end, second.start)
    together = any(scan.link("and", i) or is_little(scan, i, "place_own") for i in gap)
    if place.level == "city":
        if together and (second.pointer == REGION or second.pcode == oblast):
            return first.meaning(oblast, end=second.end, aside=False)
        # "Ізмаїл, Одеська область": the oblast only says where the city is
        return replace(first, end=second.end) if second.pcode == place.oblast else None
    inside = level(second) == "city" and own_oblast(PLACES[second.pcode]) == first.pcode
    return replace(first, end=second.end) if inside and together else None


def _with_settlements(scan: Scan, city: Mention, region: Mention) -> bool:
    """Whether settlements around are told with a city: "Харків та 16 населених пунктів області"."""
    between = range(city.end, region.start)
    units = [unit for i in between if (unit := scan.at("units", i))]
    return (
        len(between) <= 6
        and any(scan.link("and", i) for i in between)
        and any(unit.value == "settlements" for unit in units)
        and city.pcode != UKRAINE
    )
