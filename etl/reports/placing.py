"""Places that a sentence names, and words that point at one ("the capital", "в області")."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from etl.reports.scan import Scan
from etl.reports.tokens import WORD
from impact.places import PLACES, Place, areas, find, spellings

KYIV, UKRAINE = "UA80", "UA"
FOREIGN, VAGUE, CITY, REGION = "foreign", "vague", "city", "region"


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) that name a place.

    pcode    the place; empty for a pointer, a vague or a foreign place
    pointer  "city" or "region" (to be resolved by what was named before), "vague", "foreign"
    aside    named only as somebody's office or as part of another name
    """

    start: int
    end: int
    pcode: str = ""
    pointer: str = ""
    aside: bool = False
    near: bool = False
    oblasts: tuple[str, ...] = ()


@cache
def _names() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]]:
    """First word -> (words, P-codes, kind) of every spelling, longest first."""
    codes: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for spelling, pcode, kind in spellings():
        words = tuple(_plain(word) for word in spelling.split())
        kind = kind if kind in ("adjective", "district") else "name"
        if pcode not in codes[words, kind]:
            codes[words, kind].append(pcode)
    index = defaultdict(list)
    for (words, kind), pcodes in codes.items():
        index[words[0]].append((words, tuple(pcodes), kind))
    return {word: tuple(sorted(v, key=lambda e: -len(e[0]))) for word, v in index.items()}


def _plain(word: str) -> str:
    word = word.lower()
    if word.endswith("'s"):
        word = word[:-2]
    return word.replace("'", "").replace("’", "").replace(".", "")


