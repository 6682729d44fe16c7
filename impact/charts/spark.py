"""Small drawings without axes, words or colours of their own: the line of a card, the strokes of a
row in a list."""

import math
from collections.abc import Mapping

import pandas as pd

# Units of its own: the page stretches it to the width of the card.
WIDTH, HEIGHT, EDGE = 200.0, 56.0, 3.0


def line(series: pd.DataFrame) -> str:
    """A number by day (columns date, ISO, and value) as an SVG, from the first day to the last.

    It is joined from day to day only, and breaks where nobody reported.
    """
    days = pd.to_datetime(series["date"])
    by_day = series.assign(day=days).groupby("day")["value"].max()
    whole = by_day.reindex(pd.date_range(days.min(), days.max()))
    low, high = by_day.min(), by_day.max()
    step, scale = WIDTH / max(1, len(whole) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    moves, pen_up = [], True
    for number, value in enumerate(whole):
        if math.isnan(value):
            pen_up = True
            continue
        at = f"{number * step:.1f},{HEIGHT - EDGE - (value - low) * scale:.1f}"
        # A line of no length, with round ends, is a dot: a day that stands alone.
        moves.append(f"M{at}L{at}" if pen_up else f"L{at}")
        pen_up = False
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'preserveAspectRatio="none"><path d="{"".join(moves)}" fill="none" stroke="black" '
        'stroke-width="2" stroke-linejoin="round" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )


def strokes(values: Mapping[int, float], days: int, most: float) -> str:
    """A stroke for each day that has a number (day from 0 -> number) as an SVG of so many days.

    most  the number that is as high as the drawing; what is more is cut off there
    """
    step = WIDTH / max(1, days)
    moves = "".join(
        f"M{(number + 0.5) * step:.1f},{HEIGHT:g}V{HEIGHT * (1 - min(1, value / most)):.0f}"
        for number, value in values.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'preserveAspectRatio="none"><path d="{moves}" stroke="black" stroke-width="2" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )
