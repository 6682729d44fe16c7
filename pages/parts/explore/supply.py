"""The page of one supply (power, heating, …): who is cut off, by day, in one or several places."""

import pandas as pd

from impact import queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import record
from impact.queries import summary
from impact.rules import shares, twins
from impact.views import View, settling
from impact.views.kinds.bars import WITH_DEGREES
from impact.wording import captions
from pages.parts.explore import chart, evidence, filters, lead, planned
from pages.parts.shell import alone, session
from pages.parts.shell import screen as st

# What an indicator's share is a share of, where the unit allows it.
DENOMINATORS = {
    "buildings": "apartment_blocks",
    "people": "population",
    "customers": "customers",
    "households": "households",
}
# The highest figure of a place beside its whole.
SHARE = N_("{place}: {amount} on {day} is {share} of {base} ({source}).")
NO_SHARE = N_("{place}: {amount} on {day} is more than the base counts: {base} ({source}).")


def page(indicator: str) -> None:
    """Draws the whole page."""
    words, reader = session.words(), session.reader()
    st.title(INDICATORS[indicator].title[words.language])
    if not queries.places_with(reader, [indicator]):
        chart.unpublished()
        return
    first_lines = lead.room()
    with filters.line():
        chosen = filters.choose_places([indicator], country=True)
        added = chosen == [UKRAINE.pcode]
        within = settling.with_parts(UKRAINE.pcode) if added else chosen
        period = filters.choose_period([indicator], within)
        with filters.more():
            rule = filters.choose_rule()
            # Of the country each day has its largest number, whatever its unit.
            unit = (
                filters.any_unit(indicator, within, period)
                if added
                else (filters.choose_unit(indicator, chosen, period))
            )
    with first_lines:
        about = [(indicator, PLACES[pcode]) for pcode in chosen]
        lead.worst(summary.cards(reader, about, period, rule=rule))
    view = View(
        indicator=indicator,
        places=tuple(chosen),
        first=period[0],
        last=period[1],
        unit=unit,
        rule=rule,
        language=words.language,
    )
    picture = chart.draw(view)
    if picture.shown.empty:
        message = words._("Nobody reported a figure for these places, days and unit.")
        chart.unreported(message, [indicator], within, period)
    else:
        chart.show(picture)
        chart.how_to_read(picture.caption.reading)
        if added and indicator in WITH_DEGREES:
            st.caption(
                words._(
                    "A country has no one temperature: choose a city or an oblast for its degrees."
                )
            )
        if not added:
            _shares(picture.shown, view.unit)
    evidence.held_back([indicator], within, period)
    rows = twins.once(queries.leads(reader, [indicator], *period, places=chosen, rule=rule))
    _parts(rows[rows["part"] != ""])
    if indicator == "power_outage":
        planned.show(chosen, period, rule)
    evidence.render(rule)


def _shares(rows: pd.DataFrame, unit: str) -> None:
    """The highest figure of each place as a share of its dwellings, people or customers."""
    words, reader = session.words(), session.reader()
    for place, own in rows[rows["status"] != "restored"].groupby("place"):
        pcode = str(place)
        whole = queries.baseline(reader, DENOMINATORS.get(unit, ""), pcode)
        if whole.empty:
            continue
        worst, base = record(own, int(own["value"].argmax())), record(whole)
        share = worst["value"] / base["value"]
        text = words._(SHARE) if shares.fit([share]) else words._(NO_SHARE)
        st.caption(
            text.format(
                place=PLACES[pcode].name(words.language),
                amount=vocabulary.amount(worst, words),
                day=words.day(worst["day"]),
                share=words.percent(share),
                base=captions.baseline(base, words),
                source=captions.via(base, words),
            )
        )


@alone.part
def _parts(rows: pd.DataFrame) -> None:
    """Figures that count only a part of the whole.

    They are listed and not drawn as rivals of it. The table is made when a reader opens it.
    """
    words = session.words()
    if rows.empty:
        return
    label = words.plural(
        "{count} figure counts only a part", "{count} figures count only a part", len(rows)
    )
    folded = st.expander(label, key=f"{chart.NUMBERS}parts", on_change="rerun")
    if folded.open:
        with folded:
            st.dataframe(captions.table(rows, words), hide_index=True)
