"""The first lines of a page: what happened, in words; each number is a way to its evidence."""

from collections.abc import Sequence
from urllib.parse import urlencode

from impact.queries.summary import Card
from impact.wording import headlines, markup
from impact.wording.markup import Html
from pages.parts.shell import address, session
from pages.parts.shell import screen as st


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


def tolls(cards: Sequence[Card]) -> None:
    """The tolls of an area, added up, and the worst day of each."""
    words = session.words()
    told = [each for card in cards for each in headlines.toll(card, words, link)]
    say(told)


def worst(cards: Sequence[Card]) -> None:
    """The worst day of each place, a paragraph each."""
    words = session.words()
    told = (headlines.worst(card, words, link) for card in cards)
    paragraphs = [markup.joined(" ", each) for each in told if each]
    if paragraphs:
        st.html(markup.block("lead", *paragraphs))
