"""Tolls by city: events of one city summed over the period, at least."""

from functools import partial

import pandas as pd

from impact import charts
from impact.charts import Sheet
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import is_city, told_apart
from impact.queries import events
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties, ranking, settling
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
    cities = [pcode for pcode in settling.with_parts(view.places[0]) if is_city(pcode)]
    sums = events.sums(reader, cities, *view.period, people=view.people, rule=view.rule)
    names = told_apart(sums["place"], view.language)
    labels = [names[pcode] for pcode in sums["place"]]
    title = view.words._("Killed and injured by city: {place}, {period}", **casualties.named(view))
    rows = sums.assign(label=labels)
    return ranking.drawing(view, reader, sheet, rows, title, partial(_behind, view))


def _behind(view: View, sums: pd.DataFrame) -> Many:
    places = sums["place"].unique().tolist()
    return events.behind(places, *view.period, people=view.people, rule=view.rule)
