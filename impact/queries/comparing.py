"""Places beside each other: the worst day of each in a period, as said and as a share.

A number is never converted. A share stands beside it where a baseline is named, as a range.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from impact.model.places import PLACES, UKRAINE, Place, parts
from impact.model.rows import Row, record, records
from impact.model.units import SCALE
from impact.queries import known, series
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

TOLLS = ("killed", "injured")
SUPPLIES = ("power_outage", "heating_loss")
# Both tolls as one course of a place.
TOGETHER = "tolls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The worst day of a place in a supply.

    total   value, value_high, bound, unit, status and day
    claim   the claim that opens its evidence
    share   lowest and highest share of the place's households, people or blocks, 1 is all; None
            where no baseline is named
    """

    total: Row
    claim: str
    share: tuple[float, float] | None

    @property
    def size(self) -> float:
        """What it is ordered by, over units; see impact/model/units.py."""
        value: float = self.total["value"]
        return value * SCALE[self.total["unit"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """The sum of a place's tolls of a period, at least, and the claim of its worst day."""

    value: float
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A place in a list of places.

    worst   supply -> its worst day
    tolls   killed, injured -> the sum of the period
    rate    killed and injured per 100,000 people, lowest and highest by the named populations;
            None without a toll or a population
    days    days with any number
    course  TOGETHER -> killed and injured by day of the period, the first being 0; a supply -> its
            days with a number of people cut off
    """

    place: Place
    worst: dict[str, Worst]
    tolls: dict[str, Toll]
    rate: tuple[float, float] | None
    days: int
    course: Mapping[str, Mapping[int, float]]

    def order(self, by: str) -> float:
        """What the list is sorted by, the largest first; a place without it stands last."""
        if by in TOLLS:
            return self.tolls[by].value if by in self.tolls else -1
        if by == "days":
            return self.days
        if by == "rate":
            return self.rate[1] if self.rate else -1
        supply = dict(power=SUPPLIES[0], heating=SUPPLIES[1])[by]
        return self.worst[supply].size if supply in self.worst else -1


def of_level(level: str) -> list[Place]:
    """Cities; or oblasts, with the two cities that belong to none."""
    if level == "oblast":
        return list(parts(UKRAINE))
    return [place for place in PLACES.values() if place.level == level]


def places(
    reader: Reader, level: str, period: tuple[date, date], by: str, rule: str = DEFAULT_RULE
) -> list[Compared]:
    """The places of a level with any number in a period, sorted, the worst first."""
    areas = [place.pcode for place in of_level(level)]
    peaks = known.peaks(reader, (*TOLLS, *SUPPLIES), areas, period, rule=rule)
    shares = reader.query(_SHARES, [areas, *period, rule])
    people = {
        row["place"]: (row["low"], row["high"])
        for row in records(reader.query("FROM baseline WHERE indicator = 'population'"))
    }
    days = reader.query(_DAYS, [areas, *period, rule]).set_index("area")["days"]
    claims = series.claims_by_id(reader, {ids[0] for ids in peaks["figure_ids"]})
    courses = _courses(reader, areas, period, rule)
    found = [
        _compared(str(area), own, shares, people, int(days[area]), claims, courses[str(area)])
        for area, own in peaks.groupby("area")
    ]
    return sorted(found, key=lambda each: (-each.order(by), each.place.pcode))


def elsewhere(
    reader: Reader, indicator: str, pcodes: Sequence[str], unit: str, period: tuple[date, date]
) -> list[tuple[Place, Row]]:
    """Of places that have no number in a unit the worst that they have in another."""
    found = []
    for pcode in pcodes:
        if len(known.peak(reader, indicator, pcode, period, unit=unit)):
            continue
        other = known.peak(reader, indicator, pcode, period)
        if len(other):
            found.append((PLACES[pcode], record(other)))
    return found


_SHARES = """
    SELECT area, indicator, day, unit, status, low, high FROM share
    WHERE area IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND rule = $4
"""
_DAYS = """
    SELECT area, count(DISTINCT day) AS days FROM daily
    WHERE area IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND rule = $4 AND people = 'all'
    GROUP BY area
"""


_COURSES = """
    SELECT area, CASE WHEN indicator IN (SELECT unnest($4)) THEN $5 ELSE indicator END AS course,
           date_diff('day', $2::DATE, day) AS number, sum(value) AS value
    FROM daily
    WHERE area IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND rule = $6 AND people = 'all'
      AND status <> 'restored' AND value > 0
      AND (indicator IN (SELECT unnest($4)) OR indicator IN (SELECT unnest($7)))
    GROUP BY ALL ORDER BY ALL
"""


def _courses(
    reader: Reader, areas: list[str], period: tuple[date, date], rule: str
) -> Mapping[str, dict[str, dict[int, float]]]:
    """Area -> its courses. Losses of several units are no sum: of them only the days are told."""
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(dict)
    asked = [areas, *period, list(TOLLS), TOGETHER, rule, list(SUPPLIES)]
    for row in records(reader.query(_COURSES, asked)):
        value = row["value"] if row["course"] == TOGETHER else 1.0
        found[row["area"]].setdefault(row["course"], {})[int(row["number"])] = value
    return found


def _compared(
    area: str,
    peaks: pd.DataFrame,
    shares: pd.DataFrame,
    people: Mapping[str, tuple[float, float]],
    days: int,
    claims: dict[str, str],
    course: Mapping[str, Mapping[int, float]],
) -> Compared:
    worst, tolls = {}, {}
    for row in records(peaks):
        claim = claims[row["figure_ids"][0]]
        if row["indicator"] in TOLLS:
            tolls[row["indicator"]] = Toll(value=row["total"], claim=claim)
        else:
            worst[row["indicator"]] = Worst(total=row, claim=claim, share=_share(row, shares))
    rate = _rate(area, tolls, people)
    place = PLACES[area]
    return Compared(place=place, worst=worst, tolls=tolls, rate=rate, days=days, course=course)


def _share(row: Row, shares: pd.DataFrame) -> tuple[float, float] | None:
    same = shares
    for name in ("area", "indicator", "day", "unit", "status"):
        same = same[same[name] == row[name]]
    if same.empty:
        return None
    found = record(same)
    return found["low"], found["high"]


def _rate(
    area: str, tolls: Mapping[str, Toll], people: Mapping[str, tuple[float, float]]
) -> tuple[float, float] | None:
    if not tolls or area not in people:
        return None
    low, high = people[area]
    hit = sum(each.value for each in tolls.values()) * 100_000
    return hit / high, hit / low
