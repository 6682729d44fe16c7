"""Columns whose cells repeat: each value stands once, and each row has its number.

What is asked of a value is asked once, however many rows have it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Distinct:
    """A column.

    values   what its cells hold; a value may stand twice after `map`
    numbers  for each row the place of its value in `values`
    """

    values: list[Any]
    numbers: Numbers

    @classmethod
    def of(cls, texts: Any) -> "Distinct":
        """A column of Arrow's: a dictionary, texts or numbers, of which some may be missing."""
        encoded = pa.types.is_dictionary(texts.type)
        if isinstance(texts, pa.ChunkedArray):
            texts = (texts.unify_dictionaries() if encoded else texts).combine_chunks()
        if not encoded:
            texts = texts.dictionary_encode("encode")
        return cls(texts.dictionary.to_pylist(), texts.indices.to_numpy())

    @classmethod
    def always(cls, value: object, rows: int) -> "Distinct":
        """So many rows with one value."""
        return cls([value], np.zeros(rows, np.int64))

    def __len__(self) -> int:
        return len(self.numbers)

    def map(self, change: Callable[[Any], object]) -> "Distinct":
        """The column with each value changed."""
        return Distinct([change(value) for value in self.values], self.numbers)

    def where(self, which: Mask) -> "Distinct":
        """The rows of a mask."""
        return Distinct(self.values, self.numbers[which])

    def mask(self) -> Mask:
        """The rows whose value is true."""
        return np.array([bool(value) for value in self.values], bool)[self.numbers]

    def arrow(self, kind: Any) -> Any:
        """The column as Arrow's, with values of a type; texts stay a dictionary."""
        values = pa.array(self.values, kind)
        if pa.types.is_string(kind):
            return pa.DictionaryArray.from_arrays(pa.array(self.numbers, pa.int32()), values)
        return values.take(pa.array(self.numbers))


def together(columns: Sequence[Distinct], told: Callable[..., object]) -> Distinct:
    """What `told` makes of the values of each row, asked once for each combination of them."""
    rows = len(columns[0])
    if not rows:
        return Distinct([], np.zeros(0, np.int64))
    numbers, first = np.zeros(rows, np.int64), np.zeros(1, np.int64)
    for column in columns:
        if len(column.values) > 1:
            numbers, _ = pd.factorize(numbers * len(column.values) + column.numbers)
    if numbers.any():
        first = np.full(numbers.max() + 1, rows)
        np.minimum.at(first, numbers, np.arange(rows))
    chosen = (map(each.values.__getitem__, each.numbers[first].tolist()) for each in columns)
    return Distinct(list(map(told, *chosen)), numbers)
