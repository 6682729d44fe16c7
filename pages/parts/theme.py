"""Light or dark: as the reader's system is, or as they choose in the menu.

Streamlit has both themes (.streamlit/config.toml) and follows the system. What a reader chooses is
kept by their browser, as Streamlit hears of it before its first picture: head.html stands before
Streamlit's own scripts in every page.
"""

from functools import cache
from pathlib import Path

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

from impact import colours
from pages.parts import screen as st
from pages.parts import session

_HEAD = Path(__file__).with_name("head.html")
_INDEX = Path(file_util.get_static_dir(), "index.html")


def choose() -> None:
    """The switch in the menu. The browser alone knows what is chosen: no run of the page waits."""
    words = session.words()
    _switch()(
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
def _switch():
    html, css, js = (
        Path(__file__).with_suffix(ending).read_text(encoding="utf-8")
        for ending in (".html", ".css", ".js")
    )
    return st.components.v2.component("theme", html=html, css=css, js=js)


def _answer(_request: Request) -> HTMLResponse:
    return HTMLResponse(page(), headers={"Cache-Control": "no-cache"})


@cache
def page() -> str:
    """Streamlit's page, in its head the colours and what tells light from dark."""
    head = _HEAD.read_text(encoding="utf-8").replace("/* colours */", colours.style())
    opening, _, _ = head.partition("\n")
    before, found, after = _INDEX.read_text(encoding="utf-8").partition(opening)
    if not found:
        raise RuntimeError(f"{_INDEX} has no {opening}: light and dark have nowhere to stand")
    return f"{before}{head}{after}"


class _Name(StringConvertor):
    """The name of a page in its address; files have a dot."""

    regex = "[a-z_-]+"


register_url_convertor("page", _Name())
ROUTES = (Route("/", _answer), Route("/{name:page}", _answer))
