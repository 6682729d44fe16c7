"""The place of a claim: from its sentence, from the speaker's office, or from the text before."""

from collections.abc import Iterable

from etl.reports.mentions.day import MONTH
from etl.reports.mentions.places import (
    FOREIGN,
    REGION,
    UKRAINE,
    VAGUE,
    VILLAGE,
    Mention,
    is_included,
    mentions,
)
from etl.reports.mentions.triggers import LAUNCH, Trigger
from etl.reports.resolution.carried_place import carried, is_city, speakers_place
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.context import AIR_FORCE, is_national, is_of_state
from etl.reports.resolution.dealt_out import dealt, place_of_pair
from etl.reports.resolution.in_brackets import place_before
from etl.reports.resolution.meant_place import resolve
from etl.reports.resolution.place_attachment import (
    around,
    around_parts,
    governing,
    listed,
    own_place,
    placed_parts,
)
from etl.reports.resolution.sums import around_sum
from etl.reports.resolution.totals import counts_the_war, sums_a_period, told_of_war
from etl.reports.resolution.unit_of import TOLLS
from impact.model.indicators import OUTAGES
from impact.model.places import PLACES, contains, own_oblast

# Launches by these are counted for the whole country.
_NATIONAL = (AIR_FORCE, "Zelenskyy")
# So many weapons at once are never aimed at one city alone.
_MASSIVE = {"drones": 100, "missiles": 15}


