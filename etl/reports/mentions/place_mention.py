"""A mention: the words of a sentence that name a place or point at one."""

from dataclasses import dataclass, replace
from typing import Any

from etl.reports.text.sentence import Scan

# What a pointer points at: a place abroad, no place in particular, the city or region named last.
FOREIGN, VAGUE, CITY, REGION = "foreign", "vague", "city", "region"
# The first and the last of two places that were named together.
FORMER, LATTER = "former", "latter"
# The city that is the centre of the region named last.
CENTRE = "centre"
# Cities that are only counted ("in three cities"): all that were named.
CITIES = "cities"
# "There": the place named last, in brackets too.
THERE = "there"
# A place that the sentence names, and nobody can tell where it is: several oblasts have a village
# of the name, or none has.
VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) that name a place.

    pcode    the place; empty for a pointer and for an area that lies in one of several oblasts
    pointer  CITY or REGION (to be resolved by what was named before), VAGUE or FOREIGN
    aside    named only as somebody's office or as part of another name
    head     whether it heads a line or list item: "Kherson: …"
    oblasts  the oblasts that have an area of this name, if there are several; beside a city those
             with a village of its name, beside a district's city those with a raion of its name
    cities   the cities that have a district of this name, if there are several
    bank     whether it is a river's bank: of the city that the text is about, if it is one of those
    """

    start: int
    end: int
    pcode: str = ""
    pointer: str = ""
    aside: bool = False
    head: bool = False
    oblasts: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    bank: bool = False

    def meaning(self, pcode: str, **changes: Any) -> "Mention":
        """The same words for a place; what has another place than before has no namesakes."""
        oblasts = self.oblasts if pcode == self.pcode else ()
        return replace(self, pcode=pcode, oblasts=oblasts, **changes)


def where(scan: Scan, i: int) -> str:
    """The kind of area or site whose word begins at a token: "oblast", "district", "plant" …"""
    found = scan.at("where", i)
    return found.value if found else ""


def is_plural(scan: Scan, i: int) -> bool:
    """Whether the noun for an area at a token stands for several: "Izium and Lozova districts"."""
    plural: list[str] = scan.language.settings["joins"]["plural_areas"]
    return scan.low(i) in plural


def where_before(scan: Scan, i: int) -> str:
    """The same for the word that ends just before a token."""
    found = scan.ending("where", i)
    return found.value if found else ""
