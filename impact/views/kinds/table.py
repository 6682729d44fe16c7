"""A table as a picture: the latest figures first, as many as the sheet has room for."""

import pandas as pd

from impact import captions, charts
from impact.language import N_
from impact.places import LEVELS as ALL_LEVELS
from impact.places import PLACES
from impact.views import settling, wording

TITLE = N_("A table")
MOST_PLACES, LEVELS = 6, ALL_LEVELS
# Shares of the width: day and place, figure, said by, status.
SHARES = (0.2, 0.27, 0.33, 0.2)


def fits(indicator) -> bool:
    """Everything."""
    return True


def settled(view, reader):
    """With places, days and unit."""
    return settling.settled(view, reader)


def claims(view, reader) -> list[str]:
    """Of the indicator in the places."""
    return settling.leads(view, reader)["claim"].tolist()


def drawing(view, figures, known_at):
    """The rows that fit; if some do not, the foot says how many there are."""
    words, sheet = view.words, charts.SHEETS[view.size]
    rows = wording.own(view, figures).sort_values(["day", "stated"], ascending=False)
    table = _table(rows, words)
    caption = wording.caption(view, rows, known_at, reading="")
    figure, shown = charts.listing(table, SHARES, caption, words, view.theme, sheet)
    if shown < len(rows):
        told = {"shown": words.number(shown - 1), "all": words.number(len(rows))}
        note = words._("The latest {shown} of {all}.", **told)
        caption = wording.caption(view, rows, known_at, notes=(note,), reading="")
        figure, _ = charts.listing(table.head(shown - 1), SHARES, caption, words, view.theme, sheet)
    return figure, caption, rows


def _table(rows: pd.DataFrame, words) -> pd.DataFrame:
    """Texts of the cells: a line each for a figure's day, amount, speaker and status."""
    names = [words._("Date"), words._("Figure"), words._("Said by"), words._("Status")]
    cells = [
        (
            f"{words.day(row['day'])}, {PLACES[row['place']].name(words.language)}",
            f"{captions.amount(row, words)}, {captions.what(row, words)}",
            captions.via(row, words),
            captions.standing(row, words),
        )
        for row in rows.to_dict("records")
    ]
    return pd.DataFrame(cells, columns=names)
