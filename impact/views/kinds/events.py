"""The deadliest events of a period, one place and day each."""

import pandas as pd

from impact import charts
from impact.charts import Sheet
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import told_apart
from impact.queries import events
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties, ranking, settling
from impact.views.casualties import claims, fits, settled
from impact.views.kind import Drawing
from impact.views.view import View

__all__ = ["claims", "drawing", "fits", "settled"]

TITLE = N_("Deadliest events")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER = casualties.TOLLS


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Killed and injured of each event, the deadliest first."""
    words, places = view.words, settling.with_parts(view.places[0])
    rows = events.deadliest(
        reader, places, *view.period, ranking.MOST, people=view.people, rule=view.rule
    )
    names = told_apart(rows["place"], view.language)
    first, last = view.period
    said = words.short_day if first.year == last.year else words.short_date
    labels = [
        f"{names[pcode]}, {said(day)}"
        for pcode, day in zip(rows["place"], rows["day"], strict=True)
    ]
    title = words._("Deadliest events: {place}, {period}", **casualties.named(view))
    return ranking.drawing(view, reader, sheet, rows.assign(label=labels), title, _behind)


def _behind(rows: pd.DataFrame) -> Many:
    return Many.named(rows["leader"])
