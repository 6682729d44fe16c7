"""A line by day for a level: one status, in one or a few places. Days without a report are gaps."""

from dataclasses import replace

from impact import charts, queries
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.queries import ATTACKS
from impact.views import material, settling, wording
from impact.wording import captions

TITLE = N_("Line by day")
MOST_PLACES, LEVELS = 6, ALL_LEVELS
TEMPERATURE, NORM = "temperature", "temperature_norm"


def fits(indicator) -> bool:
    """Levels: what is counted by the event has no value between events."""
    return indicator.kind == "stock"


def settled(view, reader):
    """With places, days, unit and one status: still without, if anybody said how many."""
    view = settling.settled(view, reader)
    if view.status or not INDICATORS[view.indicator].statuses:
        return view
    known = settling.leads(view, reader)["status"].value_counts()
    usual = next(iter(known.index), "without")
    return replace(view, status="without" if "without" in known else usual)


def claims(view, reader) -> list[str]:
    """Of the indicator in the places; with one of degrees its norms, with others the attacks."""
    own = settling.leads(view, reader)["claim"].tolist()
    if view.indicator == TEMPERATURE:
        return own + queries.norm_claims(reader, view.places)
    return (
        own
        + queries.leads(reader, ATTACKS, view.first, view.last, rule=view.rule)["claim"].tolist()
    )


def drawing(view, figures, known_at):
    """The lines; under those of a supply a tick for each night with launches."""
    rows, nights = wording.own(view, figures), material.attacks(figures, view.rule)
    beside = material.behind(figures, nights)
    if rows.empty:
        panels = [charts.empty_panel("", view.words)]
    elif view.indicator == TEMPERATURE and len(view.places) == 1:
        beside = figures[figures["indicator"] == NORM]
        panels = [_degrees(view, rows, beside)]
    else:
        panels = [_lines(view, rows, figures)]
    if view.indicator != TEMPERATURE:
        panels.append(charts.attack_panel(nights, view.words, view.theme, keyed=True))
    reading = wording.DEGREES if view.indicator == TEMPERATURE else captions.MARKS
    caption = wording.caption(view, rows, known_at, beside=beside, reading=reading)
    period, sheet = (view.first, view.last), charts.SHEETS[view.size]
    figure = charts.stack(panels, caption, period, view.words, view.theme, sheet)
    return figure, caption, rows


def _lines(view, rows, figures):
    order = {pcode: at for at, pcode in enumerate(view.places)}
    rows = rows.sort_values("place", key=lambda each: each.map(order), kind="stable")
    rivals = material.rivals(figures, view.rule)
    return charts.lines_panel(rows, rivals, view.indicator, view.words, view.theme)


def _degrees(view, rows, norms):
    by_month = dict(zip(norms["day"].dt.month, norms["value"], strict=True))
    period = (view.first, view.last)
    return charts.temperature_panel(rows, by_month, period, view.words, view.theme)
