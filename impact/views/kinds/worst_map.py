"""The map of a period: each oblast and city on its own worst day, in the classes of every map."""

from dataclasses import replace

import pandas as pd

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
from impact.views.kinds import map as of_a_day
from impact.views.view import View
from impact.wording import captions

TITLE = N_("Map of the worst days")
MOST_PLACES, LEVELS = 1, ("country",)
SHEETS, WHOLE_WINTER = charts.SHEETS, True
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """What a map of a day can show, of levels: tolls of several days are added up instead."""
    return of_a_day.fits(indicator) and not indicator.adds_up_over_days


def settled(view: View, reader: Reader) -> View:
    """With the days and the unit most often used; of no status unless one is asked for: lost or
    still without, whichever is more."""
    return settling.spanned(replace(view, places=(UKRAINE.pcode,)), reader)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator everywhere, in every unit: the foot says what is more in another."""
    rows = queries.leads(reader, [view.indicator], *view.period, rule=view.rule)
    return rows["claim"].tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Outlines and cities, each number with its day."""
    words = view.words
    units = [each.pcode for each in places.parts(UKRAINE)]
    unit, rule = view.unit, view.rule
    worst = mapped.worst_days(
        reader, view.indicator, list(PLACES), *view.period, unit=unit, status=view.status, rule=rule
    )
    areas = worst[worst["place"].isin(units)]
    own = worst["place"].map(places.is_city).astype(bool) & (worst["made_of"] == "claim")
    drawn = pd.concat([areas, worst[own]], ignore_index=True)
    rows = queries.figures(reader, list(dict.fromkeys(queries.ids(drawn)))) if len(drawn) else drawn
    caption = wording.caption(
        view,
        rows,
        reader,
        how=words._("each place on its worst day"),
        notes=(
            wording.larger(view, reader, units, sheet),
            # How a map is read must stand with it where other charts of a page are read alike.
            words._(captions.ON_THE_MAP) if sheet.grows else "",
        ),
        reading=captions.ON_THE_MAP,
        totals=drawn,
    )
    chart = charts.country_map(
        areas, worst[own], view.indicator, caption, words, view.theme, sheet, dated=True
    )
    return Drawing(chart, caption, rows)
