"""Where a table counts that names no place itself: the text around it says so, or nothing does.

A log of an administration has its place in the title of the report, in the line of its author or in
a signature. A place that is not certain is wrong more often than it helps, so it is then not taken.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from etl.reports.mentions.places import UKRAINE, mentions
from etl.reports.model.document import Span
from etl.reports.resolution.context import Context, office_of
from etl.reports.tables.words import first
from etl.reports.text.sentence import POINTERS, Scan
from impact.model.places import PLACES, contains, is_city, own_oblast

_TOP_LINES = 3  # lines that name what the whole report is about


class Around(NamedTuple):
    """The place of a table.

    span     the words of the report's text that name it
    certain  whether the report names no other place above the table
    """

    pcode: str
    span: Span
    certain: bool


class _Told(NamedTuple):
    """The places that one sentence names, and where it stands."""

    start: int
    block: int
    places: frozenset[str]
    known: bool  # whether it names nothing else that may be a place
    leads: bool  # whether it ends with a colon, so that it introduces what follows
    national: bool  # whether it names the country, or a body that counts for all of it
    signs: bool  # whether it names an administration, as the line of an author does
    span: Span


@dataclass(slots=True)
class Surroundings:
    """The places that the sentences of a report name, in their order."""

    _told: list[_Told] = field(default_factory=list)

    def hear(self, scan: Scan, context: Context, span: Span) -> None:
        """Takes in a sentence that stands at a span of the report's text."""
        if scan.opens_with(*POINTERS):
            return  # "Read also: Lviv …"
        named = [context.resolve(mention) for mention in mentions(scan)]
        places = {_spoken_for(pcode, scan) for pcode in named if pcode in PLACES} - {UKRAINE}
        offices = {office_of(match.value) for match in scan.of("speakers")} - {""}
        signs = bool(offices) or _is_body(scan)
        places = places if named else offices
        known = all(pcode in PLACES for pcode in named)
        leads = scan.tokens[-1].text == ":"
        block = scan.sentence.block
        text = " ".join(token.text for token in scan.tokens)
        national = UKRAINE in named or bool(first("nationwide", text))
        told = _Told(span[0], block, frozenset(places), known, leads, national, signs, span)
        self._told.append(told)

    def place_of(self, table: Span) -> Around | None:
        """The place of a table that names none; None if the text leaves it open."""
        if not any(told.places for told in self._told):
            national = next((told for told in self._told if told.national and told.known), None)
            return Around(UKRAINE, national.span, certain=True) if national else None
        above = [told for told in self._told if told.start < table[0]]
        if above and above[-1].leads and above[-1].known and len(above[-1].places) == 1:
            return _taken(above[-1], certain=_only(above))
        placed = [told for told in above if told.places]
        if not placed:
            return self._below(table)
        if _only(placed):
            certain = placed[0].block <= _TOP_LINES and all(told.known for told in placed)
            return _taken(placed[0], certain)
        top = placed[0]
        if len(top.places) == 1 and top.block <= _TOP_LINES and _holds(top, placed):
            return _taken(top, certain=False)
        return None

    def _below(self, table: Span) -> Around | None:
        """The place of the administration that signs a report below its table, or of the paragraph
        right below it: a page that is linked further down may be about any place."""
        below = [told for told in self._told if told.start >= table[1]]
        placed = [told for told in below if told.places]
        if not placed or not _only(placed):
            return None
        signs = placed[-1].signs or placed[0].block == below[0].block
        return _taken(placed[-1], certain=False) if signs else None


def _spoken_for(pcode: str, scan: Scan) -> str:
    """A place; the oblast of a city after which the oblast's administration is called."""
    return own_oblast(PLACES[pcode]) if is_city(pcode) and _is_body(scan) else pcode


def _is_body(scan: Scan) -> bool:
    """Whether a sentence names the administration of an oblast."""
    return bool(first("oblast_bodies", " ".join(token.text for token in scan.tokens)))


def _only(told: list[_Told]) -> bool:
    return len(frozenset().union(*(each.places for each in told))) == 1


def _holds(top: _Told, told: list[_Told]) -> bool:
    """Whether the place of a line holds every other that is named."""
    [wide] = top.places
    others = frozenset().union(*(each.places for each in told)) - top.places
    return all(contains(PLACES[wide], PLACES[each]) for each in others)


def _taken(told: _Told, certain: bool) -> Around:
    [pcode] = told.places
    return Around(pcode, told.span, certain)
