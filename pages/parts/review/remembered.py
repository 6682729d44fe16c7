"""Keeps a person's name in their own browser from one visit to the next.

This is a convenience and proves nothing about who sits there. The server reads the name as the
visit begins, and has the browser keep what is written later.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

from pages.parts.shell import screen as st

SCRIPT = Path(__file__).with_name("remembered.js")
COOKIE = "impact_name"
LONGEST = 80  # characters of a name
_KEPT = "_name_kept"


def name() -> str:
    """The name that the browser has kept; empty where it has none."""
    kept = unquote(st.context.cookies.get(COOKIE, ""))
    return " ".join("".join(filter(str.isprintable, kept)).split())[:LONGEST]


def keep(name: str) -> None:
    """Has the browser keep a name; an empty name makes it forget."""
    st.session_state[_KEPT] = quote(name)


def draw() -> None:
    """Sends the name to the browser, once somebody has changed it on this visit."""
    name = st.session_state.get(_KEPT)
    _component()(data={"cookie": COOKIE, "name": name}, key="remembered", height=0)


@cache
def _component() -> Callable[..., object]:
    return st.components.v2.component(
        "remembered", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
