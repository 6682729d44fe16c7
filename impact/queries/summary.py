"""What a card says of one indicator in one area and period: the worst number, the last beside it,
and whatever else was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Unpack

import pandas as pd

from impact import queries
from impact.model.indicators import INDICATORS, TOLLS
from impact.model.places import PLACES, Place, inside
from impact.model.rows import Row, record, records
from impact.queries import known, summed
from impact.queries.known import Course
from impact.queries.series import MOST_IDS
from impact.queries.summed import Behind, Sum
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

# Cards in the order in which a reader asks.
CARDS = (
    "killed",
    "injured",
    "power_outage",
    "heating_loss",
    "temperature",
    "drones_launched",
    "missiles_launched",
)
# Launches are stated for the whole country alone.
COUNTRY_WIDE = {"drones_launched", "missiles_launched"}
_NUMBER = ("value", "value_high", "bound", "unit", "status")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of one day.

    total   value, value_high, bound, unit and status
    ids     the figures that it is made of: one, or the parts of a sum
    rows    these figures
    places  whether it is the sum of the places beside a smaller claim of the area itself
    """

    total: Row
    day: date
    ids: tuple[str, ...]
    rows: tuple[Row, ...]
    places: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any], known: Mapping[str, Row], prefix: str = "") -> "Counted":
        """From a row of a summary, whose columns may have a prefix, and figures by their ids."""
        ids = tuple(row[f"{prefix}figure_ids"])
        total = {name: row[f"{prefix}{name}"] for name in _NUMBER}
        day = pd.Timestamp(row[f"{prefix}day"]).date()
        return cls(total, day, ids, tuple(known[each] for each in ids), bool(row.get("places")))


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    total     value, value_high, bound, unit of the number; None when nothing was reported. Of a
              level it is the worst day's, of a toll or count the period's sum
    behind    the figures that the number is made of: one, or the parts of a sum; without a number
              those of `before`
    day       the day of the worst; None for a flow, which is summed over the period
    series    the number by day in the period, in its unit and status, for the small line
    worst     the worst day's number; None when nothing was reported
    latest    the last day's number, where it is another than the worst
    also      the worst in each other unit and status, worst first; not what is told twice
    before    when total is None: the last number before the period's end, else None
    held      tolls that are not added while they may be another day's toll told again, the first
              MOST_IDS of them; waiting: how many there are
    """

    indicator: str
    place: Place
    total: Row | None
    behind: Behind
    day: date | None = None
    series: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["date", "value"]))
    worst: Counted | None = None
    latest: Counted | None = None
    also: tuple[Counted, ...] = ()
    before: Counted | None = None
    held: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def alone(self) -> Row | None:
        """The figure that the number is, where it is no sum."""
        return self.worst.rows[0] if self.worst and len(self.behind) == 1 else None


def card(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    **chosen: Unpack[known.Chosen],
) -> Card:
    """The card of an indicator: flows summed over the period, of levels the worst day.

    A unit or status keeps to that one.
    """
    return cards(reader, [(indicator, area)], period, **chosen)[0]


def cards(
    reader: Reader,
    about: Sequence[tuple[str, Place]],
    period: tuple[date, date],
    **chosen: Unpack[known.Chosen],
) -> list[Card]:
    """The cards of several indicators and areas, in their order, asked for together."""
    about = [(indicator, stated_for(indicator, area)) for indicator, area in about]
    indicators = {indicator for indicator, _ in about}
    areas = {area.pcode for _, area in about}
    found = records(known.peaks(reader, indicators, areas, period, **chosen))
    peaks = {(row["indicator"], row["area"]): row for row in found}
    rows = [peaks.get((indicator, area.pcode)) for indicator, area in about]
    asked = _Asked.of(reader, [row for row in rows if row], period, chosen)
    people = chosen.get("people", "all")
    held = [_held(reader, indicator, area, period, people) for indicator, area in about]
    return [
        asked.card(row, area, waiting)
        if row
        else _silent(reader, indicator, area, period, chosen, waiting)
        for (indicator, area), row, waiting in zip(about, rows, held, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What cards are made of, asked for together: the days of each, the figures of its numbers, and
    what each sum is made of. A key is an indicator and an area."""

    days: Mapping[tuple[str, str], pd.DataFrame]
    figures: pd.DataFrame
    sums: Mapping[tuple[str, str], Behind]

    @classmethod
    def of(
        cls, reader: Reader, rows: Sequence[Row], period: tuple[date, date], chosen: known.Chosen
    ) -> "_Asked":
        """Of rows of peaks."""
        courses = {_key(row): _course(row, chosen) for row in rows}
        told = known.courses(reader, list(courses.values()), period, **chosen)
        days = {key: _of_course(told, key) for key in courses}
        sums = {}
        for row in rows:
            key = _key(row)
            if INDICATORS[row["indicator"]].adds_up_over_days:
                days[key] = _added(days[key], row["day"])
                sums[key] = _sum_of(courses[key], days[key], period)
        behind = summed.behind(reader, list(sums.values()), **chosen)
        return cls(days, _figures(reader, rows), dict(zip(sums, behind, strict=True)))

    def card(self, row: Row, area: Place, held: pd.DataFrame) -> Card:
        """The card of a row."""
        indicator, days = row["indicator"], self.days[_key(row)]
        own = _by_id(self.figures[self.figures["figure_id"].isin(_ids(row))])
        worst, latest = Counted.of(row, own), Counted.of(row, own, "last_")
        if behind := self.sums.get(_key(row)):
            total, day = _sum(row, days), None
        else:
            rows = self.figures[self.figures["figure_id"].isin(worst.ids)]
            behind = Behind.of(rows.reset_index(drop=True))
            total, day = worst.total, worst.day
        return Card(
            indicator,
            _stands_for(indicator, area, worst),
            total,
            behind,
            day,
            days.assign(date=days["day"].dt.strftime("%Y-%m-%d"))[["date", "value"]],
            worst=worst,
            latest=next(iter(_told_once((worst,), [latest])), None),
            also=_told_once((worst, latest), [Counted.of(each, own) for each in row["also"]]),
            held=held,
        )


