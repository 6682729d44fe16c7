"""Unread: languages that are told apart and not read, so that a report in one of them is answered
with its name, and its numbers are not read by another language's words.

Words tell: one of the commonest of a language counts for it, one with a letter of its own too. A
line by which nothing is told, in a text that is mostly not read, is as the line before.
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
# So many more words than for any language that is read must speak for a line, fewer where the text
# around it is in that language: names and quotations of others stand in every report.
_ENOUGH, _AMONG_OTHERS = 2, 1
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000  # characters by which the language of a whole text is told


class _Signs(NamedTuple):
    """What tells a language: its commonest words, and letters of its own."""

    common: frozenset[str]
    own: re.Pattern


class Teller:
    """Tells of the lines of one text, in their order, which are in a language that is not read.

    whole  the language of most of the text if it is not read, else empty
    found  those of its lines, each once
    """

    def __init__(self, text: str) -> None:
        self.found: list[str] = []
        self.whole = self._last = language_of(text)

    def unread(self, line: str) -> bool:
        """Whether a line is in a language that is not read; it is kept in `found`."""
        best, count, known, counts = _told(line)
        enough = _AMONG_OTHERS if best in (self.whole, self._last) else _ENOUGH
        if count - known >= enough:
            self._last = best
        elif not self.whole or counts[self._last] < known:
            self._last = ""
        if self._last and self._last not in self.found:
            self.found.append(self._last)
        return bool(self._last)


def language_of(text: str) -> str:
    """The code of the language of most of a text if it is not read; empty if it is, or unknown."""
    best, count, known, _ = _told(text[:_SAMPLE])
    return best if count - known >= _ENOUGH else ""


def is_unread(code: str) -> bool:
    """Whether a language is one that is told and not read."""
    return code in _unread()


def _told(text: str) -> tuple[str, int, int, Counter]:
    """The unread language for which most words speak, how many do, how many do for the best of
    those that are read, and how many for each."""
    counts = Counter(code for word in _WORDS.findall(text.lower()) for code in _spoken_for(word))
    best = max(_unread(), key=counts.__getitem__)
    return best, counts[best], max(counts[code] for code in _read()), counts


@lru_cache(maxsize=50_000)
def _spoken_for(word: str) -> tuple[str, ...]:
    """The languages for which a word speaks."""
    told = {**_unread(), **_read()}
    return tuple(
        code for code, signs in told.items() if word in signs.common or signs.own.search(word)
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
