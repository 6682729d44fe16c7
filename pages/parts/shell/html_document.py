"""The document that a page's address answers with: Streamlit's own, with ours before its scripts.

First comes what tells light from dark (theme.py). Then a script (html_document.html) says where the
server is, and keeps one entry of the browser's history for each view that a reader has seen.
"""

from functools import cache
from pathlib import Path

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

from pages.parts.shell import theme

_SCRIPT = Path(__file__).with_suffix(".html")
# As Streamlit sends it: a new release has a new script to load.
_KEPT = {"Cache-Control": "no-cache"}


def _answer(_request: Request) -> HTMLResponse:
    return HTMLResponse(_document(), headers=_KEPT)


@cache
def _document() -> str:
    """Raises RuntimeError when Streamlit's own document has no head to put ours in."""
    own = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    opening, _, _ = theme.head().partition("\n")
    before, found, after = own.partition(opening)
    if not found:
        raise RuntimeError(f"Streamlit's document has no {opening}: ours has nowhere to stand")
    return "\n".join([before + theme.head(), _SCRIPT.read_text(encoding="utf-8"), after])


class _Name(StringConvertor):
    """The name of a page in its address; files have a dot."""

    regex = "[a-z_-]+"


register_url_convertor("page", _Name())
# The last of all routes: an address for programs may be called like a page.
ROUTES = (Route("/", _answer), Route("/{name:page}", _answer))
