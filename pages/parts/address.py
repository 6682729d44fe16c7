"""The address is the view: what a page's filters are set to stands in its query parameters.

Streamlit's own `bind="query-params"` writes an option as it is displayed, so that a link would
carry "Київ" or "Kyiv" after its sender's language. Here a parameter holds the code (UA80,
2026-01): one link opens the same view in every language, and the filters go along from page to
page. A value equal to the default stays out of the address; one that is no option is dropped.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from pages.parts import screen as st

_PAGE, _SEEN, _WRITTEN, _DEFAULTS = "_page", "_seen", "_written", "_defaults"
_ARRIVED = "_arrived"
_WIDGET = "choose_{key}"


def arrive() -> None:
    """Notes what the address says as a run begins.

    Streamlit empties the address when another page is chosen from the menu: the filters then stay
    as they were set, unless the link to the page names its own.
    """
    seen = st.session_state.setdefault(_SEEN, {})
    st.session_state[_WRITTEN] = {}
    page = st.context.url
    st.session_state[_ARRIVED] = st.session_state.get(_PAGE) != page
    if st.session_state.get(_PAGE) not in (None, page):
        seen.clear()
        # What the link names is news, also where the page was before with something else.
        seen.update({key: [] for key in st.query_params})
    st.session_state[_PAGE] = page


def leave() -> None:
    """Writes the choices of this run into the address, all at once: one step of its history."""
    written = st.session_state[_WRITTEN]
    before = {key: st.query_params.get_all(key) for key in st.query_params}
    after = before | {key: text for key, text in written.items() if text}
    after = {key: text for key, text in after.items() if key not in written or written[key]}
    if after != before:
        st.query_params.from_dict(after)
    st.session_state[_SEEN].update(written)


def take_whole(sign: str, keys: Collection[str]) -> None:
    """On arrival by a link that names `sign`: what it leaves out of the keys is at its default,
    and not as it was left here before."""
    if st.session_state[_ARRIVED] and sign in st.query_params:
        for key in keys:
            if key not in st.query_params:
                st.session_state.pop(_WIDGET.format(key=key), None)


def value(key: str, default):
    """What a parameter is set to, before or without its widget."""
    return st.session_state.get(_WIDGET.format(key=key), default)


def values(key: str, default: list) -> list:
    """What a filter of several choices is set to; before its widget, what the address says."""
    return value(key, st.query_params.get_all(key) or default)


def hold(key: str) -> str:
    """The text of a parameter that has no widget of its own and goes along from page to page."""
    name = _WIDGET.format(key=key)
    if _has_news(key, name):
        st.session_state[name] = st.query_params.get(key, "")
    write(key, st.session_state[name], "")
    return st.session_state[name]


def set_held(key: str, text: str) -> None:
    """Sets a held parameter, or takes it off with an empty text. For callbacks: the run that
    follows writes it."""
    st.session_state[_WIDGET.format(key=key)] = text


def along(*keys: str) -> dict[str, str]:
    """Those of the parameters that are not at their default: what a link takes along."""
    written = st.session_state[_WRITTEN]
    return {key: written[key][-1] for key in keys if written.get(key)}


def choose(
    widget: Callable,
    label: str,
    options: Sequence,
    *,
    key: str,
    default,
    show: Callable[[object], str],
    read: Callable[[str], object] = str,
    **settings,
):
    """A widget whose choice stands in the address under `key`; returns the choice.

    default  an option, or for a widget of several choices a list of them
    read     the option behind a parameter's text; may accept more spellings than the code
    """
    name = _WIDGET.format(key=key)
    several = isinstance(default, list)
    _follow_default(key, name, default)
    if _has_news(key, name):
        found = [read(text) for text in st.query_params.get_all(key)]
        found = [option for option in found if option in options]
        st.session_state[name] = (found if several else found[-1]) if found else default
    elif not several and st.session_state[name] not in options:
        st.session_state[name] = default
    elif several:
        kept = [option for option in st.session_state[name] if option in options]
        st.session_state[name] = kept or default
    _bring_along(name)
    chosen = widget(label, options, key=name, format_func=show, persist_state="session", **settings)
    write(key, chosen, default)
    return chosen


def _bring_along(name: str) -> None:
    """Says anew on another page what a widget is set to: Streamlit takes along only what a reader
    has touched, not what a link has set."""
    if st.session_state[_ARRIVED]:
        st.session_state[name] = st.session_state[name]


def _has_news(key: str, name: str) -> bool:
    """Whether the address says something that this run's widget does not know yet: on arrival,
    or when the reader went back or typed another one."""
    known = st.session_state[_SEEN].get(key)
    changed = known is not None and st.query_params.get_all(key) != known
    return changed or name not in st.session_state


def _follow_default(key: str, name: str, default) -> None:
    """A filter left at one page's default is at the next page's default there."""
    defaults = st.session_state.setdefault(_DEFAULTS, {})
    if name in st.session_state and st.session_state[name] == defaults.get(key):
        st.session_state[name] = default
    defaults[key] = default


def write(key: str, chosen, default) -> None:
    """Puts a choice into the address when the run ends."""
    several = isinstance(default, list)
    text = [] if chosen == default else [str(each) for each in (chosen if several else [chosen])]
    st.session_state[_WRITTEN][key] = text


def put(key: str, chosen) -> None:
    """Sets a choice from elsewhere on the page, before its widget is drawn again."""
    st.session_state[_WIDGET.format(key=key)] = chosen


def choose_day(label: str, *, key: str, default: date) -> date:
    """A date whose choice stands in the address as ISO text."""
    name = _WIDGET.format(key=key)
    if _has_news(key, name):
        st.session_state[name] = read_day(st.query_params.get(key, "")) or default
    _bring_along(name)
    chosen = st.date_input(
        label, key=name, format="YYYY-MM-DD", required=True, persist_state="session"
    )
    write(key, chosen, default)
    return chosen


def choose_text(label: str, *, key: str, default: str, **settings) -> str:
    """A line of text that stands in the address; empty means the default.

    A text of the reader's own gives way when the default changes: it was about something else.
    """
    name = _WIDGET.format(key=key)
    defaults = st.session_state.setdefault(_DEFAULTS, {})
    if _has_news(key, name):
        st.session_state[name] = st.query_params.get(key) or default
    elif not st.session_state[name].strip() or defaults.get(key, default) != default:
        st.session_state[name] = default
    defaults[key] = default
    _bring_along(name)
    chosen = st.text_input(label, key=name, persist_state="session", **settings)
    write(key, chosen, default)
    return chosen


def read_day(text: str) -> date | None:
    """The day of an ISO text; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
