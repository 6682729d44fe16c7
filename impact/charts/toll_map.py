"""The map of people: a circle for each oblast, its area as the number of killed and injured."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from impact.charts import look, map_labels, maps, marks
from impact.charts.look import HATCHED, TOKENS, Key
from impact.charts.map_labels import STRETCH, Mark
from impact.charts.sheets import PAGE, Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import NN_, Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.wording.captions import Caption

# Degrees of longitude that the radius of the largest and of the smallest circle has.
LARGEST, SMALLEST = 1.1, 0.13
# Those drawn, the larger number first: killed stand within the injured.
DRAWN = ("injured", "killed")
# Corners of a circle, and places that are named with their numbers.
CORNERS, LABELS = 48, 10
# Px that a name's line may be longer so that the name stands on no land.
ON_LAND = 30
# How a number of people is said on the map.
COUNTED = {
    "killed": NN_("{count} killed", "{count} killed"),
    "injured": NN_("{count} injured", "{count} injured"),
}


def toll_map(
    tolls: pd.DataFrame, caption: Caption, words: Words, theme: str, sheet: Sheet = PAGE
) -> go.Figure:
    """Killed solid in the middle of injured hatched, both on one scale; an oblast of which nobody
    said anything is hatched.

    tolls: place, indicator, value, value_high, bound, unit, days, claim, figure_id.
    """
    told, token = set(tolls["place"]), TOKENS[theme]
    traces = [
        maps.outline(pcode, look.faint(token["muted"], 0.1) if pcode in told else None, theme)
        for pcode in maps.outlines()
    ]
    keys = [marks.toll_key(each, words, theme) for each in reversed(DRAWN)]
    keys.append(Key(HATCHED, token["muted"], words._("no report")))
    frame = maps.framed_map(caption, words, theme, sheet, keys)
    height = maps.height_of(frame, min(LABELS, len(told)))
    ground = maps.ground_of(frame.wide, height, sheet)
    most = tolls["value"].max() if len(tolls) else 1
    radii = {
        (row["place"], row["indicator"]): _radius(row["value"], most) for row in records(tolls)
    }
    # Circles may lie over each other: the large ones first, so that a small one stays in sight.
    rows = sorted(records(tolls), key=lambda row: (row["indicator"] != "injured", -row["value"]))
    traces += [_circle(row, radii[row["place"], row["indicator"]], theme) for row in rows]
    for indicator in DRAWN:
        some = [row for row in rows if row["indicator"] == indicator]
        sizes = [2 * ground.scale * radii[row["place"], indicator] for row in some]
        traces.append(_to_choose(some, sizes, words))
    across = {
        pcode: 2 * ground.scale * max(r for (place, _), r in radii.items() if place == pcode)
        for pcode in told
    }
    placed = [Mark(PLACES[pcode].lon, PLACES[pcode].lat, px) for pcode, px in across.items()]
    named = [
        maps.label(pcode, _numbers(own, words), across[pcode], words, sheet, between=", ")
        for pcode, own in _named(tolls)
    ]
    layout = maps.axes(ground, sheet)
    # The land says nothing of its own here: a name may stand on any.
    layout["annotations"] = map_labels.placed(named, placed, (), ground, theme, on_land=ON_LAND)
    return frame.around(traces, layout, height)


def _radius(value: float, most: float) -> float:
    """Degrees of longitude: the circle's area is as the number."""
    return max(SMALLEST, LARGEST * math.sqrt(value / most)) if value else 0.0


def _circle(row: Row, radius: float, theme: str) -> go.Scatter:
    """A circle on the land itself: it grows as the map does."""
    place, colour = PLACES[row["place"]], INDICATORS[row["indicator"]].colour[theme]
    turn = np.linspace(0, 2 * math.pi, CORNERS)
    if row["indicator"] == "killed":
        fill: dict[str, object] = {"fillcolor": colour}
    else:
        paper = TOKENS[theme]["paper"]
        hatch = {"shape": "/", "size": 5, "solidity": 0.25, "fillmode": "replace"}
        fill = {"fillpattern": hatch | {"fgcolor": colour, "bgcolor": paper}}
    return go.Scatter(
        x=place.lon + radius * np.cos(turn),
        y=place.lat + radius / STRETCH * np.sin(turn),
        mode="lines",
        fill="toself",
        line={"color": colour, "width": 1},
        hoverinfo="skip",
        **fill,
    )


def _to_choose(rows: Sequence[Row], sizes: Sequence[float], words: Words) -> go.Scatter:
    """What is pointed at and chosen: unseen marks over the circles, with their evidence."""
    spots = [PLACES[row["place"]] for row in rows]
    return go.Scatter(
        x=[spot.lon for spot in spots],
        y=[spot.lat for spot in spots],
        mode="markers",
        marker={"size": list(sizes), "opacity": 0},
        customdata=[(row["claim"], row["figure_id"]) for row in rows],
        text=[_hover(row, words) for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(row: Row, words: Words) -> str:
    title = INDICATORS[row["indicator"]].title[words.language]
    amount = vocabulary.amount(row, words, unit=False)
    days = words.plural("on {count} day", "on {count} days", row["days"])
    name = PLACES[row["place"]].name(words.language)
    return look.hover_text([f"{title}: {amount}, {days}"], bold=name)


def _named(tolls: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The places with most killed and injured, the worst first, each with its tolls."""
    size = tolls.groupby("place")["value"].sum().sort_values(ascending=False, kind="stable")
    return [(str(pcode), tolls[tolls["place"] == pcode]) for pcode in size.index[:LABELS]]


def _numbers(own: pd.DataFrame, words: Words) -> list[str]:
    """ "78 killed", "548 injured". That sums are at least stands in the subtitle."""
    values = own.set_index("indicator")["value"]
    return [
        words.plural(*forms, values[each])
        for each, forms in COUNTED.items()
        if each in values.index
    ]
