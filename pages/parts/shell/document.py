"""What a page tells assistive software about itself, and how wide the reader's window is."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from impact import charts
from pages.parts.shell import screen as st
from pages.parts.shell import session

SCRIPT = Path(__file__).with_name("document.js")
_KEY = "document"


def describe(language: str) -> None:
    """Tells the browser the language of the page, and adds roles that Streamlit leaves out.

    If the page is wider or narrower than it was drawn for, it is drawn again.
    """
    told = {
        "language": language,
        "required": session.words()._("(required)"),
        "least": [each.width for each in charts.PAGES[1:]],
        "wide": charts.PAGES.index(session.sheet()),
    }
    _component()(
        data=told,
        key=_KEY,
        height=0,
        on_wide_change=_note_width,
    )


def _note_width() -> None:
    """A callback that keeps the width. Streamlit runs the page once after it."""
    session.note_width(int(st.session_state[_KEY].wide))


@cache
def _component() -> Callable[..., object]:
    return st.components.v2.component(
        "document", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
