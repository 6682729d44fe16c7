"""Places that a sentence names, and words that point at one ("the capital", "в області")."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.reports import gazetteer
from etl.reports.gazetteer import (
    ADJECTIVE,
    DISTRICT,
    HROMADA,
    KYIV,
    RAION,
    SETTLEMENT,
    UKRAINE,
    Name,
    centre,
    own_oblast,
    plain,
)
from etl.reports.little_words import is_little
from etl.reports.scan import Scan
from etl.reports.tokens import WORD
from impact.places import PLACES

FOREIGN, VAGUE, CITY, REGION = "foreign", "vague", "city", "region"

# Words for an area ([where] in languages/*.toml) as they follow a name.
_OBLAST = ("oblast", REGION)
_AREAS = {"district": RAION, "hromada": HROMADA}
# Words that always mean one place.
_POINTERS = {"capital": KYIV, "country": UKRAINE}
# Speakers whose title says of which place they are: "mayor of Kharkiv".
_OFFICES = {
    "mayor",
    "regional head",
    "oblast military administration",
    "city military administration",
    "local authorities",
    "city council",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) that name a place.

    pcode    the place; empty for a pointer and for an area that lies in one of several oblasts
    pointer  CITY or REGION (to be resolved by what was named before), VAGUE or FOREIGN
    aside    named only as somebody's office or as part of another name
    oblasts  the oblasts that have an area of this name, if there are several
    """

    start: int
    end: int
    pcode: str = ""
    pointer: str = ""
    aside: bool = False
    oblasts: tuple[str, ...] = ()


def mentions(scan: Scan) -> list[Mention]:
    """Every place the sentence names or points at, in order, none inside another."""
    if scan.places is None:
        found = _read(scan)
        found = _oblasts_among_oblasts(scan, found)
        found = _oblasts_of_one_noun(scan, found)
        scan.places = _lumped(scan, found)
    return scan.places


def _read(scan: Scan) -> list[Mention]:
    """The mentions from left to right, each by itself or one with its neighbour."""
    found: list[Mention] = []
    i = 0
    while i < len(scan.tokens):
        mention = _mention(scan, i)
        if mention is None:
            i += 1
            continue
        if found and (whole := _one_phrase(scan, found[-1], mention)):
            found[-1] = whole
        else:
            found.append(_beside_office(scan, mention))
        i = mention.end
    return found


def _mention(scan: Scan, i: int) -> Mention | None:
    """What a token names or points at."""
    if not scan.notable(i) or i in scan.taken or _launch_site(scan, i):
        return None
    named = None
    if scan.tokens[i].text[0].isupper():
        named = _foreign(scan, i) or _named(scan, i) or _area(scan, i)
    return named or _pointer(scan, i) or _demonym(scan, i)


# ------------------------------------------------------------------ names, one at a time


def _named(scan: Scan, i: int) -> Mention | None:
    """The longest name around a token that the words beside it let be one."""
    if scan.tokens[i].kind != WORD:
        return None
    for name in gazetteer.names(scan.low(i)):
        start = i - name.lead
        end = start + len(name.words)
        if start < 0 or any(
            plain(scan.low(at)) != word for at, word in enumerate(name.words, start)
        ):
            continue
        if mention := _as_written(scan, start, end, name):
            return mention
    return None


def _as_written(scan: Scan, start: int, end: int, name: Name) -> Mention | None:
    """A name as what the words beside it make of it."""
    if name.kind == ADJECTIVE:
        return _adjective(scan, start, end, name)
    if name.kind == DISTRICT:
        return Mention(start, end, gazetteer.city_of_district(name))
    pcode = gazetteer.meant(name)
    if not pcode or _is_person(scan, start, end):
        return None
    if end == start + 1 and (settlement := _marked_settlement(scan, start)):
        return settlement
    place, following = PLACES[pcode], _where(scan, end)
    if following in _OBLAST and pcode != UKRAINE:
        return Mention(start, end + 1, own_oblast(place))
    if place.level == "city":
        if following == "district":
            return Mention(start, end + 1, own_oblast(place))
        if following == "hromada":
            return Mention(start, end + 1, pcode)
        if _near(scan, start):
            return Mention(start, end, own_oblast(place))
    return Mention(start, end, pcode, aside=following in ("plant", "city_plant"))


