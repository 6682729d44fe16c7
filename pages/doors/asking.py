"""Who asks: what a request brings to prove it is taken off it, and what is known is put on it."""

import hmac
import string
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import Scope

from impact.access import settings
from pages.parts.shell import access

# What a trusted proxy sends: whom it has let in, and that it is the proxy.
USER, SECRET = "x-impact-user", "x-impact-secret"
# The cookie with the browser's word. A name with this prefix is taken from this host alone, over
# TLS alone (RFC 6265bis, "__Host-").
WORD, SAFE_WORD = "impact_login", "__Host-impact_login"
LONGEST = 200
# What a cookie's name is made of (RFC 6265, 4.1.1: a token).
_LETTERS = frozenset(string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~")
# Where of a request the word stands that was taken off it: the way out needs it.
TAKEN = "impact.word"


def cookie() -> str:
    """The name of the cookie with the browser's word."""
    return SAFE_WORD if settings.current().address.startswith("https:") else WORD


def word(headers: Headers) -> str:
    """The browser's word; empty where it has none."""
    return _cookies(headers).get(cookie(), "")[:LONGEST]


def _cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request, by names that are names.

    Python takes more for white space around a name than browsers do: a host beside ours may set
    "<no-break space>__Host-x", which no browser guards, and it would come out as "__Host-x".
    """
    pairs = ";".join(headers.getlist("cookie")).split(";")
    sound = [each for each in pairs if _LETTERS.issuperset(each.partition("=")[0].strip(" \t"))]
    return cookie_parser(";".join(sound))


def known(scope: Scope) -> tuple[Scope, str]:
    """The request as Streamlit may see it, and the mark of whoever asks (see access.person).

    Neither a proxy's word nor a browser's reaches a page. A user's name without the proxy's secret
    is dropped.
    """
    given = Headers(scope=scope)
    mark = _mark(given)
    scope = dict(scope, headers=list(scope["headers"]), **{TAKEN: word(given)})
    clean = MutableHeaders(scope=scope)
    for name in (USER, SECRET):
        del clean[name]
    kept = {name: text for name, text in _cookies(given).items() if name not in (WORD, SAFE_WORD)}
    if "cookie" in clean:
        del clean["cookie"]
    if kept:
        clean["cookie"] = "; ".join(f"{name}={text}" for name, text in kept.items())
    if mark:
        clean[access.HEADER] = mark
    return scope, mark


def _mark(given: Headers) -> str:
    found = settings.current()
    if found.way == settings.PROXY:
        shown = given.get(SECRET, "").encode()
        right = hmac.compare_digest(shown, found.proxy_secret.encode())
        user = given.getlist(USER)
        if right and len(user) == 1 and 0 < len(user[0]) <= LONGEST:
            # Headers are read as Latin-1; proxies write UTF-8.
            return access.by_account(quote(user[0].encode("latin-1")))
    if found.way == settings.OIDC and (said := word(given)):
        return access.by_login(said)
    return ""
