"""The map of people on a phone: the places that suffered most are named, over nobody's circle."""

import math
import re
from collections.abc import Iterator

import pytest

from impact.charts import PAGES, letters
from impact.charts.look import FOOT, LINE, PAGES_FONT
from impact.charts.map_labels import STRETCH
from impact.model import language
from impact.model.places import PLACES
from impact.views import View, draw

PHONE = PAGES[0]
# Oblasts with most killed and injured in the winter, the first by far.
GRAVEST = ("UA65", "UA63", "UA14", "UA59")


@pytest.fixture(scope="module", params=language.languages())
def chart(request, shipped):
    asked = {"indicator": ["killed"], "kind": ["toll_map"], "period": ["winter-2025"]}
    return request.param, draw(View.read(asked | {"lang": [request.param]}), shipped, PHONE).chart


def lines_of(note) -> list[str]:
    return [re.sub("<.*?>", "", line) for line in note.text.split("<br>")]


def named(chart) -> list:
    """The annotations that name a place on the map."""
    return [each for each in chart.layout.annotations if each.xref in (None, "x") and each.bgcolor]


def scale(chart) -> float:
    """Px to a degree of longitude."""
    first, last = chart.layout.xaxis.range
    margin = chart.layout.margin
    return (PHONE.width - margin.l - margin.r) / (last - first)


def circles(chart) -> Iterator[tuple[float, float, float]]:
    """Longitude, latitude and px of the radius of every circle."""
    for trace in chart.data:
        if trace.mode == "markers":
            yield from zip(trace.x, trace.y, (size / 2 for size in trace.marker.size), strict=True)


def away(note, lon: float, lat: float, px: float) -> float:
    """Px between the middle of a circle and a label."""
    at = (note.ax, note.ay) if note.showarrow else (note.x, note.y)
    wide = max(letters.width(line, FOOT) for line in lines_of(note)) * PAGES_FONT
    high = len(lines_of(note)) * FOOT * LINE
    across = max(0, abs(at[0] - lon) * px - wide / 2)
    up = max(0, abs(at[1] - lat) * STRETCH * px - high / 2)
    return math.hypot(across, up)


def test_the_places_that_suffered_most_are_named(chart):
    lang, drawn = chart
    told = [lines_of(note)[0] for note in named(drawn)]
    assert {PLACES[pcode].short(lang) for pcode in GRAVEST} <= set(told)


def test_no_name_lies_over_a_circle(chart):
    _, drawn = chart
    px = scale(drawn)
    over = [
        (lines_of(note), round(away(note, lon, lat, px)), round(radius))
        for note in named(drawn)
        for lon, lat, radius in circles(drawn)
        if away(note, lon, lat, px) < radius - 1
    ]
    assert named(drawn) and over == []


def passing(note, lon: float, lat: float, px: float) -> float:
    """Px between the middle of a circle and the line of a label."""
    return min(
        math.hypot(
            (note.x + (note.ax - note.x) * share - lon) * px,
            (note.y + (note.ay - note.y) * share - lat) * STRETCH * px,
        )
        for share in (step / 50 for step in range(51))
    )


def test_the_lines_of_the_gravest_run_over_nobody_elses_circle(chart):
    lang, drawn = chart
    px, names = scale(drawn), {PLACES[pcode].short(lang) for pcode in GRAVEST}
    leading = [note for note in named(drawn) if note.showarrow and lines_of(note)[0] in names]
    crossed = [
        lines_of(note)[0]
        for note in leading
        for lon, lat, radius in circles(drawn)
        if math.hypot(note.x - lon, note.y - lat) * px > 1
        and passing(note, lon, lat, px) < radius - 1
    ]
    assert leading and crossed == []
