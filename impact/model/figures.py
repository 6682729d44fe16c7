"""Many figures in their order, as columns that are checked by Figure's own rules.

A rule is asked once for each combination of the values that it looks at, however many rows have it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, overload

import numpy as np
import pyarrow as pa

from impact.model.distinct import Distinct, Mask, together
from impact.model.figure import COLUMNS, NAMES, RULES, Figure, InvalidFigure

# Fields of which each figure has a text of its own. The values of the others repeat.
OWN = ("url", "position", "note", "source_key")
_TYPES = {
    "VARCHAR": pa.string(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
}
_VALUES = {each.name: _TYPES[each.metadata["sql"]] for each in COLUMNS}
_SCHEMA = pa.schema(
    (name, pa.dictionary(pa.int32(), kind) if kind == pa.string() and name not in OWN else kind)
    for name, kind in _VALUES.items()
)
# Rows of which Python makes figures at a time.
_AT_A_TIME = 1000

# The values of a field: a column, or Arrow's texts for a field of OWN.
Field = Any


class Figures(Sequence[Figure]):
    """Figures; those that were checked as columns are made one by one only when asked for."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._tables: list[Any] = []
        self._loose = list(figures)

    def append(self, figure: Figure) -> None:
        """Adds a figure."""
        self._loose.append(figure)

    def __iadd__(self, figures: Iterable[Figure]) -> "Figures":
        self._loose += figures
        return self

    def add(self, fields: Mapping[str, Field], which: Mask, others: Mapping[int, Figure]) -> None:
        """Adds rows of columns that are sound.

        fields  field -> its column; a field that is left out has its default
        which   the rows to add
        others  number of a row -> the figure to add in its place
        """
        added = _table({name: _where(column, which) for name, column in fields.items()})
        if others:
            order = np.argsort(np.concatenate([np.flatnonzero(which), list(others)]))
            beside = Figures(others.values()).table()
            added = pa.concat_tables([added, beside]).unify_dictionaries().take(pa.array(order))
        self._gather()
        self._tables.append(added)

    def table(self) -> Any:
        """The figures as Arrow's table, with the fields in the order of NAMES."""
        self._gather()
        return pa.concat_tables([_SCHEMA.empty_table(), *self._tables]).unify_dictionaries()

    def __len__(self) -> int:
        return sum(map(len, self._tables)) + len(self._loose)

    def __iter__(self) -> Iterator[Figure]:
        for table in self._tables:
            for batch in table.to_batches(_AT_A_TIME):
                yield from (Figure(**row) for row in batch.to_pylist())
        yield from self._loose

    @overload
    def __getitem__(self, index: int) -> Figure: ...
    @overload
    def __getitem__(self, index: slice) -> list[Figure]: ...
    def __getitem__(self, index: int | slice) -> Figure | list[Figure]:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def _gather(self) -> None:
        """Makes columns of the figures that came one by one."""
        if self._loose:
            columns = zip(*map(attrgetter(*NAMES), self._loose), strict=True)
            arrays = [
                pa.array(cells, kind) for cells, kind in zip(columns, _SCHEMA.types, strict=True)
            ]
            self._tables.append(pa.table(arrays, schema=_SCHEMA))
            self._loose = []


def sound(fields: Mapping[str, Field]) -> Mask:
    """Which rows of columns are figures, by the rules of Figure."""
    complete = _complete(fields)
    found = np.ones(len(complete["indicator"]), bool)
    for check, names in RULES:

        def holds(*values: object, check: Any = check) -> bool:
            try:
                check(*values)
            except InvalidFigure:
                return False
            return True

        looked_at = [complete[name] for name in names]
        columns = [each if isinstance(each, Distinct) else Distinct.of(each) for each in looked_at]
        found &= together(columns, holds).mask()
    return found


def _complete(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The columns of all fields, in the order of NAMES."""
    count = len(next(iter(fields.values())))
    default = {each.name: each.default for each in COLUMNS if each.name not in fields}
    return {
        name: fields[name] if name in fields else Distinct.always(default[name], count)
        for name in NAMES
    }


def _where(column: Field, which: Mask) -> Field:
    if which.all():
        return column
    return column.where(which) if isinstance(column, Distinct) else column.filter(pa.array(which))


def _table(fields: Mapping[str, Field]) -> Any:
    """Arrow's table of columns that are sound."""
    complete = _complete(fields)
    for name in ("value", "value_high"):
        # As in Figure: 6000 and 6000.0 are the same number.
        complete[name] = complete[name].map(lambda each: None if each is None else float(each))
    arrays = [
        column.arrow(_VALUES[name]) if isinstance(column, Distinct) else column
        for name, column in complete.items()
    ]
    kinds = _SCHEMA.types
    cast = [each.cast(kind) for each, kind in zip(arrays, kinds, strict=True)]
    return pa.table(cast, schema=_SCHEMA)
