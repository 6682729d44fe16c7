"""A winter at a glance: launches, tolls, and how many places were cut off, on one time axis."""

from functools import partial

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import Indicator
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES, UKRAINE
from impact.queries import ATTACKS
from impact.store.reader import Reader
from impact.views import casualties, settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

TITLE = N_("A winter at a glance")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.HIGH, True
SUPPLIES = ("power_outage", "heating_loss")
TOGETHER = (*casualties.TOLLS, *SUPPLIES, *ATTACKS)


def fits(indicator: Indicator) -> bool:
    """What stands in it."""
    return indicator.name in TOGETHER


def settled(view: View, reader: Reader) -> View:
    """With place and days: the country, and the winter of the latest days, if none are named."""
    return settling.together(view, reader, UKRAINE.pcode)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the tolls in the place; of the launches and losses everywhere."""
    rows = queries.leads(reader, (*SUPPLIES, *ATTACKS), *view.period, rule=view.rule)
    return [*casualties.claims(view, reader), *rows["claim"]]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Four panels under each other. The figures it is about are the tolls, where there are any."""
    words, theme = view.words, view.theme
    nights = queries.attacks(reader, *view.period, view.rule)
    tolls = casualties.by_day(view, reader)
    spreads = {each: queries.spread(reader, each, *view.period, view.rule) for each in SUPPLIES}
    panels = [
        charts.launches_panel(nights, words, theme),
        charts.toll_panel(tolls, words, theme),
        *(_panel(view, indicator, cut_off) for indicator, cut_off in spreads.items()),
    ]
    behind = [queries.figures(reader, queries.ids(each)) for each in (tolls, *spreads.values())]
    beside = captions.together([queries.behind(reader, nights), *behind[1:]])
    shown = behind[0] if len(behind[0]) else beside
    caption = wording.caption(
        view,
        shown,
        reader,
        title=words._("The winter at a glance: {place}, {period}", **casualties.named(view)),
        counted="",
        how=words._("launches and cut-off places: all Ukraine; sums are at least"),
        beside=beside,
        notes=(wording.not_added(view, reader, sheet),),
        reading=wording.TOTALS,
        totals=tolls,
    )
    arranged = charts.stack if sheet.grows else partial(charts.grid, alike=False)
    chart = arranged(panels, caption, view.period, words, theme, sheet)
    return Drawing(chart, caption, shown, beside)


def _panel(view: View, indicator: str, cut_off: pd.DataFrame) -> Panel:
    names = [
        ", ".join(PLACES[pcode].name(view.language) for pcode in pcodes)
        for pcodes in cut_off["pcodes"]
    ]
    return charts.spread_panel(cut_off.assign(names=names), indicator, view.words, view.theme)
