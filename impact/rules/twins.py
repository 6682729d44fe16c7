"""Twins: one count that is told both as newly lost and as still without is one fact.

A page says that 3,300 buildings lost heating and, in another sentence, that 3,300 are without it.
Or one speaker says "lost" to one paper and "without" to the next. Both rows are kept. Whatever
shows figures shows the fact once, with both words. 5,635 lost and 4,000 without are two facts. So
is a count of the morning that the same speaker repeats in the evening.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from impact.model import columns
from impact.model.rows import NamedRow

# The statuses of twins, the one under which a fact is shown first.
STATUSES = ("lost", "without")


def mark(figures: pd.DataFrame, thing: columns.Numbers) -> pd.DataFrame:
    """Adds fact and also_told to figures.

    fact is one key for all rows that tell the same fact; also_told is the other status under which
    it is told. Both are empty for figures without a twin.

        figures  with body and doubted
        thing    a number for each figure: the same for all that differ in their status alone
    """
    facts = pd.Series("", range(len(figures)), dtype=object)
    for same in _told_both_ways(figures, thing):
        for at, key in _facts(same).items():
            facts[at] = key
    fact = facts.set_axis(figures.index).astype("str")
    other = figures["status"].map(dict(zip(STATUSES, reversed(STATUSES), strict=True))).fillna("")
    return figures.assign(fact=fact, also_told=other.where(fact != "", ""))


def _told_both_ways(figures: pd.DataFrame, thing: columns.Numbers) -> Iterator[dict[int, NamedRow]]:
    """The figures that tell one count of one thing under both statuses: for each such count its
    rows by their position."""
    supply = figures[_NEEDED].assign(thing=thing, at=np.arange(len(figures)))
    supply = supply[supply["status"].isin(STATUSES)]
    supply = supply.assign(told=columns.groups(supply, ["thing", "value", "value_high"]))
    ways = supply["status"].eq(STATUSES[0]).groupby(supply["told"]).transform("nunique")
    several: dict[int, dict[int, NamedRow]] = {}
    for row in columns.named_rows(supply[ways == len(STATUSES)]):
        several.setdefault(row.told, {})[row.at] = row
    yield from several.values()


def once(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with each fact once. If both tellings are at hand, the one told as lost stays.

    It takes over what belongs to its twin: the claim (column twin, else empty) and the rivals.
    """
    first, second = (rows[(rows["status"] == each) & (rows["fact"] != "")] for each in STATUSES)
    again = second[second["fact"].isin(first["fact"])]
    kept = rows.drop(again.index)
    if "twin" not in kept:
        kept = kept.assign(twin="")
    if again.empty:
        return kept
    beside = again.drop_duplicates("fact").set_index("fact")
    has = (kept["status"] == STATUSES[0]) & kept["fact"].isin(beside.index)
    facts = kept.loc[has, "fact"]
    kept.loc[has, "twin"] = [beside["claim"][fact] for fact in facts]
    for name, pick in (("rivals", np.fmax), ("rivals_low", np.fmin), ("rivals_high", np.fmax)):
        other = [beside[name][fact] for fact in facts]
        kept.loc[has, name] = pick(kept.loc[has, name], other)
    return kept


def _facts(same: Mapping[int, NamedRow]) -> dict[int, str]:
    """Position -> key of the fact, for each row that has a twin. Twins of twins share one key."""
    lost, without = (
        {at: row for at, row in same.items() if row.status == status} for status in STATUSES
    )
    key: dict[int, str] = {}
    for one, row in lost.items():
        for other, beside in without.items():
            if not _twins(row, beside):
                continue
            first = min(key.get(one, row.figure_id), key.get(other, beside.figure_id))
            old = {key.get(one), key.get(other)} - {None}
            key |= {at: first for at, known in key.items() if known in old}
            key |= {one: first, other: first}
    return key


_NEEDED = [
    *("figure_id", "status", "value", "value_high", "url", "body", "doubted", "bound"),
    *("as_of", "moment"),
]


def _twins(one: NamedRow, other: NamedRow) -> bool:
    """Whether two rows, one told as lost and one as without, tell one fact."""
    page = one.url != "" and one.url == other.url
    speaker = one.body != "" and one.body == other.body
    return bool(
        (page or speaker)
        and one.doubted == other.doubted
        # "Up to" so many and "at least" so many are no one count.
        and (one.bound == "at_most") == (other.bound == "at_most")
        and (not _hour(one) or not _hour(other) or _hour(one) == _hour(other))
    )


def _hour(row: NamedRow) -> str:
    """The hour or part of the day that the source names."""
    hour: str = row.as_of if "T" in row.as_of else row.moment
    return hour
