"""Attacks: all of them, and what is known of one (impact/summaries/attack.sql, attack_place.sql).

Nothing is added here. A number is a claim, or the sum of claims that the summary made; each comes
with the ids of its figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from impact.model.indicators import OUTAGES, TOLLS
from impact.model.places import PLACES, UKRAINE, Place
from impact.model.rows import Row, record, records
from impact.model.units import SCALE, scales
from impact.queries.evidence import in_doubt
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A number of an attack, as said.

    total   value, value_high, bound, unit, status and day, as wording.vocabulary takes a figure
    claim   the claim of its leading figure, which opens the evidence
    said    who said that one: attributed_to, place, outlet and origin of the figure
    figures how many figures it is the sum of
    """

    total: Row
    claim: str
    said: Row
    figures: int

    @property
    def size(self) -> float:
        """What it is ordered by, over units; see impact/model/units.py."""
        value: float = self.total["value"]
        return value * SCALE[self.total["unit"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What an attack did to one place, in one indicator and unit.

    told   killed or injured; of a supply what was newly lost
    still  of a supply those without on the attack's own day
    last   the last count of those still without, of a later day
    """

    indicator: str
    told: Told | None = None
    still: Told | None = None
    last: Told | None = None

    @property
    def size(self) -> float:
        """The larger of what was lost and of those without, to order by."""
        return max((each.size for each in (self.told, self.still, self.last) if each), default=0)


@dataclass(frozen=True, slots=True)
class Struck:
    """A place that was struck: its harms, the largest of each indicator first, and how many bodies
    or outlets speak of it on the attack's day."""

    place: Place
    harms: Sequence[Harm]
    sources: int

    def of(self, indicator: str) -> list[Harm]:
        """The harms of an indicator, the largest first."""
        return [each for each in self.harms if each.indicator == indicator]

    @property
    def order(self) -> tuple[float, ...]:
        """Places with more killed come first, then with more injured, then with more cut off."""
        tolls = [max((each.size for each in self.of(toll)), default=0) for toll in TOLLS]
        rest = max((each.size for each in self.harms if each.indicator not in TOLLS), default=0)
        return (*tolls, rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """An attack.

    previous, next  the days of its neighbours; None at the ends
    launches        drones, missiles
    places          those that were struck, the worst first
    country         what was said of the whole country, the largest first
    doubted         tolls and losses of its day that are in doubt, none of them counted; the
                    largest first
    speakers, outlets, oblasts  how many speak of it, print it, and are spoken of, on its day
    """

    day: date
    previous: date | None
    next: date | None
    launches: Sequence[Told]
    places: Sequence[Struck]
    country: Sequence[Told]
    doubted: Sequence[Row]
    speakers: int
    outlets: int
    oblasts: int


# Of many attacks nobody asks for the ids: at a million figures they are 215,000 texts a list.
_ATTACKS = "SELECT * EXCLUDE (figure_ids) FROM attack"


def every(reader: Reader, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """Every attack, the latest first: rows of attack.sql without the ids of their figures."""
    return reader.query(f"{_ATTACKS} WHERE rule = $1 ORDER BY day DESC", [rule])


def among(reader: Reader, days: Sequence[date], rule: str = DEFAULT_RULE) -> list[date]:
    """Those of the days on which there was an attack, in their order."""
    rows = reader.query(
        "SELECT day FROM attack WHERE rule = $1 AND day IN (SELECT unnest($2::DATE[]))",
        [rule, [*days]],
    )
    attacked = {day.date() for day in rows["day"]}
    return [day for day in days if day in attacked]


def last_in(
    reader: Reader, pcode: str, first: date, last: date, rule: str = DEFAULT_RULE
) -> date | None:
    """The day of the last attack of a period that is known to have harmed a place: somebody was
    hit or a supply was lost or cut off on that day. None where none is known."""
    found = reader.query(
        """SELECT max(day) AS day FROM attack_place
           WHERE rule = $1 AND area = $2 AND day BETWEEN $3 AND $4
             AND (value > 0 OR still > 0)""",
        [rule, pcode, first, last],
    )
    return _day(found["day"][0])


def count(reader: Reader, first: date, last: date, rule: str = DEFAULT_RULE) -> int:
    """On how many days of a period there was an attack."""
    found = reader.query(
        "SELECT count(*) AS days FROM attack WHERE rule = $1 AND day BETWEEN $2 AND $3",
        [rule, first, last],
    )
    return int(found["days"][0])


def found(reader: Reader, day: date, rule: str = DEFAULT_RULE) -> Row | None:
    """The attack of a day: its row of attack.sql; None where none is known."""
    rows = reader.query("FROM attack WHERE rule = $1 AND day = $2", [rule, day])
    return record(rows) if len(rows) else None


def night(reader: Reader, day: date, rule: str = DEFAULT_RULE) -> Night | None:
    """What is known of the attack of a day; None where none is known."""
    known = reader.query("FROM attack_neighbour WHERE rule = $1 AND day = $2", [rule, day])
    if known.empty:
        return None
    beside = record(known)
    places = reader.query("FROM attack_place WHERE rule = $1 AND day = $2", [rule, day])
    country = reader.query(_COUNTRY, [rule, day, UKRAINE.pcode])
    said = _said(reader, [places, country])
    spoken = record(reader.query(_SPOKEN, [day]))
    whole = [_told(each, each["figure_ids"], said) for each in records(country)]
    whole.sort(key=lambda told: -told.size)
    return Night(
        day=day,
        previous=_day(beside["previous"]),
        next=_day(beside["next"]),
        launches=[each for each in whole if each.total["group"] == "launch"],
        places=_struck(places, said),
        country=[each for each in whole if each.total["group"] != "launch"],
        doubted=_doubted(reader, day),
        speakers=spoken["speakers"],
        outlets=spoken["outlets"],
        oblasts=spoken["oblasts"],
    )


def worst(
    reader: Reader, first: date, last: date, rule: str = DEFAULT_RULE, most: int = 5
) -> pd.DataFrame:
    """The worst attacks of a period in the order of their days: those with the most killed,
    injured, cut off from power, cut off from heat and launched, then the next by power; rows as
    of `every`."""
    rows = reader.query(
        f"{_ATTACKS} WHERE rule = $1 AND day BETWEEN $2 AND $3 ORDER BY day", [rule, first, last]
    )
    sizes = pd.DataFrame(
        {
            "killed": rows["killed"],
            "injured": rows["injured"],
            "power": rows["power"] * scales(rows["power_unit"]),
            "heating": rows["heating"] * scales(rows["heating_unit"]),
            "launched": rows["drones"].fillna(0) + rows["missiles"].fillna(0),
        }
    ).fillna(0)
    leading = []
    for name in sizes.columns.tolist():
        order = sizes[sizes[name] > 0].sort_values([name, "power"], ascending=False)
        leading += order.index[:1].tolist()
    others = sizes[sizes["power"] > 0].sort_values("power", ascending=False).index
    chosen = list(dict.fromkeys([*leading, *others]))[:most]
    return rows.loc[sorted(chosen)]


def statements(reader: Reader, day: date) -> pd.DataFrame:
    """What was said of an attack on its own day: figures with `begins`, `ends` (Kyiv time) and
    `timed`, in the order of their hours; those without an hour stand last, as published."""
    return reader.query(
        """SELECT figures.*, told.begins, told.ends, told.timed
           FROM attack_statement AS told JOIN figures USING (figure_id)
           WHERE told.day = $1
           ORDER BY told.timed DESC, told.begins, told.ends, figures.published, figures.place,
                    figures.indicator, figures.figure_id""",
        [day],
    )


def recovery(reader: Reader, day: date, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """How much of what was cut off was still cut off so many days later: rows of recovery.sql,
    those with the largest loss first."""
    rows = reader.query("FROM recovery WHERE rule = $1 AND day = $2", [rule, day])
    size = rows["lost"] * scales(rows["unit"])
    order = rows.assign(size=size).sort_values(
        ["size", "indicator", "area", "unit", "after"], ascending=[False, True, True, True, True]
    )
    return order.drop(columns="size").reset_index(drop=True)


def recoveries(
    reader: Reader, area: str, first: date, last: date, rule: str = DEFAULT_RULE
) -> pd.DataFrame:
    """How one place recovered from each attack of a period after which somebody counted again: rows
    of recovery.sql, an indicator after the other, the latest attack first.

    A count of who is still without begins no row of its own where an earlier loss is followed to
    that day.
    """
    return reader.query(
        """WITH own AS (FROM recovery WHERE rule = $1 AND area = $2)
           FROM own
           WHERE day BETWEEN $3 AND $4
             AND (EXISTS (FROM daily WHERE daily.rule = own.rule AND daily.area = own.area
                            AND daily.indicator = own.indicator AND daily.unit = own.unit
                            AND daily.day = own.day AND daily.status = 'lost'
                            AND daily.people = 'all')
                  OR NOT EXISTS (FROM own AS before
                                 WHERE before.indicator = own.indicator AND before.unit = own.unit
                                   AND before.after > 0
                                   AND date_diff('day', before.day, own.day) = before.after))
           QUALIFY count(*) OVER (PARTITION BY indicator, day, unit) > 1
           ORDER BY indicator DESC, day DESC, lost DESC, unit, after""",
        [rule, area, first, last],
    )


def reconciled(reader: Reader, first: date, last: date) -> pd.DataFrame:
    """The days on which the country's toll and a sum of the places are both known, those first on
    which they differ most: rows of reconciliation.sql, with claim, place, attributed_to, outlet,
    origin of what was said of the country."""
    return reader.query(
        """SELECT reconciliation.*, claim, place, attributed_to, outlet, origin
           FROM reconciliation JOIN figures ON figure_id = said_ids[1]
           WHERE reconciliation.day BETWEEN $1 AND $2 AND places IS NOT NULL
           ORDER BY abs(difference) DESC, reconciliation.day DESC, indicator DESC""",
        [first, last],
    )


_COUNTRY = """
    SELECT daily.*, "group" FROM daily JOIN model.indicators USING (indicator)
    WHERE rule = $1 AND day = $2 AND area = $3 AND people = 'all' AND status <> 'restored'
      AND ("group" = 'launch' OR ("group" IN ('toll', 'supply') AND made_of = 'claim'))
"""
_SPOKEN = """
    SELECT count(DISTINCT speaker) FILTER (speaker <> '') AS speakers,
           count(DISTINCT outlet) FILTER (outlet <> '') AS outlets,
           count(DISTINCT CASE WHEN parent IN ('UA', '') THEN pcode ELSE parent END)
               FILTER (level <> 'country') AS oblasts
    FROM attack_statement JOIN figures USING (figure_id)
    JOIN model.places ON pcode = figures.place
    WHERE attack_statement.day = $1
"""
# Names of the columns of a number in attack_place: value, bound, ids, day.
_PARTS = {
    "told": ("value", "bound", "figure_ids", "day"),
    "still": ("still", "still_bound", "still_ids", "day"),
    "last": ("after", "after_bound", "after_ids", "after_day"),
}


# By the ids of figures the claim of each and who said it.
Said = Mapping[str, Row]


def _said(reader: Reader, tables: Sequence[pd.DataFrame]) -> Said:
    """Of every figure that the tables name its claim, and who said it."""
    ids = {
        figure
        for table in tables
        for name in ("figure_ids", "still_ids", "after_ids")
        if name in table
        for several in table[name].dropna()
        for figure in several
    }
    found = reader.query(
        """SELECT figure_id, claim, attributed_to, place, outlet, origin FROM figures
           WHERE figure_id IN (SELECT unnest($1))""",
        [sorted(ids)],
    )
    return {row["figure_id"]: row for row in records(found)}


def _struck(rows: pd.DataFrame, said: Said) -> list[Struck]:
    found = []
    for pcode, own in rows.groupby("area"):
        harms = [_harm(row, said) for row in records(own)]
        harms.sort(key=lambda harm: -harm.size)
        found.append(Struck(PLACES[str(pcode)], harms, int(own["sources"].max())))
    return sorted(found, key=lambda struck: struck.order, reverse=True)


def _harm(row: Row, said: Said) -> Harm:
    status = {"told": "lost", "still": "without", "last": "without"}
    supply = row["indicator"] not in TOLLS
    numbers: dict[str, Told] = {}
    for part, (value, bound, ids, day) in _PARTS.items():
        if pd.isna(row[value]) or (part == "last" and row[day] <= row["day"]):
            continue
        total = {
            "value": row[value],
            "value_high": row["value_high"] if part == "told" else None,
            "bound": row[bound],
            "unit": row["unit"],
            "status": status[part] if supply else "",
            "day": row[day],
        }
        numbers[part] = _told(total, row[ids], said)
    return Harm(indicator=row["indicator"], **numbers)


def _told(total: Row, ids: Any, said: Said) -> Told:
    first = said[ids[0]]
    return Told(total=total, claim=first["claim"], said=first, figures=len(ids))


def _doubted(reader: Reader, day: date) -> list[Row]:
    rows = in_doubt(reader, [*TOLLS, *OUTAGES], day, day)
    rows = rows[(rows["period"] == "day") & rows["value"].notna()]
    sizes = rows["value"] * scales(rows["unit"])
    return records(rows.loc[sizes.sort_values(ascending=False).index])


def _day(at: Any) -> date | None:
    return None if pd.isna(at) else at.date()
