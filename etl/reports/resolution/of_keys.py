"""Keys and the parts below them: "Dead: 31", and on the next line "- children: 6".

A key is a line that is a toll and its number. A part is a group of people and its number.
"""

from dataclasses import dataclass, replace

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of
from etl.reports.resolution.unit_of import TOLLS

_MARKS = (":", "-")  # between a key and its number
_ENDS = (",", ";", ")", "(", ".")


@dataclass(slots=True)
class Key:
    """The toll of a key line, to which the lines below it may add parts.

    item      whether the line is an item of a list
    doubtful  whether the line above is a key, too: parts below may be of both
    parted    whether a part stands below it already
    """

    claim: NumberClaim
    item: bool
    doubtful: bool
    parted: bool = False


def of_key(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The toll that a sentence begins with, for the number right behind its colon: "Injured: 929,
    of whom children: 5 killed"."""
    if sentence.scan.low(number.start - 1) not in _MARKS or number.start > 4:
        return None
    opening = (t for t in sentence.triggers if t.start == 0 and t.end == number.start - 1)
    toll = next(opening, None)
    if toll is None or toll.indicator not in TOLLS or not toll.takes(number.unit):
        return None
    return toll if number.toll in ("", toll.indicator) else None


def key_of(sentence: ParsedSentence, before: Key | None) -> Key | None:
    """The key that a sentence leaves for the lines below it.

    before  the one that the line above left
    """
    first = sentence.made[0] if sentence.made else None
    if first is None:
        return None
    if before is not None and _heads_line(sentence, first.number):
        return replace(before, parted=True)
    said = sentence.scan.sentence
    short = said.heading and first.people == "all" and not first.out
    if short and of_key(sentence, first.number):
        return Key(first, said.bullet, before is not None and not before.parted)
    return None


def whole_above(sentence: ParsedSentence, number: Number) -> tuple[NumberClaim, str] | None:
    """The toll of which a labelled number is a part, and the group that its label names: "11
    injured (children: 3)", or "- children: 6" below "Dead: 31"."""
    group = _label(sentence, number)
    if not group:
        return None
    if _heads_line(sentence, number):
        key = sentence.context.key
        if key is None or key.claim.number.value < number.value:
            return None
        deeper = sentence.scan.sentence.bullet and not key.item
        sure = deeper or bool(sentence.scan.links("subset")) or not key.doubtful
        return (key.claim, group) if sure else None
    whole = next((c for c in reversed(sentence.made) if c.people == "all" and not c.out), None)
    inside = whole is not None and _opened(sentence, whole, number)
    return (whole, group) if whole is not None and inside else None


def _label(sentence: ParsedSentence, number: Number) -> str:
    """The group that stands with a colon or dash before a number without a noun."""
    scan, bare = sentence.scan, number.noun_end <= number.end
    if number.outside or number.implied or not bare or scan.low(number.start - 1) not in _MARKS:
        return ""
    last = number.end >= len(scan.tokens) or scan.tokens[number.end].text in _ENDS
    group = scan.ending("groups", number.start - 1)
    return group.value if last and group and not scan.at("toll", group.start) else ""


def _heads_line(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a label and its number are what a line begins with, behind the words for a part at
    most: "of whom women: 301"."""
    scan = sentence.scan
    group = scan.ending("groups", number.start - 1)
    if group is None or not scan.sentence.heading or sentence.triggers:
        return False
    links = {i for link in scan.links("subset").values() for i in range(link.start, link.end)}
    return _label(sentence, number) != "" and all(i in links for i in range(group.start))


def headed_group(sentence: ParsedSentence, number: Number) -> str:
    """The group before the colon of a list of tolls: "of whom children: 5 killed, 61 injured"."""
    scan = sentence.scan
    before = [i for i in range(number.start) if scan.tokens[i].text in (":", ";", "(")]
    if not before or scan.tokens[before[-1]].text != ":":
        return ""
    group = scan.ending("groups", before[-1])
    led = group is not None and (
        scan.ending("links", group.start, "subset") or scan.before(group.start, "(")
    )
    return group.value if group and led else ""


def _opened(sentence: ParsedSentence, whole: NumberClaim, number: Number) -> bool:
    """Whether brackets or words for a part open between a toll and a labelled number."""
    gap = range(end_of(whole.number), number.start)
    texts = [sentence.scan.tokens[i].text for i in gap]
    linked = any(link.start in gap for link in sentence.scan.links("subset").values())
    inside = texts.count("(") > texts.count(")")
    return whole.indicator in TOLLS and (inside or linked) and ";" not in texts
