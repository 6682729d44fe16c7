"""The frame of every picture: title, subtitle and key above, source and status in the foot.

All of it stands inside the image, so that cropping cannot lose it, and is wrapped for the width of
a phone: the server does not know how wide the reader's page is.
"""

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import plotly
import plotly.graph_objects as go

from impact.captions import Caption
from impact.language import Words

FONT = '"Source Sans", "Source Sans 3", "Noto Sans", "DejaVu Sans", sans-serif'
# In a saved picture: the page's own "Source Sans" is a web font, which a picture cannot reach. Text
# measured in one font and drawn in another would not fit.
SAVED_FONT = '"Source Sans 3", "Noto Sans", "DejaVu Sans", Arial, sans-serif'
# What draws in a browser, and its version.
VERSION = plotly.__version__
SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Colours that belong to no indicator; those that do stand in data/indicators.toml.
TOKENS = {
    "light": {"paper": "#FFFFFF", "ink": "#1B1F24", "muted": "#55606B", "grid": "#E3E6E8"},
    "dark": {"paper": "#14181D", "ink": "#E8EAED", "muted": "#A7B0BA", "grid": "#2C333A"},
}

# Sizes in px; widths are the characters of that size which fit a phone 390 px wide.
TITLE, SUBTITLE, KEY, FOOT = 16, 13, 12, 11
WIDTHS = {TITLE: 40, SUBTITLE: 52, KEY: 50, FOOT: 58}
LINE = 1.3
LEFT, RIGHT = 54, 12
# Room above a panel for its heading.
PANEL_GAP = 34

CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False, "scrollZoom": False}

SOLID, LIGHT, OPEN, HATCHED, DOT = "■", "■", "□", "▨", "●"


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a picture's key: a glyph in its colour, and what it stands for."""

    glyph: str
    colour: str
    label: str


def frame(
    traces: Sequence,
    layout: dict,
    caption: Caption,
    plot: int,
    words: Words,
    theme: str,
    *,
    keys: Sequence[Key] = (),
    ticks: bool = False,
    left: int = LEFT,
    room: int = PANEL_GAP,
) -> go.Figure:
    """The chart of traces and layout with its words around a plot that is `plot` px high.

    ticks       whether the plot is labelled below
    left, room  px beside the plot for its labels, and above it for its heading
    """
    token = TOKENS[theme]
    head = [
        *((f"<b>{line}</b>", TITLE, token["ink"]) for line in wrapped([caption.title], TITLE)),
        *((line, SUBTITLE, token["muted"]) for line in wrapped([caption.subtitle], SUBTITLE)),
        *((line, KEY, token["ink"]) for line in _key_lines(keys)),
    ]
    foot = wrapped(caption.foot, FOOT)
    top = round(sum(size * LINE for _, size, _ in head)) + room
    axis = 26 if ticks else 6
    bottom = axis + round(len(foot) * FOOT * LINE) + 12
    annotations = list(layout.pop("annotations", ()))
    shift = top
    for text, size, colour in head:
        annotations.append(_words(text, 1, shift, size, colour, left))
        shift -= size * LINE
    annotations.append(_words("<br>".join(foot), 0, -axis - 4, FOOT, token["muted"], left))
    for trace in traces:
        # A selected mark opens its evidence; the others must not fade away from the picture.
        trace.unselected = {"marker": {"opacity": 1}}
    return go.Figure(
        data=traces,
        layout=layout
        | {
            "annotations": annotations,
            "height": plot + top + bottom,
            "margin": {"l": left, "r": RIGHT, "t": top, "b": bottom},
            "paper_bgcolor": token["paper"],
            "plot_bgcolor": token["paper"],
            "font": {"family": FONT, "size": 12, "color": token["ink"]},
            "separators": ", " if words.language == "uk" else ".,",
            "showlegend": False,
            "template": None,
            "hoverlabel": {
                "bgcolor": token["paper"],
                "bordercolor": token["muted"],
                "font": {"color": token["ink"], "family": FONT},
                "align": "left",
            },
            "clickmode": "event+select",
            "dragmode": False,
            "hovermode": "closest",
        },
    )


