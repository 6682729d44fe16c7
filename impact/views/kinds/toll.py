"""How one event's toll moved from statement to statement."""

from dataclasses import replace

from impact import charts, queries
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.rules import hours
from impact.views import settling, wording
from impact.wording import captions, titles

TITLE = N_("A toll over time")
MOST_PLACES, LEVELS = 1, ALL_LEVELS


def fits(indicator) -> bool:
    """Tolls: people counted by the event."""
    return indicator.adds_up_over_days and "people" in indicator.units


def settled(view, reader):
    """With the event of the place and period whose toll was stated most often; where none was
    stated more than twice, with the last event."""
    view = settling.settled(view, reader)
    events = queries.revised(reader, view.first, view.last, view.people)
    within = settling.area(view.places[0], view.indicator)
    events = events[(events["indicator"] == view.indicator) & events["place"].isin(within)]
    if events.empty:
        events = settling.leads(view, reader).sort_values("day", ascending=False)
    if events.empty:
        return view
    event = events.iloc[0]
    day = event["day"].date()
    return replace(view, places=(event["place"],), first=day, last=day)


def claims(view, reader) -> list[str]:
    """Everything said of the event's toll."""
    said = queries.tolls(reader, view.indicator, view.places[0], view.last, view.people)
    return said["claim"].unique().tolist()


def drawing(view, figures, known_at):
    """A mark for each statement; the line follows the body responsible by the hours it tells."""
    words, sheet = view.words, charts.SHEETS[view.size]
    rows = hours.in_sequence(figures)
    caption = wording.caption(
        view,
        rows,
        known_at,
        how=titles.over_time(rows, words),
        reading=wording.STATEMENTS,
        alt=captions.describe_statements,
    )
    if rows.empty:
        period = (view.first, view.last)
        panels = [charts.empty_panel("", words)]
        return charts.stack(panels, caption, period, words, view.theme, sheet), caption, rows
    return charts.toll_over_time(rows, caption, words, view.theme, sheet), caption, rows
