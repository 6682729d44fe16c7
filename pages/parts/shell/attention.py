"""Moves the reader's focus after a choice: to a form that has opened, or to what comes next.

The part is scrolled into view and gets the focus. So nothing opens out of sight, and whoever uses
the keyboard goes on where the page does.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pages.parts.shell import screen as st

SCRIPT = Path(__file__).with_name("attention.js")
_TO, _NUMBER = "_attention", "_attention_number"


def turn_to(key: str, *, within: bool = False) -> None:
    """Asks to scroll to a part of the page, by its container's key.

    `within` asks for its first field.
    """
    st.session_state[_TO] = {"to": key, "within": within}
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1


def stay() -> None:
    """Leaves the focus where it is, as on a button that is pressed again and again."""
    st.session_state.pop(_TO, None)


def draw() -> None:
    """Does what this run has asked for.

    It stands at the end of the page, after everything may ask.
    """
    asked = st.session_state.pop(_TO, {"to": ""})
    number = st.session_state.get(_NUMBER, 0)
    _component()(data=asked | {"number": number}, key="attention", height=0)


@cache
def _component() -> Callable[..., object]:
    return st.components.v2.component(
        "attention", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
