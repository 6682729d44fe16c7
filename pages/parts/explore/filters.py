"""The filters that pages share. Each stands in the address, so that a link opens the same view."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from impact import queries
from impact.address import declared
from impact.address.filters import TOO_LONG, TWO_PERIODS, WRONG_ORDER
from impact.address.parameters import WrongParameter, value
from impact.model import dates, periods, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import LEVELS, PLACES, UKRAINE, Place, told_apart
from impact.rules import headline
from impact.views.kind import kinds_of
from pages.parts.shell import address, misread, session
from pages.parts.shell import screen as st
from pages.parts.shell.misread import Misread

# Places that are compared at once.
MOST_PLACES = 6
# Kinds of maps, and what each is called on a page.
DAY_MAP, WORST_MAP, TOLL_MAP = "map", "worst_map", "toll_map"
MAP_NAMES = {
    DAY_MAP: N_("One day"),
    WORST_MAP: N_("Whole period, worst days"),
    TOLL_MAP: N_("Whole period, total"),
}
# The period of a page that keeps to none.
ANY = ""
# First and last day.
Period = tuple[date, date]
# A whole date and its button, in px; two stand side by side in the narrowest column.
DATE_PX = 148


def line(part: str = "") -> Any:
    """The filters' own place: one quiet line of what the page shows.

    part  what a second such line of the page belongs to
    """
    key = f"filters-{part}" if part else "filters"
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=key)


def more() -> Any:
    """Where fine settings stand, folded, at the end of that line."""
    return st.popover(session.words()._("More"), key="more")


def choose_place(
    indicators: Collection[str], *, default: str = "UA80", levels: Collection[str] = LEVELS
) -> Place:
    """One place that has figures of the indicators, those with most first."""
    known = queries.places_with(session.reader(), indicators)
    options = [place for place in known if place.level in levels] or [PLACES[default]]
    return choose_one_of(options, default=default)


def choose_one_of(known: Sequence[Place], *, default: str = "") -> Place:
    """One of the places that a page has: the default if it is among them, else the first, unless a
    reader chooses."""
    words, options = session.words(), [place.pcode for place in known]
    pcode = address.choose(
        st.selectbox,
        words._("Place"),
        options,
        key="place",
        default=default if default in options else options[0],
        show=_by_name(options, words),
    )
    return PLACES[pcode]


def choose_places(
    indicators: Collection[str],
    *,
    default: str = "UA80",
    levels: Collection[str] = LEVELS,
    usual: Sequence[str] = (),
    country: bool = False,
) -> list[str]:
    """Up to six places to compare, as P-codes.

    usual    those that are chosen unless the reader chooses; else it is the default alone
    country  whether none chosen means the country as a whole, as long as nobody chooses
    """
    words = session.words()
    known = queries.places_with(session.reader(), indicators)
    options = [place.pcode for place in known if place.level in levels]
    first = default if default in options or not options else options[0]
    some = [pcode for pcode in usual if pcode in options][:MOST_PLACES]
    chosen = address.choose_some(
        st.multiselect,
        words._("Places"),
        options or [default],
        key="places",
        default=[] if country else some or [first],
        show=_by_name(options, words),
        most=MOST_PLACES,
        # It would stand first among what is typed for, so that Enter chose every place like it.
        select_all=False,
        placeholder=UKRAINE.name(words.language) if country else words._("Choose places"),
        # The declared help is about a search; a comparison takes each place by itself.
        help=None,
    )
    if chosen or not country:
        return chosen
    address.show_as("places", UKRAINE.name(words.language))
    return [UKRAINE.pcode]


def choose_anywhere(indicators: Collection[str]) -> list[str]:
    """Places by name, as P-codes; none chosen is everywhere."""
    words = session.words()
    known = sorted(
        queries.places_with(session.reader(), indicators),
        key=lambda each: each.name(words.language),
    )
    options = [place.pcode for place in known]
    return address.choose_some(
        st.multiselect,
        words._("Places"),
        options,
        key="places",
        show=_by_name(options, words),
        select_all=False,
        placeholder=words._("Everywhere"),
    )


def _by_name(options: Collection[str], words: Words) -> Callable[[str], str]:
    """Shows a P-code as its place's name, told apart from others of a list that share it."""
    names = told_apart(options, words.language)
    return lambda code: names.get(code) or PLACES[code].name(words.language)


def choose_indicators(options: Collection[str]) -> list[str]:
    """Indicators by their titles; none chosen is all."""
    words = session.words()

    def title(name: str) -> str:
        return INDICATORS[name].title[words.language]

    return address.choose_some(
        st.multiselect,
        words._("Indicators"),
        sorted(options, key=title),
        key="indicators",
        show=title,
        select_all=False,
        placeholder=words._("All indicators"),
    )


