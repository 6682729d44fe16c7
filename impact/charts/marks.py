"""What a mark says of its figure.

Lost is solid, still without is outlined, restored is a bare line. A triangle points up for "at
least" and down for "up to"; a diamond is "about". Filled is verified, filled with a ring confirmed,
hollow reported, hollow with a dot estimated, hollow with a slash disputed. A thin line spans the
rivals, with a tick for each.
"""

from datetime import datetime, timedelta
from typing import overload

import pandas as pd
import plotly.graph_objects as go

from impact.charts.labels import Box, Label
from impact.charts.look import HATCHED, OPEN, SOLID, TOKENS, Key, faint, hover_text
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, record, records
from impact.wording import captions

STATUS_ORDER = ("lost", "without", "restored", "")
SYMBOLS = {
    "exact": "circle",
    "at_least": "triangle-up",
    "at_most": "triangle-down",
    "about": "diamond",
}
# How sure a figure is -> what its mark's symbol ends in.
FILLS = {"verified": "", "confirmed": "", "estimated": "-open-dot"}
HOLLOW = "-open"
# Longer than this between two days with marks, and another attack has begun.
APART = pd.Timedelta(days=3)
# Bars of one day stand side by side; their labels lean outwards so as not to meet.
LEANS = {"lost": "left", "without": "right"}
SIZE, RING, SLASH = 6, 10, 11
# How much of its colour fills a bar of what was still without.
WITHOUT = 0.22
# How dark a bar is that is told as lost and as still without: between the two, with a rim.
TWICE = 0.6


def status_key(indicator: str, status: str, words: Words, theme: str) -> Key:
    """The key of an outage status."""
    each = INDICATORS[indicator]
    colour, label = each.colour[theme], each.says(status, words.language)
    if status == "without":
        return Key(SOLID, faint(colour, WITHOUT), label, rim=colour)
    return Key(SOLID if status == "lost" else OPEN, colour, label)


def status_keys(
    rows: pd.DataFrame, indicator: str, status: str, words: Words, theme: str
) -> list[Key]:
    """The keys of an outage status: of what is told so alone, and what is told as another too."""
    keys = []
    twice = rows["also_told"] != ""
    if not twice.all():
        keys.append(status_key(indicator, status, words, theme))
    if twice.any():
        colour = faint(INDICATORS[indicator].colour[theme], TWICE)
        first = record(rows[twice])
        label = f"{INDICATORS[indicator].says(status, words.language)}, "
        keys.append(Key(SOLID, colour, label + captions.also_told(first, words)))
    return keys


def toll_key(indicator: str, words: Words, theme: str) -> Key:
    """The key of killed (solid) or injured (hatched)."""
    glyph = SOLID if indicator == "killed" else HATCHED
    each = INDICATORS[indicator]
    return Key(glyph, each.colour[theme], each.title[words.language])


