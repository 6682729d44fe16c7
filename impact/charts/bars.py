"""Ranked bars of killed and injured, and how one toll moved from report to report."""

import math
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from impact.charts import clock, labels, letters, look, marks
from impact.charts.clock import Across
from impact.charts.frame import Frame, framed
from impact.charts.labels import Box, Label, Plot
from impact.charts.sheets import PAGE, Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.rows import Row, record, records
from impact.rules import hours
from impact.wording.captions import Caption

# Px for the labels of bars, and between a bar and its number; px high that a label's bars are.
LABEL_PX, BESIDE, ROW_PX = 128, 8, 46
# Px from the middle of a mark to its edge.
HALF = marks.RING / 2


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
    texts = [vocabulary.amount(row, words, unit=False) for row in records(rows)]
    rows = rows.assign(text=texts)
    traces: list[go.Bar] = []
    keys: list[look.Key] = []
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
    frame = _ranked(caption, words, theme, sheet, keys)
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
    return frame.around(traces, layout, frame.plot(_high(len(labels))))


def bars_that_fit(caption: Caption, words: Words, theme: str, sheet: Sheet, most: int) -> int:
    """How many labels a sheet has room for beside these words, at most so many; at least one."""
    keys = [marks.toll_key(indicator, words, theme) for indicator in ("killed", "injured")]
    frame = _ranked(caption, words, theme, sheet, keys)
    return max(1, min(most, int(frame.plot(_high(most)) / ROW_PX)))


def _ranked(
    caption: Caption, words: Words, theme: str, sheet: Sheet, keys: Sequence[look.Key]
) -> Frame:
    """The frame of bars with their labels."""
    return framed(
        lambda each: Frame(caption, words, theme, each, keys, left=LABEL_PX, room=look.AIR), sheet
    )


def _high(labels: int) -> int:
    return ROW_PX * labels + 12


def _reach(rows: pd.DataFrame, wide: float) -> float:
    """The end of an axis so many px wide: every number has room beside its bar."""
    needed = (
        row["value"] / (1 - (letters.width(row["text"], look.KEY) + BESIDE) / wide)
        for row in records(rows)
    )
    return max(needed, default=1) or 1


def toll_over_time(
    rows: pd.DataFrame, caption: Caption, words: Words, theme: str, sheet: Sheet = PAGE
) -> go.Figure:
    """How one event's toll moved: statements at the hours that their sources tell, and in a band
    of their own those that name none.

    The step line follows whoever is responsible through statements whose order is told; every
    other one is a mark beside it.
    """
    rows = hours.in_sequence(rows).assign(rivals=0, rivals_low=math.nan, rivals_high=math.nan)
    colour = INDICATORS[record(rows)["indicator"]].colour[theme]
    sheet = framed(
        lambda each: Frame(caption, words, theme, each, ticks=True, room=look.PANEL_GAP), sheet
    ).sheet
    across = Across.of(rows, sheet.plot)
    at = pd.Series(across.places(rows), index=rows.index)
    official = hours.of_the_responsible(rows)
    line = go.Scatter(
        x=at[official.index],
        y=official["value"],
        mode="lines",
        hoverinfo="skip",
        line={"color": colour, "width": 1.5, "shape": "hv"},
    )
    headings, room = clock.headings(across, words, theme)
    frame = Frame(caption, words, theme, sheet, ticks=True, room=room)
    height = frame.plot(240)
    counted = look.count_axis(look.highest(rows), height)
    plot = Plot((0, across.wide), tuple(counted["range"]), across.wide, height, sheet.right - 2)
    drawn = [Box(x - HALF, y, x + HALF, y) for x, y in zip(at, rows["value"], strict=True)]
    numbers = labels.placed(_numbers(rows, at, words), drawn, plot, ("x", "y"), theme)
    layout = {
        "xaxis": across.axis(words, theme),
        "yaxis": look.value_axis(theme, height) | counted,
        "annotations": [*headings, *numbers],
        "shapes": across.shapes(theme),
    }
    traces = [line, *marks.ends(rows, at, colour, words), *across.parts(rows, colour)]
    return frame.around(traces, layout, height)


def _numbers(rows: pd.DataFrame, at: pd.Series, words: Words) -> list[Label[float]]:
    """The number beside each mark, with the source's word for its part of the day; the highest
    and the last whose hour is told go first."""
    timed = rows.index[rows["timed"]]
    order = dict.fromkeys([rows["value"].idxmax(), *timed[-1:], *rows.index])
    return [Label(at[index], marks.top(rows.loc[index]), _said(rows.loc[index], words))
            for index in order]  # fmt: skip


def _said(row: Row, words: Words) -> str:
    moment = words.moment(row["moment"])
    amount = vocabulary.amount(row, words, unit=False)
    return f"{amount}, {moment}" if moment else amount


def _folded(label: str) -> str:
    """A label broken where the margin would cut it: "Dnipropetrovsk / Oblast / 9 Jan"."""
    place, _, day = label.partition(", ")
    lines = letters.lines(place, look.KEY, LABEL_PX - 8)
    return "<br>".join([*lines, *([day] if day else [])])
