"""One number, large: with its bound in words, unit, time, speaker, status, rivals, and a small
line of the days before it."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from impact.captions import Caption
from impact.charts import letters, look
from impact.charts.look import FOOT, LINE, SUBTITLE, TOKENS, Frame
from impact.charts.sheets import Sheet
from impact.indicators import INDICATORS
from impact.language import Words

# The number's share of what its words leave, and the sizes between which it stays.
SHARE, SMALLEST, LARGEST = 0.34, 34, 110
# Px above the small line for its heading, and below it for its days.
HEADING_PX, DAYS_PX = 26, 18


@dataclass(frozen=True, slots=True)
class Number:
    """What is said of one number. `lines` stand under it: unit, when, who, status, rivals."""

    bound: str
    amount: str
    lines: tuple[str, ...]


def big_number(
    number: Number,
    series: pd.DataFrame,
    indicator: str,
    heading: str,
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet,
) -> go.Figure:
    """The number over its small line. series: date (ISO), value; drawn from three days on."""
    frame = Frame(caption, words, theme, sheet, room=look.AIR)
    height = frame.plot(300)
    told = [piece for line in number.lines for piece in letters.lines(line, SUBTITLE, sheet.head)]
    size = _size(number, height - len(told) * SUBTITLE * LINE, sheet)
    texts = [
        *([(number.bound, SUBTITLE + 2, "ink")] if number.bound else []),
        (f"<b>{number.amount}</b>", size, "ink"),
        *((line, SUBTITLE, "muted" if at else "ink") for at, line in enumerate(told)),
    ]
    shift, annotations = 0.0, []
    for text, each, colour in texts:
        annotations.append(frame.words_at(text, shift, each, TOKENS[theme][colour]))
        shift -= each * (LINE if each != size else 1.15)
    layout = {"annotations": annotations, "xaxis": {"visible": False}, "yaxis": {"visible": False}}
    left = height + shift - HEADING_PX - DAYS_PX
    traces = [go.Scatter(x=[], y=[])]
    if len(series) > 2 and left >= 24:
        traces = _line(series, indicator, theme)
        top = (left + DAYS_PX) / height
        layout |= _axes(series, DAYS_PX / height, top, words, theme)
        annotations.append(look.heading([heading], 0, top, 0, theme))
    return frame.around(traces, layout, height)


def _size(number: Number, room: float, sheet: Sheet) -> float:
    """As large as the sheet's width and a good part of its height allow."""
    wide = letters.width(number.amount, 1, bold=True)
    return max(SMALLEST, min(LARGEST, sheet.head / wide, room * SHARE))


def _line(series: pd.DataFrame, indicator: str, theme: str) -> list:
    """Bars for what is summed, a line with gaps for what is a level."""
    each = INDICATORS[indicator]
    colour = each.colour[theme]
    days = pd.to_datetime(series["date"])
    if each.adds_up_over_days:
        return [go.Bar(x=days, y=series["value"], marker={"color": colour})]
    by_day = series.assign(day=days).set_index("day")["value"]
    whole = by_day.reindex(pd.date_range(days.min(), days.max()))
    return [
        go.Scatter(
            x=whole.index,
            y=whole,
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 1.6},
            marker={"size": 4, "color": colour},
        )
    ]


def _axes(series: pd.DataFrame, low: float, high: float, words: Words, theme: str) -> dict:
    """Two days on the one axis, nothing and the highest on the other."""
    muted = TOKENS[theme]["muted"]
    ends = [date.fromisoformat(series["date"].iat[at]) for at in (0, -1)]
    values = [min(0, series["value"].min()), max(0, series["value"].max())]
    ticks = {"size": FOOT, "color": muted}
    return {
        "xaxis": {
            "type": "date",
            "tickvals": ends,
            "ticktext": [words.short_day(day) for day in ends],
            "tickangle": 0,
            "showgrid": False,
            "linecolor": muted,
            "linewidth": 1,
            "tickfont": ticks,
            "fixedrange": True,
            "anchor": "y",
        },
        "yaxis": {
            "domain": [low, high],
            "tickvals": values,
            "ticktext": [words.number(value) for value in values],
            "range": values,
            "gridcolor": TOKENS[theme]["grid"],
            "gridwidth": 1,
            "zerolinecolor": muted,
            "zerolinewidth": 1,
            "tickfont": ticks,
            "fixedrange": True,
        },
    }