@cache
def _areas() -> dict[tuple[str, str], tuple[str, ...]]:
    """(kind, stem or name) -> the oblasts in which such a raion, hromada or settlement lies."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name_uk, name_en, oblast, kind in areas():
        for name in (name_uk, name_en):
            key = (kind, _plain(name) if kind == "settlement" else _stem(_plain(name)))
            if oblast not in found[key]:
                found[key].append(oblast)
    for (kind, stem), oblasts in tuple(found.items()):
        # Нікопольський район is also called Нікопольщина.
        if kind == "raion" and stem.endswith("ськ"):
            found["shchyna", stem[:-3] + "щин"] += oblasts
        elif kind == "raion" and stem.endswith("цьк"):
            found["shchyna", stem[:-3] + "ччин"] += oblasts
    return {key: tuple(oblasts) for key, oblasts in found.items()}


_ADJECTIVE_ENDINGS = (
    "ого", "ому", "ими", "ими", "ий", "ій", "ім", "им", "их", "ої", "ою", "а", "у", "і",
    "skyi", "skyy", "skiy", "sky", "ska", "skoi",
)  # fmt: skip


def _stem(word: str) -> str:
    """An adjective without its ending: "нікопольського" -> "нікопольськ"."""
    for ending in _ADJECTIVE_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + ("sk" if ending.startswith("sk") else "")
    return word


def mentions(scan: Scan) -> list[Mention]:
    """Every place the sentence names or points at, in order, none inside another."""
    if scan.places is None:
        scan.places = _mentions(scan)
    return scan.places


def _mentions(scan: Scan) -> list[Mention]:
    found: list[Mention] = []
    i = 0
    while i < len(scan.tokens):
        if not scan.notable(i) or _launch_site(scan, i):
            i += 1
            continue
        mention = None
        if scan.tokens[i].text[0].isupper():
            mention = _foreign(scan, i) or _named(scan, i) or _area(scan, i)
        mention = mention or _pointer(scan, i) or _demonym(scan, i)
        if mention is None or i in scan.taken:
            i += 1
            continue
        last = found[-1] if found else None
        if last and scan.low(last.end) == "of" and last.end + 1 == mention.start and mention.pcode:
            found[-1] = _of(scan, last, mention)
            i = mention.end
            continue
        if last and last.end == mention.start and last.pcode and mention.pcode:
            if joined := _district_of_city(scan, last, mention):
                found[-1] = joined
                i = mention.end
                continue
        found.append(_in_office(scan, mention))
        i = mention.end
    return _lumped(scan, _plural_oblasts(scan, _bare_zaporizhzhia(scan, found)))


def _bare_zaporizhzhia(scan: Scan, found: list[Mention]) -> list[Mention]:
    """"Сумщина - 8 тис., Запоріжжя - 5 тис.": among oblasts the bare word is the oblast."""
    oblasts = sum(bool(m.pcode) and PLACES[m.pcode].level == "oblast" for m in found)
    return [
        replace(m, pcode="UA23") if oblasts >= 1 and scan.low(m.start) == "запоріжжя" else m
        for m in found
    ]


def _demonym(scan: Scan, i: int) -> Mention | None:
    """"120 тисяч киян": people named after their city."""
    found = scan.at("demonyms", i)
    if not found:
        return None
    end = i + 1
    return Mention(i, end, find(found.value).pcode)


def _district_of_city(scan: Scan, first: Mention, second: Mention) -> Mention | None:
    """"Шевченківському районі Харкова", "Kherson's Dniprovskyi district": the city named."""
    def district(mention: Mention) -> bool:
        return _where(scan, mention.end - 1) == "district"

    def city(mention: Mention) -> bool:
        return mention.pcode == KYIV or PLACES[mention.pcode].level == "city"

    if district(first) and city(second) and not district(second):
        return replace(second, start=first.start)
    if district(second) and city(first) and not district(first) and scan.low(first.end - 1).endswith("'s"):
        return replace(first, end=second.end)
    return None


def _of(scan: Scan, first: Mention, second: Mention) -> Mention:
    """"Kyivskyi district of Kharkiv" is Kharkiv; "the region of Chernihiv" is the oblast."""
    if first.pointer == REGION:
        return replace(second, start=first.start, pcode=_own_oblast(PLACES[second.pcode]))
    if first.pointer == CITY or _where(scan, first.end - 1) == "district":
        return replace(second, start=first.start)
    return replace(first, end=second.end)


_OCCUPIED = ("UA01", "UA85")


def _launch_site(scan: Scan, i: int) -> bool:
    """"з Криму", "from Kursk": where it came from."""
    return scan.low(i - 1) in ("from", "із", "з", "зі") and bool(
        scan.at("foreign", i)
        or any(
            PLACES[code].oblast in _OCCUPIED
            for words, codes, _ in _names().get(_plain(scan.low(i)), ())
            for code in codes
            if len(words) == 1 and scan.tokens[i].text[:1].isupper()
        )
    )


def _foreign(scan: Scan, i: int) -> Mention | None:
    found = scan.at("foreign", i)
    if not found or not scan.tokens[i].text[0].isupper():
        return None
    # Білгород-Дністровський is one word and begins with another's name.
    if scan.tokens[i].low.startswith(("білгород-д", "білгородк")):
        return None
    end = found.end
    if scan.at("where", end) and scan.at("where", end).value in ("oblast", "region", "district"):
        end = scan.at("where", end).end
    return Mention(i, end, pointer=FOREIGN)


def _named(scan: Scan, i: int) -> Mention | None:
    token = scan.tokens[i]
    if token.kind != WORD or not token.text[0].isupper():
        return None
    for words, pcodes, kind in _names().get(_plain(token.low), ()):
        end = i + len(words)
        if end > len(scan.tokens):
            continue
        if any(_plain(scan.low(i + k)) != word for k, word in enumerate(words)):
            continue
        if mention := _as_written(scan, i, end, pcodes, kind):
            return mention
    return None


def _as_written(scan: Scan, i: int, end: int, pcodes: tuple[str, ...], kind: str) -> Mention | None:
    """A spelling as what the words around it make of it: city, oblast, district."""
    following = _where(scan, end)
    if kind == "adjective":
        if following == "plant" and scan.low(end) in ("тец", "chp", "chpp"):
            from etl.reports.context import centre

            return Mention(i, end, centre(pcodes[0]), aside=True)
        if following in ("oblast", "region", "oblasts"):
            return Mention(i, end + 1, pcodes[0])
        if following in ("district", "hromada"):
            return _area(scan, i)
        if end + 1 < len(scan.tokens) and scan.tokens[end].text in "-:" and scan.is_number(end + 1):
            return Mention(i, end, pcodes[0])
        return None if not _in_list(scan, end) else Mention(i, end, pcodes[0])
    if kind == "district":
        return Mention(i, end, _district(pcodes))
    pcode = _meant(pcodes)
    if not pcode or _person(scan, i, end):
        return None
    place = PLACES[pcode]
    if end == i + 1 and (smaller := _marked_settlement(scan, i)):
        return smaller
    if following in ("oblast", "region") and place.level == "oblast" and place.pcode != KYIV:
        return Mention(i, end + 1, pcode)
    if following in ("oblast", "region") and place.level == "city":
        return Mention(i, end + 1, _oblast_named(scan, i, end) or place.oblast)
    if following == "district" and place.level == "city" and scan.low(end) not in ("area",):
        return Mention(i, end + 1, place.oblast if pcode != KYIV else _kyiv_oblast())
    if following == "hromada" and place.level == "city":
        return Mention(i, end + 1, pcode)
    if scan.low(i) == "запоріжжі" and scan.low(i - 1) == "на":
        return Mention(i, end, "UA23")
    if scan.low(i) in ("запоріжжя",) and scan.low(i - 1) == "на":
        return Mention(i, end, "UA23")
    aside = following == "plant" and scan.low(end) not in ("station",)
    near = (
        bool(before := _where_before(scan, i))
        and before == "near"
        and place.level == "city"
        and scan.low(i - 1) not in ("around",)
    )
    if near and scan.low(i - 1) == "під" and not scan.low(i).endswith(("ом", "ем", "ою", "ами", "им", "єм")):
        near = False
    if near:
        return Mention(i, end, place.oblast if pcode != KYIV else _kyiv_oblast(), near=True)
    return Mention(i, end, pcode, aside=aside)


def _person(scan: Scan, i: int, end: int) -> bool:
    """"Володимир Зеленський": a first name that is a town's name too."""
    return scan.at("not_places", i) is not None or (
        end < len(scan.tokens)
        and scan.at("speakers", end) is not None
        and scan.tokens[end].text[0].isupper()
        and scan.at("speakers", end).value.endswith(")")
    )


