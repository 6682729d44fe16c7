"""Numbers that stand beside a trigger and count nothing of what it names."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import OUT, SERVICES, Trigger
from etl.reports.resolution.claims import WEAPONS, ParsedSentence, end_of
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match

# A person described without a number counts only right beside the word for the harm.
_BESIDE = 7.0
_PLAN_AHEAD = 6  # tokens before a claim in which a plan stands over it
_OPENING = 2  # tokens from "of" to the number that opens a sentence
_BEFORE_EARLIER = 6  # tokens from a bracket to the earlier count in it
_BEFORE_FEAR = 4  # tokens from who is told of to "at risk"
_TO_STOREYS = 3  # tokens from a number to its storeys, with an ending such as "-й" between
_TO_STAY = 4  # tokens from a hospital to the verb for staying there
_BESIDE_THINGS = 3  # tokens from things to more of them
_APPOSED = frozenset(",:-(")
_FEARED = {"at_risk": "plan", "limited": "other"}
_THINGS = ("areas", "other", "vehicles", "response", "attacks")
STRUCTURES = ("buildings", "facilities")


def reason_not_to_count(
    sentence: ParsedSentence, number: Number, trigger: Trigger | None, far: float
) -> str:
    """Why a number counts nothing although a trigger is near; empty if it may count."""
    counting = trigger if trigger is not None and trigger.indicator != OUT else None
    if things := _of_things(sentence, number) or _number_of(sentence, number):
        return things
    if sentence.made and (_of_each_attack(sentence, number) or _are_hits(sentence, number)):
        return "attacks"
    if sentence.made and (more := _more_of_things(sentence, number)):
        return more
    if _is_first_storey(sentence, number):
        return "storeys"
    if ":" in sentence.scan.words and _is_made_of_animals(sentence, number):
        return "other"
    if number.unit == "people" and _own_what_was_damaged(sentence, number):
        return "other"
    if feared := _only_feared(sentence, number):
        return feared
    if counting is not None and (reason := _fate(sentence, number, counting)):
        return reason
    if counting is not None and _helped(sentence, number, counting):
        return "response"
    if counting is not None and _cared_for(sentence, counting):
        return "hospital"
    if counting is not None and _stay_in_care(sentence, number):
        return "hospital"
    if number.implied:
        if counting is None or (far > _BESIDE and not _shares_verb(sentence, number, counting)):
            return "described"
        if _counted_already(sentence, number, counting):
            return "described"
        if sentence.scan.ending("links", number.start, "subset"):
            return "described"  # "two died, one of them a mechanic"
    if sentence.scan.of("pairs") and _is_pair_before(sentence, number):
        return "described"
    # "one more death": what was added to a toll that the text gives elsewhere
    added = number.increment and number.value == 1 and number.toll == "killed"
    if added and not _elsewhere(sentence, number):
        return "increment"
    return ""


def _is_pair_before(sentence: ParsedSentence, number: Number) -> bool:
    """Whether two people who have one noun describe two who were counted right before them: "two
    dead: a couple"."""
    before = sentence.claim_before(number)
    if before is None or before.number.value != number.value or before.unit != "people":
        return False
    scan = sentence.scan
    gap = range(end_of(before.number), number.start)
    marked = any(scan.low(i) in _APPOSED for i in gap)
    plain = all(scan.low(i) in _APPOSED or scan.is_article(i) for i in gap)
    return bool(scan.at("pairs", number.start)) and marked and plain


def _of_things(sentence: ParsedSentence, number: Number) -> str:
    """Why a number counts some of what a sentence begins with: the districts of "of the 14
    districts five had no water"; empty if it does not."""
    first = sentence.numbers[0]
    bare = not number.unit and number.noun_end <= number.end and not number.implied
    of_all = first is not number and sentence.joins("some_of", 0) and first.start <= _OPENING
    things = first.outside if first.noun_end > first.end else ""
    return things if bare and of_all and things in _THINGS else ""


def _number_of(sentence: ParsedSentence, number: Number) -> str:
    """What a number counts that stands far behind: "the number of refugees from Ukraine has passed
    1.2 million people"; empty if it is nothing that is left out."""
    scan = sentence.scan
    for link in scan.links("counted").values():
        things = scan.at("stops", link.end)
        if things is None or things.end > number.start or things.value not in _THINGS:
            continue
        between = range(things.end, number.start)
        marked = any(map(scan.mark, between))
        if not marked and not sentence.numbers_between(things.end, number.start):
            return things.value
    return ""


