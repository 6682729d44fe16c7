"""Areas finer than a city: raions, hromadas, districts of cities and villages, by their names."""

from collections.abc import Sequence

from etl.reports.mentions import gazetteer
from etl.reports.mentions.gazetteer import DISTRICT, HROMADA, KYIV, RAION, Name
from etl.reports.mentions.place_mention import VILLAGE, Mention, is_plural, where, where_before
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import WORD
from impact.model.places import find

# Words for an area ([where] in data/languages/) that follow a name.
OBLAST = ("oblast", "region")
AREAS = {"district": RAION, "hromada": HROMADA}
_LIST_OF_AREAS = 6  # tokens from the first of several names to the word for their areas
_LONGEST_NAME = 3  # words of a village's name
_TELLING_NAME = 5  # letters of a name that is hardly another word
_HEADING_MARKS = frozenset(":-–—")

# Cities held since 2014, of whose districts reports hardly tell.
_HELD = (find("Donetsk").pcode, find("Luhansk").pcode)


def area(scan: Scan, i: int) -> Mention | None:
    """A raion, hromada or settlement, which stands for its oblast."""
    if scan.tokens[i].kind != WORD:
        return None
    word, kind = scan.low(i), AREAS.get(where(scan, i + 1))
    if kind is None:
        nouns = gazetteer.oblasts_of_area_noun(word)
        return _in_one_of(i, i + 1, nouns) if nouns else marked_settlement(scan, i)
    if district := _city_district(scan, i):
        return district
    # Reports say "район" of a hromada, too.
    found = gazetteer.oblasts_of(kind, word) or gazetteer.oblasts_of(HROMADA, word)
    if kind == HROMADA and not found:
        found = gazetteer.oblasts_of_village(gazetteer.plain(word))  # "Sofiivka community"
    oblasts = [each for each in found if not gazetteer.is_occupied(each)]
    return _in_one_of(i, i + 2, oblasts) if oblasts else None


def listed_area(scan: Scan, i: int) -> Mention | None:
    """The first of "Покровська й Марганецька громади", "Запорізький і Пологівський райони", which
    no city's or oblast's name stands for."""
    if not scan.of("where"):
        return None
    at = i + 1
    while at < min(i + _LIST_OF_AREAS, len(scan.tokens)) and where(scan, at) not in AREAS:
        named = scan.tokens[at].text[0].isupper()
        if not (named or scan.link("and", at) or scan.tokens[at].text == ","):
            return None
        at += 1
    kind = where(scan, at)
    if at == i + 1 or kind not in AREAS or scan.tokens[i].kind != WORD:
        return None
    if kind == "district" and (not is_plural(scan, at) or _cities_of_district(scan, i)):
        return None
    oblasts = gazetteer.oblasts_of(AREAS[kind], scan.low(i))
    return _in_one_of(i, i + 1, oblasts) if oblasts else None


def _city_district(scan: Scan, i: int) -> Mention | None:
    """The city that has this district, if only one or Kyiv has ("Салтівському районі", "р-н")."""
    if is_little(scan, i + 1, "axis"):
        return None  # of the front
    for name in gazetteer.names(scan.low(i)):
        if name.kind == DISTRICT and len(name.words) == 2:
            city = gazetteer.city_of_district(name)
            if raion := raion_elsewhere(scan, i, city):
                return raion
            if city == KYIV or len(name.pcodes) == 1:
                return of_city(scan, i, i + 2, name)
    return None


def of_city(scan: Scan, start: int, end: int, name: Name) -> Mention:
    """The city of a district, and the oblasts with a raion of its name: Kryvyi Rih has a
    Pokrovskyi district, and Donetsk Oblast a Pokrovskyi raion."""
    city = gazetteer.city_of_district(name)
    raions = gazetteer.oblasts_of(RAION, scan.low(start)) if city != KYIV else ()
    cities = name.pcodes if len(name.pcodes) > 1 else ()
    return Mention(start, end, city, oblasts=tuple(raions), cities=cities)


def raion_elsewhere(scan: Scan, i: int, city: str) -> Mention | None:
    """The oblast of a raion whose name a district of a city held since 2014 bears: Bohodukhivskyi
    raion is in Kharkiv Oblast, though Donetsk has a district of the name."""
    oblasts = gazetteer.oblasts_of(RAION, scan.low(i)) if city in _HELD else ()
    return Mention(i, i + 2, oblasts[0]) if len(oblasts) == 1 else None


def district_head(scan: Scan, i: int) -> Mention | None:
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


def marked_settlement(scan: Scan, i: int) -> Mention | None:
    """A settlement called so ("сел. Золочів", "the village of Cherkaske"), not a city."""
    marker = where_before(scan, i) or (where_before(scan, i - 1) if scan.before(i, ".") else "")
    if marker != "settlement":
        return None
    for count in range(_LONGEST_NAME, 0, -1):
        if oblasts := gazetteer.oblasts_of_village(name_of(scan, i, i + count)):
            return _in_one_of(i, i + count, oblasts)
    return None


def name_of(scan: Scan, start: int, end: int) -> str:
    """The words of a name as the gazetteer compares them."""
    return " ".join(gazetteer.plain(scan.low(i)) for i in range(start, end))


def village(scan: Scan, i: int) -> Mention | None:
    """A village by its name alone.

    After a preposition the only oblast with a village of the name is meant. Elsewhere the name may
    be somebody's or, at the head of a line, a common word ("Головне:"): it counts only in an oblast
    that the text is about.
    """
    if scan.tokens[i].kind != WORD or i in scan.starts or _after_name(scan, i):
        return None
    if _is_of_areas(scan, i):
        return None
    if raions := _raion_again(scan, i):
        return _in_one_of(i, i + 1, raions)
    for count in range(_LONGEST_NAME, 0, -1):
        oblasts = gazetteer.oblasts_of_village(name_of(scan, i, i + count))
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


def _raion_again(scan: Scan, i: int) -> Sequence[str]:
    """The oblasts of a raion whose noun stands with another before: "у Куп'янському районі 4
    будинки, у Харківському - 2"."""
    led = is_little(scan, i - 1, "place_in") and scan.low(i + 1) in _HEADING_MARKS
    before = led and any(m.value == "district" and m.end < i for m in scan.of("where"))
    return gazetteer.oblasts_of(RAION, scan.low(i)) if before else ()


def _is_of_areas(scan: Scan, i: int) -> bool:
    """Whether a name is one of several before the word for areas: "Дарницькому й Дніпровському
    районах"."""
    commas = False
    for at in range(i + 1, min(i + _LIST_OF_AREAS, len(scan.tokens))):
        if where(scan, at) in ("district", "hromada", *OBLAST, "oblasts"):
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
