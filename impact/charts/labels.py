"""Where the numbers beside marks stand: near their mark, inside the plot, on nothing else.

A label that would meet another one gives way to it; the first in the list goes first. Only the
first few, and signs, may cover a mark; one that may stand away from its mark has a line to it
instead. One that cannot be placed is left out: its number stands in the table and under the
pointer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from impact.charts import letters
from impact.charts.look import FOOT, LINE, TOKENS, escaped, faint

# Px between a mark's middle and its label, and around what a label should not cover.
GAP, AROUND = 7, 3
HEIGHT = FOOT * LINE
# How many labels may cover marks where there is no free room, and how bad it is to cover one; px
# between two labels side by side.
MUST, COVERED, APART = 2, 10, 4
# Px from its mark to which a label may stand away, and between the places that are tried.
FARTHEST, STEP = 220, 6
# Of the width of a label that stands away, what it may have where it is broken into lines.
FOLDED = 0.7

# Px from a mark's middle to the end of the line of a label that stands away from it.
LEAD_ENDS = 4

# What an x axis counts: times, or numbers.
X = TypeVar("X", float, datetime)


@dataclass(frozen=True, slots=True)
class Label(Generic[X]):
    """A number at a mark; x and y as the plot's axes count. `lean` is "left", "right" or "";
    `signed` where words elsewhere point at it; `short` is what it says where there is no room for
    its text; `led` where it may stand away from its mark, with a line to it."""

    x: X
    y: float
    text: str
    lean: str = ""
    signed: bool = False
    short: str = ""
    led: bool = False


class Box(NamedTuple, Generic[X]):
    """A rectangle in a plot, in px from its lower left corner or as its axes count."""

    left: X
    low: float
    right: X
    high: float


@dataclass(frozen=True, slots=True)
class Plot(Generic[X]):
    """A plot's axes and its size in px; `beside` px to its right may hold letters too."""

    x: tuple[X, X]
    y: tuple[float, float]
    width: float
    height: float
    beside: float = 0

    def at(self, x: X, y: float) -> tuple[float, float]:
        """A place in px."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return across * self.width, up * self.height

    def box(self, box: Box[X]) -> Box[float]:
        """A rectangle in px, with some air around it."""
        left, low = self.at(box.left, box.low)
        right, high = self.at(box.right, box.high)
        return Box(left - AROUND, low - AROUND, right + AROUND, high + AROUND)

    def holds(self, box: Box[float]) -> bool:
        """Whether a rectangle in px lies within the plot."""
        inside = box.left >= -2 and box.right <= self.width + self.beside
        return inside and box.low >= 0 and box.high <= self.height + 2


def placed(
    labels: Sequence[Label[X]],
    obstacles: Sequence[Box[X]],
    plot: Plot[X],
    axes: tuple[str, str],
    theme: str,
) -> list[dict]:
    """The labels as annotations on the given x and y axis.

    obstacles  what labels should not cover, as the axes count: bars, marks, lines
    """
    avoided: list[Box[float]] = [plot.box(each) for each in obstacles]
    taken: list[Box[float]] = []
    annotations = []
    # Those that may stand away come last: the marks' own numbers have the places over them.
    for number, full in sorted(enumerate(labels), key=lambda each: each[1].led):
        where = plot.at(full.x, full.y)
        for label in (full, replace(full, text=full.short)):
            free = [
                (_covers(box, avoided) + order, order, box)
                for order, box in enumerate(_places(label, *where, plot.width + plot.beside))
                if label.text and plot.holds(box) and not any(_overlap(box, x) for x in taken)
            ]
            cost, _, box = min(free, default=(COVERED, 0, None))
            crowded = label.led and cost >= COVERED
            if crowded and (away := _away(label, where, plot, [*map(_with_air, avoided), *taken])):
                taken.append(away[1])
                annotations.append(_led(label, *away, where, axes, theme))
                break
            if box and (cost < COVERED or number < MUST or label.signed):
                taken.append(Box(box.left - APART, box.low, box.right + APART, box.high))
                annotations.append(_annotation(label, box, where, axes, theme))
                break
    return annotations


def _covers(box: Box[float], avoided: Sequence[Box[float]]) -> float:
    """How bad it is what a label would cover: a thin line counts nearly as much as a bar."""
    areas = [_overlap(box, each) for each in avoided]
    return sum(COVERED + area / 10 for area in areas if area)


def _overlap(one: Box[float], other: Box[float]) -> float:
    """The area in which two rectangles in px overlap."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.high, other.high) - max(one.low, other.low)
    return max(0, wide) * max(0, high)


