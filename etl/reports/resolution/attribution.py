"""Who states a claim, and what caused the loss."""

from itertools import pairwise

from etl.reports.mentions.triggers import SERVICES
from etl.reports.resolution.claims import NumberClaim, ParsedSentence
from etl.reports.text.function_words import is_little
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan
from impact.model.speakers import beside

_CAUSES = ("weather", "strike")


def set_speaker(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Names who says it, a person before a body; of a headline without a verb of speech too."""
    scan = sentence.scan
    found = [each for match in scan.of("speakers") if (each := _titled(scan, match)).value]
    if not found or not (scan.of("speech") or scan.sentence.heading):
        return
    before = [each for each in found if each.start < claim.number.start]
    if before and _take_turns(sentence, found):
        said = before[-1]
    else:
        said = min(found, key=lambda m: (_rank(m.value), abs(m.start - claim.number.start)))
    claim.speaker = said.value
    claim.trail["attributed_to"] = (said.start, said.end)


def _take_turns(sentence: ParsedSentence, speakers: list[Match]) -> bool:
    """Whether each of several speakers gives numbers of its own: "the council reported 2 deaths
    and the police 3"."""
    return len(speakers) > 1 and all(
        sentence.numbers_between(one.end, other.start) for one, other in pairwise(speakers)
    )


def _titled(scan: Scan, speaker: Match) -> Match:
    """A speaker with the rank beside it: "deputy mayor" is not the mayor."""
    if rank := _rank_before(scan, speaker):
        return Match(speaker.kind, beside(rank.value, speaker.value), rank.start, speaker.end)
    if rank := _rank_after(scan, speaker):
        return Match(speaker.kind, beside(rank.value, speaker.value), speaker.start, rank.end)
    return speaker


def _rank_before(scan: Scan, speaker: Match) -> Match | None:
    """ "deputy head of the Kharkiv | regional administration": only names and little words part
    the two."""
    i = speaker.start
    while i > 0:
        if rank := scan.ending("ranks", i):
            return rank
        i -= 1
        named = scan.tokens[i].text[0].isupper() and not scan.ending("speakers", i + 1)
        if not named and not is_little(scan, i, "rank_of"):
            return None
    return None


def _rank_after(scan: Scan, speaker: Match) -> Match | None:
    """ "mayor | Ihor Terekhov's deputy": the name that follows is a possessive."""
    i = speaker.end
    while i < len(scan.tokens) and scan.tokens[i].text[0].isupper():
        i += 1
    possessives = tuple(scan.language.settings["possessives"])
    owned = i > speaker.end and possessives and scan.low(i - 1).endswith(possessives)
    return scan.at("ranks", i) if owned else None


def _rank(speaker: str) -> int:
    """Order of speakers: persons with their office, then bodies by name, then offices alone
    ("mayor")."""
    if "(" in speaker:
        return 0
    return 1 if speaker[:1].isupper() else 2


def set_cause(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Strike, weather or both; tolls and damage of accidents are left out."""
    found = sentence.scan.of("cause")
    if claim.indicator not in SERVICES.values():
        claim.cause = "strike"
        if any(match.value == "accident" for match in found):
            claim.out = "accident"
        return
    claim.cause = _cause(sentence, claim, found)
    match = next((match for match in found if match.value == claim.cause), None)
    if match:
        claim.trail["cause"] = (match.start, match.end)


def _cause(sentence: ParsedSentence, claim: NumberClaim, found: list[Match]) -> str:
    values = {match.value for match in found if match.value != "accident"}
    if values >= {*_CAUSES}:
        return _nearest(sentence, claim, found)
    if not values:
        return sentence.context.cause or "unknown"
    return values.pop() if len(values) == 1 else "strike"


def _nearest(sentence: ParsedSentence, claim: NumberClaim, found: list[Match]) -> str:
    """The cause in the number's own clause where weather and strikes are both named."""
    values = set()
    for match in found:
        first, last = sorted((match.start, claim.number.start))
        crossed = sentence.parted(first, last - 1) or sentence.numbers_between(first, last)
        if match.value in _CAUSES and not crossed:
            values.add(match.value)
    return values.pop() if len(values) == 1 else "mixed"
