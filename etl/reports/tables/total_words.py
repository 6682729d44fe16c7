"""Words for a total: "Total for Kharkiv oblast", «Усього», "All six regions"."""

import re
from functools import cache

from etl.reports.tables.words import any_of, first, plain, words


def without_total(text: str) -> str:
    """The text without words for a total and the words that join them to a place ("total for").

    "" if nothing is left.
    """
    if _counted().fullmatch(plain(text)):
        return ""
    left = _totals().sub(" ", text)
    if left == text:
        return text
    return _joints().sub("", left.strip(" ,:;()/|-–—")).strip(" ,:;()/|-–—")


def is_remainder(text: str) -> bool:
    """Whether a cell means all places without a row of their own: "Rest of the oblast"."""
    return bool(first("remainders", text))


@cache
def _totals() -> re.Pattern:
    listed = "|".join(sorted(words().phrases["totals"]["words"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def _counted() -> re.Pattern:
    """A pattern of "six regions", "all 24 oblasts", "all three" and "all"."""
    counts, nouns = any_of("totals", "counts"), any_of("totals", "counted")
    every, behind = any_of("totals", "every"), any_of("totals", "behind")
    places = rf"(?:(?:{counts}|\d+) ){{1,2}}(?:{nouns})(?: (?:{behind}))?"
    return re.compile(rf"{places}|(?:{counts}) (?:{counts}|\d+)|{every}")


@cache
def _joints() -> re.Pattern:
    listed = "|".join(words().phrases["totals"]["joints"])
    return re.compile(rf"^(?:(?:{listed})\s+)+", re.IGNORECASE)
