"""Who said what when of one thing: a mark a statement, labelled with its number and speaker."""

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from impact.charts import callouts, clock, look, marks
from impact.charts.callouts import Label
from impact.charts.clock import Across
from impact.charts.frame import Frame
from impact.charts.look import TOKENS
from impact.charts.sheets import PAGE, Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.rows import Row, record, records
from impact.rules import hours
from impact.wording import captions
from impact.wording.captions import Caption

HEIGHT = 330
# From this ratio on, a linear axis would draw all the smaller figures as one.
FAR_APART = 20


def far_apart(rows: pd.DataFrame) -> bool:
    """Whether the axis is logarithmic, as the figures lie far apart; zero has no place on it."""
    low, high = _ends(rows)
    return bool(low > 0 and high >= FAR_APART * low)


def statements_over_time(
    rows: pd.DataFrame, caption: Caption, words: Words, theme: str, sheet: Sheet = PAGE
) -> go.Figure:
    """The statements of one thing at the hours that their sources tell, in Kyiv, and in a band of
    their own those that name none; of several statuses, each named.

    rows  one a statement (hours.in_sequence): a figure's columns, and source and leads
    """
    colour = INDICATORS[record(rows)["indicator"]].colour[theme]
    logarithmic = far_apart(rows)
    low, high = _ends(rows)
    across = Across.of(rows, sheet.plot)
    rows = rows.assign(x=across.places(rows))
    headings, room = clock.headings(across, words, theme)
    frame = Frame(caption, words, theme, sheet, ticks=True, room=room)
    height = frame.plot(HEIGHT)
    scale = _Scale(*_reach(low, high, logarithmic), logarithmic, sheet.plot, height)
    traces = [
        *_lines(rows, TOKENS[theme]["muted"]),
        *across.parts(rows, colour),
        _marks(rows[~rows["leads"]], colour, words),
        _slashes(rows[rows["doubted"].astype(bool)], theme),
        _marks(rows[rows["leads"]], colour, words, size=13),
    ]
    layout = {
        "xaxis": across.axis(words, theme),
        "yaxis": look.value_axis(theme, height) | scale.axis(words),
        "annotations": [*headings, *_labels(rows, scale, words, theme, paged=sheet.grows)],
        "shapes": across.shapes(theme),
    }
    return frame.around(traces, layout, height)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The ends of the value axis, the plot's size in px, and where a statement stands."""

    bottom: float
    top: float
    logarithmic: bool
    wide: float
    high: float

    def place(self, x: float, value: float) -> tuple[float, float]:
        """Px from the plot's left and top edge."""
        value = math.log10(value) if self.logarithmic else value
        up = (value - self.bottom) / (self.top - self.bottom)
        return x, (1 - up) * self.high

    def axis(self, words: Words) -> dict:
        if not self.logarithmic:
            whole = {"dtick": 1} if self.top <= 5 else {}
            return {"range": [self.bottom, self.top]} | whole
        powers = range(math.ceil(self.bottom), math.floor(self.top) + 1)
        steps = [10**power for power in powers]
        return {
            "type": "log",
            "range": [self.bottom, self.top],
            "tickvals": steps,
            "ticktext": [words.number(step) for step in steps],
        }


def _ends(rows: pd.DataFrame) -> tuple[float, float]:
    return rows["value"].min(), rows["value_high"].fillna(rows["value"]).max()


def _reach(low: float, high: float, logarithmic: bool) -> tuple[float, float]:
    """The ends of the value axis: from zero, or some room around the figures' powers of ten."""
    if not logarithmic:
        return 0, (high or 1) * 1.25
    return math.log10(low) - 0.7, math.log10(high) + 0.5


