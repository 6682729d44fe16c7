"""The sentence above a table that alone tells which supply it counts: "After the strike consumers
in three oblasts had no electricity." above "Oblast | Customers".

A title is a line and no sentence (titles.py). A sentence is taken only where it tells one supply
and how it stands, and where no line above the table says what the table counts.
"""

import re
from collections.abc import Sequence

from etl.reports.model.document import Document, Table
from etl.reports.tables.cells import Cell, cell_at
from etl.reports.tables.words import UNCLEAR, first, matches, stated
from impact.model.indicators import OUTAGES

_LONGEST = 300  # characters of the line
_SENTENCE = re.compile(r"\S.*?(?:[.!?…](?=\s+[^\W\d_a-zа-яіїєґ])|$)")
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
    told = [each for each in _SENTENCE.finditer(above, start) if _tells_a_supply(each[0])]
    return [cell_at(document.text, each.span()) for each in told[-1:]]


def _tells_a_supply(sentence: str) -> bool:
    """Whether a sentence tells of one supply that it was lost, is off or was restored, and of no
    two of them; what may come or is planned is none."""
    facts, statuses = stated(sentence), matches("statuses", sentence)
    if facts.get("indicator", UNCLEAR) not in OUTAGES or "status" not in facts:
        return False
    return not first("not_told", sentence) and ("restored" not in statuses or len(statuses) == 1)
