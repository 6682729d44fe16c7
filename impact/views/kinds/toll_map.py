"""The map of killed and injured: a circle for each oblast, its days of the period added up."""

from impact import charts, queries
from impact.charts import Sheet
from impact.model import vocabulary
from impact.model.language import N_
from impact.model.places import UKRAINE, parts
from impact.queries import many, mapped
from impact.store.reader import Reader
from impact.views import casualties, wording
from impact.views.casualties import claims, fits, settled
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

__all__ = ["claims", "drawing", "fits", "settled"]

TITLE = N_("Map of killed and injured")
MOST_PLACES, LEVELS = 1, ("country",)
SHEETS, WHOLE_WINTER = charts.SHEETS, True
TOGETHER = casualties.TOLLS


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """Every oblast with its own claims or the sum of its cities, day by day."""
    words, areas = view.words, [each.pcode for each in parts(UKRAINE)]
    people, rule = view.people, view.rule
    tolls = mapped.tolls_by_area(reader, areas, *view.period, people=people, rule=rule)
    about = mapped.behind_tolls_by_area(areas, *view.period, people=people, rule=rule)
    gist = many.gist(reader, about, about)
    leaders = queries.figures(reader, tolls["leader"])
    caption = wording.caption(
        view,
        leaders,
        reader,
        title=words._("Killed and injured by oblast, {period}", period=words.period(*view.period)),
        counted=vocabulary.group(view.people, words),
        how=words._("the days added up, at least"),
        notes=(wording.not_added(view, reader, sheet),),
        reading=captions.ON_THE_TOLL_MAP,
        totals=tolls.assign(when=""),
        gist=gist,
    )
    chart = charts.toll_map(tolls, caption, words, view.theme, sheet)
    return Drawing(chart, caption, about, gist=gist)