def _key(row: Row) -> tuple[str, str]:
    return row["indicator"], row["area"]


def _of_course(told: pd.DataFrame, key: tuple[str, str]) -> pd.DataFrame:
    indicator, area = key
    own = told[(told["indicator"] == indicator) & (told["area"] == area)]
    return own.reset_index(drop=True)


def _course(row: Row, chosen: known.Chosen) -> Course:
    """The days of a card's line: of a level those in the status of the worst."""
    flow = INDICATORS[row["indicator"]].adds_up_over_days
    return Course(*_key(row), row["unit"], chosen.get("status", "") if flow else row["status"])


def _sum_of(course: Course, added: pd.DataFrame, period: tuple[date, date]) -> Sum:
    """The sum of days that `_added` gives."""
    capped = bool((added["bound"] == "at_most").any())
    first, last = period
    if capped:
        first = last = record(added)["day"].date()
    return Sum(course, first, last, capped)


def _silent(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    chosen: known.Chosen,
    held: pd.DataFrame,
) -> Card:
    """The card of a period without any number: the last one before its end stands in it."""
    before = _before(reader, indicator, area, period[1], chosen)
    behind = Behind.of(queries.figures(reader, before.ids if before else ()))
    return Card(indicator, area, None, behind, before=before, held=held)


def _held(
    reader: Reader, indicator: str, area: Place, period: tuple[date, date], people: str
) -> pd.DataFrame:
    """The first tolls of the area that are not added; none of what is no toll."""
    if indicator not in TOLLS:
        return pd.DataFrame()
    return queries.not_added(
        reader, area, *period, indicators=[indicator], people=people, most=MOST_IDS
    )


def _added(days: pd.DataFrame, worst: pd.Timestamp) -> pd.DataFrame:
    """The days that a sum is made of. "Up to" so many is not added; where nobody says anything
    else, the worst day stands alone."""
    some = days[days["bound"] != "at_most"]
    return days[days["day"] == worst] if some.empty else some


def _sum(row: Mapping[str, Any], days: pd.DataFrame) -> Row:
    """A flow's sum over a period, at least; of one day the day's own number."""
    if len(days) == 1:
        return {name: days[name].iat[0] for name in _NUMBER}
    return {
        "value": row["total"],
        "value_high": row["total_high"],
        "bound": "at_least",
        "unit": row["unit"],
        "status": row["status"],
    }


def _figures(reader: Reader, rows: Sequence[Row]) -> pd.DataFrame:
    """Every figure that rows of peaks are made of."""
    return queries.figures(reader, sorted({each for row in rows for each in _ids(row)}))


def _ids(row: Row) -> set[str]:
    ids = {*row["figure_ids"], *row["last_figure_ids"]}
    return ids | {figure_id for each in row["also"] for figure_id in each["figure_ids"]}


def _by_id(figures: pd.DataFrame) -> dict[str, Row]:
    return {each["figure_id"]: each for each in records(figures)}


def _told_once(said: Sequence[Counted], others: Sequence[Counted]) -> tuple[Counted, ...]:
    """The others without what is said already, and without what tells a fact again under another
    status (impact/rules/twins.py)."""
    shown, known, kept = {each.ids for each in said}, {""}, []
    known |= {row["fact"] for each in said for row in each.rows}
    for other in others:
        facts = {row["fact"] for row in other.rows}
        if other.ids not in shown and ("" in facts or not facts <= known):
            kept.append(other)
        known |= facts
    return tuple(kept)


def _stands_for(indicator: str, area: Place, worst: Counted) -> Place:
    """The area; of temperatures, which are not added, the place that was coldest."""
    return PLACES[worst.rows[0]["place"]] if indicator == "temperature" else area


def stated_for(indicator: str, area: Place) -> Place:
    """The area, or the country if the indicator is stated for the country alone."""
    return PLACES["UA"] if indicator in COUNTRY_WIDE else area


def claims(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """The leading figures of losses in an area and period."""
    here = [area.pcode, *(inner.pcode for inner in inside(area))]
    rows = queries.leads(reader, [indicator], *period, places=here, rule=rule)
    return rows[rows["status"].isin(("", "lost", "without"))]


def _before(
    reader: Reader, indicator: str, area: Place, until: date, asked: known.Chosen
) -> Counted | None:
    """The area's number on the last day up to a date that had one."""
    rule = asked.get("rule", DEFAULT_RULE)
    day = known.last_day(reader, [indicator], area.pcode, until, rule)
    if day is None:
        return None
    found = known.peak(reader, indicator, area.pcode, (day, day), **asked)
    if found.empty:
        return None
    row = record(found)
    return Counted.of(row, _by_id(_figures(reader, [row])))
