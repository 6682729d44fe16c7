"""Streamlit as pages use it: every text that they hand over is shown as it was typed.

Streamlit reads labels, captions, options and messages as Markdown, so that a publisher's name could
fetch a picture or draw a link. Here a text is plain text, whoever wrote it. Only what
impact.wording.markup made is Markdown or HTML. A page writes `from pages.parts.shell import screen
as st`. A function of Streamlit that is not listed below cannot be used; to use one, list it with
the parameters that Streamlit reads as Markdown.
"""

import inspect
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

import streamlit

from impact.wording import markup

_FIELD = ("label", "help")
_LINE = ("body", "help")
_BOX = ("body", "title")
# Function -> those of its parameters that Streamlit reads as Markdown.
MARKDOWN = {
    **dict.fromkeys(("markdown", "caption", "title", "header", "subheader"), _LINE),
    **dict.fromkeys(("info", "success", "warning", "error"), _BOX),
    **dict.fromkeys(("button", "download_button", "form_submit_button", "page_link"), _FIELD),
    **dict.fromkeys(("text_input", "text_area", "number_input", "date_input"), _FIELD),
    **dict.fromkeys(("datetime_input", "checkbox", "file_uploader"), _FIELD),
    # The options of these two are plain text.
    **dict.fromkeys(("selectbox", "multiselect"), _FIELD),
    **dict.fromkeys(("segmented_control", "select_slider"), (*_FIELD, "format_func")),
    **dict.fromkeys(("expander", "popover"), _FIELD),
    "metric": (*_FIELD, "value", "delta"),
    "tabs": ("tabs",),
    "dialog": ("title",),
    "spinner": ("text",),
    "progress": ("text",),
    "navigation": ("pages",),
    "Page": ("title", "help"),
}
# What shows no text, shows it as it is, or holds values.
PLAIN = {
    *("container", "columns", "form", "sidebar", "fragment", "rerun", "stop"),
    *("dataframe", "plotly_chart", "code", "column_config", "components"),
    *("session_state", "query_params", "context", "cache_data", "cache_resource"),
    "set_page_config",
}


def __getattr__(name: str) -> Any:
    if name in MARKDOWN:
        return _shown_as_typed(name)
    if name in PLAIN:
        return getattr(streamlit, name)
    raise AttributeError(f"pages/parts/shell/screen.py does not say how st.{name} takes texts")


def html(body: markup.Html | Path) -> None:
    """HTML that impact.wording.markup made, or a file of ours; else TypeError is raised."""
    if not isinstance(body, markup.Html | Path):
        raise TypeError("HTML on a page comes from impact.wording.markup")
    streamlit.html(body)


@cache
def _shown_as_typed(name: str) -> Callable:
    function, texts = getattr(streamlit, name), MARKDOWN[name]
    signature = inspect.signature(function)

    @wraps(function)
    def shown(*args: Any, **named: Any) -> Any:
        given = signature.bind(*args, **named)
        if "format_func" in texts:
            given.arguments.setdefault("format_func", str)
        for each in given.arguments.keys() & set(texts):
            given.arguments[each] = _typed(given.arguments[each])
        return function(*given.args, **given.kwargs)

    return shown


def _typed(given: object) -> object:
    """A text as Markdown that shows it as typed.

    The same is done to the texts of a list, the keys of a table and the result of a function.
    """
    if isinstance(given, str):
        return markup.markdown(given)
    if isinstance(given, dict):
        return {_typed(key): each for key, each in given.items()}
    if isinstance(given, list | tuple):
        return [_typed(each) for each in given]
    return (lambda option: _typed(given(option))) if callable(given) else given
