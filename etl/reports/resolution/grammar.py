"""The grammar joins the numbers, triggers, places and days of a sentence to claims.

It knows no word of any language; the lexicons do. For each number it asks in turn what it counts
(wholes.py, parts.py, indicator_of.py, unit_of.py), where (place_of.py, dealt_out.py,
distribution.py), when (day_of.py, totals.py), and who says so and why (attribution.py). A number
that is left out on purpose is kept with its reason.
"""

from dataclasses import replace

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import OUT, SERVICES
from etl.reports.resolution.attribution import set_cause, set_speaker
from etl.reports.resolution.both_tolls import of_both
from etl.reports.resolution.claims import NAMING, NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.context import Context
from etl.reports.resolution.counted_later import settle_later
from etl.reports.resolution.day_of import set_day
from etl.reports.resolution.dealt_out import dealt_toll, told_again
from etl.reports.resolution.discourse import remember, remember_event
from etl.reports.resolution.distribution import distributed
from etl.reports.resolution.group_of import counted_group, group_behind, listed_group
from etl.reports.resolution.in_brackets import of_bracket, over_brackets
from etl.reports.resolution.indicator_of import (
    apply,
    counts_longer,
    left_over,
    nearest,
    risen_to,
    untold,
)
from etl.reports.resolution.inherited import inherited
from etl.reports.resolution.launched import of_air_force
from etl.reports.resolution.made_up_of import of_toll_before
from etl.reports.resolution.number_before import (
    more_structures,
    of_their_customers,
    of_unit_before,
    said_in_others,
)
from etl.reports.resolution.of_keys import headed_group, of_key
from etl.reports.resolution.of_lists import of_head, of_list, of_verb_behind
from etl.reports.resolution.of_persons import of_counted
from etl.reports.resolution.parts import settle_part, share_group
from etl.reports.resolution.place_of import set_place
from etl.reports.resolution.totals import settle_casualties
from etl.reports.resolution.uncounted import is_earlier, reason_not_to_count
from etl.reports.resolution.unit_of import TOLLS, arms_before, in_thousands
from etl.reports.resolution.wholes import settle_whole
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

# Numbers that nobody would take for a count of anything.
_SILENT = (*NAMING, "length")
_DENIED = "denied"
_SETS_APART = frozenset(",(")
_SUBJECTS, _PAST = ("foreign", "military", "opinion", "average", _DENIED), "past"
_SOLDIERS = "soldiers"  # these leave out who is counted without a noun of its own
# A trigger further away than this gives way to a list, or to none for a number without a noun.
_LIST_FIRST, _BARE_REACH = 8, 11
_BESIDE = 4  # the same for a person described without a number


def claims(scan: Scan, context: Context) -> list[NumberClaim]:
    """The claims of a sentence in order, those left out included; updates the context."""
    sentence = ParsedSentence(scan, context)
    remember_event(sentence)
    for number in sentence.numbers:
        claim = _begun(sentence, number, _subject(sentence, number))
        if claim.out not in _SILENT:
            _count(sentence, claim)
            share_group(sentence, claim)
            sentence.made += _finished(sentence, claim)
    if context.weigh:
        context.weigh(sentence)
    remember(sentence)
    return sentence.made


def _subject(sentence: ParsedSentence, number: Number) -> str:
    """The subject that makes a number none of ours: foreign land, armies, past years, polls,
    averages, what is not true.

    It holds for its clause; what is of a past year, only up to the next mark: "Last winter 300
    houses froze, this winter 500".
    """
    if sentence.scan.link("not", number.start - 1) and _is_corrected(sentence, number.start - 1):
        return _DENIED
    if sentence.asks:
        return _DENIED
    for match in sentence.scan.of("left_out"):
        between = sorted((match.start, number.start))
        if match.value in _SUBJECTS and not sentence.parted(*between):
            return match.value
        soldiers = match.value == _SOLDIERS and not _are_others(number, match)
        if soldiers and not sentence.parted(*between):
            return match.value
        if match.value == _PAST and not any(map(sentence.scan.mark, range(*between))):
            return match.value
    return ""


def _is_corrected(sentence: ParsedSentence, i: int) -> bool:
    """Whether "not" at a token corrects the count before it: "three killed, not two", "8 (not
    9)"."""
    scan = sentence.scan
    mark = i - 1 if scan.low(i - 1) in _SETS_APART else i - 2
    return scan.low(mark) in _SETS_APART and any(map(scan.is_number, range(mark)))


def _are_others(number: Number, soldiers: Match) -> bool:
    """Whether who is counted has a noun of its own, which does not name the soldiers: "two
    residents were wounded as Russian troops shelled"."""
    named = number.noun_end > number.end
    return named and not number.start <= soldiers.start <= number.noun_end


def _begun(sentence: ParsedSentence, number: Number, left_out: str) -> NumberClaim:
    scan = sentence.scan
    earlier = number.earlier and not _of_supply_alone(sentence)
    out = number.outside or left_out or ("earlier" if earlier else "")
    claim = NumberClaim(scan, number, unit=number.unit, people=number.group or "all", out=out)
    claim.trail["value"] = number.core
    if number.bound_at != (0, 0):
        claim.trail["bound"] = number.bound_at
    return claim


