"""What all charts have in common: colours, sizes of type, axes and headings."""

import html
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from impact.charts import letters
from impact.charts.sheets import PAGE
from impact.model import colours
from impact.model.language import Words

FONT = '"Source Sans", "Source Sans 3", "Noto Sans", "DejaVu Sans", sans-serif'

# Theme -> name of a colour -> hex.
TOKENS = {
    theme: {name: colour[theme] for name, colour in colours.COLOURS.items()}
    for theme in colours.THEMES
}

# Type sizes in px.
TITLE, SUBTITLE, KEY, FOOT, READING = 16, 13, 12, 11, 10
LINE = 1.3
# Room above a panel with a heading, in a grid, and above one without.
PANEL_GAP, GRID_GAP, AIR = 34, 26, 10

CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False, "scrollZoom": False}

# Of the width that words are measured by, what they take up in the font of pages.
PAGES_FONT = 0.87
SOLID, OPEN, HATCHED, DOT, TICK = "■", "□", "▨", "●", "❘"


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a picture's key: a glyph in its colour, what it stands for, and the colour of
    its outline, if it has one as its mark does."""

    glyph: str
    colour: str
    label: str
    rim: str = ""


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


def note(text: str, axes: tuple[str, str], theme: str, wide: float) -> dict:
    """Words in the middle of a plot so many px wide."""
    x, y = axes
    return {
        "text": "<br>".join(escaped(letters.lines(text, FOOT, wide))),
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


def escaped(lines: Iterable[str]) -> list[str]:
    """Lines that Plotly draws as they are: it takes angle brackets for markup."""
    return [html.escape(line, quote=False) for line in lines]
