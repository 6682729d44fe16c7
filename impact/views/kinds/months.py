"""Monthly sums of events beside the UN's verified totals, which count what these do not."""

from functools import partial

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.queries import many
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties
from impact.views.casualties import TOLLS, fits, settled
from impact.views.kind import Drawing
from impact.views.view import View

__all__ = ["claims", "drawing", "fits", "settled"]

TITLE = N_("Killed and injured by month")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER = TOLLS
APART = N_(
    "The UN's total counts all conflict casualties it has verified; the sum only the events in "
    "this store. Neither contains the other."
)


def claims(view: View, reader: Reader) -> list[str]:
    """Of both tolls by event, and of the UN's totals."""
    return [*casualties.claims(view, reader), *_verified(view, reader)["claim"]]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A panel for each toll: bars for the sums, dots for the verified totals."""
    words, verified = view.words, _verified(view, reader)
    sums = casualties.marks_by_month(view, reader)
    panels = []
    for indicator in TOLLS:
        own, dots = (each[each["indicator"] == indicator] for each in (sums, verified))
        panels.append(charts.months_panel(own, dots, indicator, words, view.theme))
    dots = verified.assign(leader=verified["figure_id"], figures=1)
    marks = pd.concat([sums.rename(columns={"month": "day"}), dots], ignore_index=True)
    marks["when"] = [words.month(first) for first in marks["day"]]
    about = casualties.behind(view) + Many.named(verified["figure_id"])
    gist = many.gist(reader, about, about)
    leaders = queries.figures(reader, marks["leader"])
    title = words._("Killed and injured by month: {place}, {period}", **casualties.named(view))
    notes = () if verified.empty else (words._(APART),)
    caption = casualties.caption(view, leaders, reader, sheet, title, marks, notes=notes, gist=gist)
    arranged = charts.stack if sheet.grows else partial(charts.grid, alike=False)
    chart = arranged(panels, caption, view.period, words, view.theme, sheet)
    return Drawing(chart, caption, about, gist=gist)


def _verified(view: View, reader: Reader) -> pd.DataFrame:
    """The UN's totals of the period's months. They count everybody."""
    found = queries.periodic(reader, TOLLS, view.places[0])
    first, last = view.period
    return found[found["day"].between(pd.Timestamp(first), pd.Timestamp(last))
                 & (view.people == "all")]  # fmt: skip
