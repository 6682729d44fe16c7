"""The charts of the Casualties page, one function each."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from impact import charts, queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, Place, contains
from impact.views import View
from impact.wording import captions, titles
from impact.wording.captions import Caption
from pages.parts.explore import chart
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TOLLS = ("killed", "injured")
SHOWN = 12

Period = tuple[date, date]


def by_month(area: Place, period: Period, people: str, rule: str) -> None:
    """Monthly sums of events beside the UN's verified totals, which count what these do not."""
    words, reader, theme = session.words(), session.reader(), session.theme()
    daily = queries.tolls_by_day(reader, area, *period, people=people, rule=rule)
    if daily.empty:
        return
    verified = queries.periodic(reader, TOLLS, area.pcode)
    verified = verified[(verified["day"] >= pd.Timestamp(period[0])) & (people == "all")]
    panels, months = [], []
    for indicator in TOLLS:
        sums = queries.by_month(daily[daily["indicator"] == indicator])
        months.append(sums.assign(place=area.pcode, indicator=indicator))
        line = verified[verified["indicator"] == indicator]
        panels.append(charts.months_panel(sums, line, indicator, words, theme))
    title = words._(
        "Killed and injured by month: {place}, {period}",
        place=area.name(words.language),
        period=words.period(*period),
    )
    notes = (
        ()
        if verified.empty
        else (
            words._(
                "The UN's total counts all conflict casualties it has verified; the sum only the "
                "events in this store. Neither contains the other."
            ),
        )
    )
    behind = captions.together([queries.figures(reader, queries.ids(daily)), verified])
    views = _views(area, period, people, rule, _counted(daily))
    totals = pd.concat([*(sums.rename(columns={"month": "day"}) for sums in months), verified])
    totals["when"] = [words.month(first) for first in totals["day"]]
    _draw("months", panels, title, area, people, behind, totals, period, notes, views=views)


def by_day(area: Place, period: Period, people: str, rule: str) -> None:
    """Killed and injured by day of the event."""
    words, reader, theme = session.words(), session.reader(), session.theme()
    daily = queries.tolls_by_day(reader, area, *period, people=people, rule=rule)
    if daily.empty:
        held = queries.not_added(reader, area, *period, people=people)
        chart.nothing(
            captions.not_added(held, area, words)
            or words._("Nobody reported a toll for this place, these days and this group."),
            words._("No report is not zero."),
        )
        return
    attacks = queries.attacks(reader, *period, rule)
    panels = [
        charts.toll_panel(daily, words, theme, height=200),
        charts.attack_panel(attacks, words, theme),
    ]
    title = words._(
        "Killed and injured by day: {place}, {period}",
        place=area.name(words.language),
        period=words.period(*period),
    )
    behind = queries.figures(reader, queries.ids(daily))
    strikes = queries.behind(reader, attacks)
    (view,) = _views(area, period, people, rule, ("killed",))
    _draw("days", panels, title, area, people, behind, daily, period, beside=strikes, views=[view])


def by_event(area: Place, period: Period, people: str, rule: str) -> None:
    """The deadliest events of the period, one place and day each."""
    words, reader = session.words(), session.reader()
    rows = queries.events(reader, *period, people=people, rule=rule)
    rows = rows[rows["place"].map(lambda pcode: _inside(area, pcode))]
    rows = rows.assign(
        label=[
            f"{PLACES[row.place].name(words.language)}, {words.short_day(row.day)}"
            for row in rows.itertuples()
        ]
    )
    title = words._(
        "Deadliest events: {place}, {period}",
        place=area.name(words.language),
        period=words.period(*period),
    )
    _ranked("events", rows, title, area, period, people, rule)


def by_city(area: Place, period: Period, people: str, rule: str) -> None:
    """Tolls by city: events of one city summed over the period, at least."""
    words, reader = session.words(), session.reader()
    rows = queries.events(reader, *period, people=people, rule=rule)
    cities = [
        PLACES[pcode]
        for pcode in rows["place"].unique()
        if PLACES[pcode].level == "city" and _inside(area, pcode)
    ]
    sums = queries.city_sums(rows, cities)
    sums = sums.assign(label=[PLACES[pcode].name(words.language) for pcode in sums["place"]])
    title = words._(
        "Killed and injured by city: {place}, {period}",
        place=area.name(words.language),
        period=words.period(*period),
    )
    _ranked("cities", sums, title, area, period, people, rule)


