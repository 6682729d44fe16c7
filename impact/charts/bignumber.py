"""One number, large: with its bound in words, unit, time, speaker, status, rivals, and a small
chart of the days before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look
from impact.charts.frame import Frame
from impact.charts.look import FOOT, KEY, LINE, SUBTITLE, TOKENS
from impact.charts.sheets import Sheet
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.wording.captions import Caption

# Type sizes between which a number stays, its share of the room, and how much line it takes.
SMALLEST, LARGEST, SHARE, TALL = 30, 120, 0.45, 1.4
# The size of the bound before a number, as a share of the number's.
BOUND = 0.4
# Px under the small chart for its days; its least height; the most of the room it takes.
DAYS_PX, LEAST, MOST = 24, 26, 0.45
# The share of a low sheet's width for the number, and px between it and the small chart's axis;
# and between it and a long number at that axis.
COLUMN, BETWEEN, LEAST_GAP = 0.56, 56, 20


@dataclass(frozen=True, slots=True)
class Number:
    """What is said of one number. `lines` stand under it: unit, when, who, status, rivals."""

    bound: str
    amount: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The number by day: series has date (ISO) and value; drawn from three days on."""

    indicator: str
    series: pd.DataFrame
    period: tuple[date, date]
    heading: str


def big_number(
    number: Number, days: Days, caption: Caption, words: Words, theme: str, sheet: Sheet
) -> go.Figure:
    """The number and its days: under it, or beside it where the sheet is wide and low."""
    frame = Frame(caption, words, theme, sheet, room=look.AIR)
    height = frame.plot(300)
    drawn = len(days.series) > 2
    # The number takes all the room there is: to the pixel, and not to the last digit.
    needed = round(_high(_texts(number, height, COLUMN * sheet.head)))
    beside = sheet.short and drawn and needed <= round(height)
    wide = sheet.head * (COLUMN if beside else 1)
    texts = _texts(number, height if beside or not drawn else height * (1 - MOST), wide)
    annotations, shift = [], 0.0
    for text, size, colour in texts:
        annotations.append(frame.words_at(text, shift, size, TOKENS[theme][colour]))
        shift -= _line(size)
    layout = {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    traces: list = [go.Scatter(x=[None], y=[None])]
    between = max(BETWEEN, _widest(days, words) + LEAST_GAP)
    left = (sheet.words + wide + between - sheet.left) / frame.wide if beside else 0.0
    room = height if beside else min(height + shift - 6, height * MOST)
    high = room - DAYS_PX - KEY * LINE - 8
    if drawn and high >= LEAST:
        traces = _traces(days, theme)
        low, top = DAYS_PX / height, (DAYS_PX + high) / height
        layout = _axes(days, (left, 1), (low, top), words, theme)
        annotations.append(look.heading([days.heading], left, top, 0, theme))
    return frame.around(traces, layout | {"annotations": annotations}, height)


def _texts(number: Number, height: float, wide: float) -> list[tuple[str, float, str]]:
    """The number with its bound and the lines under it, each with size and colour; the number as
    large as there is room, the lines smaller where there is little."""
    told = _told(number, SUBTITLE, wide)
    if _high(told) + _line(SMALLEST) > height:
        told = _told(number, FOOT, wide)
    em = BOUND * letters.width(f"{number.bound} ", 1) + letters.width(number.amount, 1, bold=True)
    room = min(LARGEST, wide / em, (height - _high(told)) / TALL, height * SHARE)
    size = max(SMALLEST, room)
    bound = f"<span style='font-size:{BOUND}em'>{number.bound}</span> " if number.bound else ""
    return [(f"{bound}<b>{number.amount}</b>", size, "ink"), *told]


def _told(number: Number, size: float, wide: float) -> list[tuple[str, float, str]]:
    return [
        (look.escaped([line])[0], size, "muted" if at else "ink")
        for at, text in enumerate(number.lines)
        for line in letters.lines(text, size, wide)
    ]


def _widest(days: Days, words: Words) -> float:
    """Px that the longest number at the small chart's axis takes."""
    return max(letters.width(words.number(value), FOOT) for value in _ends(days))


def _ends(days: Days) -> tuple[float, float]:
    """The numbers at the small chart's axis: zero and the most, or of frost the least."""
    values = days.series["value"]
    return (min(0, values.min()), max(0, values.max())) if len(values) else (0, 0)


def _line(size: float) -> float:
    """Px that a line of a size takes."""
    return size * (TALL if size >= SMALLEST else LINE)


def _high(texts: Sequence[tuple[str, float, str]]) -> float:
    return sum(_line(size) for _, size, _ in texts)


def _traces(days: Days, theme: str) -> list:
    """Bars for what is summed, a line with gaps for what is a level."""
    each, series = INDICATORS[days.indicator], days.series
    colour = each.colour[theme]
    at = pd.to_datetime(series["date"])
    if each.adds_up_over_days:
        width = look.DAY_MS * look.FILLED
        return [go.Bar(x=at, y=series["value"], width=width, marker={"color": colour})]
    by_day = series.assign(day=at).set_index("day")["value"]
    whole = by_day.reindex(pd.date_range(at.min(), at.max()))
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


def _axes(
    days: Days,
    across: tuple[float, float],
    up: tuple[float, float],
    words: Words,
    theme: str,
) -> dict:
    """The first and last day on the one axis, nothing and the most on the other."""
    muted = TOKENS[theme]["muted"]
    ends = days.period
    values = list(_ends(days))
    ticks = {"size": FOOT, "color": muted}
    half = pd.Timedelta(hours=14)
    return {
        "xaxis": {
            "type": "date",
            "domain": across,
            "tickvals": ends,
            "ticktext": [words.short_day(day) for day in ends],
            "tickangle": 0,
            "range": [pd.Timestamp(ends[0]) - half, pd.Timestamp(ends[1]) + half],
            "showgrid": False,
            "linecolor": muted,
            "linewidth": 1,
            **look.outside(theme),
            "tickfont": ticks,
            "fixedrange": True,
            "anchor": "y",
        },
        "yaxis": {
            "domain": up,
            "tickvals": values,
            "ticktext": [words.number(value) for value in values],
            "range": [values[0], values[1] * 1.08],
            "gridcolor": TOKENS[theme]["grid"],
            "gridwidth": 1,
            "zerolinecolor": muted,
            "zerolinewidth": 1,
            "tickfont": ticks,
            "fixedrange": True,
            "anchor": "x",
        },
    }
