"""Ranked bars of killed and injured, the worst first."""

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.store.reader import Reader
from impact.views import casualties
from impact.views.casualties import TOLLS
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording.captions import Caption

# Labels that a picture has at most.
MOST = 12


def drawing(view: View, reader: Reader, sheet: Sheet, rows: pd.DataFrame, title: str) -> Drawing:
    """As many labels as there is room for; if some are left out, the foot says so.

    rows  label, and what charts.ranked_bars asks for
    """
    words, theme = view.words, view.theme
    if rows.empty:
        return _empty(view, reader, sheet, rows, title)
    ranked = _ranked(rows)
    labels = ranked[:MOST]
    caption, figures = _told(view, reader, sheet, rows, labels, title, len(ranked))
    labels = labels[: charts.bars_that_fit(caption, words, theme, sheet, len(labels))]
    if len(labels) < min(MOST, len(ranked)):
        caption, figures = _told(view, reader, sheet, rows, labels, title, len(ranked))
    shown = rows[rows["label"].isin(labels)]
    chart = charts.ranked_bars(shown, labels, caption, words, theme, sheet)
    return Drawing(chart, caption, figures)


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
    labels: list[str],
    title: str,
    every: int,
) -> tuple[Caption, pd.DataFrame]:
    """The words of a picture with these labels, and the figures behind it."""
    words, shown = view.words, rows[rows["label"].isin(labels)]
    figures = queries.figures(reader, queries.ids(shown))
    left_out = words._(
        "The first {shown} of {all}.", shown=words.number(len(labels)), all=words.number(every)
    )
    notes = (left_out,) if len(labels) < every else ()
    return casualties.caption(view, figures, reader, sheet, title, shown, notes=notes), figures


def _empty(view: View, reader: Reader, sheet: Sheet, rows: pd.DataFrame, title: str) -> Drawing:
    caption = casualties.caption(view, rows, reader, sheet, title, rows)
    panels = [charts.empty_panel("", view.words)]
    chart = charts.stack(panels, caption, view.period, view.words, view.theme, sheet)
    return Drawing(chart, caption, rows)
