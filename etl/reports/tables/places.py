"""Places of rows: finds one place that is kept for all cells of a row that name areas.

A village, hromada or raion in a known oblast counts for the oblast. Its name becomes the part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache

from etl.reports.tables.cells import Cell, Facts, said
from etl.reports.tables.reasons import (
    FOREIGN,
    MANY_PLACES,
    OCCUPIED,
    UNKNOWN_PLACE,
    Refusal,
    brief,
)
from etl.reports.tables.total_words import without_total
from etl.reports.tables.words import AREAS, CYRILLIC, alternatives, first, plain, words
from impact.model.places import (
    PLACES,
    UKRAINE,
    AmbiguousPlace,
    Place,
    UnknownPlace,
    contains,
    find,
    own_oblast,
)
from impact.model.places import areas as smaller_areas

NARROW = AREAS[2:]
_CITY_AND_PART = re.compile(r"([^,()\d]+)(?:,| -) ([^\W\d_][^,()\d]*)")
_NOWHERE = (0, 0)
_QUOTES = re.compile('["«»“”„]')
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
# "с. Липці Харківської обл.": whether the end is an oblast is asked afterwards
_IN_OBLAST = re.compile(r"([^\s,]+(?: [^\s,]+){0,3}?) ([^\s,]+ [^\s,]{3,7})")
_BEHIND_COMMA = re.compile(r"([^,]+),\s+(\w+)")

# A table may have thousands of unknown places, and a search for similar names takes milliseconds.
# So only the first of them are refused with suggestions.
_MOST_SUGGESTIONS = 50

_KYIV = "UA80"
# ISO 3166-2 codes of oblasts whose numbers are not those of their P-codes.
_OTHER_ISO = {"UA-09": "UA44", "UA-30": "UA80", "UA-40": "UA85", "UA-43": "UA01"}
_ISO = re.compile(r"UA-\d\d")

# Donetsk and Luhansk, occupied since 2014. Bare in a list of places they mean the oblasts.
_OCCUPIED_CENTRES = ("UA1408003001", "UA4406001001")

Areas = Mapping[str, Sequence[Cell]]  # kind of area -> the cells of a row that name one


class Places:
    """Finds the places of the rows of one table.

    It remembers unknown names, because the search for similar names is slow.
    """

    def __init__(self) -> None:
        self._refusals: dict[str, Refusal] = {}
        self._around = ""
        self._of_city = False
        self._city = ""
        self._kyiv_parted = False

    def part_kyiv(self, every: Iterable[Areas]) -> None:
        """Takes a bare "Kyiv" in a column of oblasts for the oblast where another row is "Kyiv
        City"."""
        named = {areas["oblast"][0].text for areas in every if "oblast" in areas}
        self._kyiv_parted = False
        if not any(map(_is_bare_kyiv, named)):
            return
        of_city = {text for text in named if _called_city(_in_line(text), None) == PLACES[_KYIV]}
        of_oblast = any(_is_around_kyiv(text) for text in named - of_city)
        self._kyiv_parted = bool(of_city) and not of_oblast

    def stay_in(self, every: Iterable[Areas]) -> None:
        """Takes the oblast of all areas of a table that one oblast alone has for that of the
        others, whose names several have: "Нікопольська, Марганецька, Покровська" громади.

        Where most of the districts of a table without oblasts are nowhere known, they are those of
        a city, and one that is called like a raion is none: Kyiv has a Dniprovskyi, too."""
        every = list(every)
        known = [_oblast_of(role, cell.text) for role, cell in _narrow_cells(every)]
        named = {areas["raion"][0].text for areas in every if areas.keys() == {"raion"}}
        districts = [name for name in named if without_total(name) == name]
        unknown = [name for name in districts if not _is_known("raion", name)]
        self._of_city = 2 * len(unknown) > len(districts)
        self._city = _city_of(districts) if self._of_city else ""
        told = [each for each in known if each]
        self._around = told[0] if len(told) > 1 and len({*told}) == 1 else ""

    def locate(self, areas: Areas) -> Facts:
        """The facts "place" and "part" that a row's own cells give; empty if the cells are empty.

        Raises Refusal for a place that is unknown, occupied or outside Ukraine.
        """
        areas = _parted(areas)
        _refuse_occupied(areas)
        if len(areas) == 1 and (district := _district(next(iter(areas.values()))[0])):
            return district
        if self._city and areas.keys() == {"raion"}:
            [cell] = areas["raion"]
            return {"place": (self._city, cell.span), "part": (cell.text, cell.span)}
        country = _country(areas)
        oblast, facts = self._oblast(areas)
        narrow = [(role, cell) for role in reversed(NARROW) for cell in areas.get(role, ())]
        for role, cell in narrow:
            place = self._narrow(role, cell, oblast)
            if place and (not oblast or place == oblast or contains(oblast, place)):
                return {"place": (place.pcode, cell.span)}
        if oblast:
            return facts | _part([cell for _, cell in narrow], oblast)
        if narrow:
            raise self._refusal(narrow[0][1].text)
        return {"place": (UKRAINE.pcode, country.span)} if country else {}

    def locate_below(self, section: Cell, areas: Areas) -> Facts:
        """The same for a row below a section row. The section's place is used as the oblast if the
        row does not name one.

        Raises Refusal as locate does, and for a name that a city in another oblast has: the row may
        mean a village of the same name in this oblast.
        """
        if not areas.keys() - {"country"}:
            return self.locate(areas or {"place": [section]})
        if self._oblast(areas)[0]:
            return self.locate(areas)
        inside = {**areas, "oblast": [section]}
        _refuse_occupied(inside)
        oblast, _ = self._named_oblast([section])
        if oblast == UKRAINE:
            return self.locate(areas)
        for cell in (cell for role in ("place", "city") for cell in areas.get(role, ())):
            with suppress(UnknownPlace):
                place = _found(cell.text, oblast)
                # The row names an oblast or the country itself, so the section does not matter.
                if place.oblast in ("", place.pcode):
                    return self.locate(areas)
                if not contains(oblast, place):
                    choice = f"{_full_name(place)}, {oblast.name_en}"
                    raise Refusal(MANY_PLACES, f"{brief(cell.text)} → {choice}")
        return self.locate(inside)

    def _oblast(self, areas: Areas) -> tuple[Place | None, Facts]:
        """The oblast and its fact: from cells for oblasts, else from the code of a smaller area,
        else from a raion or hromada that only one oblast has.

        The first four characters of a code name the oblast. (None, {}) if no cell gives one.
        """
        if cells := areas.get("oblast"):
            return self._named_oblast(cells)
        if self._of_city and areas.keys() == {"raion"}:
            return None, {}
        for cell in (cell for role in NARROW for cell in areas.get(role, ())):
            if is_code(cell.text) and cell.text[:4].upper() in PLACES:
                place = PLACES[cell.text[:4].upper()]
                return place, {"place": (place.pcode, cell.span)}
        for role, cells in areas.items():
            for cell in cells if role in NARROW else ():
                if pcode := _oblast_of(role, cell.text, self._around):
                    return PLACES[pcode], {"place": (pcode, cell.span)}
        return None, {}

    def _named_oblast(self, cells: Sequence[Cell]) -> tuple[Place, Facts]:
        """The first oblast that these cells name, and its fact. Cells with a code go first.

        Raises Refusal if no cell names an oblast.
        """
        by_trust = sorted(cells, key=lambda each: not is_code(each.text))
        for cell in by_trust:
            with suppress(UnknownPlace):
                place = _as_oblast(cell.text)
                if self._kyiv_parted and _is_bare_kyiv(cell.text):
                    place = PLACES[own_oblast(place)]
                return place, {"place": (place.pcode, cell.span)}
        raise self._refusal(by_trust[0].text)

    def _narrow(self, role: str, cell: Cell, oblast: Place | None) -> Place | None:
        # "Миколаївська" may be a raion, a hromada, a city or an oblast: only a code is certain.
        if role in ("raion", "hromada") and (city := _called_city(cell.text, oblast)):
            return city
        if role in ("raion", "hromada") and not is_code(cell.text):
            if not oblast:
                raise self._refusal(cell.text)
            return None
        try:
            place = _found(cell.text, oblast)
        except UnknownPlace:
            if around := said(_district(cell), "place"):
                return PLACES[around]  # "Kharkiv - Kyivskyi" in the column of cities
            if oblast:
                return None
            raise self._refusal(cell.text) from None
        return None if role == "city" and place.level != "city" and oblast else place

    def _refusal(self, text: str) -> Refusal:
        if first("foreign", text):
            return Refusal(FOREIGN, brief(text))
        if text not in self._refusals:
            self._refusals[text] = self._explained(text)
        return self._refusals[text]

    def _explained(self, text: str) -> Refusal:
        reason, named = UNKNOWN_PLACE, brief(text)
        if len(self._refusals) < _MOST_SUGGESTIONS:
            try:
                find(text)
            except UnknownPlace as error:
                reason = MANY_PLACES if isinstance(error, AmbiguousPlace) else UNKNOWN_PLACE
                named += " → " + ", ".join(map(_full_name, error.suggestions))
        return Refusal(reason, named)


