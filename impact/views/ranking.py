"""Ranked bars of killed and injured, the worst first."""

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.store.reader import Reader
from impact.views import casualties
from impact.views.casualties import TOLLS
from impact.views.kind import Drawing
from impact.views.view import View

# Bars on a page; and px that a pair of them needs at least on a sheet of a fixed height.
SHOWN, LEAST = 12, 34


def drawing(view: View, reader: Reader, sheet: Sheet, rows: pd.DataFrame, title: str) -> Drawing:
    """As many labels as there is room for; if some are left out, the foot says so.

    rows  label, and what charts.ranked_bars asks for
    """
    words = view.words
    if rows.empty:
        return _empty(view, reader, sheet, rows, title)
    worst = rows.pivot_table(index="label", columns="indicator", values="value", aggfunc="max")
    worst = worst.reindex(columns=TOLLS).fillna(0).sort_values(list(TOLLS), ascending=False)
    labels = worst.index[: _most(sheet)].tolist()
    shown = rows[rows["label"].isin(labels)]
    figures = queries.figures(reader, queries.ids(shown))
    left_out = words._(
        "The first {shown} of {all}.", shown=words.number(len(labels)), all=words.number(len(worst))
    )
    notes = (left_out,) if len(labels) < len(worst) else ()
    caption = casualties.caption(view, figures, reader, title, shown, notes=notes)
    chart = charts.ranked_bars(shown, labels, caption, words, view.theme, sheet)
    return Drawing(chart, caption, figures)


def _most(sheet: Sheet) -> int:
    """How many labels have room; title, key and foot take nearly half of a sheet."""
    if sheet.height is None:
        return SHOWN
    return min(SHOWN, max(3, int(sheet.height * 0.5 / LEAST)))


def _empty(view: View, reader: Reader, sheet: Sheet, rows: pd.DataFrame, title: str) -> Drawing:
    caption = casualties.caption(view, rows, reader, title, rows)
    panels = [charts.empty_panel("", view.words)]
    chart = charts.stack(panels, caption, view.period, view.words, view.theme, sheet)
    return Drawing(chart, caption, rows)
