"""Small multiples: the bars of several places side by side, all on one scale."""

from impact import charts
from impact.language import N_
from impact.places import LEVELS as ALL_LEVELS
from impact.places import PLACES
from impact.views import settling, wording
from impact.views.kinds import bars

TITLE = N_("Small multiples")
MOST_PLACES, LEVELS = 6, ALL_LEVELS


def fits(indicator) -> bool:
    """What bars can show."""
    return bars.fits(indicator)


def settled(view, reader):
    """With places, days and unit."""
    return settling.settled(view, reader)


def claims(view, reader) -> list[str]:
    """Of the indicator in the places."""
    return settling.leads(view, reader)["claim"].tolist()


def drawing(view, figures, known_at):
    """A panel for each place, in the order given."""
    words, sheet = view.words, charts.SHEETS[view.size]
    rows = wording.own(view, figures)
    panels = [_panel(view, pcode, rows, figures) for pcode in view.places]
    caption = wording.caption(view, rows, known_at, reading=bars.reading(view))
    figure = charts.grid(panels, caption, (view.first, view.last), words, view.theme, sheet)
    return figure, caption, rows


def _panel(view, pcode, rows, figures):
    # The columns are narrow: an oblast as newspapers shorten it.
    name = PLACES[pcode].name(view.language).replace(" область", " обл.")
    panel = bars.panel(view, pcode, rows, figures, name)
    return panel or charts.empty_panel(name, view.words)
