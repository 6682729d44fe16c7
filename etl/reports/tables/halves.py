"""Headers of two numbers of which only one is kept: "Launched / shot down"."""

from etl.reports.tables.words import not_counted


def counted_half(text: str) -> str:
    """The half of a header that says what is kept; the whole text of any other header."""
    halves = text.split("/")
    kept = [half for half in halves if "words" not in not_counted(half)]
    return kept[0] if len(halves) == 2 and len(kept) == 1 else text


def counted_at(text: str) -> int | None:
    """Which of the two numbers below such a header is kept, from 0; None for any other header."""
    half = counted_half(text)
    return text.split("/").index(half) if half != text else None
