"""The parts of the Attacks page: the list of all nights, and one night."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES, TOLLS
from impact.model.places import UKRAINE
from impact.model.rows import Row, records
from impact.queries import conflicts, nights
from impact.queries.nights import Harm, Night, Struck
from impact.views import View
from impact.views.kinds import hours
from impact.views.wording import SIGNS
from impact.wording import attack_captions, conflict_captions, markup, reconciliation
from pages.parts.explore import chart, evidence, to_nights
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

# The page of conflicts, and of briefs.
CONFLICTS, BRIEF = "pages/trust/conflicts.py", "pages/publish/brief.py"
# How many losses are drawn, how many conflicts are named.
MOST_DRAWN, MOST_NAMED = 2, 8
LIST_PX = 560
# The losses of the list: column of attack.sql, indicator; px that the words of one are wide.
LOSSES = (("power", "power_outage"), ("heating", "heating_loss"))
UNIT_PX = 215


def choose(days: list[date]) -> date | None:
    """The attack that is asked for; None for the list of all."""
    words = session.words()

    def show(day: date | None) -> str:
        return attack_captions.title(day, words) if day else words._("All attacks")

    return address.choose(
        st.selectbox,
        words._("Attack"),
        [None, *days],
        key="night",
        default=None,
        show=show,
        placeholder=words._("All attacks"),
    )


def listing(rows: pd.DataFrame) -> None:
    """Every attack, the latest first; sorted by a click on a column, opened by one on a row."""
    words = session.words()
    table = _table(rows)
    st.caption(words._("Choose a row to open its night. A column's name sorts by it."))
    st.dataframe(
        chart.written(table),
        key="nights",
        hide_index=True,
        height=min(LIST_PX, 38 + 35 * len(table)),
        on_select=partial(_open, rows),
        selection_mode="single-row",
        placeholder="–",
        column_config=_widths(),
        alt=words._("Attacks, the latest first"),
    )
    chart.download(table, "attacks")


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    """The list as people read it, what was done to people first. Of power and heat the largest
    number, in the unit as said."""
    words = session.words()
    said = records(rows)
    columns = {
        words._("Night to"): rows["day"].dt.date,
        INDICATORS["killed"].title[words.language]: rows["killed"],
        INDICATORS["injured"].title[words.language]: rows["injured"],
    }
    for name in ("drones", "missiles"):
        columns[words._(vocabulary.UNIT_NAMES[name]).capitalize()] = rows[name]
    for name, indicator in LOSSES:
        columns[INDICATORS[indicator].title[words.language]] = rows[name]
        columns[_counted(indicator)] = [_unit_of(row, name, indicator) for row in said]
    columns[words._("Places")] = rows["places"]
    columns[words._("In doubt")] = rows["doubted"]
    return pd.DataFrame(columns)


def _counted(indicator: str) -> str:
    """The name of the column that says in what a loss was counted."""
    title = INDICATORS[indicator].title[session.words().language]
    return session.words()._("{what}: unit", what=title)


def _widths() -> dict[str, Any]:
    """How the columns are shown: what was counted stands whole."""
    wide = st.column_config.TextColumn(width=UNIT_PX)
    return {_counted(indicator): wide for _, indicator in LOSSES}


def _unit_of(row: Row, name: str, indicator: str) -> str:
    """ "customers, without power"; empty where nobody gave a number."""
    words, unit = session.words(), row[f"{name}_unit"]
    if unit not in vocabulary.UNIT_NAMES:
        return ""
    status = INDICATORS[indicator].says(row[f"{name}_status"], words.language)
    return f"{words._(vocabulary.UNIT_NAMES[unit])}, {status}"


def _open(rows: pd.DataFrame) -> None:
    for number in st.session_state["nights"]["selection"]["rows"]:
        address.put("night", rows["day"].iloc[number].date())


def winter(pcode: str, first: date, last: date, rule: str) -> None:
    """A winter at a glance, in one place."""
    view = View(
        indicator="killed",
        kind="winter",
        places=(pcode,),
        first=first,
        last=last,
        rule=rule,
        language=session.words().language,
    )
    chart.show(chart.draw(view))


def mapped(indicator: str, day: date, rule: str) -> None:
    """The map of one day."""
    view = View(
        indicator=indicator,
        kind="map",
        first=day,
        last=day,
        rule=rule,
        language=session.words().language,
    )
    chart.show(chart.draw(view))


def worst(first: date, last: date, rule: str) -> None:
    """The worst nights of a period, each a way to its page."""
    words = session.words()
    rows = records(nights.worst(session.reader(), first, last, rule))
    if not rows:
        return
    st.header(words._("The worst nights"), anchor=False)
    st.caption(
        words._(
            "Those with the most killed, injured, cut off from power, cut off from heat and "
            "launched, {period}.",
            period=words.period(first, last),
        )
    )
    with st.container(key="worst-nights", gap="small"):
        for sign, row in zip(SIGNS, rows, strict=False):
            label = markup.ours(
                "**{night}** {sign} – {told}",
                sign=sign,
                night=attack_captions.title(row["day"], words),
                told=attack_captions.in_short(row, words),
            )
            to_nights.way(label, row["day"].date())


def neighbours(night: Night) -> None:
    """The ways to the attack before, to all, and to the one after."""
    words = session.words()
    if night.previous:
        to_nights.way(f"‹ {words.short_day(night.previous)}", night.previous)
    if night.next:
        to_nights.way(f"{words.short_day(night.next)} ›", night.next)
    to_nights.way(words._("All attacks"), None)


def told(night: Night, rule: str) -> None:
    """One attack: its paragraph, its places, the hours, the days after, where sources differ."""
    words = session.words()
    link = partial(_link, night)
    st.html(markup.block("lead", *attack_captions.paragraphs(night, words, link)))
    _ways_out(night)
    if night.places:
        st.header(words._("Place by place"), anchor=False)
        st.caption(
            words._(
                "Filled: lost. Outlined: still without, first and last count. Each number opens "
                "its evidence. No report is not zero."
            )
        )
        st.html(attack_captions.table(night, words, link))
    _hours(night, rule)
    _days_after(night, rule)
    _differences(night, rule)


def _link(night: Night, text: str, claim: str) -> markup.Html:
    asked = {"night": night.day.isoformat(), "claim": claim}
    return markup.anchor(text, urlencode(asked | session.along()))


def _ways_out(night: Night) -> None:
    words = session.words()
    day = night.day.isoformat()
    with st.container(horizontal=True, key="ways-out"):
        st.page_link(
            BRIEF,
            label=words._("Brief of this day"),
            query_params={"day": day} | session.along(),
        )


def _days_after(night: Night, rule: str) -> None:
    """The largest losses of supply, each from the day before to seven days after; and the map."""
    words = session.words()
    losses = [
        (struck, harm)
        for struck in night.places
        for supply in OUTAGES
        for harm in struck.of(supply)[:1]
    ]
    losses.sort(key=lambda each: -each[1].size)
    if not losses:
        return
    st.header(words._("The days after"), anchor=False)
    rows = nights.recovery(session.reader(), night.day, rule)
    if len(rows):
        st.caption(attack_captions.how_followed(rows, words))
        st.html(attack_captions.recovery(rows, words))
    for struck, harm in losses[:MOST_DRAWN]:
        name = f"after-{harm.indicator}-{struck.place.pcode}"
        chart.show(chart.draw(_view_of(night, struck, harm, rule)), name)
    chart.how_to_read()
    told = {harm.indicator for _, harm in losses}
    mapped(next(supply for supply in OUTAGES if supply in told), night.day, rule)


def _view_of(night: Night, struck: Struck, harm: Harm, rule: str) -> View:
    return View(
        indicator=harm.indicator,
        kind="bars",
        places=(struck.place.pcode,),
        first=night.day - timedelta(days=1),
        last=night.day + timedelta(days=attack_captions.FOLLOWED),
        unit=_unit(harm),
        rule=rule,
        language=session.words().language,
    )


def _unit(harm: Harm) -> str:
    number = harm.told or harm.still or harm.last
    return number.total["unit"] if number else ""


def _hours(night: Night, rule: str) -> None:
    """What was said of the attack's day on one clock, and the same in words."""
    words = session.words()
    rows = nights.statements(session.reader(), night.day)
    if rows.empty:
        return
    st.header(words._("Hour by hour"), anchor=False)
    view = View(
        indicator="killed",
        kind="hours",
        places=(UKRAINE.pcode,),
        first=night.day,
        last=night.day,
        rule=rule,
        language=words.language,
    )
    chart.show(chart.draw(view))
    chart.how_to_read(hours.READING)
    timed, untimed = attack_captions.hours(rows, words, partial(_link, night))
    head = attack_captions.hours_head(words)
    with st.expander(words._("Statement by statement")):
        if timed:
            st.caption(words._("By the hour that the statement names, Kyiv time."))
            st.html(markup.table("harm", head, timed))
        if untimed:
            st.caption(
                words._("No hour told: in the order published, which is no order of events.")
            )
            st.html(markup.table("harm", head, untimed))


