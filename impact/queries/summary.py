"""What a card says of one indicator in one area and period: one number, whose, and as of when."""

from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from impact import queries
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, Place, inside
from impact.rules import headline
from impact.rules.headline import DEFAULT_RULE
from impact.rules.same_event import TOLLS
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


@dataclass(frozen=True, slots=True)
class Card:
    """One card.

    total     value, value_high, bound, unit of the number; None when nothing was reported
    behind    the figures that the number is made of: one, or the parts of a sum
    day       the day a stock was counted; None for a flow, which is summed over the period
    series    the number by day in the period, for the small line
    last      when total is None: the last figure before the period's end, else None
    held      tolls that are not added while they may be another day's toll told again
    """

    indicator: str
    place: Place
    total: dict | None
    behind: pd.DataFrame
    day: date | None
    series: pd.DataFrame
    last: dict | None
    held: pd.DataFrame = field(default_factory=pd.DataFrame)


def card(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    *,
    rule: str = DEFAULT_RULE,
) -> Card:
    """The card of an indicator: flows summed over the period, stocks as last counted in it."""
    area = stated_for(indicator, area)
    rows = claims(reader, indicator, area, period, rule)
    held = pd.DataFrame()
    if indicator in TOLLS:
        held = queries.not_added(reader, area, *period, indicators=[indicator])
    return replace(_card(reader, indicator, area, period, rows, rule), held=held)


def _card(
    reader: Reader,
    indicator: str,
    area: Place,
    period: tuple[date, date],
    rows: pd.DataFrame,
    rule: str,
) -> Card:
    if rows.empty:
        return Card(
            indicator,
            area,
            None,
            rows,
            None,
            _series(rows),
            _last(reader, indicator, area, period[1], rule),
        )
    return of_claims(indicator, area, rows)


def of_claims(indicator: str, area: Place, rows: pd.DataFrame) -> Card:
    """The card of leading claims in an area and period, of which there is at least one."""
    if INDICATORS[indicator].adds_up_over_days:
        return _flow(indicator, area, rows)
    if indicator == "temperature":
        return _lowest(indicator, rows)
    return _stock(indicator, area, rows)


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
    """The leading figures of losses in an area and period from which its card is made.

    For a stock, figures about a part are left out: a district's number is not the city's.
    """
    here = [area.pcode, *(inner.pcode for inner in inside(area))]
    rows = queries.leads(reader, [indicator], *period, places=here, rule=rule)
    rows = rows[rows["status"].isin(("", "lost", "without"))]
    return rows if INDICATORS[indicator].adds_up_over_days else rows[rows["part"] == ""]


def _flow(indicator: str, area: Place, rows: pd.DataFrame) -> Card:
    """The period's sum in the unit most often used. Numbers in other units are not part of it."""
    rows = rows[rows["unit"] == rows["unit"].mode().iat[0]]
    totals = headline.add_up(rows, area)
    ids = [each for several in totals["figure_ids"] for each in several]
    behind = rows[rows["figure_id"].isin(ids)]
    high = totals["value_high"].fillna(totals["value"]).sum()
    value = totals["value"].sum()
    several = len(behind) > 1
    total = {
        "value": value,
        "value_high": high if high > value else None,
        "unit": rows["unit"].iat[0],
        "bound": "at_least" if several else totals["bound"].iat[0],
    }
    return Card(indicator, area, total, behind, None, _series(totals), None)


def _stock(indicator: str, area: Place, rows: pd.DataFrame) -> Card:
    """The last day's total in the unit most often used; still without goes before newly lost."""
    rows = rows[(rows["unit"] == rows["unit"].mode().iat[0]) & (rows["part"] == "")]
    latest = rows[rows["day"] == rows["day"].max()]
    status = next(each for each in ("without", "lost", "") if (latest["status"] == each).any())
    latest = latest[latest["status"] == status]
    total = headline.add_up(latest, area).iloc[-1].to_dict() | {"unit": latest["unit"].iat[0]}
    behind = latest[latest["figure_id"].isin(total["figure_ids"])]
    by_day = headline.add_up(rows[rows["status"] == latest["status"].iat[0]], area)
    return Card(indicator, area, total, behind, latest["day"].iat[0].date(), _series(by_day), None)


def _lowest(indicator: str, rows: pd.DataFrame) -> Card:
    """The lowest temperature on the last day stands for an area, because degrees are not added."""
    latest = rows[rows["day"] == rows["day"].max()]
    lead = latest.loc[[latest["value"].idxmin()]]
    row = lead.iloc[0]
    by_day = rows.loc[rows.groupby("day")["value"].idxmin()]
    return Card(
        indicator,
        PLACES[row["place"]],
        row.to_dict(),
        lead,
        row["day"].date(),
        _series(by_day),
        None,
    )


def _series(totals: pd.DataFrame) -> pd.DataFrame:
    if totals.empty:
        return pd.DataFrame(columns=["date", "value"])
    return totals[["date", "value"]].sort_values("date", ignore_index=True)


def _last(reader: Reader, indicator: str, area: Place, until: date, rule: str) -> dict | None:
    """The card's number on the last day that had one.

    It has the fields of a figure behind it and `claims`, the number of these figures.
    """
    here = [area.pcode, *(inner.pcode for inner in inside(area))]
    whole = not INDICATORS[indicator].adds_up_over_days
    day = queries.latest_day(reader, [indicator], until, here, whole=whole)
    if day is None:
        return None
    before = card(reader, indicator, area, (day, day), rule=rule)
    if before.total is None:
        return None
    return before.behind.iloc[0].to_dict() | before.total | {"claims": len(before.behind)}
