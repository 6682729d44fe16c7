"""Function words, such as prepositions: they have a meaning only beside a name or a date.

The lexicon does not keep them as phrases. A phrase such as "у 2022" would use up its words, and "у"
must be found inside it, too.
"""

from etl.reports.text.sentence import Scan


def is_little(scan: Scan, i: int, *meanings: str) -> bool:
    """Whether token i is a function word with one of these meanings ("of" is a `place_of`)."""
    return scan.language.is_little(scan.low(i), meanings)


def has_little(scan: Scan, meaning: str) -> bool:
    """Whether any word of a sentence is a function word with this meaning."""
    return not scan.words.isdisjoint(scan.language.settings["little_words"][meaning])
