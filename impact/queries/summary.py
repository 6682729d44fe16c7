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
from impact.queries import known
from impact.queries.series import MOST_IDS
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
    behind: pd.DataFrame
    day: date | None = None
    series: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["date", "value"]))
    worst: Counted | None = None
    latest: Counted | None = None
    also: tuple[Counted, ...] = ()
    before: Counted | None = None
    held: pd.DataFrame = field(default_factory=pd.DataFrame)


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
    figures = _figures(reader, [row for row in rows if row])
    return [
        _card(reader, indicator, area, period, chosen, row, figures)
        for (indicator, area), row in zip(about, rows, strict=True)
    ]


def _card(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    chosen: known.Chosen,
    row: Row | None,
    figures: pd.DataFrame,
) -> Card:
    """A card from its row of peaks, if it has one, and the figures of all rows."""
    held = _held(reader, indicator, area, period, chosen.get("people", "all"))
    if row is None:
        before = _before(reader, indicator, area, period[1], chosen)
        behind = queries.figures(reader, before.ids if before else ())
        return Card(indicator, area, None, behind, before=before, held=held)
    own = _by_id(figures[figures["figure_id"].isin(_ids(row))])
    worst, latest = Counted.of(row, own), Counted.of(row, own, "last_")
    asked: known.Chosen = {**chosen, "unit": row["unit"]}
    if INDICATORS[indicator].adds_up_over_days:
        days = _added(known.totals(reader, indicator, area.pcode, period, **asked), worst.day)
        total, day = _sum(row, days), None
        behind = queries.figures(reader, [each for some in days["figure_ids"] for each in some])
    else:
        asked["status"] = row["status"]
        days = known.totals(reader, indicator, area.pcode, period, **asked)
        total, day = worst.total, worst.day
        behind = figures[figures["figure_id"].isin(worst.ids)].reset_index(drop=True)
    return Card(
        indicator,
        _stands_for(indicator, area, behind),
        total,
        behind,
        day,
        days.assign(date=days["day"].dt.strftime("%Y-%m-%d"))[["date", "value"]],
        worst=worst,
        latest=next(iter(_told_once((worst,), [latest])), None),
        also=_told_once((worst, latest), [Counted.of(each, own) for each in row["also"]]),
        held=held,
    )


def _held(
    reader: Reader, indicator: str, area: Place, period: tuple[date, date], people: str
) -> pd.DataFrame:
    """The first tolls of the area that are not added; none of what is no toll."""
    if indicator not in TOLLS:
        return pd.DataFrame()
    return queries.not_added(
        reader, area, *period, indicators=[indicator], people=people, most=MOST_IDS
    )


def _added(days: pd.DataFrame, worst: date) -> pd.DataFrame:
    """The days that a sum is made of. "Up to" so many is not added; where nobody says anything
    else, the worst day stands alone."""
    some = days[days["bound"] != "at_most"]
    return days[days["day"] == pd.Timestamp(worst)] if some.empty else some


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


def _stands_for(indicator: str, area: Place, behind: pd.DataFrame) -> Place:
    """The area; of temperatures, which are not added, the place that was coldest."""
    return PLACES[record(behind)["place"]] if indicator == "temperature" else area


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
