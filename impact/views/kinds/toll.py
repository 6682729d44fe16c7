"""How one event's toll moved from statement to statement."""

from dataclasses import replace

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.model.indicators import Indicator
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions, titles

TITLE = N_("A toll over time")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """Tolls: people counted by the event."""
    return indicator.adds_up_over_days and "people" in indicator.units


def settled(view: View, reader: Reader) -> View:
    """With the event of the place and period whose toll was stated most often; where none was
    stated more than twice, with the last event."""
    view = settling.settled(view, reader)
    within = settling.area(view.places[0], view.indicator)
    events = queries.revised(reader, within, *view.period, view.people)
    events = events[events["indicator"] == view.indicator]
    if events.empty:
        events = settling.leads(view, reader).sort_values("day", ascending=False)
    if events.empty:
        return view
    event = events.iloc[0]
    day = event["day"].date()
    return replace(view, places=(event["place"],), first=day, last=day)


def claims(view: View, reader: Reader) -> list[str]:
    """Everything said of the event's toll."""
    return _said(view, reader)["claim"].unique().tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A mark for each statement; the line follows the body responsible by the hours it tells."""
    words, rows = view.words, _said(view, reader)
    caption = wording.caption(
        view,
        rows,
        reader,
        how=titles.over_time(rows, words),
        reading=wording.STATEMENTS,
        alt=captions.describe_statements,
    )
    if rows.empty:
        panels = [charts.empty_panel("", words)]
        chart = charts.stack(panels, caption, view.period, words, view.theme, sheet)
    else:
        chart = charts.toll_over_time(rows, caption, words, view.theme, sheet)
    return Drawing(chart, caption, rows)


def _said(view: View, reader: Reader) -> pd.DataFrame:
    _, day = view.period
    return queries.tolls(reader, view.indicator, view.places[0], day, view.people)
