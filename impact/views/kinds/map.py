"""The map of one day: oblasts and cities in absolute classes, one unit and status."""

from dataclasses import replace

from impact import charts, queries
from impact.charts import Sheet
from impact.model import places
from impact.model.indicators import Indicator
from impact.model.language import N_
from impact.model.places import PLACES, UKRAINE
from impact.queries import mapped
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

TITLE = N_("Map of a day")
MOST_PLACES, LEVELS = 1, ("country",)
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """Counts: degrees of one city do not stand for its oblast."""
    return bool(indicator.breaks) and "celsius" not in indicator.units


def settled(view: View, reader: Reader) -> View:
    """With the day of the period that a map opens on, its status and unit."""
    view = replace(view, places=(UKRAINE.pcode,))
    view = replace(settling.spanned(view, reader), unit=view.unit)
    _, opening = mapped.opening_day(reader, view.indicator, view.period, view.rule)
    if opening:
        view = replace(view, first=opening, last=opening)
    _, day = view.period
    status = view.status or next(
        iter(queries.statuses_on(reader, view.indicator, day, view.rule)), ""
    )
    units = queries.units_on(reader, view.indicator, day, status, view.rule)
    usual = settling.usual_unit(view, units)
    return replace(view, status=status, unit=view.unit or usual)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator everywhere on the day."""
    return settling.leads(view, reader, list(PLACES))["claim"].tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Outlines and cities, and in words what was said of the whole country."""
    words = view.words
    rows = settling.leads(view, reader, list(PLACES))
    areas = queries.totals_by_area(rows, view.indicator, places.parts(UKRAINE), view.unit)
    cities = rows[rows["place"].map(places.is_city).astype(bool) & (rows["part"] == "")]
    notes = captions.of_country(rows, words)
    caption = wording.caption(
        view,
        rows,
        reader,
        how=words._("the same classes every day"),
        # Other charts of a page are read alike; how a map is read must stand with it.
        notes=(*notes, words._(captions.ON_THE_MAP)) if sheet.grows else notes,
        reading=captions.ON_THE_MAP,
        totals=queries.marks_of_map(areas, cities),
    )
    chart = charts.country_map(areas, cities, view.indicator, caption, words, view.theme, sheet)
    return Drawing(chart, caption, rows)
