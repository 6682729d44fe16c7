"""Raised digits: the marks of footnotes, which belong to no number beside them.

A file holds "73,200" and a raised "1" as letters like others, and they come out as "73,2001".
Raised digits become the signs that Unicode has for them, "73,200¹": a person sees what stands in
the file, and the reader takes no mark for a number (etl/reports/text/cleaned.py).
"""

import re
from collections.abc import Callable

from etl.reports.formats._pages import Box

_SIGNS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK = re.compile(r"[⁰¹²³⁴-⁹]+")
_WITH_DIGIT = re.compile(r"\S*\d\S*")
_WORD_BEHIND = re.compile(r" ?(?=[^\W\d_])")  # from a number to the first word of a note
# The number of a note that is not raised: alone in its line, or before a capital at the beginning
# of a line or sentence. "2 people" are no note.
_OPENS = re.compile(r"^\d{1,2}$|(?:^|(?<=[.!?] ))\d{1,2}(?= (?P<letter>[^\W\d_]))")
# A raised digit stands higher than its neighbour by so much of the neighbour's height, and is at
# most so high.
_HIGHER, _HEIGHT = 0.2, 0.95


def raised(text: str) -> str:
    """A raised text: its digits as the raised signs of Unicode."""
    return text.translate(_SIGNS)


def marks(text: str) -> set[str]:
    """The raised numbers of a text, in the signs of Unicode."""
    return set(_MARK.findall(text))


def numbered(line: str, known: set[str]) -> str:
    """A line of notes, with those of their numbers raised that stand as marks in the text."""
    return _OPENS.sub(lambda at: _number_of_note(at, known), line)


def _number_of_note(at: re.Match[str], known: set[str]) -> str:
    capital = at["letter"] is None or at["letter"].isupper()
    return sign if capital and (sign := raised(at[0])) in known else at[0]


def by_height(text: str, box: Callable[[int], Box]) -> str:
    """A page's text with raised signs for the digits that stand higher and smaller than the letters
    beside them.

    box  gives the box of a character by its offset in the text
    """
    signs: list[str] | None = None
    for word in _WITH_DIGIT.finditer(text):
        digits = [at for at in range(*word.span()) if text[at].isdecimal()]
        beside = word.start()
        if beside == digits[-1]:  # one digit begins the word: the number of a note, before its text
            behind = _WORD_BEHIND.match(text, beside + 1)
            if not behind:
                continue
            beside = behind.end()
        on_line = box(beside)
        if _is_raised(box(digits[-1]), on_line):
            signs = signs or list(text)
            for at in digits:
                if _is_raised(box(at), on_line):
                    signs[at] = raised(text[at])
    return "".join(signs) if signs else text


def _is_raised(sign: Box, on_line: Box) -> bool:
    height = on_line.top - on_line.bottom
    higher = sign.bottom - on_line.bottom > _HIGHER * height
    return higher and sign.top - sign.bottom <= _HEIGHT * height
