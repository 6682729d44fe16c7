"""One number, large: of a level the worst day's, of a toll or count the period's sum, at least;
or the worst or the latest day's, if the view says so. What is not shown stands beside it."""

from dataclasses import replace

import pandas as pd

from impact import charts, queries
from impact.charts import Days, Number, Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS, Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES
from impact.model.rows import Row, record
from impact.queries import many, summary
from impact.queries.many import Gist, Many
from impact.queries.series import MOST_IDS
from impact.queries.summary import Card
from impact.queries.summed import Behind
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import captions, card_captions

TITLE = N_("A single number")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """Everything that is counted or measured."""
    return True


def settled(view: View, reader: Reader) -> View:
    """With place, days and unit: that of the worst number, unless the reader has chosen one."""
    found = settling.settled(view, reader)
    worst = None if view.unit else _card(found, reader, "").worst
    return replace(found, unit=worst.total["unit"]) if worst else found


def claims(view: View, reader: Reader) -> list[str]:
    """Of the indicator at the place and in it, in every unit: what the number is made of, and what
    stands beside it. What is back is not the number anybody asks for."""
    rows = queries.leads(
        reader,
        [view.indicator],
        *view.period,
        places=settling.with_parts(view.places[0]),
        people=view.people,
        rule=view.rule,
    )
    return rows.loc[rows["status"] != "restored", "claim"].unique().tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """The number of the card that the overview would show."""
    words, period = view.words, _card(view, reader, view.unit)
    card = _chosen(period, view.number, reader)
    shown, rows, gist = _figures(card, reader)
    if card.total is None:
        caption = wording.caption(view, rows, reader, how="", reading="")
        number = Number("", words._("no report"), (words._("No report is not zero."),))
    else:
        # A number of one day that was asked for is told of that day, not of the period.
        told = replace(view, first=card.day, last=card.day) if view.number and card.day else view
        caption = wording.caption(
            told, rows, reader, how="", reading="", totals=_whole(card), gist=gist
        )
        beside = _beside(card, period, _card(view, reader, ""), words)
        number = _number(card, record(rows), beside, words)
    days = Days(view.indicator, card.series, view.period, words._("By day"))
    chart = charts.big_number(number, days, caption, words, view.theme, sheet)
    return Drawing(chart, caption, shown, gist=gist)


def _figures(card: Card, reader: Reader) -> tuple[pd.DataFrame | Many, pd.DataFrame, Gist | None]:
    """What the picture is about; those figures that its words name; and of very many, where that is
    the first alone, what is said of them all."""
    if card.total is None:
        # The last number before the period is not of it: neither the foot nor the table has it.
        rows = queries.figures(reader, ())
        return rows, rows, None
    shown = card.behind.shown
    if isinstance(shown, Many) and len(card.behind) > MOST_IDS:
        leader = queries.figures(reader, [card.behind.first])
        return shown, leader, many.gist(reader, shown, shown)
    rows = card.behind.read(reader)
    return rows, rows, None


def _card(view: View, reader: Reader, unit: str) -> Card:
    place = PLACES[view.places[0]]
    return summary.card(
        reader,
        view.indicator,
        place,
        view.period,
        people=view.people,
        unit=unit,
        status=view.status,
        rule=view.rule,
    )


def _chosen(card: Card, number: str, reader: Reader) -> Card:
    """The card with the worst or the latest day's number in the place of its own."""
    chosen = {"worst": card.worst, "latest": card.latest or card.worst}.get(number)
    if chosen is None:
        return card
    behind = Behind.of(queries.figures(reader, chosen.ids))
    return replace(card, total=chosen.total, behind=behind, day=chosen.day)


def _beside(card: Card, period: Card, whole: Card, words: Words) -> str:
    """The period's numbers that are not shown, and the worst that was said in another unit.

    card    what is shown
    period  what the overview would show, in the same unit
    whole   the same in any unit
    """
    # A sum of several days, which may be a question still, is no single day's number.
    shown = card.behind.shown
    alone = set() if isinstance(shown, Many) else {*shown["figure_id"]}
    days = {
        N_("Worst day: {number}"): period.worst,
        N_("Latest: {number}"): period.latest,
    }
    told_of_days = [
        words._(text, number=card_captions.counted(each, words, card.indicator))
        for text, each in days.items()
        if each and len(period.series) > 1 and {*each.ids} != alone
    ]
    said = [each for each in (whole.worst, *whole.also) if each]
    other = [each for each in said if each.total["unit"] != _total(card)["unit"]]
    told = [card_captions.counted(each, words, card.indicator) for each in other[:1]]
    lines = [*told_of_days, *(words._("Also: {number}", number=each) for each in told)]
    if period.day is None and card.day and period.total and len(period.series) > 1:
        total = vocabulary.amount(period.total, words)
        lines.insert(0, words._("In the whole period: {number}", number=total))
    return " · ".join(lines)


def _whole(card: Card) -> pd.DataFrame:
    """The number as the one mark that there is."""
    behind = {"leader": card.behind.first, "figures": len(card.behind)}
    return pd.DataFrame([{**_total(card), "place": card.place.pcode, **behind}])


def _total(card: Card) -> Row:
    """Its number, which a card of at least one claim has."""
    assert card.total is not None
    return card.total


def _number(card: Card, leader: Row, beside: str, words: Words) -> Number:
    return Number(
        vocabulary.bound_alone(_total(card), words),
        vocabulary.amount({**_total(card), "bound": "exact"}, words, unit=False),
        tuple(line for line in (*_lines(card, leader, words), beside) if line),
    )


def _lines(card: Card, leader: Row, words: Words) -> list[str]:
    """What is counted where, as of when, who says so, how sure, and what others said."""
    total = _total(card)
    what = [
        vocabulary.unit_alone(total, words),
        INDICATORS[card.indicator].says(total["status"], words.language),
    ]
    if len(card.behind) > 1:
        count = words.plural("sum of {count} claim", "sum of {count} claims", len(card.behind))
        return [
            f"{what[0]}, {what[1]} · {card.place.name(words.language)}",
            f"{words.day(card.day)} · {count}" if card.day else count,
            vocabulary.status_counts(card.behind.statuses, words),
        ]
    return [
        f"{what[0]}, {captions.what(leader, words)} · {card.place.name(words.language)}",
        f"{captions.when(leader, words)} · {captions.via(leader, words)}",
        " · ".join(
            each
            for each in (vocabulary.standing(leader, words), captions.rivals(leader, words))
            if each
        ),
    ]
