"""A city: attacks, supplies, casualties and temperature on one time axis."""

from dataclasses import dataclass

import pandas as pd

from impact import charts, queries
from impact.charts import Chart, Panel, Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS, Indicator
from impact.model.language import N_
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.rules import twins
from impact.store.reader import Reader
from impact.views import casualties, settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions
from impact.wording.captions import Caption

TITLE = N_("A city at a glance")
MOST_PLACES, LEVELS = 1, ("city",)
SHEETS, WHOLE_WINTER = charts.HIGH, False
PLANNED = "planned_cuts"
SUPPLIES = ("power_outage", "heating_loss", "water_outage", "gas_outage")
TOGETHER = (*SUPPLIES, PLANNED, *casualties.TOLLS, "temperature")
USUAL = "UA80"


def fits(indicator: Indicator) -> bool:
    """What stands in it."""
    return indicator.name in TOGETHER


def settled(view: View, reader: Reader) -> View:
    """With city and days: Kyiv, if none is named."""
    return settling.together(view, reader, USUAL)


def claims(view: View, reader: Reader) -> list[str]:
    """Of everything in the city, of its norms, and of the attacks in their nights."""
    nights = queries.leads(reader, ATTACKS, *view.period, rule=view.rule)
    norms = queries.norm_claims(reader, view.places)
    own = _leads(view, reader)["claim"]
    return [*own, *casualties.claims(view, reader), *norms, *nights["claim"]]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A panel for each thing that was reported, and the nights with launches."""
    words, nights = view.words, queries.attacks(reader, *view.period, view.rule)
    rows = _leads(view, reader)
    found = [
        *_supplies(view, reader, rows, units=2 if sheet.grows else 1),
        *_tolls(view, reader),
        *_degrees(view, reader, rows),
    ]
    shown = captions.together([rows.iloc[:0], *(each.behind for each in found)])
    beside = queries.behind(reader, nights)
    # That no schedule is loaded says nothing of the city.
    expected = [each for each in TOGETHER if each != PLANNED]
    missing = [each for each in expected if each not in set(shown["indicator"])]
    unsaid = ", ".join(INDICATORS[each].title[view.language] for each in missing)
    silent = words._("No report in this period: {names}.", names=unsaid) if missing else ""
    title = words._("{place}, {period}: supply, casualties, temperature", **casualties.named(view))
    caption = wording.caption(
        view,
        shown,
        reader,
        title=title,
        counted="",
        how=words._("one time axis; attack nights are those of all Ukraine"),
        beside=beside,
        notes=(wording.not_added(view, reader, sheet), silent),
    )
    panels = [each.panel for each in found]
    chart = _arranged(view, panels, nights, caption, sheet)
    return Drawing(chart, caption, shown, beside)


def _arranged(
    view: View, panels: list[Panel], nights: pd.DataFrame, caption: Caption, sheet: Sheet
) -> Chart:
    """Under each other on a page, with the nights in a panel of their own; side by side in a file,
    which is not high enough, with the nights on every time axis."""
    words, theme = view.words, view.theme
    if sheet.grows:
        panels = [charts.attack_panel(nights, words, theme), *panels]
        return charts.stack(panels, caption, view.period, words, theme, sheet)
    panels = panels or [charts.empty_panel("", words)]
    days = nights["day"].tolist()
    return charts.grid(panels, caption, view.period, words, theme, sheet, days, alike=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """A panel, and the figures that it is about."""

    panel: Panel
    behind: pd.DataFrame


def _leads(view: View, reader: Reader) -> pd.DataFrame:
    rows = queries.leads(reader, TOGETHER, *view.period, places=view.places, rule=view.rule)
    return twins.once(rows)


def _supplies(view: View, reader: Reader, rows: pd.DataFrame, units: int) -> list[_Found]:
    """Bars of each supply, in so many of its units, those most used, and of the planned cuts."""
    words, found = view.words, []
    rivals = queries.rivals(reader, sorted({*rows["claim"], *rows["twin"]}), view.rule)
    for indicator in (*SUPPLIES, PLANNED):
        for unit, own in queries.by_unit(rows[rows["indicator"] == indicator])[:units]:
            title = INDICATORS[indicator].title[view.language]
            heading = f"{title}, {words._(vocabulary.UNIT_NAMES[unit])}"
            panel = charts.outage_panel(
                own, rivals, indicator, words, view.theme, heading=heading, height=120
            )
            found.append(_Found(panel, own))
    return found


def _tolls(view: View, reader: Reader) -> list[_Found]:
    tolls = casualties.by_day(view, reader)
    if tolls.empty:
        return []
    panel = charts.toll_panel(tolls, view.words, view.theme, height=110)
    return [_Found(panel, queries.figures(reader, queries.ids(tolls)))]


def _degrees(view: View, reader: Reader, rows: pd.DataFrame) -> list[_Found]:
    norms = queries.norms(reader, PLACES[view.places[0]])
    degrees = rows[rows["indicator"] == "temperature"]
    if degrees.empty and not norms:
        return []
    panel = charts.temperature_panel(degrees, norms, view.period, view.words, view.theme)
    return [_Found(panel, degrees)]
