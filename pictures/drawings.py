"""Pictures as files, and as parts of a page, drawn on the server where it can."""

from collections.abc import Sequence

from impact.views import Picture
from pictures import chromium
from pictures.compact import compact


def file(picture: Picture, ending: str, scale: int = 1, *, shown: str = "") -> bytes:
    """A picture as the bytes of a "png" or "svg", with its title and description inside.

    shown  what a PNG says of itself in its metadata, see citation.identity

    Raises chromium.NoBrowser.
    """
    return chromium.render(
        picture.chart,
        picture.width,
        picture.height,
        ending,
        scale,
        title=picture.caption.title,
        alt=picture.caption.alt,
        shown=shown,
    )


def drawn(pictures: Sequence[Picture]) -> list[str | None]:
    """Each picture as an SVG element of one page; None for those that no browser draws."""
    return [_drawn(picture, number) for number, picture in enumerate(pictures)]


def taken_over(pictures: Sequence[Picture], svgs: Sequence[str]) -> list[str]:
    """The same from what a reader's browser has drawn. Raises compact.NoDrawing."""
    return [
        compact(svg.encode(), _prefix(number), picture.caption.alt)
        for number, (picture, svg) in enumerate(zip(pictures, svgs, strict=True))
    ]


def _drawn(picture: Picture, number: int) -> str | None:
    if chromium.find() is None:
        return None
    try:
        svg = chromium.render(picture.chart, picture.width, picture.height, "svg")
    except chromium.NoBrowser:
        return None
    return compact(svg, _prefix(number), picture.caption.alt)


def _prefix(number: int) -> str:
    return f"p{number}-"
