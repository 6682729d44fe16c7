"""From a view to a picture: settle what is open, draw it, keep it for whoever asks next."""

import pickle
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from threading import Condition, Lock

import pandas as pd
from cachetools import LRUCache, cached

from impact.charts import Chart, NoRoom, Sheet
from impact.exports import tables
from impact.model import copies, language
from impact.model.language import N_
from impact.model.places import PLACES
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import material
from impact.views.kind import KINDS, Drawing
from impact.views.reading import InvalidView
from impact.views.view import View
from impact.wording import captions
from impact.wording.captions import Caption

# Bytes of pictures that are kept for all readers of the process; of more, those go that nobody
# asked for longest.
KEPT_BYTES = 64 * 2**20
LARGER = N_("a larger size, or shorter words of your own")
# How many views are noted that somebody asked for.
NOTED = 24
_ASKED: dict[tuple[Path, View, Sheet | None], None] = {}
_ASKING = Lock()
# Bytes in memory for each byte written: 1.3 to 3.9 were measured, most for the map's outlines.
OBJECTS = 2


@dataclass(frozen=True)
class Picture:
    """A picture, ready to be shown or saved.

    view     as it was drawn, nothing left open: its address is this picture's
    drawing  its chart, width x height px, where twice or three times as many make a sharp PNG; its
             words and figures
    name     stem of file names: place, indicator, days and the figure's id
    sheet    what it is drawn on; a page's is no file: whoever saves it draws it anew on a sheet of
             its size
    held     `found`, where its figures are at hand
    reader   who is asked for them where they are too many to be kept
    """

    view: View
    drawing: Drawing
    name: str
    sheet: Sheet
    held: pd.DataFrame | None = None
    reader: Reader | None = None

    @property
    def chart(self) -> Chart:
        """What is drawn."""
        return self.drawing.chart

    @property
    def caption(self) -> Caption:
        """The words around it."""
        return self.drawing.caption

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The figures that it is about."""
        return self._figures(self.drawing.shown)

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The figures that its marks stand for, each once."""
        beside = self.drawing.beside
        return copies.watched(
            captions.together([self.shown, None if beside is None else self._figures(beside)])
        )

    @cached_property
    def found(self) -> pd.DataFrame:
        """These and what was said beside them, as the snapshot has them; none on a page's sheet."""
        if self.held is not None:
            return self.held
        claims = [] if self.sheet.grows else KINDS[self.view.kind].claims(self.view, self._asked)
        return material.gathered(self._asked, claims)

    def _figures(self, some: pd.DataFrame | Many) -> pd.DataFrame:
        return some.read(self._asked) if isinstance(some, Many) else some

    @property
    def _asked(self) -> Reader:
        if self.reader is None:
            raise ValueError("a picture that is only kept has no reader")
        return self.reader

    @property
    def width(self) -> int:
        """Px of the chart."""
        width: float = self.chart.layout.width
        return round(width)

    @property
    def height(self) -> int:
        """Px of the chart."""
        height: float = self.chart.layout.height
        return round(height)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every figure that it draws and what was said beside, with the columns of the export."""
        return copies.watched(tables.table(self.found, self.view.rule))

    @property
    def csv(self) -> bytes:
        """Exactly its figures; `redraw` makes the same picture of them."""
        return tables.to_csv(self.rows, language.words(self.view.language))


def draw(view: View, reader: Reader, sheet: Sheet | None = None) -> Picture:
    """The picture of a view of what the reader knows; drawn once for each snapshot.

    sheet  what it is drawn on: a page's; else that of the view's size
    """
    if not reader.fixed:
        _note(reader.folder, view, sheet)
    kept = _kept(view, reader, sheet)
    return kept if kept.drawing.held else replace(kept, reader=reader)


def again(reader: Reader) -> list[Callable[[], object]]:
    """Draws the views of a store that somebody asked for last, one each, the latest first; what is
    drawn costs nothing."""
    with _ASKING:
        asked = list(_ASKED)
    return [
        partial(_kept, view, reader, sheet)
        for folder, view, sheet in reversed(asked)
        if folder == reader.folder
    ]


def _note(folder: Path, view: View, sheet: Sheet | None) -> None:
    asked = folder, view, sheet
    with _ASKING:
        _ASKED.pop(asked, None)
        _ASKED[asked] = None
        if len(_ASKED) > NOTED:
            del _ASKED[next(iter(_ASKED))]


def redraw(
    view: View, csv: bytes, known_at: datetime | None, doubts: pd.DataFrame | None = None
) -> Picture:
    """The same picture from its CSV.

    view      as the picture has it
    known_at  when its snapshot was made (UTC)
    doubts    of its figures, as queries.doubts gives them: a CSV does not say why one is held back
    """
    reader = material.reader_of(tables.from_csv(csv), known_at, doubts)
    return _drawn(view, reader)


def size(picture: Picture) -> int:
    """About how many bytes a picture takes up: objects are larger than what is written of them."""
    held = [picture.chart.to_plotly_json()]
    if picture.drawing.held:
        held += [picture.shown, picture.drawn, picture.found]
    return OBJECTS * len(pickle.dumps(held))


def keeping(most: int) -> Callable[[View, Reader, Sheet | None], Picture]:
    """What draws, and keeps so many bytes of what it has drawn. A view looks the same as long as
    the snapshot is the same. Whoever asks for what is just being drawn waits for it."""
    pictures: LRUCache[Hashable, Picture] = LRUCache(most, getsizeof=size)
    return cached(pictures, key=_key, condition=Condition())(_settled)


def _key(view: View, reader: Reader, sheet: Sheet | None) -> Hashable:
    """Language and theme are the view's."""
    return view, reader.edition, sheet


def _settled(view: View, reader: Reader, sheet: Sheet | None) -> Picture:
    """A picture to be kept: with its figures, or with nobody to ask for them. Whoever is given it
    has a reader; one of the past would stay open with it."""
    picture = _drawn(KINDS[view.kind].settled(view, reader), reader, sheet)
    held = picture.found if picture.drawing.held else None
    return copies.watched(replace(picture, held=held, reader=None))


def _drawn(view: View, reader: Reader, sheet: Sheet | None = None) -> Picture:
    sheet = sheet or view.sheet
    try:
        drawing = KINDS[view.kind].drawing(view, reader, sheet)
    except NoRoom:
        raise InvalidView("size", view.size, form=LARGER) from None
    return Picture(view, drawing, _name(view, drawing.latest), sheet, reader=reader)


def _name(view: View, figure_id: str) -> str:
    """ "kyiv-heating_loss-2026-01-01-2026-01-31-F-ABCDEFGHIJKL"; of several indicators the kind."""
    places = [PLACES[pcode].name_en.lower() for pcode in view.places[:2]]
    if len(view.places) > 2:
        places.append(f"and {len(view.places) - 2} more")
    of = view.kind if KINDS[view.kind].TOGETHER else view.indicator
    days = dict.fromkeys(each.isoformat() for each in view.period)
    stem = re.sub(r"[^a-z0-9_-]+", "-", "-".join([*places, of, *days]))
    return f"{stem}-{figure_id}" if figure_id else stem


_kept = keeping(KEPT_BYTES)
