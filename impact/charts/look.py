"""The frame of every chart: title, subtitle and key above, source and status in the foot.

All of it stands inside the image, so that cropping cannot lose it, and is broken into lines for
the sheet it is drawn on: a picture of a fixed size, or a page, which may be a phone's.
"""

import html
import math
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, sheets
from impact.charts.sheets import PAGE, Sheet
from impact.model import colours
from impact.model.language import Words
from impact.wording.captions import Caption

FONT = '"Source Sans", "Source Sans 3", "Noto Sans", "DejaVu Sans", sans-serif'

# Theme -> name of a colour -> hex.
TOKENS = {
    theme: {name: colour[theme] for name, colour in colours.COLOURS.items()}
    for theme in colours.THEMES
}

# Type sizes in px.
TITLE, SUBTITLE, KEY, FOOT, READING = 16, 13, 12, 11, 10
LINE = 1.3
# The share of a sheet's width for words beside its plot.
COLUMN = 0.43
# Room above a panel with a heading, in a grid, and above one without.
PANEL_GAP, GRID_GAP, AIR = 34, 26, 10

CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False, "scrollZoom": False}

# Of the width that words are measured by, what they take up in the font of pages.
PAGES_FONT = 0.87
SOLID, OPEN, HATCHED, DOT, TICK = "■", "□", "▨", "●", "❘"
_PARTS = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a picture's key: a glyph in its colour, what it stands for, and the colour of
    its outline, if it has one as its mark does."""

    glyph: str
    colour: str
    label: str
    rim: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes of the words above a plot, and whether it is told how its marks are read."""

    title: float
    subtitle: float = SUBTITLE
    key: float = KEY
    tells: bool = True


# For long words on a low sheet, tried in turn; and the px that a plot should have without them.
SMALLER = (Type(16, tells=False), Type(14, 12, 11, tells=False), Type(13, 11, 11, tells=False))
LEAST = 124
# The lines of a foot that must not be lost: source; time, status and id.
MUST = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a plot: title, subtitle and key above, source and status below.

    ticks       whether the plot is labelled below
    left, room  px beside the plot for its labels, and above it for its heading
    beside      whether the words above may stand left of the plot on a sheet wider than high
    """

    caption: Caption
    words: Words
    theme: str
    sheet: Sheet = PAGE
    keys: Sequence[Key] = ()
    ticks: bool = False
    left: float | None = None
    room: float = PANEL_GAP
    beside: bool = False

    type: Type = field(init=False)

    def __post_init__(self) -> None:
        usual = Type(self.sheet.title, key=self.sheet.key, tells=self.sheet.tells)
        if self.beside:
            self._set("type", replace(usual, title=TITLE))
            self._set("beside", self._fits_beside())
        if not self.beside:
            quiet = replace(usual, tells=False)
            self._set(
                "type",
                next(
                    filter(self._fits, (usual, replace(usual, key=FOOT), quiet, *SMALLER)),
                    SMALLER[-1],
                ),
            )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _fits(self, type: Type) -> bool:
        """Whether words so large leave enough for the plot. A page has room for any."""
        self._set("type", type)
        if self.sheet.height is None:
            return True
        lines = letters.lines(self.caption.title, type.title, self._long, bold=True)
        return len(lines) <= 2 and self.plot(LEAST) >= LEAST

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
        if self.sheet.height is None:
            return figure
        figure.layout.width = self.sheet.width
        factor = self.sheet.factor
        return go.Figure(
            data=[sheets.enlarged(trace.to_plotly_json(), factor) for trace in figure.data],
            layout=sheets.enlarged(figure.layout.to_plotly_json(), factor, "layout"),
        )

    @property
    def _left(self) -> float:
        left = self.sheet.left if self.left is None else self.left
        return left + self.sheet.words + self._long if self.beside else left

    @property
    def _long(self) -> float:
        """Px that lines above the plot, or beside it, may be long."""
        return COLUMN * self.sheet.width if self.beside else self.sheet.head

    def _fits_beside(self) -> bool:
        """Whether a column of the sheet holds the words: only a low sheet needs it."""
        head = sum(size * LINE for _, size, _ in self._head())
        return self.sheet.short and head <= self.plot(0)

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
            told = [_run_on(told[: MUST if self.sheet.short else None])]
        room = self.sheet.foot
        return escaped(piece for line in told for piece in letters.lines(line, FOOT, room))

    def _notes(self) -> list[str]:
        """On a low sheet, whose foot has no room for them, the foot's notes: at the edge."""
        notes = _run_on(self.caption.foot[MUST:]) if self.sheet.short else ""
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
        if self.beside:
            return self.sheet.margin
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


