"""Places: finds the place, with its P-code, that a text names in any language of the project.

There are three levels: Ukraine, its 27 oblast-level units and 455 cities. Kyiv and Sevastopol are
both a city and an oblast-level unit, so there are 481 places. data/places holds the tables and says
where they come from and under which licences. To add a spelling, add a line to spellings.csv.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from impact.model.names import SOURCE, Names
from impact.model.report_languages import listed, pattern
from impact.model.scripts import NAME_TO_CYRILLIC

DATA = Path(__file__).parents[2] / "data" / "places"

Ring = tuple[tuple[float, float], ...]
LEVELS = ("country", "oblast", "city")


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    pcode       P-code of OCHA COD-AB
    lat, lon    degrees, WGS 84
    population  people; None if it is not known
    """

    pcode: str
    level: str  # "country", "oblast" or "city"
    names: Names
    shorts: Names  # short names for narrow columns, in the languages that have one
    oblast: str  # P-code of its oblast-level unit; its own if it is one; "" for Ukraine
    lat: float
    lon: float
    population: int | None
    population_source: str

    def name(self, language: str) -> str:
        """The name in a language, else in English."""
        return self.names.of(language)

    def short(self, language: str) -> str:
        """The name for a narrow column: "Харківська обл."."""
        return self.shorts.of(language) or self.name(language)

    @property
    def name_en(self) -> str:
        """The name in English."""
        return self.names.of(SOURCE)


class UnknownPlace(LookupError):
    """No place has this name. `suggestions` holds the three most similar, the best first."""

    message = "No place is called “{}”. Did you mean {}?"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    @cached_property
    def suggestions(self) -> tuple[Place, ...]:
        """The three most similar places.

        Computed only if asked for, as the text is compared with every spelling.
        """
        return _closest(self.text)

    def __str__(self) -> str:
        return self.message.format(self.text[:60], _listed(self.suggestions))


class AmbiguousPlace(UnknownPlace):
    """Several places have this name. `suggestions` holds all of them, the largest first."""

    message = "“{}” can mean {}. Write which one is meant."

    def __init__(self, text: str, candidates: Sequence[Place]) -> None:
        super().__init__(text)
        self.args = (text, candidates)  # copy and pickle make the exception again from these
        self.suggestions = tuple(candidates)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        for line in lines:
            yield dict(zip(header, line, strict=True))


def _place(row: Mapping[str, str]) -> Place:
    fields: dict[str, Any] = {field: row[field] for field in Place.__slots__ if field in row}
    fields |= {"names": Names.of_row(row), "shorts": Names.of_row(row, "short")}
    fields |= {name: float(row[name]) for name in ("lat", "lon")}
    fields["population"] = int(row["population"]) if row["population"] else None
    return Place(**fields)


PLACES: Mapping[str, Place] = MappingProxyType(
    {row["pcode"]: _place(row) for row in _rows("places.csv")}
)
UKRAINE = PLACES["UA"]
_KYIV, _KYIV_OBLAST = "UA80", "UA32"


def get(pcode: str) -> Place:
    """The place with exactly this P-code. Raises UnknownPlace if there is none."""
    try:
        return PLACES[pcode]
    except KeyError:
        raise UnknownPlace(pcode) from None


def contains(wider: Place, place: Place) -> bool:
    """Whether `place` lies in `wider`. No place contains itself."""
    if wider.pcode == place.pcode:
        return False
    return wider.pcode == UKRAINE.pcode or wider.pcode == place.oblast


def told_apart(pcodes: Iterable[str], language: str) -> dict[str, str]:
    """P-code -> the place's name; with its oblast where two of these places share a name:
    "Mykolaiv (Lviv Oblast)"."""
    names = {pcode: PLACES[pcode].name(language) for pcode in pcodes}
    often = Counter(names.values())
    return {
        pcode: f"{name} ({PLACES[own_oblast(PLACES[pcode])].name(language)})"
        if often[name] > 1
        else name
        for pcode, name in names.items()
    }


def is_city(pcode: str) -> bool:
    """Whether a P-code is that of a city, as those of Kyiv and Sevastopol are."""
    return PLACES[pcode].level == "city"


@cache
def own_oblast(place: Place) -> str:
    """The P-code of the oblast around a place; Kyiv Oblast for Kyiv, empty for Ukraine."""
    return _KYIV_OBLAST if place.pcode == _KYIV else place.oblast


def smallest_around(pcodes: Iterable[str]) -> str:
    """The P-code of the smallest place that holds all of these, or is the only one."""
    found = set(pcodes)
    if len(found) == 1:
        return found.pop()
    oblasts = {own_oblast(PLACES[pcode]) for pcode in found}
    return oblasts.pop() if len(oblasts) == 1 else UKRAINE.pcode


@cache
def parts(place: Place) -> tuple[Place, ...]:
    """The next smaller areas: the oblast-level units of Ukraine, or the cities of an oblast.

    They come in the order of the table. Kyiv is no part of Kyiv Oblast, only of Ukraine.
    Sevastopol is a part of Ukraine only, too.
    """
    if place == UKRAINE:
        return tuple(unit for unit in PLACES.values() if unit.oblast == unit.pcode)
    return tuple(city for city in PLACES.values() if contains(place, city))


@cache
def inside(place: Place) -> tuple[Place, ...]:
    """All smaller areas in a place. For Ukraine: its oblast-level units and their cities."""
    return tuple(inner for part in parts(place) for inner in (part, *inside(part)))


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """P-code of an oblast-level unit -> its rings of (longitude, latitude) in degrees, WGS 84.

    Outer rings run counter-clockwise and holes clockwise (RFC 7946). Kyiv is a hole in Kyiv Oblast.
    """
    features = json.loads((DATA / "outlines.geojson").read_text(encoding="utf-8"))["features"]
    rings = {
        feature["properties"]["pcode"]: tuple(
            tuple(map(tuple, ring))
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
        )
        for feature in features
    }
    return MappingProxyType(rings)


class Spelling(NamedTuple):
    """One way to write the name of a place. data/places/README.md explains the kinds."""

    text: str
    pcode: str
    kind: str


def spellings() -> Iterator[Spelling]:
    """Every name and spelling of every place, without codes."""
    for place in PLACES.values():
        for name in place.names.all():
            yield Spelling(name, place.pcode, "name")
    for row in _rows("spellings.csv"):
        if row["kind"] != "iso":
            yield Spelling(row["spelling"], row["pcode"], row["kind"])


class Area(NamedTuple):
    """An area smaller than the places that are kept. Figures about it count for its oblast.

    oblast  P-code
    """

    names: Names
    oblast: str
    kind: str  # "raion" or "hromada"


def areas() -> Iterator[Area]:
    """Every raion and hromada."""
    for row in _rows("areas.csv"):
        yield Area(Names.of_row(row), row["oblast"], row["kind"])


def villages() -> Iterator[tuple[Names, tuple[str, ...]]]:
    """Every name of a village or settlement, with the P-codes of the oblasts that have one."""
    for row in _rows("villages.csv"):
        yield Names.of_row(row), tuple(row["oblasts"].split())


def find(text: str, within: Place | None = None) -> Place:
    """The one place that `text` names, by a name in any language of the project or by a code.

    Capitals, apostrophes, dashes, spaces, prepositions and words such as "city of" do not matter.
    Codes are P-codes, KATOTTG codes and, with their hyphen, ISO 3166-2 codes ("UA-43"). The text
    may also name a place and its wider area, in either order ("Городок, Львівська область").

    `within` decides between places with the same name. A place outside it can still be the result,
    except for districts of cities, because many cities have districts with the same name.

    Raises AmbiguousPlace if several places have the name, UnknownPlace if none has.
    """
    if len(text) > _LONGEST:
        raise UnknownPlace(text)
    if pcode := _codes().get(_DASH.sub("-", text).strip().upper()):
        return PLACES[pcode]
    phrases = [part for part in _BREAK.split(_district_of().sub(r"\1, ", text)) if part.strip()]
    if len(phrases) < 2:
        return _find_phrase(text, within)
    try:
        return _narrow_down(text, phrases[::-1], within)
    except UnknownPlace:
        return _narrow_down(text, phrases, within)


# Characters. No name of a place is longer. A search in longer texts would only take time.
_LONGEST = 200
# Separates a place and its wider area: "Horodok, Lviv Oblast", "Horodok (Lviv Oblast)".
_BREAK = re.compile(r"[,;()\n]")


@cache
def _district_of() -> re.Pattern[str]:
    """A pattern that separates a district and its city: "Київський район Харкова"."""
    before, of = (pattern(listed("naming", key)) for key in ("before_city", "of"))
    return re.compile(rf"\b({before})\s+(?:(?:{of})\s+)?(?=\w)", re.IGNORECASE)


def _narrow_down(text: str, phrases: Sequence[str], within: Place | None) -> Place:
    """The last of areas that are named from wide to narrow, each inside the one before.

    Raises UnknownPlace if an area does not lie in the one before.
    """
    named: Place | None = None
    for phrase in phrases:
        try:
            place = _find_phrase(phrase, named or within)
        except UnknownPlace as error:
            if isinstance(error, AmbiguousPlace) or _words(phrase)[-1:] != [_DISTRICT]:
                raise
            continue  # a raion or an unlisted district: the wider area is the result
        if named and place != named and not contains(named, place):
            raise UnknownPlace(text)
        named = place
    if named:
        return named
    raise UnknownPlace(text)


