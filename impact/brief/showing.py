"""Which three charts and which map stand in a brief."""

from datetime import date, timedelta

import pandas as pd

from impact import queries
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, Place
from impact.queries import summary
from impact.store.reader import Reader
from impact.views import View

# In the order in which they are worth a chart, or a map.
CHARTED = (
    *("heating_loss", "power_outage", "killed", "injured"),
    *("water_outage", "gas_outage", "buildings_damaged", "drones_launched", "missiles_launched"),
)
MAPPED = ("power_outage", "heating_loss", "water_outage", "killed", "injured")
CHARTS, SIZE = 3, "quarter"
# A chart looks back this far: one day or week alone shows no course of things.
DAYS = 30
# Days with a figure from which on a chart shows a course; of a place within the area, which stands
# for itself alone, there must be more.
COURSE, COURSE_WITHIN = 3, 7


def chosen(reader: Reader, area: Place, period: tuple[date, date], language: str) -> list[View]:
    """The views of at most three charts and one map, in this order."""
    span = (period[1] - timedelta(days=DAYS - 1), period[1])
    found = [each for each in (_chart(reader, name, area, span) for name in CHARTED) if each]
    # Stable: among those that show a course, and among the others, the order stays.
    found.sort(key=lambda each: not each[0])
    views = [
        View(**settled, first=span[0], last=span[1], size=SIZE, language=language)
        for _, settled in found[:CHARTS]
    ]
    mapped = _map(reader, period)
    return [*views, View(**mapped, size=SIZE, language=language)] if mapped else views


def _chart(
    reader: Reader, name: str, area: Place, span: tuple[date, date]
) -> tuple[bool, dict] | None:
    """Whether an indicator shows a course, and the bars for it; of a level in a wide area those of
    the place within it that most is known of, if the area's own are few."""
    own = summary.stated_for(name, area).pcode
    rows, place = summary.claims(reader, name, PLACES[own], span), own
    if rows.empty:
        return None
    if not INDICATORS[name].adds_up_over_days:
        place = _best_known(rows, place)
        rows = rows[rows["place"] == place]
    unit = rows["unit"].mode().iat[0]
    days = rows.loc[rows["unit"] == unit, "day"].nunique()
    course = days >= (COURSE if place == own else COURSE_WITHIN)
    return course, {"indicator": name, "places": (place,), "unit": unit, "kind": "bars"}


def _best_known(rows: pd.DataFrame, area: str) -> str:
    days = rows.groupby("place")["day"].nunique().sort_index()
    return area if days.get(area, 0) >= COURSE else str(days.idxmax())


def _map(reader: Reader, period: tuple[date, date]) -> dict | None:
    """The map of the indicator with most places on one day of the period."""
    best, most = None, 0
    for name in MAPPED:
        _, fullest = queries.days_with(reader, name, *period)
        if fullest is None:
            continue
        rows = queries.leads(reader, [name], fullest, fullest)
        places = rows.loc[rows["place"] != "UA", "place"].nunique()
        if places > most:
            best, most = (
                {"indicator": name, "kind": "map", "first": fullest, "last": fullest},
                places,
            )
    return best
