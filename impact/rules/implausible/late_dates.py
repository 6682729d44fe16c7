"""Dated after the day of publication."""

from collections.abc import Iterator

import pandas as pd

from impact.model import columns, dates
from impact.model.indicators import BESIDE
from impact.rules.implausible.doubt import Doubt


def doubts(impacts: pd.DataFrame) -> Iterator[Doubt]:
    """Figures of days that were still to come when they were printed, forecasts and plans apart."""
    rows = impacts[(impacts["published"] != "") & (impacts["period"] != "forecast")]
    rows = rows[~rows["indicator"].isin(BESIDE)]
    late = columns.spread(*columns.each(rows, ["date", "published"], _is_late))
    for row in columns.named_rows(rows[late.to_numpy(dtype=bool)]):
        facts = {"date": row.date, "published": row.published}
        yield Doubt(row.figure_id, "date_after_publication", facts)


def _is_late(stated: str, published: str) -> bool:
    return dates.span(stated)[0] > dates.span(published)[1]