def _of_supply_alone(sentence: ParsedSentence) -> bool:
    """Whether a sentence tells of a supply and of nothing else: of it "down from 900 to 250" gives
    two counts."""
    told = {trigger.indicator for trigger in sentence.triggers if trigger.indicator != OUT}
    return bool(told) and told <= {*SERVICES.values()}


def _count(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Indicator, status, unit and people of a number, or the reason why it has none."""
    number = claim.number
    rest = left_over(sentence, number)
    apart = rest or (sentence.made and told_again(sentence, number))
    if settle_whole(sentence, claim) or (not apart and settle_part(sentence, claim)):
        return
    if is_earlier(sentence, number):
        claim.out = claim.out or "earlier"
        return
    told = of_key(sentence, number) or dealt_toll(sentence, number)
    told = told or over_brackets(sentence, number)
    if inside := told or of_bracket(sentence, number):
        claim.unit = number.unit
        claim.people = sentence.leading_group or claim.people
        apply(sentence, claim, inside)
        _check_scale(sentence, claim)
        claim.people = claim.people if claim.people != "all" else listed_group(sentence, number)
        return
    if anew := settle_later(sentence, claim):
        apply(sentence, claim, anew)
        _check_scale(sentence, claim)
        return
    if both := of_both(sentence, number):
        claim.unit, claim.people = "people", sentence.leading_group or claim.people
        apply(sentence, claim, both)
        return
    if number.implied and (counted := of_counted(sentence, number)):
        apply(sentence, claim, counted)
        return
    if unit := arms_before(sentence, number) or more_structures(sentence, number):
        number.unit = claim.unit = unit
    trigger, far = nearest(sentence, number)
    same = of_their_customers(sentence, number)
    if same is None and sentence.made:
        same = said_in_others(sentence, number)
    if same:
        trigger, far = same, 0.0
    if trigger is None and number.toll:  # "Lyman 2/5, Izium 0/3 (killed/injured)"
        trigger = next((t for t in sentence.triggers if t.indicator == number.toll), None)
    if trigger is None and (toll := of_toll_before(sentence)):
        apply(sentence, claim, toll)
        claim.people = number.group
        return
    list_first = _BESIDE if number.implied else _LIST_FIRST
    far_off = trigger is None or far > list_first
    listed = far_off and (of_list(sentence, number) or of_head(sentence, number))
    listed = listed or (of_verb_behind(sentence, number) if trigger is None else None)
    if listed:
        trigger, far = listed, 0.0
    elif not number.unit and far > _BARE_REACH and not _of_far_subject(sentence, number):
        trigger = None
    if trigger is None and number.implied:
        trigger, far = inherited(sentence, number), 0.0
    if reason := reason_not_to_count(sentence, number, trigger, far):
        claim.out = claim.out or reason
        return
    trigger = of_unit_before(sentence, number, trigger) or inherited(sentence, number)
    if trigger is None or (trigger.indicator == OUT and far > _LIST_FIRST):
        trigger = of_air_force(sentence, number) or trigger
    if trigger is None:
        untold(claim)
        return
    apply(sentence, claim, trigger)
    _check_scale(sentence, claim)
    back = claim.status == "restored" or sentence.scan.at("states", end_of(number), "restored")
    if rest and (back or trigger not in sentence.triggers):
        claim.status = claim.status and "without"
        claim.trigger = replace(trigger, status=claim.status)
    if claim.people == "all" and claim.indicator in TOLLS and not _names_people(number):
        group = sentence.leading_group or counted_group(sentence, number)
        group = group or group_behind(sentence, number)
        claim.people = group or headed_group(sentence, number) or "all"


def _of_far_subject(sentence: ParsedSentence, number: Number) -> bool:
    return risen_to(sentence, number) or counts_longer(sentence, number)


def _check_scale(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Leaves a number that may be in thousands to a person, as 1.4 of people surely is."""
    if in_thousands(sentence, claim) or claim.number.value % 1:
        claim.indicator, claim.lacks = "", ("unit",)


def _names_people(number: Number) -> bool:
    """Whether a number has a noun of its own that is no casualty: "19 civilians", not "19 dead"."""
    return number.noun_end > number.end and not number.toll


def _finished(sentence: ParsedSentence, claim: NumberClaim) -> list[NumberClaim]:
    """A counted claim with place, day, speaker and cause, once for each of its indicators."""
    if claim.out or not claim.indicator:
        return [claim] if claim.out or claim.lacks else []
    for step in (set_place, set_day, settle_casualties, set_speaker, set_cause):
        step(sentence, claim)
    if claim.out or claim.trigger is None:
        return [claim]
    if shares := distributed(sentence, claim):
        return shares
    # "без світла та води": one number, two indicators
    also = [replace(claim, indicator=each, trail={**claim.trail}) for each in claim.trigger.also]
    return [claim, *also]
