"""Places of rows: the cells that name areas, from wide to narrow, to one place that is kept.

A village, hromada or raion inside a known oblast counts for the oblast, its name as the part.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

from etl.reports.tables.cells import Cell, Facts
from etl.reports.tables.reasons import (
    FOREIGN,
    MANY_PLACES,
    OCCUPIED,
    UNKNOWN_PLACE,
    Refusal,
    brief,
)
from etl.reports.tables.words import first, plain
from impact.model.places import PLACES, UKRAINE, AmbiguousPlace, Place, UnknownPlace, contains, find

AREAS = ("country", "oblast", "raion", "hromada", "city", "place")  # from wide to narrow
NARROW = AREAS[2:]

# Further unknown places of one table are refused without suggestions: each costs milliseconds.
_MOST_SUGGESTIONS = 50

Areas = Mapping[str, Sequence[Cell]]  # kind of area -> the cells of a row that name one


class Places:
    """Finds the places of rows. Remembers unknown names: each search for hints is slow."""

    def __init__(self) -> None:
        self._refusals: dict[str, Refusal] = {}

    def locate(self, areas: Areas) -> Facts:
        """Place and part by a row's own cells; empty if they are all empty.

        Raises Refusal for a place that is unknown, occupied or outside Ukraine.
        """
        _refuse_occupied(areas)
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
        """The same for a row below a section row, whose place holds where the row leaves room.

        Raises Refusal too for a name that is a city's elsewhere: it may be a village's here.
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
                if place.oblast in ("", place.pcode):  # as wide as the section: its own word counts
                    return self.locate(areas)
                if not contains(oblast, place):
                    choice = f"{_full_name(place)}, {oblast.name_en}"
                    raise Refusal(MANY_PLACES, f"{brief(cell.text)} → {choice}")
        return self.locate(inside)

    def _oblast(self, areas: Areas) -> tuple[Place | None, Facts]:
        """By a code first, by a name next, by the first characters of a narrower code last."""
        if cells := areas.get("oblast"):
            return self._named_oblast(cells)
        for cell in (cell for role in NARROW for cell in areas.get(role, ())):
            if is_code(cell.text) and cell.text[:4].upper() in PLACES:
                place = PLACES[cell.text[:4].upper()]
                return place, {"place": (place.pcode, cell.span)}
        return None, {}

    def _named_oblast(self, cells: Sequence[Cell]) -> tuple[Place, Facts]:
        """The oblast of the first of these cells that names one, of those with a code first.

        Raises Refusal if none does.
        """
        by_trust = sorted(cells, key=lambda each: not is_code(each.text))
        for cell in by_trust:
            with suppress(UnknownPlace):
                place = _as_oblast(cell.text)
                return place, {"place": (place.pcode, cell.span)}
        raise self._refusal(by_trust[0].text)

    def _narrow(self, role: str, cell: Cell, oblast: Place | None) -> Place | None:
        # Names of raions and hromadas are those of cities and oblasts too: "Миколаївська".
        if role in ("raion", "hromada") and not is_code(cell.text):
            if not oblast:
                raise self._refusal(cell.text)
            return None
        try:
            place = _found(cell.text, oblast)
        except UnknownPlace:
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


def _refuse_occupied(areas: Areas) -> None:
    for cell in (cell for role in AREAS for cell in areas.get(role, ())):
        if first("occupied", cell.text) == "words":
            raise Refusal(OCCUPIED, cell.text)


def _country(areas: Areas) -> Cell | None:
    """The cell that says "Ukraine"; Refusal for any other country."""
    for cell in areas.get("country", ()):
        with suppress(UnknownPlace):
            if find(cell.text) == UKRAINE:
                return cell
        raise Refusal(FOREIGN, cell.text)
    return None


def _part(narrow: Sequence[Cell], oblast: Place) -> Facts:
    """A narrower area's name: a code names nothing to a reader, a plant is finer than we keep."""
    named = [cell for cell in narrow if not is_code(cell.text) and not first("sites", cell.text)]
    if named and plain(named[0].text) != plain(oblast.name_en):
        return {"part": (named[0].text, named[0].span)}
    return {}


@lru_cache(maxsize=65536)
def _found(text: str, within: Place | None) -> Place:
    return find(text, within)


@lru_cache(maxsize=4096)
def _as_oblast(text: str) -> Place:
    """A name in a column of oblasts: "Kharkiv" means the oblast there, "Kyiv" the city."""
    place = find(text)
    if place.level == "city" and place.oblast != place.pcode:
        with suppress(UnknownPlace):
            return find(f"{place.name_en} oblast")
    return place


def _full_name(place: Place) -> str:
    """With its oblast in brackets where that is another."""
    wider = PLACES.get(place.oblast, place)
    return place.name_en if wider == place else f"{place.name_en} ({wider.name_en})"
