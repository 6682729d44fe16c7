"""Where in a document a figure stands, in a reader's words: "page 2, table 1, row 4".

The reader of reports keeps positions in English (etl/reports/formats, etl/reports/tables/row.py).
"""

import re

from impact.model.language import N_, Words

_PIECES = {
    "page": N_("page {number}"),
    "footnote": N_("footnote {number}"),
    "endnote": N_("endnote {number}"),
    "table": N_("table {number}"),
    "row": N_("row {number}"),
    "column": N_("column {number}"),
}
_SHEET = N_("sheet {name}")
# The name of a sheet may hold anything; what stands behind it is a row or column.
_STATED = re.compile(
    r"(?:sheet (?P<sheet>.+?)(?=$|, (?:row|column) \d+$))?"
    r"(?P<rest>(?:(?:^|, )(?:page|footnote|endnote|table|row|column) \d+)*)"
)
_PIECE = re.compile(r"([a-z]+) (\d+)")


def told(position: str, words: Words) -> str:
    """A position in the reader's language; as it is kept where it is no such one."""
    found = _STATED.fullmatch(position)
    if not found:
        return position
    pieces = [words._(_SHEET, name=found["sheet"])] if found["sheet"] else []
    for kind, number in _PIECE.findall(found["rest"]):
        message = _PIECES[kind]
        pieces.append(words._(message, number=number))
    return ", ".join(pieces)
