"""Words beside the figures that reviewers added, as lines for the file of a language.

Nothing is changed by itself: a person who knows the language decides whether a word says so always.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from etl.learning.decided import Decided
from etl.reports.text.lexicon import languages
from impact.model.indicators import OUTAGES

_WORD = re.compile(r"[^\W\d_]{4,}")
# A word of so many reports is proposed.
LEAST = 3
# Indicator -> the table of the language's file whose words tell of it; of supply [states].
_TABLES = {
    **dict.fromkeys(("killed", "injured", "missing", "rescued", "evacuated", "displaced"), "toll"),
    "casualties": "toll",
    "buildings_damaged": "damage",
}


class Line(NamedTuple):
    """A line to add: under [table] of the language's file, to the words of `key`."""

    language: str
    table: str
    key: str
    word: str
    reports: int

    def __str__(self) -> str:
        return (
            f'data/languages/{self.language}.toml  [{self.table}] {self.key}: "{self.word}"  '
            f"({self.reports} reports)"
        )


def lines(reports: Iterable[Decided]) -> list[Line]:
    """The words that the reader does not know and that stand in the quotes of added figures of one
    kind in LEAST reports or more, and of no other kind; the most frequent first."""
    seen: dict[tuple[str, str], dict[tuple[str, str], set[str]]] = defaultdict(dict)
    for report in reports:
        for row in report.added:
            kind = _table(row["indicator"], row["status"])
            for word in _unknown(report.language, row["quote"]):
                kinds = seen[report.language, word]
                kinds.setdefault(kind, set()).add(report.document)
    found = [
        Line(language, *kind, word, len(documents))
        for (language, word), kinds in seen.items()
        if len(kinds) == 1
        for kind, documents in kinds.items()
        if len(documents) >= LEAST and kind[0]
    ]
    return sorted(found, key=lambda line: (-line.reports, line))


def _table(indicator: str, status: str) -> tuple[str, str]:
    """The table and key of a kind of impact; empty where no single word tells of it."""
    if indicator in OUTAGES:
        return "states", status
    table = _TABLES.get(indicator, "")
    return table, "damaged" if table == "damage" else indicator


def _unknown(name: str, quote: str) -> Counter[str]:
    """The words of a quote of which the language's file knows nothing, each once."""
    language = languages().get(name)
    if language is None:
        return Counter()
    words = {word.lower() for word in _WORD.findall(quote) if word.islower()}
    return Counter(word for word in words if not language.entries(word))
