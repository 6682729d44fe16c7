"""The frame of every chart: title, subtitle and key above, source and status in the foot.

All of it stands inside the image, so that cropping cannot lose it, and is broken into lines for
the sheet it is drawn on: a picture of a fixed size, or a page, which may be a phone's. A picture's
plot has half of the height where words so long leave it: type becomes smaller for it, and on a low
sheet the words may stand left of the plot.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import plotly.graph_objects as go

from impact.charts import letters, sending, sheets
from impact.charts.look import (
    FONT,
    FOOT,
    KEY,
    LINE,
    PANEL_GAP,
    READING,
    SUBTITLE,
    TITLE,
    TOKENS,
    Key,
    escaped,
)
from impact.charts.sheets import DRAWN, PAGE, Sheet
from impact.model import colours
from impact.model.language import Words
from impact.wording.captions import Caption

# The shares of a sheet's width for words beside a map, and beside any other plot, tried in turn.
BY_MAP, BY_CHART = (0.43,), (0.38, 0.46, 0.54)
# The share of a picture's height that a plot should have; and the share of the most that any type
# leaves it with which the larger type is content, where none leaves so much.
HALF, CONTENT = 0.5, 0.93
# The lines of a foot that must not be lost: source; time, status and id.
MUST = 2
# Px above a plot whose words stand beside it that its room above counts without need.
SPARED = 12
_PARTS = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes of the words above a plot, whether it is told how its marks are read, and whether
    the foot's notes stand at the edge, which may be cut off."""

    title: float
    subtitle: float = SUBTITLE
    key: float = KEY
    tells: bool = True
    edged: bool = False


# For long words, tried in turn; the last ones tell less.
SMALLER = ((18, SUBTITLE, FOOT), (TITLE, 12, FOOT))
SMALLEST = (Type(14, 12, FOOT, False, True), Type(13, FOOT, FOOT, False, True))


