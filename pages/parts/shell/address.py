"""The address is the view: what a page's filters are set to stands in its query parameters.

Streamlit's own `bind="query-params"` writes an option as it is displayed, so that a link would
carry "Київ" or "Kyiv" after its sender's language. Here a parameter holds the code (UA80,
2026-01): one link opens the same view in every language, and the filters go along from page to
page. Pages name parameters of impact/address/declared.py, and get from there how one is read, its
default, its help and its errors. A value equal to the default stays out of the address; one that
cannot be shown leaves it and is told (misread.py).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal, NoReturn, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact.address import declared, forms, parameters
from impact.address.parameters import Parameter, WrongParameter
from impact.model import dates, language
from impact.model.language import Words
from pages.parts.shell import misread
from pages.parts.shell import screen as st
from pages.parts.shell.misread import NOTHING_FOR, Misread

_PAGE, _SEEN, _WRITTEN, _DEFAULTS = "_page", "_seen", "_written", "_defaults"
_ARRIVED, _RETURNED, _MEANT, _SHOWN = "_arrived", "_returned", "_meant", "_shown"
_AT_END, _ASKED = "_at_end", "_asked_for"
# What chooses the figures that a page shows: a reader who follows a link with one of them must not
# take the page for an answer to it.
_CHOOSING = (declared.PLACES, declared.PLACE, declared.INDICATOR, declared.SEVERAL_INDICATORS)
_WIDGET = "choose_{key}"
# An option, and what a widget returns.
T = TypeVar("T")
Chosen = TypeVar("Chosen")
# What other sites put into links, to see who follows them.
STRANGERS = ("utm_*", "*clid", "mc_?id", "igsh*", "_ga", "_gl", "_hs*", "ref", "si")


def arrive(at_end: Callable[[], None] | None = None) -> None:
    """Notes what the address says as a run begins.

    at_end  draws what stands below every page, whether it runs to its end or stops early

    Streamlit empties the address when another page is chosen from the menu: the filters then stay
    as they were set, unless the link to the page names its own. Who goes back or forward sees what
    the address says and nothing else.
    """
    seen = st.session_state.setdefault(_SEEN, {})
    st.session_state[_WRITTEN], st.session_state[_MEANT] = {}, {}
    st.session_state[_AT_END], st.session_state[_ASKED] = at_end, set()
    page = st.context.url
    came = _PAGE not in st.session_state or st.session_state[_PAGE] != page
    st.session_state[_ARRIVED] = came
    run = get_script_run_ctx()
    st.session_state[_RETURNED] = run is not None and run.is_history_navigation
    if st.session_state.get(_PAGE) not in (None, page):
        seen.clear()
        # What the link names is news, also where the page was before with something else.
        seen.update({key: [] for key in st.query_params})
    st.session_state[_PAGE] = page
    st.session_state[_SHOWN] = {}
    misread.begin(anew=came or st.session_state[_RETURNED])


def leave(*, whole: bool = True) -> None:
    """Writes the choices of this run into the address, all at once, and tells what was misread.

    What stands below the page is drawn first.

    whole  whether the page has run to its end, so that it has asked for all that it takes
    """
    if at_end := st.session_state.pop(_AT_END, None):
        at_end()
    _drop_unknown()
    if whole:
        _drop_unasked()
    written = st.session_state[_WRITTEN]
    before = {key: st.query_params.get_all(key) for key in st.query_params}
    after = before | {key: text for key, text in written.items() if text}
    after = {key: text for key, text in after.items() if key not in written or written[key]}
    if after != before:
        st.query_params.from_dict(after)
    st.session_state[_SEEN].update(written)
    misread.tell(_words(), st.session_state[_SHOWN], chosen=_others(after) != _others(before))


def stop() -> NoReturn:
    """Ends the run here, as a page does that has nothing to show."""
    leave(whole=False)
    st.stop()
    raise AssertionError("Streamlit ends a run that is stopped")


def _others(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """What of an address is about the view: the language is not."""
    return {key: text for key, text in query.items() if key != "lang"}


def _words() -> Words:
    return language.words(value("lang"))


def _drop_unknown() -> None:
    """Takes names that mean nothing anywhere out of the address and tells of them; what other sites
    add stays where it is."""
    for name in st.query_params:
        if name in declared.EVERY or any(fnmatchcase(name, each) for each in STRANGERS):
            continue
        wrong = parameters.unknown(name, declared.EVERY)
        if not wrong.nearest:
            wrong = WrongParameter(misread.PASSED_OVER, name)
        misread.note(name, Misread(wrong))
        st.session_state[_WRITTEN][name] = []


def _drop_unasked() -> None:
    """Takes out of the address what chooses figures on other pages and was not asked for by this
    one, and tells of it."""
    asked = st.session_state[_ASKED].union(st.session_state[_WRITTEN])
    for name in {each.name for each in _CHOOSING}.intersection(st.query_params) - asked:
        misread.note(name, Misread(WrongParameter(misread.NOT_HERE, name)))
        st.session_state[_WRITTEN][name] = []


def take_whole(sign: str, keys: Collection[str]) -> bool:
    """On arrival by a link that names `sign`: what it leaves out of the keys is at its default,
    and not as it was left here before. Returns whether it was so."""
    whole = bool(st.session_state[_ARRIVED] and texts(sign))
    if whole:
        for key in keys:
            if not texts(key):
                st.session_state.pop(_WIDGET.format(key=key), None)
    return whole


def texts(*names: str) -> list[str]:
    """What the address says, under the first of the names that it has."""
    st.session_state[_ASKED].update(names)
    for name in names:
        if found := st.session_state[_MEANT].get(name) or st.query_params.get_all(name):
            return found
    return []


def _all_texts(*names: str) -> list[str]:
    """What the address says under any of the names, which mean the same."""
    return [text for name in names for text in texts(name)]


def mean(name: str, meant: dict[str, list[str]]) -> None:
    """Reads one parameter of the address as several others, whose place it takes."""
    st.session_state[_MEANT].update(meant)
    write(name, None, None)


def value(key: str, default: object = None) -> Any:
    """What a parameter is set to, after its widget or before; its usual value if it is not set."""
    usual = declared.EVERY[key].usual if default is None else default
    return st.session_state.get(_WIDGET.format(key=key), usual)


def values(key: str, default: list[str]) -> list[str]:
    """What a filter of several choices is set to; before its widget, what the address says."""
    names = (key, *declared.EVERY[key].also)
    if has_news(*names):
        return texts(*names) or default
    kept: list[str] = value(key, default)
    return kept


def is_set(key: str) -> bool:
    """Whether a filter is at anything but its default."""
    now = st.session_state.get(_WIDGET.format(key=key))
    return bool(texts(key)) or now not in (None, st.session_state.get(_DEFAULTS, {}).get(key))


def hold(key: str) -> str:
    """The text of a parameter that has no widget here and goes along from page to page; one of
    its options, where its declaration lists some."""
    name, parameter = _WIDGET.format(key=key), declared.EVERY[key]
    default = parameter.default or ""
    if has_news(key):
        found = texts(key)
        if options := parameter.form.options:
            found = _understood(key, found, None, options, str)
        st.session_state[name] = found[-1] if found else default
    held: str = st.session_state[name]
    write(key, held, default)
    return held


def set_held(key: str, text: str) -> None:
    """Sets a held parameter, or takes it off with an empty text. For callbacks: the run that
    follows writes it."""
    st.session_state[_WIDGET.format(key=key)] = text


def along(*keys: str) -> dict[str, str]:
    """Those of the parameters that are not at their default: what a link takes along."""
    written = st.session_state[_WRITTEN]
    return {key: written[key][-1] for key in keys if written.get(key)}


def kept() -> list[tuple[str, str]]:
    """What this run has put into the address so far: what a link to the same view takes along."""
    written = st.session_state[_WRITTEN]
    return [(key, text) for key, several in written.items() for text in several]


def choose(
    widget: Callable[..., T],
    label: str,
    options: Sequence[T],
    *,
    key: str,
    default: T | None = None,
    show: Callable[[T], str],
    read: Callable[[str], T] | None = None,
    names: Sequence[str] = (),
    said: Sequence[str] | None = None,
    accepts: Callable[[T], bool] | None = None,
    **settings: Any,
) -> T:
    """A widget whose choice stands in the address under `key`, a declared name; returns the choice.

    default  an option; as declared if not given
    read     the option behind a parameter's text, where it is not what the parameter's declaration
             says; may raise WrongParameter
    names    other names under which an address may say it, beside those that are declared
    said     what the address says, where that is not what stands under key and names
    accepts  whether what is no option may become one
    """
    name, parameter = _WIDGET.format(key=key), declared.EVERY[key]
    usual: T = parameter.default if default is None else default
    names = (*parameter.also, *names)
    _follow_default(key, name, usual)

    def fits(option: T) -> bool:
        return option in options or bool(accepts and accepts(option))

    if has_news(key, *names):
        given = _all_texts(key, *names) if said is None else said
        found = _understood(key, given, read, options, show, fits)
        st.session_state[name] = found[-1] if found else usual
    elif not fits(st.session_state[name]):
        st.session_state[name] = usual
    if accepts and (now := st.session_state[name]) not in options:
        options = [now, *options]
    chosen = _drawn(widget, label, options, parameter, show, settings)
    _written(key, names, chosen, usual)
    show_as(key, show(chosen))
    return chosen


def choose_some(
    widget: Callable[..., list[T]],
    label: str,
    options: Sequence[T],
    *,
    key: str,
    default: Sequence[T] | None = None,
    show: Callable[[T], str],
    most: int = 0,
    **settings: Any,
) -> list[T]:
    """The same for a widget of several choices; returns those that are made, none where a reader
    has taken all out: the page then says what to choose, and the address nothing.

    default  some of the options; as declared if not given
    most     how many may be chosen, if not all
    """
    name, parameter = _WIDGET.format(key=key), declared.EVERY[key]
    usual: list[T] = list(parameter.usual if default is None else default)
    _follow_default(key, name, usual)
    if has_news(key, *parameter.also):
        given = _all_texts(key, *parameter.also)
        found = _understood(key, given, None, options, show, several=True)
        if most and len(found) > most:
            _note_too_many(key, found[most:], show)
            found = found[:most]
        st.session_state[name] = found or usual
    else:
        before = st.session_state[name]
        kept = [option for option in before if option in options]
        # Whoever has emptied the box finds it empty; another page begins anew.
        emptied = not before and not st.session_state[_ARRIVED]
        st.session_state[name] = kept if kept or emptied else usual
    if most:
        settings["max_selections"] = most
    chosen = _drawn(widget, label, options, parameter, show, settings)
    _written(key, parameter.also, chosen, usual)
    show_as(key, ", ".join(map(show, chosen)))
    return chosen


def _drawn(
    widget: Callable[..., Chosen],
    label: str,
    options: Sequence[T],
    parameter: Parameter[Any],
    show: Callable[[T], str],
    settings: dict[str, Any],
) -> Chosen:
    """The widget of a parameter, with its help; returns what is chosen."""
    name = _WIDGET.format(key=parameter.name)
    if parameter.help:
        settings.setdefault("help", _words()._(parameter.help))
    _bring_along(name)
    return widget(label, options, key=name, format_func=show, persist_state="session", **settings)


def _written(key: str, names: Sequence[str], chosen: object, usual: object) -> None:
    """Puts a choice into the address under its own name alone."""
    for other in names:
        write(other, None, None)
    write(key, chosen, usual)


def only(key: str, option: T, show: Callable[[T], str]) -> T:
    """The one option there is, which needs no widget; an address that asks for another is told."""
    if given := texts(key):
        _understood(key, given, None, [option], show)
    write(key, None, None)
    show_as(key, show(option))
    return option


def untold(key: str, options: Collection[str], shown: str) -> None:
    """A parameter by which the page, as it is, chooses nothing: an address that asks for what is
    not there is told what is shown."""
    if given := texts(key):
        _understood(key, given, None, options, str)
    write(key, None, None)
    show_as(key, shown)


def _understood(
    key: str,
    given: Sequence[str],
    read: Callable[[str], T] | None,
    options: Collection[T],
    show: Callable[[T], str],
    fits: Callable[[T], bool] | None = None,
    *,
    several: bool = False,
) -> list[T]:
    """What an address asks for, as options, each once; what is none is noted."""
    read, fits = read or _reading(key, options), fits or options.__contains__
    found: list[T] = []
    for text in given:
        try:
            option = read(text)
            if not fits(option):
                raise WrongParameter(NOTHING_FOR, key, text)
        except WrongParameter as wrong:
            _note(key, wrong, options, show, several)
        else:
            found.append(option)
    if len(given) > 1 and not several:
        misread.note(key, Misread(parameters.repeated(key, given)))
    return list(dict.fromkeys(found))


def _reading(key: str, options: Collection[T]) -> Callable[[str], T]:
    """How a text of a parameter is read: as its declaration says; as one of the options where that
    leaves them open."""
    parameter = declared.EVERY[key]
    if parameter.form.is_open:
        parameter = replace(parameter, form=forms.one_of(map(str, options)))
    return lambda text: parameters.value(parameter, text)


def _note(
    key: str,
    wrong: WrongParameter,
    options: Collection[T],
    show: Callable[[T], str],
    several: bool,
) -> None:
    """Notes what was misread, with those of the nearest that the page has."""
    near = [option for code in wrong.codes for option in options if option == code]

    def take(number: int) -> None:
        put(key, [near[number]] if several else near[number])

    misread.note(key, Misread(wrong, [show(option) for option in near], take))


def _note_too_many(key: str, left: Sequence[T], show: Callable[[T], str]) -> None:
    told = ", ".join(map(show, left))
    misread.note(key, Misread(WrongParameter(misread.TOO_MANY, key, told)))


def _bring_along(name: str) -> None:
    """Says anew on another page what a widget is set to: Streamlit takes along only what a reader
    has touched, not what a link has set."""
    if st.session_state[_ARRIVED]:
        st.session_state[name] = st.session_state[name]


def has_news(key: str, *names: str) -> bool:
    """Whether the address says something that this run's widget does not know yet: on arrival,
    or when the reader went back or typed another one."""
    st.session_state[_ASKED].update((key, *names))
    if st.session_state[_RETURNED] or _WIDGET.format(key=key) not in st.session_state:
        return True
    if st.session_state[_MEANT].get(key):
        return True
    seen = st.session_state[_SEEN]
    return any(
        name in seen and st.query_params.get_all(name) != seen[name] for name in (key, *names)
    )


def _follow_default(key: str, name: str, default: object) -> None:
    """A filter left at one page's default is at the next page's default there."""
    defaults = st.session_state.setdefault(_DEFAULTS, {})
    if name in st.session_state and st.session_state[name] == defaults.get(key):
        st.session_state[name] = default
    defaults[key] = default


def write(key: str, chosen: object, default: object) -> None:
    """Puts a choice into the address when the run ends; the default takes it out."""
    some = chosen if isinstance(default, list) and isinstance(chosen, list) else [chosen]
    text = [] if chosen == default else [str(each) for each in some]
    st.session_state[_WRITTEN][key] = text


def hold_back(key: str) -> None:
    """Leaves a parameter in the address as it is, whatever this run has chosen: a later one
    writes it."""
    st.session_state[_WRITTEN].pop(key, None)


def show_as(key: str, shown: str) -> None:
    """Says what a parameter is set to in the page's words, for when it was misread."""
    st.session_state[_SHOWN][key] = shown


