"""/api/chart.png and .svg: the picture of a view, if the server has a browser to draw it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial

from impact import views
from impact.address import filters
from impact.address.parameters import Parameter, WrongParameter, line, one_of, whole
from impact.charts import SIZES, THEMES
from impact.model.indicators import IMPACTS
from impact.model.language import N_, Words
from impact.store import as_of
from impact.views import KINDS, InvalidView, View
from impact.views.view import LONGEST_NOTE, LONGEST_TITLE
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
    view, scale = _view(asked), asked.values.get("scale", 1)
    picture = PICTURES.get(
        (asked.reader.snapshot, view, ending, scale), partial(_drawn, asked, view, ending, scale)
    )
    return Answer(body=picture, mime=MIMES[ending])


def _view(asked: Asked) -> View:
    filters.check_days(asked.values)
    given: dict[str, list[str]] = {}
    for name, text in asked.given:
        if name != "scale":
            given.setdefault(name, []).append(text)
    if moment := asked.values["asof"]:
        given["asof"] = [as_of.write(moment)]
    try:
        return View.read(given)
    except InvalidView as invalid:
        raise WrongView(invalid) from None


class WrongView(WrongParameter):
    """Parameters that are right each by itself and make no view."""

    def __init__(self, invalid: InvalidView):
        super().__init__(str(invalid), invalid.parameter, invalid.given)
        self.invalid = invalid

    def told(self, words: Words) -> dict:
        """What is wrong and what would be right, in the reader's language."""
        return {
            "error": self.invalid.says(words),
            "parameter": self.parameter,
            "given": self.given[:60],
            "allowed": self.invalid.options(words),
        }


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


_SHARED = {each.name: each for each in filters.FILTERS}
PARAMETERS = (
    replace(_SHARED["indicator"], meaning=N_("what is counted; must be given"), **one_of(IMPACTS)),
    Parameter(
        name="kind",
        meaning=N_("how it is drawn; what is usual for the indicator when left out"),
        **one_of(KINDS),
    ),
    replace(
        _SHARED["places"],
        meaning=N_("may stand several times; where a reader expects when left out"),
        most=max(each.MOST_PLACES for each in KINDS.values()),
    ),
    filters.PLACE,
    filters.PERIOD_OF_VIEW,
    _SHARED["from"],
    _SHARED["to"],
    filters.ONE_DAY,
    filters.EVENT,
    replace(_SHARED["unit"], meaning=N_("unit as printed; the most frequent when left out")),
    _SHARED["status"],
    replace(_SHARED["people"], meaning=N_("whose toll; all people when left out")),
    filters.RULE,
    Parameter(name="title", meaning=N_("your own title"), **line(LONGEST_TITLE)),
    Parameter(name="note", meaning=N_("your own note in the foot"), **line(LONGEST_NOTE)),
    Parameter(
        name="size", meaning=N_("article is 1200 × 675 pixels"), default="article", **one_of(SIZES)
    ),
    Parameter(name="theme", meaning=N_("on white or on dark"), default="light", **one_of(THEMES)),
    filters.ASOF,
    filters.LANG,
)
SCALE = Parameter(
    name="scale", meaning=N_("how many times as many pixels"), default=1, **whole(1, 3)
)
ADDRESSES = (
    Address(
        path="/api/chart.png",
        meaning=N_("a chart as PNG, with title, source and status in the picture"),
        answer=partial(answer, ending="png"),
        parameters=(*PARAMETERS, SCALE),
        turns=2,
        saved=True,
        examples=("indicator=heating_loss&places=Kyiv&period=2026-01&scale=2",),
    ),
    Address(
        path="/api/chart.svg",
        meaning=N_("the same as SVG, which stays sharp at any size"),
        answer=partial(answer, ending="svg"),
        parameters=PARAMETERS,
        turns=2,
        saved=True,
        examples=("indicator=killed&place=Харківська область&period=winter-2025&lang=uk",),
    ),
)
