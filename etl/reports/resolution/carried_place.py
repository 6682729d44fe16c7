"""The place of a claim whose sentence names none: whose mayor speaks, or the place told before."""

from etl.reports.mentions.gazetteer import KYIV, UKRAINE, centre
from etl.reports.mentions.place_mention import REGION
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence
from etl.reports.resolution.context import office_of
from etl.reports.resolution.indicator_of import risen_to
from etl.reports.resolution.inherited import counted_again
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.function_words import is_little
from impact.model.indicators import OUTAGES
from impact.model.places import PLACES, Place, contains, own_oblast

# So many places of one oblast that a text has named make its evacuation the oblast's.
_SEVERAL = 2
# Speakers without a name who speak of a city.
_OF_CITY = ("mayor", "city council", "city authorities", "city military administration")


def is_city(place: Place) -> bool:
    """Whether a place is a city, as Kyiv is, too."""
    return place.level == "city" or place.pcode == KYIV


def speakers_place(sentence: ParsedSentence) -> str:
    """The place whose mayor or governor speaks, if the text has moved on to another place; of a
    mayor without a name the city in the oblast that the text is at."""
    here = sentence.context.place
    around = (here, PLACES[here].oblast, own_oblast(PLACES[here])) if here else ()
    spoken = [match.value for match in sentence.scan.of("speakers")]
    for office in filter(None, map(office_of, spoken)):  # "Mayor Klitschko": his name says which
        if office not in around or is_city(PLACES[office]):
            return office
    if here and PLACES[here].level == "oblast" and any(each in _OF_CITY for each in spoken):
        return _city_of(sentence, here)
    return ""


def _city_of(sentence: ParsedSentence, oblast: str) -> str:
    """The only city of an oblast that the text has named, else the oblast's centre."""
    named = (code for code in sentence.context.named if PLACES[code].level == "city")
    cities = [code for code in named if PLACES[code].oblast == oblast]
    return cities[0] if len(cities) == 1 else centre(oblast)


def carried(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The current place. A toll that has risen goes on from the line before: "Now it is 14"."""
    context = sentence.context
    grown = risen_to(sentence, claim.number) or counted_again(sentence, claim.number)
    inner = context.left if grown and not context.begun and context.left else ""
    if inner and context.place and contains(PLACES[context.place], PLACES[inner]):
        context.remember(inner)
    if context.place == UKRAINE and any(each.pointer == REGION for each in sentence.places):
        return ""  # "the region" is one that the text names later on
    if claim.indicator == "evacuated" and (oblast := _all_around(sentence)):
        return oblast
    if sentence.places:
        return context.place
    if claim.indicator in TOLLS and _launched_everywhere(sentence):
        return UKRAINE
    return _where_it_stands(sentence, claim) or context.place


def _all_around(sentence: ParsedSentence) -> str:
    """The oblast of an evacuation without a place: from the front line, or one that begins a line
    below several places of the oblast, as reports of a day end: "Kramatorsk: 4 hurt ⏎ Sloviansk: 2
    houses ⏎ 142 were evacuated"."""
    context = sentence.context
    if not context.place:
        return ""
    here = own_oblast(PLACES[context.place])
    if any(is_little(sentence.scan, i, "front") for i in range(len(sentence.scan.tokens))):
        return here
    near = {each for each in context.named if each in PLACES and own_oblast(PLACES[each]) == here}
    return here if not context.begun and len(near) >= _SEVERAL else ""


def _launched_everywhere(sentence: ParsedSentence) -> bool:
    """Whether the sentence before in the line told only of weapons launched at the whole country:
    "launching 70 missiles and 450 drones at several cities. Nine people were injured"."""
    last = sentence.context.last if sentence.context.begun else []
    told = [each for each in last if not each.out]
    block = sentence.scan.sentence.block
    return bool(told) and all(
        each.unit in WEAPONS and each.place == UKRAINE and each.scan.sentence.block == block
        for each in told
    )


def _where_it_stands(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The only place where a supply was cut off, for who has it back behind news of other places:
    "Kyiv: 6,000 blocks without heat ⏎ Chernihiv: dark ⏎ Later: heat is back in 1,600"."""
    context = sentence.context
    cut_off = context.cut_off.get(claim.indicator, set())
    if claim.indicator not in OUTAGES or claim.status != "restored" or len(cut_off) != 1:
        return ""
    place = min(cut_off)
    if not context.place or context.begun or context.place in context.sections:
        return ""
    if _overlap(PLACES[place], PLACES[context.place]):
        return ""
    context.remember(place)
    return place


def _overlap(one: Place, other: Place) -> bool:
    return one == other or contains(one, other) or contains(other, one)
