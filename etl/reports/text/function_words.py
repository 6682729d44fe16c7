"""Little words: prepositions and the like, which mean something only beside a name or a date.

They are no phrases of a kind: "у" must be seen inside "у 2022", too, which is a phrase itself.
"""

from etl.reports.text.sentence import Scan


def is_little(scan: Scan, i: int, *meanings: str) -> bool:
    """Whether a token is a little word of one of these meanings ("of" is a `place_of`)."""
    return scan.language.is_little(scan.low(i), meanings)
