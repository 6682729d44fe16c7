"""The document that a page's address answers with: Streamlit's own, with a script before its.

The script (shell.html) says where the server is and keeps one entry of the browser's history for
each thing that a reader has seen.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

_SCRIPT = Path(__file__).with_suffix(".html")
# As Streamlit sends it: a new release has a new script to load.
_KEPT = {"Cache-Control": "no-cache"}


def routes(paths: Iterable[str]) -> list[Route]:
    """A route for each page, by its path in the menu; "" is the front page."""
    return [Route(f"/{path}", _answer) for path in paths]


def _answer(_request: Request) -> HTMLResponse:
    return HTMLResponse(_document(), headers=_KEPT)


@cache
def _document() -> str:
    own = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    before, first, after = own.partition("<script")
    return before + _SCRIPT.read_text(encoding="utf-8").strip() + "\n    " + first + after
