"""A matrix: a square for each place and week, filled by what was said then."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look
from impact.charts.frame import Frame
from impact.charts.look import DOT, FOOT, HATCHED, OPEN, SOLID, TOKENS, Key
from impact.charts.sheets import PAGE, Sheet
from impact.model.language import Words
from impact.model.rows import records
from impact.wording.captions import Caption

# Third of a mark's customdata where it shows how many figures there are, not a sum of them.
COUNTED = "counted"
# Between a row's name and its count.
BEFORE_COUNT = " · "
# Px for the names at the left, at most, and that a row is high; px between two squares.
NAMES_PX, ROW_PX, BETWEEN = 190, 19, 3
# Px that the name of a week takes up.
WEEK_PX = 46
# The largest and the smallest square, px.
LARGEST, SMALLEST = 15, 4


def matrix(
    rows: pd.DataFrame,
    names: Sequence[str],
    labels: Sequence[str],
    caption: Caption,
    words: Words,
    theme: str,
    colour: str,
    dots: str,
    sheet: Sheet = PAGE,
) -> go.Figure:
    """Squares by place (from above) and week (from the left).

    rows    row and column (from 0), state, week (its Monday), told (lines of the hover box),
            figure_id, struck (whether a square gets a dot) and struck_id: the figures behind both,
            their ids with commas or the mark's key
    names   of the rows, each with its count behind BEFORE_COUNT
    labels  the words for the states and for the dot, in the key's order
    colour  of the squares; dots: of the dots
    """
    # Pages carry a font narrower than what words are measured by.
    narrow = look.PAGES_FONT if sheet.grows else 1
    left = min(NAMES_PX, max(letters.width(name, FOOT) for name in names) * narrow + 12)
    left = min(left, 0.5 * sheet.width)
    keys = _keys(labels, colour, dots, theme)
    frame = Frame(caption, words, theme, sheet, keys, ticks=True, left=left + sheet.words)
    high = frame.plot(ROW_PX * len(names))
    count = int(rows["column"].max()) + 1 if len(rows) else 1
    letter = min(FOOT, high / len(names) / look.LINE)
    size = max(SMALLEST, min(LARGEST, frame.wide / count - BETWEEN, high / len(names) - BETWEEN))
    traces = [
        _squares(rows[rows["state"] == state], size, style, colour)
        for state, style in _styles(colour, theme).items()
    ]
    traces.append(_dots(rows[rows["struck"]], size, dots))
    step = max(1, -(-WEEK_PX * count // int(frame.wide)))
    mondays = rows.drop_duplicates("column").sort_values("column")
    shown = mondays[mondays["column"] % step == 0]
    layout = {
        "xaxis": {
            "range": [-0.6, count - 0.4],
            "tickvals": shown["column"].tolist(),
            "ticktext": [words.short_day(day) for day in shown["week"]],
            "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "range": [len(names) - 0.4, -0.6],
            "tickvals": list(range(len(names))),
            "ticktext": [_cut(name, letter, (left - 8) / narrow) for name in names],
            # A row that long words of the maker's have made low has room for smaller names.
            "tickfont": {"size": letter},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return frame.around(traces, layout, high)


def _cut(name: str, size: float, room: float) -> str:
    """A name as far as it has room, and its count whole: a phone cannot show "Dnipropetrovsk
    Oblast · 17" in one line."""
    if letters.width(name, size) <= room:
        return look.escaped([name])[0]
    first, between, count = name.rpartition(BEFORE_COUNT)
    end = f" …{between}{count}"
    lines = letters.lines(first, size, room - letters.width(end, size))
    return look.escaped(lines[:1])[0] + end


def _styles(colour: str, theme: str) -> dict[str, dict]:
    """State -> how its square looks: colour alone carries no meaning."""
    return {
        "numbers": {"symbol": "square", "color": colour, "line": {"color": colour, "width": 1}},
        "words": {
            "symbol": "square",
            "color": look.faint(colour, 0.2),
            "line": {"color": colour, "width": 1},
        },
        "doubted": {"symbol": "square-x-open", "color": colour, "line": {"width": 1}},
        "silence": {
            "symbol": "square-open",
            "color": TOKENS[theme]["grid"],
            "line": {"width": 1},
        },
    }


def _keys(labels: Sequence[str], colour: str, dots: str, theme: str) -> list[Key]:
    numbers, told, doubted, silence, struck = labels
    return [
        Key(SOLID, colour, numbers),
        Key(SOLID, look.faint(colour, 0.2), told, rim=colour),
        Key(HATCHED, colour, doubted),
        Key(OPEN, TOKENS[theme]["muted"], silence),
        Key(DOT, dots, struck),
    ]


def _squares(rows: pd.DataFrame, size: float, style: dict, colour: str) -> go.Scatter:
    return go.Scatter(
        x=rows["column"],
        y=rows["row"],
        mode="markers",
        cliponaxis=False,
        marker=style | {"size": size},
        customdata=[("", row["figure_id"], COUNTED) for row in records(rows)],
        hovertext=[look.hover_text(row["told"]) for row in records(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _dots(rows: pd.DataFrame, size: float, colour: str) -> go.Scatter:
    return go.Scatter(
        x=rows["column"],
        y=rows["row"],
        mode="markers",
        cliponaxis=False,
        customdata=[("", row["struck_id"], COUNTED) for row in records(rows)],
        hovertext=[look.hover_text(row["told"]) for row in records(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": "circle", "size": max(3, size / 3), "color": colour},
    )