def types(sheet: Sheet) -> list[Type]:
    """How words may be set on a sheet, the usual way first. On a page there is room for any."""
    title = min(sheet.title, TITLE) if sheet.column else sheet.title
    usual = Type(title, key=sheet.key, tells=sheet.tells, edged=sheet.short)
    if sheet.height is None:
        return [usual]
    edged = replace(usual, edged=True)
    smaller = [Type(*sizes, sheet.tells, True) for sizes in SMALLER if sizes[0] <= title]
    quiet = [replace(each, tells=False) for each in (edged, *smaller)]
    return list(dict.fromkeys([usual, edged, *smaller, *quiet, *SMALLEST]))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a plot: title, subtitle and key above or, on a sheet with a column for
    them, left of it; source and status below.

    ticks       whether the plot is labelled below
    left, room  px beside the plot for its labels, and above it for its heading
    """

    caption: Caption
    words: Words
    theme: str
    sheet: Sheet = PAGE
    keys: Sequence[Key] = ()
    ticks: bool = False
    left: float | None = None
    room: float = PANEL_GAP

    type: Type = field(init=False)

    def __post_init__(self) -> None:
        left = {}
        for type in types(self.sheet):
            object.__setattr__(self, "type", type)
            if self.fits:
                left[type] = self.plot(0)
                if self.enough:
                    return
        most = max(left.values(), default=0)
        content = (type for type, plot in left.items() if plot >= CONTENT * most)
        object.__setattr__(self, "type", next(content, SMALLEST[-1]))

    @property
    def enough(self) -> bool:
        """Whether the plot has half of the picture's height. A page has room for any."""
        return self.sheet.height is None or self.plot(0) >= HALF * self.sheet.height

    @property
    def fits(self) -> bool:
        """Whether the title is no longer than two lines, or the column holds all its words."""
        if self.sheet.column:
            high = sum(size * LINE for _, size, _ in self._head())
            return high <= self.plot(0) + self._over + self._axis
        lines = letters.lines(self.caption.title, self.type.title, self._long, bold=True)
        return self.sheet.height is None or len(lines) <= 2

    def plot(self, wanted: float) -> float:
        """How high the plot is: on a page as wanted, on a sheet what its words leave."""
        if self.sheet.height is None:
            return wanted
        return self.sheet.height - self._top() - self._bottom()

    @property
    def wide(self) -> float:
        """Px that the plot is wide."""
        return self.sheet.width - self._left - self.sheet.right

    def around(self, traces: Sequence, layout: dict, plot: float) -> go.Figure:
        """The chart of traces and layout, with its words around a plot that is `plot` px high."""
        for trace in traces:
            # A selected mark opens its evidence; the others must not fade away from the picture.
            trace.unselected = {"marker": {"opacity": 1}}
        top, bottom = self._top(), self._bottom()
        annotations = [*layout.pop("annotations", ()), *self._above(top), *self._below()]
        figure = go.Figure(
            data=traces,
            layout=_style(self.words, self.theme)
            | layout
            | {
                "annotations": annotations,
                "height": plot + top + bottom,
                "margin": {"l": self._left, "r": self.sheet.right, "t": top, "b": bottom},
            },
        )
        told = [trace.to_plotly_json() for trace in figure.data]
        if self.sheet.height is None:
            return sending.told_once(told, figure.layout.to_plotly_json())
        figure.layout.width = self.sheet.width
        factor = self.sheet.factor
        return sending.told_once(
            [sheets.enlarged(trace, factor) for trace in told],
            sheets.enlarged(figure.layout.to_plotly_json(), factor, "layout"),
        )

    @property
    def _left(self) -> float:
        return self.sheet.column + (self.sheet.left if self.left is None else self.left)

    @property
    def _long(self) -> float:
        """Px that lines above the plot, or beside it, may be long."""
        return self.sheet.column - self.sheet.words if self.sheet.column else self.sheet.head

    @property
    def _over(self) -> float:
        """Px above a plot whose words stand beside it."""
        return max(0, self.room - SPARED)

    def _head(self) -> list[tuple[str, float, str]]:
        """The lines above the plot, each with its size and colour."""
        token, room = TOKENS[self.theme], self._long
        title, subtitle, key = self.type.title, self.type.subtitle, self.type.key
        return [
            *(
                (f"<b>{line}</b>", title, token["ink"])
                for line in escaped(letters.lines(self.caption.title, title, room, bold=True))
            ),
            *(
                (line, subtitle, token["muted"])
                for line in escaped(letters.lines(self.caption.subtitle, subtitle, room))
            ),
            *((line, key, token["ink"]) for line in _key_lines(self.keys, key, room)),
        ]

    def _foot(self) -> list[str]:
        """The lines that must not be lost; in a picture they run on."""
        told: Sequence[str] = self.caption.foot
        if self.sheet.height is not None:
            told = [_run_on(told[: MUST if self.type.edged else None])]
        room = self.sheet.foot
        return escaped(piece for line in told for piece in letters.lines(line, FOOT, room))

    def _notes(self) -> list[str]:
        """The foot's notes, where it has no room for them: at the edge."""
        notes = _run_on(self.caption.foot[MUST:]) if self.type.edged else ""
        return escaped(letters.lines(notes, FOOT, self._along_edge)) if notes else []

    def _reading(self) -> list[str]:
        """How the marks are read: at the edge of a picture; a page says it beside its chart."""
        if not self.type.tells:
            return []
        return escaped(letters.lines(self.caption.reading, READING, self._along_edge))

    @property
    def _along_edge(self) -> float:
        """Px that lines at the lower edge may be long."""
        return self.sheet.width - self.sheet.edge - self.sheet.right

    def _top(self) -> float:
        if self.sheet.column:
            return self.sheet.margin + self._over
        head = round(sum(size * LINE for _, size, _ in self._head()))
        return self.sheet.margin + head + self.room

    def _bottom(self) -> float:
        return self._axis + 4 + round(len(self._foot()) * FOOT * LINE) + self._strip()

    def _strip(self) -> float:
        notes, reading = len(self._notes()) * FOOT, len(self._reading()) * READING
        return max(self.sheet.strip, (notes + reading) * LINE + 8)

    @property
    def _axis(self) -> float:
        """Px below the plot for the labels of its axis."""
        if not self.ticks:
            return 6
        return 22 if self.sheet.short else 26

    def _above(self, top: float) -> Iterator[dict]:
        shift = top - self.sheet.margin
        for text, size, colour in self._head():
            yield self.words_at(text, shift, size, colour)
            shift -= size * LINE

    def _below(self) -> Iterator[dict]:
        muted, high = TOKENS[self.theme]["muted"], round(len(self._foot()) * FOOT * LINE)
        shift, inwards = -self._axis - 4, self.sheet.edge - self.sheet.words
        foot, reading = "<br>".join(self._foot()), "<br>".join(self._reading())
        yield self.words_at(foot, shift, FOOT, muted, y=0, beside=inwards)
        shift -= high + 4
        if notes := self._notes():
            yield self.words_at("<br>".join(notes), shift, FOOT, muted, y=0, beside=inwards)
            shift -= len(notes) * FOOT * LINE
        if reading:
            yield self.words_at(reading, shift, READING, muted, y=0, beside=inwards)

    def words_at(
        self,
        text: str,
        shift: float,
        size: float,
        colour: str,
        *,
        y: int = 1,
        beside: float = 0,
    ) -> dict:
        """Words that begin `shift` px above the plot's top, or its bottom where y is 0, and
        `beside` px from where the title begins."""
        return {
            "text": text,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": self.sheet.words - self._left + beside,
            "y": y,
            "yref": "paper",
            "yanchor": "top",
            "yshift": shift,
            "align": "left",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": size, "color": colour},
        }


