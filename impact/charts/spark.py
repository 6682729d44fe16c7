"""The small line of a card: the course of a period, without axes, words or colours of its own."""

from collections.abc import Sequence

# Units of its own: the page stretches it to the width of the card.
WIDTH, HEIGHT, EDGE = 200.0, 56.0, 3.0


def line(values: Sequence[float]) -> str:
    """An SVG of the values at equal distances, in the colour of the text around it.

    It repeats numbers that stand beside it, so that it says nothing to assistive software.
    """
    low, high = min(values), max(values)
    step, scale = WIDTH / max(1, len(values) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    points = " ".join(
        f"{number * step:.1f},{HEIGHT - EDGE - (value - low) * scale:.1f}"
        for number, value in enumerate(values)
    )
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none" '
        f'aria-hidden="true"><polyline points="{points}"/></svg>'
    )
