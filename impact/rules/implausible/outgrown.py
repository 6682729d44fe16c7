"""Tolls of a wider area that are lower than the leading toll of one of its parts on that day.

Both may have been true, but then the wider one is older. An oblast's 7 from the morning must not
stand as its total once its city's toll has reached 10.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from impact.model import columns
from impact.model.places import PLACES, UKRAINE
from impact.rules.implausible.doubt import Doubt, highs, who

# The places that have others in them: only their tolls can be lower than one of a part.
AREAS = frozenset(each.oblast for each in PLACES.values() if each.oblast) | {UKRAINE.pcode}
_SAME_DAY = ("indicator", "date", "unit", "people", "period", "cause")


def doubts(tolls: pd.DataFrame, leads: pd.DataFrame) -> Iterator[Doubt]:
    """The tolls below one of their parts, each with the largest part.

    tolls  of wholes, as are the leading ones
    """
    inside = _inside(leads)
    by = [*_SAME_DAY, "wider"]
    both = pd.concat([_texts(tolls.assign(wider=tolls["place"]), by), _texts(inside, by)])
    numbers = columns.groups(both, by)
    own, theirs = numbers[: len(tolls)], numbers[len(tolls) :]
    largest = _largest(inside, theirs, len(numbers))[own]
    values = np.append(inside["value"].to_numpy(), -np.inf)
    below = highs(tolls).to_numpy() < values[largest]
    rows = columns.named_rows(tolls[below])
    parts = columns.named_rows(inside.iloc[largest[below]])
    for row, part in zip(rows, parts, strict=True):
        facts = {
            "value": row.value,
            "unit": row.unit,
            "part": part.place,
            "limit": part.value,
            "limit_source": who(part),
        }
        yield Doubt(row.figure_id, "below_its_part", facts)


def _inside(leads: pd.DataFrame) -> pd.DataFrame:
    """The leading figures once for each area around their place: the oblast, and Ukraine."""
    place = leads["place"].astype("str")
    oblast = place.map({pcode: place.oblast for pcode, place in PLACES.items()})
    both = pd.concat([leads.assign(wider=oblast), leads.assign(wider=UKRAINE.pcode)])
    return both[both["wider"] != both["place"].astype("str")]


def _texts(figures: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Columns of two tables must be of one kind to be put under each other."""
    return figures[names].astype("str")


def _largest(inside: pd.DataFrame, groups: columns.Numbers, count: int) -> columns.Numbers:
    """For each group the position of its largest part; -1 where it has none."""
    ids = pd.factorize(inside["figure_id"], sort=True)[0]
    found = np.full(count, -1)
    order = np.lexsort((ids, inside["value"], groups))
    found[groups[order]] = order  # the last of a group stays
    return found
