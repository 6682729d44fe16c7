"""Ranked bars of killed and injured, the worst first."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.model.rows import record
from impact.queries import many
from impact.queries.many import Gist, Many
from impact.store.reader import Reader
from impact.views import casualties
from impact.views.casualties import TOLLS
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording.captions import Caption

# Labels that a picture has at most.
MOST = 12


def drawing(
    view: View,
    reader: Reader,
    sheet: Sheet,
    rows: pd.DataFrame,
    title: str,
    behind: Callable[[pd.DataFrame], Many],
) -> Drawing:
    """As many labels as there is room for; if some are left out, the foot says so.

    rows    label, and what charts.ranked_bars asks for; every: how many could have a label; as
            queries.events gives them
    behind  the figures behind some of the rows
    """
    words, theme = view.words, view.theme
    if rows.empty:
        return _empty(view, reader, sheet, title)
    ranked = _ranked(rows)[:MOST]
    told = partial(_told, view, reader, sheet, rows, title, behind)
    found = told(ranked)
    labels = ranked[: charts.bars_that_fit(found.caption, words, theme, sheet, len(ranked))]
    if len(labels) < len(ranked):
        found = told(labels)
    chart = charts.ranked_bars(found.rows, labels, found.caption, words, theme, sheet)
    return Drawing(chart, found.caption, found.about, gist=found.gist)


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of a picture with its rows, and the figures behind these."""

    rows: pd.DataFrame
    caption: Caption
    about: Many
    gist: Gist


def _ranked(rows: pd.DataFrame) -> list[str]:
    """The labels, those with most killed first."""
    worst = rows.pivot_table(index="label", columns="indicator", values="value", aggfunc="max")
    worst = worst.reindex(columns=list(TOLLS)).fillna(0)
    return worst.sort_values(list(TOLLS), ascending=False).index.tolist()


def _told(
    view: View,
    reader: Reader,
    sheet: Sheet,
    rows: pd.DataFrame,
    title: str,
    behind: Callable[[pd.DataFrame], Many],
    labels: list[str],
) -> _Told:
    """A picture with these labels."""
    words, shown = view.words, rows[rows["label"].isin(labels)]
    about, every = behind(shown), record(rows)["every"]
    gist = many.gist(reader, about, about)
    left_out = words._(
        "The first {shown} of {all}.", shown=words.number(len(labels)), all=words.number(every)
    )
    caption = casualties.caption(
        view,
        queries.figures(reader, shown["leader"]),
        reader,
        sheet,
        title,
        shown,
        notes=(left_out,) if len(labels) < every else (),
        gist=gist,
    )
    return _Told(shown, caption, about, gist)


def _empty(view: View, reader: Reader, sheet: Sheet, title: str) -> Drawing:
    rows = queries.figures(reader, ())
    caption = casualties.caption(view, rows, reader, sheet, title, rows)
    panels = [charts.empty_panel("", view.words)]
    chart = charts.stack(panels, caption, view.period, view.words, view.theme, sheet)
    return Drawing(chart, caption, rows)
