"""The figures of a picture: everything it draws, as one table that draws it again.

A picture depends on nothing but its view and this table. Rank, rivals and totals are worked out
from the table itself, which holds claim groups whole.
"""

from collections.abc import Collection

import pandas as pd

from impact import queries
from impact.exports import tables
from impact.model.figure import NAMES
from impact.rules import headline
from impact.store import snapshot
from impact.store.reader import Reader

_TEXTS = [each.name for each in tables.COLUMNS if each.kind == "text"]


def gathered(reader: Reader, claims: Collection[str], rule: str) -> pd.DataFrame:
    """The table of claim groups, with the columns of the export; `leads` is by the given rule."""
    found = tables.table(queries.of_claims(reader, claims))
    leading = headline.leading(ranked(found), rule)["figure_id"]
    return found.assign(leads=found["figure_id"].isin(leading))


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The figures of the table as the snapshot has them: described and in their order."""
    figures = table[["figure_id", *NAMES, "doubted", "known_from"]].assign(
        **{name: table[name].fillna("").astype("str") for name in _TEXTS if name in NAMES},
        value=table["value"].astype("float64"),
        value_high=table["value_high"].astype("float64"),
        known_from=table["known_from"].dt.tz_localize(None),
    )
    return headline.rank(snapshot.describe(figures.reset_index(drop=True)))


def leads(figures: pd.DataFrame, indicator: str, rule: str) -> pd.DataFrame:
    """The leading claims about an indicator, in the order in which pages have them."""
    some = headline.leading(figures[figures["indicator"] == indicator], rule)
    return some.sort_values(["place", "day", "status", "part", "unit"], ignore_index=True)


def rivals(figures: pd.DataFrame, rule: str) -> pd.DataFrame:
    """What was said beside the leading claims, each value once."""
    others = figures[~figures.index.isin(headline.leading(figures, rule).index)]
    said = ["claim", "day", "place", "status", "value", "value_high", "doubted"]
    return others.sort_values(["claim", "value", "figure_id"]).drop_duplicates(said)


def attacks(figures: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Nights with launches among the figures: day, drones and missiles, ids."""
    launched = [leads(figures, each, rule) for each in queries.ATTACKS]
    return queries.attack_nights(pd.concat(launched, ignore_index=True))


def behind(figures: pd.DataFrame, nights: pd.DataFrame) -> pd.DataFrame:
    """The figures that nights with launches are made of."""
    ids = {each for several in nights["figure_ids"] for each in several}
    return figures[figures["figure_id"].isin(ids)]
