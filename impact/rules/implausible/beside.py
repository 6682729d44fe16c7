"""What others said about the same thing, which stands beside a doubt about a figure's size."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from impact.model import columns
from impact.rules.implausible.doubt import Doubt, Facts, who

# So many of the others' values are told.
MOST = 5


def with_rivals(found: Sequence[Doubt], impacts: pd.DataFrame) -> list[Doubt]:
    """The doubts, those about size each with what others said about the same thing."""
    sized = impacts["figure_id"].isin({each.figure_id for each in found if "value" in each.facts})
    doubted = impacts.loc[sized, ["figure_id", "claim_scale"]]
    near = impacts["claim_scale"].isin(doubted["claim_scale"])
    rivals = _rivals(impacts[near & ~sized])
    scales = dict(zip(doubted["figure_id"], doubted["claim_scale"], strict=True))
    return [
        Doubt(each.figure_id, each.rule, {**each.facts, "rivals": rivals.get(scale, [])})
        if (scale := scales.get(each.figure_id))
        else each
        for each in found
    ]


def _rivals(rows: pd.DataFrame) -> dict[str, list[Facts]]:
    """Scale -> its distinct values, the largest first, each with one who said it: a named speaker
    before none, the earliest page before later ones."""
    order = np.lexsort(
        (
            columns.in_order(rows["figure_id"]),
            pd.factorize(rows["published"], sort=True)[0],
            rows["attributed_to"] == "",
            -rows["value"],
        )
    )
    said = rows.iloc[order].drop_duplicates(["claim_scale", "value"])
    told = said[said.groupby("claim_scale").cumcount() < MOST]
    found: dict[str, list[Facts]] = {}
    for row in columns.named_rows(told):
        found.setdefault(row.claim_scale, []).append({"value": row.value, "who": who(row)})
    return found
