"""The map of one day: oblasts and cities in absolute classes, one unit and status."""

from dataclasses import replace

from impact import charts, queries
from impact.model import places
from impact.model.language import N_
from impact.model.places import PLACES, UKRAINE
from impact.views import material, settling, wording
from impact.wording import captions

TITLE = N_("Map of a day")
MOST_PLACES, LEVELS = 1, ("country",)


def fits(indicator) -> bool:
    """Counts: degrees of one city do not stand for its oblast."""
    return bool(indicator.breaks) and "celsius" not in indicator.units


def settled(view, reader):
    """With the day of the period on which most places have a figure, its status and unit."""
    view = replace(view, places=(UKRAINE.pcode,))
    view = replace(settling.spanned(view, reader, list(PLACES)), unit=view.unit)
    _, fullest = queries.days_with(reader, view.indicator, view.first, view.last, view.rule)
    if fullest:
        view = replace(view, first=fullest, last=fullest)
    day = view.last
    status = view.status or next(
        iter(queries.statuses_on(reader, view.indicator, day, view.rule)), ""
    )
    units = queries.units_on(reader, view.indicator, day, status, view.rule)
    usual = settling.usual_unit(view, units)
    return replace(view, status=status, unit=view.unit or usual)


def claims(view, reader) -> list[str]:
    """Of the indicator everywhere on the day."""
    return settling.leads(view, reader, list(PLACES))["claim"].tolist()


def drawing(view, figures, known_at):
    """Outlines and cities, and in words what was said of the whole country."""
    words, sheet = view.words, charts.SHEETS[view.size]
    rows = settling.of_view(view, material.leads(figures, view.indicator, view.rule))
    areas = queries.totals_by_area(rows, view.indicator, places.parts(UKRAINE), view.unit)
    cities = rows[rows["place"].map(places.is_city).astype(bool) & (rows["part"] == "")]
    caption = wording.caption(
        view,
        rows,
        known_at,
        how="",
        notes=captions.of_country(rows, words),
        reading=captions.ON_THE_MAP,
        totals=queries.marks_of_map(areas, cities),
    )
    figure = charts.country_map(areas, cities, view.indicator, caption, words, view.theme, sheet)
    return figure, caption, rows
