"""Places beside each other: the worst day of each in a period, as said and as a share.

A number is never converted. A share stands beside it where a baseline is named, as a range. By
shares, the worst day of a place is the one of its largest share.
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
from impact.rules.shares import fit
from impact.store.reader import Reader

TOLLS = ("killed", "injured")
SUPPLIES = ("power_outage", "heating_loss")
# By what places are compared: numbers as said, or shares of the place's own.
SAID, SHARE = "said", "share"
# Both tolls as one course of a place.
TOGETHER = "tolls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A base that a number exceeds: how many there are at most, by which statements.

    unit          people, households or buildings
    years         those of the earliest and of the latest statement; None where none has one
    of_gazetteer  whether its population is the gazetteer's
    """

    most: float
    unit: str
    years: tuple[int, int] | None
    statements: tuple[Row, ...]
    of_gazetteer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The worst day of a place in a supply.

    total   value, value_high, bound, unit, status and day
    claim   the claim that opens its evidence
    share   lowest and highest share of the place's households, people or blocks, 1 is all; None
            where no baseline is named
    whole   what the share would be a share of, where the number is more than all of it
    """

    total: Row
    claim: str
    share: tuple[float, float] | None
    whole: Whole | None = None

    @property
    def size(self) -> float:
        """What it is ordered by, over units; see impact/model/units.py."""
        value: float = self.total["value"]
        return value * SCALE[self.total["unit"]]

    @property
    def fits(self) -> bool:
        """Whether the number is not above the whole that its share is a share of."""
        return self.share is not None and self.whole is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """The sum of a place's tolls of a period, at least, and the claim of its worst day."""

    value: float
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A place in a list of places.

    worst   supply -> its worst day
    shared  supply -> the day of its largest share; nothing where no baseline is named, nor where
            places are compared as said
    tolls   killed, injured -> the sum of the period
    people  lowest and highest named population; None without one
    days    days with any number
    course  TOGETHER -> killed and injured by day of the period, the first being 0; a supply -> its
            days with a number of people cut off
    """

    place: Place
    worst: dict[str, Worst]
    shared: dict[str, Worst]
    tolls: dict[str, Toll]
    people: tuple[float, float] | None
    days: int
    course: Mapping[str, Mapping[int, float]]

    def rate(self, *tolls: str) -> tuple[float, float] | None:
        """People hit per 100,000, lowest and highest by the named populations; None without a toll
        or a population."""
        told = [self.tolls[each].value for each in tolls if each in self.tolls]
        if not told or self.people is None:
            return None
        low, high = self.people
        return sum(told) * 100_000 / high, sum(told) * 100_000 / low

    def order(self, by: str, measure: str = SAID) -> tuple[float, float]:
        """What the list is sorted by, the largest first; a place without it stands last. By shares,
        one that has no share stands after all that have one, by its number as said."""
        if by == "days":
            return self.days, 0
        if by in TOLLS or by == "rate":
            rate = self.rate(*(TOLLS if by == "rate" else [by]))
            said = self.tolls[by].value if by in self.tolls else -1
            of_people = rate[1] if rate else -1
            return (of_people, said) if by == "rate" or measure == SHARE else (said, of_people)
        supply = dict(power=SUPPLIES[0], heating=SUPPLIES[1])[by]
        said = self.worst[supply].size if supply in self.worst else -1
        shared = self.shared.get(supply)
        share = shared.share[1] if shared and shared.share and shared.fits else -1
        return (share, said) if measure == SHARE else (said, share)


def of_level(level: str) -> list[Place]:
    """Cities; or oblasts, with the two cities that belong to none."""
    if level == "oblast":
        return list(parts(UKRAINE))
    return [place for place in PLACES.values() if place.level == level]


def places(
    reader: Reader,
    level: str,
    period: tuple[date, date],
    by: str,
    rule: str = DEFAULT_RULE,
    measure: str = SAID,
) -> list[Compared]:
    """The places of a level with any number in a period, sorted, the worst first.

    by       what they are sorted by, see Compared.order
    measure  SAID or SHARE
    """
    areas = [place.pcode for place in of_level(level)]
    peaks = known.peaks(reader, (*TOLLS, *SUPPLIES), areas, period, rule=rule)
    largest = _largest(reader, areas, period, rule) if measure == SHARE else peaks[:0]
    shares = _shares(reader, [*records(peaks), *records(largest)], rule)
    wholes = _wholes(reader, shares)
    people = {
        row["place"]: (row["low"], row["high"])
        for row in records(reader.query("FROM baseline WHERE indicator = 'population'"))
    }
    days = reader.query(_DAYS, [areas, *period, rule]).set_index("area")["days"]
    leading = {ids[0] for each in (peaks, largest) for ids in each["figure_ids"]}
    claims = series.claims_by_id(reader, leading)
    shared = _by_area(largest)
    courses = _courses(reader, areas, period, rule)
    found = [
        Compared(
            place=PLACES[area],
            worst=_worst(own, shares, wholes, claims),
            shared=_shared(shared.get(area, ()), wholes, claims),
            tolls=_tolls(own, claims),
            people=people.get(area),
            days=int(days[area]),
            course=courses[area],
        )
        for area, own in _by_area(peaks).items()
    ]
    found.sort(key=lambda each: each.place.pcode)
    return sorted(found, key=lambda each: each.order(by, measure), reverse=True)


_SHARES = """
    WITH named AS (
        SELECT DISTINCT unnest($2::VARCHAR[]) AS area, unnest($3::VARCHAR[]) AS indicator,
               unnest($4::DATE[]) AS day, unnest($5::VARCHAR[]) AS unit,
               unnest($6::VARCHAR[]) AS status)
    SELECT area, indicator, day, unit, status, low, high, baseline, whole_high, first_year,
           last_year, baseline_ids
    FROM share JOIN named USING (area, indicator, day, unit, status) WHERE rule = $1
