"""Numbers that count some of another number ("13 injured, including four children")."""

from etl.reports.mentions.nouns import noun
from etl.reports.mentions.numbers import Number
from etl.reports.mentions.persons import is_grown
from etl.reports.mentions.trigger import BOTH, Trigger
from etl.reports.mentions.triggers import OUT
from etl.reports.resolution.both_tolls import lumps
from etl.reports.resolution.claims import (
    NAMING,
    WEAPONS,
    NumberClaim,
    ParsedSentence,
    end_of,
)
from etl.reports.resolution.indicator_of import apply, nearest
from etl.reports.resolution.of_keys import of_key, whole_above
from etl.reports.resolution.partitive import died_of_them, of_arms, of_harmed
from etl.reports.resolution.place_attachment import own_place
from etl.reports.resolution.uncounted import told_by_number
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from impact.model.indicators import INDICATORS

# A part with one of these units says itself what it counts.
_TELLING = ("buildings", "facilities", "households", "customers", "settlements", *WEAPONS)
_PLACE_REACH = 9  # tokens from a part to its place
_OUT_REACH = 8  # tokens to words such as "hospitalised", which say all there is to a part
_FATES = ("hospital", "severity", "safe")  # of some of the harmed, who are not the whole
_NO_WHOLE = (*NAMING, "duration", "percent", "length")  # numbers of which nothing is a part
_SHARED_GROUPS = ("children", "women", "men")
_PARALLEL = 4  # tokens from the words for a part to its number
_LED = 3  # tokens from "including" to its number
_OF_OTHERS = ("military", "foreign", "soldiers", "denied")  # all of whom are none of ours
_BESIDE, _NEAR = 2, 4  # tokens to a trigger by which a number counts for itself


