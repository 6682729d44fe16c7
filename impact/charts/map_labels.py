"""The names on a map: each on its own oblast, or off it with a line to its mark.

A label stands on no mark, no other label and no line. The whole of it lies on its own land, as near
to its mark as it can; else off the land, with a line to its mark, or, where that would be far, on
land of which nothing is told, at last on any. One that finds no place is left out: its number
stands in the table and under the pointer.

Land is a grid of cells as high as they are wide on the map.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from impact.charts.look import FOOT, LINE, TOKENS, escaped, faint
from impact.model import places

# One degree of latitude is as long as 1.51 degrees of longitude at 48.5° N.
STRETCH = 1.51
# Degrees of longitude that a cell is wide.
CELL = 0.08
# Px around a label and around a mark that stay free.
AROUND = 2
# What it costs a label, in px of its line, that the line runs over marks of others, and that it
# stands on land; and px that its line may be long.
OVER_A_MARK, ON_LAND, LONGEST = 100, 120, 320
# Of the places for a label every second across and down is tried.
STEP = 2
# What the picture of the country's outlines is filled with around them.
NOBODYS = 255


@dataclass(frozen=True, slots=True)
class Label:
    """A place's name and the lines of what is said of it, `width` px wide, for the mark at
    (lon, lat), `across` px wide; `land` is the P-code of the outline that it belongs to."""

    lon: float
    lat: float
    name: str
    said: tuple[str, ...]
    land: str
    across: float
    width: float

    @property
    def height(self) -> float:
        """Px."""
        return (1 + len(self.said)) * FOOT * LINE


class Mark(NamedTuple):
    """A mark of the map and how many px it is wide."""

    lon: float
    lat: float
    across: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What of the world is drawn, in degrees, and px to a degree of longitude."""

    lons: tuple[float, float]
    lats: tuple[float, float]
    scale: float

    def cells(self, px: float) -> int:
        """A length as cells, rather too many than too few."""
        return math.ceil(px / self.scale / CELL)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Column and row of a point, rows from the north."""
        return (lon - self.lons[0]) / CELL, (self.lats[1] - lat) * STRETCH / CELL

    def point(self, column: float, row: float) -> tuple[float, float]:
        """The point of a column and row."""
        return self.lons[0] + column * CELL, self.lats[1] - row * CELL / STRETCH


def placed(
    labels: Sequence[Label],
    marks: Sequence[Mark],
    told: Collection[str],
    ground: Ground,
    theme: str,
    *,
    on_land: float = ON_LAND,
) -> list[dict]:
    """Annotations for the labels that find a place, the first ones first.

    told     P-codes of the outlines that have a number
    on_land  what it costs a label to stand on the land of others
    """
    codes, land = _land(ground)
    said = np.isin(land, [codes[pcode] for pcode in told])
    marked, taken = np.zeros_like(said), np.zeros_like(said)
    for mark in marks:
        half = ground.cells(mark.across / 2 + AROUND)
        left, top = ground.at(mark.lon, mark.lat)
        _fill(marked, (left - half, top - half), (2 * half, 2 * half))
    annotations = []
    for label in labels:
        size = (ground.cells(label.width + 2 * AROUND), ground.cells(label.height + 2 * AROUND))
        start, blocked = ground.at(label.lon, label.lat), marked | taken
        own = _by_distance(blocked | (land != codes[label.land]), size, start)
        inside = len(own) > 0
        middle = own[0] if inside else None
        # Off the land that is told of, where that is near enough; else on it.
        for kept_free in (blocked | said, blocked) if middle is None else ():
            if middle is None:
                middle = _beside(kept_free, size, start, land, marked, taken, ground, on_land)
        if middle is None:
            continue
        _fill(taken, (middle[0] - size[0] / 2, middle[1] - size[1] / 2), size)
        if not inside:
            taken[_line(start, middle)] = True
        annotations.append(_annotation(label, ground.point(*middle), inside, theme))
    return annotations


def _land(ground: Ground) -> tuple[Mapping[str, int], np.ndarray]:
    """P-code -> its number, and the number of the outline that each cell lies in; -1 for none."""
    west, north, codes, country = _country()
    columns, rows = (math.ceil(each) for each in ground.at(ground.lons[1], ground.lats[0]))
    land = np.full((rows, columns), -1)
    left, top = (max(0, round(each)) for each in ground.at(west, north))
    part = country[: rows - top, : columns - left]
    land[top : top + part.shape[0], left : left + part.shape[1]] = part
    return codes, land


@cache
def _country() -> tuple[float, float, Mapping[str, int], np.ndarray]:
    """The north-western corner of the country, the number of each outline by its P-code, and the
    cells from there."""
    outlines = places.outlines()
    lons, lats = np.array([point for rings in outlines.values() for r in rings for point in r]).T
    ground = Ground((lons.min(), lons.max()), (lats.min(), lats.max()), 1)
    columns, rows = (math.ceil(each) for each in ground.at(lons.max(), lats.min()))
    image = Image.new("L", (columns, rows), NOBODYS)
    pen = ImageDraw.Draw(image)
    # Kyiv last: its outline lies within its oblast's.
    codes = {pcode: n for n, pcode in enumerate(sorted(outlines, key=lambda code: code == "UA80"))}
    for pcode, number in codes.items():
        for ring in outlines[pcode]:
            pen.polygon([ground.at(*point) for point in ring], fill=number)
    land = np.array(image, dtype=int)
    land[land == NOBODYS] = -1
    land.setflags(write=False)
    return lons.min(), lats.max(), MappingProxyType(codes), land


def _fill(cells: np.ndarray, corner: tuple[float, float], size: tuple[int, int]) -> None:
    left, top = map(round, corner)
    cells[max(top, 0) : max(top + size[1], 0), max(left, 0) : max(left + size[0], 0)] = True


def _by_distance(
    blocked: np.ndarray, size: tuple[int, int], mark: tuple[float, float]
) -> np.ndarray:
    """The middles (column, row) of boxes in which no cell is blocked, the nearest first."""
    wide, high = size
    if high > blocked.shape[0] or wide > blocked.shape[1]:
        return np.empty((0, 2))
    sums = np.pad(blocked.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    within = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    middles = STEP * np.argwhere(within[::STEP, ::STEP] == 0)[:, ::-1] + (wide / 2, high / 2)
    return middles[np.argsort(np.hypot(*(middles - mark).T), kind="stable")]


def _beside(
    blocked: np.ndarray,
    size: tuple[int, int],
    mark: tuple[float, float],
    land: np.ndarray,
    marked: np.ndarray,
    taken: np.ndarray,
    ground: Ground,
    on_land: float,
) -> tuple[float, float] | None:
    """The middle of the box whose line meets no label and costs least; None where each is long."""
    best, least = None, float(ground.cells(LONGEST))
    wide, high = size
    for x, y in _by_distance(blocked, size, mark):
        cost = math.dist(mark, (x, y))
        if cost >= least:
            break
        line = _line(mark, (x, y))
        left, top = int(x - wide / 2), int(y - high / 2)
        if taken[line].any():
            continue
        # Its own mark, from which it starts, is no other's.
        if marked[line][ground.cells(2 * FOOT) :].any():
            cost += ground.cells(OVER_A_MARK)
        if (land[top : top + high, left : left + wide] >= 0).any():
            cost += ground.cells(on_land)
        if cost < least:
            best, least = (float(x), float(y)), cost
    return best


def _line(start: tuple[float, float], end: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the cells of a straight line."""
    shares = np.linspace(0, 1, max(2, math.ceil(math.dist(start, end))))
    columns, rows = (
        np.floor(one + shares * (other - one)).astype(int)
        for one, other in zip(start, end, strict=True)
    )
    return rows, columns


def _annotation(label: Label, middle: tuple[float, float], inside: bool, theme: str) -> dict:
    """The name over what is said; both ends of a line keep their places on a wider map."""
    name, *said = escaped([label.name, *label.said])
    lon, lat = middle if inside else (label.lon, label.lat)
    annotation = {
        "text": "<br>".join([f"<b>{name}</b>", *said]),
        "x": lon,
        "y": lat,
        "borderpad": 0,
        # On a dark class it is read all the same.
        "bgcolor": faint(TOKENS[theme]["paper"], 0.8),
        "font": {"size": FOOT, "color": TOKENS[theme]["ink"]},
    }
    if inside:
        return annotation | {"xanchor": "center", "yanchor": "middle", "showarrow": False}
    return annotation | {
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": TOKENS[theme]["ink"],
        "standoff": label.across / 2,
        "axref": "x",
        "ayref": "y",
        "ax": middle[0],
        "ay": middle[1],
    }