def _run_on(told: Sequence[str]) -> str:
    return " ".join(line if line.endswith(".") else f"{line}." for line in told)


def _style(words: Words, theme: str) -> dict:
    """What all charts have in common."""
    token = TOKENS[theme]
    return {
        "paper_bgcolor": token["paper"],
        "plot_bgcolor": token["paper"],
        "font": {"family": FONT, "size": 12, "color": token["ink"]},
        "separators": words.separators(),
        "showlegend": False,
        "template": None,
        "hoverlabel": {
            "bgcolor": token["paper"],
            "bordercolor": token["muted"],
            "font": {"color": token["ink"], "family": FONT, "size": 13},
            "align": "left",
        },
        "clickmode": "event+select",
        "dragmode": False,
        "hovermode": "closest",
    }


def _worn(key: Key) -> str:
    """How a key's glyph is drawn. Colours are told as rgb, by which a page paints them anew
    (`colours.style`), and apart from what they let through (those of `faint`), as some vector
    editors take the two together for black."""
    solid = not key.colour.startswith("rgba")
    *fill, share = (*colours.channels(key.colour), 1) if solid else _PARTS.findall(key.colour)
    style = "color: rgb({}, {}, {});".format(*fill)
    if not solid:
        style += f"fill-opacity: {share};"
    if key.rim:
        style += "stroke: rgb({}, {}, {});stroke-width: 0.8px;".format(*colours.channels(key.rim))
    return style


def _key_lines(keys: Sequence[Key], size: float, room: float) -> list[str]:
    """The key as lines of text: it wraps where it must and never meets the plot. An entry longer
    than a line goes on in the next one, under its own words."""
    rows, length = [], room
    for key in keys:
        glyph = f"<span style='{_worn(key)}font-size:1.15em'>{key.glyph}</span>"
        before = 1.15 * letters.width(key.glyph, size) + letters.width(" ", size)
        first, *more = escaped(letters.lines(key.label, size, room - before)) or [""]
        needed = before + letters.width(key.label, size)
        if length + 1.1 * size + needed > room:
            rows.append(f"{glyph} {first}")
            length = needed
        else:
            rows[-1] += f"\u2003{glyph} {first}"
            length += 1.1 * size + needed
        rows += [f"\u2003{line}" for line in more]
    return rows


def framed(
    make: Callable[[Sheet], Frame],
    sheet: Sheet,
    *,
    shares: Sequence[float] = BY_CHART,
    always: bool = False,
) -> Frame:
    """The frame whose words stand above the plot; beside it, on a low sheet, where they would
    leave less than half of the height or not all could be told.

    make    makes a frame on a sheet
    shares  of the width that words beside the plot may have, tried in turn
    always  whether they stand beside it wherever they have room there
    """
    above = make(sheet)
    if not sheet.short or (sheet.width < DRAWN and not always):
        return above
    if above.enough and above.type.tells == sheet.tells and not always:
        return above
    beside = (make(sheet.with_column(share)) for share in shares)
    better = (each for each in beside if each.fits and (always or each.plot(0) > above.plot(0)))
    return next(better, above)
