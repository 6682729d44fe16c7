"""The words beside a card's number: its worst day, the latest, and what else was said."""

from collections.abc import Mapping

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import record
from impact.queries.summary import Card, Counted
from impact.wording import captions

# So many numbers in other units and statuses stand on a card, the worst of them.
MOST_ALSO = 1


def counted(number: Counted, words: Words, indicator: str = "") -> str:
    """A number with its day and who says so, and with what is counted where an indicator is named:
    "at least 1,200,000 households without power (24 Jan, Ministry of Energy)"."""
    return _said(number, words.short_day(number.day), words, indicator)


def _said(number: Counted, day: str, words: Words, indicator: str = "") -> str:
    return f"{amount(number, words, indicator)} ({day}, {source(number, words)})"


def source(number: Counted, words: Words) -> str:
    """Who said a number, or of how many claims it is the sum."""
    if len(number.rows) == 1:
        return captions.said_by(number.rows[0], words)
    return sum_of(len(number.rows), words)


def amount(number: Counted, words: Words, indicator: str = "") -> str:
    """A number with its unit, and with what is counted where an indicator is named: "at least
    1,200,000 households without power"."""
    told = vocabulary.amount(number.total, words)
    if indicator and number.total["status"]:
        told = f"{told} {INDICATORS[indicator].says(number.total['status'], words.language)}"
    return told


def sum_of(claims: int, words: Words) -> str:
    """Of how many claims a number is the sum."""
    return words.plural("sum of {count} claim", "sum of {count} claims", claims)


def worst(card: Card, words: Words) -> str:
    """The worst day of a sum over several days; nothing of a number that is the worst day's."""
    if card.day or card.worst is None or len(card.series) < 2:
        return ""
    return words._("Worst day: {number}", number=counted(card.worst, words))


def latest(card: Card, words: Words) -> str:
    """The last day's number, where it is not the one shown."""
    if card.latest is None:
        return ""
    return words._("Latest: {number}", number=counted(card.latest, words, card.indicator))


def also(card: Card, words: Words, most: int = MOST_ALSO) -> list[str]:
    """What was said in other units and statuses, worst first, and how much more there is."""
    lines = [
        words._(_ALSO[each.places], number=counted(each, words, card.indicator))
        for each in card.also[:most]
    ]
    if (more := len(card.also) - most) > 0:
        lines.append(
            words.plural(
                "{count} more number in another unit or status",
                "{count} more numbers in other units or statuses",
                more,
            )
        )
    return lines


def held(card: Card, words: Words) -> str:
    """How many tolls are left out of a sum until somebody says whether they are told twice; the
    charts name them."""
    if card.held.empty:
        return ""
    return words.plural(
        "{count} toll not added: perhaps the same event told again",
        "{count} tolls not added: perhaps the same events told again",
        record(card.held)["waiting"],
    )


def before(card: Card, words: Words) -> str:
    """The last number before a period without any, with its source; empty where there is none."""
    if card.before is None:
        return ""
    # It may be long ago: the year is told.
    return _said(card.before, words.day(card.before.day), words, card.indicator)


def beside(card: Card, words: Words) -> list[str]:
    """Everything that stands beside the number."""
    return [line for line in (worst(card, words), latest(card, words)) if line] + also(card, words)


_ALSO: Mapping[bool, str] = {
    False: N_("Also: {number}"),
    True: N_("Also, added up from places: {number}"),
}