def put(key: str, chosen: object) -> None:
    """Sets a choice from elsewhere on the page, before its widget is drawn again."""
    st.session_state[_WIDGET.format(key=key)] = chosen


def choose_day(
    label: str,
    *,
    key: str,
    default: date,
    width: int | Literal["stretch"] = "stretch",
    follows: bool = False,
) -> date:
    """A date whose choice stands in the address as ISO text.

    follows  whether a day left at its default moves when the default does
    """
    name = _WIDGET.format(key=key)
    default = min(max(default, dates.FIRST), dates.LAST)
    if follows:
        _follow_default(key, name, default)
    if has_news(key):
        found = _understood(key, texts(key), None, (), str, _is_day)
        st.session_state[name] = found[-1] if found else default
    _bring_along(name)
    chosen: date = st.date_input(
        label,
        key=name,
        min_value=dates.FIRST,
        max_value=dates.LAST,
        format="YYYY-MM-DD",
        required=True,
        persist_state="session",
        width=width,
    )
    write(key, chosen, default)
    show_as(key, _words().day(chosen))
    return chosen


def _is_day(day: date) -> bool:
    """What a field for a day offers: every day."""
    return isinstance(day, date)


def choose_text(label: str, *, key: str, default: str, **settings: Any) -> str:
    """A line of text that stands in the address; empty means the default.

    A text of the reader's own gives way when the default changes: it was about something else.
    """
    name, parameter = _WIDGET.format(key=key), declared.EVERY[key]
    defaults = st.session_state.setdefault(_DEFAULTS, {})
    if has_news(key):
        st.session_state[name] = _line(parameter) or default
    elif not st.session_state[name].strip() or defaults.get(key, default) != default:
        st.session_state[name] = default
    defaults[key] = default
    _bring_along(name)
    settings["max_chars"] = parameter.form.most
    chosen: str = st.text_input(label, key=name, persist_state="session", **settings)
    write(key, chosen, default)
    show_as(key, chosen)
    return chosen


def _line(parameter: Parameter) -> str:
    """The text that the address has, unless no field could hold it."""
    if not (given := texts(parameter.name)):
        return ""
    try:
        return parameters.typed(parameter, given[-1])
    except WrongParameter as wrong:
        misread.note(parameter.name, Misread(wrong))
        return ""
