"""The gazetteer: what places, areas and city districts are called, and the P-codes that means.

It knows names, not sentences; places.py reads what the words around a name make of it. All
languages share one gazetteer, because Ukrainian reports have Latin names in them and English ones
Ukrainian endings. The names come from data/places, the endings from languages/*.toml.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from etl.reports.text.lexicon import languages
from impact.model.places import PLACES, Place, areas, find, own_oblast, parts, spellings, villages

UKRAINE = "UA"
# Kyiv is a unit beside Kyiv Oblast, not a part of it. Reports that speak of the region around
# Kyiv, or of Kyiv as the centre of one, mean these two.
KYIV, KYIV_OBLAST = "UA80", "UA32"
# Occupied since 2014: drones come from there, and figures for it are Russia's.
_CRIMEA, _SEVASTOPOL = "UA01", "UA85"

# Cities occupied since 2014. Their bare names in reports mean the oblasts.
_OCCUPIED_CENTRES = {"UA1408003001": "UA14", "UA4406001001": "UA44"}

NAME, ADJECTIVE, DISTRICT = "name", "adjective", "district"
OLD_NAME = "old_name"
RAION, HROMADA, AREA_NOUN = "raion", "hromada", "area noun"

# Of several towns of one name, the one with so many times the people of the next is meant.
_CLEARLY_LARGER = 5


# So many words of reports are remembered with what they name: texts repeat their names.
_REMEMBERED = 20_000
_LONG_NAME = 9  # letters of a name that is told by its sound, too


class Name(NamedTuple):
    """A spelling, word by word, with every place it may mean."""

    words: tuple[str, ...]
    lead: int  # words before the first with a capital: 1 in "на Запоріжжі"
    pcodes: tuple[str, ...]
    kind: str  # NAME, ADJECTIVE or DISTRICT


@lru_cache(_REMEMBERED)
def names(word: str) -> Sequence[Name]:
    """Every name whose first capitalised word is this one, longest first."""
    return _names().get(plain(word), ())


@cache
def _names() -> Mapping[str, Sequence[Name]]:
    codes: dict[tuple, dict[str, None]] = defaultdict(dict)  # an ordered set each
    for spelling in spellings():
        written = spelling.text.split()
        lead = next((n for n, word in enumerate(written) if word[0].isupper()), 0)
        kind = spelling.kind if spelling.kind in (ADJECTIVE, DISTRICT) else NAME
        codes[tuple(map(plain, written)), lead, kind][spelling.pcode] = None
    index = defaultdict(list)
    for (words, lead, kind), pcodes in codes.items():
        index[words[lead]].append(Name(words, lead, tuple(pcodes), kind))
    for listed in index.values():
        listed.sort(key=lambda name: -len(name.words))
    return index


@lru_cache(_REMEMBERED)
def plain(word: str) -> str:
    """A word as names are compared: "Kharkiv's" -> "kharkiv", "Кам'янське" -> "камянське"."""
    word = word.lower()
    for ending in _endings("possessives"):
        word = word.removesuffix(ending)
    return word.replace("'", "").replace("’", "").replace(".", "")


@cache
def _endings(name: str) -> tuple[str, ...]:
    """The endings of this name in the [language] tables of all languages, longest first."""
    found = {each for language in languages().values() for each in language.settings[name]}
    return tuple(sorted(found, key=lambda ending: (-len(ending), ending)))


def is_possessive(word: str) -> bool:
    """Whether a word is a possessive ("Kherson's")."""
    return word.endswith(_endings("possessives"))


# ------------------------------------------------------------------------- what a name means


def meant(name: Name) -> str:
    """The place that a name means by itself; empty if it may mean several.

    A city goes before the oblast of its name, and a large city before small ones.
    """
    if len(name.pcodes) == 1:
        return _OCCUPIED_CENTRES.get(name.pcodes[0], name.pcodes[0])
    ranked = sorted((PLACES[code] for code in name.pcodes), key=_people, reverse=True)
    cities = [place for place in ranked if place.level == "city"]
    if cities and len(cities) < len(ranked):
        return _OCCUPIED_CENTRES.get(cities[0].pcode, cities[0].pcode)
    if _people(ranked[0]) >= _CLEARLY_LARGER * _people(ranked[1]):
        return ranked[0].pcode
    return ""


def oblast_of_name(word: str) -> str:
    """The oblast that bears a city's name, too ("Запоріжжя"); empty for other cities."""
    return _namesakes().get(plain(word), "")


@cache
def _namesakes() -> Mapping[str, str]:
    """City's name -> oblast, where only a preposition tells them apart.

    That "на Запоріжжі" is an oblast and "Запоріжжі" a city shows that both are "Запоріжжя".
    """
    found: dict[str, str] = {}
    for listed in _names().values():
        for name in listed:
            oblast, bare = PLACES[name.pcodes[0]], name.words[name.lead :]
            if name.lead and oblast.level == "oblast":
                cities = (PLACES[other.pcodes[0]] for other in listed if other.words == bare)
                found |= {plain(n): oblast.pcode for city in cities for n in city.names.all()}
    return found


def oblast_of_old_name(word: str) -> str:
    """The oblast that still bears its centre's name of before 2016 ("Dnipropetrovsk")."""
    return _old_names().get(plain(word), "")