def settle_part(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Settles a number that is a part of another: it gets what the whole counts."""
    number = claim.number
    if of_key(sentence, number) or told_by_number(sentence, number):
        return False
    if labelled := whole_above(sentence, number):
        return _settle_named(sentence, claim, *labelled)
    harm = of_harmed(sentence, number)
    if harm and _settle_some(sentence, claim, harm):
        return True
    if of_arms(sentence, number):
        downed = any(t.status == "shot_down" for t in sentence.triggers)
        claim.out = claim.out or ("shot_down" if downed else "subset")
        return True
    if whole := _bracketed(sentence, number):
        return _settle_named(sentence, claim, whole, number.group)
    if (described := _described_in_brackets(sentence, number)) and not described.out:
        return _settle_named(sentence, claim, described, number.group)
    link = _part_link(sentence, number)
    if link is None:
        return False
    _lump_whole(sentence, number, link)
    whole = _whole_of(sentence, number, link)
    if whole is None and _of_others(sentence, number):
        claim.out = claim.out or "subset"
        return True
    if whole is None:
        _share_of_whole(sentence, claim, link)
        return False
    if claim.out:
        return True
    if whole.out in _OF_OTHERS:
        claim.out = whole.out
        return True
    if any(t.status == "response" and t.end == number.start for t in sentence.triggers):
        claim.out = "response"  # "Partners assisted 900 of them"
        return True
    own, far = nearest(sentence, number)
    if own and own.indicator == OUT and far < _OUT_REACH:
        claim.out = own.status
        return True
    if own and own.indicator == "injured" and _only_how_badly(sentence, own):
        claim.out = "severity"
        return True
    people = (
        number.group or _people_after(sentence, number) or _people_before(sentence, number, link)
    )
    another = own is not None and own is not whole.trigger
    if own and another and own.indicator in TOLLS and own.start == end_of(number):
        # "14,999 deaths and 40,601 injuries, including 763 children | killed"
        told = (c for c in _earlier(sentence, number) if c.indicator == own.indicator)
        same = next((c for c in told if not c.out), None)
        return _settle_named(sentence, claim, same, people) if same and people else False
    if another and far <= _BESIDE and number.unit and not people:
        return False
    if own and own.indicator == whole.indicator and own.status != whole.status and far < _OUT_REACH:
        return False  # "Sixty of these houses have it back"
    if people or number.unit in _TELLING:
        return _settle_named(sentence, claim, whole, people)
    if another and far <= _NEAR and not (number.implied and number.unit == "people"):
        return False
    _settle_nameless(sentence, claim, whole, link)
    return True


def _only_how_badly(sentence: ParsedSentence, harm: Trigger) -> bool:
    """Whether words for harm are followed by how bad it was: "14 of them зазнали травм | легкого
    ступеня"."""
    return any(t.status == "severity" and t.start == harm.end for t in sentence.triggers)


def _lump_whole(sentence: ParsedSentence, number: Number, link: Match) -> None:
    """Counts the dead in with the hurt of the sentence before, some of whom died: "48 were hurt.
    Ten of them died"."""
    dead = any(t.indicator == "killed" and t.start == link.end for t in sentence.triggers)
    hurt = [c for c in sentence.context.last if c.indicator == "injured" and not c.out]
    if dead and not sentence.made and len(hurt) == 1 and lumps(hurt[0]):
        hurt[0].indicator = BOTH if hurt[0].number.value > number.value else "injured"


def _settle_some(sentence: ParsedSentence, claim: NumberClaim, harm: Match) -> bool:
    """Settles a number of some of those who were harmed: "nine of the injured are children"."""
    number = claim.number
    if claim.out:
        return True
    if died := died_of_them(sentence, number, harm):
        apply(sentence, claim, died)
        return True
    people = number.group or sentence.leading_group or _people_after(sentence, number)
    counted = [*sentence.made, *sentence.context.last]
    told = (harm.value, "injured") if harm.value == "victims" else (harm.value,)
    wholes = [c for c in counted if c.indicator in told and not (c.out or _described(c))]
    if harm.value == "victims" and not any(c in sentence.made for c in wholes):
        dead = [c for c in counted if c.indicator == "killed" and not (c.out or _described(c))]
        here = [c for c in dead if c in sentence.made]  # "22 died; three of the victims …"
        wholes = here or wholes or dead
    if people and wholes:
        return _settle_named(sentence, claim, wholes[-1], people)
    own = next((t for t in sentence.triggers if t.start <= harm.start < t.end), None)
    placed = own_place(sentence, number) or _placed_behind(sentence, number)
    if own and (people or (placed and end_of(number) == number.end)):
        apply(sentence, claim, own)  # "in Kharkiv 2 of the dead and 11 of the injured"
        claim.people, claim.unit = people or claim.people, "people"
        return True
    claim.out = "subset"
    return True


def _bracketed(sentence: ParsedSentence, number: Number) -> NumberClaim | None:
    """The whole of "929 facilities (853 - residential buildings)", "22 поранених, троє - діти".

    The number takes the noun behind the dash.
    """
    scan, before = sentence.scan, sentence.claim_before(number)
    bare = not number.unit and number.noun_end <= number.end and scan.low(number.end) == "-"
    opened = scan.before(number.start, "(") or scan.before(number.start, ",")
    if before is None or before.out or end_of(before.number) != number.start - 1:
        return None
    if number.group and scan.low(number.end) == "-" and before.indicator in TOLLS:
        return before if opened else None
    if not bare or not scan.before(number.start, "("):
        return None
    named = noun(scan, number.end + 1, number.value)
    if not named.unit or not (named.group or named.unit in _TELLING):
        return None
    number.unit, number.group, number.noun_end = named.unit, named.group, named.end
    return before


def _described_in_brackets(sentence: ParsedSentence, number: Number) -> NumberClaim | None:
    """The whole of "two people (a man and a woman) died": persons in brackets right behind it."""
    if not (number.implied and number.group and number.unit == "people"):
        return None
    if not sentence.scan.in_brackets(number.start):
        return None
    texts = [token.text for token in sentence.scan.tokens]
    opening = max(i for i in range(number.start) if texts[i] == "(")
    whole = next((c for c in sentence.made if end_of(c.number) == opening), None)
    return whole if whole is not None and whole.unit == "people" else None


def _settle_named(
    sentence: ParsedSentence, claim: NumberClaim, whole: NumberClaim, people: str
) -> bool:
    """ "including four children", "among them three schools"."""
    unit = claim.number.unit
    if unit in WEAPONS and whole.unit != unit:
        return False
    if whole.out and whole.out != "subset":
        claim.out = whole.out
        return True
    if people and whole.unit != "people":
        return False
    _take(sentence, claim, whole)
    if people:
        claim.people, claim.unit = people, "people"
    elif unit:
        claim.unit = unit
        if not claim.indicator or unit not in INDICATORS[claim.indicator].units:
            claim.out = "subset"
    return True


def _settle_nameless(
    sentence: ParsedSentence, claim: NumberClaim, whole: NumberClaim, link: Match
) -> None:
    """ "13 injured, including five in Kharkiv" is a figure; "including two more" is none.

    "Most of those affected, 500,000, were in the capital" is a figure, too: it says the same of a
    place.
    """
    elsewhere = link.value == "anaphora" and bool(sentence.places)
    if elsewhere and not whole.out:
        _take(sentence, claim, whole)
        claim.place = ""
    elif claim.number.implied and claim.number.unit == "people":
        claim.out = "described"
    elif (
        own_place(sentence, claim.number) or _placed_behind(sentence, claim.number)
    ) and not whole.out:
        _take(sentence, claim, whole)
    else:
        claim.out = "subset"


def _placed_behind(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a part has its place some words behind it: "including five on a train in the Kharkiv
    region"."""
    end = end_of(number)
    for place in sentence.places:
        gap = range(end, place.start)
        if 0 < len(gap) <= _PLACE_REACH and not place.aside:
            apart = any(sentence.scan.tokens[i].text in ",;:-" for i in gap)
            return not apart and not sentence.numbers_between(end, place.start)
    return False


def _take(sentence: ParsedSentence, claim: NumberClaim, whole: NumberClaim) -> None:
    """Gives a part the indicator, place and day of its whole."""
    for name in ("trigger", "indicator", "status", "place", "date", "as_of", "moment", "period"):
        setattr(claim, name, getattr(whole, name))
    claim.unit = claim.unit or whole.unit
    if whole.scan is sentence.scan:
        for name in ("indicator", "place", "date", "as_of"):
            if name in whole.trail:
                claim.trail[name] = whole.trail[name]


def share_group(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Gives a number without a noun the group of the one before it: "587 children were killed and
    1,298 injured", "among the dead 766 children, among the injured 2,540"."""
    number = claim.number
    before = sentence.made[-1] if sentence.made else None
    named = number.noun_end > number.end and not number.toll
    if before is None or claim.people != "all" or named or number.implied:
        return
    if before.number.implied or before.number.group not in _SHARED_GROUPS:
        return
    opening = range(end_of(before.number), number.start)
    if before.indicator == BOTH and any(sentence.scan.low(i) in ("(", ":", "-") for i in opening):
        # "3,240 child casualties (763 killed, 2,477 injured)"
        claim.people = number.group = before.people
    if {before.indicator, claim.indicator} != {"killed", "injured"}:
        return
    begin = end_of(before.number)
    gap = range(begin, number.start)
    links = [link.start for link in sentence.scan.links("subset").values()]
    part = any(before.number.start - _PARALLEL <= at < before.number.start for at in links)
    parallel = any(at in gap for at in links)
    joined = parallel or any(sentence.scan.link("and", i) for i in gap) or _only_toll(sentence, gap)
    bracketed = all(map(sentence.scan.in_brackets, (before.number.start, number.start)))
    joined = joined or (bracketed and all(sentence.scan.low(i) == "," for i in gap))
    joined = joined or _contrasted(sentence, gap)
    goes_on = part and len(gap) > 0 and _only_verbs(sentence, gap)
    if joined and (part == parallel or goes_on) and not any(_ends_list(sentence, i) for i in gap):
        claim.people = before.people


def _ends_list(sentence: ParsedSentence, i: int) -> bool:
    """Whether a token ends the list of parts before it: ";", brackets, "… two women - and"."""
    scan = sentence.scan
    closes = scan.tokens[i].text == "-" and scan.link("and", i + 1) is not None
    return closes or scan.tokens[i].text in ";()"


def _contrasted(sentence: ParsedSentence, gap: range) -> bool:
    """Whether only a comma and a word that sets apart stand between: "загинули двоє дітей, а 15
    отримали поранення"."""
    marked = len(gap) == 2 and sentence.scan.low(gap[0]) == ","
    return marked and sentence.joins("opens_clause", gap[1])


def _only_toll(sentence: ParsedSentence, gap: range) -> bool:
    """Whether only a comma and a verb stand between: "вбито 659 дітей, поранено 1 747"."""
    verbs = {i for t in sentence.triggers for i in range(t.start, t.end)}
    return len(gap) > 1 and all(i in verbs or sentence.scan.tokens[i].text == "," for i in gap)


def _only_verbs(sentence: ParsedSentence, gap: range) -> bool:
    """Whether only a verb and "and" stand between: "including 763 children | killed and | 2,486
    injured"."""
    verbs = {i for t in sentence.triggers for i in range(t.start, t.end)}
    return all(i in verbs or sentence.scan.link("and", i) for i in gap)


def _part_link(sentence: ParsedSentence, number: Number) -> Match | None:
    """The words that make a number a part: "including", "of whom", "серед них"."""
    for link in sentence.scan.of("links"):
        if link.value in ("subset", "anaphora") and (
            _leads(sentence, link, number)
            or _follows(sentence, link, number)
            or _goes_on(sentence, link, number)
        ):
            return link
    return None


def _leads(sentence: ParsedSentence, link: Match, number: Number) -> bool:
    """ "including four children"."""
    scan, gap = sentence.scan, [*range(link.end, number.start)]
    # "серед них – 15-річна дівчина": an age adds no distance
    if number.described and number.start > link.end:
        ages = [n for n in sentence.numbers if n.outside == "age"]
        gap = [i for i in gap if not any(n.start <= i < n.end for n in ages)]
    near = link.end <= number.start and len(gap) <= _LED
    return near and not any(
        scan.tokens[i].text in (";", ",") or scan.at("toll_active", i) for i in gap
    )


def _follows(sentence: ParsedSentence, link: Match, number: Number) -> bool:
    """ "three of them"; in "one of them" the words hold the number themselves."""
    gap = range(end_of(number), link.start)
    return (
        number.start <= link.start <= end_of(number) + 1
        and link.end - link.start > 1
        and not sentence.joins("only_leads_part", link.start)
        and not any(sentence.scan.mark(i) for i in gap)
    )


def _goes_on(sentence: ParsedSentence, link: Match, number: Number) -> bool:
    """ "including two boys and a girl": the list of parts goes on."""
    scan, apart = sentence.scan, sentence.scan.in_brackets(number.start)
    inside = [
        n
        for n in sentence.numbers
        if link.end <= n.start < number.start
        and not n.outside
        and scan.in_brackets(n.start) == apart
    ]
    if not inside or not number.group:
        return False
    if not all(n.group or n.unit == "people" for n in inside):
        return False
    gap = [*range(end_of(inside[-1]), number.start)]
    if not apart:  # "five children (two of them in Dnipro) and 23 women"
        gap = [i for i in gap if not (scan.in_brackets(i) or scan.low(i) in ("(", ")"))]
    return len(gap) <= 8 and all(_in_parts(sentence, i) for i in gap)


def _in_parts(sentence: ParsedSentence, i: int) -> bool:
    scan = sentence.scan
    return not scan.at("toll", i) and bool(
        scan.tokens[i].text == ","
        or scan.link("and", i)
        or scan.link("increment", i)
        or sentence.joins("in_parts", i)
        or _of_place(sentence, i)
        or i in scan.taken
        or scan.is_number(i)
        or any(number.start <= i < number.end for number in sentence.numbers)
    )


def _of_place(sentence: ParsedSentence, i: int) -> bool:
    """Whether a token belongs to a part's own place: "a medic in Kyiv and two workers in …"."""
    return any(
        place.start <= i < place.end or (i + 1 == place.start and sentence.joins("in_list", i))
        for place in sentence.places
    )


def _whole_of(sentence: ParsedSentence, number: Number, link: Match) -> NumberClaim | None:
    """The claim a part belongs to: the last before it that counts everybody.

    Of people whom its own sentence tells of without a number there is none: "people were hurt,
    among them three children".
    """
    if _told_without_number(sentence, number, link):
        return None
    wanted = _wanted(sentence.scan, link) or _wanted_behind(sentence, number)
    for claim in _earlier(sentence, number):
        if claim.number.outside in _NO_WHOLE or (wanted and claim.out in _FATES):
            continue
        if claim.out == "subset" and _only_in_brackets(sentence, claim.number, number):
            continue  # "five children (two of them in Dnipro) and 23 women"
        if number.group and claim.out == "areas":
            continue  # "150,500 people of five oblasts, among them 16,700 children"
        if claim.out or (claim.people == "all" and wanted in ("", claim.indicator)):
            return claim
    return None


def _only_in_brackets(sentence: ParsedSentence, one: Number, other: Number) -> bool:
    """Whether the first of two numbers stands in brackets and the other does not."""
    scan = sentence.scan
    return scan.in_brackets(one.start) and not scan.in_brackets(other.start)


def _told_without_number(sentence: ParsedSentence, number: Number, link: Match) -> bool:
    """Whether a sentence says that people were harmed before it comes to its first number."""
    if any(claim.number.start < number.start for claim in sentence.made):
        return False
    return any(
        trigger.indicator in TOLLS
        and trigger.end <= link.start
        and not sentence.parted(trigger.end, link.start)
        for trigger in sentence.triggers
    )


def _earlier(sentence: ParsedSentence, number: Number) -> list[NumberClaim]:
    """The counts before a number, the last first: of its sentence, else of the sentence before."""
    here = [c for c in sentence.made if c.number.start < number.start and not _described(c)]
    if not here and _of_others(sentence, number):
        return []
    told = here or [c for c in sentence.context.last if not (_described(c) or _said_again(c))]
    return told[::-1]


def _share_of_whole(sentence: ParsedSentence, claim: NumberClaim, link: Match) -> None:
    """Gives a part with a verb of its own the group of all of whom it is one: "nine children were
    killed or hurt. Two of them died on Monday"."""
    groups = {each.people for each in _earlier(sentence, claim.number) if not each.out}
    alike = len(groups) == 1 and groups <= {*_SHARED_GROUPS}
    if alike and link.start == claim.number.end and claim.people == "all":
        claim.people = groups.pop()


def _said_again(claim: NumberClaim) -> bool:
    """Whether a claim says another in brackets in another unit: "820 blocks (this is 105,000
    people)"."""
    scan, start = claim.scan, claim.number.start
    return bool(scan.before(start - 1, "(") and scan.link("this_is", start - 1))


def _of_others(sentence: ParsedSentence, number: Number) -> bool:
    """Whether people of whom nothing is counted here stand before their part: "talked to 19
    people, five of whom are children"."""
    if any(trigger.indicator != OUT for trigger in sentence.triggers):
        return False
    before = [n for n in sentence.numbers if end_of(n) <= number.start and not n.implied]
    return bool(before) and before[-1].unit == "people" and not before[-1].outside


def _wanted(scan: Scan, link: Match) -> str:
    """The casualties that the linking words name or go on to name: "among the injured", "is among |
    the dead"."""
    found = ""
    goes_on = link.value == "subset"
    last = link.end + (1 + is_little(scan, link.end, "definite") if goes_on else 0)
    for kind in ("toll", "toll_noun"):
        for i in range(link.start, last):
            if match := scan.at(kind, i):
                found = match.value if match.value != "victims" else ""
    return found


def _wanted_behind(sentence: ParsedSentence, number: Number) -> str:
    """The casualties that a part goes on to name: "including 408 children | among the dead"."""
    link = sentence.scan.link("subset", end_of(number))
    return _wanted(sentence.scan, link) if link else ""


def _described(claim: NumberClaim) -> bool:
    """Whether a claim is of one person or house that is only described."""
    return claim.number.implied


def _people_before(sentence: ParsedSentence, number: Number, link: Match) -> str:
    """The group, or the houses, told right before the words for a part: "дітей серед них понад
    560", "житлових будинків серед них 853"."""
    scan = sentence.scan
    if number.noun_end > number.end or not 0 <= number.start - link.end <= 1:
        return ""
    if unit := scan.ending("units", link.start):
        number.unit = unit.value if unit.value in _TELLING else number.unit
    group = scan.ending("groups", link.start)
    return group.value if group else ""


def _people_after(sentence: ParsedSentence, number: Number) -> str:
    """The group told after a bare number: "Three of them were children", "з них двоє — діти"."""
    if number.noun_end > number.end and not number.toll:
        return ""  # "19 of the injured are children"
    scan = sentence.scan
    for i in range(number.end, min(number.end + 7, len(scan.tokens))):
        if scan.tokens[i].text in (",", ";", "("):
            return ""
        if group := scan.at("groups", i):
            number.noun_end = group.end
            return "all" if group.value == "children" and is_grown(scan, i) else group.value
        unit = scan.at("units", i)
        if unit and unit.value in ("buildings", "facilities"):
            number.unit, number.noun_end = unit.value, unit.end
            return ""
    return ""
