"""Bars by day: of an outage what one place reported, of a toll or count an area's totals."""

from impact import charts, queries
from impact.charts import Panel
from impact.indicators import INDICATORS
from impact.language import N_
from impact.places import PLACES
from impact.queries import ATTACKS
from impact.views import material, settling, wording

TITLE = N_("Bars by day")
MOST_PLACES = 1


def fits(indicator) -> bool:
    """Everything but degrees: their zero is no beginning."""
    return "celsius" not in indicator.units


def settled(view, reader):
    """Nothing more is open."""
    return view


def claims(view, reader) -> list[str]:
    """Of the indicator at the place, and of the attacks in its nights."""
    nights = queries.leads(reader, ATTACKS, view.first, view.last, rule=view.rule)
    return [*settling.claims(view, reader), *nights["claim"]]


def drawing(view, figures, known_at):
    """The bars, and a tick for each night with launches."""
    rows, nights = wording.own(view, figures), material.attacks(figures, view.rule)
    panels = [panel(view, rows, figures)]
    if view.indicator not in ATTACKS:
        panels.append(charts.attack_panel(nights, view.words, view.theme))
    caption = wording.caption(view, rows, known_at, beside=material.behind(figures, nights))
    period = (view.first, view.last)
    sheet = charts.SHEETS[view.size]
    figure = charts.stack(panels, caption, period, view.words, view.theme, sheet)
    return figure, caption, rows


def panel(view, rows, figures, heading: str = "") -> Panel:
    """The bars of one place, the first of the view's."""
    if not INDICATORS[view.indicator].adds_up_over_days:
        rivals = material.rivals(figures, view.rule)
        return charts.outage_panel(
            rows, rivals, view.indicator, view.words, view.theme, heading=heading
        )
    totals = queries.totals_of(rows, view.indicator, PLACES[view.places[0]], view.unit)
    return charts.toll_panel(totals, view.words, view.theme, heading=heading)
