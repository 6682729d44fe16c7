"""From a view to a picture: settle what is open, gather the figures, draw them."""

import re
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from impact import queries
from impact.charts import Chart
from impact.exports import tables
from impact.model import language
from impact.model.places import PLACES
from impact.store.reader import Reader
from impact.views import material
from impact.views.kinds import KINDS
from impact.views.view import View
from impact.wording import captions
from impact.wording.captions import Caption


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, ready to be shown or saved.

    view           as it was drawn, nothing left open: its address is this picture's
    figure         the chart, width x height px; twice or three times as many make a sharp PNG
    rows           every figure it draws and what was said beside, with the columns of the export
    shown          those of them that it is about, as pages have figures
    name           stem of file names: place, indicator, days and the figure's id
    """

    view: View
    figure: Chart
    caption: Caption
    rows: pd.DataFrame
    shown: pd.DataFrame
    name: str

    @property
    def width(self) -> int:
        """Px of the chart."""
        return round(self.figure.layout.width)

    @property
    def height(self) -> int:
        """Px of the chart."""
        return round(self.figure.layout.height)

    @property
    def csv(self) -> bytes:
        """Exactly its figures; `redraw` makes the same picture of them."""
        return tables.to_csv(self.rows, language.words(self.view.language))


def draw(view: View, reader: Reader) -> Picture:
    """The picture of a view of what the reader knows."""
    kind = KINDS[view.kind]
    settled = kind.settled(view, reader)
    rows = material.gathered(reader, kind.claims(settled, reader), settled.rule)
    return _picture(settled, rows, queries.extent(reader).built_at)


def redraw(view: View, csv: bytes, known_at: datetime | None) -> Picture:
    """The same picture from its CSV. `view` as the picture has it; known_at in UTC."""
    return _picture(view, tables.from_csv(csv), known_at)


def _picture(view: View, rows: pd.DataFrame, known_at: datetime | None) -> Picture:
    figure, caption, shown = KINDS[view.kind].drawing(view, material.ranked(rows), known_at)
    return Picture(view, figure, caption, rows, shown, _name(view, captions.latest(shown)))


def _name(view: View, figure_id: str) -> str:
    """ "kyiv-heating_loss-2026-01-01-2026-01-31-F-ABCDEFGHIJKL"."""
    places = [PLACES[pcode].name_en.lower() for pcode in view.places[:2]]
    if len(view.places) > 2:
        places.append(f"and {len(view.places) - 2} more")
    days = dict.fromkeys((view.first.isoformat(), view.last.isoformat()))
    stem = re.sub(r"[^a-z0-9_-]+", "-", "-".join([*places, view.indicator, *days]))
    return f"{stem}-{figure_id}" if figure_id else stem
