"""The place that the words at one token of a sentence name or point at."""

from collections.abc import Sequence

from etl.reports.mentions import gazetteer
from etl.reports.mentions.gazetteer import (
    ADJECTIVE,
    DISTRICT,
    HROMADA,
    KYIV,
    RAION,
    UKRAINE,
    Name,
)
from etl.reports.mentions.place_mention import (
    CENTRE,
    CITIES,
    CITY,
    FOREIGN,
    FORMER,
    LATTER,
    REGION,
    THERE,
    VAGUE,
    VILLAGE,
    Mention,
    is_plural,
    where,
    where_before,
)
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import WORD
from impact.model.places import PLACES, find, own_oblast

# Words for an area ([where] in data/languages/) that follow a name.
_OBLAST = ("oblast", REGION)
_AREAS = {"district": RAION, "hromada": HROMADA}
_LIST_OF_AREAS = 6  # tokens from the first of several names to the word for their areas
_LONGEST_NAME = 3  # words of a village's name
_TELLING_NAME = 5  # letters of a name that is hardly another word
# What may be counted in brackets behind each name of a list.
_LISTED = ("scales", "bounds", "units", "groups", "toll", "toll_noun")
# What may follow an oblast's adjective of which the word for the oblast is left out.
_ENDING_MARKS = frozenset(",-–—:")
_DASHES = frozenset("-–—")
_HEADING_MARKS = frozenset(":-–—")
_AFTER_ELLIPSIS = (
    *("toll", "outright", "states", "damage", "launch", "reconnected", "cause"),
    *("bounds", "moments", "days", "totals", "event_date", "as_of", "transport"),
)
_ADJECTIVES = 1  # words between a number and the oblasts that it counts
# Words that always mean one place.
_POINTERS = {"capital": KYIV, "country": UKRAINE}
# Pointers that mean the same wherever they stand.
_PLAIN_POINTERS = (CENTRE, FORMER, LATTER, VAGUE, THERE)
# Large cities on both banks of a river. "The left bank" is Kyiv's, if the text is of no other.
_ON_RIVERS = (KYIV, find("Dnipro").pcode, find("Zaporizhzhia").pcode)


def mention_at(scan: Scan, i: int) -> Mention | None:
    """What a token names or points at."""
    if i in scan.taken:
        return None
    named = None
    if scan.tokens[i].text[0].isupper():
        if _launch_site(scan, i):
            return None
        named = _foreign(scan, i) or _listed_area(scan, i) or _named(scan, i)
        named = (
            named
            or _area(scan, i)
            or _district_head(scan, i)
            or _village(scan, i)
            or _unknown(scan, i)
        )
    return named or _pointer(scan, i) or _demonym(scan, i)


# ------------------------------------------------------------------ names, one at a time


def _named(scan: Scan, i: int) -> Mention | None:
    """The longest name around a token that fits the words beside it."""
    if scan.tokens[i].kind != WORD:
        return None
    for name in gazetteer.names(scan.low(i)):
        start = i - name.lead
        end = start + len(name.words)
        written = tuple(gazetteer.plain(scan.low(at)) for at in range(start, end))
        if written == name.words and (mention := _as_written(scan, start, end, name)):
            return mention
    return None


def _as_written(scan: Scan, start: int, end: int, name: Name) -> Mention | None:
    """The place of a name, as the words beside it show."""
    if name.kind == ADJECTIVE:
        return _adjective(scan, start, end, name)
    if name.kind == DISTRICT:
        cities = name.pcodes if len(name.pcodes) > 1 else ()
        return Mention(start, end, gazetteer.city_of_district(name), cities=cities)
    pcode = gazetteer.meant(name)
    if not pcode or _is_person(scan, start, end):
        return None
    if end == start + 1 and (settlement := _marked_settlement(scan, start)):
        return settlement
    place, following = PLACES[pcode], where(scan, end)
    villages = _namesakes(scan, start, end) if place.level == "city" else ()
    if villages and (oblast := _of_hromada(scan, end, own_oblast(place), villages)):
        return Mention(start, end + 2, oblast, oblasts=villages)
    if following in _OBLAST and pcode != UKRAINE:
        return Mention(start, end + 1, own_oblast(place))
    if place.level == "city":
        if following == "district":
            return Mention(start, end + 1, own_oblast(place))
        if following == "hromada" or _near(scan, start):
            end += following == "hromada"
            alike = gazetteer.oblasts_of(HROMADA, scan.low(start)) if end > start + 1 else ()
            return Mention(start, end, own_oblast(place), oblasts=tuple(alike) or villages)
    aside = following in ("plant", "city_plant")
    return Mention(start, end, pcode, aside=aside, oblasts=villages)


