"""A winter at a glance: how many were cut off from power and heat, tolls and launches, on one time
axis. The worst nights of the country are numbered on it, as in the list of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import UKRAINE
from impact.queries import ATTACKS, cut_off, many, nights
from impact.queries.many import NOTHING, Many
from impact.store.reader import Reader
from impact.views import casualties, settling, wording
from impact.views.kind import Drawing
from impact.views.kinds import largest
from impact.views.view import View

TITLE = N_("A winter at a glance")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.HIGH, True
SUPPLIES = ("power_outage", "heating_loss")
TOGETHER = (*casualties.TOLLS, *SUPPLIES, *ATTACKS)
# Pixels of a panel on a page, and of the launches': low, as the four should be seen at one glance.
TALL, LOW = 76, 46


def fits(indicator: Indicator) -> bool:
    """What stands in it."""
    return indicator.name in TOGETHER


def settled(view: View, reader: Reader) -> View:
    """With place and days: the country, and the winter of the latest days, if none are named."""
    return settling.together(view, reader, UKRAINE.pcode)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the tolls and losses in the place, and of the launches at the country."""
    within = settling.with_parts(view.places[0])
    lost = queries.leading(reader, SUPPLIES, *view.period, places=within, rule=view.rule)
    launched = queries.leading(reader, ATTACKS, *view.period, rule=view.rule)
    return [*casualties.claims(view, reader), *lost, *launched]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Four panels under each other: the supplies, the tolls, and the launches."""
    words, theme = view.words, view.theme
    launched = queries.attacks(reader, *view.period, view.rule)
    tolls = casualties.marks_by_day(view, reader)
    asked = (SUPPLIES, view.places[0], *view.period, view.rule)
    lost = cut_off.by_day(reader, *asked)
    panels = [
        *(_panel(view, supply, lost[lost["indicator"] == supply]) for supply in SUPPLIES),
        charts.toll_panel(tolls, words, theme, height=TALL),
        charts.launches_panel(launched, words, theme, height=LOW),
    ]
    worst = _worst(view, reader)
    totals = pd.concat(
        [each for each in (lost, tolls.assign(size=tolls["value"])) if len(each)] or [tolls]
    )
    about = cut_off.behind(*asked) + casualties.behind(view)
    beside = Many.named(queries.launched(launched))
    if totals.empty:
        about, beside = beside, NOTHING
    gist = many.gist(reader, about, beside)
    leaders = queries.figures(reader, totals["leader"]) if len(totals) else about.read(reader)
    caption = wording.caption(
        view,
        leaders,
        reader,
        title=words._("The winter at a glance: {place}, {period}", **casualties.named(view)),
        counted="",
        how=words._("the largest number of each day; sums are at least; launches: all Ukraine"),
        notes=(wording.not_added(view, reader, sheet), _named(worst, words)),
        reading=wording.LARGEST,
        totals=totals,
        gist=gist,
    )
    caption = replace(caption, noted=(*caption.noted, *worst))
    chart = charts.stack(panels, caption, view.period, words, theme, sheet)
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


def _panel(view: View, supply: str, lost: pd.DataFrame) -> Panel:
    words = view.words
    heading = ": ".join(filter(None, (largest.without(supply, words), largest.units(lost, words))))
    drawn = largest.named(lost, words)
    return charts.cut_off_panel(drawn, supply, words, view.theme, heading=heading, height=TALL)
