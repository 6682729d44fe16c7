"""Lexicon: what the words of a language mean to the reader of reports.

Each file of data/languages describes one language. Its tables hold phrases by kind and value:
`[bounds] about = ["around", …]` makes "around" a match of the kind "bounds" with the value "about".
A phrase is one or more words with one space between them. "знеструмлен*" matches every word that
begins like this. "a|b" matches either word. A phrase that begins with "=" must be written exactly
like this, with the same capitals.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from impact.model import report_languages

LANGUAGES = report_languages.FOLDER
BLOCKING = ("stops", "where", "left_out", "related", "unquantified")


class Entry(NamedTuple):
    """One phrase of the lexicon, without its first word.

    value  a text, or a number for number words and scales
    tail   for each further word: the whole words and the beginnings of words that it may be
    exact  the phrase as it must be written; "" if capitals do not matter
    """

    kind: str
    value: Any
    tail: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    exact: str


class Match(NamedTuple):
    """A phrase found in a sentence.

    value       a text, or a number for numerals and scales
    start, end  its tokens, the end exclusive
    """

    kind: str
    value: Any
    start: int
    end: int


class _Beginning:
    """The phrases that begin with one word, by their second word, so that they are found fast.

    single  phrases of one word without an exact form
    alone   whether there are no others
    exact   phrases of one word with an exact form
    """

    __slots__ = ("_by_next", "_stem_next", "alone", "empty", "exact", "single")

    def __init__(self, entries: Sequence[Entry]):
        self.single = [entry for entry in entries if not entry.tail and not entry.exact]
        self.alone = len(self.single) == len(entries)
        self.exact = [entry for entry in entries if not entry.tail and entry.exact]
        self._stem_next = [entry for entry in entries if entry.tail and entry.tail[0][1]]
        self._by_next: dict[str, list[Entry]] = {}
        for entry in entries:
            for word in entry.tail[0][0] if entry.tail else ():
                self._by_next.setdefault(word, []).append(entry)
        self.empty = not entries

    def longer(self, word: str) -> list[Entry]:
        """Phrases whose second word may be this one, and `exact`. The caller checks the rest."""
        found = self._by_next.get(word)
        if found is None:
            return self._stem_next + self.exact if self.exact else self._stem_next
        return [*found, *(e for e in self._stem_next if e not in found), *self.exact]


@dataclass(slots=True)
class Language:
    """The words of one language.

    name      its code: "en", "uk"
    settings  the table [language] of its file
    letters   a pattern of one or more of its letters
    common    its most frequent words
    """

    name: str
    settings: dict[str, Any]
    letters: re.Pattern
    common: frozenset[str]
    _exact: dict[str, list[Entry]] = field(default_factory=dict)
    _stems: dict[str, list[Entry]] = field(default_factory=dict)
    _known: dict[str, _Beginning] = field(default_factory=dict)
    _little: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _longest: int = 0  # letters of the longest stem

    def __post_init__(self) -> None:
        for meaning, words in self.settings["little_words"].items():
            for word in words:
                self._little[word].add(meaning)

    def is_little(self, word: str, meanings: Sequence[str]) -> bool:
        """Whether a lower-case word is a function word with one of these meanings."""
        return word in self._little and not self._little[word].isdisjoint(meanings)

    def add(self, phrase: str, kind: str, value: Any) -> None:
        """Adds a phrase, written as in the file of the language."""
        exact = phrase[1:] if phrase.startswith("=") else ""
        first, *rest = (tuple(word.split("|")) for word in (exact or phrase).lower().split())
        tail = tuple(
            (
                frozenset(word for word in choices if not word.endswith("*")),
                tuple(word[:-1] for word in choices if word.endswith("*")),
            )
            for choices in rest
        )
        entry = Entry(kind, value, tail, exact)
        for word in first:
            if word.endswith("*"):
                self._stems.setdefault(word[:-1], []).append(entry)
                self._longest = max(self._longest, len(word) - 1)
            else:
                self._exact.setdefault(word, []).append(entry)

    def entries(self, word: str) -> tuple[Entry, ...]:
        """Every phrase whose first word may be this lower-case word."""
        found = list(self._exact.get(word, ()))
        for length in range(1, min(len(word), self._longest) + 1):
            found += self._stems.get(word[:length], ())
        return tuple(found)

    def _beginning(self, word: str) -> "_Beginning":
        known = _Beginning(self.entries(word))
        # All texts together have too many different words to keep, and some are no words.
        if len(self._known) < 50_000 and len(word) < 100:
            self._known[word] = known
        return known

    def matches(self, words: Sequence[str], text: Sequence[str]) -> list[Match]:
        """Finds the phrases in a sentence.

        words  the sentence's words in lower case
        text   the same words as written

        Of several phrases of one kind at a word, the longest wins, and no other phrase of that kind
        may use its words. A phrase of a kind in BLOCKING keeps its words from every other kind:
        "power plants" says nothing about power.
        """
        matched: list[Match] = []
        until: dict[str, int] = {}  # kind -> the token after its last phrase of several words
        blocked = 0  # the token before which words are used up for every kind
        used = 0  # the token before which words are used up for some kind
        last = len(words) - 1
        for i, word in enumerate(words):
            if i < blocked:
                continue
            known = self._known.get(word) or self._beginning(word)
            if known.empty:
                continue
            longer = None
            if not known.alone:
                phrases = known.longer(words[i + 1]) if i < last else known.exact
                longer = [(end, e) for e in phrases if (end := _end(e, words, text, i))]
            if not longer:  # the fast way for most words
                for kind, value, _, _ in known.single:
                    if i >= used or until.get(kind, 0) <= i:
                        matched.append(Match(kind, value, i, i + 1))
                continue
            found = [(i + 1, entry) for entry in known.single] + longer
            longest: dict[str, int] = {}
            for end, entry in found:
                if end > longest.get(entry.kind, 0):
                    longest[entry.kind] = end
            for kind in BLOCKING:
                if (end := longest.get(kind, 0)) > max(i + 1, blocked):
                    blocked = end
            for end, entry in found:
                kind = entry.kind
                if end == longest[kind] and end >= blocked and until.get(kind, 0) <= i:
                    matched.append(Match(kind, entry.value, i, end))
            for kind, end in longest.items():
                if until.get(kind, 0) <= i:
                    until[kind] = end
                    used = max(used, end)
        return matched


def _end(entry: Entry, words: Sequence[str], text: Sequence[str], start: int) -> int:
    """The word after the phrase if the phrase stands at `start`, else 0."""
    end = start + 1 + len(entry.tail)
    if end > len(words):
        return 0
    for offset, (whole, stems) in enumerate(entry.tail, start + 1):
        word = words[offset]
        if word not in whole and not (stems and word.startswith(stems)):
            return 0
    if entry.exact and " ".join(text[start:end]) != entry.exact:
        return 0
    return end


@cache
def languages() -> dict[str, Language]:
    """Every language of data/languages, by its code."""
    return {name: language(name, tables) for name, tables in report_languages.tables().items()}


def language(name: str, tables: dict[str, dict[str, Any]]) -> Language:
    """Makes a language of the tables of its file."""
    settings = tables["language"]
    letters = re.compile(f"{settings['letters']}+")
    made = Language(name, settings, letters, frozenset(settings["common"]))
    for kind, table in tables.items():
        if kind == "language":
            continue
        for value, phrases in table.items():
            if isinstance(phrases, list):
                for phrase in phrases:
                    # Endings of numbers are looked up with a hyphen before them.
                    made.add(f"-{phrase}" if kind == "suffixes" else phrase, kind, value)
            else:  # the table is word -> number
                made.add(value, kind, phrases)
    return made
