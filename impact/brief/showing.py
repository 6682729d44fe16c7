"""Which three charts and which map stand in a brief."""

from datetime import date, timedelta

from impact import queries
from impact.model.indicators import OUTAGES, TOLLS
from impact.model.places import PLACES, UKRAINE, Place
from impact.model.units import scales
from impact.queries import known, mapped, summary
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
# Days with a figure from which on a chart shows a course.
COURSE = 3


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
    worst = _map(reader, period)
    return [*views, View(**worst, size=SIZE, language=language)] if worst else views


def _chart(
    reader: Reader, name: str, area: Place, span: tuple[date, date]
) -> tuple[bool, dict] | None:
    """Whether an indicator shows a course, and the picture for it; of a supply in a wide area its
    largest number of each day, which may be the sum of its places."""
    own = summary.stated_for(name, area).pcode
    rows = summary.claims(reader, name, PLACES[own], span)
    if rows.empty:
        return None
    if name in OUTAGES and PLACES[own].level != "city":
        course = rows["day"].nunique() >= COURSE
        return course, {"indicator": name, "places": (own,), "kind": "largest"}
    unit = rows["unit"].mode().iat[0]
    course = rows.loc[rows["unit"] == unit, "day"].nunique() >= COURSE
    return course, {"indicator": name, "places": (own,), "unit": unit, "kind": "bars"}


def _map(reader: Reader, period: tuple[date, date]) -> dict | None:
    """The map of the country's worst day, of that supply from which most people were cut off; of a
    toll only where nobody was. A day of which no place is known gives way to the next."""
    worst = known.peaks(reader, MAPPED, [UKRAINE.pcode], period)
    sizes = worst["value"] * scales(worst["unit"])
    order = worst.assign(size=sizes, toll=worst["indicator"].isin(TOLLS))
    for name in order.sort_values(["toll", "size"], ascending=[True, False])["indicator"]:
        _, day = mapped.opening_day(reader, name, period)
        if day and (queries.leads(reader, [name], day, day)["place"] != UKRAINE.pcode).any():
            return {"indicator": name, "kind": "map", "first": day, "last": day}
    return None