def heading(lines: Sequence[str], left: float, top: float, shift: float, theme: str) -> dict:
    """A panel's heading above its plot; `left` and `top` in paper coordinates, `shift` px more."""
    return {
        "text": f"<b>{'<br>'.join(escaped(lines))}</b>",
        "x": left,
        "xref": "paper",
        "xanchor": "left",
        "xshift": shift,
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "borderpad": 0,
        "align": "left",
        "font": {"size": KEY, "color": TOKENS[theme]["ink"]},
    }


def note(text: str, axes: tuple[str, str], theme: str) -> dict:
    """Words in the middle of a plot."""
    x, y = axes
    return {
        "text": html.escape(text, quote=False),
        "x": 0.5,
        "xref": f"{x} domain",
        "y": 0.5,
        "yref": f"{y} domain",
        "showarrow": False,
        "font": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


def room_for(lines: Sequence[str], gap: float = PANEL_GAP) -> float:
    """Px above a panel that its heading takes up; `gap` if it has one line."""
    return gap + round((len(lines) - 1) * KEY * LINE) if lines else AIR


def value_axis(theme: str, height: float) -> dict:
    """A value axis so many px high: few grid lines, thousands as the language writes them."""
    return {
        "nticks": max(2, min(4, int(height // 22))),
        "gridcolor": TOKENS[theme]["grid"],
        "gridwidth": 1,
        "zerolinecolor": TOKENS[theme]["muted"],
        "zerolinewidth": 1,
        "tickformat": ",",
        "fixedrange": True,
        "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


# Px above the highest mark for its number.
HEADROOM = 26
# Px below which a plot has room for two numbers at its axis.
LOW = 60


def count_axis(highest: float, height: float) -> dict:
    """From zero, with room for a label above the highest mark of a plot so many px high, and
    never with fractions of a person."""
    room = min(HEADROOM / height, 0.5)
    axis = {"range": [0, (highest or 1) / (1 - room)]}
    if height < LOW:
        top = _round_below(highest or 1)
        # Two numbers stand clear of each other only where there are two lines between them.
        clear = top / axis["range"][1] * height >= 1.5 * FOOT * LINE
        return axis | {"tickvals": [0, top] if clear else [top]}
    return axis | ({"dtick": 1} if highest <= 4 else {})


def _round_below(value: float) -> float:
    """The highest of 1, 2, 5, 10, 20, 50, … that is not above a value."""
    power = 10 ** math.floor(math.log10(value))
    return max(each * power for each in (1, 2, 5) if each * power <= value)


def highest(rows: pd.DataFrame) -> float:
    """The highest number that rows of figures draw: values, ranges and rivals."""
    known = rows.columns.intersection(["value", "value_high", "rivals_high"])
    return rows[known].max().max() if len(rows) else 0


def time_axis(first: date, last: date, words: Words, theme: str, wide: float = PAGE.plot) -> dict:
    """Days in the reader's language, as many as an axis so many px wide has room for."""
    days = (last - first).days
    most = min(8, wide // (letters.width(words.short_day(last), FOOT) + 6))
    step = next((each for each in (1, 2, 5, 7, 14) if days / each <= most - 1), None)
    ticks = (
        [first + timedelta(days=n) for n in range(0, days + 1, step)]
        if step
        else _months(first, last, most)
    )
    return {
        "type": "date",
        "tickvals": ticks,
        "ticktext": [words.short_day(each) for each in ticks],
        "tickangle": 0,
        "range": [
            pd.Timestamp(first) - pd.Timedelta(hours=14),
            pd.Timestamp(last) + pd.Timedelta(hours=14),
        ],
        "showgrid": False,
        "fixedrange": True,
        "linecolor": TOKENS[theme]["muted"],
        "linewidth": 1,
        **outside(theme),
        "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


def outside(theme: str) -> dict:
    """Short ticks below an axis, which also keep its labels off those of the other."""
    return {
        "ticks": "outside",
        "ticklen": 5,
        "tickwidth": 1,
        "tickcolor": TOKENS[theme]["muted"],
    }


def night_key(words: Words, theme: str) -> Key:
    """What the tick of a night stands for."""
    return Key(TICK, TOKENS[theme]["ink"], words._("night with drones or missiles"))


def night_ticks(nights: Iterable, theme: str) -> dict:
    """Ticks on a time axis at the nights with drones or missiles, up into the plot: those of its
    days stand below."""
    return {
        "tickvals": list(nights),
        "ticks": "inside",
        "ticklen": 7,
        "tickwidth": 1.5,
        "tickcolor": TOKENS[theme]["ink"],
    }


def _months(first: date, last: date, most: float) -> list[pd.Timestamp]:
    """The first days of months within a span, so many apart that at most so many are left."""
    months = list(pd.date_range(first, last, freq="MS", inclusive="both"))
    apart = next((each for each in (1, 2, 3, 6) if len(months) / each <= most), 12)
    return months[::apart]


DAY_MS = 86_400_000
# The share of a day's width that bars take up together.
FILLED = 0.78


def slot(days: pd.Series, number: int, of: int) -> tuple[pd.Series, float]:
    """Where the bars of one of several kinds stand within their days, and their width in ms.

    Set here and not left to Plotly, which groups bars by the smallest gap in each trace's data:
    two reports a week apart would be drawn a week wide, and marks would leave their bars.
    """
    width = FILLED / of
    return pd.to_datetime(days) + pd.Timedelta(days=width * (number - (of - 1) / 2)), (
        DAY_MS * width * 0.92
    )


def faint(colour: str, share: float) -> str:
    """A hex colour with so much of it left, 0 to 1."""
    red, green, blue = colours.channels(colour)
    return f"rgba({red},{green},{blue},{share:.2f})"


def hover_text(lines: Sequence[str], *, bold: str = "") -> str:
    """Lines of a hover box, each broken where a phone would cut it; `bold` stands above them."""
    folded = (escaped(textwrap.wrap(line, 44)) for line in (bold, *lines) if line)
    told = ["<br>".join(pieces) for pieces in folded]
    return "<br>".join([f"<b>{told[0]}</b>", *told[1:]] if bold else told)


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
    """The key as lines of text: it wraps where it must and never meets the plot."""
    rows, length = [], room
    for key in keys:
        glyph = f"<span style='{_worn(key)}font-size:1.15em'>{key.glyph}</span>"
        entry = f"{glyph} {html.escape(key.label, quote=False)}"
        needed = 1.15 * letters.width(key.glyph, size) + letters.width(f" {key.label}", size)
        if length + 1.1 * size + needed > room:
            rows.append(entry)
            length = needed
        else:
            rows[-1] += f"\u2003{entry}"
            length += 1.1 * size + needed
    return rows


def escaped(lines: Iterable[str]) -> list[str]:
    """Lines that Plotly draws as they are: it takes angle brackets for markup."""
    return [html.escape(line, quote=False) for line in lines]
