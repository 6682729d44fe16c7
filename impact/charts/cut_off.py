"""A panel of who was cut off by day: the largest number of each, newly lost or still without."""

import pandas as pd
import plotly.graph_objects as go

from impact.charts import look, marks, panels
from impact.charts.arranging import Panel
from impact.charts.labels import Label
from impact.charts.look import DAY_MS, SOLID, TOKENS, Key
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import Row, record, records

# The keys of what was cut off, by how its marks are drawn.
LOST, WITHOUT = (SOLID, N_("newly lost")), (SOLID, N_("still without"))
OTHER = ("◇", N_("another unit, not to scale"))
# How many days of a panel are labelled.
MOST_LABELS = 2


def cut_off_panel(
    rows: pd.DataFrame,
    indicator: str,
    words: Words,
    theme: str,
    *,
    heading: str = "",
    height: int = 110,
) -> Panel:
    """The largest number of each day that were cut off: filled where newly lost, outlined where
    still without; rows of cut_off.by_day with `names`. A larger number in another unit is a hollow
    diamond below the scale."""
    each, scaled = INDICATORS[indicator], rows[rows["scaled"].astype(bool)]
    other = rows.drop(scaled.index)
    panel = Panel(heading, height, highest=look.highest(scaled))
    lost = scaled["status"] != "without"
    for some, key in ((scaled[lost], LOST), (scaled[~lost], WITHOUT)):
        if len(some):
            panel.traces.append(_bars(some, each.colour[theme], key is LOST, words))
            panel.keys.append(_plain_key(key, words, theme))
    panel.obstacles = panels.bars_over(scaled["day"], scaled["value"], DAY_MS * look.FILLED)
    worst = scaled.sort_values("size", ascending=False).head(MOST_LABELS)
    panel.labels = [
        Label(
            row["day"],
            row["value"],
            vocabulary.amount(row, words, unit=not number),
            short=vocabulary.amount(row, words, unit=False),
        )
        for number, row in enumerate(records(worst))
    ]
    if len(other):
        panel.keys.append(_plain_key(OTHER, words, theme))
        panel.traces.append(_other_units(other, each.colour[theme], words))
        most = record(other.sort_values("size", ascending=False))
        # More than any bar says: the reader must not take the highest bar for the worst.
        if worst.empty or most["size"] > worst["size"].max():
            panel.labels.insert(0, Label(most["day"], 0, vocabulary.amount(most, words), led=True))
    return panel


def _plain_key(key: tuple[str, str], words: Words, theme: str) -> Key:
    """A key for several panels of other colours."""
    glyph, label = key
    ink = TOKENS[theme]["ink"]
    if key is WITHOUT:
        return Key(glyph, look.faint(ink, marks.WITHOUT), words._(label), rim=ink)
    return Key(glyph, ink, words._(label))


def _bars(rows: pd.DataFrame, colour: str, lost: bool, words: Words) -> go.Bar:
    above = rows["value_high"].fillna(rows["value"]) - rows["value"]
    marker: dict = {"color": colour if lost else look.faint(colour, marks.WITHOUT)}
    if not lost:
        marker["line"] = {"color": colour, "width": 1}
    return go.Bar(
        x=rows["day"],
        width=DAY_MS * look.FILLED,
        y=rows["value"],
        marker=marker,
        error_y={"type": "data", "array": above, "thickness": 1, "width": 0, "color": colour},
        customdata=rows[["claim", "figure_id"]],
        text=[_hover(row, words) for row in records(rows)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )


def _other_units(rows: pd.DataFrame, colour: str, words: Words) -> go.Scatter:
    return go.Scatter(
        x=rows["day"],
        y=[0] * len(rows),
        mode="markers",
        cliponaxis=False,
        marker={"symbol": "diamond-open", "size": 7, "color": colour, "line": {"width": 1.2}},
        customdata=rows[["claim", "figure_id"]],
        hovertext=[_hover(row, words) for row in records(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(row: Row, words: Words) -> str:
    told = INDICATORS[row["indicator"]].says(row["status"], words.language)
    return look.hover_text(
        [words.day(row["day"]), row["names"]], bold=f"{vocabulary.amount(row, words)}, {told}"
    )
