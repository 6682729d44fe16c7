"""A clean copy of a text to read from, with a way back to the characters as they were given.

The text itself is never altered: figures quote it, and a quote must be the exact characters.
"""

import re
import unicodedata
from dataclasses import dataclass

from impact.model.scripts import TO_CYRILLIC

# One character for one: apostrophes, dashes, spaces, line ends, signs, quotation marks.
_SAME_LENGTH = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u02bb`\u00b4\uff07", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " ")
    | dict.fromkeys("\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
    | {"\u00ba": "\u00b0", "\u02da": "\u00b0", "\u2116": "#"}
    | dict.fromkeys("\u00ab\u00bb\u201c\u201d\u201e", '"')
)
# Characters that show nothing: soft hyphens, zero-width signs, stress marks, lone surrogates.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff\u0300\u0301\ud800-\udfff"
# Letters that came as two characters: и + breve, і + diaeresis, small and capital.
_COMPOSED = {
    two: unicodedata.normalize("NFC", two)
    for two in ("\u0438\u0306", "\u0418\u0306", "\u0456\u0308", "\u0406\u0308")
}
_CHANGED = re.compile("|".join([*_COMPOSED, f"[{_UNSEEN}]"]))
# One of these stands in whatever changes: one class is found much faster than alternatives.
_SIGNS = re.compile(f"[\u0306\u0308{_UNSEEN}]")
# Latin letters inside a Cyrillic word come from old keyboards ("Днiпровського").
_LETTERS = re.compile("[A-Za-z\u0400-\u04ff]+")
_LATIN = re.compile("[A-Za-z]")
_MIXED = re.compile("[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`text` to read; `origin` gives for each of its characters the offset in the given text."""

    text: str
    given: str
    origin: tuple[int, ...] | None  # None where both have the same length

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the clean text as a span of the given one."""
        if self.origin is None or start >= end:
            return start, end
        last = self.origin[end] if end < len(self.origin) else len(self.given)
        stop = self.origin[end - 1] + 1
        # Signs that belong to the last character (a stress mark, a breve) come along.
        while stop < last and not self.given[stop].isspace():
            stop += 1
        return self.origin[start], stop


def clean(given: str) -> Cleaned:
    """The text with one apostrophe, one dash and one space, and without characters unseen."""
    text, origin = given, None
    if _SIGNS.search(given):
        text, origin = _without_unseen(given)
    text = text.translate(_SAME_LENGTH)
    if not text.isascii() and _MIXED.search(text):
        text = _LETTERS.sub(lambda word: _in_one_script(word.group()), text)
    return Cleaned(text, given, origin)


def _without_unseen(given: str) -> tuple[str, tuple[int, ...]]:
    """The text with composed letters and no unseen characters, and where each came from."""
    kept: list[str] = []
    origin: list[int] = []
    end = 0
    for found in _CHANGED.finditer(given):
        kept.append(given[end : found.start()])
        origin += range(end, found.start())
        if letter := _COMPOSED.get(found.group()):
            kept.append(letter)
            origin.append(found.start())
        end = found.end()
    kept.append(given[end:])
    origin += range(end, len(given))
    return "".join(kept), tuple(origin)


def _in_one_script(word: str) -> str:
    """A word of both scripts in Cyrillic, if every Latin letter has a twin there."""
    if not _MIXED.search(word):
        return word
    cyrillic = word.translate(TO_CYRILLIC)
    return word if _LATIN.search(cyrillic) else cyrillic
