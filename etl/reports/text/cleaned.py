"""Makes a clean copy of a text for the reader, and leads from its offsets back to the given text.

The given text is never changed. Figures quote it, and a quote must have its exact characters.
"""

import re
import unicodedata
from dataclasses import dataclass

from impact.model.scripts import TO_CYRILLIC

# A long dash that parts words; all others become hyphens. Beside it the sign that keeps its place.
LONG_DASH, _KEPT = "\u2014", "\ue000"
# Replaces one character by one: apostrophes, dashes, spaces, line ends, digits, signs, quotation
# marks, raised numbers of footnotes.
_SAME_LENGTH = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u02bb`\u00b4\uff07", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " ")
    | dict.fromkeys("\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " ")
    | dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0xFF10) for n in range(10)}
    | {"\u00ba": "\u00b0", "\u02da": "\u00b0", "\u2116": "#"}
    | dict.fromkeys("\u00ab\u00bb\u201c\u201d\u201e", '"')
)
# Characters to remove: soft hyphens, zero-width characters, marks of direction that leave the order
# of signs as it is, stress marks, lone surrogates, and what gives a sign before it a colour or a
# frame ("7\ufe0f\u20e3" is a 7 on a key).
_UNSEEN = (
    "\u00ad\u034f\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff"
    "\u0300\u0301\ud800-\udfff\ufe0e\ufe0f\u20e3"
    "\U0001f3fb-\U0001f3ff"
)
# Letters that may be written as two characters: и + breve, і + diaeresis, small and capital.
_COMPOSED = {
    two: unicodedata.normalize("NFC", two)
    for two in ("\u0438\u0306", "\u0418\u0306", "\u0456\u0308", "\u0406\u0308")
}
_CHANGED = re.compile("|".join([*_COMPOSED, f"[{_UNSEEN}]"]))
# A number on a key that numbers an item, as a capital follows: "7\ufe0f\u20e3 injured" are seven.
_ITEM = re.compile("^(\\d)(?=\ufe0f?\u20e3\\s+[A-Z\u0404-\u042f\u0490])", re.MULTILINE)
# A long dash between words without spaces, "people—mostly", parts them as one with spaces does.
_PARTING = re.compile("(?<=[^\\W\\d_])\u2014(?=\\w)|(?<=\\w)\u2014(?=[^\\W\\d_])")
# Between parts of a line that each have their number: "Kharkiv 2 killed | Sumy 4 injured".
_BARS = "|•·▪▫◾◽🔹🔸🔺🔻📌📍👉➡✅☑✔🔴🟠🟡🟢🔵⚫⚪"
_BAR = re.compile(f"(?<=[\\w)]) ([{_BARS}])(?= [^\\W\\d_][^{_BARS}\n]*\\d)")
# Everything that _CHANGED finds has one of these characters. This pattern is much faster.
_SIGNS = re.compile(f"[\u0306\u0308{_UNSEEN}]")
# People sometimes type a Latin letter in a Cyrillic word: "Днiпровського".
_LETTERS = re.compile("[A-Za-z\u0400-\u04ff]+")
_LATIN = re.compile("[A-Za-z]")
_MIXED = re.compile("[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]")
# Addresses and telephone numbers. They hold words and numbers that say nothing.
_CONTACTS = re.compile(
    r"""
    (?:https?://|www\.)[^\s<>"]+
  | \+\ ?\d[\d\ ()/-]{7,}\d
  | \(0\d{2,3}\)[\d\ -]{5,}\d
  | (?<![\d.,:-])\d{3}-\d{2}-\d{2}(?![.,:-]?\d)
  | (?<![\d.,:-])0\d{0,2}(?:[\ -]\d{2,3}){3,4}(?![.,:-]?\d)
    """,
    re.VERBOSE,
)
# Signs and numbers of footnotes: "1.5* million", "including 64 dead.1 Damage to".
_NOTES = re.compile(
    '(?<=\\d)\\*+(?=\\s)|(?<=[^\\W\\d_])\\*(?=\\s[^\\W\\d_])|(?<=[^\\W\\d_]{3}\\.)\\d{1,2}(?=\\s+[A-Z\u0404-\u042f\u0490"]|\\s*$)',
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text and the text that it was made of.

    origin  for each character of `text` its offset in `given`; None if all offsets are the same
    """

    text: str
    given: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the given text of a span of the clean text, the end exclusive."""
        if self.origin is None or start >= end:
            return start, end
        last = self.origin[end] if end < len(self.origin) else len(self.given)
        stop = self.origin[end - 1] + 1
        # The span includes signs that belong to its last character: a stress mark, a breve.
        while stop < last and not self.given[stop].isspace():
            stop += 1
        return self.origin[start], stop


def clean(given: str) -> Cleaned:
    """The text with one kind of apostrophe, dash, space and quotation mark, and without invisible
    characters, addresses and telephone numbers. Letters of two alphabets in one word become
    Cyrillic.
    """
    text, origin = given, None
    if "\u20e3" in text:
        text = _ITEM.sub("•", text)
    if _SIGNS.search(given):
        text, origin = _without_unseen(text)
    text = _PARTING.sub(_KEPT, text).translate(_SAME_LENGTH).replace(_KEPT, LONG_DASH)
    if not text.isascii() and _MIXED.search(text):
        text = _LETTERS.sub(lambda word: _in_one_script(word.group()), text)
    text = _BAR.sub(" ;", text)
    text = _NOTES.sub(lambda note: " " * len(note.group()), text)
    text = _CONTACTS.sub(lambda contact: " " * len(contact.group()), text)
    return Cleaned(text, given, origin)


def _without_unseen(given: str) -> tuple[str, tuple[int, ...]]:
    """The text with composed letters and without invisible ones, and the origin of each offset."""
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
    """A word of both alphabets in Cyrillic, if each Latin letter looks like a Cyrillic one."""
    if not _MIXED.search(word):
        return word
    cyrillic = word.translate(TO_CYRILLIC)
    return word if _LATIN.search(cyrillic) else cyrillic