def _lines(rows: pd.DataFrame, colour: str) -> Iterator[go.Scatter]:
    """A thin line through what one source said of the same thing one after the other, as far as
    it tells the hours."""
    sound = rows[~rows["doubted"].astype(bool)]
    for _, said in sound.groupby(["claim", "source"], sort=False):
        ordered = hours.joinable(said)
        if len(ordered) > 1:
            yield go.Scatter(
                x=ordered["x"],
                y=ordered["value"],
                mode="lines",
                hoverinfo="skip",
                line={"color": colour, "width": 1, "dash": "dot", "shape": "hv"},
            )


def _marks(rows: pd.DataFrame, colour: str, words: Words, *, size: int = 9) -> go.Scatter:
    """Symbol for the bound, fill for how sure; a bar from low to high where a range is stated."""
    statements = records(rows)
    high = rows["value_high"].fillna(rows["value"]) - rows["value"]
    return go.Scatter(
        x=rows["x"],
        y=rows["value"],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": [marks.symbol(row, doubted=bool(row["doubted"])) for row in statements],
            "size": size,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": high,
            "arrayminus": high * 0,
            "thickness": 1.5,
            "width": 4,
            "color": colour,
        },
        customdata=rows[["claim", "figure_id"]],
        hovertext=[marks.hover(row, words) for row in statements],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _slashes(rows: pd.DataFrame, theme: str) -> go.Scatter:
    """The stroke through a figure in doubt."""
    return go.Scatter(
        x=rows["x"],
        y=rows["value"],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={
            "symbol": "line-ne-open",
            "size": 16,
            "color": TOKENS[theme]["ink"],
            "line": {"width": 1.5, "color": TOKENS[theme]["ink"]},
        },
    )


def _labels(
    rows: pd.DataFrame, scale: _Scale, words: Words, theme: str, *, paged: bool
) -> list[dict]:
    """Number and speaker beside the marks, as many as have room, the most telling first."""
    named = rows["status"].nunique() > 1
    wanted = []
    statements = records(rows)
    for number in _order(rows):
        row = statements[number]
        y = math.log10(row["value"]) if scale.logarithmic else row["value"]
        place = scale.place(row["x"], row["value"])
        wanted.append(Label(row["x"], y, place, _text(row, words, named)))
    marked = [scale.place(row["x"], row["value"]) for row in statements]
    return callouts.placed(wanted, marked, (scale.wide, scale.high), theme, paged=paged)


def _order(rows: pd.DataFrame) -> list[int]:
    """Places of rows: in doubt, leading, highest, lowest, the last whose hour is told, the others;
    a number that a body gives is not told again of those who name no speaker."""
    rows = rows.reset_index(drop=True)
    told = [
        *rows.index[rows["doubted"].astype(bool)],
        *rows.index[rows["leads"]],
        int(rows["value"].argmax()),
        int(rows["value"].argmin()),
        *rows.index[rows["timed"]][-1:],
        *rows.index[rows["body"] != ""],
        *rows.index,
    ]
    statements = records(rows)
    first: dict[tuple[object, ...], int] = {}
    for number in dict.fromkeys(told):
        row = statements[number]
        first.setdefault((row["claim"], row["value"], row["body"], bool(row["doubted"])), number)
    said = {(row["claim"], row["value"]) for row in statements if row["body"]}
    return [
        number
        for (claim, value, body, doubted), number in first.items()
        if body or doubted or (claim, value) not in said
    ]


def _text(row: Row, words: Words, named: bool) -> list[str]:
    """The lines of a label: the number (with its status), what it is here, who says so."""
    amount = vocabulary.amount(row, words, unit=False)
    if named:
        amount = f"{amount}, {INDICATORS[row['indicator']].says(row['status'], words.language)}"
    if row["doubted"]:
        doubt = words._("in doubt")
        amount = f"{amount} · {doubt}"
    lines = look.escaped(textwrap.wrap(amount, callouts.WIDTH))
    if row["leads"]:
        lines = [f"<b>{line}</b>" for line in [*lines, words._("leading claim")]]
    said_by = textwrap.wrap(captions.said_by(row, words), callouts.WIDTH)
    return [*lines, *look.escaped(said_by)]
