"""Killed and injured in one number, known by its sum or by what the text has told of both.

"1,110 harmed (148 killed, 962 injured)", "148 were killed and 962 injured. 1,110 were harmed."
"""

from collections.abc import Iterable, Sequence

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import BOTH, Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of

_APART = {"killed", "injured"}
_GAP = 6  # tokens from a sum to the first of its parts
_LISTED = 3  # places of a list that parts a total
_ROUGHLY = 0.1  # the share by which a sum may miss, if one of its parts is only about


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


def lump_totals(claims: Sequence[NumberClaim]) -> None:
    """Counts the dead in with the hurt of a longer time where a text's own sum shows it, "1,114
    children were harmed. The toll of dead children is 379, that of the wounded 735", and in the
    list by place that goes on from the sum. The parts of the sum are of its group and time."""
    harmed = [each for each in claims if not each.out and each.people != "all" and lumps(each)]
    totals = [each for each in harmed if each.period == "cumulative"]
    wholes = [each for each in totals if _is_sum(each, claims) or each.indicator == BOTH]
    for whole in wholes:
        whole.indicator = BOTH
    for each in harmed if wholes else ():
        if each.people == wholes[0].people and _deals_out(each, claims):
            each.indicator, each.period, each.date = BOTH, "cumulative", wholes[0].date


def _is_sum(whole: NumberClaim, claims: Iterable[NumberClaim]) -> bool:
    """Whether a number is that of the dead and the injured told elsewhere in the text; these are
    then of its group and time."""
    told = [
        each
        for each in claims
        if not each.out and each.place == whole.place and each.people in (whole.people, "all")
    ]
    killed = [each for each in told if each.indicator == "killed" and each.people == whole.people]
    injured = [each for each in told if each.indicator == "injured" and each is not whole]
    parts = [(k, i) for k in killed for i in injured if _make_up(whole, k, i)]
    for part in (each for pair in parts for each in pair):
        part.people, part.period = whole.people, whole.period
    return bool(parts)


def _make_up(whole: NumberClaim, killed: NumberClaim, injured: NumberClaim) -> bool:
    missing = abs(whole.number.value - killed.number.value - injured.number.value)
    rough = "about" in (killed.number.bound, injured.number.bound)
    return missing <= _ROUGHLY * whole.number.value * rough


def _deals_out(claim: NumberClaim, claims: Iterable[NumberClaim]) -> bool:
    """Whether a claim is one of a list by place of where most were harmed."""
    if not claim.scan.links("mostly"):
        return False
    return len({each.place for each in claims if each.scan is claim.scan}) >= _LISTED


def tells_both(made: Iterable[NumberClaim]) -> bool | None:
    """Whether a sentence has another word for the injured than the one for all who were hurt, so
    that this one may count the dead, too. None if it tells nothing of that."""
    told = [each for each in made if each.trigger is not None and not each.out]
    if {each.indicator for each in told} >= _APART:
        injured = [each for each in told if each.indicator == "injured"]
        return not any(lumps(each) for each in injured)
    if any(each.indicator == BOTH and lumps(each) for each in told):
        return True
    return None


def lumps(claim: NumberClaim) -> bool:
    """Whether a word counts a claim that may count the dead with the hurt."""
    start = claim.trigger.start if claim.trigger else -1
    return claim.scan.at("lumping", start) is not None


def _sums(made: Iterable[NumberClaim]) -> set[float]:
    """What the killed and the injured told before make up together."""
    told = [each for each in made if not each.out and each.number.high is None]
    killed = [each.number.value for each in told if each.indicator == "killed"]
    injured = [each.number.value for each in told if each.indicator == "injured"]
    return {one + other for one in killed[:1] for other in injured[:1]}