def _of_hromada(scan: Scan, i: int, oblast: str, villages: Sequence[str]) -> str:
    """The oblast of a village that has a city's name, if the hromada behind the name lies elsewhere
    than the city: "у Ямполі Лиманської громади"; else empty."""
    if where(scan, i + 1) != "hromada":
        return ""
    found = gazetteer.oblasts_of(HROMADA, scan.low(i))
    near = [each for each in found if each in villages]
    return near[0] if len(near) == 1 and oblast not in found else ""


def _namesakes(scan: Scan, start: int, end: int) -> tuple[str, ...]:
    """The oblasts with a village of a city's name."""
    return tuple(gazetteer.oblasts_of_village(_name(scan, start, end)))


def _adjective(scan: Scan, start: int, end: int, name: Name) -> Mention | None:
    """An oblast's adjective: "Київська область", "Київська ТЕЦ", "Київська: 5"."""
    oblast, following = name.pcodes[0], where(scan, end)
    if following == "city_plant":
        return Mention(start, end, gazetteer.centre(oblast), aside=True)
    if following in (*_OBLAST, "oblasts"):
        return Mention(start, end + 1, oblast)
    if following in _AREAS:
        return _area(scan, start)
    counts = end < len(scan.tokens) and scan.tokens[end].text in "-:" and scan.is_number(end + 1)
    counts = counts or (start <= 1 and scan.low(end) == ":")  # "Сумська: за добу 5 сіл"
    counts = counts or scan.in_pair(end)  # "Харківська 0/5"
    counts = counts or (scan.before(start, "|") and scan.low(end) == "|")  # a cell of its own
    counts = counts or (is_little(scan, start - 1, "place_in") and _stands_alone(scan, end))
    counts = counts or _closes_count(scan, start, end)
    return Mention(start, end, oblast) if counts or _in_list(scan, end) else None


def _closes_count(scan: Scan, start: int, end: int) -> bool:
    """Whether an oblast's adjective ends the part of a number behind a dash: "6 654 споживачам
    Донецької області та 28 100 — Сумської"."""
    last = end >= len(scan.tokens) or scan.low(end) in (".", ",", ";")
    dashed = scan.low(start - 1) in _DASHES
    return last and dashed and any(scan.is_number(i) for i in range(start - 3, start - 1))


def _stands_alone(scan: Scan, i: int) -> bool:
    """Whether the word for the oblast is left out behind its adjective: "У Сумській вночі двоє
    поранених", "в Одеській - 200 тисяч". A noun of its own is no such word."""
    if i in scan.taken or scan.is_number(i) or scan.low(i) in _ENDING_MARKS:
        return True
    if scan.link("passive", i):
        return True
    return any(scan.at(kind, i) for kind in _AFTER_ELLIPSIS)


def _in_list(scan: Scan, i: int) -> bool:
    """Whether more adjectives and one word for oblasts follow ("Київської, Сумської областей")."""
    for at in range(i, min(i + 24, len(scan.tokens))):
        if where(scan, at) in (*_OBLAST, "oblasts"):
            return True
        listed = (
            scan.tokens[at].text in ",-()"
            or scan.link("and", at)
            or is_little(scan, at, "place_with")
            or scan.is_number(at)
            or is_little(scan, at, "respectively")
            or any(scan.at(kind, at) for kind in _LISTED)
            or any(name.kind == ADJECTIVE for name in gazetteer.names(scan.low(at)))
        )
        if not listed:
            return False
    return False


def _near(scan: Scan, i: int) -> bool:
    """Whether a name is only near ("поблизу Харкова", "під Києвом"): somewhere in the oblast."""
    before = where_before(scan, i)
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
    word, kind = scan.low(i), _AREAS.get(where(scan, i + 1))
    if kind is None:
        nouns = gazetteer.oblasts_of_area_noun(word)
        return _in_one_of(i, i + 1, nouns) if nouns else _marked_settlement(scan, i)
    if district := _city_district(scan, i):
        return district
    # Reports say "район" of a hromada, too.
    found = gazetteer.oblasts_of(kind, word) or gazetteer.oblasts_of(HROMADA, word)
    if kind == HROMADA and not found:
        found = gazetteer.oblasts_of_village(gazetteer.plain(word))  # "Sofiivka community"
    oblasts = [each for each in found if not gazetteer.is_occupied(each)]
    return _in_one_of(i, i + 2, oblasts) if oblasts else None


