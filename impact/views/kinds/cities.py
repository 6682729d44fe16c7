"""Tolls by city: events of one city summed over the period, at least."""

from impact import charts, queries
from impact.charts import Sheet
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES, is_city
from impact.store.reader import Reader
from impact.views import casualties, ranking
from impact.views.casualties import claims, fits, settled
from impact.views.kind import Drawing
from impact.views.view import View

__all__ = ["claims", "drawing", "fits", "settled"]

TITLE = N_("Killed and injured by city")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER = casualties.TOLLS


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Killed and injured in each city, the worst first."""
    rows = casualties.events(view, reader)
    cities = [PLACES[pcode] for pcode in rows["place"].unique() if is_city(pcode)]
    sums = queries.city_sums(rows, cities)
    labels = [PLACES[pcode].name(view.language) for pcode in sums["place"]]
    title = view.words._("Killed and injured by city: {place}, {period}", **casualties.named(view))
    return ranking.drawing(view, reader, sheet, sums.assign(label=labels), title)
