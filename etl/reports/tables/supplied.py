"""The sentence above a table that alone tells which supply it counts: "After the strike consumers
in three oblasts had no electricity." above "Oblast | Customers".

A title is a line and no sentence (titles.py). A sentence is taken only where it tells one supply
and how it stands, and where no line above the table says what the table counts.
"""

import re
from collections.abc import Iterator, Sequence

from etl.reports.model.document import Document, Span, Table
from etl.reports.tables.cells import Cell, cell_at
from etl.reports.tables.words import UNCLEAR, first, matches, stated
from impact.model.indicators import OUTAGES

_LONGEST = 300  # characters of the line
_END = re.compile(r"[.!?…]\s+(?=\S)")
_FRAME = "|+-: \t\n"  # what tables are drawn with


def supply_above(document: Document, table: Table, captions: Sequence[Cell]) -> list[Cell]:
    """The sentence right above a table that says which supply it counts; none for other tables,
    and none for a list of names with a number, which is read as sentences.

    captions  the lines that introduce the table, from top to bottom
    """
    if table.loose or any(stated(cell.text).keys() & {"indicator", "status"} for cell in captions):
        return []
    end = table.span[0]
    for cell in reversed(captions):
        if cell.span[1] <= end and not document.text[cell.span[1] : end].strip(_FRAME):
            end = cell.span[0]
    above = document.text[:end].rstrip(_FRAME)
    start = above.rfind("\n") + 1
    if len(above) - start > _LONGEST or any(each.span[1] > start for each in document.tables):
        return []
    told = [each for each in _sentences(above, start) if _tells_a_supply(above[slice(*each)])]
    return [cell_at(document.text, each) for each in told[-1:]]


def _sentences(text: str, start: int) -> Iterator[Span]:
    """Where the sentences of a line stand, from an offset to the end."""
    begin = start + len(text[start:]) - len(text[start:].lstrip())
    for end in _END.finditer(text, begin):
        if text[end.end()].isupper():
            yield begin, end.start() + 1
            begin = end.end()
    yield begin, len(text)


def _tells_a_supply(sentence: str) -> bool:
    """Whether a sentence tells of one supply that it was lost, is off or was restored, and of no
    two of them; what may come or is planned is none."""
    facts, statuses = stated(sentence), matches("statuses", sentence)
    if facts.get("indicator", UNCLEAR) not in OUTAGES or "status" not in facts:
        return False
    return not first("not_told", sentence) and ("restored" not in statuses or len(statuses) == 1)
