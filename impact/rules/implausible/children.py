"""More children than all the people of the same event."""

from collections.abc import Iterator

import pandas as pd

from impact.model import columns
from impact.model.rows import NamedRow
from impact.rules.implausible.doubt import Doubt, high, highs, who

_EVENT = ("indicator", "place", "date", "unit", "status", "part", "period", "cause")


def doubts(impacts: pd.DataFrame) -> Iterator[Doubt]:
    """Counts of children above the highest total of their event."""
    rows = impacts[impacts["people"].isin(["all", "children"])]
    if not (rows["people"] == "children").any():
        return
    rows = rows.assign(event=columns.groups(rows, _EVENT), high=highs(rows))
    totals, children = (rows[rows["people"] == people] for people in ("all", "children"))
    highest = children["event"].map(totals.groupby("event")["high"].max())
    above = children[children["value"] > highest]
    named = _highest(totals[totals["event"].isin(above["event"])])
    for row in columns.named_rows(above):
        total = named[row.event]
        facts = {
            "value": row.value,
            "unit": row.unit,
            "limit": total.value,
            "limit_source": who(total),
        }
        yield Doubt(row.figure_id, "children_above_total", facts)


def _highest(totals: pd.DataFrame) -> dict[int, NamedRow]:
    """Event -> its highest total."""
    found: dict[int, NamedRow] = {}
    for row in columns.named_rows(totals):
        beside = found.setdefault(row.event, row)
        found[row.event] = max(row, beside, key=lambda each: (high(each), each.figure_id))
    return found