def _find_phrase(text: str, within: Place | None) -> Place:
    """The same as find, for a text that names only one area and is no code."""
    key, is_city = _key(text)
    found = [PLACES[pcode] for pcode in _index().get(key, ())]
    candidates = [place for place in found if place.level == "city" or not is_city]
    inside = [p for p in candidates if within and (p == within or contains(within, p))]
    if key.endswith(f" {_DISTRICT}"):
        # Without a city, a district is that of Kyiv if Kyiv has one: national news means Kyiv.
        kyiv = [p for p in candidates if p.pcode == "UA80"]
        candidates = inside if within else kyiv or candidates
    else:
        # A town that has this name today is preferred to one that had it before ("Первомайськ").
        candidates = inside or candidates
        bearers = [p for p in candidates if key in (_key(name)[0] for name in p.names.all())]
        candidates = list(_clearly_largest(bearers or candidates))
    if len(candidates) > 1:
        raise AmbiguousPlace(text, sorted(candidates, key=_people, reverse=True))
    if not candidates:
        raise UnknownPlace(text)
    return candidates[0]


def _clearly_largest(candidates: Sequence[Place]) -> Sequence[Place]:
    """Only the largest of several cities, if it has at least ten times the people of the second.

    Else all candidates.
    """
    if len(candidates) < 2 or any(place.level != "city" for place in candidates):
        return candidates
    first, second = sorted(candidates, key=_people, reverse=True)[:2]
    return [first] if _people(first) >= 10 * _people(second) else candidates


def _people(place: Place) -> int:
    return place.population or 0


# Spellings are compared as keys: words in lower case, without apostrophes, with one space between.
# All words for one kind of area ("region", "областю", "обл.") become the same word.
_OBLAST, _DISTRICT = "oblast", "district"
_IGNORED = re.compile("['`´ʹʼʻ‘’′＇\u00ad\u0300\u0301\u200b-\u200f\u2060\ufeff]")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@cache
def _area_words() -> Mapping[str, str]:
    """Every word for a kind of area -> the word that replaces it in keys."""
    return dict.fromkeys(listed("naming", "oblast"), _OBLAST) | dict.fromkeys(
        listed("naming", "district"), _DISTRICT
    )


@cache
def _city_words() -> frozenset[str]:
    return frozenset(listed("naming", "city"))


@cache
def _leading_words() -> frozenset[str]:
    return _city_words() | frozenset(listed("naming", "leading"))


@cache
def _hyphened_district() -> re.Pattern[str]:
    return re.compile(pattern(listed("naming", "hyphened_district")))


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", _DASH.sub("-", _IGNORED.sub("", text))).casefold()
    words = _WORD.findall(_hyphened_district().sub(_DISTRICT, text))
    words = [word.translate(NAME_TO_CYRILLIC) if _CYRILLIC.search(word) else word for word in words]
    return [_area_words().get(word, word) for word in words]


def _key(text: str) -> tuple[str, bool]:
    """The key under which to look for `text`, and whether the text calls the place a city.

    Words before the name are removed one at a time, and only as long as the rest is no known key.
    A preposition can be part of a name: "на Запоріжжі" is the oblast, "у Запоріжжі" is the city.
    """
    words, is_city = _words(text), False
    if words[:1] in ([_OBLAST], [_DISTRICT]):
        words = words[1:] + words[:1]
    while len(words) > 1 and " ".join(words) not in _index():
        if words[0] in _leading_words():
            dropped = words.pop(0)
        elif words[-1] in _city_words():
            dropped = words.pop()
        else:
            break
        is_city = is_city or dropped in _city_words()
    return " ".join(words), is_city


@cache
def _index() -> Mapping[str, Sequence[str]]:
    """Key -> P-codes, from the names of all places and from spellings.csv."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    names = [(name, p.pcode) for p in PLACES.values() for name in p.names.all()]
    listed = [(r["spelling"], r["pcode"]) for r in _rows("spellings.csv") if r["kind"] != "iso"]
    for spelling, pcode in names + listed:
        pcodes = index[" ".join(_words(spelling))]
        if pcode not in pcodes:
            pcodes.append(pcode)
    return index


@cache
def _codes() -> Mapping[str, str]:
    """Code -> P-code. Codes of ISO 3166-2 need their hyphen: UA-43 is Crimea, UA43 is no code."""
    codes = {row["katottg"]: row["pcode"] for row in _rows("places.csv") if row["katottg"]}
    iso = {row["spelling"]: row["pcode"] for row in _rows("spellings.csv") if row["kind"] == "iso"}
    return codes | iso | {pcode: pcode for pcode in PLACES}


def _closest(text: str) -> tuple[Place, ...]:
    """The three places with spellings or codes similar to `text`, filled up with the largest."""
    spellings = {code.lower(): [pcode] for code, pcode in _codes().items()}
    spellings |= {spelling: list(pcodes) for spelling, pcodes in _index().items()}
    close = get_close_matches(" ".join(_words(text[:60])), spellings, n=60, cutoff=0.5)
    largest = sorted(PLACES.values(), key=_people, reverse=True)[:3]
    ranked = [PLACES[pcode] for spelling in close for pcode in spellings[spelling]] + largest
    return tuple(dict.fromkeys(ranked))[:3]


def _listed(places: Sequence[Place]) -> str:
    """Names for a message, in a form that find() understands: "Horodok (Lviv Oblast), …"."""
    return ", ".join(
        p.name_en if p.oblast in ("", p.pcode) else f"{p.name_en} ({PLACES[p.oblast].name_en})"
        for p in places
    )
