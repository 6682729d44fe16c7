"""The first lines of Overview: what a period did to one area, in words made from the data."""

from collections.abc import Iterator
from datetime import date

from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES, TOLLS
from impact.model.language import Words
from impact.model.places import Place
from impact.queries.coverage import Reported
from impact.queries.summary import Card
from impact.wording import card_captions


def title(area: Place, period: tuple[date, date], cards: list[Card], words: Words) -> str:
    """The worst day of the first supply that somebody counted, else the area and the period."""
    place, told = area.name(words.language), words.period(*period)
    for card in _of(OUTAGES, cards):
        if card.worst:
            number = card_captions.amount(card.worst, words, card.indicator)
            return words._(
                "{place}, {period}: {number} on {day}",
                place=place,
                period=told,
                number=number,
                day=words.day(card.worst.day),
            )
    return f"{place}, {told}"


def sentences(attacks: int, cards: list[Card], words: Words) -> list[str]:
    """On how many days there were attacks, what the other supplies lost, and the tolls."""
    found = []
    if attacks:
        found.append(words.plural("Attacks on {count} day.", "Attacks on {count} days.", attacks))
    counted = [card for card in _of(OUTAGES, cards) if card.worst]
    for card in counted[1:]:
        if card.worst:
            said = card_captions.counted(card.worst, words, card.indicator)
            found.append(_named(card, said, words))
    for card in _of(TOLLS, cards):
        if card.total:
            said = vocabulary.amount(card.total, words)
            if len(card.behind) > 1:
                said = f"{said} ({card_captions.sum_of(len(card.behind), words)})"
            found.append(_named(card, said, words))
    return found


def covered(reported: Reported, words: Words) -> str:
    """How much of the period the reports cover. What nobody reported is not zero."""
    numbers = {
        "days": words.number(reported.days),
        "all": words.number(reported.of_days),
    }
    if reported.of_areas == 1:
        return words._(
            "Reports on {days} of {all} days. A day without a report is not a day without harm.",
            **numbers,
        )
    return words._(
        "Reports on {days} of {all} days, from {areas} of {every} oblasts, Kyiv and Sevastopol "
        "counted as such. A day without a report is not a day without harm.",
        **numbers,
        areas=words.number(reported.areas),
        every=words.number(reported.of_areas),
    )


def _of(indicators: tuple[str, ...], cards: list[Card]) -> Iterator[Card]:
    """The cards of some indicators, in the order of these."""
    for name in indicators:
        yield from (card for card in cards if card.indicator == name)


def _named(card: Card, said: str, words: Words) -> str:
    return words._(
        "{title}: {number}.", title=INDICATORS[card.indicator].title[words.language], number=said
    )
