"""A table as a picture: the latest figures first, as many as the sheet has room for."""

import pandas as pd

from impact import charts
from impact.charts import Sheet
from impact.model import dates, vocabulary
from impact.model.indicators import Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.rules import twins
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

TITLE = N_("A table")
MOST_PLACES, LEVELS = 6, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()
# Shares of the width: as of, figure, said by, status.
SHARES = (0.14, 0.26, 0.36, 0.24)


def fits(indicator: Indicator) -> bool:
    """Everything."""
    return True


def settled(view: View, reader: Reader) -> View:
    """With places, days and unit."""
    return settling.settled(view, reader)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator in the places."""
    return settling.leads(view, reader)["claim"].tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """The rows that fit; if some do not, the foot says how many there are."""
    words = view.words
    rows = twins.once(settling.leads(view, reader))
    rows = rows.sort_values(["stated", "figure_id"], ascending=False)
    table = _table(rows, words, len(view.places) > 1)
    caption = wording.caption(view, rows, reader, reading="")
    chart, shown = charts.listing(table, SHARES, caption, words, view.theme, sheet)
    said = shown + 1
    while shown < min(said, len(rows)):
        # Saying how many there are takes room itself.
        said = shown
        note = words._(
            "The latest {shown} of {all}.", shown=words.number(said), all=words.number(len(rows))
        )
        caption = wording.caption(view, rows, reader, notes=(note,), reading="")
        some = table.head(said)
        chart, shown = charts.listing(some, SHARES, caption, words, view.theme, sheet)
    return Drawing(chart, caption, rows)


def _table(rows: pd.DataFrame, words: Words, several: bool) -> pd.DataFrame:
    """The texts of the cells. Unit, place and period stand above them; a place only if there are
    several, of a figure only what the unit does not say."""
    names = [words._("As of"), words._("Figure"), words._("Said by"), words._("Status")]
    cells = []
    for row in records(rows):
        place = f"{PLACES[row['place']].name(words.language)}, " if several else ""
        cells.append(
            (
                f"{place}{_when(row, words)}",
                f"{vocabulary.amount(row, words, unit=False)} {captions.what(row, words)}",
                captions.said(row, words),
                vocabulary.standing(row, words),
            )
        )
    return pd.DataFrame(cells, columns=names)


def _when(row: Row, words: Words) -> str:
    """When a statement held, without the year, which stands above the table."""
    stated = dates.local_time(row["as_of"] or row["date"])
    clock = f", {stated:%H:%M}" if "T" in row["as_of"] else ""
    moment = words.moment(row["moment"])
    return f"{words.short_day(stated)}{clock}{f', {moment}' if moment else ''}"
