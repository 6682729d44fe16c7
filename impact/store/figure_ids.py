"""Ids of figures, as Figure.figure_id makes that of one: the database hashes many on all cores."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from impact.model.distinct import Distinct
from impact.model.figure import Figure
from impact.model.figures import OWN, Figures
from impact.store import database

# Base32, as RFC 4648 has it.
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# What repr sets between quotation marks as it is.
_PLAIN = bytes(byte for byte in range(32, 127) if byte not in b"'\\")
_HEADS = """
SELECT ('0x' || left(sha256(concat('(', concat_ws(', ', {told}), ')')), 16))::UBIGINT AS head
FROM offered
"""


# So many are hashed one by one in less time than a database takes to begin.
FEW = 200


@dataclass(frozen=True, slots=True)
class Identified:
    """Figures, each once: Arrow's table of their fields, led by their ids in the column figure_id.
    Whoever has it before the writer's turn keeps nobody waiting for it."""

    table: Any


def identified(figures: Any) -> Identified:
    """Figures (Arrow's table of their fields) with their ids."""
    heads = _heads(figures) if len(figures) else pd.Series([], dtype="uint64")
    again = heads.duplicated().to_numpy()
    if again.any():
        figures, heads = figures.filter(pa.array(~again)), heads[~again]
    return Identified(figures.add_column(0, "figure_id", _in_base32(heads.to_numpy(np.uint64))))


def of_few(figures: Sequence[Figure]) -> Identified:
    """The same of a few figures, one by one."""
    each = {figure.figure_id: figure for figure in figures}
    ids = pa.array(list(each), pa.string())
    return Identified(Figures(each.values()).table().add_column(0, "figure_id", ids))


def _heads(figures: Any) -> pd.Series:
    """The first 64 bits of the digest of each figure."""
    told, columns = [], {}
    for name in figures.column_names:
        column = figures[name]
        if name not in OWN:
            columns[name] = Distinct.of(column).map(repr).arrow(pa.string())
        elif _plain(column):
            columns[name] = column
            told.append(f'concat(chr(39), "{name}", chr(39))')
            continue
        else:
            columns[name] = pa.array(map(repr, column.to_pylist()), pa.string())
        told.append(f'"{name}"')
    with contextlib.closing(database.in_memory()) as connection:
        connection.register("offered", pa.table(columns))
        return database.table(connection, _HEADS.format(told=", ".join(told)))["head"]


def _plain(texts: Any) -> bool:
    """Whether Python's repr sets each text between quotation marks as it is."""
    for chunk in texts.chunks:
        _, ends, content = chunk.buffers()
        if content is not None:
            bounds = np.frombuffer(ends, np.int32)[chunk.offset :][: len(chunk) + 1]
            if bytes(content[bounds[0] : bounds[-1]]).translate(None, _PLAIN):
                return False
    return True


def _in_base32(heads: Any) -> Any:
    """The ids whose digests begin with these 64 bits: 60 of them, in letters of 5 bits."""
    shifts = np.arange(59, 0, -5, dtype=np.uint64)
    letters = np.frombuffer(_LETTERS, np.uint8)[(heads[:, None] >> shifts) & np.uint64(31)]
    lead = np.broadcast_to(np.frombuffer(b"F-", np.uint8), (len(heads), 2))
    texts = np.ascontiguousarray(np.hstack([lead, letters]))
    ends = np.arange(len(heads) + 1, dtype=np.int32) * texts.shape[1]
    return pa.StringArray.from_buffers(len(heads), pa.py_buffer(ends), pa.py_buffer(texts))
