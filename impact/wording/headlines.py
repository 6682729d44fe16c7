"""The first lines of Overview: what a period did to one area, in words made from the data."""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES, TOLLS
from impact.model.language import Words
from impact.model.places import PLACES, Place
from impact.model.rows import Row, record, records
from impact.queries.coverage import Reported
from impact.queries.summary import Card, Counted
from impact.wording import captions, card_captions, markup
from impact.wording.markup import Html, Link

# The pages that add up attacks and tolls.
ATTACKS, CASUALTIES = "attack", "casualties"
# Parts of a sum that a headline names; of more it says how many there are.
MOST_PARTS = 4


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


def sentences(
    attacks: int, cards: list[Card], words: Words, link: Link, lead_to: Link
) -> list[Html]:
    """Who said the headline's number and of where, on how many days there were attacks, what the
    other supplies lost, and the tolls.

    link     makes a number a way to its claim
    lead_to  makes a number a way to the page that adds it up
    """
    found = []
    counted = [card for card in _of(OUTAGES, cards) if card.worst]
    for card in counted[:1]:
        found += parts(card, words, link) or [_of_day(card, words, link)]
    if attacks:
        told = words.plural("Attacks on {count} day", "Attacks on {count} days", attacks)
        found.append(markup.joined("", (lead_to(told, ATTACKS), markup.plain("."))))
    found += [_of_day(card, words, link) for card in counted[1:]]
    for card in _of(TOLLS, cards):
        if card.total:
            number = lead_to(vocabulary.amount(card.total, words), CASUALTIES)
            said = _total(card, number, words)
            found.append(_named(INDICATORS[card.indicator].title[words.language], said, words))
    return found


def in_a_sentence(cards: Sequence[Card], period: tuple[date, date], words: Words) -> str:
    """Place, day, number and who said it, of one card; of tolls of one place the period, and what
    each adds up to. Empty of no cards: "Kyiv, 24 January 2026 – about 6,000 buildings lost heating
    (Vitali Klitschko, mayor of Kyiv)." """
    told = [(card, card.worst) for card in cards if card.worst]
    if not told:
        return ""
    card, number = told[0]
    if card.indicator in TOLLS:
        when = words.period(*period)
        said = ", ".join(_added_up(each, worst, words) for each, worst in told)
    else:
        when = words.day(number.day)
        amount = card_captions.amount(number, words, card.indicator)
        said = f"{amount} ({_speakers(number, words)})"
    place = card.place.name(words.language)
    return words._("{place}, {when} – {said}.", place=place, when=when, said=said)


def _added_up(card: Card, worst: Counted, words: Words) -> str:
    """ "killed: at least 463 people (sum of 199 claims)"; of one claim who said it."""
    claims = len(card.behind)
    source = card_captions.sum_of(claims, words) if claims > 1 else _speakers(worst, words)
    number = vocabulary.amount(card.total or worst.total, words)
    return f"{INDICATORS[card.indicator].says('', words.language)}: {number} ({source})"


def _speakers(number: Counted, words: Words) -> str:
    """Who said a number, or each of its parts; of many parts how many there are."""
    if len(number.rows) > MOST_PARTS:
        return card_captions.source(number, words)
    rows = sorted(number.rows, key=lambda row: -row["value"])
    return "; ".join(dict.fromkeys(captions.said_by(row, words) for row in rows))


def about(area: Place, period: tuple[date, date], words: Words) -> Html:
    """Which place and period the sentences after it are about: a picture of them is read alone."""
    return markup.plain(f"{area.name(words.language)}, {words.period(*period)}.")


def worst(card: Card, words: Words, link: Link) -> list[Html]:
    """The worst day of one place: the number, who said it, and what else was said beside it."""
    if card.worst is None:
        return []
    number = _linked(card.worst, words, link, card.indicator)
    head = _named(card.place.name(words.language), number, words)
    beside = [
        markup.plain(f"{each[:1].upper()}{each[1:]}.") for each in card_captions.beside(card, words)
    ]
    return [head, *parts(card, words, link), *beside]


