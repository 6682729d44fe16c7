"""The first lines of a page: what happened, in words; each number is a way to its evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from impact import queries
from impact.model.indicators import TOLLS
from impact.model.places import Place
from impact.queries.summary import Card
from impact.wording import headlines, markup
from impact.wording.markup import Html
from pages.parts.shell import address, session
from pages.parts.shell import screen as st


def room() -> Any:
    """Where the first lines stand: over the filters, on whose choice they depend."""
    return st.container(key="first-lines")


def link(text: str, claim: str) -> Html:
    """A text that opens the evidence of a claim over the same view."""
    return markup.anchor(text, urlencode([*address.kept(), ("claim", claim)]))


def to_page(text: str, page: str) -> Html:
    """A text that opens another page on the same place and period."""
    return markup.anchor(text, urlencode(address.kept()), page)


def say(sentences: Sequence[Html]) -> None:
    """Sentences as one paragraph."""
    if sentences:
        st.html(markup.block("lead", markup.joined(" ", sentences)))


def tolls(cards: Sequence[Card], area: Place, period: tuple[date, date], people: str) -> None:
    """The tolls of an area, added up, and the month of which an independent recorder verified
    most."""
    words = session.words()
    told = [each for card in cards for each in headlines.toll(card, words)]
    months = queries.periodic(session.reader(), TOLLS, area.pcode)
    first, last = map(pd.Timestamp, period)
    own = months["day"].between(first, last) & (people == "all")
    verified = headlines.verified(months[own], words, link)
    say([headlines.about(area, period, words), *told, *verified])


def worst_tolls(cards: Sequence[Card]) -> None:
    """The worst day of each toll."""
    words = session.words()
    for card in cards:
        say(headlines.worst_toll(card, words, link))


def worst(cards: Sequence[Card]) -> None:
    """The worst day of each place, a paragraph each; of a single one what was said beside it, too.

    The worst day is the worst over all units, so that nothing larger is left out.
    """
    words = session.words()
    told = [headlines.worst(card, words, link) for card in cards]
    shown = [each if len(told) == 1 else each[:1] for each in told if each]
    paragraphs = [markup.joined(" ", each) for each in shown]
    if paragraphs:
        st.html(markup.block("lead", *paragraphs))
