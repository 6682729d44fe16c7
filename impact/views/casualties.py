"""Words and figures of the kinds that show killed and injured together."""

import pandas as pd

from impact import queries
from impact.charts import Sheet
from impact.model import vocabulary
from impact.model.indicators import Indicator
from impact.model.places import PLACES, UKRAINE
from impact.queries.many import Gist, Many
from impact.queries.tolls import EACH
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.view import View
from impact.wording.captions import Caption

TOLLS = EACH


def fits(indicator: Indicator) -> bool:
    """Tolls."""
    return indicator.name in TOLLS


def settled(view: View, reader: Reader) -> View:
    """With place and days: the country, if none is named."""
    return settling.together(view, reader, UKRAINE.pcode, grouped=True)


def claims(view: View, reader: Reader) -> list[str]:
    """Of both tolls in the place and its parts, and of what is not added to them."""
    led = queries.leading(
        reader,
        TOLLS,
        *view.period,
        places=settling.with_parts(view.places[0]),
        people=view.people,
        rule=view.rule,
    )
    area = PLACES[view.places[0]]
    return [*led, *queries.claims_not_added(reader, area, *view.period, view.people)]


def by_day(view: View, reader: Reader) -> pd.DataFrame:
    """Both tolls of the place by day of the event."""
    area = PLACES[view.places[0]]
    return queries.tolls_by_day(reader, area, *view.period, people=view.people, rule=view.rule)


def marks_by_day(view: View, reader: Reader) -> pd.DataFrame:
    """The same for a picture of figures that may be too many to be read."""
    return queries.marks_by_day(
        reader, view.places[0], *view.period, people=view.people, rule=view.rule
    )


def marks_by_month(view: View, reader: Reader) -> pd.DataFrame:
    """These marks added up by month."""
    return queries.marks_by_month(
        reader, view.places[0], *view.period, people=view.people, rule=view.rule
    )


def behind(view: View) -> Many:
    """The figures that these marks are made of."""
    return queries.behind_tolls(view.rule, view.places[0], TOLLS, view.people, *view.period)


def caption(
    view: View,
    shown: pd.DataFrame,
    reader: Reader,
    sheet: Sheet,
    title: str,
    totals: pd.DataFrame,
    *,
    notes: tuple[str, ...] = (),
    gist: Gist | None = None,
) -> Caption:
    """The words of figures that are added up to totals; they say what is not added.

    gist  as in wording.caption
    """
    words = view.words
    return wording.caption(
        view,
        shown,
        reader,
        title=title,
        counted=vocabulary.group(view.people, words),
        how=words._("by day of the event; sums are at least"),
        notes=(*notes, wording.not_added(view, reader, sheet)),
        reading=wording.TOTALS,
        totals=totals,
        gist=gist,
    )


def named(view: View) -> dict[str, str]:
    """Place and period, for a title."""
    return {
        "place": PLACES[view.places[0]].name(view.language),
        "period": view.words.period(*view.period),
    }
