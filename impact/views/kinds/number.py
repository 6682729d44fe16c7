"""One number, large: of a level the last day's, of a toll or count the period's sum, at least."""

import pandas as pd

from impact import charts
from impact.charts import Days, Number
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.queries import summary
from impact.views import settling, wording
from impact.wording import captions

TITLE = N_("A single number")
MOST_PLACES, LEVELS = 1, ALL_LEVELS


def fits(indicator) -> bool:
    """Everything that is counted or measured."""
    return True


def settled(view, reader):
    """With place, days and unit."""
    return settling.settled(view, reader)


def claims(view, reader) -> list[str]:
    """Of the indicator at the place; what is back is not the number anybody asks for."""
    rows = settling.leads(view, reader)
    return rows.loc[rows["status"] != "restored", "claim"].tolist()


def drawing(view, figures, known_at):
    """The number of the card that the overview would show."""
    words, sheet, place = view.words, charts.SHEETS[view.size], PLACES[view.places[0]]
    rows = wording.own(view, figures)
    if rows.empty:
        caption = wording.caption(view, rows, known_at, how="", reading="")
        number = Number("", words._("no report"), (words._("No report is not zero."),))
        series = rows[["date", "value"]]
    else:
        card = summary.of_claims(view.indicator, place, rows)
        caption = wording.caption(
            view, card.behind, known_at, how="", reading="", totals=_whole(card)
        )
        number, series, rows = _number(card, words), card.series, card.behind
    days = Days(view.indicator, series, (view.first, view.last), words._("By day"))
    figure = charts.big_number(number, days, caption, words, view.theme, sheet)
    return figure, caption, rows


def _whole(card) -> pd.DataFrame:
    """The number as the one mark that there is."""
    behind = ",".join(card.behind["figure_id"])
    return pd.DataFrame([card.total | {"place": card.place.pcode, "figure_id": behind}])


def _number(card, words) -> Number:
    return Number(
        vocabulary.bound_alone(card.total, words),
        vocabulary.amount(card.total | {"bound": "exact"}, words, unit=False),
        tuple(line for line in _lines(card, words) if line),
    )


def _lines(card, words) -> list[str]:
    """What is counted where, as of when, who says so, how sure, and what others said."""
    what = [
        vocabulary.unit_alone(card.total, words),
        INDICATORS[card.indicator].says("", words.language),
    ]
    if len(card.behind) > 1:
        count = len(card.behind)
        return [
            f"{what[0]}, {what[1]} · {card.place.name(words.language)}",
            words.plural("sum of {count} claim", "sum of {count} claims", count),
            vocabulary.statuses(card.behind, words),
        ]
    row = card.behind.iloc[0].to_dict()
    return [
        f"{what[0]}, {captions.what(row, words)} · {card.place.name(words.language)}",
        f"{captions.when(row, words)} · {captions.via(row, words)}",
        " · ".join(
            each for each in (vocabulary.standing(row, words), captions.rivals(row, words)) if each
        ),
    ]
