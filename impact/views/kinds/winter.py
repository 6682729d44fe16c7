"""A winter at a glance: launches, tolls, and how many places were cut off, on one time axis. The
worst nights of the country are numbered on it, as in the list of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import Row, records
from impact.queries import ATTACKS, many, nights
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties, settling, wording
from impact.views.kind import Drawing
from impact.views.view import View

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
    beside = queries.leading(reader, (*SUPPLIES, *ATTACKS), *view.period, rule=view.rule)
    return [*casualties.claims(view, reader), *beside]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Four panels under each other. The figures it is about are the tolls, where there are any."""
    words, theme = view.words, view.theme
    launched = queries.attacks(reader, *view.period, view.rule)
    tolls = casualties.marks_by_day(view, reader)
    spreads = {each: queries.spread(reader, each, *view.period, view.rule) for each in SUPPLIES}
    panels = [
        charts.launches_panel(launched, words, theme),
        charts.toll_panel(tolls, words, theme),
        *(_panel(view, indicator, cut_off) for indicator, cut_off in spreads.items()),
    ]
    worst = _worst(view, reader)
    beside = _beside(view, launched)
    about = casualties.behind(view) if len(tolls) else beside
    gist = many.gist(reader, about, beside)
    leaders = queries.figures(reader, tolls["leader"]) if len(tolls) else beside.read(reader)
    caption = wording.caption(
        view,
        leaders,
        reader,
        title=words._("The winter at a glance: {place}, {period}", **casualties.named(view)),
        counted="",
        how=words._("launches and cut-off places: all Ukraine; sums are at least"),
        notes=(wording.not_added(view, reader, sheet), _named(worst, words)),
        reading=wording.TOTALS,
        totals=tolls,
        gist=gist,
    )
    caption = replace(caption, noted=(*caption.noted, *worst))
    arranged = charts.stack if sheet.grows else partial(charts.grid, alike=False)
    chart = arranged(panels, caption, view.period, words, theme, sheet)
    return Drawing(chart, caption, about, beside, gist)


def _worst(view: View, reader: Reader) -> list[tuple[date, str]]:
    """The worst nights with their signs; none in one place alone, nor beside the maker's own notes,
    which have the same signs."""
    if view.places != (UKRAINE.pcode,) or view.noted:
        return []
    rows = nights.worst(reader, *view.period, view.rule)
    return list(zip([day.date() for day in rows["day"]], wording.SIGNS, strict=False))


def _named(worst: Sequence[tuple[date, str]], words: Words) -> str:
    """The line that says what the signs are: "The worst nights: ① 19 Nov, ② 6 Dec"."""
    told = ", ".join(f"{sign} {words.short_day(day)}" for day, sign in worst)
    return words._("The worst nights: {nights}", nights=told) if told else ""


def _beside(view: View, launched: pd.DataFrame) -> Many:
    """The launches and losses of all Ukraine."""
    found = Many.named(queries.launched(launched))
    for supply in SUPPLIES:
        found += queries.behind_spread(supply, *view.period, view.rule)
    return found


def _panel(view: View, indicator: str, cut_off: pd.DataFrame) -> Panel:
    return charts.spread_panel(
        cut_off.assign(names=[_names(row, view.words) for row in records(cut_off)]),
        indicator,
        view.words,
        view.theme,
    )


def _names(row: Row, words: Words) -> str:
    """The places that were cut off; of many the first, and how many more there are."""
    named = [PLACES[pcode].name(words.language) for pcode in row["pcodes"]]
    if rest := row["places"] - len(named):
        named.append(words.plural("and {count} more", "and {count} more", rest))
    return ", ".join(named)
