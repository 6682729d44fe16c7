"""Who states a claim, and what caused the loss."""

from etl.reports.mentions.triggers import SERVICES
from etl.reports.resolution.claims import NumberClaim, ParsedSentence
from etl.reports.text.lexicon import Match

_CAUSES = ("weather", "strike")


def set_speaker(sentence: ParsedSentence, claim: NumberClaim) -> None:
    """Names who says it, a person before a body; of a headline without a verb of speech too."""
    scan = sentence.scan
    found = scan.of("speakers")
    if not found or not (scan.of("speech") or scan.sentence.heading):
        return
    said = min(found, key=lambda m: (_rank(m.value), abs(m.start - claim.number.start)))
    claim.speaker = said.value
    claim.trail["attributed_to"] = (said.start, said.end)


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