def is_code(text: str) -> bool:
    """Whether a cell is a P-code or a KATOTTG code."""
    return bool(re.fullmatch(r"UA[0-9-]{2,}", text.strip().upper()))


def is_place(text: str) -> bool:
    """Whether a cell alone names one place that is known. It looks for no similar names."""
    try:
        return bool(_oblast_of("place", text) or _found(text, None))
    except UnknownPlace:
        return bool(_district(Cell(text, _NOWHERE))) or _is_in_its_oblast(text)


def _district(cell: Cell) -> Facts:
    """The facts "place" and "part" of "м. Харків, Салтівський": a part of a city that is told by
    its name alone; empty for other cells. "Kramatorsk, Donetsk" is a city and its oblast."""
    found = _CITY_AND_PART.fullmatch(cell.text)
    with suppress(UnknownPlace):
        city = _found(found[1], None) if found else None
        if found and city and city.level == "city" and not is_place(found[2]):
            return {"place": (city.pcode, cell.span), "part": (found[2], cell.span)}
    return {}


def _is_in_its_oblast(text: str) -> bool:
    """Whether a cell names a city and, in brackets, its oblast: "Pokrovsk (Donetsk)"."""
    found = _BRACKETS.fullmatch(text)
    with suppress(UnknownPlace):
        oblast = _as_oblast(found[2]) if found else None
        return bool(found and oblast and contains(oblast, _found(found[1], oblast)))
    return False


