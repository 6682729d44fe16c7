"""The charts of the Casualties page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from impact import queries
from impact.model import periods
from impact.model.indicators import INDICATORS, TOLLS
from impact.model.language import Words
from impact.model.places import PLACES, UKRAINE, Place, inside
from impact.model.rows import Row, records
from impact.queries import nights
from impact.queries.summary import Card
from impact.views import View
from impact.wording import captions, markup, reconciliation
from impact.wording.markup import Html
from pages.parts.explore import chart, lead
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

Period = tuple[date, date]
# Differences between country and places that are told at once; the others are folded.
MOST_APART = 5
# The page of attacks, as an address has it.
NIGHTS = "attack"


def render(cards: Sequence[Card], area: Place, period: Period, people: str, rule: str) -> None:
    """A chart for each question: how many by month of the winter, on which days, in which events,
    in which cities, and how one toll moved.

    cards  the tolls of the area and period, of which the worst day is told
    """
    words = session.words()
    by_day = View(
        indicator="killed",
        kind="days",
        places=(area.pcode,),
        first=period[0],
        last=period[1],
        people=people,
        rule=rule,
        language=words.language,
    )
    first, last = periods.winter_of(period)
    _show(replace(by_day, kind="months", first=first, last=last))
    st.header(words._("On which days"), anchor=False)
    lead.worst_tolls(cards)
    if not _show(by_day):
        _nothing(area, period, people)
    if area == UKRAINE:
        _answer(words._("In which oblasts"), replace(by_day, kind="toll_map"))
    _answer(words._("In which events"), replace(by_day, kind="events"))
    _answer(words._("In which cities"), replace(by_day, kind="cities"))
    if area == UKRAINE and people == "all":
        _reconciled(period)
    _over_time(by_day, area)


def _reconciled(period: Period) -> None:
    """The days on which the country's number and the sum of the places differ, those first on which
    they differ most; nothing where both are known of no day."""
    words = session.words()
    compared = records(nights.reconciled(session.reader(), *period))
    apart = [row for row in compared if row["difference"]]
    if not compared:
        return
    st.header(words._("Where the country’s number and the places’ sum differ"), anchor=False)
    st.caption(reconciliation.counted(_days(apart), _days(compared), words))
    lines = [reconciliation.of_day(row, words, lead.link, _to_night) for row in apart]
    st.html(markup.block("lead", *lines[:MOST_APART]))
    if rest := lines[MOST_APART:]:
        more = words.plural("{count} more difference", "{count} more differences", len(rest))
        with st.expander(more):
            st.html(markup.block("lead", *rest))


def _days(rows: Sequence[Row]) -> int:
    """How many days the rows are of: a day may have one of the killed and one of the injured."""
    return len({row["day"] for row in rows})


def _to_night(text: str, night: str) -> Html:
    return markup.anchor(text, urlencode({"night": night} | session.along()), NIGHTS)


def _answer(question: str, view: View) -> None:
    """A question with the chart that answers it; nothing where nobody said anything of it."""
    picture = chart.draw(view)
    if picture.drawing.latest:
        st.header(question, anchor=False)
        chart.show(picture)


def _show(view: View) -> bool:
    """Shows the picture of a view if there are figures for it; returns whether there are."""
    picture = chart.draw(view)
    if not picture.drawing.latest:
        return False
    chart.show(picture)
    return True


def _nothing(area: Place, period: Period, people: str) -> None:
    words = session.words()
    held = queries.not_added(session.reader(), area, *period, people=people)
    message = captions.not_added(held, area, words) or words._(
        "Nobody reported a toll for this place, these days and this group."
    )
    within = None if area == UKRAINE else [area.pcode, *(each.pcode for each in inside(area))]
    chart.unreported(message, TOLLS, within, period)


def _over_time(view: View, area: Place) -> None:
    """How one event's toll moved by the hours told, and what was said without an hour."""
    words = session.words()
    within = [area.pcode, *(each.pcode for each in inside(area))]
    events = queries.revised(session.reader(), within, *view.period, view.people)
    if events.empty:
        return
    st.header(words._("How a toll moved from report to report"), anchor=False)
    names = {
        f"{row['place']}|{row['day']:%Y-%m-%d}|{row['indicator']}": row for row in records(events)
    }
    chosen = address.choose(
        st.selectbox,
        words._("Event"),
        list(names),
        key="event",
        default=next(iter(names)),
        show=lambda key: _event_name(names[key], words),
    )
    event = names[chosen]
    day = event["day"].date()
    indicator, places = event["indicator"], (event["place"],)
    view = replace(view, indicator=indicator, places=places, first=day, last=day)
    _show(replace(view, kind="toll", unit="people"))


def _event_name(event: Row, words: Words) -> str:
    place = PLACES[event["place"]].name(words.language)
    title = INDICATORS[event["indicator"]].title[words.language]
    return f"{title}: {place}, {words.day(event['day'])}"