def _where(scan: Scan, i: int) -> str:
    for match in scan.of("where"):
        if match.start == i:
            return match.value
    return ""


def _where_before(scan: Scan, i: int) -> str:
    for match in scan.of("where"):
        if match.end == i:
            return match.value
    return ""


def _kyiv_oblast() -> str:
    return "UA32"


def _meant(pcodes: tuple[str, ...]) -> str:
    """Of several places with one name the one ten times as large, else the oblast, else none."""
    if len(pcodes) == 1:
        return pcodes[0]
    ranked = sorted((PLACES[code] for code in pcodes), key=lambda p: -(p.population or 0))
    oblasts = [place for place in ranked if place.level == "oblast" and place.pcode != KYIV]
    cities = [place for place in ranked if place.level == "city" or place.pcode == KYIV]
    if oblasts and cities:
        return cities[0].pcode
    if (ranked[0].population or 0) >= 5 * (ranked[1].population or 0):
        return ranked[0].pcode
    return ""


def _district(pcodes: tuple[str, ...]) -> str:
    return KYIV if KYIV in pcodes else pcodes[0]


def _oblast_named(scan: Scan, i: int, end: int) -> str:
    """"Kyiv region" is Kyiv Oblast; "Nikopol region" is the oblast Nikopol lies in."""
    words = tuple(_plain(scan.low(k)) for k in range(i, end)) + ("oblast",)
    for name, pcodes, kind in _names().get(words[0], ()):
        if name == words and kind == "name":
            return pcodes[0]
    return ""


def _in_list(scan: Scan, i: int) -> bool:
    """Whether more adjectives and one word for oblasts follow ("Київської, Сумської областей")."""
    for j in range(i, min(i + 24, len(scan.tokens))):
        if _where(scan, j) in ("oblasts", "oblast", "region"):
            return True
        low, text = scan.low(j), scan.tokens[j].text
        listed = text in ",-" or scan.link("and", j) or low in ("чи", "або", "у", "в", "ще", "на")
        listed = listed or scan.is_number(j) or any(
            scan.at(kind, j) for kind in ("scales", "bounds", "units", "groups")
        )
        if not listed and not any(e[2] == "adjective" for e in _names().get(_plain(low), ())):
            return False
    return False


