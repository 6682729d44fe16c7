"""The filters that pages share. Each stands in the address, so that a link opens the same view."""

from collections.abc import Collection
from datetime import date

from impact import captions, dates, headline, periods, places, queries
from impact.indicators import INDICATORS
from impact.places import LEVELS, PLACES, Place, UnknownPlace
from pages.parts import address, session
from pages.parts import screen as st


def read_place(text: str) -> str:
    """A P-code from an address, or whatever spelling of a place a reader typed there."""
    try:
        return places.find(text).pcode
    except UnknownPlace:
        return ""


def choose_place(
    indicators: Collection[str], *, default: str = "UA80", levels: Collection[str] = LEVELS
) -> Place:
    """One place that has figures of the indicators, those with most first."""
    words = session.words()
    known = queries.places_with(session.reader(), indicators)
    options = [place.pcode for place in known if place.level in levels] or [default]
    pcode = address.choose(
        st.selectbox,
        words._("Place"),
        options,
        key="place",
        default=default if default in options else options[0],
        show=lambda code: PLACES[code].name(words.language),
        read=read_place,
    )
    return PLACES[pcode]


def choose_places(indicators: Collection[str], *, default: str = "UA80") -> list[str]:
    """Up to six places to compare, as P-codes."""
    words = session.words()
    options = [place.pcode for place in queries.places_with(session.reader(), indicators)]
    first = default if default in options or not options else options[0]
    return address.choose(
        st.multiselect,
        words._("Places"),
        options or [default],
        key="places",
        default=[first],
        show=lambda code: PLACES[code].name(words.language),
        read=read_place,
        max_selections=6,
        placeholder=words._("Choose places"),
    )


def choose_anywhere(indicators: Collection[str]) -> list[str]:
    """Places by name, as P-codes; none chosen is everywhere."""
    words = session.words()
    known = sorted(
        queries.places_with(session.reader(), indicators),
        key=lambda each: each.name(words.language),
    )
    return address.choose(
        st.multiselect,
        words._("Places"),
        [place.pcode for place in known],
        key="places",
        default=[],
        show=lambda code: PLACES[code].name(words.language),
        read=read_place,
        placeholder=words._("Everywhere"),
        help=words._("An oblast includes its cities. Ukraine is the figures of the whole country."),
    )


def choose_indicators(options: Collection[str]) -> list[str]:
    """Indicators by their titles; none chosen is all."""
    words = session.words()

    def title(name: str) -> str:
        return INDICATORS[name].title[words.language]

    return address.choose(
        st.multiselect,
        words._("Indicators"),
        sorted(options, key=title),
        key="indicators",
        default=[],
        show=title,
        placeholder=words._("All indicators"),
    )


def choose_period(
    indicators: Collection[str], within: Collection[str] | None = None, *, winter: bool = False
):
    """First and last day: the latest thirty with data, a winter, a month, or days of one's own.

    Opens on the latest days on which the indicators have figures for the places, as an empty
    today helps nobody, or on the latest winter. Returns (first, last).
    """
    words, reader = session.words(), session.reader()
    latest = queries.latest_days(reader, indicators, within)
    months = queries.months(reader)
    winters = winters_of(months)
    options = [*([periods.LATEST] if latest else []), *winters, *months, periods.DAYS]
    chosen = address.choose(
        st.selectbox,
        words._("Period"),
        options,
        key="period",
        default=winters[0] if winter and winters else options[0],
        show=lambda code: period_name(code, words, latest),
    )
    if chosen == periods.DAYS:
        return _choose_days(reader, words)
    return latest if chosen == periods.LATEST else periods.span(chosen)


def _choose_days(reader, words) -> tuple[date, date]:
    extent = queries.extent(reader)
    last = extent.last or dates.now().date()
    first = last.replace(day=1)
    before, after = st.columns(2)
    with before:
        first = address.choose_day(words._("From"), key="from", default=first)
    with after:
        last = address.choose_day(words._("To"), key="to", default=last)
    # A reader who fills in the later day first means the span between the two.
    return min(first, last), max(first, last)


def winters_of(months: Collection[str]) -> list[str]:
    """The heating seasons that months belong to, the latest first."""
    return sorted(
        {periods.winter_code(dates.span(month)[0]) for month in months} - {""}, reverse=True
    )


def period_name(code: str, words, latest: tuple[date, date] | None = None) -> str:
    """The words for a period's code; `latest` are the days that LATEST stands for."""
    if code == periods.LATEST:
        return words._(
            "Latest: {first} – {last}",
            first=words.short_day(latest[0]),
            last=words.day(latest[1]),
        )
    if code == periods.DAYS:
        return words._("Chosen days…")
    if periods.is_winter(code):
        season = words.period(*periods.span(code))
        return season[:1].upper() + season[1:]
    return words.month(dates.span(code)[0])


def choose_unit(indicator: str, within: Collection[str], period: tuple[date, date]) -> str:
    """One unit: figures in households and in buildings are never drawn on one axis."""
    units = queries.units_of(session.reader(), indicator, within, *period)
    return choose_unit_of(units or list(INDICATORS[indicator].units))


def choose_people(options: Collection[str] = ("all", "children", "women", "men")) -> str:
    """Whose toll: everybody's, or that of one group where sources count it."""
    words = session.words()
    return address.choose(
        st.segmented_control,
        words._("Who"),
        list(options),
        key="people",
        default="all",
        show=lambda people: captions.group(people, words),
        required=True,
    )


def choose_rule() -> str:
    """Which claim leads when several stand side by side."""
    words = session.words()
    return address.choose(
        st.selectbox,
        words._("Which claim leads"),
        list(headline.RULES),
        key="rule",
        default=headline.DEFAULT_RULE,
        show=lambda rule: words._(headline.RULE_TITLES[rule]),
        help=words._(headline.RULE_HELP),
    )


def choose_indicator(options: Collection[str]) -> str:
    """One indicator."""
    words = session.words()
    return address.choose(
        st.selectbox,
        words._("Indicator"),
        list(options),
        key="indicator",
        default=options[0],
        show=lambda name: INDICATORS[name].title[words.language],
    )


def choose_day(days: list[date], default: date) -> date:
    """One of the days that have a figure."""
    words = session.words()
    if len(days) == 1:
        return days[0]
    return address.choose(
        st.select_slider,
        words._("Day"),
        days,
        key="day",
        default=default,
        show=words.short_day,
        read=address.read_day,
    )


def choose_status(indicator: str, day: date, rule: str) -> str:
    """Lost, still without or restored; nothing to choose for a toll or a single status."""
    words = session.words()
    options = queries.statuses_on(session.reader(), indicator, day, rule)
    if len(options) == 1:
        return options[0]
    return address.choose(
        st.segmented_control,
        words._("What"),
        options,
        key="status",
        default=options[0],
        show=lambda status: INDICATORS[indicator].says(status, words.language),
        required=True,
    )


def choose_unit_of(options: list[str]) -> str:
    """One of some units; nothing to choose when there is only one."""
    words = session.words()
    if len(options) == 1:
        return options[0]
    return address.choose(
        st.segmented_control,
        words._("Counted in"),
        options,
        key="unit",
        default=options[0],
        show=lambda unit: words._(captions.UNIT_NAMES[unit]),
        required=True,
    )
