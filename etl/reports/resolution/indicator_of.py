"""Which trigger counts a number: one beside it, or the one of its list."""

from collections.abc import Sequence
from dataclasses import replace

from etl.reports.mentions.distance import WEAK_REASONS
from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, OUT, SERVICES, Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.inherited import SUBSCRIBERS
from etl.reports.resolution.uncounted import STRUCTURES, entered_late, planned
from etl.reports.resolution.unit_of import TOLLS, noun_before, set_unit
from etl.reports.text.function_words import has_little, is_little

# A trigger further away than this says nothing about a number.
_FAR = 24.0
_SUPPLIES = frozenset(SERVICES.values())
_DAMAGE = "buildings_damaged"
_WEAK_FAR = 10.0  # The same for words as common as "were working".
_SUBJECT = 2.0  # how far a verb is from the people of its subject, however many they are
_CASUALTIES = ("killed", "injured", "casualties", "missing", "evacuated")
_HARMED = ("killed", "injured", "casualties", "missing", "rescued")
_GROUPS = ("children", "women", "men", "adults")  # people of no profession
_LARGEST_TOLL = 500_000  # a larger number without a noun counts something else
_FAR_VERB = 16  # tokens from "wounded" to "died"
_MAIN_VERB = 4  # tokens from the end of a clause that says more of a noun to the noun's verb
_TOTALS = ("war", "cumulative", "current")
_PART = 3  # tokens from a comma over a number to "of them"
_TOLL_WORDS = 2  # of a phrase such as "the toll rose", at least
_TO_BODIES = 3  # tokens from "bodies" to their number
_TO_WHOLE, _TO_LOSS = 3, 3  # tokens from a part to its whole, and on to its loss
_TO_DEATH = 3  # tokens from "but" to "died"
_RESCUED = 6  # tokens from "trapped" to "were rescued"


def nearest(sentence: ParsedSentence, number: Number) -> tuple[Trigger | None, float]:
    """The nearest trigger that can count a number, and how far away it is."""
    best, far = None, _FAR
    fitting = [each for each in sentence.triggers if _fits(sentence, number, each)]
    parted = sentence.scan.links("subset")
    if parted and (said := _said_of_part(sentence, number, fitting)):
        return said, 0.0
    dashed = number.unit == "people" and "-" in sentence.scan.words
    if dashed and (said := _said_before_dash(sentence, number, fitting)):
        return said, 0.0
    shares = sentence.scan.of("unquantified")
    for trigger in fitting:
        if any(
            number.start in each and trigger.start >= each.stop
            for each in sentence.relative_clauses
        ):
            continue  # "13 stations, which feed 7 million families, have been hit"
        if any(_tells_more(sentence, trigger, number, other) for other in fitting):
            continue
        if _of_another_clause(sentence, trigger, number, fitting):
            continue
        if trigger.status == "lost" and _is_of_whole_behind(sentence, trigger, number, fitting):
            continue
        if parted and _of_another_part(sentence, trigger, number):
            continue
        if trigger.indicator == _DAMAGE and _describes_a_noun(sentence, trigger, number):
            continue
        if _tells_how_badly(sentence, trigger) or _of_part_before(sentence, trigger, number):
            continue
        if sentence.relative_clauses and _before_main_verb(sentence, trigger, number, fitting):
            continue
        if shares and of_a_share(sentence, trigger, number):
            continue
        if trigger.noun and number.toll == "" and _owned(sentence, trigger, number):
            continue
        distance = sentence.distances.cost(number, trigger)
        if trigger.indicator in TOLLS and (
            _is_subject(sentence, number, trigger) or _has_grown_to(sentence, number, trigger)
        ):
            distance = min(distance, _SUBJECT)
        if trigger.indicator == OUT and trigger.status in WEAK_REASONS and distance > _WEAK_FAR:
            continue
        if distance < far:
            best, far = trigger, distance
    return (best, far) if best or not number.unit else _of_affected(sentence, number)


