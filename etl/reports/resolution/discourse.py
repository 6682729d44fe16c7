"""Memory: what a sentence leaves standing for the sentences after it."""

from etl.reports.mentions.days import AS_OF, VAGUE_DAYS
from etl.reports.mentions.places import FOREIGN, UKRAINE, VAGUE, Mention
from etl.reports.mentions.triggers import LAUNCH, OUT, SERVICES
from etl.reports.resolution.claims import ParsedSentence
from etl.reports.resolution.context import office_of
from etl.reports.resolution.place_attachment import around

_SERVICE_OF = {indicator: service for service, indicator in SERVICES.items()}


def remember_event(sentence: ParsedSentence) -> None:
    """The latest day that the sentence itself names is the attack's until another is named: in
    "the overnight attack on 14 March" that is the date, not the night before the publication."""
    context = sentence.context
    dated = any(len(day.stated) == 10 and not day.relative for day in sentence.days)
    named = ""
    for day in sentence.days:
        context.month = day.stated if len(day.stated) == 7 else context.month
        if len(day.stated) != 10 or day.role == AS_OF or day.relative in ("tomorrow", "since"):
            continue
        if dated and day.relative in VAGUE_DAYS:
            continue
        if not sentence.spoken(day.start):
            named = max(named, day.stated)
    context.event = max(context.event, named)
    context.event_here = named or context.event_here


def remember(sentence: ParsedSentence) -> None:
    """Notes claims, triggers, service, unit, cause and places for later sentences."""
    context, scan, made = sentence.context, sentence.scan, sentence.made
    context.last = list(made) or context.last
    told = [trigger for trigger in sentence.triggers if trigger.indicator != OUT]
    context.triggers = told or context.triggers
    if not scan.sentence.bullet:
        context.intro = told if scan.tokens[-1].text == ":" else []
    services = [match.value for match in scan.of("services") if match.value in SERVICES]
    services += [_SERVICE_OF[t.indicator] for t in told if t.indicator in _SERVICE_OF]
    context.service = (services or [context.service])[-1]
    units = [claim.unit for claim in made if claim.unit and not claim.out]
    context.unit = (units or [context.unit])[-1]
    causes = {match.value for match in scan.of("cause")} & {"weather", "strike"}
    if len(causes) == 1:
        context.cause = causes.pop()
    _remember_places(sentence)


def _remember_places(sentence: ParsedSentence) -> None:
    context = sentence.context
    if not sentence.places and not context.place:
        for match in sentence.scan.of("speakers"):
            if office := office_of(match.value):
                context.remember(office)
    for mention in sentence.places:
        if mention.aside and context.place:
            continue
        resolved = context.resolve(mention)
        if resolved == FOREIGN:
            context.foreign = context.foreign or not _only_launched_from(sentence)
        elif resolved not in ("", VAGUE) and not (resolved == UKRAINE and context.place):
            area = around(sentence, mention)
            context.remember(resolved if area in ("", UKRAINE) else area)


def _only_launched_from(sentence: ParsedSentence) -> bool:
    """ "Drones flew from Kursk towards Sumy": the text stays at home."""
    named: list[Mention] = [m for m in sentence.places if not m.aside] or sentence.places
    at_home = any(mention.pcode and mention.pcode != UKRAINE for mention in named)
    return at_home and any(trigger.indicator == LAUNCH for trigger in sentence.triggers)