def over_time(area: Place, period: Period, people: str) -> None:
    """How one event's toll moved by the hours told, and what was said without an hour."""
    words, reader = session.words(), session.reader()
    events = queries.revised(reader, *period, people)
    events = events[events["place"].map(lambda pcode: _inside(area, pcode))]
    if events.empty:
        return
    st.header(words._("How a toll moved from report to report"))
    names = {f"{row.place}|{row.day:%Y-%m-%d}|{row.indicator}": row for row in events.itertuples()}
    chosen = address.choose(
        st.selectbox,
        words._("Event"),
        list(names),
        key="event",
        default=next(iter(names)),
        show=lambda key: _event_name(names[key], words),
    )
    event = names[chosen]
    rows = queries.tolls(reader, event.indicator, event.place, event.day.date(), people)
    caption = Caption(
        _event_name(event, words),
        titles.subtitle(
            vocabulary.group(people, words),
            [event.place],
            (event.day.date(), event.day.date()),
            words,
            how=titles.over_time(rows, words),
        ),
        captions.foot(rows, words, queries.extent(reader).built_at),
        captions.describe_statements(rows, words, _event_name(event, words)),
    )
    picture = charts.toll_over_time(rows, caption, words, session.theme(), session.sheet())
    day = event.day.date()
    view = View(
        indicator=event.indicator,
        kind="toll",
        places=(event.place,),
        first=day,
        last=day,
        people=people,
        language=words.language,
    )
    chart.chart("toll", picture, caption, rows, [view])


def _views(
    area: Place, period: Period, people: str, rule: str, indicators: Iterable[str], kind="bars"
) -> list[View]:
    """The views of tolls in an area, as the page has them."""
    return [
        View(
            indicator=indicator,
            kind=kind,
            places=(area.pcode,),
            first=period[0],
            last=period[1],
            people=people,
            rule=rule,
            language=session.words().language,
        )
        for indicator in indicators
    ]


def _counted(rows: pd.DataFrame) -> list[str]:
    """The tolls that rows hold."""
    return [each for each in TOLLS if each in set(rows["indicator"])]


def _inside(area: Place, pcode: str) -> bool:
    return pcode == area.pcode or contains(area, PLACES[pcode])


def _event_name(event, words) -> str:
    place = PLACES[event.place].name(words.language)
    title = INDICATORS[event.indicator].title[words.language]
    return f"{title}: {place}, {words.day(event.day)}"


def _ranked(
    name: str, rows: pd.DataFrame, title: str, area: Place, period: Period, people: str, rule: str
) -> None:
    words, reader = session.words(), session.reader()
    if rows.empty:
        return
    worst = rows.pivot_table(index="label", columns="indicator", values="value", aggfunc="max")
    worst = worst.reindex(columns=TOLLS).fillna(0).sort_values(list(TOLLS), ascending=False)
    labels = worst.index[:SHOWN].tolist()
    shown = rows[rows["label"].isin(labels)]
    behind = queries.figures(reader, queries.ids(shown))
    caption = _caption(
        title,
        area,
        period,
        people,
        behind,
        shown,
        len(labels) < len(worst)
        and words._(
            "The first {shown} of {all}.",
            shown=words.number(len(labels)),
            all=words.number(len(worst)),
        ),
    )
    picture = charts.ranked_bars(shown, labels, caption, words, session.theme(), session.sheet())
    views = _views(area, period, people, rule, _counted(shown), kind="table")
    chart.chart(name, picture, caption, behind, views)


def _draw(
    name, panels, title, area, people, behind, totals, period, notes=(), beside=None, views=()
) -> None:
    caption = _caption(title, area, period, people, behind, totals, *notes, beside=beside)
    picture = charts.stack(
        panels, caption, period, session.words(), session.theme(), session.sheet()
    )
    chart.chart(name, picture, caption, captions.together([behind, beside]), views)


def _caption(
    title: str,
    area: Place,
    period: Period,
    people: str,
    behind: pd.DataFrame,
    totals: pd.DataFrame,
    *notes,
    beside=None,
) -> Caption:
    words, reader = session.words(), session.reader()
    known = queries.extent(reader).built_at
    held = queries.not_added(reader, area, *period, people=people)
    notes = (*notes, captions.not_added(held, area, words))
    return Caption(
        title,
        titles.subtitle(
            vocabulary.group(people, words),
            [area.pcode],
            period,
            words,
            how=words._("by day of the event; sums are at least"),
        ),
        captions.foot(
            behind, words, known, notes=tuple(note for note in notes if note), beside=beside
        ),
        captions.describe(behind, words, title, totals),
    )
