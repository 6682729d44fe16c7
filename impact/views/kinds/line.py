"""A line by day for a level: one status, in one or a few places. Days without a report are gaps."""

from dataclasses import replace

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import INDICATORS, Indicator
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

TITLE = N_("Line by day")
MOST_PLACES, LEVELS = 6, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()
TEMPERATURE = "temperature"


def fits(indicator: Indicator) -> bool:
    """Levels: what is counted by the event has no value between events."""
    return indicator.kind == "stock"


def settled(view: View, reader: Reader) -> View:
    """With places, days, unit and one status: still without, if anybody said how many."""
    view = settling.settled(view, reader)
    if view.status or not INDICATORS[view.indicator].statuses:
        return view
    known = settling.leads(view, reader)["status"].value_counts()
    usual = next(iter(known.index), "without")
    return replace(view, status="without" if "without" in known else usual)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator in the places; with one of degrees its norms, with others the attacks."""
    own = settling.claims(view, reader)
    if view.indicator == TEMPERATURE:
        return own + queries.norm_claims(reader, view.places)
    nights = queries.leads(reader, ATTACKS, *view.period, rule=view.rule)
    return own + nights["claim"].tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """The lines; under those of a supply a tick for each night with launches."""
    rows, degrees = settling.leads(view, reader), view.indicator == TEMPERATURE
    panels, beside = [_panel(view, rows, reader)], None
    days: list[pd.Timestamp] = []
    if degrees and len(view.places) == 1 and len(rows):
        beside = queries.of_claims(reader, queries.norm_claims(reader, view.places))
    elif not degrees:
        nights = queries.attacks(reader, *view.period, view.rule)
        beside = queries.behind(reader, nights)
        panels += charts.night_strip(nights, view.words, view.theme, sheet)
        days = nights["day"].tolist()
    reading = wording.DEGREES if degrees else captions.MARKS
    larger = wording.larger(view, reader, view.places, sheet)
    caption = wording.caption(view, rows, reader, beside=beside, notes=(larger,), reading=reading)
    chart = charts.stack(panels, caption, view.period, view.words, view.theme, sheet, days)
    return Drawing(chart, caption, rows, beside)


def _panel(view: View, rows: pd.DataFrame, reader: Reader) -> Panel:
    """The lines; of one place's degrees with the norm."""
    words, theme = view.words, view.theme
    if rows.empty:
        return charts.empty_panel("", words)
    if view.indicator == TEMPERATURE and len(view.places) == 1:
        norms = queries.norms(reader, PLACES[view.places[0]])
        return charts.temperature_panel(rows, norms, view.period, words, theme)
    order = {pcode: at for at, pcode in enumerate(view.places)}
    rows = rows.sort_values("place", key=lambda each: each.map(order), kind="stable")
    rivals = queries.rivals(reader, sorted(set(rows["claim"])), view.rule)
    return charts.lines_panel(rows, rivals, view.indicator, words, theme)