def _of_affected(sentence: ParsedSentence, number: Number) -> tuple[Trigger | None, float]:
    """The only supply of a sentence for those who are "affected" in it: "the city is without heat;
    some 270 blocks are affected"."""
    vague = next((each for each in sentence.triggers if each.vague), None)
    if vague is None:
        return None, _FAR
    supplies = [each for each in sentence.triggers if each.indicator in _SUPPLIES]
    if len(supplies) != 1 or not supplies[0].takes(number.unit):
        return None, _FAR
    far = sentence.distances.cost(number, vague)
    return (supplies[0], far) if far < _FAR else (None, _FAR)


def _said_of_part(
    sentence: ParsedSentence, number: Number, fitting: Sequence[Trigger]
) -> Trigger | None:
    """The trigger right behind the words that make a number a part: "14,700 lost power, 11,200 of
    which were | reconnected by dusk"."""
    part = sentence.scan.link("subset", end_of(number))
    if part is None or is_little(sentence.scan, number.start - 1, "place_in"):
        return None  # "two blocks, in one of which floors were destroyed"
    end = part.end + (sentence.scan.link("passive", part.end) is not None)
    word = not sentence.scan.mark(end) and not sentence.scan.is_number(end)
    reach = range(end, end + 1 + word)  # "шестеро з них знайшлися | живими"
    return next((each for each in fitting if each.start in reach), None)


def _said_before_dash(
    sentence: ParsedSentence, number: Number, fitting: Sequence[Trigger]
) -> Trigger | None:
    """The verb right before two dashes between which a number lists who was counted: "three were
    killed | - two men and a woman - | and 31 injured"."""
    scan = sentence.scan
    for whole in sentence.made:  # "wounded three - a guard and two drivers - and left …"
        toll = whole.trigger if whole.indicator in TOLLS and not whole.out else None
        if toll and number.start in sentence.distances.dashed(
            end_of(whole.number), len(scan.tokens)
        ):
            return toll
    for verb in fitting:
        if verb.indicator not in TOLLS or verb.noun or verb.end >= number.start:
            continue
        aside = sentence.distances.dashed(verb.end, len(scan.tokens))
        if (
            number.start in aside
            and scan.is_number(aside.stop + 1)
            and scan.link("and", aside.stop)
        ):
            return verb
    return None


def _of_another_part(sentence: ParsedSentence, trigger: Trigger, number: Number) -> bool:
    """Whether a trigger is said of a part behind a number: "there were 20, six of whom | were found
    alive"."""
    return any(
        end_of(number) <= other.start and _said_of_part(sentence, other, [trigger])
        for other in sentence.numbers
    )


def _describes_a_noun(sentence: ParsedSentence, trigger: Trigger, number: Number) -> bool:
    """Whether words for damage only describe where somebody is: "85 more, in ruined buildings"."""
    scan, start = sentence.scan, trigger.start
    noun = scan.at("units", trigger.end) if end_of(number) < start else None
    named = noun is not None and noun.value in STRUCTURES and noun.value != number.unit
    return named and sentence.joins("before_place", start - 1)


def _of_part_before(sentence: ParsedSentence, trigger: Trigger, number: Number) -> bool:
    """Whether words that weapons were shot down stand in an aside about a part of the weapons
    before: "45 missiles, of which 34 were downed, and 300 drones", "31, 25 of them downed, and"."""
    if trigger.indicator != OUT or trigger.status != "shot_down" or trigger.start > number.start:
        return False
    scan = sentence.scan
    for value in ("subset", "anaphora"):
        for i in scan.links(value):
            apart = any(scan.low(k) == "," for k in range(max(0, i - _PART), i))
            if apart and i < trigger.start:
                gap = (k for k in range(trigger.end, number.start) if scan.low(k) == ",")
                return next(gap, None) is not None
    return False