def _listed_area(scan: Scan, i: int) -> Mention | None:
    """The first of "Покровська й Марганецька громади", "Запорізький і Пологівський райони", which
    no city's or oblast's name stands for."""
    at = i + 1
    while at < min(i + _LIST_OF_AREAS, len(scan.tokens)) and where(scan, at) not in _AREAS:
        named = scan.tokens[at].text[0].isupper()
        if not (named or scan.link("and", at) or scan.tokens[at].text == ","):
            return None
        at += 1
    kind = where(scan, at)
    if at == i + 1 or kind not in _AREAS or scan.tokens[i].kind != WORD:
        return None
    if kind == "district" and (not is_plural(scan, at) or _cities_of_district(scan, i)):
        return None
    oblasts = gazetteer.oblasts_of(_AREAS[kind], scan.low(i))
    return _in_one_of(i, i + 1, oblasts) if oblasts else None


def _city_district(scan: Scan, i: int) -> Mention | None:
    """The city that has this district, if only one or Kyiv has ("Салтівському районі", "р-н")."""
    for name in gazetteer.names(scan.low(i)):
        if name.kind == DISTRICT and len(name.words) == 2:
            city = gazetteer.city_of_district(name)
            if city == KYIV or len(name.pcodes) == 1:
                return Mention(i, i + 2, city, cities=name.pcodes if len(name.pcodes) > 1 else ())
    return None


def _district_head(scan: Scan, i: int) -> Mention | None:
    """The city whose district heads a line or item without the noun: "Пересипський - 8,1 тис."."""
    heads = i == 0 or (i == 1 and scan.mark(0))
    if not (heads and scan.low(i + 1) in _HEADING_MARKS):
        return None
    cities = next((n.pcodes for n in gazetteer.names(scan.low(i)) if _is_named_district(n)), ())
    if not cities or gazetteer.oblasts_of(RAION, scan.low(i)):
        return None
    return Mention(i, i + 1, cities[0] if len(cities) == 1 else "", cities=cities)


def _is_named_district(name: Name) -> bool:
    """Whether a name is a district's adjective with its noun: "Пересипський район"."""
    return name.kind == DISTRICT and len(name.words) == 2 and not name.lead


def _marked_settlement(scan: Scan, i: int) -> Mention | None:
    """A settlement called so ("сел. Золочів", "the village of Cherkaske"), not a city."""
    marker = where_before(scan, i) or (where_before(scan, i - 1) if scan.before(i, ".") else "")
    if marker != "settlement":
        return None
    for count in range(_LONGEST_NAME, 0, -1):
        if oblasts := gazetteer.oblasts_of_village(_name(scan, i, i + count)):
            return _in_one_of(i, i + count, oblasts)
    return None


def _name(scan: Scan, start: int, end: int) -> str:
    """The words of a name as the gazetteer compares them."""
    return " ".join(gazetteer.plain(scan.low(i)) for i in range(start, end))


def _village(scan: Scan, i: int) -> Mention | None:
    """A village by its name alone.

    After a preposition the only oblast with a village of the name is meant. Elsewhere the name may
    be somebody's or, at the head of a line, a common word ("Головне:"): it counts only in an oblast
    that the text is about.
    """
    if scan.tokens[i].kind != WORD or i in scan.starts or _after_name(scan, i):
        return None
    if _is_of_areas(scan, i):
        return None
    for count in range(_LONGEST_NAME, 0, -1):
        oblasts = gazetteer.oblasts_of_village(_name(scan, i, i + count))
        if oblasts and _heads(scan, i, i + count):
            told = VILLAGE if _counts_anything(scan) else ""
            return Mention(i, i + count, pointer=told, oblasts=tuple(oblasts))
        if oblasts and _follows(scan, i):
            if _goes_on(scan, i + count):
                return Mention(i, i + count + 1, pointer=VILLAGE)
            if cities := _cities_of_district(scan, i):
                return Mention(i, i + count, oblasts=tuple(oblasts), cities=cities)
            return _in_one_of(i, i + count, oblasts)
        if oblasts and len(scan.low(i)) >= _TELLING_NAME:
            return Mention(i, i + count, oblasts=tuple(oblasts))
    return None


