"""/api/chart.png and .svg: the picture of a view, if the server has a browser to draw it."""

from collections.abc import Callable, Hashable
from functools import partial
from threading import Condition

from cachetools import LRUCache, cached

from impact import views
from impact.address import declared, filters
from impact.model.language import N_
from impact.views import View, citation
from pages.api import Address, Answer, Asked, Unavailable
from pictures import chromium, drawings

MIMES = {"png": "image/png", "svg": "image/svg+xml"}
# Seconds after which a picture that was not drawn in time may be asked for again.
AGAIN_IN = 20
# Bytes of pictures that are kept for all who ask; of more, those go that nobody asked for longest.
# One has some hundred kilobytes, at three times the size a megabyte.
KEPT_BYTES = 32 * 2**20
NO_BROWSER = N_(
    "This server has no browser to draw with. The page “Make a figure” draws the same picture in "
    "your own."
)
NOT_IN_TIME = N_("The picture could not be drawn in time. Ask again soon.")


def answer(asked: Asked, *, ending: str) -> Answer:
    """The picture of the view that is asked for."""
    filters.check_days(asked.values)
    view, scale = View.of(asked.values), asked.values.of(declared.SCALE)
    picture = _kept(
        (asked.reader.snapshot, view, ending, scale), partial(_drawn, asked, view, ending, scale)
    )
    return Answer(body=picture, mime=MIMES[ending])


def _drawn(asked: Asked, view: View, ending: str, scale: int) -> bytes:
    if chromium.find() is None:
        raise Unavailable(NO_BROWSER, 501)
    picture = views.draw(view, asked.reader)
    try:
        shown = citation.identity(picture, asked.reader)
        return drawings.file(picture, ending, scale, shown=shown)
    except chromium.NoBrowser:
        raise Unavailable(NOT_IN_TIME, again_in=AGAIN_IN) from None


def keeping(most: int) -> Callable[[Hashable, Callable[[], bytes]], bytes]:
    """What gives a picture by its name, drawn by the function beside it if it is not at hand, and
    keeps so many bytes. Whoever asks for what is just being drawn waits for it."""
    kept: LRUCache[Hashable, bytes] = LRUCache(most, getsizeof=len)
    return cached(kept, key=lambda shown, _draw: shown, condition=Condition())(_draw)


def _draw(_shown: Hashable, draw: Callable[[], bytes]) -> bytes:
    return draw()


_kept = keeping(KEPT_BYTES)


ADDRESSES = (
    Address(
        path="/api/chart.png",
        meaning=N_("a chart as PNG, with title, source and status in the picture"),
        answer=partial(answer, ending="png"),
        parameters=(*views.PARAMETERS, declared.SCALE),
        mime=MIMES["png"],
        turns=2,
        saved=True,
        examples=("indicator=heating_loss&places=Kyiv&period=2026-01&scale=2",),
    ),
    Address(
        path="/api/chart.svg",
        meaning=N_("the same as SVG, which stays sharp at any size"),
        answer=partial(answer, ending="svg"),
        parameters=views.PARAMETERS,
        mime=MIMES["svg"],
        turns=2,
        saved=True,
        examples=("indicator=killed&place=Харківська область&period=winter-2025&lang=uk",),
    ),
)
