"""What pandas notes of the copies of tables that are kept for all readers.

It notes each copy of a table, and each column that is taken of one, with each of its columns. Those
that are gone it drops once a column has 500 of them. A page takes about a hundred: with some
thousand columns that are kept, an hour of readers came to a hundred megabytes that stayed.
"""

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import pandas as pd

Kept = TypeVar("Kept")
# By their address in memory, as a table has no hash.
_WATCHED: weakref.WeakValueDictionary[int, pd.DataFrame] = weakref.WeakValueDictionary()


def watched(value: Kept) -> Kept:
    """The same value. Copies of the tables in it are forgotten once they are gone: for whoever
    keeps a value that others read."""
    for table in _tables(value):
        _WATCHED[id(table)] = table
    return value


def forget() -> None:
    """Drops what watched tables know of copies that are gone: for whoever calls it now and then."""
    for noted in _WATCHED.valuerefs():
        if (table := noted()) is not None:
            for each in notes(table):
                # Whoever asks whether there are other copies has those dropped that are gone.
                each.has_reference()


def notes(table: pd.DataFrame) -> list[Any]:
    """Where pandas notes the copies of a table (BlockValuesRefs): of its columns, and of the names
    of columns and rows."""
    manager = table._mgr
    found = [each.refs for each in manager.blocks]
    return found + [each._references for each in manager.axes if each._references is not None]


def _tables(value: Any) -> Iterator[pd.DataFrame]:
    """The tables in a value, in its fields, or in what it lists."""
    if isinstance(value, pd.DataFrame):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _tables(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _tables(each)
    elif isinstance(value, Mapping):
        yield from _tables([*value.values()])
