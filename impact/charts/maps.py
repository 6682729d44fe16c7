"""The map: outlines as polygons on plain axes, vector and drawn without the internet."""

import math
from collections.abc import Sequence
from functools import cache, partial
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look, map_labels
from impact.charts.frame import BY_MAP, Frame, framed
from impact.charts.look import FOOT, HATCHED, SOLID, TOKENS, Key
from impact.charts.map_labels import STRETCH, Ground, Label, Mark
from impact.charts.sheets import PAGE, WIDE, Sheet
from impact.model import places, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.wording.captions import Caption

# Degrees between which the country lies.
LONGITUDES, LATITUDES = (21.9, 40.5), (44.1, 52.6)
# Px that a map is high on a page, and on a phone: there so few names need less room around it that
# its foot, too, stands on the first screen.
WIDE_HEIGHT, HEIGHT, LOW, FEW = 440, 340, 260, 3
# Px across of the smallest circle of a city, and of one at the border of the highest class; a
# circle grows on to twice that number.
LEAST, MOST = 9, 24
# Px across of an oblast's square.
SQUARE = 8
# Places named with their numbers, those with the highest first.
LABELS = 8
# Px between the key and the map, which has no heading.
ROOM = 12


def country_map(
    areas: pd.DataFrame,
    cities: pd.DataFrame,
    indicator: str,
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet = PAGE,
    *,
    dated: bool = False,
) -> go.Figure:
    """Oblasts and cities in five absolute classes, the same every day; no data is hatched.

    areas, cities: place, value, value_high, bound, unit, claim, figure_id, and day
    dated          whether each place has a day of its own, which stands beside its number
    """
    scheme = INDICATORS[indicator]
    shades = _shades(scheme.colour[theme], len(scheme.breaks) + 1)
    known = areas.set_index("place")["value"].to_dict()
    classes = {pcode: _shade(value, scheme.breaks, shades, theme) for pcode, value in known.items()}
    traces = [outline(pcode, classes.get(pcode), theme) for pcode in outlines()]
    squares = [float(SQUARE)] * len(areas)
    drawn = partial(_points, breaks=scheme.breaks, shades=shades, words=words, theme=theme)
    traces.append(drawn(areas, size=squares, symbol="square", dated=dated))
    # The largest first, so that a smaller one beside it stays in sight.
    large = cities.sort_values("value", ascending=False)
    circles = [_across(value, scheme.breaks[-1]) for value in large["value"]]
    traces.append(drawn(large, size=circles, symbol="circle", dated=dated))
    keys = [
        Key(SOLID, shade, label, rim=TOKENS[theme]["muted"])
        for label, shade in zip(_classes(scheme.breaks, words), shades, strict=True)
    ]
    keys.append(Key(HATCHED, TOKENS[theme]["muted"], words._("no report")))
    frame = framed_map(caption, words, theme, sheet, keys)
    named = [
        _label(row, scheme.breaks[-1], words, sheet, dated)
        for row in records(_named(areas, cities))
    ]
    height = height_of(frame, len(named))
    ground = ground_of(frame.wide, height, sheet)
    spots = zip((*areas["place"], *large["place"]), (*squares, *circles), strict=True)
    marks = [Mark(PLACES[pcode].lon, PLACES[pcode].lat, across) for pcode, across in spots]
    layout = axes(ground, sheet)
    layout["annotations"] = map_labels.placed(named, marks, set(areas["place"]), ground, theme)
    return frame.around(traces, layout, height)


def framed_map(
    caption: Caption, words: Words, theme: str, sheet: Sheet, keys: Sequence[Key]
) -> Frame:
    """The frame of a map, which is nearly as high as it is wide: on a low sheet its words stand
    beside it wherever they can."""
    return framed(
        lambda each: Frame(caption, words, theme, each, keys, left=12, room=ROOM),
        sheet,
        shares=BY_MAP,
        always=True,
    )


def height_of(frame: Frame, names: int) -> float:
    """How high a map with so many names is drawn in a frame."""
    if frame.sheet.width > PAGE.width:
        return frame.plot(WIDE_HEIGHT)
    return frame.plot(LOW if names <= FEW else HEIGHT)


def axes(ground: Ground, sheet: Sheet) -> dict:
    """The layout of the two plain axes that a map stands on."""
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {
        "xaxis": hidden | {"range": ground.lons},
        "yaxis": hidden
        | {
            "range": ground.lats,
            "scaleanchor": "x",
            "scaleratio": STRETCH,
            "constraintoward": "top" if sheet.height is None else "middle",
        },
    }


def ground_of(wide: float, height: float, sheet: Sheet) -> Ground:
    """What a plot so many px wide and high shows: the country, as large as fits. What is left
    beside it, or above and below, is room for labels. A wide page has none to spare: how wide it
    really is the browser alone knows."""
    across, up = LONGITUDES[1] - LONGITUDES[0], (LATITUDES[1] - LATITUDES[0]) * STRETCH
    scale = min(wide / across, height / up)
    if sheet == WIDE:
        return Ground(LONGITUDES, LATITUDES, scale)
    beside, over = (wide / scale - across) / 2, (height / scale - up) / 2 / STRETCH
    return Ground(
        (LONGITUDES[0] - beside, LONGITUDES[1] + beside),
        (LATITUDES[0] - over, LATITUDES[1] + over),
        scale,
    )