def _places(label: Label[X], x: float, y: float, edge: float) -> Iterator[Box[float]]:
    """Where a label may stand around its mark, the best first; at last over it as far from the
    plot's edges as a long one can be.

    edge  px from the left to which letters may reach
    """
    width = letters.width(label.text, FOOT) + 2
    centre, left, right = x - width / 2, x - width + GAP, x - GAP
    sides = {"": (centre, left, right), "left": (left, centre, right)}
    for start in sides.get(label.lean, (right, centre, left)):
        yield _box(start, y + GAP, width)
    for start in (x + GAP + 1, x - width - GAP - 1):
        yield _box(start, y - HEIGHT / 2, width)
    yield _box(max(0, min(centre, edge - width)), y + GAP, width)


def _away(
    label: Label[X], mark: tuple[float, float], plot: Plot[X], avoided: Sequence[Box[float]]
) -> tuple[list[str], Box[float]] | None:
    """The lines of a label and the nearest place for them at which they cover nothing at all; None
    where there is none."""
    long = letters.width(label.text, FOOT)
    for room in (long, long * FOLDED):
        lines = letters.lines(label.text, FOOT, room)
        wide, high = max(letters.width(each, FOOT) for each in lines) + 2, HEIGHT * len(lines)
        x = np.arange(mark[0] - FARTHEST, mark[0] + FARTHEST, STEP) - wide / 2
        y = np.arange(mark[1], mark[1] + FARTHEST, STEP)
        left, low = (each.ravel() for each in np.meshgrid(x, y))
        free = (left >= -2) & (left + wide <= plot.width + plot.beside)
        free &= low + high <= plot.height + 2
        for box in avoided:
            beside = (left >= box.right) | (left + wide <= box.left)
            free &= beside | (low >= box.high) | (low + high <= box.low)
        if free.any():
            away = np.hypot(left + wide / 2 - mark[0], low + high / 2 - mark[1])
            nearest = int(np.where(free, away, np.inf).argmin())
            at = float(left[nearest]), float(low[nearest])
            return lines, Box(*at, at[0] + wide, at[1] + high)
    return None


def _with_air(box: Box[float]) -> Box[float]:
    """A mark with the place over it: what stands there is taken for its number."""
    return box._replace(high=box.high + 2 * HEIGHT)


def _middle(box: Box[float]) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.low + box.high) / 2


def _box(left: float, low: float, width: float) -> Box[float]:
    return Box(left, low, left + width, low + HEIGHT)


def _led(
    label: Label[X],
    lines: Sequence[str],
    box: Box[float],
    mark: tuple[float, float],
    axes: tuple[str, str],
    theme: str,
) -> dict:
    """A text away from its mark, with a line to it."""
    middle = _middle(box)
    line = {
        "text": "<br>".join(escaped(lines)),
        "showarrow": True,
        "ax": middle[0] - mark[0],
        "ay": mark[1] - middle[1],
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": TOKENS[theme]["muted"],
        "standoff": LEAD_ENDS,
    }
    return _annotation(label, box, mark, axes, theme) | {"xshift": 0, "yshift": 0} | line


def _annotation(
    label: Label[X], box: Box[float], mark: tuple[float, float], axes: tuple[str, str], theme: str
) -> dict:
    """A text whose middle stands where the box's does: fonts narrower than measured stay there."""
    return {
        "text": escaped([label.text])[0],
        "x": label.x,
        "y": label.y,
        "xref": axes[0],
        "yref": axes[1],
        "xanchor": "center",
        "yanchor": "middle",
        "xshift": (box.left + box.right) / 2 - mark[0],
        "yshift": (box.low + box.high) / 2 - mark[1],
        "showarrow": False,
        "borderpad": 0,
        # Where it must stand on a line or a bar, it is read all the same.
        "bgcolor": faint(TOKENS[theme]["paper"], 0.8),
        "font": {"size": FOOT, "color": TOKENS[theme]["ink"]},
    }