@cache
def _old_names() -> Mapping[str, str]:
    """Old name -> oblast, whose own name begins with it and the city's new one does not."""
    found = {}
    for spelling in spellings():
        place = PLACES[spelling.pcode]
        oblast = PLACES[own_oblast(place)] if place.level == "city" and place.oblast else place
        told = any(name.startswith(spelling.text) for name in oblast.names.all())
        renamed = not any(name.startswith(spelling.text) for name in place.names.all())
        if spelling.kind == OLD_NAME and place.level == "city" and told and renamed:
            found[plain(spelling.text)] = oblast.pcode
    return found


def oblast_called(pcode: str) -> str:
    """The oblast that is called after a city, as Kharkiv Oblast is; else the place itself. Kyiv and
    its oblast are two units, and Lutsk gives no oblast its name."""
    place, oblast = PLACES[pcode], PLACES[own_oblast(PLACES[pcode])]
    after = place.level == "city" and pcode != KYIV
    return oblast.pcode if after and oblast.name_en.startswith(place.name_en) else pcode


def city_of_district(name: Name) -> str:
    """The city of a district. If Kyiv has one of the name it is Kyiv, as national news means; else
    the largest of the cities that have one, over those in Crimea."""
    if KYIV in name.pcodes:
        return KYIV
    return max(name.pcodes, key=lambda code: (not is_occupied(code), _people(PLACES[code])))


def _people(place: Place) -> int:
    return place.population or 0


def is_occupied(pcode: str) -> bool:
    """Whether a place lies in Crimea or Sevastopol."""
    return PLACES[pcode].oblast in (_CRIMEA, _SEVASTOPOL)


def centre(oblast: str) -> str:
    """The largest city of an oblast, which is its centre; Kyiv for Kyiv Oblast."""
    if oblast in (KYIV, KYIV_OBLAST):
        return KYIV
    if oblast in ("", UKRAINE):
        return ""
    cities = parts(PLACES[oblast])
    return max(cities, key=_people).pcode if cities else ""


def region_of(pcode: str) -> str:
    """The oblast around a place; Kyiv Oblast around Kyiv."""
    return KYIV_OBLAST if pcode == KYIV else own_oblast(PLACES[pcode])


def city_of_people(demonym: str) -> str:
    """The city whose people a language file lists under its name ("Kyiv": "киян*")."""
    return find(demonym).pcode


# --------------------------------------------------------------------------- finer areas


@lru_cache(_REMEMBERED)
def oblasts_of(kind: str, word: str) -> Sequence[str]:
    """The oblasts in which a raion or hromada of this name lies.

    "Нікопольському" as a RAION is in one oblast, "Андріївська" as a HROMADA in three.
    """
    return _areas().get((kind, _stem(plain(word))), ())


@lru_cache(_REMEMBERED)
def oblasts_of_village(name: str) -> Sequence[str]:
    """The oblasts with a village of this name, as written or in the locative: "Бугаївці".

    "Петрівці" is a village and may be another by the name of "Петрівка", too: both are meant.
    """
    named = _villages().get(name, ())
    forms = product(*(_nominatives(word) for word in name.split()))
    others = (found for each in forms if (found := _villages().get(" ".join(each))) != named)
    oblasts = {*named, *(next(filter(None, others), ()))}
    if not oblasts and len(name) >= _LONG_NAME:
        return _villages_by_sound().get(_sound(name), ())
    return sorted(oblasts)


def _sound(name: str) -> str:
    """A name in Latin letters without what spellings differ in: "Novodanilivka", Novodanylivka."""
    return name.lower().replace("'", "").replace("y", "i").replace("ii", "i")


@cache
def _villages_by_sound() -> Mapping[str, Sequence[str]]:
    """English name as it sounds -> oblasts of all villages that sound so."""
    found: dict[str, Sequence[str]] = {}
    for names, oblasts in villages():
        sound = _sound(names.all()[0])
        found[sound] = sorted({*found.get(sound, ()), *oblasts})
    return found


def _nominatives(word: str) -> Sequence[str]:
    """What a word of a name may be without its ending: "бугаївці" -> "бугаївка", "бугаївця" …"""
    found = [word]
    for language in languages().values():
        for ending, instead in language.settings["locatives"].items():
            if word.endswith(ending):
                found += (word.removesuffix(ending) + each for each in instead)
    return found


@cache
def _villages() -> Mapping[str, Sequence[str]]:
    """Name in any language -> oblasts."""
    return {
        name.lower().replace("'", ""): oblasts
        for names, oblasts in villages()
        for name in names.all()
    }


@lru_cache(_REMEMBERED)
def oblasts_of_area_noun(word: str) -> Sequence[str]:
    """The oblasts of an area that is named by a noun: "Нікопольщина" is Нікопольський район."""
    word = plain(word)
    for ending in _endings("area_noun_endings"):
        if found := _areas().get((AREA_NOUN, word.removesuffix(ending))):
            return found
    return ()


@cache
def _areas() -> Mapping[tuple[str, str], Sequence[str]]:
    """(kind, stem or name) -> oblasts."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for area in areas():
        for name in map(plain, reversed(area.names.all())):
            key = _stem(name)
            found[area.kind, key][area.oblast] = None
            if noun := _area_noun(key):
                found[AREA_NOUN, noun][area.oblast] = None
    return {key: tuple(oblasts) for key, oblasts in found.items()}


def _stem(word: str) -> str:
    """An adjective without its ending: "нікопольського" -> "нікопольськ"."""
    for ending in _endings("adjective_endings"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _area_noun(stem: str) -> str:
    """The stem of the noun beside an area's adjective: "нікопольськ" -> "нікопольщин"."""
    for language in languages().values():
        for adjective, noun in language.settings["area_noun_stems"].items():
            if stem.endswith(adjective):
                return stem.removesuffix(adjective) + noun
    return ""