def only_oblasts(cells: Iterable[Cell]) -> bool:
    """Whether bare names of cities stand for their oblasts: one of them can be nothing else
    ("Kharkiv, Sumy, Donetsk"), or a city and its oblast alone say which they are ("Kharkiv, Sumy,
    Kyiv (city), Kyiv (oblast)")."""
    names = [cell.text for cell in cells if is_place(cell.text)]
    if any(_district(cell) or _is_in_its_oblast(cell.text) for cell in cells):
        return False
    bare = [text for text in names if len(text.split()) == 1]
    places = [_found(text, None) for text in bare if not _oblast_of("place", text)]
    told = [text for text in names if text not in bare]
    if not all(_names_kind(text) for text in told):
        return False
    oblasts = {place for text in told if (place := _found(text, None)).level == "oblast"}
    if any(_as_oblast(text) in oblasts for text in bare):
        return False  # "Kharkiv, Kharkiv Oblast": the bare name is the city
    both = any(_oblast_by_name(_found(text, None)) in oblasts for text in told)
    return any(place.pcode in _OCCUPIED_CENTRES for place in places) or (both and bool(bare))


def _names_kind(text: str) -> bool:
    """Whether the name of a place says that it is a city or an oblast: "Kyiv (city)"."""
    if _oblast_of("place", text):
        return False  # a raion or a hromada
    place = _found(text, None)
    return place.level == "oblast" or _called_city(_in_line(text), None) is not None


def _narrow_cells(every: Iterable[Areas]) -> Iterator[tuple[str, Cell]]:
    for areas in every:
        for role in ("raion", "hromada"):
            yield from ((role, cell) for cell in areas.get(role, ()))


def _parted(areas: Areas) -> Areas:
    """The cells of a row, with the oblast of "Yazykove (Kharkivska)" as one of its own, and in a
    column of oblasts the hromada of "Донецька (Дружківська)" and the city of "Pokrovsk (Donetsk)".
    """
    if areas.keys() == {"oblast"}:
        return _with_hromada(areas)
    role = next((each for each in ("place", *NARROW) if each in areas), "")
    cells = areas.get(role, ())
    found = _BRACKETS.fullmatch(cells[0].text) if len(cells) == 1 else None
    found = found or (_behind_village(cells[0].text) if len(cells) == 1 else None)
    if not found or "oblast" in areas:
        return areas
    with suppress(UnknownPlace):
        if _as_oblast(found[2]).level == "oblast":
            [cell] = cells
            oblast = [replace(cell, text=found[2])]
            return {**areas, "oblast": oblast, role: [replace(cell, text=found[1])]}
    return areas


