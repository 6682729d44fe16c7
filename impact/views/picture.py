"""From a view to a picture: settle what is open, draw it, keep it for whoever asks next."""

import pickle
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Condition

import pandas as pd
from cachetools import LRUCache, cached

from impact.charts import Chart, Sheet
from impact.exports import tables
from impact.model import language
from impact.model.places import PLACES
from impact.store.reader import Reader
from impact.views import material
from impact.views.kind import KINDS
from impact.views.view import View
from impact.wording import captions
from impact.wording.captions import Caption

# Bytes of pictures that are kept for all readers of the process; of more, those go that nobody
# asked for longest.
KEPT_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Picture:
    """A picture, ready to be shown or saved.

    view    as it was drawn, nothing left open: its address is this picture's
    chart   the chart, width x height px; twice or three times as many make a sharp PNG
    shown   the figures that it is about
    drawn   all figures that its marks stand for
    found   these and what was said beside them, as the snapshot has them
    name    stem of file names: place, indicator, days and the figure's id
    """

    view: View
    chart: Chart
    caption: Caption
    shown: pd.DataFrame
    drawn: pd.DataFrame
    found: pd.DataFrame
    name: str

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
        return tables.table(self.found, self.view.rule)

    @property
    def csv(self) -> bytes:
        """Exactly its figures; `redraw` makes the same picture of them."""
        return tables.to_csv(self.rows, language.words(self.view.language))


def draw(view: View, reader: Reader, sheet: Sheet | None = None) -> Picture:
    """The picture of a view of what the reader knows; drawn once for each snapshot.

    sheet  what it is drawn on: a page's; else that of the view's size
    """
    return _kept(view, reader, sheet or view.sheet)


def redraw(
    view: View, csv: bytes, known_at: datetime | None, doubts: pd.DataFrame | None = None
) -> Picture:
    """The same picture from its CSV.

    view      as the picture has it
    known_at  when its snapshot was made (UTC)
    doubts    of its figures, as queries.doubts gives them: a CSV does not say why one is held back
    """
    reader = material.reader_of(tables.from_csv(csv), known_at, doubts)
    return _drawn(view, reader, view.sheet)


def size(picture: Picture) -> int:
    """About how many bytes a picture takes up."""
    held = (picture.chart.to_plotly_json(), picture.shown, picture.drawn, picture.found)
    return len(pickle.dumps(held))


# A reader who asks for what is just being drawn waits for it.
@cached(
    LRUCache(KEPT_BYTES, getsizeof=size),
    key=lambda view, reader, sheet: (view, reader.edition, sheet),
    condition=Condition(),
)
def _kept(view: View, reader: Reader, sheet: Sheet) -> Picture:
    return _drawn(KINDS[view.kind].settled(view, reader), reader, sheet)


def _drawn(view: View, reader: Reader, sheet: Sheet) -> Picture:
    kind = KINDS[view.kind]
    drawing = kind.drawing(view, reader, sheet)
    found = material.gathered(reader, kind.claims(view, reader))
    name = _name(view, captions.latest(drawing.shown))
    return Picture(view, drawing.chart, drawing.caption, drawing.shown, drawing.drawn, found, name)


def _name(view: View, figure_id: str) -> str:
    """ "kyiv-heating_loss-2026-01-01-2026-01-31-F-ABCDEFGHIJKL"; of several indicators the kind."""
    places = [PLACES[pcode].name_en.lower() for pcode in view.places[:2]]
    if len(view.places) > 2:
        places.append(f"and {len(view.places) - 2} more")
    of = view.kind if KINDS[view.kind].TOGETHER else view.indicator
    days = dict.fromkeys(each.isoformat() for each in view.period)
    stem = re.sub(r"[^a-z0-9_-]+", "-", "-".join([*places, of, *days]))
    return f"{stem}-{figure_id}" if figure_id else stem