def to_save(figure: go.Figure) -> str:
    """A figure as JSON for a picture to be saved: still, and in fonts that a picture can have."""
    told = json.loads(figure.to_json())
    told["layout"]["font"] = told["layout"].get("font", {}) | {"family": SAVED_FONT}
    return json.dumps({"data": told["data"], "layout": told["layout"]}, ensure_ascii=False)


def heading(text: str, top: float, theme: str) -> dict:
    """A panel's heading, at the left above its plot; `top` in paper coordinates."""
    return {
        "text": f"<b>{'<br>'.join(textwrap.wrap(text, WIDTHS[KEY]))}</b>",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8 - LEFT,
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "align": "left",
        "font": {"size": KEY, "color": TOKENS[theme]["ink"]},
    }


def room_for(text: str) -> int:
    """Px above a panel that its heading takes up."""
    return (
        PANEL_GAP + round((len(textwrap.wrap(text, WIDTHS[KEY])) - 1) * KEY * LINE)
        if text
        else (PANEL_GAP)
    )


def value_axis(theme: str) -> dict:
    """A value axis: few grid lines, thousands as the language writes them."""
    return {
        "gridcolor": TOKENS[theme]["grid"],
        "zerolinecolor": TOKENS[theme]["muted"],
        "tickformat": ",",
        "nticks": 4,
        "fixedrange": True,
        "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


def count_axis(rows: pd.DataFrame) -> dict:
    """From zero, with room for labels, and never with fractions of a person."""
    known = rows.columns.intersection(["value", "value_high", "rivals_high"])
    high = rows[known].max().max() if len(rows) else 1
    axis = {"range": [0, (high or 1) * 1.2]}
    return axis | ({"dtick": 1} if high <= 4 else {})


def time_axis(first: date, last: date, words: Words, theme: str) -> dict:
    """Days in the reader's language, at most eight of them: what a phone has room for."""
    days = (last - first).days
    step = next(each for each in (1, 2, 5, 7, 14, 31) if days / each <= 7 or each == 31)
    ticks = (
        list(pd.date_range(first.replace(day=1), last, freq="MS"))
        if step == 31
        else [first + timedelta(days=n) for n in range(0, days + 1, step)]
    )
    return {
        "type": "date",
        "tickvals": ticks,
        "ticktext": [words.short_day(each) for each in ticks],
        "range": [
            pd.Timestamp(first) - pd.Timedelta(hours=14),
            pd.Timestamp(last) + pd.Timedelta(hours=14),
        ],
        "showgrid": False,
        "fixedrange": True,
        "linecolor": TOKENS[theme]["muted"],
        "ticks": "outside",
        "tickcolor": TOKENS[theme]["muted"],
        "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


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
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:.2f})"


def wrapped(lines: Sequence[str], size: int) -> list[str]:
    """The lines broken for a phone at a type size."""
    return [piece for line in lines if line for piece in textwrap.wrap(line, WIDTHS[size])]


def hover_text(lines: Sequence[str]) -> str:
    """Lines of a hover box, each broken where a phone would cut it."""
    return "<br>".join("<br>".join(textwrap.wrap(line, 44)) for line in lines if line)


def _words(text: str, y: int, shift: float, size: int, colour: str, left: int) -> dict:
    """Words beside the plot: `shift` px above its top (y = 1) or its bottom (y = 0)."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 8 - left,
        "y": y,
        "yref": "paper",
        "yanchor": "top",
        "yshift": shift,
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def _key_lines(keys: Sequence[Key]) -> list[str]:
    """The key as lines of text: it wraps where it must and never meets the plot."""
    lines, length = [], WIDTHS[KEY] + 1
    for key in keys:
        entry = f"<span style='color:{key.colour};font-size:16px'>{key.glyph}</span> {key.label}"
        if length + len(key.label) + 5 > WIDTHS[KEY]:
            lines.append(entry)
            length = len(key.label) + 2
        else:
            lines[-1] += f"\u2003{entry}"
            length += len(key.label) + 5
    return lines
