"""/embed: a picture in a frame of somebody else's page. It runs no script and fits its frame.

The frame shows the picture that /api/chart.svg gives, in two sizes and, unless the address says
otherwise, for light and for dark: the reader's browser takes the one that fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from impact import views
from impact.address import declared, filters
from impact.model.language import N_
from impact.views import View, citation
from impact.views.kind import sizes_of
from impact.wording import markup
from impact.wording.markup import Html
from pages.api import Address, Answer, Asked, Unavailable
from pages.api.chart import NO_BROWSER
from pictures import chromium

_PAGE, _SOURCE = (Path(__file__).with_name(name) for name in ("embed.html", "embed_source.html"))
MIME = "text/html; charset=utf-8"
PICTURE, FIGURE = "/api/chart.svg", "/figure"
# A frame narrower than this many px takes the size that is as high as it is wide.
NARROW, HIGH = 520, "square"
# This page alone may stand in anybody's frame. It fetches pictures from here and nothing else.
_FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors *"
    )
}


def answer(asked: Asked) -> Answer:
    """The page of the view that is asked for."""
    filters.check_days(asked.values)
    view = View.of(asked.values)
    if chromium.find() is None:
        raise Unavailable(NO_BROWSER, 501)
    picture = views.draw(view, asked.reader)
    given = {name for name, _ in asked.given}
    themes = [view.theme] if declared.THEME.name in given else ["light", "dark"]
    body = markup.filled(
        _PAGE,
        language=view.language,
        schemes=" ".join(themes),
        title=picture.caption.title,
        image=_address(asked.base, PICTURE, replace(view, theme=themes[0])),
        alt=citation.alt(picture, asked.reader),
        page=_address(asked.base, FIGURE, view),
        link=asked.words._("Who said it, other claims and the numbers"),
        sources=markup.joined("", _sources(asked.base, view, themes, declared.SIZE.name in given)),
    )
    return Answer(body=body.encode(), mime=MIME, headers=_FRAMED)


def _sources(base: str, view: View, themes: Sequence[str], sized: bool) -> Iterator[Html]:
    """What the browser takes instead, by the frame's width and the reader's theme."""
    narrow = not sized and HIGH in sizes_of(view.kind)
    for size in (HIGH, view.size) if narrow else (view.size,):
        within = f"(max-width: {NARROW}px)" if size != view.size else ""
        for theme in reversed(themes):
            seen = f"(prefers-color-scheme: {theme})" if len(themes) > 1 else ""
            media = " and ".join(each for each in (within, seen) if each)
            picture = _address(base, PICTURE, replace(view, size=size, theme=theme))
            if media:
                yield markup.filled(_SOURCE, media=media, picture=picture)


def _address(base: str, path: str, view: View) -> str:
    return citation.address(f"{base}{path}", view.parameters())


ADDRESSES = (
    Address(
        path="/embed",
        meaning=N_("a chart for a frame in another page: picture, source and a link, no script"),
        answer=answer,
        parameters=views.PARAMETERS,
        turns=2,
        mime=MIME,
        examples=("indicator=heating_loss&places=Kyiv&period=2026-01",),
    ),
)