def _of_each_attack(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number is of each of the attacks counted before it: "one of 14 incidents with 20 or
    more casualties"."""
    before = sentence.made[-1]
    beside = before.out == "attacks" and end_of(before.number) == number.start - 1
    return beside and sentence.joins("with", number.start - 1)


def _are_hits(sentence: ParsedSentence, number: Number) -> bool:
    """Whether weapons are joined to hits counted before them: "18 hits by drones and two
    missiles"."""
    before = sentence.made[-1]
    gap = range(end_of(before.number), number.start)
    joined = len(gap) > 0 and sentence.scan.link("and", gap[-1]) is not None
    return (
        before.out == "attacks"
        and number.unit in WEAPONS
        and joined
        and all(sentence.scan.at("units", i) or sentence.scan.mark(i) for i in gap[:-1])
    )


def _is_first_storey(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number begins a range of storeys: "будинку з 1 по 5 поверх"."""
    scan, end = sentence.scan, number.end
    spans = is_little(scan, end, "date_to") or scan.link("to", end) is not None
    storeys = range(end + 2, end + 2 + _TO_STOREYS)
    return spans and any(scan.at("stops", i, "storeys") for i in storeys)


def _more_of_things(sentence: ParsedSentence, number: Number) -> str:
    """Why a number without a noun counts more of the things before it: "nine cars were damaged,
    another two destroyed"; empty if it does not."""
    before = sentence.made[-1]
    bare = number.increment and not (number.unit or number.toll) and number.noun_end <= number.end
    gap = range(end_of(before.number), number.start)
    damaged = any(sentence.scan.at("damage", i) for i in gap) and len(gap) <= _BESIDE_THINGS
    return "vehicles" if bare and damaged and before.out == "vehicles" else ""


def _own_what_was_damaged(sentence: ParsedSentence, number: Number) -> bool:
    """Whether people only own what was damaged: "у понад 120 людей пошкоджене житло"."""
    scan, end = sentence.scan, end_of(number)
    damaged = scan.at("damage", end) is not None and scan.at("toll", end) is None
    return damaged and is_little(scan, min(number.start, number.core[0]) - 1, "place_in")


def _is_made_of_animals(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a number without a noun is made up of animals behind a colon: "three more were saved:
    two cats and a parrot"."""
    if number.unit or number.outside:
        return False
    following = range(number.end, len(sentence.scan.tokens))
    colon = next((i for i in following if sentence.scan.low(i) == ":"), len(following))
    behind = [each for each in sentence.numbers if each.start >= number.end]
    return bool(behind) and all(each.outside == "other" and each.start > colon for each in behind)


def _only_feared(sentence: ParsedSentence, number: Number) -> str:
    """Why who is told of has lost nothing yet: "another 4.6 million people with only limited
    access", "puts 2.5 million people at risk of losing water"; empty if they may have."""
    scan, end = sentence.scan, end_of(number)
    for link in (each for kind in _FEARED for each in scan.links(kind).values()):
        gap = range(end, link.start)
        if link.start < end or len(gap) > _BEFORE_FEAR:
            continue
        if not any(scan.mark(i) or scan.link("and", i) for i in gap):
            return _FEARED[link.value]
    return ""


def is_earlier(sentence: ParsedSentence, number: Number) -> bool:
    """Whether brackets behind a toll give an earlier count of the same: "18,817 civilians (a week
    earlier some 18,657)", "23,375 (23,015 as of April 24)"."""
    scan, before = sentence.scan, sentence.claim_before(number)
    if number.unit or number.implied or before is None or before.indicator not in TOLLS:
        return False
    opening = end_of(before.number)
    if scan.low(opening) != "(" or not opening < number.start <= opening + _BEFORE_EARLIER:
        return False
    texts = [token.text for token in scan.tokens]
    inside = range(opening, texts.index(")", opening) if ")" in texts[opening:] else len(texts))
    told = any(day.start in inside and day.stated for day in sentence.days)
    earlier = any(is_little(scan, i, "earlier") for i in inside)
    triggers = any(each.start in inside for each in sentence.triggers)
    places = any(each.start in inside for each in sentence.places)
    return (told or earlier) and not (triggers or places)


def _elsewhere(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a place opens the sentence of a number that follows it: "In Druzhkivka - one more
    dead"."""
    first = sentence.places[0] if sentence.places else None
    return first is not None and first.start <= 1 and first.end <= number.start


def _shares_verb(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether only a list of persons lies between one of them and their verb: "A man of 34 and a
    woman of 62 were killed", "hurt were women of 24 and 37 and a boy of 9"."""
    verb, end = trigger.words[0], end_of(number)
    gap = range(end, verb) if verb >= end else range(trigger.end, number.start)
    return all(sentence.in_list(i) or _in_person(sentence, i) for i in gap)


def _in_person(sentence: ParsedSentence, i: int) -> bool:
    """Whether a token names a person, or people of a group, or whose person it is: "працівниця
    пошти"."""
    scan = sentence.scan
    persons = (n for n in sentence.numbers if n.unit == "people")
    named = scan.at("groups", i) or scan.at("singular", i) or scan.at("units", i, "people")
    owner = scan.language.settings["bare_singular"] and scan.ending("singular", i)
    ages = tuple(scan.language.settings["aged_word"])
    aged = scan.low(i).endswith(ages)
    return bool(named or owner or aged) or any(n.start <= i < end_of(n) for n in persons)


def _helped(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """ "Partners gave hot meals to 1,850 evacuees": people who were moved earlier; "provided
    assistance to 170 victims"."""
    if trigger.noun and sentence.scan.ending("left_out", number.start, "response"):
        return True
    return (
        trigger.indicator == "evacuated"
        and trigger.noun
        and any(
            other.status == "response" and not sentence.parted(*sorted((other.start, number.start)))
            for other in sentence.triggers
        )
    )


def _cared_for(sentence: ParsedSentence, trigger: Trigger) -> bool:
    """ "14 were injured and 68 sought medical care", "14 were injured. Nine were hospitalised with
    burns": the second number is of the first."""
    care = sentence.scan.of("care")
    sought = {match.start for match in care if match.value == "sought"}
    taken = any(match.value == "hospital" and match.start == trigger.start for match in care)
    told = any(claim.indicator == "injured" and not claim.out for claim in sentence.made)
    told = told or ("injured" in sentence.context.harmed and not sentence.places)
    if taken and told:
        return True
    return trigger.start in sought and any(
        other.indicator == "injured" and other.start not in sought and other.status != OUT
        for other in sentence.triggers
    )


def _stay_in_care(sentence: ParsedSentence, number: Number) -> bool:
    """Whether injured people only stay in hospital, of whom the sentence before has told: "63 were
    hurt. In the city's hospitals remain 35 of the injured"."""
    scan = sentence.scan
    if number.toll != "injured" or "injured" not in sentence.context.harmed:
        return False
    stay = next((end for end in (number.start, number.start - 1) if scan.ending("states", end)), 0)
    kept = scan.ending("states", stay, "remains") if stay else None
    return kept is not None and any(
        trigger.status == "hospital" and 0 <= kept.start - trigger.end <= _TO_STAY
        for trigger in sentence.triggers
    )


def _fate(sentence: ParsedSentence, number: Number, counted: Trigger) -> str:
    """ "14 поранених госпіталізовані", "one person is in serious condition": no new toll."""
    found = any(match.value == "missing" for match in sentence.scan.of("toll"))
    if number.toll and _is_whole_of_fate(sentence, number):
        return ""
    for trigger in sentence.triggers:
        if trigger.indicator != OUT or trigger.status not in ("hospital", "severity", "safe"):
            continue
        if trigger is not counted and counted.start == trigger.end:
            continue  # "four were lightly hurt"
        if _right_after(sentence, number, trigger):
            return trigger.status
        # "Two people thought missing have been reached."
        if trigger.status == "safe" and number.unit == "people" and found:
            return trigger.status
    return ""


def _is_whole_of_fate(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a fate is of some of those who were harmed: "eight of the | 12 injured were
    discharged"."""
    before = sentence.claim_before(number)
    if before is None or before.out != "subset":
        return False
    gap = range(before.number.end, number.start)
    return any(sentence.joins("some_of", i) for i in gap) and not any(map(sentence.scan.mark, gap))


def _right_after(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether only a few words, no mark, no "and" and no harm stand between a number and a fate."""
    scan, end = sentence.scan, end_of(number)
    gap = range(end, trigger.start)
    return (
        trigger.start >= end
        and len(gap) <= 4
        and not any(scan.tokens[i].text in ",;:-(" or scan.link("and", i) for i in gap)
        and not any(t.start in gap and t.indicator in TOLLS for t in sentence.triggers)
    )


def _counted_already(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a person or house described without a number stands in a count beside it."""
    if number.unit in STRUCTURES:
        return _seen(sentence, number, trigger)
    return told_by_number(sentence, number) or _apposition(sentence, number)


def told_by_number(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a person without a number is the noun of one: the child of "21 hurt, one of them is a
    child"."""
    return number.implied and any(
        claim.number.end <= number.start < claim.number.noun_end for claim in sentence.made
    )


def _seen(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """ "An entrance of a building", "houses and a school": things that are described, not counted.

    Only "a house was destroyed" counts one.
    """
    others = any(n.unit in STRUCTURES and n is not number for n in sentence.numbers)
    counts = trigger.start >= number.noun_end and sentence.joins("counts_one", trigger.start)
    return number.unit == "facilities" or others or not counts


def _apposition(sentence: ParsedSentence, number: Number) -> bool:
    """ "One civilian, a 33-year-old man, was injured", "one of them, aged 66, died": the second
    number describes the first."""
    earlier = [n for n in sentence.numbers if n.start < number.start and not n.outside]
    if not earlier or earlier[-1].value != 1:
        return False
    scan = sentence.scan
    parts = [link for link in scan.of("links") if link.value in ("anaphora", "subset")]
    of_them = any(link.start == earlier[-1].end for link in parts)
    if earlier[-1].unit != "people" and not of_them:
        return False
    ages = {i for n in sentence.numbers if n.outside == "age" for i in range(n.start, end_of(n))}
    words = ages | {i for link in parts for i in range(link.start, link.end)}
    gap = [i for i in range(end_of(earlier[-1]), number.start) if i not in words]
    of_whom = len(gap) == 1 and earlier[-1].toll and scan.at("ages", gap[0], "person_of")
    if of_whom and earlier[-1].implied and number.implied:
        return True  # "a body of | a boy of three"
    return 0 < len(gap) <= 2 and all(scan.tokens[i].text in ",:-(" for i in gap)


def entered_late(sentence: ParsedSentence, number: Number, trigger: Trigger) -> str:
    """ "late" for "another 298 deaths of earlier months were added to the register"."""
    if trigger.indicator not in TOLLS:
        return ""
    late = [match for match in sentence.scan.of("left_out") if match.value == "late"]
    return "late" if any(_belongs(sentence, each, number) for each in late) else ""


def _belongs(sentence: ParsedSentence, words: Match, number: Number) -> bool:
    """Whether a number is the last before some words in their clause, or else the first after."""
    clause = [
        each
        for each in sentence.numbers
        if not each.outside
        and not sentence.parted(min(each.start, words.start), max(each.start, words.start))
    ]
    before = [each for each in clause if each.start < words.start]
    return number is (before[-1] if before else clause[0] if clause else None)


def planned(sentence: ParsedSentence, number: Number, trigger: Trigger) -> str:
    """ "plan" or "schedule", if such a word stands over a number: "could leave 5,000 without
    power"."""
    if trigger not in sentence.triggers or trigger.indicator == "missing":
        return ""
    for match in sentence.scan.of("left_out"):
        if match.value in ("plan", "schedule") and _stands_over(sentence, match, number, trigger):
            return match.value
    return ""


def _stands_over(sentence: ParsedSentence, plan: Match, number: Number, trigger: Trigger) -> bool:
    scan, last = sentence.scan, max(end_of(number), trigger.end)
    if trigger.end <= number.start and plan.start == end_of(number) and plan.value == "plan":
        return plan.end - plan.start > 1  # "wrecked houses, three families have to move"
    if not min(number.start, trigger.start) - _PLAN_AHEAD <= plan.start < last:
        return False
    if plan.value == "schedule" and trigger.indicator not in SERVICES.values():
        return False
    # "in May": a month that is also a verb
    if scan.at("months", plan.start) and scan.tokens[plan.start].text[0].isupper():
        return False
    if sentence.parted(plan.start + 1, max(number.start, trigger.start)):
        return False
    far = plan.end <= number.start - 4
    return not (
        far and any(scan.tokens[i].text in ",:" for i in range(plan.start + 1, number.start))
    )
