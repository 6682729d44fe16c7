"""Small multiples: the bars of several places side by side, all on one scale."""

from impact import charts
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import ATTACKS
from impact.rules import twins
from impact.views import material, settling, wording
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
    """Of the indicator in the places, and of the attacks in their nights."""
    return bars.claims(view, reader)


def drawing(view, figures, known_at):
    """A panel for each place, in the order given, and a tick for each night with launches."""
    words, sheet = view.words, charts.SHEETS[view.size]
    rows, nights = twins.once(wording.own(view, figures)), material.attacks(figures, view.rule)
    totals = bars.totals(view, rows)
    panels = [_panel(view, pcode, rows, figures, totals) for pcode in view.places]
    caption = wording.caption(
        view,
        rows,
        known_at,
        beside=material.behind(figures, nights),
        reading=bars.reading(view),
        totals=totals,
    )
    days = () if view.indicator in ATTACKS else nights["day"]
    figure = charts.grid(panels, caption, (view.first, view.last), words, view.theme, sheet, days)
    return figure, caption, rows


def _panel(view, pcode, rows, figures, totals):
    # The columns are narrow: an oblast as newspapers shorten it.
    name = PLACES[pcode].short(view.language)
    panel = bars.panel(view, pcode, rows, figures, totals, name)
    return panel or charts.empty_panel(name, view.words)
