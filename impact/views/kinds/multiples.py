"""Small multiples: the bars of several places side by side, all on one scale."""

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import OUTAGES, Indicator
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.store.reader import Reader
from impact.views import settling
from impact.views.kind import Drawing
from impact.views.kinds import bars
from impact.views.kinds.bars import Found
from impact.views.view import View

TITLE = N_("Small multiples")
MOST_PLACES, LEVELS = 6, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """What bars can show."""
    return bars.fits(indicator)


def settled(view: View, reader: Reader) -> View:
    """With places, days and unit."""
    return settling.settled(view, reader)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator in the places, and of the attacks in their nights."""
    return bars.claims(view, reader)


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A panel for each place, in the order given, all on one scale, and a tick for each night with
    launches."""
    found = Found.of(view, reader)
    if sheet.grows:
        return bars.stacked(view, found, reader, sheet)
    panels = [_panel(found, pcode) for pcode in view.places]
    beside = queries.behind(reader, found.nights)
    caption = found.caption(reader, beside, sheet)
    days = [] if view.indicator in ATTACKS else found.nights["day"].tolist()
    chart = charts.grid(panels, caption, view.period, view.words, view.theme, sheet, days)
    return Drawing(chart, caption, found.rows, beside)


def _panel(found: Found, pcode: str) -> Panel:
    # The columns are narrow: an oblast as newspapers shorten it.
    name = PLACES[pcode].short(found.view.language)
    supply = found.view.indicator in OUTAGES
    return found.panel(pcode, name) or charts.empty_panel(name, found.view.words, one_unit=supply)
