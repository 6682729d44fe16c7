"""Tables that are kept for all readers, and what pandas notes of their copies.

pandas notes each copy of a table, and each column that is taken of one, with each of its columns.
Those that are gone it drops once a column has 500 of them. A page takes about a hundred: with some
thousand columns that are kept, an hour of readers came to a hundred megabytes that stayed.
"""

import weakref
from typing import Any

import pandas as pd

# By their address in memory, as a table has no hash.
_KEPT: weakref.WeakValueDictionary[int, pd.DataFrame] = weakref.WeakValueDictionary()


def kept_table(table: pd.DataFrame) -> pd.DataFrame:
    """The same table, whose copies are forgotten from now on. Whoever keeps a table while others
    read it keeps it so."""
    _KEPT[id(table)] = table
    return table


def forget_copies() -> None:
    """Drops what kept tables know of copies that are gone: for whoever calls it now and then."""
    for noted in _KEPT.valuerefs():
        if (table := noted()) is not None:
            for each in notes(table):
                # Whoever asks whether there are other copies has those dropped that are gone.
                each.has_reference()


def notes(table: pd.DataFrame) -> list[Any]:
    """Where pandas notes the copies of a table (BlockValuesRefs): of its columns and of its
    names."""
    manager = table._mgr
    found = [each.refs for each in manager.blocks]
    return found + [each._references for each in manager.axes if each._references is not None]
