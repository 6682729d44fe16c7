"""Whereabouts: the place of a claim, from the sentence, the speaker's office or the text before."""

from etl.reports.mentions.places import FOREIGN, KYIV, UKRAINE, VAGUE, Mention
from etl.reports.mentions.triggers import LAUNCH
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence
from etl.reports.resolution.context import office_of, own_oblast
from etl.reports.resolution.place_attachment import around, governing, own_place, resolve
from impact.model.places import PLACES, Place

# From these, launches are counted over the whole country.
_NATIONAL = ("Air Force", "Zelenskyy")
# So many at once are never aimed at one city alone.
_MASSIVE = {"drones": 100, "missiles": 15}


def set_place(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a claim its place, a reason to be left out, or the note that it lacks a place."""
    if claim.unit in WEAPONS:
        _set_target(sentence, claim)
    elif claim.place:
        _refine(sentence, claim)
    else:
        _set_scene(sentence, claim)


def _refine(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """ "13 injured in the region, including five in Kharkiv": a part may have its own place."""
    own = own_place(sentence, claim.number) if claim.people == "all" else None
    if own and not own.aside:
        _settle(sentence, claim, own)


def _set_scene(sentence: ParsedSentence, claim: NumberClaim) -> None:
    mention = governing(sentence, claim.number)
    if mention is not None:
        _settle(sentence, claim, mention)
    elif sentence.context.foreign:
        claim.out = FOREIGN
    elif _everywhere(sentence):
        claim.place = UKRAINE
    else:
        claim.place = _speakers_place(sentence) or sentence.context.place
        _widen(claim)
    if not claim.place and not claim.out:
        claim.lack("place")


def _everywhere(sentence: ParsedSentence) -> bool:
    """ "Russia launched 600 drones, killing three": all over the country."""
    launched = any(t.indicator == LAUNCH and not t.aimed for t in sentence.triggers)
    return launched and any(number.unit in WEAPONS for number in sentence.numbers)


def _speakers_place(sentence: ParsedSentence) -> str:
    """Where the mayor or governor who speaks holds office, if the text has moved elsewhere."""
    here = sentence.context.place
    around = (here, PLACES[here].oblast, own_oblast(PLACES[here])) if here else ()
    for match in sentence.scan.of("speakers"):
        office = office_of(match.value)
        if office and (office not in around or _is_city(PLACES[office])):
            return office
    return ""


def _settle(sentence: ParsedSentence, claim: NumberClaim, mention: Mention) -> None:
    resolved = resolve(sentence, mention)
    if resolved == FOREIGN:
        claim.out = FOREIGN
    elif resolved == VAGUE:
        claim.lack("place")
    elif resolved:
        claim.place = around(sentence, mention) or resolved
        claim.trail["place"] = (mention.start, mention.end)
        _widen(claim)
    else:
        claim.place = sentence.context.place


def _widen(claim: NumberClaim) -> None:
    """A count of settlements cannot be a city's; the oblast around it is meant."""
    if claim.unit == "settlements" and claim.place and _is_city(PLACES[claim.place]):
        claim.place = own_oblast(PLACES[claim.place])


def _is_city(place: Place) -> bool:
    return place.level == "city" or place.pcode == KYIV


# ----------------------------------------------------------------------------------- launches


def _set_target(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Launches are at the whole country unless the words say at which part."""
    context = sentence.context
    aimed = _aimed(sentence, claim)
    mention = governing(sentence, claim.number)
    if mention is not None and mention.pointer == FOREIGN:
        abroad = aimed and claim.trigger.start < mention.start
        mention = None
    else:
        abroad = mention is None and context.foreign and aimed and not sentence.places
    if abroad:
        claim.out = FOREIGN
        return
    if mention is not None and _targeted(sentence, claim, mention, aimed):
        _settle(sentence, claim, mention)
        if claim.place:
            return
    national = any(match.value in _NATIONAL for match in sentence.scan.of("speakers"))
    here = aimed and not national and claim.number.value < _MASSIVE[claim.unit]
    claim.place = (here and context.place) or UKRAINE


def _aimed(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether the verb says that the weapons were aimed at a place ("attacked Sumy with")."""
    trigger = claim.trigger
    if trigger is None or trigger not in sentence.triggers:
        return trigger is not None and trigger.aimed
    return trigger.aimed or any(
        other.aimed and abs(other.start - trigger.start) <= 1 for other in sentence.triggers
    )


def _targeted(sentence: ParsedSentence, claim: NumberClaim, mention: Mention, aimed: bool) -> bool:
    """Whether a place is what the weapons were aimed at, not where they came from."""
    if mention.aside or mention.pointer == VAGUE:
        return False
    trigger, i = claim.trigger, mention.start - 1
    while i > 0 and (sentence.joins("before_name", i) or sentence.scan.tokens[i].text == "."):
        i -= 1
    beside = aimed and (mention.start - trigger.end <= 3 or mention.end <= trigger.start)
    end = max(claim.number.noun_end, claim.number.end)
    apart = any(token.text == "," for token in sentence.scan.tokens[end : mention.start])
    return beside or (sentence.joins("target", i) and not apart)
