"""The choices behind a picture. Each stands in the address under the name that a view gives it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from impact import queries
from impact.address import declared, parameters
from impact.address.parameters import WrongParameter
from impact.model import language, periods, vocabulary
from impact.model.indicators import IMPACTS, INDICATORS
from impact.model.language import N_
from impact.views import KINDS, PARAMETERS, InvalidView, View, draw, kinds_of, reading, settling
from impact.views.kind import sizes_of, usual_size
from impact.views.kinds import conflict
from impact.views.view import default_kind, numbers_of
from impact.wording import conflict_captions
from pages.parts.explore import filters
from pages.parts.explore.filters import Period
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

USUAL = "heating_loss"
SIZES = {
    "article": N_("Article 16:9"),
    "link": N_("Link preview 1200 × 630"),
    "square": N_("Square"),
    "story": N_("Story 9:16"),
    "a4": N_("Print A4"),
}
NUMBERS = {
    "worst": N_("The worst day"),
    "latest": N_("The latest day"),
    "total": N_("The total of the period"),
}
MARKS = {
    "mark1": N_("Note at a mark: its day and your words"),
    "mark2": N_("A second note at a mark"),
}
THEMES = {"light": N_("Light"), "dark": N_("Dark")}
# Counted apart by sources: tolls.
_GROUPED = ("killed", "injured")
# The page's own language stands under `lang`; a picture may be in another.
_LANGUAGE = declared.WRITTEN_IN.name
# Under what an address names days.
_DAYS = tuple(each.name for each in (declared.PERIOD, declared.FROM, declared.TO, declared.DAY))
# What a link to this page sets whole; language and moment go along from page to page.
_WHOLE = (*(each.name for each in PARAMETERS if each.name not in ("lang", "asof")), _LANGUAGE)


def choose() -> View:
    """What the picture shows, how it looks and what it says of itself.

    Raises InvalidView for a combination that cannot be drawn.
    """
    words = session.words()
    _take_event()
    linked = address.take_whole("indicator", _WHOLE)
    indicator = _choose_indicator()
    kind = _choose_kind(indicator)
    # The map has the country alone; every place with a figure is on it.
    levels = KINDS[kind].LEVELS
    alone = levels == ("country",)
    usual = settling.USUAL_PLACE[INDICATORS[indicator].kind]
    places = ["UA"] if alone else filters.choose_places([indicator], default=usual, levels=levels)
    if not places:
        st.caption(words._("No place is chosen: the picture shows the usual one."))
    period = _choose_period(_latest(indicator, kind, places), linked=linked)
    title, size, differing = st.container(), _choose_size(kind), st.container()
    more = st.expander(words._("Note, unit, language, colours …"))
    with more:
        chosen = _choose_more(indicator, places, period)
    view = View(
        indicator=indicator,
        kind=kind,
        places=tuple(places),
        first=period[0] if _is_fixed() else None,
        last=period[1] if _is_fixed() else None,
        size=size,
        **chosen,
    )
    with differing:
        if kind == reading.OF_CONFLICT:
            view = _choose_conflict(view, period)
        elif kind == reading.OF_NUMBER:
            view = _choose_number(view)
    with title:
        view = _choose_title(view)
    with more:
        return _choose_note(view)


def _choose_period(latest: Period | None, *, linked: bool) -> Period:
    """The winter with which every page opens, or what a link says: one that names no days means
    the latest. It always stands in the address, which means the same to programs then."""
    if linked and not address.texts(*_DAYS):
        address.put("period", periods.LATEST)
    period = filters.choose_period_from(latest, winter=True)
    address.write("period", address.value("period"), None)
    return period


def _latest(indicator: str, kind: str, places: Sequence[str]) -> Period | None:
    """The days that the picture shows as long as none are chosen."""
    reader, some = session.reader(), tuple(places[: KINDS[kind].MOST_PLACES])
    view = View(indicator=indicator, kind=kind, places=some)
    if not some:
        settle = KINDS[kind].settled if KINDS[kind].TOGETHER else settling.settled
        view = replace(view, places=settle(view, reader).places)
    return settling.latest(view, reader)


def _choose_conflict(view: View, period: Period) -> View:
    """Which conflict of place and days; the gravest stays open, so that the live link follows the
    news."""
    words, reader = session.words(), session.reader()
    within = replace(settling.settled(view, reader), first=period[0], last=period[1])
    some = conflict.of_view(replace(within, unit=view.unit), reader)
    if not some:
        address.write("conflict", None, None)
        return view
    names = {each.claim: conflict_captions.name(each, words) for each in some}
    chosen = address.choose(
        st.selectbox,
        words._("Conflict"),
        list(names),
        key="conflict",
        default=some[0].claim,
        show=lambda claim: names[claim],
    )
    return view if chosen == some[0].claim else replace(view, conflict=chosen)


def _choose_number(view: View) -> View:
    """Which number: the worst first."""
    words, options = session.words(), numbers_of(INDICATORS[view.indicator])
    usual = "total" if "total" in options else options[0]
    chosen = address.choose(
        st.selectbox,
        words._("Which number"),
        list(options),
        key="number",
        default=usual,
        show=lambda name: words._(NUMBERS[name]),
    )
    return view if chosen == usual else replace(view, number=chosen)


def _take_event() -> None:
    """Takes place, day and indicator from the event that the address names."""
    for text in address.texts("event"):
        with suppress(WrongParameter):
            event = parameters.value(declared.EVENT, text)
            address.mean("event", View.read({"event": [event]}).parameters())


def told(error: InvalidView) -> str:
    """Says what cannot be drawn, and what to do instead."""
    words = session.words()
    if error.parameter != "places":
        return error.sentence(words)
    several = [
        words._(kind.TITLE)
        for name, kind in KINDS.items()
        if len(address.values("places", [settling.USUAL_PLACE["stock"]])) <= kind.MOST_PLACES
        and name in kinds_of(INDICATORS[address.value("indicator", USUAL)])
    ]
    return words._(
        "This kind of picture shows fewer places. Take some away, or choose: {kinds}.",
        kinds=", ".join(several),
    )


def _is_fixed() -> bool:
    """Whether the reader chose days.

    The latest days stay open, so that the live link follows them.
    """
    return address.value("period") not in (None, periods.LATEST)


def _choose_indicator() -> str:
    words, reader = session.words(), session.reader()
    known = set(queries.counts(reader)["indicator"])
    options = [name for name in IMPACTS if name in known]
    chosen = address.choose(
        st.selectbox,
        words._("Indicator"),
        options,
        key="indicator",
        default=USUAL if USUAL in options else options[0],
        show=lambda name: INDICATORS[name].title[words.language],
    )
    # Always in the address: a view without its indicator is none (the API says so).
    address.write("indicator", chosen, "")
    return chosen


def _choose_kind(indicator: str) -> str:
    words, each = session.words(), INDICATORS[indicator]
    return address.choose(
        st.selectbox,
        words._("Kind of picture"),
        list(kinds_of(each)),
        key="kind",
        default=default_kind(each, address.values("places", [settling.USUAL_PLACE["stock"]])),
        show=lambda name: words._(KINDS[name].TITLE),
    )


def _choose_title(view: View) -> View:
    """The title that the view makes of itself, to be edited."""
    usual = draw(view, session.reader()).caption.title
    title = address.choose_text(session.words()._("Title"), key="title", default=usual)
    return replace(view, title="" if title == usual else title)


def _choose_note(view: View) -> View:
    words = session.words()
    note = address.choose_text(
        words._("Note in the picture"),
        key="note",
        default="",
        placeholder=words._("One line of your own below the source"),
    )
    view = replace(view, note=note)
    if view.kind not in reading.NOTED:
        return view
    mark1, mark2 = (
        address.choose_text(
            words._(label), key=name, default="", placeholder=words._("2026-01-24 your words")
        )
        for name, label in MARKS.items()
    )
    return replace(view, mark1=mark1.strip(), mark2=mark2.strip())


def _choose_size(kind: str) -> str:
    """One of those that the kind fills."""
    words = session.words()
    return address.choose(
        st.selectbox,
        words._("Size"),
        list(sizes_of(kind)),
        key="size",
        default=usual_size(kind),
        show=lambda size: words._(SIZES[size]),
    )


def _choose_more(indicator: str, places: list[str], period: Period) -> dict[str, str]:
    words, each = session.words(), INDICATORS[indicator]
    chosen = {}
    units = queries.units_of(session.reader(), indicator, places, *period) or list(each.units)
    if len(units) > 1:
        chosen["unit"] = address.choose(
            st.selectbox,
            words._("Unit"),
            ["", *units],
            key="unit",
            default="",
            show=lambda unit: (
                words._(vocabulary.UNIT_NAMES[unit]) if unit else words._("Most used")
            ),
        )
    if each.statuses:
        chosen["status"] = address.choose(
            st.selectbox,
            words._("What"),
            ["", *each.statuses],
            key="status",
            default="",
            show=lambda status: each.says(status, words.language) if status else words._("All"),
        )
    if indicator in _GROUPED:
        chosen["people"] = filters.choose_people()
    return chosen | {
        "rule": filters.choose_rule(),
        "language": _segments(
            words._("Language of the picture"),
            {code: language.own_name(code) for code in language.languages()},
            _LANGUAGE,
            words.language,
        ),
        "theme": _segments(
            words._("Colours"),
            {name: words._(THEMES[name]) for name in declared.THEME.form.options},
            "theme",
        ),
    }


def _segments(label: str, options: dict[str, str], key: str, default: str | None = None) -> str:
    return address.choose(
        st.segmented_control,
        label,
        list(options),
        key=key,
        default=default,
        show=lambda option: options[option],
        required=True,
    )
