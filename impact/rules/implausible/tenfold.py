"""Ten times what anyone else said of the same thing: more likely a slip of scale than a quarrel."""

from collections.abc import Iterator

import pandas as pd

from impact.model import columns
from impact.rules.implausible.doubt import Doubt

# A figure this many times its rivals is more likely a slip of scale than a disagreement.
TIMES_RIVALS = 10
# Early tolls of one event grow from 1 to 11 within a morning: below this, tenfold says nothing.
SMALLEST_TENFOLD = 100


def doubts(impacts: pd.DataFrame) -> Iterator[Doubt]:
    """Figures above the first tenfold gap of their scale, unless more bodies state such a number
    than state a smaller one."""
    counted = impacts[
        (impacts["unit"] != "celsius") & (impacts["status"] != "restored") & ~impacts["dubious"]
    ]
    if not (counted["value"] >= SMALLEST_TENFOLD).any():
        return
    counted = counted.assign(scale=columns.groups(counted, ["claim_scale"]))
    limit = counted["scale"].map(_limits(counted))
    top, rest = counted[counted["value"] >= limit], counted[counted["value"] < limit]
    # A figure that more bodies state than all its rivals together is not the odd one out.
    odd = top["scale"].map(_bodies(top)) <= top["scale"].map(_bodies(rest))
    for row in columns.named_rows(top[odd]):
        yield Doubt(row.figure_id, "ten_times_rivals", {"value": row.value, "unit": row.unit})


def _limits(counted: pd.DataFrame) -> pd.Series:
    """Scale -> the number above its first gap. The smallest gap counts: two outlets that repeat
    one slip must not protect each other."""
    values = counted[["scale", "value"]].drop_duplicates().sort_values(["scale", "value"])
    below = values.groupby("scale")["value"].shift()
    leaps = values[
        (values["value"] >= TIMES_RIVALS * below) & (values["value"] >= SMALLEST_TENFOLD)
    ]
    return leaps.groupby("scale")["value"].min()


def _bodies(rows: pd.DataFrame) -> pd.Series:
    """Scale -> how many bodies state one of the rows."""
    return rows[["scale", "body"]].drop_duplicates().groupby("scale").size()