def toll(card: Card, words: Words) -> list[Html]:
    """A toll of the period, added up, and of how many claims."""
    if card.total is None:
        return []
    said = _total(card, markup.plain(vocabulary.amount(card.total, words)), words)
    return [_named(INDICATORS[card.indicator].title[words.language], said, words)]


def worst_toll(card: Card, words: Words, link: Link) -> list[Html]:
    """The worst day of a toll: how many, where, and who says so."""
    if card.worst is None:
        return []
    told = markup.prose(
        words._("{title}, worst day: {number}."),
        title=markup.plain(INDICATORS[card.indicator].title[words.language]),
        number=_linked(card.worst, words, link),
    )
    return [told, *parts(card, words, link)]


def _total(card: Card, number: Html, words: Words) -> Html:
    """A total with the number of claims that it is the sum of; of one claim its day and who said
    it."""
    if len(card.behind) < 2:
        if card.worst is None:
            return number
        day, source = words.short_day(card.worst.day), card_captions.source(card.worst, words)
        return markup.joined("", (number, markup.plain(f" ({day}, {source})")))
    of = markup.plain(f" ({card_captions.sum_of(len(card.behind), words)})")
    return markup.joined("", (number, of))


def verified(rows: pd.DataFrame, words: Words, link: Link) -> list[Html]:
    """What an independent recorder verified for the month with most killed: it may be more than
    the days here add up to.

    rows  claims about whole months, of one area (queries.periodic)
    """
    months = rows[rows["verification"] == "verified"]
    if months.empty:
        return []
    gravest = min(months["indicator"], key=TOLLS.index)
    most = months[months["indicator"] == gravest]
    worst = record(most, int(most["value"].argmax()))["date"]
    own = records(months[months["date"] == worst])
    numbers = [
        _one_number(INDICATORS[row["indicator"]].says("", words.language), row, words, link)
        for row in sorted(own, key=lambda row: TOLLS.index(row["indicator"]))
    ]
    return [
        markup.prose(
            words._("{who}: verified for {month} alone – {numbers}."),
            month=markup.plain(words.stated(worst)),
            numbers=markup.joined("; ", numbers),
            who=markup.plain(captions.who(own[0], words)),
        )
    ]


def _one_number(what: str, row: Row, words: Words, link: Link) -> Html:
    number = link(vocabulary.amount(row, words), row["claim"])
    return markup.joined(": ", (markup.plain(what), number))


def parts(card: Card, words: Words, link: Link) -> list[Html]:
    """Where the claims of a sum are and who says so, the largest first: "Kyiv: at least 1 million
    (Volodymyr Zelenskyy, President of Ukraine)"; nothing of a single claim or a sum of many."""
    rows = card.worst.rows if card.worst else ()
    if not 1 < len(rows) <= MOST_PARTS:
        return []
    told = [
        markup.prose(
            words._("{place}: {number} ({who})"),
            place=markup.plain(PLACES[row["place"]].name(words.language)),
            number=link(vocabulary.amount(row, words, unit=False), row["claim"]),
            who=markup.plain(captions.said_by(row, words)),
        )
        for row in sorted(rows, key=lambda row: -row["value"])
    ]
    return [markup.joined("", (markup.joined("; ", told), markup.plain(".")))]


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


def _of_day(card: Card, words: Words, link: Link) -> Html:
    """An indicator with its worst day: "Heating: 6,000 buildings lost heating (24 Jan, …)"."""
    title = INDICATORS[card.indicator].title[words.language]
    number = _linked(card.worst, words, link, card.indicator) if card.worst else markup.plain("")
    return _named(title, number, words)


def _linked(number: Counted, words: Words, link: Link, indicator: str = "") -> Html:
    """A number with its day and source. It is a way to its claim; a sum is not, whose parts are
    ways of their own."""
    said = card_captions.amount(number, words, indicator)
    source = f" ({words.short_day(number.day)}, {card_captions.source(number, words)})"
    one = len(number.rows) == 1
    head = link(said, number.rows[0]["claim"]) if one else markup.plain(said)
    return markup.joined("", (head, markup.plain(source)))


def _named(title: str, number: Html, words: Words) -> Html:
    return markup.prose(words._("{title}: {number}."), title=markup.plain(title), number=number)
