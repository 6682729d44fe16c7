"""What others said about the same thing, which stands beside a doubt about a figure's size."""

import numpy as np
import pandas as pd

from impact.model import columns
from impact.rules.implausible.doubt import Doubt, Facts, who

# So many of the others' values are told.
MOST = 5


def add_rivals(found: list[Doubt], impacts: pd.DataFrame) -> None:
    """Puts into the doubts about size what others said about the same thing: in place, so that a
    hundred thousand doubts do not stand in memory twice."""
    sized = impacts["figure_id"].isin({each.figure_id for each in found if "value" in each.facts})
    doubted = impacts.loc[sized, ["figure_id", "claim_scale"]]
    near = impacts["claim_scale"].isin(doubted["claim_scale"])
    rivals = _rivals(impacts[near & ~sized])
    scales = dict(zip(doubted["figure_id"], doubted["claim_scale"], strict=True))
    for at, each in enumerate(found):
        if scale := scales.get(each.figure_id):
            facts = {**each.facts, "rivals": rivals.get(scale, [])}
            found[at] = Doubt(each.figure_id, each.rule, facts)


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
