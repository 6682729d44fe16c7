"""A table as a picture: as many rows as the sheet has room for, each cell broken into lines."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from impact.captions import Caption
from impact.charts import letters, look
from impact.charts.look import FOOT, LINE, TOKENS, Frame
from impact.charts.sheets import Sheet
from impact.language import Words

# Px between columns, and above and below the lines of a row.
BETWEEN, AIR = 14, 4


def listing(
    table: pd.DataFrame,
    shares: Sequence[float],
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet,
) -> tuple[go.Figure, int]:
    """The first rows of a table of texts, and how many of them there was room for.

    shares  of the width, a column each; together 1
    """
    frame = Frame(caption, words, theme, sheet, left=sheet.words, room=look.AIR)
    height = frame.plot(400)
    columns = _columns(shares, sheet.head)
    rows = [_cells(table.columns, columns, bold=True)]
    used = _height(rows[0])
    for cells in table.itertuples(index=False):
        row = _cells(cells, columns)
        if used + _height(row) > height:
            break
        rows.append(row)
        used += _height(row)
    annotations, shapes, top = [], [], 0.0
    for number, row in enumerate(rows):
        for lines, (left, _) in zip(row, columns, strict=True):
            text = "<br>".join(look.escaped(lines))
            annotations.append(
                frame.words_at(
                    f"<b>{text}</b>" if number == 0 else text,
                    top - AIR,
                    FOOT,
                    TOKENS[theme]["muted" if number == 0 else "ink"],
                    beside=left,
                )
            )
        top -= _height(row)
        colour = TOKENS[theme]["muted" if number == 0 else "grid"]
        shapes.append(_rule(1 + top / height, sheet.head / sheet.plot, colour))
    hidden = {"visible": False, "fixedrange": True}
    layout = {"annotations": annotations, "shapes": shapes, "xaxis": hidden, "yaxis": hidden}
    return frame.around([go.Scatter(x=[], y=[])], layout, height), len(rows) - 1


def _columns(shares: Sequence[float], wide: float) -> list[tuple[float, float]]:
    """Left edge and width of each column in px."""
    left, found = 0.0, []
    for share in shares:
        found.append((left, share * wide - BETWEEN))
        left += share * wide
    return found


def _cells(
    texts: Sequence[str], columns: Sequence[tuple[float, float]], *, bold: bool = False
) -> list[list[str]]:
    return [
        letters.lines(text, FOOT, wide, bold=bold)
        for text, (_, wide) in zip(texts, columns, strict=True)
    ]


def _height(row: Sequence[Sequence[str]]) -> float:
    return max(map(len, row)) * FOOT * LINE + 2 * AIR


def _rule(y: float, to: float, colour: str) -> dict:
    return {
        "type": "line",
        "xref": "paper",
        "yref": "paper",
        "x0": 0,
        "x1": to,
        "y0": y,
        "y1": y,
        "line": {"color": colour, "width": 1},
    }
