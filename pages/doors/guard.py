"""The guard: ASGI middleware that lets through what whoever asks may, and answers the rest itself.

What may be done by whom is data (data/access.toml).
"""

import logging
import string
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from impact.access import rules, settings
from impact.access.actions import Action
from impact.access.person import Person
from impact.address import declared
from impact.model import language
from impact.model.language import N_
from impact.store import condition, ledger
from pages.api import addresses
from pages.doors import asking, hosts, uploads
from pages.doors.channel import Channel
from pages.parts.shell import access, crowd, sockets
from pages.parts.shell.crowd import CROWD

NO_ROLE = N_("Your account has no role here yet. Ask whoever runs this dashboard for one.")
NOT_HERE = N_("There is nothing at this address.")
ELSEWHERE = N_("This server does not answer by this name.")
# What a page's name in the address is made of (html_document.ROUTES).
_LETTERS = frozenset(string.ascii_lowercase + "_-")
# What Streamlit's page is told of other sites that may frame it or speak to it: none.
_HOST_CONFIG = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": False,
    "resourceCrossOriginMode": None,
}
_LOG = logging.getLogger(__name__)


class Guard:
    """Stands before Streamlit and every route of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        access.guard()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        scope, mark = asking.known(scope)
        who = access.person(mark)
        if scope["type"] == "http":
            refused = _refusal(scope, host, mark, who)
            if refused is None and uploads.brings(scope):
                await uploads.take(self._app, scope, receive, send, who, partial(_may, scope, mark))
            else:
                await (refused or self._app)(scope, receive, _to_oneself(scope, send))
            return
        origin = Headers(scope=scope).get("origin", "")
        if not hosts.answers(host) or not hosts.at_home(origin, host):
            _LOG.warning("a WebSocket from another page was refused")
            await send({"type": "websocket.close", "code": 1008})
            return
        if _is_full(who):
            await _full(scope)(scope, receive, send)
            return
        with CROWD.one_more():
            await Channel(self._app, _named_alike(scope, origin), mark).serve(receive, send)


def _named_alike(scope: Scope, origin: str) -> Scope:
    """The same request by the name that its page has: a proxy may have asked by another, and
    Streamlit would ask the internet whether it may."""
    name = origin.partition("://")[2].encode("latin-1")
    headers = [(key, name if key == b"host" else text) for key, text in scope["headers"]]
    return dict(scope, headers=headers)


def entry(path: str, method: str) -> tuple[str, str]:
    """The kind and name of the entry of a request; a page that there is not counts as the first."""
    kind, name = rules.address(path, method)
    if kind == rules.SENDING and not name and path in {each.path for each in addresses()}:
        return rules.address(path)  # it answers itself that it is only read
    page = path.removeprefix("/")
    if kind == rules.ADDRESS and not name and _LETTERS.issuperset(page):
        known = page in rules.entries()[rules.PAGE]
        return (rules.PAGE, page) if known else (rules.ADDRESS, "/")
    return kind, name


def _refusal(scope: Scope, host: str, mark: str, who: Person | None) -> Response | None:
    """The answer to a request that is not let through."""
    words = language.words(declared.language_of(scope["query_string"]))

    def said(sentence: str, status: HTTPStatus) -> Response:
        return PlainTextResponse(words._(sentence), status, {"Cache-Control": "no-store"})

    if _ends_twice(scope):
        return _no_request()
    if not hosts.answers(host):
        return said(ELSEWHERE, HTTPStatus.MISDIRECTED_REQUEST)
    path, method = scope["path"], scope["method"]
    kind, name = entry(path, method)
    if (kind == rules.PAGE or path == "/") and _is_full(who):
        return _full(scope)
    # With an empty part it would be a page's script, whatever stands around it.
    if "//" in path or (kind == rules.ADDRESS and rules.entries()[kind].get(name) is None):
        return said(NOT_HERE, HTTPStatus.NOT_FOUND)
    sends = kind == rules.SENDING and path.startswith(uploads.HOME)
    if sends and (reason := _closed()):
        return said(reason, HTTPStatus.FORBIDDEN)
    if not access.may(who, kind, name):
        if not access.signing_in():
            if kind == rules.PAGE:
                return None  # it says why, and shows nothing
            return said(access.open_to_a_network() or NOT_HERE, HTTPStatus.FORBIDDEN)
        if who:
            return said(access.NOT_YOURS, HTTPStatus.FORBIDDEN)
        if unknown := condition.of_people(ledger.store_folder()):
            return said(unknown.told(words), HTTPStatus.SERVICE_UNAVAILABLE)
        return _to_sign_in(scope) or said(
            NO_ROLE if mark else access.TO_READ, HTTPStatus.UNAUTHORIZED
        )
    if path == "/_stcore/host-config":
        return JSONResponse(_HOST_CONFIG, headers={"Cache-Control": "no-store"})
    if sends and not _own_visit(path.removeprefix(uploads.HOME).partition("/")[0], mark):
        return said(access.NOT_YOURS, HTTPStatus.FORBIDDEN)
    return None


def _to_oneself(scope: Scope, send: Send) -> Send:
    """Has no shared cache keep what not everybody may have; a browser's own may, as it was told."""
    if access.may(None, *entry(scope["path"], scope["method"])):
        return send

    async def said(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            told = [each.strip() for each in headers.get("cache-control", "").split(",")]
            kept = [each for each in told if each not in ("", "public", "private")]
            if "no-store" not in kept:
                headers["cache-control"] = ", ".join(["private", *kept])
        await send(message)

    return said


def _ends_twice(scope: Scope) -> bool:
    """Whether a request says in two ways where it ends: a proxy that goes by the other one takes a
    part of it for the next person's request (RFC 9112, 6.3)."""
    given = Headers(scope=scope)
    return "content-length" in given and "transfer-encoding" in given


def _no_request() -> Response:
    """The answer to what cannot be told from the next request; it ends the connection."""
    return PlainTextResponse("", HTTPStatus.BAD_REQUEST, {"Connection": "close"})


def _may(scope: Scope, mark: str) -> bool:
    """Whether whoever sent a request may do now what it asks for."""
    return access.may(access.person(mark), *entry(scope["path"], scope["method"]))


def _is_full(who: Person | None) -> bool:
    """Whether there is no room for one more page of somebody. Those who bring or decide are few and
    known; readers, however many and whoever they are, do not shut them out."""
    known = access.signing_in() and who and rules.allowed(who.role, rules.ACTION, Action.RECEIVE)
    return CROWD.is_full and not known


def _full(scope: Scope) -> Response:
    """What whoever opens a page is told while too many have one open."""
    words = language.words(declared.language_of(scope["query_string"]))
    headers = {"Cache-Control": "no-store", "Retry-After": str(crowd.limits().again_in)}
    return PlainTextResponse(words._(crowd.FULL), HTTPStatus.SERVICE_UNAVAILABLE, headers)


def _closed() -> str | None:
    """Why nothing is taken in by anybody. A request came over a socket: if none is seen, nobody
    can tell who reaches this server."""
    reason = next((reason for each in access.REASONS if (reason := each())), None)
    return reason or (None if sockets.listening() else access.UNTOLD)


def _to_sign_in(scope: Scope) -> Response | None:
    """The way to the provider, for a browser that opens a page."""
    opens = Headers(scope=scope).get("sec-fetch-dest", "document") == "document"
    html = "text/html" in Headers(scope=scope).get("accept", "")
    if settings.current().way != settings.OIDC or not (opens and html) or scope["method"] != "GET":
        return None
    query = scope["query_string"].decode("latin-1")
    wanted = quote(scope["path"] + (f"?{query}" if query else ""), safe="")
    return RedirectResponse(f"/sign-in?next={wanted}", HTTPStatus.SEE_OTHER)


def _own_visit(session: str, mark: str) -> bool:
    """Whether a visit is that of whoever sends a file to it, or is none."""
    client = runtime.get_instance().get_client(session) if runtime.exists() else None
    if client is None or client.client_context is None:
        return True  # Streamlit answers that there is no such visit
    return dict(client.client_context.headers).get(access.HEADER, "") == mark
