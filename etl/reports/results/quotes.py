"""The characters of the text, as it was given, that carry a claim."""

from collections.abc import Iterable

from etl.reports.model.document import Span
from etl.reports.resolution.claims import NumberClaim, Tokens, end_of
from etl.reports.text.cleaned import Cleaned


def quote(claim: NumberClaim, cleaned: Cleaned) -> Span:
    """Where a claim stands: number and noun, trigger, bound and, where near, place."""
    number = claim.number
    spans = [(number.start, end_of(number)), number.core]
    spans += [number.scale_at] if any(number.scale_at) else []
    spans += [claim.trail[name] for name in ("indicator", "place", "bound") if name in claim.trail]
    return characters(claim, cleaned, spans)


def number_alone(claim: NumberClaim, cleaned: Cleaned) -> Span:
    """Where a claim's number stands, with its noun."""
    return characters(claim, cleaned, [(claim.number.start, claim.number.noun_end)])


def trail(claim: NumberClaim, cleaned: Cleaned) -> dict[str, Span]:
    """Field -> where the text says it."""
    return {name: _given(claim, cleaned, *span) for name, span in claim.trail.items()}


def characters(claim: NumberClaim, cleaned: Cleaned, spans: Iterable[Tokens]) -> Span:
    """Spans of tokens as one span of the given text. An empty span is its first token."""
    starts, ends = zip(*((start, max(end, start + 1)) for start, end in spans), strict=True)
    return _given(claim, cleaned, min(starts), max(ends))


def _given(claim: NumberClaim, cleaned: Cleaned, start: int, end: int) -> Span:
    """Tokens as a span of the given text."""
    tokens = claim.scan.tokens
    last = min(max(end, start + 1), len(tokens)) - 1
    return cleaned.span(tokens[start].start, tokens[last].end)