def _area(scan: Scan, i: int) -> Mention | None:
    """A raion, hromada or settlement: its oblast, where only one has it."""
    token = scan.tokens[i]
    if token.kind != WORD or not token.text[0].isupper():
        return None
    following = _where(scan, i + 1)
    low = _plain(token.low)
    if following in ("district", "hromada"):
        kind = "raion" if following == "district" else "hromada"
        stem = _stem(low)
        codes = _areas().get((kind, stem), ()) or _areas().get(("hromada", stem), ())
        city = _city_district(scan, i)
        if city:
            return Mention(i, i + 2, city)
        if not codes:
            return None
        return Mention(i, i + 2, codes[0] if len(codes) == 1 else "", oblasts=codes)
    if any(low.endswith(e) for e in ("щина", "щини", "щині", "щину", "щиною")):
        stem = low[: low.rfind("щин") + 3]
        if codes := _areas().get(("shchyna", stem), ()):
            return Mention(i, i + 1, codes[0])
    return _marked_settlement(scan, i)


def _marked_settlement(scan: Scan, i: int) -> Mention | None:
    """"сел. Золочів", "the village of Cherkaske": not the city of that name."""
    marker = _where_before(scan, i) or (_where_before(scan, i - 1) if scan.before(i, ".") else "")
    codes = _areas().get(("settlement", _plain(scan.low(i))), ())
    if marker == "settlement" and codes:
        return Mention(i, i + 1, codes[0] if len(codes) == 1 else "", oblasts=codes)
    return None


def _city_district(scan: Scan, i: int) -> str:
    """The city of a city district ("Kyivskyi district of Kharkiv", "Салтівському районі")."""
    for words, pcodes, kind in _names().get(_plain(scan.low(i)), ()):
        if kind == "district" and words[-1].startswith(("district", "район")) and len(words) == 2:
            if len(pcodes) == 1 or KYIV in pcodes:
                return _district(pcodes)
    return ""


_POINTERS = {
    "capital": KYIV,
    "country": UKRAINE,
}


def _pointer(scan: Scan, i: int) -> Mention | None:
    if not scan.at("where", i):
        return None
    for found in scan.of("where"):
        if found.start != i:
            continue
        if found.value in _POINTERS:
            if scan.low(found.end) == "of" or ("bank" in scan.low(found.end - 1) and scan.low(found.end) in ("of",)):
                return None
            return Mention(i, found.end, _POINTERS[found.value])
        if found.value == "vague":
            return Mention(i, found.end, pointer=VAGUE)
        if found.value in (CITY, REGION):
            if _is_office(scan, i, found.end) or scan.low(found.end) in _NOT_A_PLACE:
                return None
            return Mention(i, found.end, pointer=found.value)
    return None


_NOT_A_PLACE = frozenset(
    ["council", "administration", "military", "mayor", "authorities", "officials", "hall", "head", "health", "department", "defence", "defense", "emergency", "police", "bus"]
)


def _is_office(scan: Scan, start: int, end: int) -> bool:
    return any(m.start <= start and end <= m.end and m.end - m.start > 1 for m in scan.of("speakers"))


def _in_office(scan: Scan, mention: Mention) -> Mention:
    """Marks "mayor of Kharkiv", "голова Донеччини": named as an office, a last resort."""
    if mention.pointer:
        return mention
    if mention.start == 0 and _opens_a_wire(scan, mention):
        return replace(mention, aside=True)
    near = range(mention.start - 3, mention.start)
    office = any(m.end - 1 in near and m.value in _OFFICES for m in scan.of("speakers"))
    office = office or scan.low(mention.end) in ("mayor", "governor") or (
        scan.low(mention.end) in ("regional", "city") and scan.low(mention.end + 1) in ("head", "military", "council")
    )
    return replace(mention, aside=True) if office else mention


