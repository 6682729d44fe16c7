"""Signing in with an OpenID Connect provider, signing out, and hearing that somebody has left.

The browser gets a random word in a cookie and nothing else: no claim, no token. What the provider
said is used once.
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from types import ModuleType
from urllib.parse import parse_qs, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from impact.access import logins, register, settings
from impact.access.settings import Settings
from impact.model import language
from impact.model.language import N_, Words
from impact.store import faults, ledger
from pages.doors import asking, guard
from pages.parts.shell import access

FAILED = N_("Signing in did not work. Try again, or tell whoever runs this dashboard.")
AWAY = N_("The provider cannot be reached. Try again in a minute.")
HALF_OUT = N_(
    "This browser is signed out. Your sign-in could not be ended on the server, as its list of "
    "sign-ins cannot be changed just now: it ends by itself when it has not been used for a while."
)
# Where the provider sends a browser back to, and a word that somebody has left.
HOME, BACK, ENDED = "/sign-in", "/sign-in/back", "/sign-in/ended"
OUT = "/sign-out"
# Seconds that the way to the provider and back may take.
ON_THE_WAY = 900
# Bytes of a provider's word.
LONGEST = 16_384
_NEXT = "next"
_NOT_KEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_LOG = logging.getLogger(__name__)


def _provider() -> ModuleType:
    from pages.doors import provider

    return provider


def back_to(wanted: str) -> str:
    """Where somebody goes after signing in: a page of ours that they came from, else the first."""
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not unquote(wanted).startswith(("//", HOME, OUT))
    plain = wanted.isprintable() and "\\" not in wanted
    # A browser walks along "." and ".." before it asks: "/./sign-out" is "/sign-out".
    plain = plain and not {".", ".."} & set(unquote(parts.path).split("/"))
    return wanted if ours and plain and not parts.scheme and not parts.netloc else "/"


async def begin(request: Request, found: Settings) -> Response:
    """Sends a browser to the provider."""
    words = _words(request)
    request.session.clear()
    request.session[_NEXT] = back_to(request.query_params.get(_NEXT, ""))
    provider = _provider()
    try:
        answer = await provider.way_there(request, found, f"{found.address}{BACK}")
    except (provider.Away, provider.Refused) as error:
        return _away(words, error)
    answer.headers.update(_NOT_KEPT)
    return answer


async def back(request: Request, found: Settings) -> Response:
    """Takes in whom the provider has proved, and gives their browser its word."""
    words, wanted = _words(request), back_to(str(request.session.get(_NEXT, "")))
    provider = _provider()
    try:
        claims = await provider.claims(request, found)
        begun = await run_in_threadpool(logins.begin, ledger.store_folder(), claims, found)
        # One browser is one person: whoever was signed in there before is so no more.
        if former := request.scope.get(asking.TAKEN, ""):
            await run_in_threadpool(logins.end, ledger.store_folder(), logins.digest(former))
    except logins.NoRole as unknown:
        _LOG.warning("somebody without a role was not let in")
        named = words._("The provider calls you {subject}.", subject=str(unknown.args[0]))
        told = f"{words._(guard.NO_ROLE)} {named}"
        return PlainTextResponse(told, HTTPStatus.FORBIDDEN, _NOT_KEPT)
    except provider.Away as error:
        return _away(words, error)
    except register.Away as error:
        _LOG.error("nobody can sign in: %s", error)
        return _said(words, faults.LedgerAway.SENTENCE, HTTPStatus.SERVICE_UNAVAILABLE)
    except (provider.Refused, register.Unreadable) as error:
        _LOG.warning("a sign-in failed: %s", error)
        return _said(words, FAILED, HTTPStatus.BAD_REQUEST)
    finally:
        request.session.clear()
    _LOG.info("somebody has signed in as %s", begun.person.role)
    answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER, _NOT_KEPT)
    answer.set_cookie(
        asking.cookie(), begun.word, max_age=int(found.longest), path="/",
        secure=_is_safe(found), httponly=True, samesite="lax",
    )  # fmt: skip
    return answer


async def leave(request: Request, found: Settings) -> Response:
    """Ends a sign-in, here and then at the provider. A link on a page of others ends none."""
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return _said(_words(request), guard.ELSEWHERE, HTTPStatus.FORBIDDEN)
    answer: Response
    try:
        if word := request.scope.get(asking.TAKEN, ""):
            access.forget(word)
            await run_in_threadpool(logins.end, ledger.store_folder(), logins.digest(word))
        out = await _provider().way_out(found)
        answer = RedirectResponse(out, HTTPStatus.SEE_OTHER, _NOT_KEPT)
    except register.Unreadable as error:
        _LOG.error("a sign-in could not be ended: %s", error)
        answer = _said(_words(request), HALF_OUT, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.delete_cookie(
        asking.cookie(), path="/", secure=_is_safe(found), httponly=True, samesite="lax"
    )
    return answer


async def ended(request: Request, found: Settings) -> Response:
    """Hears from the provider that somebody has left, and ends their sign-ins here."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    word = parse_qs(body.decode("ascii", "replace")).get("logout_token", [""])[0]
    provider = _provider()
    try:
        told = await provider.left(word, found)
    except (provider.Away, provider.Refused) as error:
        _LOG.warning("a word that somebody has left was not believed: %s", error)
        return Response(status_code=HTTPStatus.BAD_REQUEST, headers=_NOT_KEPT)
    try:
        new = await run_in_threadpool(logins.end_told, ledger.store_folder(), *told)
    except register.Unreadable as error:
        _LOG.error("a word that somebody has left was not kept: %s", error)
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=_NOT_KEPT)
    status = HTTPStatus.OK if new else HTTPStatus.BAD_REQUEST
    return Response(status_code=status, headers=_NOT_KEPT)