def _is_of_areas(scan: Scan, i: int) -> bool:
    """Whether a name is one of several before the word for areas: "Дарницькому й Дніпровському
    районах"."""
    commas = False
    for at in range(i + 1, min(i + _LIST_OF_AREAS, len(scan.tokens))):
        if where(scan, at) in ("district", "hromada", *_OBLAST, "oblasts"):
            return not commas or where(scan, at) == "oblasts" or is_plural(scan, at)
        commas = commas or scan.tokens[at].text == ","
        named = scan.tokens[at].text[0].isupper()
        if not (named or scan.link("and", at) or scan.tokens[at].text == ","):
            return False
    return False


def _after_name(scan: Scan, i: int) -> bool:
    """Whether a word follows another name, as a surname does."""
    return i > 1 and scan.tokens[i - 1].kind == WORD and scan.tokens[i - 1].text[0].isupper()


def _heads(scan: Scan, start: int, end: int) -> bool:
    """Whether a name stands at the head of a line, before the mark of a list item."""
    return start == 0 and scan.low(end) in (":", "-", "(")


def _follows(scan: Scan, i: int) -> bool:
    """Whether a name stands after "in" or "near"."""
    return is_little(scan, i - 1, "place_in") or where_before(scan, i) == "near"


def _goes_on(scan: Scan, i: int) -> bool:
    """Whether another name follows: "у Великому | Бурлуці" is not in Velyke."""
    return i < len(scan.tokens) and scan.tokens[i].kind == WORD and scan.tokens[i].text[0].isupper()


def _counts_anything(scan: Scan) -> bool:
    """Whether a line has a number or tells of harm, so that the name at its head may be a place."""
    return bool(scan.numeric or any(scan.of(kind) for kind in ("numbers", "toll", "damage")))


def _cities_of_district(scan: Scan, i: int) -> tuple[str, ...]:
    """The cities with a district of a name, of which the noun is left out: "у Дарницькому"."""
    names = gazetteer.names(scan.low(i))
    return next((name.pcodes for name in names if name.kind == DISTRICT), ())


def _in_one_of(start: int, end: int, oblasts: Sequence[str]) -> Mention:
    """An area with its oblast, if only one has it. Else the text before must tell which oblast."""
    one = oblasts[0] if len(oblasts) == 1 else ""
    return Mention(start, end, one, "" if one else VILLAGE, oblasts=tuple(oblasts))


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
    end = area.end if area is not None and area.value in (*_OBLAST, *_AREAS) else found.end
    return Mention(i, end, pointer=FOREIGN)


def _unknown(scan: Scan, i: int) -> Mention | None:
    """A name that nobody here knows where a sentence tells its place: "In Zernograd 7 people". What
    follows is not of the place named before."""
    if i != 1 or not is_little(scan, 0, "place_in") or scan.told_of(1):
        return None
    counted = scan.is_number(2) or (scan.low(2) == "," and scan.is_number(3))
    return Mention(1, 2, pointer=VILLAGE) if counted else None


def _launch_site(scan: Scan, i: int) -> bool:
    """Whether a place is where the drones came from: "з Криму", "from Kursk"."""
    if not is_little(scan, i - 1, "place_from"):
        return False
    return bool(scan.at("foreign", i)) or any(
        len(name.words) == 1 and any(map(gazetteer.is_occupied, name.pcodes))
        for name in gazetteer.names(scan.low(i))
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
        if found.value == "bank" and not is_little(scan, found.end, "place_of"):
            return Mention(i, found.end, KYIV, cities=_ON_RIVERS, bank=True)
        if found.value in _PLAIN_POINTERS:
            return Mention(i, found.end, pointer=found.value)
        if found.value == "several" or (found.value == "oblasts" and _several(scan, i)):
            return Mention(i, found.end, UKRAINE)
        others = found.value == CITY and is_little(scan, i - 1, "place_several")
        if others or (found.value == CITIES and _several(scan, i)):
            return Mention(i, found.end, pointer=CITIES)
        if found.value in (CITY, REGION):
            office = scan.at("offices", found.end) or _inside_title(scan, i, found.end)
            return None if office else Mention(i, found.end, pointer=found.value)
    return None


def _several(scan: Scan, i: int) -> bool:
    """Whether oblasts are only counted: "seven front-line | regions", "у двох | областях"."""
    counted = range(max(0, i - _ADJECTIVES - 1), i)
    return any(scan.is_number(at) or scan.at("unquantified", at) for at in counted) or any(
        is_little(scan, at, "place_several") for at in counted
    )


def _inside_title(scan: Scan, start: int, end: int) -> bool:
    """Whether tokens are part of a title ("голова області")."""
    return any(
        title.start <= start and end <= title.end and title.end - title.start > 1
        for title in scan.of("speakers")
    )
