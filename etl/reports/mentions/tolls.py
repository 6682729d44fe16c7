"""Tolls: the words that count people killed, injured, missing, rescued, evacuated or displaced."""

from etl.reports.mentions.casualties import Lump, holds_dead, lumps, may_lump, paired, toll_of
from etl.reports.mentions.trigger import BOTH, Trigger
from etl.reports.text.function_words import has_little, is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

_LIVES_WITHIN = 6  # words between "took" and "lives"
_PEOPLE_WITHIN = 7  # tokens from "lost" to the people who were
_CUSTOMERS_WITHIN = 9  # tokens from customers to "affected"
_THING_WITHIN = 4  # words between "suffered" and the thing that did


def tolls(scan: Scan) -> list[Trigger]:
    """Every trigger that counts people: verbs, nouns that are counted, and departures."""
    verbs = [*_verbs(scan), *_active_verbs(scan), *_losses(scan)]
    single = [*verbs, *_nouns(scan, verbs), *_departures(scan), *_transports(scan, verbs)]
    both = [] if paired(scan) else [*lumps(scan).values()]
    return [
        *map(_of_both, both),
        *(t for t in single if not any(_within(t, lump) for lump in both)),
    ]


def _of_both(lump: Lump) -> Trigger:
    """ "40 killed or injured": one number for both."""
    return Trigger(lump.start, lump.end, BOTH, words=lump.words, noun=lump.noun)


def _within(trigger: Trigger, lump: Lump) -> bool:
    return lump.start <= trigger.start < lump.end


def _past_article(scan: Scan, i: int) -> tuple[int, ...]:
    return (i, i + 1) if is_little(scan, i, "definite") else (i,)


def _begins_name(scan: Scan, i: int) -> bool:
    return i < len(scan.tokens) and scan.tokens[i].text[0].isupper()


def number_side(scan: Scan, i: int) -> str:
    """ "after" or "before" where a word has its number on one side only ("five people died")."""
    match = scan.at("number_side", i)
    return match.value if match else ""


def _verbs(scan: Scan) -> list[Trigger]:
    """ "three people were killed", "died in hospital", "is missing"."""
    found = scan.of("toll")
    affected = bool(found) and any(match.value == "affected" for match in scan.of("damage"))
    return [
        Trigger.of(match, BOTH if holds_dead(scan, match) else match.value, side=_side(scan, match))
        for match in found
        if not _of_things(scan, match)
        and not _names_people(scan, match)
        and not (affected and _of_customers(scan, match))
        and not _without_lives(scan, match)
        and not scan.at("speech", match.start)  # "claimed that 45,000 were deported"
        and not scan.at("services", match.end)  # "не стало світла"
    ]


def _names_people(scan: Scan, match: Match) -> bool:
    """Whether a word is part of a name for people: "rescue workers"."""
    groups = scan.of("groups") if match.value == "rescued" else ()
    return any(group.start <= match.start and match.end < group.end for group in groups)


def _active_verbs(scan: Scan) -> list[Trigger]:
    """ "killing three people"."""
    return [Trigger.of(match, match.value, side="after") for match in scan.of("toll_active")]


def _losses(scan: Scan) -> list[Trigger]:
    """ "The company lost one employee": who loses people and no supply mourns them."""
    if not scan.of("losing") or scan.of("services") or scan.of("outright"):
        return []
    return [
        Trigger.of(match, "killed", side="after")
        for match in scan.of("states")
        if match.value == "lost"
        and _is(scan, "losing", "people", match.start)
        and _people_follow(scan, match.end)
    ]


def _people_follow(scan: Scan, i: int) -> bool:
    """Whether a number of people begins at a token: "three of our repairmen", "a 53-year-old
    woman"."""
    if not (scan.is_number(i) or scan.at("bounds", i) or scan.is_article(i)):
        return False
    for at in range(i, min(i + _PEOPLE_WITHIN, len(scan.tokens))):
        if scan.mark(at) and scan.low(at) != "-":
            return False
        if any(scan.at(kind, at) for kind in ("groups", "singular")):
            return True
        if scan.at("units", at, "people") or scan.at("workers", at):
            return True
    return False


