"""A table as a picture: as many rows as the sheet has room for, each cell broken into lines."""

import math
from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look
from impact.charts.frame import Frame
from impact.charts.look import FOOT, LINE, TOKENS
from impact.charts.sheets import Sheet
from impact.model.language import Words
from impact.wording.captions import Caption

# Px between columns, and above and below the lines of a row.
BETWEEN, AIR = 10, 4


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
    longest = [max(_longest([name], bold=True), _longest(table[name])) for name in table.columns]
    columns = _columns(shares, longest, sheet.head)
    rows = [_cells(list(table.columns), columns, bold=True)]
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
        shapes.append(_rule(1 + top / height, sheet.head / frame.wide, colour))
    hidden = {"visible": False, "fixedrange": True}
    layout = {"annotations": annotations, "shapes": shapes, "xaxis": hidden, "yaxis": hidden}
    return frame.around([go.Scatter(x=[], y=[])], layout, height), len(rows) - 1


def _columns(
    shares: Sequence[float], longest: Sequence[float], wide: float
) -> list[tuple[float, float]]:
    """Left edge and width of each column in px: by its share, but so that no word of it is broken
    as long as the others can spare the room."""
    usual = [share * wide for share in shares]
    least = [math.ceil(word) + BETWEEN for word in longest]
    widths = [max(each) for each in zip(usual, least, strict=True)]
    spare = [each - word for each, word in zip(widths, least, strict=True)]
    missing = sum(widths) - wide
    if missing > sum(spare):
        widths, missing = usual, 0
    if missing > 0:
        widths = [
            each - missing * more / sum(spare) for each, more in zip(widths, spare, strict=True)
        ]
    left, found = 0.0, []
    for each in widths:
        found.append((left, each - BETWEEN))
        left += each
    return found


def _longest(texts: Iterable[str], *, bold: bool = False) -> float:
    """Px of the longest word."""
    found = (word for text in texts for word in letters.words(text))
    return max((letters.width(word, FOOT, bold=bold) for word in found), default=0)


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
