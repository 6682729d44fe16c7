"""What a chart is drawn on: a page, a phone's or a wider one's, or a picture of a fixed size.

Pictures are drawn as they look 600 px wide, where type is read, and enlarged to their size. What
must not be lost (source, time, status, figure's id) stands within the middle 80 % both ways.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

# Px at which the type of a picture has its own size.
DRAWN = 600
# The share of every edge that may be cut off, and px beside what may be.
CUT, MARGIN = 0.1, 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures in px of a chart as it is drawn, before it is enlarged.

    width, height  of the sheet; a page has no height of its own and grows with its chart
    factor         how much larger the finished picture is
    title, key     type sizes of the title and of the key
    margin         px above the title
    words, edge    px from the left edge to the first letter of the lines above and below the plot
    head, foot     px that these lines may be long
    left, right    px beside the plot
    column         px at the left for the words above the plot, where they stand beside it
    strip          px that stay free of anything needed at the lower edge
    tells          whether it says how its marks are read; else whatever it stands in does
    """

    width: float
    height: float | None = None
    factor: float = 1
    title: float = 16
    key: float = 12
    margin: float = 0
    words: float = 8
    edge: float = 8
    head: float = 380
    foot: float = 380
    left: float = 54
    right: float = 12
    column: float = 0
    strip: float = 12
    tells: bool = True

    @property
    def grows(self) -> bool:
        """Whether it is a page, which is as high as its chart needs."""
        return self.height is None

    @property
    def short(self) -> bool:
        """Whether it is wider than high, so that every line of words counts."""
        return self.height is not None and self.height < self.width

    @property
    def plot(self) -> float:
        """Px that a plot with the usual margins is wide."""
        return self.width - self.column - self.left - self.right

    def with_column(self, share: float) -> "Sheet":
        """The sheet with a column for words that have such a share of its width."""
        return replace(self, column=self.words + share * self.width)


def _picture(width: int, height: int, title: float) -> Sheet:
    factor = width / DRAWN
    edge = DRAWN * CUT
    # A low sheet cannot spare the lines that a narrower title or a larger key would need.
    words, key = (MARGIN, 11) if height < width else (edge, 12)
    return Sheet(
        width=DRAWN,
        height=height / factor,
        factor=factor,
        title=title,
        key=key,
        margin=(0.03 if height < width else 0.05) * height / factor,
        words=words,
        edge=edge,
        head=DRAWN - words - MARGIN,
        foot=DRAWN - 2 * edge,
        left=edge,
        right=MARGIN,
        # A little more, as letters hang below their line.
        strip=CUT * height / factor + 4,
    )


# A phone 390 px wide; lines may count on 380 px as pages carry their own font, a seventh narrower
# than what words are measured by.
PAGE = Sheet(width=358, tells=False)

# A page on a screen with room for it: the least that it is wide there, and may be wider. A window
# 1280 px wide has room for the broad one beside its menu.
WIDE = Sheet(width=640, head=730, foot=730, tells=False)
BROAD = Sheet(width=880, head=985, foot=985, tells=False)
# Those of pages, the narrowest first.
PAGES = (PAGE, WIDE, BROAD)

# A quarter of a printed page, where it stands among words and nothing cuts its edges.
_QUARTER = Sheet(
    width=440,
    height=330,
    title=14,
    words=2,
    edge=2,
    head=436,
    foot=436,
    left=48,
    right=10,
    strip=0,
    tells=False,
)

# Size of a picture, as it stands in an address -> its sheet.
SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "article": _picture(1200, 675, 18),
        "link": _picture(1200, 630, 18),
        "square": _picture(1080, 1080, 21),
        "story": _picture(1080, 1920, 24),
        "a4": _picture(794, 1123, 20),
        "quarter": _QUARTER,
    }
)

# The sizes of pictures that stand alone: whoever cuts their edges leaves the foot.
SIZES = tuple(size for size, sheet in SHEETS.items() if sheet.strip)
# Those with room for several panels, or for labels of several lines.
HIGH = tuple(size for size in SIZES if not SHEETS[size].short)

# Properties of a Plotly figure that are px, wherever they stand, and those that are within others.
_PX = {
    *("size", "thickness", "xshift", "yshift", "borderpad", "ticklen", "tickwidth"),
    *("linewidth", "gridwidth", "zerolinewidth"),
}
_PX_WITHIN = {
    "margin": {"l", "r", "t", "b"},
    "line": {"width"},
    "error_y": {"width"},
    "layout": {"width", "height"},
    "annotations": {"ax", "ay", "arrowwidth", "standoff"},
}


def enlarged(part: Any, factor: float, name: str = "") -> Any:
    """A Plotly figure's properties with every px times a factor."""
    if isinstance(part, list | tuple) and part and isinstance(part[0], dict):
        return [enlarged(each, factor, name) for each in part]
    if not isinstance(part, dict):
        return part
    within = _PX | _PX_WITHIN.get(name, set())
    if "axref" in part:
        # The other end of its line is a place on the plot and no distance.
        within = within - {"ax", "ay"}
    return {
        key: _times(value, factor) if key in within else enlarged(value, factor, key)
        for key, value in part.items()
    }


def _times(value: Any, factor: float) -> Any:
    return [each * factor for each in value] if isinstance(value, list | tuple) else value * factor
