"""What a picture says in one sentence, for whoever sees only a link to it."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from impact.model.indicators import OUTAGES, TOLLS
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import record
from impact.model.units import SCALE
from impact.queries import summary
from impact.queries.summary import Card
from impact.store.reader import Reader
from impact.views.kind import KINDS
from impact.views.picture import Picture
from impact.views.view import View
from impact.wording import headlines

# Kinds whose title already says what is seen: they count reports, not what these say.
TITLED = ("coverage",)


def of(picture: Picture, reader: Reader) -> str:
    """The largest number of a picture with its place, its day and who said it; of killed and
    injured what they add up to. Empty where nobody gave a number or the title says it."""
    view = picture.view
    if view.kind in TITLED:
        return ""
    if view.kind == "events" and len(picture.shown):
        view = _of_gravest(view, picture.shown)
    # Kinds that show several indicators, or the largest of each day, keep to no unit.
    unit = "" if KINDS[view.kind].TOGETHER or view.kind == "largest" else view.unit
    places = view.places or (UKRAINE.pcode,)
    about = [(indicator, PLACES[pcode]) for indicator in view.indicators for pcode in places]
    cards = summary.cards(
        reader,
        about,
        view.period,
        people=view.people,
        rule=view.rule,
        unit=unit,
        status=view.status,
    )
    counted = [card for card in cards if card.worst]
    return headlines.in_a_sentence(_named(counted), view.period, view.words)


def _of_gravest(view: View, events: pd.DataFrame) -> View:
    """The view of the first of some events: its place on its day."""
    own = events[events["indicator"] == view.indicator]
    row = record(own, int(own["value"].argmax()))
    day = row["day"].date()
    return replace(view, kind="toll", places=(row["place"],), first=day, last=day)


def _named(cards: Sequence[Card]) -> list[Card]:
    """The card that says most: of a loss, else both tolls of the place where they are highest, else
    of whatever there is."""
    losses = [card for name in OUTAGES for card in cards if card.indicator == name]
    if losses:
        first = [card for card in losses if card.indicator == losses[0].indicator]
        return [max(first, key=_size)]
    tolls = [card for card in cards if card.indicator in TOLLS]
    if tolls:
        most = max(tolls, key=lambda card: (-TOLLS.index(card.indicator), _size(card)))
        return [card for card in tolls if card.place == most.place]
    return list(cards[:1])


def _size(card: Card) -> float:
    """What it is ordered by, over units; see impact/model/units.py."""
    total = card.total or {"value": 0, "unit": "people"}
    value: float = total["value"]
    return value * SCALE[total["unit"]]
