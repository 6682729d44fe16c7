"""Killed and injured by day of the event, with the nights of launches."""

from impact import charts, queries
from impact.charts import Sheet
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.queries import ATTACKS, many
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties
from impact.views.casualties import fits, settled
from impact.views.kind import Drawing
from impact.views.view import View

__all__ = ["claims", "drawing", "fits", "settled"]

TITLE = N_("Killed and injured by day")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER = casualties.TOLLS
HEIGHT = 200


def claims(view: View, reader: Reader) -> list[str]:
    """Of both tolls, and of the attacks in their nights."""
    nights = queries.leading(reader, ATTACKS, *view.period, rule=view.rule)
    return [*casualties.claims(view, reader), *nights]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Both tolls as bars beside each other, and a tick for each night with launches."""
    words, theme = view.words, view.theme
    daily = casualties.marks_by_day(view, reader)
    nights = queries.attacks(reader, *view.period, view.rule)
    # A file, which is not as high, says in its title alone what it counts.
    heading = None if sheet.grows else ""
    panels = [
        charts.toll_panel(daily, words, theme, heading=heading, height=HEIGHT)
        if len(daily)
        else charts.empty_panel("", words),
        *charts.night_strip(nights, words, theme, sheet),
    ]
    title = words._("Killed and injured by day: {place}, {period}", **casualties.named(view))
    about, beside = casualties.behind(view), Many.named(queries.launched(nights))
    gist = many.gist(reader, about, beside)
    leaders = queries.figures(reader, daily["leader"])
    caption = casualties.caption(view, leaders, reader, sheet, title, daily, gist=gist)
    chart = charts.stack(panels, caption, view.period, words, theme, sheet, nights["day"].tolist())
    return Drawing(chart, caption, about, beside, gist)
