"""Killed and injured in one number, known by its sum or by what the text has told of both.

"1,110 harmed (148 killed, 962 injured)", "148 were killed and 962 injured. 1,110 were harmed."
"""

from collections.abc import Iterable

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import BOTH, Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of

_APART = {"killed", "injured"}
_GAP = 6  # tokens from a sum to the first of its parts


def of_both(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """A trigger for killed and injured together, if the next two numbers are those of the killed
    and the injured and make up this one; None for other numbers."""
    if (
        len(sentence.numbers) < 3
        or number.unit not in ("people", "")
        or number.toll == "killed"
        or number.implied
    ):
        return None
    counted = [n for n in sentence.numbers if n.start >= end_of(number) and _counts(n)][:2]
    if len(counted) < 2 or sum(n.value for n in counted) != number.value:
        return None
    if counted[0].start - end_of(number) > _GAP or _injured_alone(sentence, number):
        return None
    tolls = {_toll(sentence, each) for each in counted}
    return (
        Trigger(number.start, number.end, BOTH, words=(number.start,)) if tolls == _APART else None
    )


def _injured_alone(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a word beside a number counts the injured, and these alone: "21 поранених"."""
    beside = range(number.start - 1, end_of(number) + 1)
    return any(
        trigger.indicator == "injured"
        and (trigger.start in beside or trigger.end - 1 in beside)
        and sentence.scan.at("lumping", trigger.start) is None
        for trigger in sentence.triggers
    )


def _counts(number: Number) -> bool:
    return not (number.outside or number.implied) and number.high is None


def _toll(sentence: ParsedSentence, number: Number) -> str:
    """What a number's own noun, or the word right beside it, counts."""
    if number.toll:
        return number.toll
    beside = (end_of(number), number.start)
    for trigger in sentence.triggers:
        if trigger.indicator in _APART and (trigger.start == beside[0] or trigger.end == beside[1]):
            return trigger.indicator
    return ""


def holds_both(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Whether a word for those who were hurt counts the dead, too: its number is the sum of both
    told before, or the text counts so in a total."""
    trigger, context = claim.trigger, sentence.context
    if trigger is None or sentence.scan.at("lumping", trigger.start) is None:
        return False
    if claim.number.value in _sums(sentence.made or context.last):
        return True
    apart = any(each.indicator == "killed" for each in sentence.made)
    monitors = context.national or context.heard
    return monitors and context.lumping and claim.period == "cumulative" and not apart


def tells_both(made: Iterable[NumberClaim]) -> bool | None:
    """Whether a sentence has another word for the injured than the one for all who were hurt, so
    that this one may count the dead, too. None if it tells nothing of that."""
    told = [each for each in made if each.trigger is not None and not each.out]
    if {each.indicator for each in told} >= _APART:
        injured = [each for each in told if each.indicator == "injured"]
        return not any(_lumps(each) for each in injured)
    if any(each.indicator == BOTH and _lumps(each) for each in told):
        return True
    return None


def _lumps(claim: NumberClaim) -> bool:
    start = claim.trigger.start if claim.trigger else -1
    return claim.scan.at("lumping", start) is not None


def _sums(made: Iterable[NumberClaim]) -> set[float]:
    """What the killed and the injured told before make up together."""
    told = [each for each in made if not each.out and each.number.high is None]
    killed = [each.number.value for each in told if each.indicator == "killed"]
    injured = [each.number.value for each in told if each.indicator == "injured"]
    return {one + other for one in killed[:1] for other in injured[:1]}