def status_bars(
    rows: pd.DataFrame,
    at: pd.Series,
    width: float,
    indicator: str,
    status: str,
    words: Words,
    theme: str,
) -> go.Bar:
    """One status of a stock by day, at the given places on the time axis."""
    colour = INDICATORS[indicator].colour[theme]
    fills = {
        "lost": (colour, 0),
        "without": (faint(colour, WITHOUT), 1),
        "restored": ("rgba(0,0,0,0)", 1),
    }
    fill, rim = fills.get(status, (faint(colour, 0.5), 0))
    marker: dict[str, object] = {"color": fill}
    if rim:
        marker["line"] = {"color": colour, "width": rim}
    twice = rows["also_told"] != ""
    if twice.any():
        marker = {
            "color": [faint(colour, TWICE) if each else fill for each in twice],
            "line": {"color": colour, "width": [1.5 if each else rim for each in twice]},
        }
    return go.Bar(
        x=at,
        width=width,
        y=rows["value_high"].fillna(rows["value"]),
        marker=marker,
        customdata=rows[["claim", "figure_id"]],
        text=[hover(row, words) for row in records(rows)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def symbol(row: Row, *, doubted: bool = False) -> str:
    """The shape for the bound, its fill for how sure the figure is; in doubt it is hollow."""
    return SYMBOLS[row["bound"]] + (HOLLOW if doubted else FILLS.get(row["verification"], HOLLOW))


def ends(rows: pd.DataFrame, at: pd.Series, colour: str, words: Words) -> list[go.Scatter]:
    """The ends of bars at the given places: symbol for the bound, fill, ring and slash for how
    sure they are, and a line over the rivals."""
    high, low = rows["value_high"].fillna(rows["value"]), rows["value"]
    upper = rows["rivals_high"].clip(lower=high).fillna(high) - low
    lower = low - rows["rivals_low"].clip(upper=low).fillna(low)
    marks = go.Scatter(
        x=at,
        y=low,
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": [symbol(row) for row in records(rows)],
            "size": SIZE,
            "color": colour,
            "line": {"color": colour, "width": 1.2},
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
        customdata=rows[["claim", "figure_id"]],
        hovertext=[hover(row, words) for row in records(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return [
        marks,
        *_around(rows, at, "confirmed", RING, colour),
        *_around(rows, at, "disputed", SLASH, colour),
    ]


def _around(
    rows: pd.DataFrame, at: pd.Series, verification: str, size: int, colour: str
) -> list[go.Scatter]:
    """A ring around every mark that is confirmed, or a slash through every disputed one."""
    some = (rows["verification"] == verification).to_numpy(dtype=bool)
    if not some.any():
        return []
    symbols = (
        [f"{SYMBOLS[bound]}-open" for bound in rows["bound"][some]]
        if verification == "confirmed"
        else "line-ne-open"
    )
    return [
        go.Scatter(
            x=at[some],
            y=rows["value"][some],
            mode="markers",
            cliponaxis=False,
            hoverinfo="skip",
            customdata=rows.loc[some, ["claim", "figure_id"]],
            marker={
                "symbol": symbols,
                "size": size,
                "color": colour,
                "line": {"color": colour, "width": 1},
            },
        )
    ]


@overload
def boxes(rows: pd.DataFrame, at: pd.Series, half: float) -> list[Box[float]]: ...
@overload
def boxes(rows: pd.DataFrame, at: pd.Series, half: timedelta) -> list[Box[datetime]]: ...
def boxes(
    rows: pd.DataFrame, at: pd.Series, half: float | timedelta
) -> list[Box[float]] | list[Box[datetime]]:
    """What bars, marks and the lines over their rivals cover, for labels to stay off.

    at, half  the bars' middles and half their width, as the axis counts
    """
    high = rows[["value", "value_high", "rivals_high"]].max(axis=1)
    low = rows[["value", "rivals_low"]].min(axis=1)
    bars = [Box(x - half, 0, x + half, top) for x, top in zip(at, rows["value"], strict=True)]
    lines = [Box(x, foot, x, top) for x, foot, top in zip(at, low, high, strict=True)]
    return bars + lines


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


def hover(row: Row, words: Words) -> str:
    """What a mark says when pointed at: number, place, when, who via whom, rivals."""
    return hover_text(
        [
            f"{PLACES[row['place']].name(words.language)}: {captions.what(row, words)}",
            captions.when(row, words),
            captions.via(row, words),
            captions.rivals(row, words),
        ],
        bold=vocabulary.amount(row, words),
    )


def labels(rows: pd.DataFrame, at: pd.Series, status: str, words: Words) -> list[Label[datetime]]:
    """The number at the highest mark of each attack and, for what goes on, at the last; hover has
    the others."""
    if rows.empty or status == "restored":
        return []
    last = [rows.index[-1]] if status != "lost" else []
    # Marks that follow each other within days are of one attack, whatever the reports call it.
    attacks = (rows["day"].diff() > APART).cumsum()
    return [
        Label(
            at[index],
            top(rows.loc[index]),
            vocabulary.amount(rows.loc[index], words, unit=False),
            LEANS.get(status, ""),
        )
        for index in dict.fromkeys([*rows["value"].groupby(attacks).idxmax(), *last])
    ]


def highest_back(
    rows: pd.DataFrame, at: pd.Series, rest: float, indicator: str, words: Words
) -> list[Label[datetime]]:
    """The number at the highest mark of what is back, where it stands over all that was lost or cut
    off: without words it would be taken for that.

    rest  the highest of these
    """
    if rows.empty or rows["value"].max() <= rest:
        return []
    number = int(rows["value"].argmax())
    row = record(rows, number)
    amount = vocabulary.amount(row, words, unit=False)
    back = INDICATORS[indicator].says("restored", words.language)
    return [Label(at.iloc[number], top(row), f"{amount}, {back}")]


def top(row: Row) -> float:
    """The upper end of what is drawn for a figure: its range, or its rivals if they are near."""
    return row["value"] if pd.isna(row["value_high"]) else row["value_high"]