def _is_safe(found: Settings) -> bool:
    return found.address.startswith("https:")


def _words(request: Request) -> Words:
    """In the language of the page that somebody came from."""
    wanted = str(request.query_params.get(_NEXT) or request.session.get(_NEXT, ""))
    named = parse_qs(urlsplit(wanted).query).get("lang", [""])[0]
    return language.words(named if named in language.languages() else language.SOURCE_LANGUAGE)


def _away(words: Words, error: Exception) -> Response:
    _LOG.error("the provider cannot be asked: %s", error)
    return _said(words, AWAY, HTTPStatus.BAD_GATEWAY)


def _said(words: Words, sentence: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(words._(sentence), status, _NOT_KEPT)


class _OnTheWay:
    """Keeps, signed and in the browser, what is needed until the provider sends it back: where to,
    and with which state, nonce and verifier."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = settings.current()
        if found.way != settings.OIDC:
            await _said(
                language.words(language.SOURCE_LANGUAGE), guard.NOT_HERE, HTTPStatus.NOT_FOUND
            )(scope, receive, send)
            return
        kept = SessionMiddleware(
            self._app,
            secret_key=found.cookie_secret,
            # With this prefix no host beside ours can set it, and the path must be the whole
            # (RFC 6265bis).
            session_cookie=f"{'__Host-' if _is_safe(found) else ''}impact_on_the_way",
            max_age=ON_THE_WAY,
            path="/" if _is_safe(found) else HOME,
            same_site="lax",
            https_only=_is_safe(found),
        )
        # A scope of its own: Streamlit keeps a session, too, and would write ours into a second
        # cookie, which another host may set and which stays for two weeks.
        await kept(dict(scope), receive, send)


def _route(
    path: str, answer: Callable[[Request, Settings], Awaitable[Response]], method: str = "GET"
) -> Route:
    async def answered(request: Request) -> Response:
        return await answer(request, settings.current())

    route = Route(path, answered, methods=[method])
    route.app = _OnTheWay(route.app)
    return route


ROUTES = (
    _route(HOME, begin),
    _route(BACK, back),
    _route(OUT, leave),
    _route(ENDED, ended, "POST"),
)
