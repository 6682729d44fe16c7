"""Who is counted by a number without a noun: the children of "the number of wounded children rose
to five", the men of "of those killed, 224 were men"."""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.trigger import Trigger
from etl.reports.resolution.claims import ParsedSentence
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.text.lexicon import Match

_NEAR = 4  # tokens from "the number of" to the group


def counted_group(sentence: ParsedSentence, number: Number) -> str:
    """The group of "the number of wounded children rose to five", for a number without a noun."""
    scan = sentence.scan
    keyed = scan.low(number.start - 1) == ":" and number.noun_end <= number.end
    if keyed and (key := scan.ending("groups", number.start - 1)):
        return key.value  # "14 wounded, kids: 3"
    for i, link in scan.links("counted").items():
        near = range(link.end, min(link.end + _NEAR, number.start))
        group = next((found for at in near if (found := scan.at("groups", at))), None)
        if i < number.start and group and not sentence.numbers_between(i, number.start):
            return group.value
    listed = listed_group(sentence, number)
    return "" if listed == "all" else listed


def listed_group(sentence: ParsedSentence, number: Number) -> str:
    """The group of a list of places that a verb of harm opens: "постраждало дітей у Донецькій
    області – 120, Київській – 113"; "all" for other numbers."""
    verb = next((t for t in sentence.triggers if t.indicator in TOLLS), None)
    group = _group_beside(sentence, verb) if verb else None
    if verb is None or group is None or number.noun_end > number.end or number.start < group.end:
        return "all"
    first = next(n for n in sentence.numbers if not n.outside)
    listed = first.start > group.end and all(
        n.noun_end <= n.end for n in sentence.numbers if not n.outside
    )
    return group.value if listed else "all"


def _group_beside(sentence: ParsedSentence, verb: Trigger) -> Match | None:
    """The group behind a verb, the one in a noun for the harmed, "casualties among children", or
    that of whom most were harmed: "найбільше дітей постраждало"."""
    scan = sentence.scan
    inside = [scan.at("groups", i) for i in range(verb.start, verb.end) if verb.noun]
    most = [scan.at("groups", link.end) for link in scan.links("mostly").values()]
    return scan.at("groups", verb.end) or next(filter(None, inside + most), None)


def group_behind(sentence: ParsedSentence, number: Number) -> str:
    """The group of "of those killed, 224 were men", for a number without a noun."""
    scan, end = sentence.scan, number.end
    group = scan.at("groups", end + 1) if scan.link("passive", end) else None
    return group.value if group and number.noun_end <= end else ""
