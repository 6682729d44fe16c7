"""Light or dark: as the reader's system is, or as they choose in the menu.

Streamlit has both themes (.streamlit/config.toml) and follows what it takes for the system's. The
reader's browser keeps their choice, and head.html, which stands before Streamlit's own scripts in
every page, tells Streamlit of it before anything is drawn.
"""

from functools import cache
from pathlib import Path

from impact.model import colours
from pages.parts.shell import script, session

_HEAD = Path(__file__).with_name("head.html")


def choose() -> None:
    """The switch in the menu.

    Only the browser knows what is chosen; no run of the page waits for it.
    """
    words = session.words()
    script.component(__file__)(
        key="theme",
        data={
            "label": words._("Colours"),
            "names": {
                "system": words._("System"),
                "light": words._("Light"),
                "dark": words._("Dark"),
            },
        },
    )


@cache
def head() -> str:
    """The beginning of every page's head: it tells light from dark and holds the colours of
    both."""
    return _HEAD.read_text(encoding="utf-8").replace("/* colours */", colours.style())
