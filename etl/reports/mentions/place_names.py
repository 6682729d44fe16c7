"""The place that the words at one token of a sentence name or point at."""

from collections.abc import Sequence

from etl.reports.mentions import gazetteer
from etl.reports.mentions.area_names import (
    AREAS,
    OBLAST,
    area,
    district_head,
    listed_area,
    marked_settlement,
    name_of,
    of_city,
    raion_elsewhere,
    village,
)
from etl.reports.mentions.gazetteer import (
    ADJECTIVE,
    DISTRICT,
    HROMADA,
    KYIV,
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
    where,
    where_before,
)
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import WORD
from impact.model.places import PLACES, Place, find, own_oblast

# What may be counted in brackets behind each name of a list.
_LISTED = ("scales", "bounds", "units", "groups", "toll", "toll_noun")
# What may follow an oblast's adjective of which the word for the oblast is left out.
_ENDING_MARKS = frozenset(",-–—:")
_DASHES = frozenset("-–—")
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
    if i in scan.taken or any(each.start <= i < each.end for each in scan.of("not_places")):
        return None
    named = None
    if scan.tokens[i].text[0].isupper() and not scan.at("where", i, "bank"):
        if _launch_site(scan, i):
            return None
        named = _foreign(scan, i) or listed_area(scan, i) or _named(scan, i)
        named = (
            named
            or area(scan, i)
            or district_head(scan, i)
            or village(scan, i)
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
        city = gazetteer.city_of_district(name)
        raion = raion_elsewhere(scan, start, city) if len(name.words) == 2 else None
        return raion or of_city(scan, start, end, name)
    pcode = gazetteer.meant(name)
    if not pcode or _is_person(scan, start, end):
        return None
    if end == start + 1 and (settlement := marked_settlement(scan, start)):
        return settlement
    place, following = PLACES[pcode], where(scan, end)
    villages = _namesakes(scan, start, end, place) if place.level == "city" else ()
    if villages and (oblast := _of_hromada(scan, end, own_oblast(place), villages)):
        return Mention(start, end + 2, oblast, oblasts=villages)
    if following in OBLAST and pcode != UKRAINE:
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


def _namesakes(scan: Scan, start: int, end: int, city: Place) -> tuple[str, ...]:
    """The oblasts with a village of a city's name, as it is written here or in the nominative."""
    names = (name_of(scan, start, end), *(each.lower() for each in city.names.all()))
    return tuple(sorted({code for each in names for code in gazetteer.oblasts_of_village(each)}))


def _adjective(scan: Scan, start: int, end: int, name: Name) -> Mention | None:
    """An oblast's adjective: "Київська область", "Київська ТЕЦ", "Київська: 5"."""
    oblast, following = name.pcodes[0], where(scan, end)
    if following == "city_plant":
        return Mention(start, end, gazetteer.centre(oblast), aside=True)
    if following in (*OBLAST, "oblasts"):
        return Mention(start, end + 1, oblast)
    if following in AREAS:
        return area(scan, start)
    counts = end < len(scan.tokens) and scan.tokens[end].text in "-:" and scan.is_number(end + 1)
    heads = start <= 1 or scan.before(start, ";")
    counts = counts or (heads and scan.low(end) == ":")  # "Сумська: за добу 5 сіл"
    counts = counts or scan.in_pair(end)  # "Харківська 0/5"
    if scan.low(end) == "(":  # "Kharkivska (3 killed)", "Sumska (over 40)"
        counts = counts or scan.is_number(end + 1) or scan.is_number(end + 2)
    if end == len(scan.tokens):  # a line of its own, "Область: Харківська"
        labelled = scan.before(start, ":") and where(scan, start - 2) in OBLAST
        counts = counts or start == 0 or labelled
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
        if where(scan, at) in (*OBLAST, "oblasts"):
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
    speaker = scan.at("speakers", end)
    # Persons are listed with their office: "Klitschko (mayor)".
    return bool(speaker and speaker.value.endswith(")") and scan.tokens[end].text[0].isupper())


def _demonym(scan: Scan, i: int) -> Mention | None:
    """The city that people are named after: "120 тисяч киян"."""
    found = scan.at("demonyms", i)
    if found and gazetteer.city_of_people(found.value) == UKRAINE and not _is_counted(scan, i):
        return None  # "as many Ukrainians were asleep" says of nowhere in particular
    return Mention(i, i + 1, gazetteer.city_of_people(found.value)) if found else None


def _is_counted(scan: Scan, i: int) -> bool:
    """Whether digits or a number word stand shortly before a noun."""
    return any(map(scan.is_number, range(max(0, i - _ADJECTIVES - 2), i)))


def _foreign(scan: Scan, i: int) -> Mention | None:
    """A place outside Ukraine: "Бєлгород", "Kursk region"."""
    found = scan.at("foreign", i)
    if not found:
        return None
    area = scan.at("where", found.end)
    end = area.end if area is not None and area.value in (*OBLAST, *AREAS) else found.end
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
            named = mention_at(scan, found.end) if found.end < len(scan.tokens) else None
            if named is not None and named.pcode:
                return None  # "на правому березі Херсонщини"
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
