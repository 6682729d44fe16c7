"""Texts in PostgreSQL, which holds no NUL: a sign stands for it.

The sign is followed by a digit; and so is the sign where it stands for itself, so that each text
comes back as it was.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_SIGN = "\u2400"
_CODES = ((_SIGN, f"{_SIGN}1"), ("\0", f"{_SIGN}0"))


def encoded(cell: Any) -> Any:
    """A cell as PostgreSQL holds it."""
    if isinstance(cell, str) and ("\0" in cell or _SIGN in cell):
        for text, code in _CODES:
            cell = cell.replace(text, code)
    return cell


def decoded(cell: Any) -> Any:
    """A cell of PostgreSQL as it was."""
    if isinstance(cell, str) and _SIGN in cell:
        for text, code in reversed(_CODES):
            cell = cell.replace(code, text)
    return cell


def column_encoded(column: Any) -> Any:
    """A column of Arrow's texts as PostgreSQL holds it."""
    for text, code in _CODES:
        column = pc.replace_substring(column, text, code)
    return column


def column_decoded(column: Any) -> Any:
    """A column of PostgreSQL's as it was."""
    if column.type == pa.string():
        for text, code in reversed(_CODES):
            column = pc.replace_substring(column, code, text)
    return column
