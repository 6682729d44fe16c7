"""Labels of several lines beside marks, none of which covers another or a mark.

They are placed for the least that a page is wide; on a wider one distances only grow.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from impact.charts import letters
from impact.charts.look import FOOT, LINE, TOKENS

# Characters of a line, and the px that one takes up at most in the pages' own font.
WIDTH, LETTER = 32, 5.3
# How far a label may stand above or below its mark, px, the nearest first; the far have a line.
NEAR = 9
AWAY = (NEAR, 40, 72, 104, 136)
# Px around a mark that stay free, and by which a label may reach over the plot's top.
CLEAR, OVER = 6, 12
# Beyond this share of the width from its nearer edge a label stands centred on its mark.
MIDDLE = 0.34


@dataclass(frozen=True, slots=True)
class Label:
    """Lines for the mark at x and y of the axes, which stands at a place on the plot (px from
    its left and top edge)."""

    x: object
    y: float
    place: tuple[float, float]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a label stands, px; `away` is above its mark if negative."""

    left: float
    top: float
    right: float
    bottom: float
    anchor: str
    away: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def covers(self, place: tuple[float, float]) -> bool:
        x, y = place
        return (
            self.left - CLEAR < x < self.right + CLEAR
            and self.top - CLEAR < y < self.bottom + CLEAR
        )


def placed(
    wanted: Sequence[Label],
    marked: Sequence[tuple[float, float]],
    size: tuple[float, float],
    theme: str,
    *,
    paged: bool = True,
) -> list[dict]:
    """Annotations for the labels that find room, the first ones first.

    marked  the places of all marks; size  of the plot, px
    paged   whether they stand on a page, in its font; a file may be drawn in any
    """
    taken: list[_Box] = []
    annotations = []
    for label in wanted:
        others = [place for place in marked if place != label.place]
        for box in _places(label, size, paged):
            if not any(map(box.meets, taken)) and not any(map(box.covers, others)):
                taken.append(box)
                annotations.append(_annotation(label, box, theme))
                break
    return annotations


def _places(label: Label, size: tuple[float, float], paged: bool) -> Iterator[_Box]:
    """Where a label may stand, nearest first: reaching away from the nearer edge of the plot."""
    x, y = label.place
    width = max(_wide(line, paged) for line in label.lines)
    height = len(label.lines) * FOOT * LINE
    share = x / size[0]
    anchor = "left" if share < MIDDLE else "right" if share > 1 - MIDDLE else "center"
    left = {"left": x - CLEAR, "right": x + CLEAR - width, "center": x - width / 2}[anchor]
    # In the wider fonts of files the words above the plot need that room.
    over = -OVER if paged else 0
    for away, side in product(AWAY, (-1, 1)):
        top = y - away - height if side < 0 else y + away
        if top > over and top + height < size[1]:
            yield _Box(left, top, left + width, top + height, anchor, away * side)


def _wide(line: str, paged: bool) -> float:
    """Px that a line takes up at most."""
    text = html.unescape(re.sub("</?b>", "", line))
    return len(text) * LETTER if paged else letters.width(text, FOOT, bold="<b>" in line)


def _annotation(label: Label, box: _Box, theme: str) -> dict:
    shift = {"left": -CLEAR, "right": CLEAR, "center": 0}[box.anchor]
    annotation = {
        "text": "<br>".join(label.lines),
        "x": label.x,
        "y": label.y,
        "xanchor": box.anchor,
        "yanchor": "bottom" if box.away < 0 else "top",
        "align": box.anchor,
        "font": {"size": FOOT, "color": TOKENS[theme]["ink"]},
        # Lines that pass behind stay legible around the words, not through them.
        "bgcolor": TOKENS[theme]["paper"],
        "borderpad": 0,
    }
    if abs(box.away) == NEAR:
        return annotation | {"showarrow": False, "xshift": shift, "yshift": -box.away}
    return annotation | {
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": TOKENS[theme]["muted"],
        "standoff": CLEAR,
        "ax": shift,
        "ay": box.away,
    }
