"""More people, households, customers or buildings than the place has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from impact.model import columns
from impact.model.places import PLACES
from impact.model.rows import NamedRow
from impact.rules.implausible.doubt import Doubt, Facts, who

# What a value may not exceed: unit of the figure -> baseline, rule. Population stands in for
# customers and households where neither is known: a place has fewer of both than people.
_LIMITS = {
    "people": (("population", "more_people_than_place"),),
    "households": (
        ("households", "more_households_than_place"),
        ("population", "more_people_than_place"),
    ),
    "customers": (
        ("customers", "more_customers_than_customers"),
        ("population", "more_people_than_place"),
    ),
    "buildings": (("apartment_blocks", "more_buildings_than_blocks"),),
}
# Refugees and displaced people of a whole war may outnumber those who stayed; damaged or
# blacked-out buildings include private houses. Only heat is known to be counted in blocks.
_UNLIMITED = ("displaced", "evacuated")
_IN_BLOCKS = ("heating_loss",)


class _Limit(NamedTuple):
    """The highest baseline of a place, the baseline to name, and who stated that."""

    highest: float
    named: float
    source: Facts


def doubts(impacts: pd.DataFrame, baselines: pd.DataFrame) -> Iterator[Doubt]:
    """Figures above the limit that their unit has in their place."""
    limits = _limits(baselines)
    limited = impacts[~impacts["indicator"].isin(_UNLIMITED)]
    for unit, chain in _LIMITS.items():
        rows = limited[limited["unit"] == unit]
        if unit == "buildings":
            rows = rows[rows["indicator"].isin(_IN_BLOCKS)]
        for indicator, rule in chain:
            if rows.empty:
                break
            known = limits.get(indicator, {})
            highest = rows["place"].map({place: each.highest for place, each in known.items()})
            for row in columns.named_rows(rows[rows["value"] > highest.astype("float64")]):
                limit = known[row.place]
                facts = {
                    "value": row.value,
                    "unit": row.unit,
                    "place": row.place,
                    "limit": limit.named,
                    "limit_source": limit.source,
                }
                yield Doubt(row.figure_id, rule, facts)
            rows = rows[highest.isna()]


def lowest(baselines: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """What figures must exceed so that baselines which changed may put them in doubt or out of it:
    unit, place, above.

    baselines  all of them, as they were and as they are: indicator, place, value
    changed    those that changed: indicator, place
    """
    found = []
    for unit, chain in _LIMITS.items():
        among = [indicator for indicator, _ in chain]
        known = baselines[baselines["indicator"].isin(among)]
        for place in changed.loc[changed["indicator"].isin(among), "place"].unique():
            values = known.loc[known["place"] == place, "value"].dropna().tolist()
            if "population" in among and place in _gazetteer():
                values.append(_gazetteer()[place].highest)
            if values:
                found.append((unit, place, min(values)))
    return pd.DataFrame(found, columns=["unit", "place", "above"])


def _limits(baselines: pd.DataFrame) -> dict[str, dict[str, _Limit]]:
    """Indicator -> place -> its limit.

    The highest is the limit, so that no figure is doubted unfairly. The sentence names the baseline
    that most outlets have printed, and of equals the latest. The gazetteer's populations fill the
    gaps.
    """
    found = {"population": dict(_gazetteer())}
    stated = baselines[(baselines["part"] == "") & (baselines["unit"] != "celsius")]
    for (indicator, place), group in _grouped(columns.named_rows(stated)).items():
        carriers = Counter({row.value: 0 for row in group})
        carriers.update(value for value, _ in {(row.value, row.outlet) for row in group})
        named = max(group, key=lambda row: (carriers[row.value], row.date, row.figure_id))
        limit = _Limit(max(row.value for row in group), named.value, who(named))
        found.setdefault(indicator, {})[place] = limit
    return found


@cache
def _gazetteer() -> Mapping[str, _Limit]:
    """Place -> its population in the gazetteer."""
    return {
        place.pcode: _Limit(place.population, place.population, {"outlet": place.population_source})
        for place in PLACES.values()
        if place.population
    }


def _grouped(rows: Iterable[NamedRow]) -> dict[tuple[str, str], Sequence[NamedRow]]:
    groups: dict[tuple[str, str], list[NamedRow]] = {}
    for row in rows:
        groups.setdefault((row.indicator, row.place), []).append(row)
    return {key: group for key, group in groups.items()}