def _named(areas: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """The places to name, the highest numbers first: cities, and oblasts of which more is said
    than of any of their cities. Where the number is none, the white of its oblast says so."""
    highest: dict[str, float] = {}
    for row in records(cities):
        oblast = PLACES[row["place"]].oblast
        highest[oblast] = max(row["value"], highest.get(oblast, 0))
    more = [row["value"] > highest.get(row["place"], 0) for row in records(areas)]
    told = pd.concat([cities[cities["value"] > 0], areas[more]])
    return told.sort_values(["value", "figure_id"], ascending=False).head(LABELS)


def _label(row: Row, much: float, words: Words, sheet: Sheet, dated: bool) -> Label:
    """A place with its number, and with the number's day where each has its own."""
    said = [vocabulary.amount(row, words, unit=False)]
    if dated:
        said.append(words.short_day(row["day"]))
    across = _across(row["value"], much) if places.is_city(row["place"]) else SQUARE
    return label(row["place"], said, across, words, sheet, between=" · ")


def label(
    pcode: str, said: Sequence[str], across: float, words: Words, sheet: Sheet, *, between: str
) -> Label:
    """A place's name over what is said of it, for its mark so many px across. A phone's map has
    more room for short lines than for one long one.

    between  what stands between the pieces of one line
    """
    place = PLACES[pcode]
    name = place.name(words.language)
    lines = [between.join(said)]
    if sheet == PAGE:
        name, lines = place.short(words.language), list(said)
    wide = max(letters.width(name, FOOT, bold=True), *(letters.width(x, FOOT) for x in lines))
    return Label(
        place.lon,
        place.lat,
        name,
        tuple(lines),
        place.oblast,
        across,
        # Pages carry a font narrower than what words are measured by.
        wide * look.PAGES_FONT if sheet.grows else wide,
    )


def _shades(colour: str, count: int) -> list[str]:
    """One hue from faint to full, faint first."""
    return [look.faint(colour, 0.14 + 0.86 * (n / (count - 1)) ** 1.15) for n in range(count)]


def _shade(value: float, breaks: Sequence[float], shades: Sequence[str], theme: str) -> str:
    """The colour of a value's class; a stated zero is the paper's, with the outline as its rim."""
    if value == 0 and breaks[0] > 0:
        return TOKENS[theme]["paper"]
    return shades[sum(value >= each for each in breaks)]


def _classes(breaks: Sequence[float], words: Words) -> list[str]:
    numbers = [words.number(each) for each in breaks]
    return [
        words._("below {limit}", limit=numbers[0]),
        *(_span(low, high, words) for low, high in pairwise(breaks)),
        words._("{limit} and more", limit=numbers[-1]),
    ]


def _span(low: float, high: float, words: Words) -> str:
    """A class of whole numbers, which shares no border with the next: "10,000–49,999"."""
    first, last = words.number(low), words.number(high - 1)
    return first if low == high - 1 else f"{first}–{last}"


def _across(value: float, much: float) -> float:
    """Px across of a city's circle, whose area is as its number; the smallest can still be met.

    much  the border of the highest class
    """
    return max(LEAST, MOST * math.sqrt(min(value / much, 2)))


@cache
def _line(pcode: str) -> tuple[list[float | None], list[float | None]]:
    """Longitudes and latitudes of an oblast's rings, one after another, with a gap after each."""
    ends = [(*ring, (None, None)) for ring in places.outlines()[pcode]]
    lons, lats = zip(*(point for ring in ends for point in ring), strict=True)
    return [*lons], [*lats]


def outlines() -> list[str]:
    """The P-codes of the outlines in the order in which they are drawn: Kyiv last, as its own lies
    within its oblast's."""
    return sorted(places.outlines(), key=lambda pcode: pcode == "UA80")


def outline(pcode: str, colour: str | None, theme: str) -> go.Scatter:
    """An oblast in a colour; hatched where nobody said anything."""
    lons, lats = _line(pcode)
    token = TOKENS[theme]
    fill: dict[str, object]
    if colour is None:
        hatch = {"shape": "/", "size": 5, "solidity": 0.12, "fillmode": "replace"}
        fill = {"fillpattern": hatch | {"fgcolor": token["muted"], "bgcolor": token["paper"]}}
    else:
        fill = {"fillcolor": colour}
    return go.Scatter(
        x=lons,
        y=lats,
        mode="lines",
        fill="toself",
        hoverinfo="skip",
        line={"color": token["muted"], "width": 0.7},
        **fill,
    )


def _points(
    rows: pd.DataFrame,
    breaks: Sequence[float],
    shades: Sequence[str],
    words: Words,
    theme: str,
    *,
    size: Sequence[float],
    symbol: str,
    dated: bool,
) -> go.Scatter:
    spots = [PLACES[pcode] for pcode in rows["place"]]
    texts = [
        look.hover_text(
            [vocabulary.amount(row, words), *([words.day(row["day"])] if dated else [])],
            bold=spot.name(words.language),
        )
        for spot, row in zip(spots, records(rows), strict=True)
    ]
    return go.Scatter(
        x=[spot.lon for spot in spots],
        y=[spot.lat for spot in spots],
        mode="markers",
        marker={
            "size": size,
            "symbol": symbol,
            "color": [_shade(value, breaks, shades, theme) for value in rows["value"]],
            "line": {"color": TOKENS[theme]["ink"], "width": 1},
        },
        customdata=rows[["claim", "figure_id"]],
        text=texts,
        hovertemplate="%{text}<extra></extra>",
    )
