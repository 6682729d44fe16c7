"""Access: whether anything can be brought or decided here. It is asked anew at every action.

Nobody signs in, so whoever reaches the server decides. Therefore a server that listens anywhere but
on this machine's loopback is read-only, however it was started and whoever asks. What counts are
the sockets that this process listens on, not options and not headers. If that cannot be told, the
server is read-only too. Where nothing listens and no browser asks (a test, a script) there is no
server to reach.

Each reason to be closed is a function in REASONS. To add one, add a function that returns the
sentence, or None where there is no such reason.
"""

from collections.abc import Callable
from ipaddress import ip_address

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact.address import declared
from impact.model import language
from impact.model.language import N_
from impact.store import condition, ledger
from pages.parts.shell import screen as st
from pages.parts.shell import sockets

OPEN_TO_A_NETWORK = N_(
    "Read-only: this server can be reached from other machines, and nobody signs in here. Reports "
    "are brought and figures decided where the dashboard answers on its own machine alone, as "
    "“make run” starts it."
)
UNTOLD = N_(
    "Read-only: it cannot be told whether this server answers on its own machine alone, and nobody "
    "signs in here. Start it with “make run” to bring reports and decide about figures."
)
AT_FAULT = N_("Nothing can be received, reviewed or corrected until the store is mended.")
# What asks and changes nothing (RFC 9110).
SAFE = ("GET", "HEAD", "OPTIONS")


class Closed(Exception):
    """Nothing can be brought or decided here; `reason` is a sentence to translate."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_to_a_network() -> str | None:
    """Why a server takes nothing in: a network can reach it, or it cannot be told whether
    one can."""
    found = sockets.listening()
    if found is None or (not found and _is_asked()):
        return UNTOLD
    return None if all(map(_is_loopback, found)) else OPEN_TO_A_NETWORK


def store_at_fault() -> str | None:
    """Why a store takes nothing in: it is damaged or incomplete."""
    faults = condition.watch(str(ledger.store_folder())).faults()
    return AT_FAULT if any(each.closes for each in faults) else None


REASONS: tuple[Callable[[], str | None], ...] = (open_to_a_network, store_at_fault)


def closed() -> str | None:
    """Why nothing can be brought or decided here now, as a sentence to translate; else None."""
    return next((reason for each in REASONS if (reason := each())), None)


def require_open() -> None:
    """Raises Closed where nothing can be brought or decided."""
    if reason := closed():
        raise Closed(reason)


def _is_asked() -> bool:
    """Whether a browser runs this page. A browser sends headers; a test without one does not."""
    return get_script_run_ctx(suppress_warning=True) is not None and bool(st.context.headers)


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


class Guard:
    """ASGI middleware that refuses every request to change something, where nothing may be changed.

    What comes over the WebSocket is checked at each action instead.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changes = scope["type"] == "http" and scope["method"] not in SAFE
        # A request came over a socket. If none is seen, nobody can tell who reaches this server.
        reason = closed() or (None if sockets.listening() else UNTOLD) if changes else None
        if reason is None:
            await self._app(scope, receive, send)
            return
        words = language.words(declared.language_of(scope["query_string"]))
        await PlainTextResponse(words._(reason), 403)(scope, receive, send)


def refuse_uploads() -> None:
    """Makes Streamlit's own address for uploads take no file, whatever its size.

    It is for a page that was started as a script of its own: then no Guard stands before that
    address.
    """
    if open_to_a_network():
        config.set_option("server.maxUploadSize", 0)