def _side(scan: Scan, match: Match) -> str:
    """The side its own word tells, or "before" after a passive ("five were seriously injured")."""
    if side := number_side(scan, match.start):
        return side
    i = match.end
    if scan.is_number(i) or scan.at("bounds", i):
        return "after" if scan.at("perfect", match.start - 1) else ""
    passive = (link.end for link in scan.of("links") if link.value == "passive")
    return "before" if any(match.start - 1 <= end <= match.start for end in passive) else ""


def _is(scan: Scan, kind: str, value: str, i: int) -> bool:
    match = scan.at(kind, i)
    return match is not None and match.value == value


def _of_things(scan: Scan, match: Match) -> bool:
    """ "постраждала ТЕЦ", "постраждали будинки": things suffer too and are no people."""
    if not _is(scan, "things", "suffer", match.start):
        return False
    for i in range(match.end, min(match.end + _THING_WITHIN, len(scan.tokens))):
        unit = scan.at("units", i)
        if scan.mark(i) or scan.is_number(i) or scan.at("groups", i):
            return False
        if unit:
            return unit.value != "people"
        if scan.at("damage", i):
            return True
        if scan.at("stops", i) or scan.at("where", i) or _is(scan, "things", "named", i):
            return True
    return False


def _of_customers(scan: Scan, match: Match) -> bool:
    """ "820,000 customers across four oblasts were affected": by a cut."""
    if not any(scan.at("damage", i, "affected") for i in range(match.start, match.end)):
        return False
    for i in range(match.start - 1, max(0, match.start - _CUSTOMERS_WITHIN), -1):
        if scan.mark(i) or scan.at("units", i, "people"):
            return False
        if scan.at("units", i, "customers"):
            return True
    return False


def _without_lives(scan: Scan, match: Match) -> bool:
    """ "took part": the verb tells of deaths only in "took 12 lives"."""
    if not _is(scan, "lives", "take", match.start):
        return False
    following = range(match.start + 1, match.end + _LIVES_WITHIN)
    return not any(_is(scan, "lives", "named", i) for i in following)


def _nouns(scan: Scan, verbs: list[Trigger]) -> list[Trigger]:
    """ "four deaths", without nouns that a verb's words hold already ("died of his injuries")."""
    found = []
    for match in scan.of("toll_noun"):
        value = BOTH if holds_dead(scan, match) else toll_of(scan, match)
        if not any(
            v.start <= match.start < v.end and (v.start < match.start or v.indicator == value)
            for v in verbs
        ):
            found.append(Trigger.of(match, value, noun=True, may_lump=may_lump(match)))
    return found


def _transports(scan: Scan, verbs: list[Trigger]) -> list[Trigger]:
    """ "Evacuation trains took 640 people out": who is moved in a sentence about evacuation."""
    if not has_little(scan, "moving"):
        return []
    evacuation = has_little(scan, "evacuation")
    if not (evacuation or any(each.end - each.start > 1 for each in scan.links("out_of").values())):
        return []
    told = {i for verb in verbs for i in range(verb.start, verb.end) if verb.indicator != "killed"}
    return [
        Trigger(i, i + 1, "evacuated", words=(i,))
        for i in range(len(scan.tokens))
        if i not in told and is_little(scan, i, "moving") and (evacuation or _out_of(scan, i))
    ]


def _out_of(scan: Scan, i: int) -> bool:
    """ "took 14 people out of Pokrovsk": out of a place by its name."""
    ends = (
        link.end
        for link in scan.links("out_of").values()
        if i < link.start <= i + _PEOPLE_WITHIN and link.end - link.start > 1
    )
    return any(_begins_name(scan, end) for end in ends)


def _departures(scan: Scan) -> list[Trigger]:
    """ "600,000 people left Kyiv": who left a place has fled, who left something has not."""
    if scan.of("services"):
        return []
    return [
        Trigger.of(match, match.value)
        for match in scan.of("toll_before_place")
        if any(_begins_name(scan, i) for i in _past_article(scan, match.end))
    ]