def _adjective(scan: Scan, start: int, end: int, name: Name) -> Mention | None:
    """An oblast's adjective: "Київська область", "Київська ТЕЦ", "Київська: 5"."""
    oblast, following = name.pcodes[0], _where(scan, end)
    if following == "city_plant":
        return Mention(start, end, centre(oblast), aside=True)
    if following in (*_OBLAST, "oblasts"):
        return Mention(start, end + 1, oblast)
    if following in _AREAS:
        return _area(scan, start)
    counts = end < len(scan.tokens) and scan.tokens[end].text in "-:" and scan.is_number(end + 1)
    return Mention(start, end, oblast) if counts or _in_list(scan, end) else None


def _in_list(scan: Scan, i: int) -> bool:
    """Whether more adjectives and one word for oblasts follow ("Київської, Сумської областей")."""
    for at in range(i, min(i + 24, len(scan.tokens))):
        if _where(scan, at) in (*_OBLAST, "oblasts"):
            return True
        listed = (
            scan.tokens[at].text in ",-"
            or scan.link("and", at)
            or is_little(scan, at, "place_with")
            or scan.is_number(at)
            or any(scan.at(kind, at) for kind in ("scales", "bounds", "units", "groups"))
            or any(name.kind == ADJECTIVE for name in gazetteer.names(scan.low(at)))
        )
        if not listed:
            return False
    return False


def _near(scan: Scan, i: int) -> bool:
    """Whether a name is only near ("поблизу Харкова", "під Києвом"): somewhere in the oblast."""
    before = _where_before(scan, i)
    if before == "near_if_inflected":
        endings = tuple(scan.language.settings["near_endings"])
        return scan.low(i).endswith(endings)
    return before == "near"


def _is_person(scan: Scan, start: int, end: int) -> bool:
    """Whether a town's name is somebody's first name: "Володимир Зеленський"."""
    if scan.at("not_places", start):
        return True
    speaker = scan.at("speakers", end)
    # Persons are listed with their office: "Klitschko (mayor)".
    return bool(speaker and speaker.value.endswith(")") and scan.tokens[end].text[0].isupper())


def _area(scan: Scan, i: int) -> Mention | None:
    """A raion, hromada or settlement, which stands for its oblast."""
    if scan.tokens[i].kind != WORD:
        return None
    word, kind = scan.low(i), _AREAS.get(_where(scan, i + 1))
    if kind is None:
        nouns = gazetteer.oblasts_of_area_noun(word)
        return _in_one_of(i, i + 1, nouns) if nouns else _marked_settlement(scan, i)
    if city := _city_of_district(scan, i):
        return Mention(i, i + 2, city)
    # Reports say "район" of a hromada, too.
    oblasts = gazetteer.oblasts_of(kind, word) or gazetteer.oblasts_of(HROMADA, word)
    return _in_one_of(i, i + 2, oblasts) if oblasts else None


def _city_of_district(scan: Scan, i: int) -> str:
    """The city that has this district, if only one or Kyiv has ("Салтівському районі")."""
    for name in gazetteer.names(scan.low(i)):
        if name.kind == DISTRICT and len(name.words) == 2:
            city = gazetteer.city_of_district(name)
            if city == KYIV or len(name.pcodes) == 1:
                return city
    return ""


def _marked_settlement(scan: Scan, i: int) -> Mention | None:
    """A settlement called so ("сел. Золочів", "the village of Cherkaske"), not a city."""
    marker = _where_before(scan, i) or (_where_before(scan, i - 1) if scan.before(i, ".") else "")
    if marker != "settlement":
        return None
    oblasts = gazetteer.oblasts_of(SETTLEMENT, scan.low(i))
    return _in_one_of(i, i + 1, oblasts) if oblasts else None


def _in_one_of(start: int, end: int, oblasts: Sequence[str]) -> Mention:
    """An area: its oblast where only one has it, else to be told by what was named before."""
    return Mention(start, end, oblasts[0] if len(oblasts) == 1 else "", oblasts=tuple(oblasts))


