"""Ranked bars of killed and injured, and how one toll moved from report to report."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from impact import captions
from impact.captions import Caption
from impact.charts import arranging, letters, look, marks
from impact.charts.arranging import Panel
from impact.charts.look import TOKENS, Frame
from impact.charts.sheets import PAGE, Sheet
from impact.indicators import INDICATORS
from impact.language import Words

# Px for the labels of bars, and between a bar and its number.
LABEL_PX, BESIDE = 128, 8


def ranked_bars(
    rows: pd.DataFrame,
    labels: Sequence[str],
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet = PAGE,
) -> go.Figure:
    """Killed and injured as horizontal bars, one label a group, in the order given.

    rows: label, indicator, value, bound and the way to the evidence (claim, figure_id).
    """
    texts = [captions.amount(row, words, unit=False) for row in rows.to_dict("records")]
    rows = rows.assign(text=texts)
    traces, keys = [], []
    for indicator in ("injured", "killed"):
        some = rows[rows["indicator"] == indicator]
        keys.insert(0, marks.toll_key(indicator, words, theme))
        traces.append(
            go.Bar(
                y=some["label"],
                x=some["value"],
                orientation="h",
                offsetgroup=indicator,
                marker=marks.toll_marker(indicator, theme),
                text=some["text"],
                textposition="outside",
                cliponaxis=False,
                constraintext="none",
                customdata=some[["claim", "figure_id"]],
                hovertemplate=f"%{{y}}<br>{keys[0].label}: %{{text}}<extra></extra>",
            )
        )
    frame = Frame(caption, words, theme, sheet, keys, left=LABEL_PX)
    layout = {
        "barmode": "group",
        "bargap": 0.3,
        "xaxis": look.value_axis(theme, 0)
        | {"range": [0, _reach(rows, frame.wide)]}
        | {"showticklabels": False, "showgrid": False},
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": list(reversed(labels)),
            "tickvals": list(labels),
            "ticktext": [_folded(label) for label in labels],
            "tickfont": {"size": look.KEY},
            "fixedrange": True,
        },
    }
    return frame.around(traces, layout, frame.plot(46 * len(labels) + 12))


def _reach(rows: pd.DataFrame, wide: float) -> float:
    """The end of an axis so many px wide: every number has room beside its bar."""
    needed = (
        row.value / (1 - (letters.width(row.text, look.KEY) + BESIDE) / wide)
        for row in rows.itertuples()
    )
    return max(needed, default=1) or 1


def toll_over_time(
    rows: pd.DataFrame, caption: Caption, words: Words, theme: str, sheet: Sheet = PAGE
) -> go.Figure:
    """How one event's toll moved from report to report, in the order it was stated.

    The step line follows whoever is responsible; every other report is a mark beside it.
    """
    rows = rows.reset_index(drop=True)
    colour = INDICATORS[rows["indicator"].iat[0]].colour[theme]
    official = rows[(rows["standing"] <= 1) & ~rows["doubted"].astype(bool)]
    line = go.Scatter(
        x=official.index,
        y=official["value"],
        mode="lines",
        hoverinfo="skip",
        line={"color": colour, "width": 1.5, "shape": "hv"},
    )
    alone = rows.assign(rivals=0, rivals_low=float("nan"), rivals_high=float("nan"))
    at = rows.index.to_series()
    panel = Panel("", 240, [line, *marks.ends(alone, at, colour, words)])
    panel.highest = look.highest(alone)
    panel.labels = marks.labels(alone, at, "", words)
    panel.obstacles = marks.boxes(alone, at, 0)
    axis = _reports_axis(rows, words, theme, sheet)
    return arranging.arranged([panel], axis, caption, words, theme, sheet)


def _reports_axis(rows: pd.DataFrame, words: Words, theme: str, sheet: Sheet) -> dict:
    """Reports in the order they were stated; the first of a day carries it."""
    days = pd.to_datetime(rows["stated"]).dt.normalize()
    firsts = days[days.ne(days.shift())]
    texts = [words.short_day(day) for day in firsts]
    slot = sheet.plot / len(rows)
    return {
        "tickvals": list(firsts.index),
        "ticktext": _spaced(texts, list(firsts.index), slot),
        "tickangle": 0,
        "range": [-0.6, len(rows) - 0.2],
        "fixedrange": True,
        "showgrid": False,
        "linecolor": TOKENS[theme]["muted"],
        "linewidth": 1,
        **look.outside(theme),
        "tickfont": {"size": look.FOOT, "color": TOKENS[theme]["muted"]},
    }


def _folded(label: str) -> str:
    """A label broken where the margin would cut it: "Dnipropetrovsk / Oblast / 9 Jan"."""
    place, _, day = label.partition(", ")
    lines = letters.lines(place, look.KEY, LABEL_PX - 8)
    return "<br>".join([*lines, *([day] if day else [])])


def _spaced(texts: list[str], at: list[int], slot: float) -> list[str]:
    """The texts without those that would stand on the one before; `slot` px lie between places."""
    kept, free = [], 0.0
    for text, position in zip(texts, at, strict=True):
        half = letters.width(text, look.FOOT) / 2
        fits = not kept or position * slot - half >= free
        kept.append(text if fits else "")
        free = position * slot + half + 4 if fits else free
    return kept