def _tells_how_badly(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """Whether "lightly" of "four were lightly hurt" only describes the first toll that is told."""
    if trigger.indicator != OUT or trigger.status != "severity":
        return False
    described = any(t.indicator == "injured" and t.start == trigger.end for t in sentence.triggers)
    told = "injured" in sentence.context.harmed
    return described and not told and not any(c.indicator == "injured" for c in sentence.made)


def _of_another_clause(
    sentence: ParsedSentence, trigger: Trigger, number: Number, fitting: Sequence[Trigger]
) -> bool:
    """Whether a trigger stands in a clause that says more of a noun, and the number outside of it:
    "four died in Zaporizhzhia, where 24 were wounded, and two in Nikopol"."""
    clause = next((each for each in sentence.relative_clauses if trigger.start in each), None)
    if clause is None or number.start in clause or trigger.indicator not in TOLLS:
        return False
    return any(other.start < clause.start and other.indicator in TOLLS for other in fitting)


def _is_of_whole_behind(
    sentence: ParsedSentence, trigger: Trigger, number: Number, fitting: Sequence[Trigger]
) -> bool:
    """Whether a loss is told of the whole of a part, of which the sentence goes on to tell: "500 of
    1,300 villages | cut off by the storm had supply again"."""
    scan, end = sentence.scan, end_of(number)
    whole = next((n for n in sentence.numbers if n.start >= end and not n.outside), None)
    if whole is None or whole.core[0] - end > _TO_WHOLE or not scan.link("out_of", end):
        return False
    beside = 0 <= trigger.start - end_of(whole) <= _TO_LOSS
    return beside and any(
        other.start >= trigger.end and other.indicator == trigger.indicator for other in fitting
    )


def _before_main_verb(
    sentence: ParsedSentence, trigger: Trigger, number: Number, fitting: Sequence[Trigger]
) -> bool:
    """Whether a trigger stands in a clause that says more of a noun, whose own verb follows: "two
    officers, who had come to the scene, were killed"."""
    clause = next((each for each in sentence.relative_clauses if trigger.start in each), None)
    if clause is None or end_of(number) not in range(clause.start - 2, clause.start):
        return False
    reach = range(clause.stop, clause.stop + _MAIN_VERB)
    return any(
        main.start in reach
        and not _begins_number(sentence, main.end)
        and not sentence.numbers_between(clause.stop, main.start)
        for main in fitting
    )


def _owned(sentence: ParsedSentence, trigger: Trigger, number: Number) -> bool:
    """Whether a noun has a number of its own and the number before it has another noun: "1,110
    people - 148 dead"."""
    named = number.noun_end > number.end
    return named and any(
        end_of(number) <= other.start and other.end <= trigger.start < other.noun_end
        for other in sentence.numbers
        if not other.outside
    )


def of_a_share(sentence: ParsedSentence, trigger: Trigger, number: Number) -> bool:
    """Whether a trigger tells only of some of a number before it: "25,000 lost power, most have it
    back"."""
    scan, end = sentence.scan, end_of(number)
    shares = (m.start for m in scan.of("unquantified") if m.value == "share")
    return trigger.indicator in SERVICES.values() and any(
        end < at < trigger.start
        and scan.before(at, ",")
        and not sentence.numbers_between(end, at)
        and not any(scan.low(i) == "," for i in range(at, trigger.start))
        for at in shares
    )


def _is_subject(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether people are of the list before a verb: "four firefighters, three officers and a driver
    were wounded"."""
    gap = range(end_of(number), trigger.words[0])
    if number.unit != "people" or trigger.noun or not gap:
        return False
    if _told_before(sentence, number) and any(sentence.scan.tokens[i].text == ";" for i in gap):
        return False  # "hurt were a man and a woman; a boy was killed"
    counted = {i for n in sentence.numbers for i in range(n.start, end_of(n))}
    return all(i in counted or sentence.in_list(i) for i in gap)


def _has_grown_to(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a number is what the number of the harmed has come to: "this brings the number of
    civilians killed since February 2022 to more than 10,200", "the toll rose to 25 people"."""
    scan = sentence.scan
    counted = any(each.end <= trigger.start for each in scan.links("counted").values())
    joined = any(scan.link("and", i) for i in range(trigger.end, number.start))
    counted = counted or (risen_to(sentence, number) and not joined)
    if not counted or trigger.end > number.start or not scan.link_before("to", number.start):
        return False
    return not sentence.numbers_between(trigger.end, number.start)


def _told_before(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a verb of harm stands before a number in its own clause."""
    return any(
        trigger.indicator in TOLLS
        and trigger.end <= number.start
        and not sentence.parted(trigger.end, number.start)
        for trigger in sentence.triggers
    )


def _tells_more(sentence: ParsedSentence, trigger: Trigger, number: Number, main: Trigger) -> bool:
    """Whether a trigger only describes what another counts: "5,000 families, whose homes lost
    power, have it again"."""
    supply = SERVICES.values()
    return (
        trigger.indicator in supply
        and main.indicator in supply
        and any(
            trigger.start in clause and number.start < clause.start and main.start >= clause.stop
            for clause in sentence.relative_clauses
        )
    )


def _fits(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    if not trigger.takes(number.unit) or _are_at_work(number, trigger):
        return False
    if not number.unit and trigger.indicator == LAUNCH:
        return False
    if not number.unit and trigger.indicator == "buildings_damaged":
        return _of_structures(sentence, number)
    behind = trigger.indicator in TOLLS and trigger.start >= number.end and not number.unit
    if behind and sentence.scan.at("damage", trigger.start) and _of_structures(sentence, number):
        return False  # "5 будинків зруйновано, 32 зазнали ушкоджень"
    if trigger.vague and any(t.indicator in _SUPPLIES for t in sentence.triggers):
        return False  # "the city is without heat; some 270 blocks are affected"
    supplied = trigger.indicator in _SUPPLIES and trigger.start > number.end
    if supplied and _is_of_next_place(sentence, number, trigger):
        return False
    if number.implied and _saves_others(sentence, number, trigger):
        return False
    if _has_own_object(sentence, number, trigger) or _is_supplied(sentence, number, trigger):
        return False
    if trigger.indicator in TOLLS and _has_nearer_subject(sentence, number, trigger):
        return False
    if number.implied and _is_noun_of_next(sentence, number, trigger):
        return False
    if trigger.indicator in TOLLS and _describes_another(sentence, number, trigger):
        return False
    if trigger.indicator in TOLLS and _is_one_of(sentence, number):
        return False
    return not another_toll(number, trigger)


def _is_one_of(sentence: ParsedSentence, number: Number) -> bool:
    """Whether "one" only leads to where somebody is: "in one of the private houses", "до однієї з
    лікарень"."""
    scan, begin = sentence.scan, number.core[0]
    one = number.value == 1 and not number.implied and scan.link("out_of", number.end)
    led = is_little(scan, begin - 1, "place_in") or number.bound == "at_most"
    return bool(one) and led


def _is_supplied(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a number counts those whom what was damaged supplies: "damaged the grids that bring
    power to 2,000 families"."""
    gap = range(trigger.end, number.start)
    damage = trigger.indicator == "buildings_damaged" and number.unit in SUBSCRIBERS
    return damage and any(sentence.scan.link("relative", i) for i in gap)


def _is_noun_of_next(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether words for harm are the noun of a number behind a person: "двоє вбитих - жінка та
    чоловік, 14 поранених"."""
    return any(
        end_of(number) <= other.start and other.end <= trigger.start < other.noun_end
        for other in sentence.numbers
        if other.toll and not other.outside
    )


def _is_of_next_place(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a supply is told of all of a place that opens the next part: "340 blocks in Dnipro,
    57 in Kamianske, in Pavlohrad everybody has heat"."""
    end = end_of(number)
    if not sentence.places or sentence.numbers_between(end, trigger.start):
        return False
    own = any(t.indicator == trigger.indicator and t.end <= end for t in sentence.triggers)
    return own and any(
        end < place.start < trigger.start
        and any(sentence.scan.before(at, ",") for at in (place.start, place.start - 1))
        for place in sentence.places
    )


def _describes_another(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether words for harm only describe a person: "the toll rose to five as a wounded man
    died"."""
    return any(
        other.implied and other.start < trigger.start < end_of(other)
        for other in sentence.numbers
        if other is not number
    )


def _are_at_work(number: Number, trigger: Trigger) -> bool:
    """Whether people of a profession stand beside words for a supply: "12 power engineers restored
    the supply"."""
    profession = bool(number.group) and number.group not in _GROUPS
    return profession and trigger.indicator in SERVICES.values()


def another_toll(number: Number, trigger: Trigger) -> bool:
    """ "Four deaths" count no injured."""
    told = number.toll in _CASUALTIES and trigger.indicator in TOLLS
    return told and trigger.indicator != number.toll


def _has_own_object(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a verb behind a comma has a number of its own right after it: "138 drones, downed
    110"."""
    scan, end = sentence.scan, end_of(number)
    if trigger.start <= end:
        return False
    another = scan.link("and", trigger.start - 1) and _begins_number(sentence, trigger.end)
    if another and _told_before(sentence, number):
        return True  # "killed two and wounded seven"
    listed = {place.end for place in sentence.places}  # "in Lviv, Ternopil and Rivne regions"
    return (
        trigger.start > end
        and trigger.end not in scan.taken
        and any(scan.low(i) == "," and i not in listed for i in range(end, trigger.start))
        and _begins_number(sentence, trigger.end)
    )


def _saves_others(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a person saves others: "a mother who had pulled | her three daughters out"."""
    if trigger.indicator != "rescued" or trigger.start < end_of(number):
        return False
    whose = is_little(sentence.scan, trigger.end, "whose")
    return _begins_number(sentence, trigger.end + whose)


def _begins_number(sentence: ParsedSentence, i: int) -> bool:
    """Whether a number begins at a token, or behind a dash there: "the dead - three"."""
    scan = sentence.scan
    i += scan.low(i) in ("-", ":")
    return scan.is_number(i) or scan.at("bounds", i) is not None


def _has_nearer_subject(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether other people stand between a number and the verb behind it: "a train with 155
    passengers: three were killed". People of one list share the verb."""
    verb, end = trigger.words[0], end_of(number)
    if verb < end:
        return False
    aside = sentence.distances.dashed(end, verb)
    for other in sentence.numbers:
        if other.start < end or end_of(other) > verb or other.outside or other.implied:
            continue
        if other.start in aside:
            continue
        if not trigger.takes(other.unit):
            continue
        if other.increment and _told_before(sentence, number):
            return True  # "вбив двох жителів, ще вісім – травмував"
        if not _one_list(sentence, range(end, other.start)):
            return True
    return False


def _one_list(sentence: ParsedSentence, gap: range) -> bool:
    """Whether only the words of a list, or of a part of it, stand between two of its numbers."""
    scan = sentence.scan
    joined = any(scan.tokens[i].text == "," or scan.link("and", i) for i in gap)
    opening = {i for i in gap if scan.low(i) == "(" and _in_aside(sentence, i + 1)}
    counted = {i for n in sentence.numbers for i in range(n.start, end_of(n))}
    return (joined or any(_in_aside(sentence, i) for i in gap)) and all(
        scan.tokens[i].text != ":"
        and (i in counted or i in opening or sentence.in_list(i) or _in_aside(sentence, i))
        for i in gap
    )


def _in_aside(sentence: ParsedSentence, i: int) -> bool:
    """Whether a token belongs to words for a part: ", including | two children"."""
    links = sentence.scan.links("subset").values()
    return any(link.start <= i < link.end for link in links)


def _of_structures(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number without a noun counts houses: "three houses damaged, one destroyed"."""
    before = [each for each in sentence.numbers if each.end <= number.start]
    if before:
        last = before[-1]
        homes = last.unit == "households" and number.increment
        goes_on = (last.unit in STRUCTURES or homes) and not last.outside
        claim = sentence.claim_before(number)
        if claim is not None and claim.number is last and not last.unit:  # "nine … wrecked, 28 hit"
            goes_on = claim.indicator == "buildings_damaged"
        return goes_on or _is_value_of_structures(sentence, number, last)
    return number.increment or noun_before(sentence, number) not in ("", "people")


def _is_value_of_structures(sentence: ParsedSentence, number: Number, last: Number) -> bool:
    """Whether a number is the value of a key: "injured - 14, houses damaged - 27".

    last  the number before it
    """
    scan = sentence.scan
    keyed = scan.low(number.start - 1) in ("-", ":")
    return keyed and any(
        unit.value in STRUCTURES and last.noun_end <= unit.start and unit.end <= number.start
        for unit in scan.of("units")
    )


def risen_to(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number is what its subject rose or fell to, however far away the subject is."""
    before = range(max(0, number.start - 3), number.start)
    return any(
        link.value == "change" and link.end - 1 in before for link in sentence.scan.of("links")
    )


def counts_longer(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number without a noun counts its subject over a longer time, however far away the
    subject is: "910 were killed or injured in September, and more than 14,200 since the war
    began"."""
    scan = sentence.scan
    joined = scan.link("and", number.start - 1)
    return bool(joined and any(scan.at("totals", number.end, each) for each in _TOTALS))


def left_over(sentence: ParsedSentence, number: Number) -> bool:
    """ "The heat is back in all but 6,200 of them"."""
    return bool(sentence.scan.ending("links", number.start, "all_but"))


def apply(sentence: ParsedSentence, claim: NumberClaim, trigger: Trigger) -> None:
    """Gives a claim what its trigger says: a reason, or indicator, status and unit."""
    trigger = _brought_out(sentence, claim.number, trigger)
    if trigger.indicator == "rescued":
        trigger = _of_bodies(sentence, claim.number, trigger)
    told = trigger in sentence.triggers
    if trigger.indicator == "killed" and _is_toll_of_injured(sentence, trigger):
        trigger = replace(trigger, indicator="injured")
    claim.trigger = trigger
    if told:
        claim.trail["indicator"] = (trigger.start, trigger.end)
    if trigger.indicator == OUT:
        claim.out = claim.out or trigger.status
        return
    claim.out = (
        claim.out
        or planned(sentence, claim.number, trigger)
        or entered_late(sentence, claim.number, trigger)
    )
    if claim.out:
        return
    bare = claim.number.noun_end <= claim.number.end
    if bare and trigger.indicator in _HARMED and claim.number.value > _LARGEST_TOLL:
        claim.out = "noun"
        return
    if trigger.hits and not _hit_with(sentence, claim.number, trigger):
        claim.out = "attacks"
        return
    if trigger.indicator == LAUNCH:
        claim.indicator = f"{claim.number.unit}_launched"
    else:
        claim.indicator, claim.status = trigger.indicator, trigger.status
        if claim.indicator == "displaced" and _of_evacuation(sentence):
            claim.indicator = "evacuated"
        counted = sentence.scan.change and sentence.links("counted")  # "the number … fell to 4,100"
        if trigger.status == "lost" and (sentence.leading_whole is not None or counted):
            claim.status = "without"
    set_unit(sentence, claim)


def _of_evacuation(sentence: ParsedSentence) -> bool:
    """Whether a sentence or its section is about evacuation, "Evacuation: 143 residents left", or
    who left did so in a line that tells of one: "80 were evacuated. Since May 900 have left"."""
    context, scan = sentence.context, sentence.scan
    moved = context.evacuated_line == scan.sentence.block
    moved = moved or any(trigger.indicator == "evacuated" for trigger in sentence.triggers)
    goes_on = moved and has_little(scan, "leaving")
    return context.evacuating or goes_on or has_little(scan, "evacuation")


def _brought_out(sentence: ParsedSentence, number: Number, trigger: Trigger) -> Trigger:
    """The verb of "33 miners trapped underground were brought out": they are missing no more."""
    if trigger.indicator == "rescued" and trigger.end <= number.start:
        return _but_died(sentence, number) or trigger
    described = number.implied and number.start < trigger.start < end_of(number)
    beside = described or trigger.start == end_of(number)  # "a wounded man died in hospital"
    if trigger.indicator in ("injured", "rescued") and beside:
        return _died_later(sentence, number, trigger)
    if trigger.indicator != "missing" or trigger.start < number.start:
        return trigger
    if (
        trigger.start == number.end
        and sentence.scan.ending("links", number.start, "out_of")
        and sentence.made
    ):
        return trigger  # "ten of the 16 missing were found alive"
    end = trigger.end + _RESCUED
    behind = (t for t in sentence.triggers if t.indicator == "rescued" and trigger.end <= t.start)
    near = (t for t in behind if t.start < end and not sentence.parted(trigger.end, t.start))
    alone = (t for t in near if not sentence.numbers_between(trigger.end, t.start))
    return next(alone, trigger)


def _of_bodies(sentence: ParsedSentence, number: Number, trigger: Trigger) -> Trigger:
    """The dead of "the bodies of two more people were pulled from the rubble"."""
    if not sentence.scan.of("bodies"):
        return trigger
    led = range(max(0, number.start - _TO_BODIES), number.start)
    found = (i for i in led if sentence.scan.at("bodies", i))
    body = next(found, None)
    dead = (t for t in sentence.triggers if t.indicator == "killed" and t.start == body)
    return next(dead, trigger)


def _is_toll_of_injured(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """Whether words for a toll that do not say of whom are of the injured, as only these are told
    of: "six more were wounded, bringing the toll to 19"."""
    scan = sentence.scan
    words = range(trigger.start, trigger.end)
    if len(words) < _TOLL_WORDS or not any(sentence.joins("toll", i) for i in words):
        return False
    if any(scan.at("toll_noun", i, "killed") for i in words):
        return False  # "the death toll"
    told = {each.indicator for each in sentence.triggers if each is not trigger}
    told = (told & {"killed", "injured"}) or sentence.context.harmed
    return told == {"injured"}


def _but_died(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The verb of "one woman was pulled out, but she died", over the rescue before it."""
    scan, end = sentence.scan, end_of(number)
    if scan.low(end) != "," or not scan.link("hard", end + 1):
        return None
    reach = range(end + 2, end + 2 + _TO_DEATH)
    died = (t for t in sentence.triggers if t.indicator == "killed" and t.start in reach)
    verb = next(died, None)
    others = verb is not None and any(map(scan.is_number, range(end, verb.start)))
    return None if others else verb


def _died_later(sentence: ParsedSentence, number: Number, trigger: Trigger) -> Trigger:
    """The verb of "a boy wounded in his home died in hospital", over what befell him before."""
    scan = sentence.scan
    for verb in sentence.triggers:
        gap = range(trigger.end, verb.start)
        if verb.indicator == "killed" and verb.side == "before" and 0 < len(gap) <= _FAR_VERB:
            plain = not any(scan.mark(i) or scan.link("and", i) for i in gap)
            alone = not sentence.numbers_between(trigger.end, verb.start)
            return verb if plain and alone and number.unit == "people" else trigger
    return trigger


def _hit_with(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """ "hit Kharkiv with 12 drones" tells what was sent, "12 drones hit" only what arrived."""
    led = range(number.start - 1, number.start + 1)
    return number.start > trigger.start and any(sentence.joins("with", i) for i in led)


def untold(claim: NumberClaim) -> None:
    """Leaves a number without a trigger to a person, if its noun is one of supply."""
    if not claim.out and not claim.number.implied and claim.number.unit in SUBSCRIBERS:
        claim.lack("indicator")