def _opens_a_wire(scan: Scan, mention: Mention) -> bool:
    """"KYIV (Agency) - ", "Lviv, 24 January - ": where it was written, not what it is about."""
    for i in range(mention.end, min(mention.end + 8, len(scan.tokens))):
        if scan.tokens[i].text == "-":
            shouted = scan.tokens[0].text.isupper()
            return shouted or any(j in scan.taken for j in range(mention.end, i))
        if scan.tokens[i].text not in ",()." and i not in scan.taken and not (
            scan.tokens[i].text[0].isupper()
        ):
            return False
    return False


_OFFICES = (
    "mayor", "regional head", "oblast military administration", "city military administration",
    "local authorities", "city council",
)  # fmt: skip


def _plural_oblasts(scan: Scan, found: list[Mention]) -> list[Mention]:
    """"Odesa, Kherson and Mykolaiv regions": one noun makes all of a list oblasts."""
    for n, mention in enumerate(found):
        if _where(scan, mention.end) != "oblasts" and not (
            mention.end and _where(scan, mention.end - 1) == "oblasts"
        ):
            continue
        k = n
        while k >= 0:
            each = found[k]
            if not each.pcode:
                break
            place = PLACES[each.pcode]
            oblast = "UA32" if each.pcode == KYIV else place.oblast
            end = each.end + 1 if k == n and _where(scan, each.end) == "oblasts" else each.end
            found[k] = replace(each, pcode=oblast, end=end)
            if k == 0 or not _joined(scan, found[k - 1], each):
                break
            k -= 1
    return found


def _joined(scan: Scan, first: Mention, second: Mention) -> bool:
    """Whether only a comma or "and" parts two mentions."""
    between = range(first.end, second.start)
    return len(between) <= 4 and all(
        scan.tokens[i].text == ","
        or scan.link("and", i)
        or scan.low(i) in ("the", "its", "у", "в", "на", "in", "as", "well", "також", "а", "around", "itself", "it", "surrounding")
        for i in between
    )


def _lumped(scan: Scan, found: list[Mention]) -> list[Mention]:
    """"Kyiv and the Kyiv region" is one area, the oblast; so is "Харків та область"."""
    result: list[Mention] = []
    for mention in found:
        last = result[-1] if result else None
        if last and last.pcode and mention.pointer == REGION and _with_settlements(scan, last, mention):
            result[-1] = replace(last, pcode=_own_oblast(PLACES[last.pcode]), end=mention.end)
            continue
        if last and last.pcode and _joined(scan, last, mention) and scan.tokens[last.end].text != "-":
            city, other = PLACES[last.pcode], mention.pcode
            gap = range(last.end, mention.start)
            comma_only = not any(scan.link("and", i) or scan.low(i) == "its" for i in gap)
            if _centre_of(city) and (mention.pointer == REGION or other == _own_oblast(city)) and (
                not comma_only
            ):
                result[-1] = replace(last, pcode=_own_oblast(city), end=mention.end, aside=False)
                continue
            if city.level == "city" and other == city.oblast:
                result[-1] = replace(last, end=mention.end)
                continue
            if (
                city.level == "oblast" and city.pcode != KYIV and other and other != city.pcode
                and _centre_of(PLACES[other]) and _own_oblast(PLACES[other]) == city.pcode
                and not comma_only
            ):
                result[-1] = replace(last, end=mention.end)
                continue
        result.append(mention)
    return result


def _with_settlements(scan: Scan, city: Mention, region: Mention) -> bool:
    """"Харкова та 16 населених пунктів області", "Nikopol and four communities"."""
    between = range(city.end, region.start)
    return (
        len(between) <= 6
        and any(scan.link("and", i) for i in between)
        and any((unit := scan.at("units", i)) and unit.value == "settlements" for i in between)
        and PLACES[city.pcode].level != "country"
    )


def _centre_of(place: Place) -> bool:
    return place.level == "city" or place.pcode == KYIV


def _own_oblast(place: Place) -> str:
    return "UA32" if place.pcode == KYIV else place.oblast