def _demonym(scan: Scan, i: int) -> Mention | None:
    """The city that people are named after: "120 тисяч киян"."""
    found = scan.at("demonyms", i)
    return Mention(i, i + 1, gazetteer.city_of_people(found.value)) if found else None


def _foreign(scan: Scan, i: int) -> Mention | None:
    """A place outside Ukraine: "Бєлгород", "Kursk region"."""
    found = scan.at("foreign", i)
    if not found:
        return None
    area = scan.at("where", found.end)
    of_area = area is not None and area.value in (*_OBLAST, *_AREAS)
    return Mention(i, area.end if of_area else found.end, pointer=FOREIGN)


def _launch_site(scan: Scan, i: int) -> bool:
    """Whether a place is where the drones came from: "з Криму", "from Kursk"."""
    if not is_little(scan, i - 1, "place_from"):
        return False
    return bool(scan.at("foreign", i)) or (
        scan.tokens[i].text[0].isupper()
        and any(
            len(name.words) == 1 and any(map(gazetteer.is_occupied, name.pcodes))
            for name in gazetteer.names(scan.low(i))
        )
    )


# ---------------------------------------------------------------- pointers and offices


def _pointer(scan: Scan, i: int) -> Mention | None:
    """A place that is meant without its name: "the capital", "на сході країни", "в області"."""
    if not scan.at("where", i):
        return None
    for found in scan.of("where"):
        if found.start != i:
            continue
        if found.value in _POINTERS:
            if is_little(scan, found.end, "place_of"):
                return None  # "the left bank of Kherson"
            return Mention(i, found.end, _POINTERS[found.value])
        if found.value == VAGUE:
            return Mention(i, found.end, pointer=VAGUE)
        if found.value in (CITY, REGION):
            office = scan.at("offices", found.end) or _inside_title(scan, i, found.end)
            return None if office else Mention(i, found.end, pointer=found.value)
    return None


def _inside_title(scan: Scan, start: int, end: int) -> bool:
    """Whether tokens are part of a title ("голова області")."""
    return any(
        title.start <= start and end <= title.end and title.end - title.start > 1
        for title in scan.of("speakers")
    )


def _beside_office(scan: Scan, mention: Mention) -> Mention:
    """Marks "mayor of Kharkiv", "голова Донеччини" and datelines as aside: a last resort."""
    if mention.pointer:
        return mention
    office = scan.at("offices", mention.end)
    titled = range(mention.start - 2, mention.start + 1)
    aside = (
        (mention.start == 0 and _opens_a_wire(scan, mention))
        or (office is not None and office.value == "office")
        or any(title.end in titled and title.value in _OFFICES for title in scan.of("speakers"))
    )
    return replace(mention, aside=True) if aside else mention


def _opens_a_wire(scan: Scan, mention: Mention) -> bool:
    """Whether a text was written there: "KYIV (Agency) - ", "Lviv, 24 January - "."""
    for i in range(mention.end, min(mention.end + 8, len(scan.tokens))):
        text = scan.tokens[i].text
        if text == "-":
            shouted = scan.tokens[0].text.isupper()
            return shouted or any(at in scan.taken for at in range(mention.end, i))
        if text not in ",()." and i not in scan.taken and not text[0].isupper():
            return False
    return False


def _where(scan: Scan, i: int) -> str:
    """The kind of area or site whose word begins at a token: "oblast", "district", "plant" …"""
    found = scan.at("where", i)
    return found.value if found else ""


def _where_before(scan: Scan, i: int) -> str:
    """The same for the word that ends just before a token."""
    return next((match.value for match in scan.of("where") if match.end == i), "")


# ------------------------------------------------------------ how neighbours join


