"""A chart as every page shows it: the picture, its numbers as a table, its way to the evidence."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from pandas.io.formats.style import Styler

from impact import charts, queries, views
from impact.charts import Chart
from impact.exports import tables
from impact.model import periods
from impact.model.language import Words
from impact.queries import marks
from impact.views import Picture, View
from impact.wording import captions, markup
from impact.wording.captions import Caption
from pages.parts.explore import evidence, to_nights
from pages.parts.shell import address, alone, news, session
from pages.parts.shell import screen as st

# How the keys of the folded tables begin; rows that such a table has at most.
NUMBERS, MOST_ROWS = "numbers-", 3000
# Cells of a table whose numbers are written out; of a longer one a browser writes them.
MOST_CELLS = 100_000
# Parameters that name days.
_DAYS = ("period", "from", "to", "day")


def draw(view: View) -> Picture:
    """The picture of a view, drawn for the width and the theme of the page."""
    return views.draw(replace(view, theme=session.theme()), session.reader(), session.sheet())


def show(picture: Picture, name: str = "") -> None:
    """A picture with its numbers and its way to the Figure page.

    name  unique on the page; needed where it shows several of one kind
    """
    view = picture.view
    days = dict.fromkeys(each.isoformat() for each in view.period)
    file = "-".join([view.kind, view.indicator, *view.places, *days])
    # In a picture to be saved colours are the reader's choice, not the page's.
    kept = replace(view, theme="light")
    chart(name or view.kind, picture.chart, picture.caption, lambda: picture.drawn, kept, file=file)


def chart(
    name: str,
    drawn: Chart,
    caption: Caption,
    rows: Callable[[], pd.DataFrame],
    view: View | None = None,
    *,
    file: str = "",
) -> None:
    """A chart with alt text; selecting a mark opens its evidence; the numbers stand below.

    name  stable and unique on the page
    rows  gives the figures drawn, for the table and the CSV, once a reader asks for them
    view  by which the Figure page shows the same
    file  stem of the CSV's name; the chart's own if none is given
    """
    key = f"{name}-{evidence.round_of()}"
    st.plotly_chart(
        drawn,
        key=key,
        theme=None,
        # A callback, because after a publication the chart is another widget, which would know
        # nothing of what was selected on the one before.
        on_select=partial(_open, key),
        selection_mode="points",
        config=charts.CONFIG,
        alt=caption.alt,
    )
    if view:
        _way_to_figure(name, view)
    numbers(name, rows, caption, file or name)


def _way_to_figure(name: str, view: View) -> None:
    with st.container(horizontal=True, key=f"make-{name}"):
        st.page_link(
            "pages/publish/figure.py",
            label=session.words()._("Make a figure"),
            query_params=view.parameters() | session.along(),
        )
        if view.first and view.first == view.last:
            to_nights.offer([view.first], view.rule)


def how_to_read(marks: str = captions.MARKS) -> None:
    """Says what marks mean, by default those of outages, since colour alone says nothing."""
    words = session.words()
    select = words._("Select a mark to see its evidence.")
    st.caption(f"{words._(marks)} {select}")


def _open(key: str) -> None:
    """Opens the evidence of the selected mark: its claim, or the figures that it is made of."""
    for point in st.session_state[key]["selection"]["points"]:
        claim, ids, counted = (*point.get("customdata", ()), "", "", "")[:3]
        if claim or ids:
            claims = [claim] if claim else []
            evidence.show(claims, marks.behind(ids), added=counted != charts.COUNTED)
            return


@alone.part
def numbers(name: str, rows: Callable[[], pd.DataFrame], caption: Caption, file: str) -> None:
    """The same numbers as a table, folded, and as CSV with the title and the ids of the figures.

    The table is made when a reader opens it. Nothing else on the page is made again then. Of very
    many figures it has the first; the CSV has all.
    """
    words = session.words()
    folded = st.expander(
        words._("The same numbers as a table"), key=f"{NUMBERS}{name}", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        found = rows()
        first = found.head(MOST_ROWS)
        table = captions.table(first, words)
        st.dataframe(
            news.flagged(table, first),
            hide_index=True,
            alt=caption.title,
            column_config={words._("Page"): st.column_config.LinkColumn()},
        )
        if (rest := len(found) - len(first)) > 0:
            st.caption(_and_more(rest, words))
            download(partial(captions.table, found, words), file)
        else:
            download(table, file)
        st.caption(caption.alt)


def _and_more(rest: int, words: Words) -> str:
    return words.plural(
        "{count} more figure stands in the CSV.", "{count} more figures stand in the CSV.", rest
    )


def nothing(message: str, hint: str = "") -> None:
    """Says why there is no chart, and what to do."""
    st.info(markup.ours("{message} {hint}", message=message, hint=hint))


def unreported(
    message: str,
    indicators: Collection[str],
    within: Collection[str] | None,
    period: tuple[date, date],
) -> None:
    """Says that nobody reported a figure in a period, and leads to the last one.

    within  the places that were asked about, as P-codes; None for all
    """
    nothing(message, session.words()._("No report is not zero."))
    lead_to_last(queries.latest_days(session.reader(), indicators, within), period)


def lead_to_last(latest: tuple[date, date] | None, period: tuple[date, date]) -> None:
    """Leads from a period without figures to the winter or month that has the last ones.

    latest  the days with the last ones; None where there never were any
    """
    if latest is None or period[0] <= latest[1] <= period[1]:
        return
    words, day = session.words(), latest[1]
    code = periods.winter_code(day) or f"{day:%Y-%m}"
    kept = [each for each in address.kept() if each[0] not in _DAYS]
    shown = words._("Show {period}", period=words.period(*periods.span(code)))
    told = words._("The last day with a report: {day}.", day=words.day(day))
    way = markup.anchor(shown, urlencode([*kept, ("period", code)]))
    st.html(markup.block("lead", markup.joined(" ", [markup.plain(told), way])))


def no_place() -> None:
    """Says that the box of places is empty, and how to fill it."""
    words = session.words()
    nothing(
        words._("No place is chosen."),
        words._("Choose at least one in the box of places: click into it or type a name."),
    )


def unpublished() -> None:
    """Says that the store is empty, and how to fill it."""
    words = session.words()
    load = markup.ours(words._("Load them with `python -m etl load`."))
    nothing(words._("No figures are published yet."), load)


def listing(table: pd.DataFrame, name: str) -> None:
    """A plain table with links, and its CSV."""
    words = session.words()
    st.dataframe(
        written(table),
        hide_index=True,
        column_config={words._("Page"): st.column_config.LinkColumn()},
    )
    download(table, name)


def written(table: pd.DataFrame) -> pd.DataFrame | Styler:
    """A table whose numbers are written as in the page's language. They stay numbers, by which a
    reader sorts: a browser would write them as in its own."""
    numbers = table.select_dtypes("number").columns
    if numbers.empty or table.size > MOST_CELLS:
        return table
    words = session.words()

    def number(cell: Any) -> str:
        return words.number(cell)

    return table.style.format(number, subset=list(numbers), na_rep="–")


def download(table: pd.DataFrame | Callable[[], pd.DataFrame], name: str) -> None:
    """The table as CSV, with the mark by which spreadsheets know UTF-8; a long one is made when a
    reader asks for it."""
    st.download_button(
        session.words()._("Download as CSV"),
        tables.listing(table) if isinstance(table, pd.DataFrame) else partial(_listing, table),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
    )


def _listing(table: Callable[[], pd.DataFrame]) -> bytes:
    return tables.listing(table())
