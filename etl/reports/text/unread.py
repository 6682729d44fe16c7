"""Unread: recognises languages that the reader does not read.

A report in such a language gets an answer with the name of the language. And its numbers are not
read with the words of another language.

Each word counts for the languages in which it is frequent, and for those that alone have one of its
letters. A line that shows no language has the language of the line before, if most of the text is
in a language that is not read.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.reports.text.lexicon import languages

TABLE = Path(__file__).with_name("unread.toml")
# How many more words of a line must count for a language that is not read than for each that is
# read. One word is not enough, because every report has foreign names and quotations. It is enough
# (_AMONG_OTHERS) if the text or the line before is in that language, too.
_ENOUGH, _AMONG_OTHERS = 2, 1
_WORDS = re.compile(r"[^\W\d_]+")
# Letters set apart ("R E P O R T") and beside a slash ("w/o") are no words: "a", "e", "i", "o", "w"
# are some in many languages. Nor are those of addresses and of names that programs give ("v2_4").
_NO_WORDS = re.compile(
    r"https?://\S+|[^\W\d_][\d_]\w*|(?<!\w)(?:[^\W\d_]\s+){3,}[^\W\d_](?!\w)|(?<!\w)[^\W\d_]/[^\W\d_]+|(?<=/)[^\W\d_](?!\w)"
)
_SAMPLE = 4_000  # characters from which the language of a whole text is found


class _Signs(NamedTuple):
    """Signs of a language: its most frequent words, and a pattern of the letters only it has."""

    common: frozenset[str]
    own: re.Pattern


class Teller:
    """Recognises the lines of one text that are in a language that is not read.

    Ask it for every line, in the order of the text.

    whole  the code of the text's main language if that is not read, else ""
    found  the codes of the lines' languages that are not read, each once
    """

    def __init__(self, text: str) -> None:
        self.found: list[str] = []
        self.whole = self._last = language_of(text)

    def unread(self, line: str) -> bool:
        """Whether a line is in a language that is not read. Adds that language to `found`."""
        best, count, known, counts = _counted(line)
        enough = _AMONG_OTHERS if best in (self.whole, self._last) else _ENOUGH
        if count - known >= enough:
            self._last = best
        elif not self.whole or counts[self._last] < known:
            self._last = ""
        if self._last and self._last not in self.found:
            self.found.append(self._last)
        return bool(self._last)


def language_of(text: str) -> str:
    """The code of a text's main language if that is not read; "" if it is read, or not known."""
    best, count, known, _ = _counted(text[:_SAMPLE])
    return best if count - known >= _ENOUGH else ""


def is_unread(code: str) -> bool:
    """Whether a code is that of a language that is recognised and not read."""
    return code in _unread()


def _counted(text: str) -> tuple[str, int, int, Counter]:
    """Counts the words of a text for each language.

    Returns the best language that is not read, its count, the highest count of a language that is
    read, and the counts of all languages.
    """
    words = _WORDS.findall(_NO_WORDS.sub(" ", text.lower()))
    counts = Counter(code for word in words for code in _languages_of(word))
    best = max(_unread(), key=counts.__getitem__)
    return best, counts[best], max(counts[code] for code in _read()), counts


@lru_cache(maxsize=50_000)
def _languages_of(word: str) -> tuple[str, ...]:
    """The codes of the languages for which a lower-case word counts."""
    every = {**_unread(), **_read()}
    return tuple(
        code for code, signs in every.items() if word in signs.common or signs.own.search(word)
    )


@cache
def _unread() -> dict[str, _Signs]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {code: _signs(each["common"], each["own"]) for code, each in table.items()}


@cache
def _read() -> dict[str, _Signs]:
    return {
        name: _signs(each.common, each.settings["own_letters"])
        for name, each in languages().items()
    }


def _signs(common: Iterable[str], own: str) -> _Signs:
    return _Signs(frozenset(common), re.compile(f"[{own}]" if own else r"(?!)"))
