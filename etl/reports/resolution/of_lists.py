"""What a number of a list counts: the trigger of the number before it, or of the list's head."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, OUT, Trigger
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.dealt_out import dealt
from etl.reports.resolution.indicator_of import another_toll, of_a_share
from etl.reports.resolution.place_attachment import own_place
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.function_words import is_little

_LONGEST_HEAD = 26  # tokens of what stands before the colon of a list
_LONGEST_JOINT = 18  # tokens between two numbers of one list
_TO_PLACE = 5  # tokens from weapons to where they were sent: "12 at the town of Reni"
_HELPING = 3  # tokens from a helping verb to the verb: "have been cut off"
_SEX = 6  # tokens from "the sex of" to a number, over another one


def of_list(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of the number before, if both stand in one list: "8,000 in Odesa, 5,000 in …"."""
    if number.unit in WEAPONS and (arms := _of_arms(sentence, number)):
        return arms
    if aimed := _at_another_place(sentence, number):
        return aimed
    before = _of_same_clause(sentence, number)
    if before is None or before.trigger is None or before.indicator == "":
        return None
    if (number.implied and before.unit != number.unit) or another_toll(number, before.trigger):
        return None
    if _of_unknown_sex(sentence, number) and before.indicator in TOLLS:
        return before.trigger
    gap = range(end_of(before.number), number.start)
    apart = any(sentence.scan.tokens[i].text == ";" for i in gap)
    if apart and (_has_own_verb(sentence, number) or _says_more(sentence, number)):
        return None
    if not 0 < len(gap) <= _LONGEST_JOINT or not all(
        sentence.in_list(i)
        or i in before.trigger.words
        or any(i in clause for clause in sentence.relative_clauses)
        for i in gap
    ):
        return None  # "Three people died in Izmail, five in Reni"
    named = any(place.start in gap for place in sentence.places)
    placed = named or own_place(sentence, number) is not None
    own = number.increment or sentence.scan.link("passive", end_of(number))
    if apart and own and not placed:
        return None  # "took two lives; nine more people are with the doctors"
    # "45,000 in the morning, 6,200 in the evening"
    placed = placed or any(day.start in gap for day in sentence.days)
    placed = placed or bool(dealt(sentence, number))
    # "11,900 because of shelling, because of the weather 2,300"
    placed = placed or any(cause.start in gap for cause in sentence.scan.of("cause"))
    unit = number.unit or (before.unit if placed else "")
    if not unit or not before.trigger.takes(unit):
        return None
    number.unit = unit
    return before.trigger


def _of_unknown_sex(sentence: ParsedSentence, number: Number) -> bool:
    """ "… and 180 girls were killed; the sex of 32 children and 1,937 adults is unknown"."""
    before = range(max(0, number.start - _SEX), number.start)
    return bool(number.group) and any(is_little(sentence.scan, i, "sex") for i in before)


def _of_same_clause(sentence: ParsedSentence, number: Number) -> NumberClaim | None:
    """The claim before a number, over those of a clause between commas that says more of a noun."""
    clauses = sentence.relative_clauses
    earlier = [claim for claim in sentence.made if claim.number.end <= number.start]
    for claim in reversed(earlier):
        if not any(claim.number.start in c and number.start not in c for c in clauses):
            return claim
    return None


def of_head(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger before the colon of a list: "Without heat: 14 schools, over 500 houses",
    "Damaged homes: Dnipro 140, Nikopol 50", "Used: 2 guided bombs; 5 drones"."""
    scan = sentence.scan
    colon = next((i for i, token in enumerate(scan.tokens) if token.text == ":"), 0)
    if not 0 < colon <= min(_LONGEST_HEAD, number.start):
        return None
    unit = number.unit or next((u.value for u in scan.of("units") if u.end <= colon), "")
    behind = (each for each in sentence.triggers if each.start > colon)
    if any(each.takes(number.unit) for each in behind):
        return None
    for trigger in sentence.triggers:
        counted = trigger.indicator not in (OUT, LAUNCH) or (trigger.used and number.unit)
        counts = bool(counted) and trigger.takes(unit)
        counts = counts and (unit != "" or trigger.indicator != "buildings_damaged")
        if trigger.end <= colon and counts and not another_toll(number, trigger):
            number.unit = unit
            return trigger
    return None


def of_verb_behind(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The verb behind a list of places, for the number that heads it: "161 villages in Kyiv region,
    48 in Sumy region and 15 in Odesa region have been cut off"."""
    if not number.unit or any(each.start < number.start for each in sentence.triggers):
        return None
    end, followed = end_of(number), False
    for other in (n for n in sentence.numbers if n.start >= end):
        if other.unit or other.outside or not _only_places(sentence, end, other.start):
            break
        end, followed = end_of(other), True
    behind = (t for t in sentence.triggers if t.start >= end and t.takes(number.unit))
    verb = next(behind, None)
    if verb is None or not followed:
        return None
    stop = next((i for i in range(end, verb.start) if sentence.scan.link("passive", i)), verb.start)
    return verb if _only_places(sentence, end, stop) and verb.start - stop <= _HELPING else None


def _only_places(sentence: ParsedSentence, start: int, stop: int) -> bool:
    named = any(start <= place.start < stop for place in sentence.places)
    gap = range(start, stop)
    return named and all(sentence.in_list(i) and sentence.scan.low(i) != ";" for i in gap)


def _has_own_verb(sentence: ParsedSentence, number: Number) -> bool:
    """Whether words behind a number in its own clause can count it."""
    return any(
        trigger.takes(number.unit)
        and trigger.start >= number.end
        and not sentence.parted(number.end, trigger.start)
        and not of_a_share(sentence, trigger, number)
        for trigger in sentence.triggers
    )


def _says_more(sentence: ParsedSentence, number: Number) -> bool:
    """Whether words of its own follow a person: "; a man of 52 is in shock"."""
    if not number.implied:
        return False
    i, ages = end_of(number), [n for n in sentence.numbers if n.outside == "age"]
    while i < len(sentence.scan.tokens) and (
        sentence.joins("before_age", i) or any(n.start <= i < end_of(n) for n in ages)
    ):
        i += 1
    return i < len(sentence.scan.tokens) and not sentence.in_list(i)


def _at_another_place(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The launch of weapons that are not named again: "sent five drones at Sumy and | 12 at Lviv".

    Gives the number their unit.
    """
    before, end = sentence.claim_before(number), number.end
    if number.noun_end > end or before is None or before.out or before.unit not in WEAPONS:
        return None
    scan = sentence.scan
    joined = scan.link("and", number.start - 1) or scan.before(number.start, ",")
    near = any(end < place.start <= end + _TO_PLACE for place in sentence.places)
    if not (joined and near and sentence.joins("target", end)):
        return None
    number.unit = before.unit
    return before.trigger


def _of_arms(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of the weapons that a list of arms goes on from, over those not counted here:
    "2 missiles, 7 guided bombs, 25 drones"."""
    for claim in reversed(sentence.made):
        trigger = claim.trigger
        if claim.out in ("", "repeat") and trigger and trigger.indicator == LAUNCH:
            gap = range(end_of(claim.number), number.start)
            return None if any(t.start in gap for t in sentence.triggers) else trigger
    return None
