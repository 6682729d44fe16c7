"""The document that a page's address answers with: Streamlit's own, with ours before its scripts.

First comes what tells light from dark (theme.py). Then a script (html_document.html) says where the
server is, and keeps one entry of the browser's history for each view that a reader has seen. For
whoever opens it without a browser, title and preview follow (preview.py).
"""

import asyncio
import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

from impact.address import declared
from impact.store import ledger
from impact.wording import markup
from pages.api import base, reader
from pages.parts.shell import preview, theme

_SCRIPT = Path(__file__).with_suffix(".html")
# As Streamlit sends it: a new release has a new script to load.
_HEADERS = {
    "Cache-Control": "no-cache",
    "Vary": "Sec-Fetch-Dest",
}
# What a browser says that opens a page (https://www.w3.org/TR/fetch-metadata/).
BROWSER = "sec-fetch-dest"
# So many previews are made at a time; whoever asks for more waits, and no reader does.
_TURNS = asyncio.Semaphore(2)
# What of Streamlit's document is replaced: where its language stands, and its title.
_LANGUAGE, _TITLE = Path(__file__).with_name("replaced.html").read_text().splitlines()


async def _answer(request: Request) -> HTMLResponse:
    told = None
    if BROWSER not in request.headers:
        async with _TURNS:
            told = await run_in_threadpool(_preview, request)
    named = declared.language_of(request.scope["query_string"])
    document = _document().replace(_LANGUAGE, _LANGUAGE.replace("en", named), 1)
    if told is not None:
        document = document.replace(_TITLE, told, 1)
    return HTMLResponse(document, headers={**_HEADERS, "Content-Security-Policy": _policy()})


def _preview(request: Request) -> str:
    return preview.head(
        request.path_params.get("name", ""),
        request.scope["query_string"],
        reader(str(ledger.store_folder())),
        base(request),
    )


@cache
def _document() -> str:
    """Streamlit's document with ours. Raises RuntimeError if it is not as ours needs it."""
    own = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    opening, _, _ = theme.head().partition("\n")
    before, _, after = own.partition(opening)
    for wanted in (opening, _TITLE, _LANGUAGE):
        if wanted not in own:
            raise RuntimeError(f"Streamlit's document has no {wanted}: ours has nowhere to stand")
    return "\n".join([before + theme.head(), _SCRIPT.read_text(encoding="utf-8"), after])


@cache
def _policy() -> str:
    """What a page may run and fetch: what this server sends, and the scripts that stand in its
    document. Components of pages come as blobs, drawings and fonts as data."""
    digests = [hashlib.sha256(each.encode()).digest() for each in markup.scripts(_document())]
    run = " ".join(f"'sha256-{b64encode(each).decode()}'" for each in digests)
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: {run}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            # What the page itself has made, and nothing of another server.
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            # Nobody may lay a page under another one and have its buttons pressed.
            "frame-ancestors 'self'",
        ]
    )


class _Name(StringConvertor):
    """The name of a page in its address; files have a dot."""

    regex = "[a-z_-]+"


register_url_convertor("page", _Name())
# The last of all routes: an address for programs may be called like a page.
ROUTES = (Route("/", _answer), Route("/{name:page}", _answer))
