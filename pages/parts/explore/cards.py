"""Cards: one number each, with its bound, unit, speaker, time and rivals. A card is a button."""

from impact.charts import spark
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.rows import Row
from impact.queries.many import Many
from impact.queries.summary import Card
from impact.wording import captions, card_captions, markup
from pages.parts.explore import evidence
from pages.parts.shell import screen as st
from pages.parts.shell import session

# Four side by side on a page 1280 px wide with its menu open.
WIDTH = 212


def row(cards: list[Card]) -> None:
    """The cards side by side; on a phone under each other."""
    with st.container(horizontal=True, key="cards"):
        for card in cards:
            _draw(card)


def _draw(card: Card) -> None:
    words = session.words()
    title = INDICATORS[card.indicator].title[words.language]
    with st.container(border=True, width=WIDTH, key=f"card-{card.indicator}"):
        st.markdown(
            markup.ours("**{title}** · {place}", title=title, place=card.place.name(words.language))
        )
        if card.total is None:
            _empty(card, words)
            return
        bound = vocabulary.bound_alone(card.total, words)
        st.metric(
            bound or title,
            # Degrees are never said without their sign.
            vocabulary.amount(
                {**card.total, "bound": "exact"}, words, unit=card.indicator == "temperature"
            ),
            label_visibility="visible" if bound else "hidden",
            delta_color="off",
        )
        # The line that a metric draws itself warns of an "Infinite extent" in every browser.
        if len(card.series) > 2:
            st.html(markup.mask("spark", spark.line(card.series)))
        for line in _lines(card, card.total, words):
            st.caption(line)
        if st.button(words._("Evidence: {title}", title=title), key=f"open-{card.indicator}"):
            beside = [Many.named(each.ids) for each in (card.latest, *card.also) if each]
            claims = [card.alone["claim"]] if card.alone else []
            evidence.show(claims, card.behind.asked, beside=beside)


def _empty(card: Card, words: Words) -> None:
    st.markdown(words._("No report in this period."))
    if held := captions.not_added(card.held, card.place, words):
        st.caption(held)
    if last := card_captions.before(card, words):
        st.caption(words._("The last: {number}.", number=last))


def _lines(card: Card, total: Row, words: Words) -> list[str]:
    """The number's own lines, then the worst day of a sum, the latest beside it, and what else was
    said in other units and statuses."""
    return [*_told(card, total, words), *card_captions.beside(card, words)]


def _told(card: Card, total: Row, words: Words) -> list[str]:
    """The unit, who says so, as of when, how sure, and what others said."""
    unit = vocabulary.unit_alone(total, words)
    held = card_captions.held(card, words)
    if row := card.alone:
        lines = [
            _counted(unit, row, words),
            f"{captions.when(row, words)} · {captions.said_by(row, words)}",
            " · ".join(
                filter(None, (vocabulary.standing(row, words), captions.rivals(row, words)))
            ),
            held,
        ]
        return [line for line in lines if line]
    status = total["status"]
    counted = INDICATORS[card.indicator].says(status, words.language) if status else ""
    sure = vocabulary.status_counts(card.behind.statuses, words)
    days = words.period(*card.behind.days) if card.behind.days else ""
    return [
        f"{unit} · {counted}" if counted else unit,
        f"{days} · {card_captions.sum_of(len(card.behind), words)}",
        words._("Status: {status}", status=sure),
        *([held] if held else []),
    ]


def _counted(unit: str, row: Row, words: Words) -> str:
    """The unit and what is counted, without saying "drones" twice."""
    status = captions.what(row, words)
    return f"{unit} · {status}" if row["status"] or row["unit"] == "people" else status
