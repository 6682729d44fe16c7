"""Bars by day: of an outage what one place reported, of a toll or count an area's totals."""

import pandas as pd

from impact import charts, queries
from impact.charts import Panel
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.rules import twins
from impact.views import material, settling, wording
from impact.wording import captions

TITLE = N_("Bars by day")
MOST_PLACES, LEVELS = 1, ALL_LEVELS


def fits(indicator) -> bool:
    """Everything but degrees: their zero is no beginning."""
    return "celsius" not in indicator.units


def settled(view, reader):
    """With place, days and unit."""
    return settling.settled(view, reader)


def claims(view, reader) -> list[str]:
    """Of the indicator in the places, and of the attacks in their nights."""
    nights = queries.leads(reader, ATTACKS, view.first, view.last, rule=view.rule)
    return [*settling.leads(view, reader)["claim"], *nights["claim"]]


def drawing(view, figures, known_at):
    """The bars, and a tick for each night with launches."""
    rows, nights = twins.once(wording.own(view, figures)), material.attacks(figures, view.rule)
    added = totals(view, rows)
    own = panel(view, view.places[0], rows, figures, added)
    panels = [own or charts.empty_panel("", view.words)]
    if view.indicator not in ATTACKS:
        panels.append(charts.attack_panel(nights, view.words, view.theme, keyed=True))
    beside = material.behind(figures, nights)
    caption = wording.caption(
        view, rows, known_at, beside=beside, reading=reading(view), totals=added
    )
    period, sheet = (view.first, view.last), charts.SHEETS[view.size]
    figure = charts.stack(panels, caption, period, view.words, view.theme, sheet)
    return figure, caption, rows


def reading(view) -> str:
    """How the bars are read."""
    flow = INDICATORS[view.indicator].adds_up_over_days
    return wording.TOTALS if flow else captions.MARKS


def panel(view, pcode: str, rows, figures, added, heading: str = "") -> Panel | None:
    """The bars of one place, from the leading claims, everything said beside them and what
    `totals` gives; None where there are none."""
    words, theme = view.words, view.theme
    if added is None:
        rivals = material.rivals(figures, view.rule)
        own = rows[rows["place"] == pcode].reset_index(drop=True)
        if own.empty:
            return None
        return charts.outage_panel(own, rivals, view.indicator, words, theme, heading=heading)
    own = added[added["place"] == pcode].reset_index(drop=True)
    if own.empty:
        return None
    return charts.toll_panel(own, words, theme, heading=heading)


def totals(view, rows) -> pd.DataFrame | None:
    """What bars of a toll or count stand for, place by place; an outage's are figures."""
    if not INDICATORS[view.indicator].adds_up_over_days:
        return None
    areas = [PLACES[pcode] for pcode in view.places]
    return pd.concat([queries.totals_of(rows, view.indicator, area, view.unit) for area in areas])
