"""What every kind of picture has, and the list of kinds.

A kind is a module of impact/views/kinds: the folder is the list, and fills KINDS. The View looks
here what a kind can show, so that kinds may know the View.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from impact.address import declared
from impact.charts import SIZES, Chart, Sheet
from impact.model.indicators import Indicator
from impact.queries.many import Gist, Many
from impact.store.reader import Reader
from impact.wording import captions
from impact.wording.captions import Caption

if TYPE_CHECKING:
    from impact.views.view import View


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its words and its figures.

    shown   the figures that it is about
    beside  what else it draws: nights with launches, degrees
    gist    what is said of the figures where they are many, and read when somebody asks
    """

    chart: Chart
    caption: Caption
    shown: pd.DataFrame | Many
    beside: pd.DataFrame | Many | None = None
    gist: Gist | None = None

    @property
    def latest(self) -> str:
        """The id of the figure stated last; empty without figures."""
        if isinstance(self.shown, pd.DataFrame):
            return captions.latest(self.shown)
        return str(self.gist.latest["figure_id"]) if self.gist and self.gist.latest else ""

    @property
    def held(self) -> bool:
        """Whether its figures are at hand."""
        return not isinstance(self.shown, Many)


class Kind(Protocol):
    """A kind of picture.

    TITLE        its name, a message to translate
    MOST_PLACES  how many places it can show
    LEVELS       the levels of these places
    SHEETS       the sizes of pictures that it fills
    WHOLE_WINTER whether it shows the winter of the latest days where a view names no days
    TOGETHER     the indicators that it always shows together; empty where it shows the view's own
    """

    TITLE: str
    MOST_PLACES: int
    LEVELS: Collection[str]
    SHEETS: Collection[str]
    WHOLE_WINTER: bool
    TOGETHER: tuple[str, ...]

    def fits(self, indicator: Indicator) -> bool:
        """Whether an indicator can be shown so."""

    def settled(self, view: View, reader: Reader) -> View:
        """The view with everything that it left open."""

    def claims(self, view: View, reader: Reader) -> list[str]:
        """The claim groups that the picture draws, of a settled view."""

    def drawing(self, view: View, reader: Reader, sheet: Sheet) -> Drawing:
        """The chart of a settled view. It asks the reader for no figure outside of `claims`, so
        that the table of these draws the same picture."""


# Name of a kind, as it stands in an address -> the kind.
KINDS: dict[str, Kind] = {}


def kinds_of(indicator: Indicator) -> tuple[str, ...]:
    """The kinds in which an indicator can be shown."""
    return tuple(name for name, kind in KINDS.items() if kind.fits(indicator))


def sizes_of(kind: str) -> tuple[str, ...]:
    """The sizes that a picture of a kind may have where it stands alone."""
    return tuple(size for size in SIZES if size in KINDS[kind].SHEETS)


def usual_size(kind: str) -> str:
    """The size of a picture of a kind unless the reader says otherwise."""
    sizes = sizes_of(kind)
    return declared.SIZE.default if declared.SIZE.default in sizes else sizes[0]
