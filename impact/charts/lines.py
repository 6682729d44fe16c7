"""A line by day for each of a few places: told apart by their dashes and named at their ends."""

from datetime import datetime

import pandas as pd
import plotly.graph_objects as go

from impact.charts import look, marks
from impact.charts.arranging import Panel
from impact.charts.labels import Box, Label
from impact.charts.look import Key
from impact.charts.panels import degrees_axis, with_gaps
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import record

# How the line of each place is drawn, and how the key says it.
DASHES = {
    "solid": "——",
    "dash": "– –",
    "dot": "····",
    "longdash": "— —",
    "dashdot": "– · –",
    "longdashdot": "— · —",
}


def lines_panel(
    rows: pd.DataFrame, rivals: pd.DataFrame, indicator: str, words: Words, theme: str
) -> Panel:
    """A stock by day in each place, one status and unit. A day without a report is a gap."""
    colour = INDICATORS[indicator].colour[theme]
    panel = Panel("", 260, highest=look.highest(rows))
    if len(rows) and rows["unit"].iat[0] == "celsius":
        panel.highest, panel.axis = None, degrees_axis(rows)
    several = rows["place"].nunique() > 1
    for (pcode, own), dash in zip(rows.groupby("place", sort=False), DASHES, strict=False):
        own = own.drop_duplicates("day").reset_index(drop=True)
        at = pd.to_datetime(own["day"])
        gaps = with_gaps(own)
        panel.traces += [
            go.Scatter(
                x=gaps["day"],
                y=gaps["value"],
                mode="lines",
                connectgaps=False,
                hoverinfo="skip",
                line={"color": colour, "width": 1.6, "dash": dash},
            ),
            marks.rival_ticks(
                rivals[rivals["claim"].isin(own["claim"])], at.set_axis(own["claim"]), colour
            ),
            *marks.ends(own, at, colour, words),
        ]
        name = PLACES[str(pcode)].name(words.language) if several else ""
        if several:
            panel.keys.append(Key(DASHES[dash], colour, name))
        panel.labels += _labels(own, at, name, words)
        panel.obstacles += _obstacles(gaps)
    return panel


def _labels(own: pd.DataFrame, at: pd.Series, name: str, words: Words) -> list[Label[datetime]]:
    """The place and its last number at the line's end, and its highest number."""
    last = len(own) - 1
    said = vocabulary.amount(record(own, last), words, unit=False)
    ends = [Label(at.iloc[last], marks.top(record(own, last)), f"{name} {said}".strip())]
    highest = int(own["value"].argmax())
    if highest != last:
        amount = vocabulary.amount(record(own, highest), words, unit=False)
        ends.append(Label(at.iloc[highest], marks.top(record(own, highest)), amount))
    return ends


def _obstacles(line: pd.DataFrame) -> list[Box[datetime]]:
    """The line itself, day by day."""
    known = line[line["value"].notna()]
    return [
        Box(day, value, day, value) for day, value in zip(known["day"], known["value"], strict=True)
    ]
