"""Bars by day: of an outage what one place reported, of a toll or count an area's totals."""

from dataclasses import dataclass

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import INDICATORS, OUTAGES, Indicator
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.rules import twins
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions
from impact.wording.captions import Caption

TITLE = N_("Bars by day")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()
# A page, which grows, has room for the frost under what the frost makes worse.
WITH_DEGREES = ("heating_loss",)


def fits(indicator: Indicator) -> bool:
    """Everything but degrees: their zero is no beginning."""
    return "celsius" not in indicator.units


def settled(view: View, reader: Reader) -> View:
    """With place, days and unit."""
    return settling.settled(view, reader)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator in the places, and of the attacks in their nights."""
    nights = queries.leads(reader, ATTACKS, *view.period, rule=view.rule)
    return [*settling.claims(view, reader), *nights["claim"]]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """The bars, and a tick for each night with launches."""
    found, words = Found.of(view, reader), view.words
    if sheet.grows:
        return stacked(view, found, reader, sheet)
    panels = [found.panel(view.places[0]) or _empty(view)]
    days: list[pd.Timestamp] = []
    if view.indicator not in ATTACKS:
        panels += charts.night_strip(found.nights, words, view.theme, sheet)
        days = found.nights["day"].tolist()
    beside = queries.behind(reader, found.nights)
    caption = found.caption(reader, beside, sheet)
    chart = charts.stack(panels, caption, view.period, words, view.theme, sheet, days)
    return Drawing(chart, caption, found.rows, beside)


def _empty(view: View) -> Panel:
    return charts.empty_panel("", view.words, one_unit=view.indicator in OUTAGES)


def stacked(view: View, found: "Found", reader: Reader, sheet: Sheet) -> Drawing:
    """On a page: the bars of each place under its name, all on one scale, and the degrees under
    these where they matter; below them all the nights with launches."""
    words, theme = view.words, view.theme
    panels, beside = [], [queries.behind(reader, found.nights)]
    names = {pcode: PLACES[pcode].name(view.language) for pcode in view.places}
    told = {pcode: found.panel(pcode, name) for pcode, name in names.items()}
    highest = max((panel.highest or 0 for panel in told.values() if panel), default=0)
    for pcode, name in names.items():
        if panel := told[pcode]:
            panel.highest = highest
        panels.append(panel or charts.silent_panel(name, words))
        if view.indicator in WITH_DEGREES:
            degrees = queries.leads(
                reader, ["temperature"], *view.period, places=[pcode], rule=view.rule
            )
            norms = queries.norms(reader, PLACES[pcode])
            if len(degrees) or norms:
                panels.append(charts.temperature_panel(degrees, norms, view.period, words, theme))
                beside.append(degrees)
    if view.indicator not in ATTACKS:
        panels.append(charts.attack_panel(found.nights, words, theme))
    also = captions.together(beside)
    caption = found.caption(reader, also, sheet)
    chart = charts.stack(panels, caption, view.period, words, theme, sheet)
    return Drawing(chart, caption, found.rows, also)


@dataclass(frozen=True, slots=True)
class Found:
    """What bars of a view are made of.

    rows    leading claims, each fact once
    rivals  what was said beside them
    totals  what bars of a toll or count stand for, place by place; None for an outage, whose bars
            are figures
    nights  with launches
    """

    view: View
    rows: pd.DataFrame
    rivals: pd.DataFrame
    totals: pd.DataFrame | None
    nights: pd.DataFrame

    @classmethod
    def of(cls, view: View, reader: Reader) -> "Found":
        """Asks for it."""
        rows = twins.once(settling.leads(view, reader))
        return cls(
            view,
            rows,
            queries.rivals(reader, sorted({*rows["claim"], *rows["twin"]}), view.rule),
            _totals(view, rows),
            queries.attacks(reader, *view.period, view.rule),
        )

    def panel(self, pcode: str, heading: str = "") -> Panel | None:
        """The bars of one place; None where there are none."""
        drawn = self.rows if self.totals is None else self.totals
        own = drawn[drawn["place"] == pcode].reset_index(drop=True)
        words, theme = self.view.words, self.view.theme
        if own.empty:
            return None
        if self.totals is not None:
            return charts.toll_panel(own, words, theme, heading=heading)
        return charts.outage_panel(
            own, self.rivals, self.view.indicator, words, theme, heading=heading
        )

    def caption(self, reader: Reader, beside: pd.DataFrame, sheet: Sheet) -> Caption:
        """Its words."""
        return wording.caption(
            self.view,
            self.rows,
            reader,
            beside=beside,
            notes=(wording.larger(self.view, reader, self.view.places, sheet),),
            reading=captions.MARKS if self.totals is None else wording.TOTALS,
            totals=self.totals,
        )


def _totals(view: View, rows: pd.DataFrame) -> pd.DataFrame | None:
    if not INDICATORS[view.indicator].adds_up_over_days:
        return None
    areas = [PLACES[pcode] for pcode in view.places]
    return pd.concat([queries.totals_of(rows, view.indicator, area, view.unit) for area in areas])
