"""How wide words are before anybody has drawn them: so that lines break where they must.

Measured in DejaVu Sans, the widest of the fonts that charts name. Where a reader's machine has a
narrower one, lines end early; none ever runs out of its picture or into another.
"""

import re

# Characters by their width in em; everything else is taken for the widest.
_WIDTHS = {
    0.3: "IJijlІЇії",
    0.4: "!(),-./:;[\\]ft|’ʼ· \u00a0\u202f\u2009",
    0.5: "\"*_`'r–°",
    0.6: "?FLcksvxyzвгґєзстухчь“”",
    0.7: "$0123456789ABCEKPRSTVXYZabdeghnopqu{}АБВГҐЕЄЗРСТУХЧЬЯабдеийклнопрця«»",
    0.8: "&DGHNOQUДИЙКЛНОПЦм▲▼◆",
    0.9: "#+<=>M^w~МФжфю−●○◉",
    1.0: "%@Wmшщ—…■□▨",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 1.1
BOLD = 1.15


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Px that a line takes up at a type size, rather too many than too few."""
    em = sum(_WIDTH_OF.get(letter, _WIDEST) for letter in text)
    return em * size * (BOLD if bold else 1)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit into `room` px; a word longer than a line is broken, a number
    with spaces of its own (no-break spaces) is one word."""
    found, line = [], ""
    for word in words(text):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        found += [line] if line else []
        *whole, line = _broken(word, size, room, bold)
        found += whole
    return [*found, line] if line else found


def words(text: str) -> list[str]:
    """The pieces between which a line may end."""
    return [word for word in re.split(r"[ \t\n]+", text) if word]


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word in pieces that fit; most words are one piece."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, size, bold=bold) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
