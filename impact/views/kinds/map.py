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
# Hatched places that the foot names because of a number in another unit or status.
MOST_NAMED = 3


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
    """Of the indicator everywhere on the day, in every unit: the foot says what no class has."""
    rows = queries.leads(reader, [view.indicator], *view.period, rule=view.rule)
    return rows["claim"].tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Outlines and cities, and in words what was said of the whole country."""
    words = view.words
    rows = settling.leads(view, reader, list(PLACES))
    areas = queries.totals_by_area(rows, view.indicator, places.parts(UKRAINE), view.unit)
    cities = rows[rows["place"].map(places.is_city).astype(bool) & (rows["part"] == "")]
    notes = (*captions.of_country(rows, words), *_otherwise(view, reader, sheet))
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


def _otherwise(view: View, reader: Reader, sheet: Sheet) -> tuple[str, ...]:
    """What was said of hatched oblasts in another unit or status: no report would be untrue."""
    found = mapped.told_otherwise(
        reader,
        view.indicator,
        [each.pcode for each in places.parts(UKRAINE)],
        view.period[1],
        unit=view.unit,
        status=view.status,
        rule=view.rule,
    )
    if found.empty:
        return ()
    most = 1 if sheet.short else MOST_NAMED
    told = captions.places_named(found, view.indicator, view.words, most)
    return (
        view.words._("Hatched, but reported in another unit or status: {places}.", places=told),
    )
