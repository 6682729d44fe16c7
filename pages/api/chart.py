"""/api/chart.png and .svg: the picture of a view, if the server has a browser to draw it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial

from impact import views
from impact.address import declared, filters
from impact.model.language import N_
from impact.views import View
from pages.api import Address, Answer, Asked, Unavailable
from pictures import chromium, drawings

MIMES = {"png": "image/png", "svg": "image/svg+xml"}
# Seconds after which a picture that was not drawn in time may be asked for again.
AGAIN_IN = 20
# Pictures kept, some hundred kilobytes each.
KEPT = 64
NO_BROWSER = N_(
    "This server has no browser to draw with. The page “Make a figure” draws the same picture in "
    "your own."
)
NOT_IN_TIME = N_("The picture could not be drawn in time. Ask again soon.")


def answer(asked: Asked, *, ending: str) -> Answer:
    """The picture of the view that is asked for."""
    filters.check_days(asked.values)
    view, scale = View.of(asked.values), asked.values.of(declared.SCALE)
    picture = PICTURES.get(
        (asked.reader.snapshot, view, ending, scale), partial(_drawn, asked, view, ending, scale)
    )
    return Answer(body=picture, mime=MIMES[ending])


def _drawn(asked: Asked, view: View, ending: str, scale: int) -> bytes:
    if chromium.find() is None:
        raise Unavailable(NO_BROWSER, 501)
    picture = views.draw(view, asked.reader)
    try:
        return drawings.file(picture, ending, scale)
    except chromium.NoBrowser:
        raise Unavailable(NOT_IN_TIME, again_in=AGAIN_IN) from None


class Pictures:
    """The pictures last asked for; of too many the one that nobody asked for longest goes."""

    def __init__(self, most: int):
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, shown: Hashable, draw: Callable[[], bytes]) -> bytes:
        """The picture of what is shown; drawn if it is not at hand."""
        with self._lock:
            if shown in self._kept:
                self._kept.move_to_end(shown)
                return self._kept[shown]
        picture = draw()
        with self._lock:
            self._kept[shown] = picture
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return picture


PICTURES = Pictures(KEPT)


ADDRESSES = (
    Address(
        path="/api/chart.png",
        meaning=N_("a chart as PNG, with title, source and status in the picture"),
        answer=partial(answer, ending="png"),
        parameters=(*views.PARAMETERS, declared.SCALE),
        turns=2,
        saved=True,
        examples=("indicator=heating_loss&places=Kyiv&period=2026-01&scale=2",),
    ),
    Address(
        path="/api/chart.svg",
        meaning=N_("the same as SVG, which stays sharp at any size"),
        answer=partial(answer, ending="svg"),
        parameters=views.PARAMETERS,
        turns=2,
        saved=True,
        examples=("indicator=killed&place=Харківська область&period=winter-2025&lang=uk",),
    ),
)
