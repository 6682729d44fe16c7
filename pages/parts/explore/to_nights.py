"""The ways from a day to its attack, the same for the evidence of every mark and for every chart of
one day."""

from collections.abc import Iterable
from datetime import date

from impact.model.places import Place
from impact.queries import nights
from impact.wording import attack_captions
from pages.parts.shell import screen as st
from pages.parts.shell import session

PAGE = "pages/explore/attack.py"
# Attacks that the evidence of a mark of many days leads to.
MOST = 5


def way(label: str, day: date | None) -> None:
    """The way to an attack, by the day of its morning; None for the list of all."""
    asked = {"night": day.isoformat()} if day else {}
    st.page_link(PAGE, label=label, query_params=asked | session.along())


def last_in(place: Place, period: tuple[date, date], rule: str) -> None:
    """The way to the last attack of a period that is known to have harmed a place."""
    words = session.words()
    if day := nights.last_in(session.reader(), place.pcode, *period, rule):
        name = place.name(words.language)
        way(words._("{place}, last attack known: {day}", place=name, day=words.day(day)), day)


def offer(days: Iterable[date], rule: str) -> None:
    """The ways to the attacks of days, in their order; none to the one that the page shows."""
    words = session.words()
    shown = st.query_params.get("night", "")
    asked = [day for day in dict.fromkeys(days) if day.isoformat() != shown]
    for day in nights.among(session.reader(), asked, rule)[:MOST]:
        way(attack_captions.title(day, words), day)
