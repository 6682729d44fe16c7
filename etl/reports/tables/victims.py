"""Lists of victims in a report that says whom it means: "Постраждали (загинули + поранені)".

Victims are the injured where the dead are counted apart. Where a line above a list tells that they
are both, the list counts casualties.
"""

from collections.abc import Sequence

from etl.reports.model.document import Document, Table
from etl.reports.tables.cells import Cell
from etl.reports.tables.words import first, matches, plain, stated, words

_LONGEST = 120  # characters of a line that says whom a report means
_BOTH = "casualties"


def victims_above(document: Document, table: Table, captions: Sequence[Cell]) -> list[Cell]:
    """A title "casualties" for a table of victims, told by the line that says whom they are; empty
    for other tables.

    captions  the lines that introduce the table
    """
    if not captions or not _only_victims(captions[-1].text):
        return []
    start = 0
    for line in document.text[: captions[-1].span[0]].splitlines(keepends=True):
        if len(line) <= _LONGEST and first("victims", line) and _means_both(line):
            return [Cell(_BOTH, (start, start + len(line.rstrip())))]
        start += len(line)
    return []


def _only_victims(title: str) -> bool:
    """Whether a title counts victims and says no more of them."""
    if stated(title).get("indicator") != "injured" or not first("victims", title):
        return False
    return "injured" not in matches("indicators", words().without("victims", plain(title)))


def _means_both(line: str) -> bool:
    return stated(line).get("indicator") == _BOTH
