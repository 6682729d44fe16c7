"""A day hour by hour: what was said of each place, at the hours that the sources tell."""

from dataclasses import replace

import pandas as pd

from impact import charts
from impact.charts import Sheet
from impact.model import figure, vocabulary
from impact.model.indicators import OUTAGES, TOLLS, Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import Row, records
from impact.model.units import scales
from impact.queries import said
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions

TITLE = N_("A day hour by hour")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.HIGH, False
TOGETHER = (*TOLLS, *OUTAGES)

READING = N_(
    "Filled: verified or confirmed; hollow: reported. Slash: in doubt. ▲ at least, ▼ up to, "
    "◆ about. Line: the part of the day that the source names."
)
# Statements that the alt text tells one by one.
MOST_TOLD = 8


def fits(indicator: Indicator) -> bool:
    """What an attack does."""
    return indicator.name in TOGETHER


def settled(view: View, reader: Reader) -> View:
    """With place (the country, if none is named) and the day of the period that has most."""
    whole = settling.together(view, reader, UKRAINE.pcode)
    day = said.fullest(reader, TOGETHER, settling.with_parts(whole.places[0]), *whole.period)
    day = day or whole.period[1]
    return replace(whole, first=day, last=day)


def claims(view: View, reader: Reader) -> list[str]:
    """Everything said of its place and the places in it."""
    return _figures(view, reader)["claim"].unique().tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """The lanes that fit, the worst hit first; if some do not, the foot says how many there are."""
    words, rows = view.words, _figures(view, reader)
    statements = _in_lanes(said.once(rows), words)
    caption = _caption(view, rows, statements, reader)
    if statements.empty:
        panels = [charts.empty_panel("", words)]
        return Drawing(
            charts.stack(panels, caption, view.period, words, view.theme, sheet), caption, rows
        )
    chart, shown = charts.lanes(statements, caption, words, view.theme, sheet)
    if shown < len(statements):
        # Saying how many there are takes room itself.
        caption = _caption(view, rows, statements, reader, shown)
        chart, shown = charts.lanes(statements, caption, words, view.theme, sheet)
        caption = _caption(view, rows, statements, reader, shown)
        chart, shown = charts.lanes(statements, caption, words, view.theme, sheet)
    return Drawing(chart, caption, rows)


def _figures(view: View, reader: Reader) -> pd.DataFrame:
    _, day = view.period
    within = settling.with_parts(view.places[0])
    return said.figures(reader, TOGETHER, within, day, view.rule)


def _in_lanes(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The statements place by place and, within, by indicator; the place with most killed first,
    then with most injured, then with most cut off; the country itself last."""
    sizes = (rows["value"] * scales(rows["unit"])).where(~rows["doubted"].astype(bool), 0)
    worst = sizes.fillna(0).groupby([rows["place"], rows["indicator"]]).max().to_dict()

    def order(place: str) -> tuple[object, ...]:
        harm = [-worst.get((place, indicator), 0.0) for indicator in TOGETHER]
        tolls, rest = harm[: len(TOLLS)], min(harm[len(TOLLS) :])
        return place == UKRAINE.pcode, *tolls, rest, PLACES[place].name(words.language)

    places = {place: number for number, place in enumerate(sorted(set(rows["place"]), key=order))}
    kinds = {kind: number for number, kind in enumerate(TOGETHER)}
    statuses = {status: number for number, status in enumerate(figure.STATUSES)}
    lanes = pd.DataFrame(
        {
            "place": rows["place"].map(places),
            "indicator": rows["indicator"].map(kinds),
            "status": rows["status"].map(statuses),
        }
    )
    order_of = lanes.sort_values(list(lanes.columns), kind="stable").index
    return rows.loc[order_of].reset_index(drop=True)


def _caption(
    view: View,
    rows: pd.DataFrame,
    statements: pd.DataFrame,
    reader: Reader,
    shown: int | None = None,
) -> captions.Caption:
    words = view.words
    note = words._(
        "The first {shown} of {all} statements.",
        shown=words.number(shown or 0),
        all=words.number(len(statements)),
    )
    return wording.caption(
        view,
        rows,
        reader,
        title=words._(
            "Hour by hour: {place}, {day}",
            place=PLACES[view.places[0]].name(words.language),
            day=words.day(view.period[1]),
        ),
        counted=words._("What was said, by the hour that it names, Kyiv time"),
        how="",
        notes=() if shown is None else (note,),
        reading=READING,
        alt=lambda _rows, words, title: _alt(statements, title, words),
    )


def _alt(rows: pd.DataFrame, title: str, words: Words) -> str:
    """Alt text: how many statements there are and name an hour, and the first of these."""
    timed = rows[rows["timed"].astype(bool)].sort_values(["begins", "ends"], kind="stable")
    count = words.plural("{count} statement", "{count} statements", len(rows))
    hours = words.plural("{count} names an hour", "{count} name an hour", len(timed))
    told = "; ".join(_told(row, words) for row in records(timed.head(MOST_TOLD)))
    return f"{title}. {count}, {hours}{f': {told}' if told else ''}."


def _told(row: Row, words: Words) -> str:
    at = f"{row['begins']:%H:%M}" if "T" in row["as_of"] else words.moment(row["moment"])
    place = PLACES[row["place"]].name(words.language)
    number = f"{vocabulary.amount(row, words)} {captions.what(row, words)}"
    return f"{at}, {place}: {number} ({captions.said_by(row, words)})"
