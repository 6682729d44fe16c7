"""The words of person-hours: a range, the hours that it stands on, and those nobody counted."""

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import Row, records
from impact.model.vocabulary import BOUND_NAMES
from impact.wording import markup
from impact.wording.markup import Cell, Html

# How they are worked out, in short; docs/method.md works one month by hand.
METHOD = (
    N_(
        "Two counts at most 48 hours apart bound the time between them: at least the smaller, at "
        "most the larger, times the hours."
    ),
    N_("Of longer gaps nothing is said: their hours stand under “not counted”."),
    N_(
        "Customers and properties are taken as households, times the people in one; buildings, "
        "the people of the place by its apartment blocks. Both are ranges."
    ),
    N_("Only leading claims about the whole place are used; a figure in doubt never counts."),
)


def sentence(row: Row, place: str, words: Words) -> str:
    """ "Kyiv, January 2026: between 113 and 477 million person-hours without heating …"."""
    return words._(
        "{place}, {month}: between {low} and {high} person-hours {without}; {counted} hours "
        "counted, {uncounted} hours not.",
        place=place,
        month=words.month(row["month"]),
        low=words.number(_rounded(row["low"])),
        high=words.number(_rounded(row["high"])),
        without=INDICATORS[row["indicator"]].says("without", words.language),
        counted=words.number(round(row["counted_hours"])),
        uncounted=words.number(round(row["uncounted_hours"])),
    )


def shown(rows: pd.DataFrame, words: Words) -> Html:
    """A row a month and indicator: how many person-hours, and on what that stands."""
    head = [
        words._("Month"),
        words._("Indicator"),
        words._("Person-hours"),
        words._("Hours counted"),
        words._("Hours not counted"),
        words._("Counts"),
        words._("Bounds of the counts"),
    ]
    return markup.table("harm hours", head, [_line(row, words) for row in records(rows)])


def _line(row: Row, words: Words) -> list[Cell]:
    month = words.month(row["month"])
    texts = (
        f"{month[:1].upper()}{month[1:]}",
        INDICATORS[row["indicator"]].title[words.language],
        f"{words.number(_rounded(row['low']))} – {words.number(_rounded(row['high']))}",
        words.number(round(row["counted_hours"])),
        words.number(round(row["uncounted_hours"])),
        words.number(row["counts"]),
        _bounds(row["bounds"], words),
    )
    return [Cell((markup.plain(text),)) for text in texts]


def table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same for spreadsheets, a column a number."""
    said = records(rows)
    return pd.DataFrame(
        {
            words._("Month"): [words.month(row["month"]) for row in said],
            words._("Indicator"): [
                INDICATORS[row["indicator"]].title[words.language] for row in said
            ],
            words._("Person-hours, at least"): [_rounded(row["low"]) for row in said],
            words._("Person-hours, at most"): [_rounded(row["high"]) for row in said],
            words._("Hours counted"): rows["counted_hours"].round().tolist(),
            words._("Hours not counted"): rows["uncounted_hours"].round().tolist(),
            words._("Counts"): rows["counts"].tolist(),
            words._("Bounds of the counts"): [_bounds(row["bounds"], words) for row in said],
        }
    )


def _bounds(bounds: list[str], words: Words) -> str:
    names = [BOUND_NAMES[each] or _EXACT for each in bounds]
    return ", ".join(words._(name) for name in names)


_EXACT = N_("exactly")


def _rounded(value: float) -> float:
    """Three digits: a range that wide is no more exact."""
    return float(f"{value:.3g}")