def _differences(night: Night, rule: str) -> None:
    """Where sources differ, the national toll beside the places' sum, and what is in doubt."""
    words, reader = session.words(), session.reader()
    found = [
        each
        for each in conflicts.conflicts(
            reader, night.day, night.day, indicators=[*TOLLS, *OUTAGES], rule=rule
        )
        if each.kinds != (conflicts.DEVELOPMENT,)
    ]
    told = records(nights.reconciled(reader, night.day, night.day))
    apart = [each for each in told if each["difference"]]
    st.header(words._("Where sources differ"), anchor=False)
    if not found and not apart:
        st.markdown(words._("No statements differ here."))
    for each in found[:MOST_NAMED]:
        st.markdown(markup.ours("**{name}**", name=conflict_captions.name(each, words)))
        st.markdown(conflict_captions.farthest(each, words))
        st.page_link(
            CONFLICTS,
            label=words._("Side by side"),
            query_params={"conflict": each.claim, "from": night.day.isoformat(),
                          "to": night.day.isoformat()} | session.along(),
        )  # fmt: skip
    link = partial(_link, night)
    if apart:
        lines = [reconciliation.sentence(row, words, link) for row in apart]
        st.html(markup.block("lines", *lines))
    everywhere = [struck.place.pcode for struck in night.places] + [UKRAINE.pcode]
    evidence.held_back([*TOLLS, *OUTAGES], everywhere, (night.day, night.day))
