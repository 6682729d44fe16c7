"""The small line of a card: the course of a period, without axes, words or colours of its own."""

from collections.abc import Sequence
from urllib.parse import quote

# Units of its own: the page stretches it to the width of the card.
WIDTH, HEIGHT, EDGE = 200.0, 56.0, 3.0


def line(values: Sequence[float]) -> str:
    """The values at equal distances, as a mask (SVG) over the colour of the text around it.

    It repeats numbers that stand beside it, so that it says nothing to assistive software.
    """
    low, high = min(values), max(values)
    step, scale = WIDTH / max(1, len(values) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    points = " ".join(
        f"{number * step:.1f},{HEIGHT - EDGE - (value - low) * scale:.1f}"
        for number, value in enumerate(values)
    )
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
        f'preserveAspectRatio="none"><polyline points="{points}" fill="none" stroke="black" '
        'stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
    )
    mask = f"url(data:image/svg+xml,{quote(drawn)})"
    return f'<div class="spark" aria-hidden="true" style="mask-image: {mask}"></div>'