def _behind_village(text: str) -> re.Match[str] | None:
    """A name and what may be its oblast behind it; None for "Kyiv + Kyiv Oblast"."""
    found = _IN_OBLAST.fullmatch(text)
    name = found[1].split() if found else []
    return found if all(word[0].isupper() for word in name[1:]) else None


def _with_hromada(areas: Areas) -> Areas:
    cells = areas["oblast"]
    found = _BRACKETS.fullmatch(cells[0].text) if len(cells) == 1 else None
    if not found:
        return areas
    [cell] = cells
    named, bracketed = replace(cell, text=found[1]), replace(cell, text=found[2])
    if _is_in_its_oblast(cell.text):
        return {"oblast": [bracketed], "city": [named]}
    if is_place(cell.text) or not is_place(found[1]):
        return areas
    return {"oblast": [named], "hromada": [bracketed]}


def _refuse_occupied(areas: Areas) -> None:
    for cell in (cell for role in AREAS for cell in areas.get(role, ())):
        if first("occupied", cell.text) == "words":
            raise Refusal(OCCUPIED, cell.text)


def _country(areas: Areas) -> Cell | None:
    """The cell that says "Ukraine", if there is one. Raises Refusal for any other country."""
    for cell in areas.get("country", ()):
        with suppress(UnknownPlace):
            if find(cell.text) == UKRAINE:
                return cell
        raise Refusal(FOREIGN, cell.text)
    return None


def _part(narrow: Sequence[Cell], oblast: Place) -> Facts:
    """The name of a smaller area as the fact "part"; empty if there is none.

    A code is left out, as readers cannot use it. The name of a site such as a power plant is left
    out, as the project keeps no place finer than a city or district (docs/architecture.md).
    """
    named = [cell for cell in narrow if not is_code(cell.text) and not first("sites", cell.text)]
    if named and plain(named[0].text) != plain(oblast.name_en):
        return {"part": (named[0].text, named[0].span)}
    return {}


@cache
def _listed_areas() -> Mapping[tuple[str, str], set[str]]:
    """(kind of area, plain name) -> P-codes of the oblasts that have one of this name."""
    found: dict[tuple[str, str], set[str]] = {}
    for area in smaller_areas():
        for name in area.names.all():
            found.setdefault((area.kind, plain(name)), set()).add(area.oblast)
    return found


def _city_of(districts: Iterable[str]) -> str:
    """The P-code of the only city that has all these districts; "" if there is none."""
    bare = {words().without("area_nouns", plain(name)).strip() for name in districts}
    listed = words().phrases["city_districts"].items()
    cities = [pcode for pcode, names in listed if bare <= {*names}]
    return cities[0] if len(cities) == 1 else ""


def _is_known(role: str, text: str) -> bool:
    """Whether a cell names an area of this kind, wherever it lies, or any other place."""
    names = [words().without("area_nouns", plain(name)).strip() for name in alternatives(text)]
    listed = any((role, name) in _listed_areas() for name in names)
    return listed or is_place(text) or is_code(text)


@lru_cache(maxsize=4096)
def _oblast_of(role: str, text: str, around: str = "") -> str:
    """The P-code of the only oblast with a raion or hromada of this name, or of `around` if it is
    one of them; else "".

    In a column for other areas the name must say which of the two it is.
    """
    found: set[str] = set()
    for name in map(plain, alternatives(text)):
        kind = words().first("area_nouns", name) or role
        bare = words().without("area_nouns", name).strip()
        found |= _listed_areas().get((kind, bare), set())
        if (kind == "raion" and bare != name) or kind == role == "hromada":
            found |= _around_centre(bare)
    if around in found:
        return around
    return found.pop() if len(found) == 1 else ""


def _around_centre(name: str) -> set[str]:
    """The oblast of the city after which a raion or hromada is called ("Nikopol district")."""
    with suppress(UnknownPlace):
        city = find(name)
        return {city.oblast} if city.level == "city" and city.oblast != city.pcode else set()
    return set()


@lru_cache(maxsize=65536)
def _found(text: str, within: Place | None) -> Place:
    """The place that a cell names, once or in two languages. Raises UnknownPlace as `find` does.

    An adjective ("Донецька") is the oblast and not the genitive of a city: cells stand in the
    nominative.
    """
    try:
        if text[:3] == "UA-" and (oblast := _by_iso(text)):
            return oblast
        return _supplied_by(text) or find(_in_line(text), within)
    except AmbiguousPlace as error:
        oblasts = [each for each in error.suggestions if each.level == "oblast"]
        if len(oblasts) != 1:
            raise
        return oblasts[0]
    except UnknownPlace:
        if place := _named_twice(text, within):
            return place
        raise


def _by_iso(text: str) -> Place | None:
    """The oblast of an ISO 3166-2 code, "UA-63"; None for other texts."""
    pcode = _OTHER_ISO.get(text, text.replace("-", ""))
    return PLACES.get(pcode) if _ISO.fullmatch(text) else None


def _is_bare_kyiv(text: str) -> bool:
    return plain(text) in words().phrases["bare_kyiv"]["words"]


def _is_around_kyiv(text: str) -> bool:
    with suppress(UnknownPlace):
        return _as_oblast(text).pcode == own_oblast(PLACES[_KYIV])
    return False


def _supplied_by(text: str) -> Place | None:
    """The place of the company that supplies it: "Sumyoblenergo", "DTEK Odesa Grids"; None for
    other texts."""
    name = plain(_QUOTES.sub(" ", text))
    if code := next(
        (at for at, names in words().phrases["grid_names"].items() if name in names), ""
    ):
        return PLACES[code]
    *before, last = name.split() or [""]
    ending = next((each for each in words().phrases["grids"]["endings"] if last.endswith(each)), "")
    if not ending or len(before) > 1 or last == ending:
        return None
    centre = find(last.removesuffix(ending))
    return PLACES.get(own_oblast(centre)) if centre.level == "city" else None


def _called_city(text: str, within: Place | None) -> Place | None:
    """The city of "Odesa city", «м. Харків» in a column of districts or communities."""
    if not {*plain(text).split()} & {*words().phrases["city_nouns"]["words"]}:
        return None
    for name in reversed(text.split(", ")):  # "Чернігівський, м. Чернігів"
        with suppress(UnknownPlace):
            place = _found(name, within)
            return place if place.level == "city" else None
    return None


def _named_twice(text: str, within: Place | None) -> Place | None:
    """The place of a text that names it in two scripts ("Харківська / Kharkivska"); None for
    others. A name that is not known may be another place, unless it is the same in other letters.
    """
    names = alternatives(text)
    found: list[Place] = []
    for name in names if len(names) > 1 and text not in names else ():  # "FPV-дрон" is no two names
        with suppress(UnknownPlace):
            found.append(_found(name, within))
    known = len(found) == len(names) or len({bool(CYRILLIC.search(name)) for name in names}) > 1
    return found[0] if known and len(set(found)) == 1 else None


def _in_line(text: str) -> str:
    """The text with a kind of area out of its brackets or from behind its comma, and without words
    that make it a part of the row above: "Kyiv (region)" -> "Kyiv region", "incl. Kharkiv city" ->
    "Kharkiv city"."""
    text = _of_which().sub("", text)
    found = _BRACKETS.fullmatch(text) or _BEHIND_COMMA.fullmatch(text)
    if found and plain(found[2]) in words().phrases["bracketed"]["words"]:
        return f"{found[1]} {found[2]}"
    return text


@cache
def _of_which() -> re.Pattern:
    listed = words().phrases["of_which"]["words"]
    spaced = "|".join(re.escape(each).replace(r"\ ", r"[ .]+") for each in listed)
    return re.compile(rf"^\W*(?:{spaced})[\s.:]+(?=\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _as_oblast(text: str) -> Place:
    """The place that a name means in a column of oblasts: "Kharkiv" is the oblast there, "Kharkiv
    city" is not.

    "Kyiv" stays the city, which is an oblast-level unit itself.
    """
    if city := _called_city(_in_line(text), None):
        return city
    try:
        place = _found(text, None)
    except UnknownPlace:
        # "Odesa / Одеська": a city and an oblast elsewhere, the oblast here
        names = [name for name in alternatives(text) if name != text and is_place(name)]
        if len(names) < 2 or len(both := {_as_oblast(name) for name in names}) > 1:
            raise
        return both.pop()
    if place.level == "city" and place.oblast != place.pcode:
        return _oblast_by_name(place) or place
    return place


def _oblast_by_name(city: Place) -> Place | None:
    """The oblast that is called after a city; None if there is none."""
    with suppress(UnknownPlace):
        return find(f"{city.name_en} oblast") if city.level == "city" else None
    return None


def _full_name(place: Place) -> str:
    """The place's name, followed by the oblast in brackets if the place lies in one."""
    wider = PLACES.get(place.oblast, place)
    return place.name_en if wider == place else f"{place.name_en} ({wider.name_en})"