"""
# Of the numbers that fit their baseline the largest share; of equal ones the latest day.
_LARGEST = """
    SELECT area, indicator, day, unit, status, low, high, daily.value, daily.value_high,
           daily.bound, daily.figure_ids
    FROM share JOIN daily USING (rule, area, indicator, day, unit, status)
    WHERE area IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND rule = $4
      AND indicator IN (SELECT unnest($5)) AND people = 'all'
    QUALIFY row_number() OVER (
        PARTITION BY area, indicator
        ORDER BY low <= 1 DESC, high DESC, low DESC, day DESC, unit, status) = 1
    ORDER BY area, indicator
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


def _by_area(rows: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in records(rows):
        found[row["area"]].append(row)
    return found


def _shares(reader: Reader, rows: Sequence[Row], rule: str) -> pd.DataFrame:
    """The shares of some numbers, by their names: of all in a period they would be 100,000."""
    names = [[row[name] for row in rows] for name in _NAMED]
    return reader.query(_SHARES, [rule, *names])


def _largest(
    reader: Reader, areas: list[str], period: tuple[date, date], rule: str
) -> pd.DataFrame:
    return reader.query(_LARGEST, [areas, *period, rule, list(SUPPLIES)])


# The name of a number among shares.
_NAMED = ("area", "indicator", "day", "unit", "status")
Wholes = Mapping[tuple, Whole]


def _wholes(reader: Reader, shares: pd.DataFrame) -> Wholes:
    """The bases of the numbers that exceed them, by the names of these numbers."""
    rows = [row for row in records(shares) if not fit([row["low"]])]
    ids = {each for row in rows for each in row["baseline_ids"]}
    stated = {each["figure_id"]: each for each in records(series.figures(reader, ids))}
    return {_name(row): _whole(row, [stated[each] for each in row["baseline_ids"]]) for row in rows}


def _name(row: Row) -> tuple:
    return tuple(row[each] for each in _NAMED)


def _whole(row: Row, statements: Sequence[Row]) -> Whole:
    unit = row["unit"] if row["unit"] in ("people", "buildings") else "households"
    dated = not pd.isna(row["first_year"])
    indicators = {each["indicator"] for each in statements}
    return Whole(
        most=row["whole_high"],
        unit=unit,
        years=(int(row["first_year"]), int(row["last_year"])) if dated else None,
        statements=tuple(statements),
        of_gazetteer=row["baseline"] == "population" and "population" not in indicators,
    )


def _worst(
    peaks: Sequence[Row], shares: pd.DataFrame, wholes: Wholes, claims: Mapping[str, str]
) -> dict[str, Worst]:
    return {
        row["indicator"]: Worst(
            total=row,
            claim=claims[row["figure_ids"][0]],
            share=_share(row, shares),
            whole=wholes.get(_name(row)),
        )
        for row in peaks
        if row["indicator"] in SUPPLIES
    }


def _shared(largest: Sequence[Row], wholes: Wholes, claims: Mapping[str, str]) -> dict[str, Worst]:
    return {
        row["indicator"]: Worst(
            total=row,
            claim=claims[row["figure_ids"][0]],
            share=(row["low"], row["high"]),
            whole=wholes.get(_name(row)),
        )
        for row in largest
    }


def _tolls(peaks: Sequence[Row], claims: Mapping[str, str]) -> dict[str, Toll]:
    return {
        row["indicator"]: Toll(value=row["total"], claim=claims[row["figure_ids"][0]])
        for row in peaks
        if row["indicator"] in TOLLS
    }


def _share(row: Row, shares: pd.DataFrame) -> tuple[float, float] | None:
    same = shares
    for name in _NAMED:
        same = same[same[name] == row[name]]
    if same.empty:
        return None
    found = record(same)
    return found["low"], found["high"]
