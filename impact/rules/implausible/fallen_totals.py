"""Running totals of a body that are lower than its own total of an earlier day.

Either digits changed places or something was taken back. Totals of months and years are apart.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from impact.model import columns
from impact.rules.implausible.doubt import Doubt, who

# A running total that fell below this share of the one before counts from another start.
SAME_COUNT = 0.5

_DAY = len("2026-01-24")
_RUNNING = ("indicator", "place", "unit", "people", "part", "cause", "body")


def doubts(impacts: pd.DataFrame) -> Iterator[Doubt]:
    """Totals below an earlier one, each with the last that is higher."""
    running = _in_sequence(
        impacts[
            (impacts["period"] == "cumulative")
            & (impacts["kind"] == "flow")
            & (impacts["bound"] == "exact")
            & (impacts["date"].str.len() == _DAY)
        ]
    )
    pairs = list(_fallen(running))
    rows, lasts = (columns.named_rows(running.iloc[[pair[n] for pair in pairs]]) for n in (0, 1))
    for row, last in zip(rows, lasts, strict=True):
        facts = {
            "value": row.value,
            "unit": row.unit,
            "limit": last.value,
            "limit_source": who(last),
            "date": last.date,
        }
        yield Doubt(row.figure_id, "total_that_fell", facts)


def _in_sequence(running: pd.DataFrame) -> pd.DataFrame:
    """The totals of each body by day, and of one day by value: what is higher and before another
    is of an earlier day."""
    running = running.assign(count=columns.groups(running, _RUNNING))
    days = pd.factorize(running["date"], sort=True)[0]
    ids = columns.in_order(running["figure_id"])
    return running.iloc[np.lexsort((ids, running["value"], days, running["count"]))]


def _fallen(running: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Position of a total that fell, and of the last before it that is higher."""
    values, counts = running["value"].to_numpy(), running["count"].to_numpy()
    highest = running.groupby("count")["value"].cummax().to_numpy()
    begins = np.searchsorted(counts, counts)
    for at in np.flatnonzero(highest > values):
        before = values[begins[at] : at]
        above = np.flatnonzero((before > values[at]) & (SAME_COUNT * before <= values[at]))
        if len(above):
            yield int(at), int(begins[at] + above[-1])
