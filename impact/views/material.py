"""The figures of a picture as one table, and a reader of that table which draws it again.

A picture depends on nothing but its view, this table and what is doubted. Rank, rivals and totals
are worked out anew, as the table holds claim groups whole.
"""

from collections.abc import Collection
from datetime import datetime

import pandas as pd

from impact import queries
from impact.exports import tables
from impact.model.figure import NAMES
from impact.rules import headline
from impact.store import settling
from impact.store.reader import HeldReader, Reader

_TEXTS = [each.name for each in tables.COLUMNS if each.kind == "text"]
_TIMES = [each.name for each in tables.COLUMNS if each.kind == "time"]


def gathered(reader: Reader, claims: Collection[str]) -> pd.DataFrame:
    """Every figure of claim groups, as the snapshot has them."""
    return queries.of_claims(reader, sorted(set(claims)))


def reader_of(
    table: pd.DataFrame, known_at: datetime | None, doubts: pd.DataFrame | None = None
) -> HeldReader:
    """Queries against the table as if it were all that is published.

    table     with the columns of the export
    known_at  when it was published (UTC)
    doubts    about its figures, as queries.doubts gives them
    """
    documents = table[["document_id", "licence"]].assign(title=table["document"])
    held = {"figures": _ranked(table), "documents": documents.drop_duplicates("document_id")}
    return HeldReader(held if doubts is None else held | {"doubts": doubts}, known_at)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The figures of the table as the snapshot has them: described and in their order."""
    figures = table[["figure_id", "document_id", *NAMES, "doubted", *_TIMES]].assign(
        **{name: table[name].fillna("").astype("str") for name in _TEXTS if name in NAMES},
        value=table["value"].astype("float64"),
        value_high=table["value_high"].astype("float64"),
        **{name: table[name].dt.tz_localize(None) for name in _TIMES},
    )
    return headline.rank(settling.describe(figures.reset_index(drop=True)))
