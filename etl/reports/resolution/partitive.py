"""Some of those who were harmed or of the weapons sent: "eleven of the injured are in a coma", "405
of the 430 drones were shot down".

Such a number is no toll and no launch of its own. A group of people ("nine of the injured are
children") and who died of the injured are figures.
"""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import BOTH
from etl.reports.mentions.triggers import Trigger
from etl.reports.resolution.claims import WEAPONS, ParsedSentence, end_of
from etl.reports.text.lexicon import Match

_REACH = 6  # tokens from a number to the word for the harm
_BETWEEN_ARMS = 4  # tokens between the two numbers of "27 missiles of the 34"
_TOLLS = ("killed", "injured", "victims", "evacuated", BOTH)


def of_harmed(sentence: ParsedSentence, number: Number) -> Match | None:
    """The word for the harm of those of whom a number counts some; None if it counts no such."""
    scan, begin = sentence.scan, number.end
    if number.outside or number.implied:
        return None
    if not sentence.joins("some_of", begin):
        return None
    others = {i for n in sentence.numbers for i in range(n.start, n.end) if n is not number}
    for i in range(begin, min(begin + _REACH, len(scan.tokens))):
        harm = scan.at("toll", i) or scan.at("toll_noun", i, "victims")
        harm = harm or scan.at("toll_noun", i, "evacuated")
        if harm and harm.value in _TOLLS:
            return harm
        led = sentence.joins("some_of", i) or sentence.joins("of_those", i)
        if not (led or i in others):
            return None
    return None


def died_of_them(sentence: ParsedSentence, number: Number, harm: Match) -> Trigger | None:
    """The verb of "two of the wounded died in hospital", "померла одна з десяти поранених"."""
    if harm.value == "killed":
        return None
    for verb in sentence.triggers:
        ahead = verb.end <= number.start
        between = (verb.end, number.start) if ahead else (harm.end, verb.start)
        if verb.indicator == "killed" and verb.start != harm.start and not verb.noun:
            plain = not sentence.parted(*between) and not sentence.numbers_between(*between)
            joined = any(sentence.scan.link("and", i) for i in range(*between))
            if plain and not joined and (ahead or verb.start >= harm.end):
                return verb
    return None


def of_arms(sentence: ParsedSentence, number: Number) -> Number | None:
    """The weapons of which a number counts some: the 430 for "405 of the 430 drones"."""
    following = (n for n in sentence.numbers if n.start >= end_of(number) and not n.implied)
    whole = next(following, None)
    if whole is None or number.outside or whole.value < number.value:
        return None
    scan, gap = sentence.scan, range(end_of(number), whole.core[0])
    joined = any(scan.link("out_of", i) for i in gap) and len(gap) <= _BETWEEN_ARMS
    plain = not any(scan.mark(i) or scan.link("and", i) for i in gap)
    named = number.unit or whole.unit
    return whole if joined and plain and named in WEAPONS else None
