"""What a text says of power and heat without a number: "customers in two oblasts are cut off".

A sentence counts if it tells of one service and one state, of places that stand together, of no
other day, and has no number. All others are left out with the reason: better silent than wrong.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from etl.reports.mentions.days import days
from etl.reports.mentions.listed_places import joined
from etl.reports.mentions.places import KYIV, UKRAINE, Mention, mentions
from etl.reports.mentions.states import LACKING
from etl.reports.mentions.supply import supplies
from etl.reports.mentions.trigger import SERVICES, Trigger
from etl.reports.text.cleaned import clean
from etl.reports.text.lexicon import Language, languages
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import sentences
from impact.model.indicators import INDICATORS
from impact.model.places import UnknownPlace, find

NUMBER = "it has a number: bring the text on the page Upload"
SEVERAL = "it tells of several services or states"
DENIED = "it says that nobody is cut off"
NO_PLACE = "it names no oblast or city"
OTHER_DAY = "it tells of another day"
CITY_OR_OBLAST = "the city of Kyiv or its oblast: the list does not tell which"
MIXED = "mixed"  # several causes in one sentence
_KYIV_OBLAST = find("Kyiv Oblast").pcode


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that speaks of supply.

    words      its characters in the text
    indicator  power_outage, heating_loss …; as all below, empty if it is left out
    status     lost, without or restored
    cause      strike, weather, planned or mixed; empty where it tells none
    places     P-codes, each once, in the order of the sentence
    unfit      why it is left out; empty if it is not
    """

    words: str
    indicator: str = ""
    status: str = ""
    cause: str = ""
    places: tuple[str, ...] = ()
    unfit: str = ""


class _LeftOut(Exception):
    """A sentence is left out. The message is the reason."""


def statements(text: str, day: date) -> list[Statement]:
    """Every sentence of a text that speaks of supply, in order.

    day  the day of the text, against which "yesterday" and days without a year are told
    """
    cleaned, found = clean(text), []
    for sentence, language in sentences(cleaned.text, _language):
        scan = Scan(sentence, language)
        told = days(scan, day)
        if not (triggers := supplies(scan, "", as_of=True)):
            continue
        start, _ = cleaned.span(scan.tokens[0].start, scan.tokens[0].end)
        _, end = cleaned.span(scan.tokens[-1].start, scan.tokens[-1].end)
        words = text[start:end]
        try:
            if any(each.stated not in ("", day.isoformat()) for each in told):
                raise _LeftOut(OTHER_DAY)
            found.append(_statement(scan, triggers, words))
        except _LeftOut as reason:
            found.append(Statement(words, unfit=str(reason)))
    return found


def _language(block: str) -> Language:
    """The language with most of a paragraph's letters."""
    known = languages().values()
    return max(known, key=lambda language: len("".join(language.letters.findall(block.lower()))))


def _statement(scan: Scan, triggers: list[Trigger], words: str) -> Statement:
    """What a sentence says. Raises _LeftOut."""
    if any(map(scan.is_number, range(len(scan.tokens)))):
        raise _LeftOut(NUMBER)
    told = {(each.indicator, each.status) for each in triggers}
    if len(told) > 1 or any(each.also for each in triggers):
        raise _LeftOut(SEVERAL)
    indicator, status = told.pop()
    if indicator not in SERVICES.values() or status not in INDICATORS[indicator].statuses:
        raise _LeftOut(SEVERAL)
    if _denied(scan):
        raise _LeftOut(DENIED)
    causes = {match.value for match in scan.of("cause")}
    cause = MIXED if len(causes) > 1 else next(iter(causes), "")
    return Statement(words, indicator, status, cause, tuple(_places(scan, triggers)))


def _denied(scan: Scan) -> bool:
    """Whether an outage is told not to be: "no outages", while "no power" is an outage."""
    events = {i for match in scan.of("outright") for i in range(match.start, match.end)}
    lacking = [match for match in scan.of("states") if match.value in LACKING]
    beside = [match for match in lacking if events.isdisjoint(range(match.start, match.end))]
    return bool(events and beside) or bool(scan.of("denied"))


def _places(scan: Scan, triggers: list[Trigger]) -> Iterator[str]:
    """The places of the list that stands nearest to what is said. Raises _LeftOut."""
    found = [each for each in mentions(scan) if each.pcode and not each.aside]
    lists: list[list[Mention]] = []
    for mention in found:
        if lists and joined(scan, lists[-1][-1], mention):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    if not lists:
        raise _LeftOut(NO_PLACE)
    nearest = min(lists, key=lambda each: _distance(each, triggers))
    named = dict.fromkeys(each.pcode for each in nearest)
    if UKRAINE in named:
        raise _LeftOut(NO_PLACE)
    if any(_may_be_kyiv(scan, each) for each in nearest):
        raise _LeftOut(CITY_OR_OBLAST)
    yield from named


def _distance(listed: list[Mention], triggers: list[Trigger]) -> int:
    """Tokens between a list of places and the nearest words that say what happened there."""
    return min(max(listed[0].start - each.end, each.start - listed[-1].end, 0) for each in triggers)


def _may_be_kyiv(scan: Scan, mention: Mention) -> bool:
    """Whether the name of the city stands where a list of oblasts made its oblast of it."""
    if mention.end - mention.start > 1 or mention.pcode != _KYIV_OBLAST:
        return False
    with suppress(UnknownPlace):
        return find(scan.tokens[mention.start].text).pcode == KYIV
    return False