def choose_period(
    indicators: Collection[str],
    within: Collection[str] | None = None,
    *,
    by_day: bool = False,
) -> Period:
    """First and last day: a winter, the latest thirty with data, a month, or the reader's own days.

    Every page opens on the latest winter, and stays on it when the place changes. Returns (first,
    last).

    by_day  whether the page shows one day of the period, which the address may name
    """
    latest = queries.latest_days(session.reader(), indicators, within)
    return choose_period_from(latest, winter=True, by_day=by_day)


def choose_period_or_any() -> Period | None:
    """A period to keep to; None for any day, unless a reader has chosen one here or on another
    page."""
    words, months = session.words(), queries.months(session.reader())
    chosen = choose_period_of(
        [ANY, *winters_of(months), *months, periods.DAYS],
        ANY,
        lambda code: words._("Any day") if code == ANY else period_name(code, words),
    )
    if chosen == periods.DAYS:
        return choose_days()
    return periods.span(chosen) if chosen != ANY else None


def choose_period_from(
    latest: Period | None, *, winter: bool = False, by_day: bool = False
) -> Period:
    """The same, where the page knows which days are the latest; None where there are none.

    winter  whether it opens on the latest winter; else on the latest days
    """
    words, reader = session.words(), session.reader()
    months = queries.months(reader)
    winters = winters_of(months)
    options = [*([periods.LATEST] if latest else []), *winters, *months, periods.DAYS]
    chosen = choose_period_of(
        options,
        winters[0] if winter and winters else options[0],
        lambda code: period_name(code, words, latest),
        by_day=by_day,
    )
    if chosen == periods.DAYS:
        return choose_days()
    # The latest days are offered only where there are some.
    return latest if latest and chosen == periods.LATEST else periods.span(chosen)


def choose_period_of(
    options: Sequence[str], default: str, show: Callable[[str], str], *, by_day: bool = False
) -> str:
    """The code of one period. An address may name any, even one that is not among the options."""
    return address.choose(
        st.selectbox,
        session.words()._("Period"),
        options,
        key="period",
        default=default,
        show=show,
        read=_read_period,
        names=("from", "to") if by_day else ("from", "to", "day"),
        said=_said_of_period(by_day),
        accepts=_is_period,
    )


def _read_period(text: str) -> str:
    value(declared.PERIOD, text)
    return text


def _is_period(code: str) -> bool:
    with suppress(ValueError):
        return bool(periods.span(code))
    return False


def _said_of_period(by_day: bool) -> list[str]:
    """What the address says of the period: its code, one day, or the reader's own days.

    A page that shows one day, or one event, takes the month around it.
    """
    ends = address.texts("from") or address.texts("to")
    day, codes = address.texts("day"), address.texts("period")
    if day and not by_day:
        return day
    if codes:
        if ends and codes[-1] != periods.DAYS and address.has_news("from", "to"):
            misread.note("from", Misread(WrongParameter(TWO_PERIODS, "period")))
        return codes
    if day and _is_period(day[-1]):
        return [_month_of(day[-1])]
    if ends:
        return [periods.DAYS]
    if event := address.texts("event"):
        with suppress(WrongParameter):
            return [_month_of(value(declared.EVENT, event[-1]).split("|")[1])]
    return []


def _month_of(day: str) -> str:
    return day[: len("2026-01")]


def choose_days() -> Period:
    """First and last day as the reader chooses them. Both always stand in the address."""
    words = session.words()
    told = address.has_news("from", "to") and bool(address.texts("from"))
    names = zip((N_("From"), N_("To")), ("from", "to"), _usual_days(), strict=True)
    with st.container(horizontal=True, width="content"):
        days = [
            address.choose_day(words._(label), key=key, default=default, width=DATE_PX)
            for label, key, default in names
        ]
    # A reader who fills in the later day first means the span between the two.
    first, last = min(days), max(days)
    if told and days != [first, last]:
        misread.note("from", Misread(WrongParameter(WRONG_ORDER, "from")))
    if periods.too_long(first, last):
        given, most = first.isoformat(), periods.LONGEST.days
        first = last - periods.LONGEST
        misread.note("from", Misread(WrongParameter(TOO_LONG, "from", given, most=most)))
    address.write("from", first, None)
    address.write("to", last, None)
    for key in ("period", "from", "to"):
        address.show_as(key, words.days(first, last))
    return first, last


