"""What a mark says (LOOK.md): lost is solid, still without outlined, restored a bare line; a
triangle points up for "at least" and down for "up to", a diamond is "about"; filled is verified or
confirmed, hollow is reported; a thin line spans the rivals with a tick for each.
"""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from impact import captions
from impact.charts.look import HATCHED, LIGHT, OPEN, SOLID, TOKENS, Key, faint, hover_text
from impact.indicators import INDICATORS
from impact.language import Words
from impact.places import PLACES

STATUS_ORDER = ("lost", "without", "restored", "")
SYMBOLS = {
    "exact": "circle",
    "at_least": "triangle-up",
    "at_most": "triangle-down",
    "about": "diamond",
}
CERTAIN = {"verified", "confirmed"}
# Bars of one day stand side by side; their labels lean outwards so as not to meet.
LABEL_SIDE = {"lost": "top left", "without": "top right"}
# The width of a letter as a share of a phone's plot.
LETTER = 0.023


def status_key(indicator: str, status: str, words: Words, theme: str) -> Key:
    """The key of an outage status."""
    colour = INDICATORS[indicator].colour[theme]
    glyphs = {"lost": (SOLID, colour), "without": (LIGHT, faint(colour, 0.35))}
    return Key(
        *glyphs.get(status, (OPEN, colour)), INDICATORS[indicator].says(status, words.language)
    )


def toll_key(indicator: str, words: Words, theme: str) -> Key:
    """The key of killed (solid) or injured (hatched)."""
    glyph = SOLID if indicator == "killed" else HATCHED
    each = INDICATORS[indicator]
    return Key(glyph, each.colour[theme], each.title[words.language])


def status_bars(
    rows: pd.DataFrame, at: pd.Series, width: float, indicator: str, status: str, words, theme
) -> go.Bar:
    """One status of a stock by day, at the given places on the time axis."""
    colour = INDICATORS[indicator].colour[theme]
    fills = {
        "lost": {"color": colour},
        "without": {"color": faint(colour, 0.22), "line": {"color": colour, "width": 1}},
        "restored": {"color": "rgba(0,0,0,0)", "line": {"color": colour, "width": 1}},
    }
    return go.Bar(
        x=at,
        width=width,
        y=rows["value_high"].fillna(rows["value"]),
        marker=fills.get(status, {"color": faint(colour, 0.5)}),
        customdata=rows[["claim", "figure_id"]],
        text=[hover(row, words) for row in rows.to_dict("records")],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def ends(
    rows: pd.DataFrame, at: pd.Series, axis: tuple, status: str, colour: str, words: Words
) -> go.Scatter:
    """The ends of bars: symbol for the bound, fill for verification, a line over the rivals, and
    the number on the highest and the last.

    at, axis  where the marks stand, and the first and last place of their axis
    """
    symbols = [
        SYMBOLS[bound] + ("" if verification in CERTAIN else "-open")
        for bound, verification in zip(rows["bound"], rows["verification"], strict=True)
    ]
    labels = _labels(rows, status, words)
    high, low = rows["value_high"].fillna(rows["value"]), rows["value"]
    upper = rows["rivals_high"].clip(lower=high).fillna(high) - low
    lower = low - rows["rivals_low"].clip(upper=low).fillna(low)
    return go.Scatter(
        x=at,
        y=low,
        mode="markers+text",
        cliponaxis=False,
        marker={
            "symbol": symbols,
            "size": 8,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": upper,
            "arrayminus": lower,
            "thickness": 1,
            "width": 0,
            "color": colour,
        },
        text=labels,
        textposition=_label_sides(labels, at, axis, status),
        textfont={"size": 11},
        customdata=rows[["claim", "figure_id"]],
        hovertext=[hover(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def rival_ticks(rivals: pd.DataFrame, at: pd.Series, colour: str) -> go.Scatter:
    """A short tick for every other value that is not in doubt, beside its leading claim.

    at  claim -> place on the time axis
    """
    some = rivals[~rivals["doubted"].astype(bool)]
    return go.Scatter(
        x=some["claim"].map(at),
        y=some["value"],
        mode="markers",
        customdata=some[["claim", "figure_id"]],
        hoverinfo="skip",
        marker={"symbol": "line-ew-open", "size": 7, "color": colour, "line": {"width": 1.2}},
    )


def toll_marker(indicator: str, theme: str) -> dict:
    """Killed solid, everything beside it hatched in its colour."""
    colour, paper = INDICATORS[indicator].colour[theme], TOKENS[theme]["paper"]
    if indicator in ("killed", "drones_launched"):
        return {"color": colour}
    return {
        "color": paper,
        "line": {"color": colour, "width": 1},
        "pattern": {
            "shape": "/",
            "size": 5,
            "solidity": 0.25,
            "fgcolor": colour,
            "bgcolor": paper,
        },
    }


def hover(row: Mapping, words: Words) -> str:
    """What a mark says when pointed at: number, place, when, who via whom, rivals."""
    return hover_text(
        [
            f"<b>{captions.amount(row, words)}</b>",
            f"{PLACES[row['place']].name(words.language)}: {captions.what(row, words)}",
            captions.when(row, words),
            captions.via(row, words),
            captions.rivals(row, words),
        ]
    )


def _label_sides(labels: list[str], at: pd.Series, axis: tuple, status: str) -> list[str]:
    """The side of its mark on which each label stands: the status's own, unless the plot of a
    phone would cut it there."""
    first, last = axis
    shares = [(place - first) / (last - first) for place in at]
    return [
        _fitting(LABEL_SIDE.get(status, "top center"), share, len(label) * LETTER)
        for label, share in zip(labels, shares, strict=True)
    ]


def _fitting(preferred: str, share: float, length: float) -> str:
    """The preferred side, or the first on which a label of this length fits; both are shares of
    the plot's width."""
    room = {
        "top left": share,
        "top right": 1 - share,
        "top center": 2 * min(share, 1 - share),
    }
    return next(
        (side for side in (preferred, *room) if room[side] >= length), max(room, key=room.get)
    )


def _labels(rows: pd.DataFrame, status: str, words: Words) -> list[str]:
    """The number on the highest mark and, for what goes on, on the last; hover has the others."""
    if rows.empty or status == "restored":
        return [""] * len(rows)
    told = {rows["value"].idxmax()} | ({rows.index[-1]} if status != "lost" else set())
    return [
        captions.amount(row, words, unit=False) if index in told else ""
        for index, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
