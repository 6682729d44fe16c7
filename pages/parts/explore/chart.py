"""A chart as every page shows it: the picture, its numbers as a table, its way to the evidence."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from impact import charts
from impact.exports import tables
from impact.model.indicators import INDICATORS
from impact.views import View
from impact.wording import captions, markup
from impact.wording.captions import Caption
from pages.parts.explore import evidence
from pages.parts.shell import news, session
from pages.parts.shell import screen as st


def chart(
    name: str, picture, caption: Caption, rows: pd.DataFrame, views: Sequence[View] = ()
) -> None:
    """Draws a chart with alt text; selecting a mark opens its evidence; the numbers stand below.

    name   stable and unique on the page; also begins the file name of the download
    rows   the figures drawn, for the table and the CSV
    views  by which the Figure page shows the same, or its parts where several are drawn together
    """
    key = f"{name}-{evidence.round_of()}"
    st.plotly_chart(
        picture,
        key=key,
        theme=None,
        # A callback: when something was published meanwhile the new chart is another widget, and
        # would know nothing of what was selected on the old one.
        on_select=partial(_open, key),
        selection_mode="points",
        config=charts.CONFIG,
        alt=caption.alt,
    )
    _ways_to_figures(name, views)
    numbers(name, rows, caption)


def _ways_to_figures(name: str, views: Sequence[View]) -> None:
    """A link to the Figure page for each view; among several each says what it is of."""
    words = session.words()
    label = words._("Make a figure")
    with st.container(horizontal=True, key=f"make-{name}"):
        for view in views:
            of = INDICATORS[view.indicator].title[words.language]
            st.page_link(
                "pages/publish/figure.py",
                label=label if len(views) == 1 else f"{label}: {of}",
                query_params=view.parameters() | session.along(),
            )


def how_to_read() -> None:
    """What the marks on outage charts say: colour alone carries no meaning."""
    words = session.words()
    select = words._("Select a mark to see its evidence.")
    st.caption(f"{words._(captions.MARKS)} {select}")


def _open(key: str) -> None:
    """Opens the evidence of the selected mark: its claim, or the figures that it is made of."""
    for point in st.session_state[key]["selection"]["points"]:
        claim, ids, counted = (*point.get("customdata", ()), "", "", "")[:3]
        if claim or ids:
            claims = [claim] if claim else []
            evidence.show(claims, ids.split(",") if ids else [], added=counted != charts.COUNTED)
            return


def numbers(name: str, rows: pd.DataFrame, caption: Caption) -> None:
    """The same numbers as a table, folded, and as CSV with title and source lines' ids."""
    words = session.words()
    table = captions.table(rows, words)
    with st.expander(words._("The same numbers as a table")):
        st.dataframe(
            news.flagged(table, rows),
            hide_index=True,
            alt=caption.title,
            column_config={words._("Page"): st.column_config.LinkColumn()},
        )
        download(table, name)
        st.caption(caption.alt)


def nothing(message: str, hint: str = "") -> None:
    """Says why there is no chart, and what to do."""
    st.info(markup.ours("{message} {hint}", message=message, hint=hint))


def unpublished() -> None:
    """Says that the store is empty, and how to fill it."""
    words = session.words()
    load = markup.ours(words._("Load them with `python -m etl load`."))
    nothing(words._("No figures are published yet."), load)


def listing(table: pd.DataFrame, name: str) -> None:
    """A plain table with links, and its CSV."""
    words = session.words()
    st.dataframe(
        table,
        hide_index=True,
        column_config={words._("Page"): st.column_config.LinkColumn()},
    )
    download(table, name)


def download(table: pd.DataFrame, name: str) -> None:
    """The table as CSV, with the mark by which spreadsheets know UTF-8."""
    st.download_button(
        session.words()._("Download as CSV"),
        tables.listing(table),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
    )