def _usual_days() -> Period:
    """From the first of the latest month to the latest day; where the address names one of them,
    from the beginning or to the end."""
    extent = queries.extent(session.reader())
    latest = extent.last or dates.now().date()
    first, last = _named_day("from"), _named_day("to")
    if last and not first:
        return min(extent.first or last, last), last
    first = first or latest.replace(day=1)
    return first, last or max(first, latest)


def _named_day(key: str) -> date | None:
    with suppress(WrongParameter, IndexError):
        return value(declared.EVERY[key], address.texts(key)[-1])
    return None


def winters_of(months: Collection[str]) -> list[str]:
    """The heating seasons that months belong to, the latest first."""
    return sorted(
        {periods.winter_code(dates.span(month)[0]) for month in months} - {""}, reverse=True
    )


def period_name(code: str, words: Words, latest: Period | None = None) -> str:
    """The words for a period's code; `latest` are the days that LATEST stands for."""
    if latest and code == periods.LATEST:
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
    return words.period(*periods.span(code))


def choose_unit(indicator: str, within: Collection[str], period: Period) -> str:
    """One unit: figures in households and in buildings are never drawn on one axis."""
    units = queries.units_of(session.reader(), indicator, within, *period)
    return choose_unit_of(units or list(INDICATORS[indicator].units))


def any_unit(indicator: str, within: Collection[str], period: Period) -> str:
    """No unit: the page shows each number in its own. An address that asks for one that nobody used
    is told which are there."""
    units = queries.units_of(session.reader(), indicator, within, *period)
    named = [session.words()._(vocabulary.UNIT_NAMES[each]) for each in units]
    address.untold("unit", units, ", ".join(named))
    return ""


def choose_people(options: Collection[str] = ("all", "children", "women", "men")) -> str:
    """Whose toll: everybody's, or that of one group which sources count."""
    words = session.words()
    return address.choose(
        st.segmented_control,
        words._("Who"),
        list(options),
        key="people",
        show=lambda people: vocabulary.group(people, words),
        required=True,
    )


def rule() -> str:
    """The headline rule on a page where it cannot be chosen.

    It is what the address says, or what was chosen on another page.
    """
    chosen = address.hold("rule")
    address.show_as("rule", session.words()._(headline.RULE_TITLES[chosen]))
    return chosen


def choose_rule() -> str:
    """Which figure of a claim leads."""
    words = session.words()
    return address.choose(
        st.selectbox,
        words._("Rule"),
        list(headline.RULES),
        key="rule",
        show=lambda rule: words._(headline.RULE_TITLES[rule]),
    )


def choose_indicator(options: Sequence[str]) -> str:
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


def choose_map(indicator: str) -> str:
    """The kind of a map: of one day or of the whole period. Tolls of a period are added up, of
    losses each place has its worst day."""
    words, shown = session.words(), INDICATORS[indicator]
    kinds = [each for each in MAP_NAMES if each in kinds_of(shown)]
    return address.choose(
        st.selectbox,
        words._("Shown"),
        kinds,
        key="kind",
        default=DAY_MAP,
        names=("day",),
        # A day that an address names is the map of that day.
        said=address.texts("kind") or ([DAY_MAP] if address.texts("day") else []),
        show=lambda kind: words._(MAP_NAMES[kind]),
    )


def choose_day(days: list[date], default: date) -> date:
    """One of the days that have a figure."""
    words = session.words()
    if len(days) == 1:
        return address.only("day", days[0], words.day)
    return address.choose(
        st.select_slider,
        words._("Day"),
        days,
        key="day",
        default=default,
        show=words.short_day,
    )


def choose_status(indicator: str, day: date, rule: str) -> str:
    """Lost, still without or restored; nothing to choose for a toll or a single status."""
    words = session.words()
    options = queries.statuses_on(session.reader(), indicator, day, rule)

    def show(status: str) -> str:
        return INDICATORS[indicator].says(status, words.language)

    return _one_of(words._("What"), "status", options, show)


def choose_unit_of(options: list[str]) -> str:
    """One of some units; nothing to choose when there is only one."""
    words = session.words()

    def show(unit: str) -> str:
        return words._(vocabulary.UNIT_NAMES[unit])

    return _one_of(words._("Unit"), "unit", options, show)


def _one_of(label: str, key: str, options: list[str], show: Callable[[str], str]) -> str:
    """One of a few options, the first unless the address says otherwise; a single one is not asked
    about."""
    if len(options) == 1:
        return address.only(key, options[0], show)
    return address.choose(
        st.segmented_control,
        label,
        options,
        key=key,
        default=options[0],
        show=show,
        required=True,
    )