def _one_phrase(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """Two mentions as one, if they are: "Kyivskyi district of Kharkiv"."""
    if not second.pcode:
        return None
    if first.end == second.start and first.pcode:
        return _district_of_city(scan, first, second)
    if first.end + 1 == second.start and is_little(scan, first.end, "place_of"):
        return _of(scan, first, second)
    return None


def _district_of_city(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """The city of "Шевченківському районі Харкова", "Kherson's Dniprovskyi district"."""
    if _is_district(scan, first) == _is_district(scan, second):
        return None
    if _is_district(scan, first):
        return replace(second, start=first.start) if _level(second) == "city" else None
    whose = _level(first) == "city" and gazetteer.is_possessive(scan.low(first.end - 1))
    return replace(first, end=second.end) if whose else None


def _of(scan: Scan, first: Mention, second: Mention) -> Mention:
    """Kharkiv for "Kyivskyi district of Kharkiv", the oblast for "the region of Chernihiv"."""
    if first.pointer == REGION:
        return replace(second, start=first.start, pcode=own_oblast(PLACES[second.pcode]))
    if first.pointer == CITY or _is_district(scan, first):
        return replace(second, start=first.start)
    return replace(first, end=second.end)


def _is_district(scan: Scan, mention: Mention) -> bool:
    return _where(scan, mention.end - 1) == "district"


def _level(mention: Mention) -> str:
    """The level of the place: "city", "oblast" or "country"; empty for a pointer."""
    return PLACES[mention.pcode].level if mention.pcode else ""


def _oblasts_among_oblasts(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Beside an oblast, the name of a city and an oblast means the oblast.

    "Сумщина - 8 тис., Запоріжжя - 5 тис."
    """
    if not any(_level(mention) == "oblast" for mention in found):
        return found
    return [replace(each, pcode=_oblast_of_name(scan, each) or each.pcode) for each in found]


def _oblast_of_name(scan: Scan, mention: Mention) -> str:
    """The oblast that bears the name of the city mentioned, too; empty for most."""
    alone = mention.end == mention.start + 1 and _level(mention) == "city"
    return gazetteer.oblast_of_name(scan.low(mention.start)) if alone else ""


def _oblasts_of_one_noun(scan: Scan, found: list[Mention]) -> list[Mention]:
    """One noun makes all of a list oblasts: "Odesa, Kherson and Mykolaiv regions"."""
    result = list(found)
    for last, mention in enumerate(found):
        noun_follows = _where(scan, mention.end) == "oblasts"
        if not noun_follows and not (mention.end and _where(scan, mention.end - 1) == "oblasts"):
            continue
        if noun_follows:
            result[last] = replace(mention, end=mention.end + 1)
        for at in range(last, -1, -1):
            if not result[at].pcode:
                break
            result[at] = replace(result[at], pcode=own_oblast(PLACES[result[at].pcode]))
            if at == 0 or not _joined(scan, result[at - 1], result[at]):
                break
    return result


def _lumped(scan: Scan, found: list[Mention]) -> list[Mention]:
    """A city and its oblast are one area: "Kyiv and the Kyiv region", "Харків та область"."""
    result: list[Mention] = []
    for mention in found:
        if result and result[-1].pcode and (whole := _one_area(scan, result[-1], mention)):
            result[-1] = whole
        else:
            result.append(mention)
    return result


def _one_area(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """A city and its oblast as one, whichever comes first."""
    place = PLACES[first.pcode]
    oblast = own_oblast(place)
    if second.pointer == REGION and _with_settlements(scan, first, second):
        return replace(first, pcode=oblast, end=second.end)
    if not _joined(scan, first, second) or scan.tokens[first.end].text == "-":
        return None
    gap = range(first.end, second.start)
    together = any(scan.link("and", i) or is_little(scan, i, "place_own") for i in gap)
    if place.level == "city":
        if together and (second.pointer == REGION or second.pcode == oblast):
            return replace(first, pcode=oblast, end=second.end, aside=False)
        # "Ізмаїл, Одеська область": the oblast only says where the city is
        return replace(first, end=second.end) if second.pcode == place.oblast else None
    inside = _level(second) == "city" and own_oblast(PLACES[second.pcode]) == first.pcode
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


def _joined(scan: Scan, first: Mention, second: Mention) -> bool:
    """Whether only a comma, "and" or such words part two mentions."""
    between = range(first.end, second.start)
    return len(between) <= 4 and all(
        scan.tokens[i].text == "," or scan.link("and", i) or is_little(scan, i, "place_with")
        for i in between
    )