def set_place(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a claim its place, or a reason to be left out, or notes that it lacks a place."""
    if claim.unit in WEAPONS:
        _set_target(sentence, claim)
    elif claim.place:
        _refine(sentence, claim)
    else:
        _set_scene(sentence, claim)


def place_nationally(claims: Iterable[NumberClaim]) -> None:
    """Places the tolls that lack nothing but a place, in a text in which the UN or the like speaks:
    they are the whole country's."""
    for claim in claims:
        told = claim.indicator in TOLLS and not claim.out and not mentions(claim.scan)
        if told and claim.lacks == ("place",):
            claim.place, claim.lacks = UKRAINE, ()


def _refine(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """ "13 injured in the region, including five in Kharkiv": a part may have its own place."""
    own = own_place(sentence, claim.number)
    if own and not own.aside:
        _settle(sentence, claim, own)


def _set_scene(sentence: ParsedSentence, claim: NumberClaim) -> None:
    if share := dealt(sentence, claim.number):
        claim.place = share
        return
    beside = place_before(sentence, claim.number)
    if beside is None and sentence.places[1:]:
        beside = place_of_pair(sentence, claim.number)
    if beside:
        _settle(sentence, claim, beside)
        return
    if same := _same_as_before(sentence, claim):
        claim.place = same
        return
    if summed := around_sum(sentence, claim):
        claim.place = summed
        return
    mention = governing(sentence, claim.number)
    parted = mention is not None and bool(sentence.scan.links("subset"))
    parted = parted and (_everywhere(sentence) or speaks_nationally(sentence))
    if parted and mention in placed_parts(sentence, end_of(claim.number)):
        mention = None  # "fired 300 drones, killing six people, including four in Kharkiv"
    if mention is not None and _is_here(sentence, claim, mention):
        claim.place = sentence.context.place
    elif mention is not None:
        _settle(sentence, claim, mention)
    elif sentence.context.foreign or _abroad_before(sentence, claim):
        claim.out = FOREIGN
    elif _everywhere(sentence) or (speaks_nationally(sentence) and not _titled(sentence)):
        claim.place = UKRAINE
    elif sentence.context.national and sums_a_period(sentence):
        here = sentence.context.place
        claim.place = UKRAINE if here == UKRAINE else sentence.context.topic or UKRAINE
    elif counts_the_war(sentence, claim) or _goes_on_for_country(sentence):
        claim.place = UKRAINE
    elif told_of_war(sentence):
        context = sentence.context
        alone = context.topic and not context.topic_block and not _of_several(sentence)
        claim.place = context.topic if alone else UKRAINE
    elif parts := around_parts(sentence, claim.number):
        claim.place = parts
        _widen(claim)
    elif sentence.places and (here := _of_first(sentence)):
        claim.place = here
    elif not sentence.places and sentence.scan.opens_with("recap") and _of_several(sentence):
        claim.lack("place")  # "As a reminder, in January the company reconnected 4.5 million"
    else:
        claim.place = speakers_place(sentence)
        if not claim.place:
            claim.place, claim.carried = carried(sentence, claim), sentence.context.far
        _widen(claim)
    supply = claim.indicator in OUTAGES and not claim.out and not sentence.places
    if supply and not claim.place and _of_state(sentence):
        claim.place = UKRAINE
    if not claim.place and not claim.out:
        claim.lack("place")


def _goes_on_for_country(sentence: ParsedSentence) -> bool:
    """Whether a month is counted behind another that was counted in all of the country: "In January
    21 were hurt in Ukraine. In February 26 were hurt"."""
    last = [each for each in sentence.context.last if not each.out]
    here = sentence.scan.sentence.block
    counted = all(each.place == UKRAINE and len(each.date) == MONTH for each in last)
    beside = all(each.scan.sentence.block == here for each in last)
    return bool(last) and counted and beside and sums_a_period(sentence)


def _of_several(sentence: ParsedSentence) -> bool:
    """Whether the text has told of places in several oblasts."""
    return len({own_oblast(PLACES[each]) for each in sentence.context.named} - {""}) > 1


def _abroad_before(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether the place named last before a number lies abroad, though other words govern it:
    "75 drones, including nine over the Rostov region, where two people were hurt"."""
    before = [each for each in sentence.places if each.end <= claim.number.start]
    return bool(before) and before[-1].pointer == FOREIGN


def _is_here(sentence: ParsedSentence, claim: NumberClaim, mention: Mention) -> bool:
    return _holds(sentence, mention) or _only_speaks(sentence, claim, mention)


def _holds(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether the current place holds one that is only a part of where a number is: "… in the
    Dnipropetrovsk region. It is back for 270,000, Kryvyi Rih included"."""
    here, part = PLACES.get(sentence.context.place), PLACES.get(resolve(sentence, mention))
    if here is None or part is None or here.pcode == part.pcode:
        return False
    return is_included(sentence.scan, mention) and contains(here, part)


def _only_speaks(sentence: ParsedSentence, claim: NumberClaim, mention: Mention) -> bool:
    """Whether a place is only that of the body who speaks of a smaller one, the current place: "a
    drone hit Odesa. The State Emergency Service of Ukraine said 600 people were evacuated". Those
    who lost a supply are counted by a governor in all of the oblast."""
    here = PLACES.get(sentence.context.place)
    whose = PLACES.get(mention.pcode)
    if not mention.aside or here is None or whose is None:
        return False
    local = claim.indicator not in OUTAGES and is_city(here) and contains(whose, here)
    return mention.pcode == UKRAINE or local


def _same_as_before(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The place of the number before of which a number says the same in another unit, "75
    settlements of the region have no light, which is 21,300 customers", or of which it is a part:
    "2,328 schools were damaged, 289 of them destroyed"."""
    before = sentence.claim_before(claim.number)
    linked = any(
        link.value == "this_is" and link.end == claim.number.start
        for link in sentence.scan.of("links")
    )
    alike = before is not None and before.unit != claim.unit and not before.out
    if before is not None and not linked and not sentence.places and not before.out:
        gap = range(end_of(before.number), claim.number.start)
        of_whole = any(sentence.scan.link("subset", i) for i in gap)
        return before.place if of_whole and before.indicator == claim.indicator else ""
    return before.place if before is not None and linked and alike else ""


def _of_first(sentence: ParsedSentence) -> str:
    """The place of the sentence's first number, for one behind the places of its parts: "17 were
    killed, among them a medic in Kyiv and one in Chernihiv; over 100 were hurt"."""
    placed = (claim.place for claim in sentence.made if claim.place and not claim.out)
    return next(placed, "")


def _of_state(sentence: ParsedSentence) -> bool:
    """Whether a body of the state speaks in a text that has named no place: "the energy ministry
    says 40,000 customers have no power"."""
    return any(is_of_state(match.value) for match in sentence.scan.of("speakers"))


def _everywhere(sentence: ParsedSentence) -> bool:
    """ "Russia launched 600 drones, killing three": all over the country."""
    arms = [number for number in sentence.numbers if number.unit in WEAPONS]
    launched = any(t.indicator == LAUNCH and not t.aimed for t in sentence.triggers)
    massive = any(number.value >= _MASSIVE[number.unit] for number in arms)
    return bool(arms) and (launched or (massive and not sentence.context.place))


def speaks_nationally(sentence: ParsedSentence) -> bool:
    """Whether the UN or the like speaks without naming a place: "the Mission counted 286 dead"."""
    return any(is_national(match.value) for match in sentence.scan.of("speakers"))


def _titled(sentence: ParsedSentence) -> bool:
    """Whether the title of a report names one oblast, whose people the UN then counts, but for the
    totals of the war: "Kharkivska Oblast, flash update. 17,300 were displaced (IOM)"."""
    context = sentence.context
    oblast = bool(context.topic) and PLACES[context.topic].level == "oblast"
    whole = context.topic == context.about and not (context.topic_block or context.sections)
    return oblast and whole and not told_of_war(sentence)


def _settle(sentence: ParsedSentence, claim: NumberClaim, mention: Mention) -> None:
    resolved = resolve(sentence, mention)
    if resolved == FOREIGN:
        claim.out = FOREIGN
    elif resolved == VAGUE and (sentence.context.national or speaks_nationally(sentence)):
        claim.place = UKRAINE  # "UNICEF: no water for 1.4 million people across eastern Ukraine"
    elif resolved in (VAGUE, VILLAGE):
        claim.lack("place")
    elif resolved:
        claim.place = around(sentence, mention) or resolved
        claim.trail["place"] = (mention.start, mention.end)
        _widen(claim)
    else:
        claim.place = sentence.context.place


def _widen(claim: NumberClaim) -> None:
    """Gives a count of settlements the oblast around a city: a city has no settlements to count."""
    if claim.unit == "settlements" and claim.place and is_city(PLACES[claim.place]):
        claim.place = own_oblast(PLACES[claim.place])


# ----------------------------------------------------------------------------------- launches


def _set_target(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Places launches: the whole country, unless the words name a part of it as the target."""
    context = sentence.context
    if claim.number.value >= _MASSIVE[claim.unit] and any(
        each.pcode == UKRAINE for each in sentence.places
    ):
        claim.place = UKRAINE
        return
    aiming = _aiming(sentence, claim)
    mention = governing(sentence, claim.number)
    if mention is not None and mention.pointer == FOREIGN:
        abroad = aiming is not None and aiming.start < mention.start
        # Those from which drones were launched stand in brackets.
        abroad = abroad and not sentence.scan.in_brackets(mention.start)
        mention = None
    else:
        untold = mention is None and not sentence.places
        abroad = untold and context.foreign and aiming is not None
    if abroad:
        claim.out = FOREIGN
        return
    if mention is not None and _targeted(sentence, claim, mention, aiming):
        _settle(sentence, claim, mention)
        if claim.place:
            return
    if any(each.unit in WEAPONS and each.place == UKRAINE for each in sentence.made):
        claim.place = UKRAINE  # "the attack involved 91 missiles and 97 drones"
        return
    national = any(match.value in _NATIONAL for match in sentence.scan.of("speakers"))
    if national:
        claim.place = UKRAINE
        return
    here = aiming is not None and claim.number.value < _MASSIVE[claim.unit]
    claim.place = (here and context.place) or _used_in(sentence, claim) or UKRAINE


def _used_in(sentence: ParsedSentence, claim: NumberClaim) -> str:
    """The oblast or city whose report, or section of one, says which weapons "were used"; empty
    where the country's does."""
    context, trigger = sentence.context, claim.trigger
    few = claim.number.value < _MASSIVE[claim.unit] or _among_strikes(sentence)
    if not few or trigger is None:
        return ""
    if sentence.of_arms and context.place:
        return context.place
    national = any(match.value in _NATIONAL for match in sentence.scan.of("speakers"))
    regions = [each for each in sentence.places if each.pointer == REGION]
    here = PLACES.get(resolve(sentence, regions[0]) if regions else context.place)
    if not national and here is not None and here.level == "oblast" and _among_strikes(sentence):
        return here.pcode  # "17 air strikes on towns of the region, and launched 349 drones"
    if trigger.used and context.about and not context.heard:
        about = context.about
        around = any(each.outside == "areas" for each in sentence.numbers)
        return own_oblast(PLACES[about]) if around else about  # "on 13 villages: 157 drones"
    oblast = context.place in context.sections and PLACES[context.place].level == "oblast"
    return context.place if oblast else ""


def _among_strikes(sentence: ParsedSentence) -> bool:
    """Whether a line tells how many strikes there were, as reports of an oblast's day do: "700
    strikes on 20 villages. 449 drones were used"."""
    last = sentence.context.last if sentence.context.begun else []
    return any(claim.out == "attacks" for claim in (*sentence.made, *last))


def _aiming(sentence: ParsedSentence, claim: NumberClaim) -> Trigger | None:
    """The claim's trigger if its verb says that the weapons were aimed at a place ("attacked Sumy
    with"), else None."""
    trigger = claim.trigger
    if trigger is None or trigger.aimed:
        return trigger
    aimed = trigger in sentence.triggers and any(
        other.aimed and abs(other.start - trigger.start) <= 1 for other in sentence.triggers
    )
    return trigger if aimed else None


def _before_districts(sentence: ParsedSentence, mention: Mention, i: int) -> int:
    """The token before the first district of several whose city a place is: "по | Холодногірському
    і Шевченківському районах Харкова"."""
    scan = sentence.scan
    districts = range(mention.start, mention.end)
    if not any(each.value == "district" and each.start in districts for each in scan.of("where")):
        return i
    while (
        i > 1 and (scan.link("and", i) or scan.low(i) == ",") and scan.tokens[i - 1].text.istitle()
    ):
        i -= 2
    return i


def _targeted(
    sentence: ParsedSentence, claim: NumberClaim, mention: Mention, aiming: Trigger | None
) -> bool:
    """Whether a place is what the weapons were aimed at, not where they came from.

    aiming  the trigger whose verb says that they were aimed at a place, if one does
    """
    if mention.aside or mention.pointer == VAGUE:
        return False
    i, triggers = listed(sentence, mention)[0].start - 1, sentence.triggers
    i = _before_districts(sentence, mention, i)
    while i > 0 and (sentence.joins("before_name", i) or sentence.scan.tokens[i].text == "."):
        i -= 1
    end = max(claim.number.noun_end, claim.number.end)
    if any(end <= each.start < mention.start and each.indicator in TOLLS for each in triggers):
        return False  # "78 missiles killed a worker at a plant in the region"
    beside = aiming is not None and (mention.start - aiming.end <= 3 or mention.end <= aiming.start)
    apart = any(token.text == "," for token in sentence.scan.tokens[end : mention.start])
    return beside or (sentence.joins("target", i) and not apart)
