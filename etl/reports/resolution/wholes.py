"""Numbers of which another is a part ("4,000 of the 5,635 buildings that lost heating")."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, OUT, SERVICES, Trigger
from etl.reports.resolution.claims import WEAPONS, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.indicator_of import apply, nearest
from etl.reports.resolution.unit_of import set_unit

_REACH, _FAR_REACH = 8, 16  # tokens from a part to its whole
_SHARE_REACH = 3  # tokens from "a third of" to its whole
_CLAUSE_REACH = 3  # tokens from a whole to the words that say what happened to all of it
# Statuses of a part whose whole was cut off before.
_SINCE_LOST = ("remains", "restored", "pending")


def settle_whole(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """Settles a number of which another is a part: all that was lost, or all there is."""
    number = claim.number
    if number is sentence.leading_whole:
        if _is_owned(sentence, number):
            claim.out = "stock"
            return True
        trigger, _ = nearest(sentence, number)
        return _lose(sentence, claim, trigger)
    if _is_of_share(sentence, number):
        return _settle_shared(sentence, claim)
    part = sentence.claim_before(number)
    if part is None or part.number.implied or part.number.outside == "areas":
        return False
    if not _joined(sentence, part.number, number):
        return False
    if _is_stock(sentence, part.number, number):
        claim.out = "stock"
        return True
    # "shot down 50 of 60 drones": the whole was launched
    arms = number.unit or part.number.unit
    if part.out in ("shot_down", "subset") and arms in WEAPONS:
        launched = next((t for t in sentence.triggers if t.indicator == LAUNCH), None)
        if launched is None and part.out == "shot_down":
            launched = Trigger(number.start, number.end, LAUNCH)
        if launched is not None:
            number.unit = claim.unit = arms
            apply(sentence, claim, launched)
            return True
    trigger, _ = nearest(sentence, number)
    return any(_lose(sentence, claim, each, part.unit) for each in (trigger, part.trigger))


def _settle_shared(sentence: ParsedSentence, claim: NumberClaim) -> bool:
    """ "A third of the 12,000 blocks lost heat": the 12,000 are all there are."""
    trigger, _ = nearest(sentence, claim.number)
    if trigger is None or trigger.indicator == OUT:
        return False
    if _lose(sentence, claim, trigger):
        return True
    if trigger.start <= claim.number.noun_end and trigger.end > claim.number.end:
        return False  # "half of the 12 wounded", "a third of the 40 houses damaged"
    claim.out = "stock"
    return True


def _lose(
    sentence: ParsedSentence, claim: NumberClaim, trigger: Trigger | None, unit: str = ""
) -> bool:
    """Makes a whole what was lost, if its part is still without supply or has it again.

    The whole of a part that was just cut off is all there is.
    """
    if trigger is None or trigger.indicator not in SERVICES.values():
        return False
    if not _was_lost(sentence, claim.number):
        claim.out = "stock"
        return True
    claim.trigger, claim.unit = trigger, claim.number.unit or unit
    claim.indicator, claim.status = trigger.indicator, "lost"
    claim.trail["indicator"] = (trigger.start, trigger.end)
    set_unit(sentence, claim)
    return True


def _joined(sentence: ParsedSentence, part: Number, whole: Number) -> bool:
    """Whether "of" joins a part to its whole: "4,000 of the 5,635", "16 out of 6,000"."""
    scan, between = sentence.scan, range(part.end, whole.start)
    links = [i for i in scan.links("out_of") if i in between and i + 1 not in scan.taken]
    far = any(sentence.joins("far_whole", i) for i in links)
    if len(between) > (_FAR_REACH if far else _REACH):
        return False
    if any(scan.tokens[i].text == "," and i + 1 not in links for i in between):
        return False
    if any(scan.tokens[i].text == ";" for i in between):
        return False  # "cut 9,000 customers off of power; 2,100 are still waiting"
    return any(whole.core[0] - i <= 6 for i in links) and not any(
        scan.at("toll", i) or scan.link("to", i) for i in between
    )


def _is_of_share(sentence: ParsedSentence, whole: Number) -> bool:
    """Whether a share without a number belongs to this whole: "a third of the 12,000"."""
    scan = sentence.scan
    before = next((n for n in reversed(sentence.numbers) if n.end <= whole.start), None)
    if before and before.outside == "percent" and _leads_to(sentence, before, whole):
        return True
    if not scan.of("unquantified"):
        return False
    for i in range(whole.start, max(0, whole.start - _SHARE_REACH) - 1, -1):
        if scan.ending("unquantified", i, "share"):
            return True
        if scan.mark(i - 1):
            return False
    return False


def _leads_to(sentence: ParsedSentence, share: Number, whole: Number) -> bool:
    """Whether only "of the" stands between a share and its whole: "80 % of the 12,000"."""
    between = range(share.end, whole.core[0])
    joined = any(sentence.scan.link("out_of", i) for i in between)
    return joined and len(between) <= _SHARE_REACH


def _was_lost(sentence: ParsedSentence, whole: Number) -> bool:
    """Whether all of a whole was cut off: the sentence says so, or a part of it still is."""
    scan, end = sentence.scan, end_of(whole)
    if whole is sentence.leading_whole or any(
        state.value in _SINCE_LOST for state in scan.of("states")
    ):
        return True
    return any(scan.link("relative", i) for i in range(end, end + _CLAUSE_REACH))


def _is_owned(sentence: ParsedSentence, whole: Number) -> bool:
    """ "of the city's 3 hospitals one has no power": all that a place has."""
    owned = tuple(sentence.scan.language.settings["joins"]["owner_endings"])
    return bool(owned) and sentence.scan.low(whole.start - 1).endswith(owned)


def _is_stock(sentence: ParsedSentence, part: Number, whole: Number) -> bool:
    """ "of the capital's 12,000 apartment blocks": all there are, not all that were hit."""
    scan = sentence.scan
    owned = tuple(scan.language.settings["joins"]["owner_endings"])
    between = range(part.end, whole.core[0])
    following = range(whole.noun_end, whole.noun_end + 5)
    return (
        any(scan.low(i).endswith(owned) for i in between)
        or any(sentence.joins("all_there_are", i) for i in between)
        or any(sentence.joins("altogether", i) for i in following)
    )
