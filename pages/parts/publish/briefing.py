"""The parts of the Brief page: what it is about, and the file to look at and to take away.

The pictures are drawn by a browser on the server or, where there is none, by the reader's own,
which sends them here; until then, and where neither can, tables stand in their place.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from impact import brief, charts, queries
from impact.address import declared
from impact.brief import Brief
from impact.brief.content import Period
from impact.model import copies, dates, language
from impact.model.indicators import IMPACTS
from impact.model.language import N_
from impact.model.places import PLACES
from impact.store.reader import Reader
from impact.views import Picture, citation
from impact.wording import markup
from impact.wording.markup import Html
from pages.parts.explore import filters, lead
from pages.parts.shell import address, script, session
from pages.parts.shell import screen as st
from pictures import chromium, drawings
from pictures.compact import NoDrawing

LENGTHS = {"day": N_("One day"), "week": N_("A week")}
# Days that a brief is mostly asked for.
DAYS = (N_("The winter’s worst day: {day}."), N_("The last day with a report: {day}."))
# The page's own language stands under `lang`; the brief may be in another.
_LANGUAGE = declared.WRITTEN_IN.name
_KEY, _DRAWN = "brief", "_brief_drawn"
_sheet = script.drawing_component(__file__)


def choose() -> tuple[str, tuple[date, date], str]:
    """Area, first and last day, and language of the brief."""
    words, reader = session.words(), session.reader()
    area = filters.choose_place(IMPACTS, default="UA")
    length = address.choose(
        st.segmented_control,
        words._("Length"),
        list(declared.LENGTH.form.options),
        key="length",
        show=lambda each: words._(LENGTHS[each]),
        required=True,
    )
    worst, last = brief.opening(reader, area), brief.latest(reader, area)
    usual = worst or queries.extent(reader).last or dates.now().date()
    day = address.choose_day(words._("Day"), key="day", default=usual, follows=True)
    chosen = address.choose(
        st.segmented_control,
        words._("Language of the brief"),
        list(language.languages()),
        key=_LANGUAGE,
        default=words.language,
        show=language.own_name,
        required=True,
    )
    lead.say(
        [
            _way(label, other)
            for label, other in zip(DAYS, (worst, last), strict=True)
            if other and other != day
        ]
    )
    return area.pcode, brief.period(day, length), chosen


def _way(label: str, day: date) -> Html:
    """The way to the brief of another day."""
    words = session.words()
    kept = address.along("place", "length", _LANGUAGE) | session.along()
    asked = urlencode(kept | {"day": day.isoformat()})
    return markup.anchor(words._(label, day=words.day(day)), asked)


def offer(asked: tuple[str, tuple[date, date], str]) -> None:
    """The brief with its button, how to print it, and a preview."""
    words, reader = session.words(), session.reader()
    with st.spinner(words._("Writing the brief …"), show_time=False):
        key = (reader, reader.snapshot, *asked)
        told = _gathered(*key)
        drawn, wanted = _drawings(told, key[1:])
        page = _page(key, drawn)
    st.download_button(
        words._("Download the brief (HTML)"),
        page,
        file_name=brief.file_name(told),
        mime="text/html",
        type="primary",
        on_click="ignore",
    )
    st.caption(
        words._(
            "One file that opens without a server. To print it or to keep it as PDF, open it and "
            "choose Print: A4, upright, two pages; leave margins and scale as they are."
        )
    )
    _sheet(
        key=_KEY,
        data={
            "html": page,
            "title": words._("Preview of the brief"),
            "version": charts.VERSION,
            "drawing": words._("Drawing …"),
            "failed": words._(
                "Your browser did not draw the pictures: tables stand in their place. Reload the "
                "page to try again."
            ),
            **wanted,
        },
        on_drawn_change=_keep,
    )


@lru_cache(maxsize=32)
def _gathered(reader: Reader, _snapshot: str, pcode: str, period: Period, language: str) -> Brief:
    return copies.watched(brief.gather(reader, PLACES[pcode], period, language))


def _page(key: tuple, drawn: Sequence[str | None]) -> str:
    """The file, with links to this dashboard as it was known at the moment that the page shows."""
    gone_back, now = session.past(), dates.now()
    at = gone_back.at if gone_back else citation.pin(_gathered(*key).known_at or now, now)
    base = (st.context.url or "").split("?")[0].rsplit("/", 1)[0]
    return _written(key, tuple(drawn), base, at)


@lru_cache(maxsize=16)
def _written(key: tuple, drawn: Sequence[str | None], base: str, at: datetime) -> str:
    """A file is some 0.2 MB and takes 70 ms to write, at each click of a reader who looks at it."""
    return brief.write(_gathered(*key), drawn, base=base, at=at)


def _drawings(told: Brief, key: tuple) -> tuple[Sequence[str | None], dict]:
    """The drawings that are there, and those that the reader's browser is asked to make."""
    if chromium.find():
        return _KEPT.of(key, told.pictures), {}
    name = hashlib.sha256(repr(key).encode()).hexdigest()
    sent = st.session_state.get(_DRAWN) or {}
    if sent.get("key") == name:
        try:
            return drawings.taken_over(told.pictures, sent["svgs"]), {}
        except (NoDrawing, ValueError):
            st.session_state.pop(_DRAWN)
    return [None] * len(told.pictures), {
        "key": name,
        "figures": [_figure(picture) for picture in told.pictures],
    }


def _figure(picture: Picture) -> dict:
    return {
        "figure": json.loads(charts.to_save(picture.chart)),
        "width": picture.width,
        "height": picture.height,
    }


def _keep() -> None:
    """Keeps the browser's drawings. They arrive before the page runs, which then shows them."""
    st.session_state[_DRAWN] = st.session_state[_KEY].drawn


class _Kept:
    """The drawings of the latest briefs, about a hundred kilobytes each."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[tuple, Sequence[str | None]] = {}

    def of(self, key: tuple, some: Sequence[Picture]) -> Sequence[str | None]:
        """The drawings of a brief; one that could not be drawn is tried again next time."""
        if key in self._kept:
            return self._kept[key]
        found = drawings.drawn(some)
        if all(found):
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.pop(next(iter(self._kept)), None)
        return found


_KEPT = _Kept(32)
