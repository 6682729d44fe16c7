"""How wide words are before anybody has drawn them: so that lines break where they must.

Measured in DejaVu Sans, the widest of the fonts that charts name. Where a reader's machine has a
narrower one, lines end early; none ever runs out of its picture or into another.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import east_asian_width

from PIL import ImageFont

FONTS = Path(__file__).parents[2] / "data" / "fonts"
_REGULAR, _BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
_EM = 1000  # px; a large size has no rounded widths
_SPARE = 1.02  # some systems draw small letters as wide as whole px
_WIDEST = 1.1  # em of a Chinese letter or an emoji, which our fonts do not have


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Px that a line takes up at a type size, rather too many than too few."""
    return _SPARE * size * sum(_em(letter, bold) for letter in text)


@lru_cache(maxsize=4096)
def _em(letter: str, bold: bool) -> float:
    """The width of a letter, for a type size of one."""
    if east_asian_width(letter) in ("W", "F"):
        return _WIDEST
    return _font(_BOLD if bold else _REGULAR).getlength(letter) / _EM


@cache
def _font(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, _EM, layout_engine=ImageFont.Layout.BASIC)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit into `room` px; a word longer than a line is broken, after its
    hyphen if it has one; a number with spaces of its own (no-break spaces) is one word."""
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
            whole, hyphen, rest = piece.rpartition("-")
            pieces.append(whole + hyphen if whole else piece)
            piece = rest if whole else ""
        piece += letter
    return [*pieces, piece]
