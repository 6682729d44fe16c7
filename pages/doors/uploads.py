"""The door for files: what a browser brings is looked at before Streamlit holds it.

It must be small enough, of a kind that is read, come within its time, and find room beside what
others bring (pages/parts/review/waiting.py). Whoever brought a file that is refused is told on
their page, in its language: the answer to the browser itself is seen by nobody.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from etl.reports.model import limits
from etl.reports.opening import files
from impact.access.person import Person
from impact.address import declared
from impact.model import language
from pages.parts.review import waiting
from pages.parts.review.waiting import WAITING, Ticket

HOME = "/_stcore/upload_file/"
# What the frame of a file in its request takes at most, beside the file.
FRAME = 1024 * 1024
# Bytes of a file that tell its kind; bytes within which the frame's own head must end.
HEAD, LONGEST_FRAME = 2048, 65_536
_END = b"\r\n\r\n"
_STATUS = {
    waiting.MANY: HTTPStatus.TOO_MANY_REQUESTS,
    waiting.OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
    waiting.CROWDED: HTTPStatus.SERVICE_UNAVAILABLE,
    waiting.SLOW: HTTPStatus.REQUEST_TIMEOUT,
    waiting.NOT_YOURS: HTTPStatus.FORBIDDEN,
    "too_big:bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}
# Seconds after which it is worth to ask again.
_AGAIN = {waiting.MANY: 60, waiting.OFTEN: 600, waiting.CROWDED: 60}
_LOG = logging.getLogger(__name__)


class Refused(Exception):
    """A file that is not taken: the name it has, and a code for waiting.sentence."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code, self.name = code, name


def brings(scope: Scope) -> bool:
    """Whether a request brings a file."""
    return scope["method"] == "PUT" and scope["path"].startswith(HOME)


async def take(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    who: Person | None,
    still: Callable[[], bool],
) -> None:
    """Lets Streamlit have a file, or answers why not.

    still  whether who brings it may do so, asked once more when it has come: that takes minutes
    """
    visit, _, file = scope["path"].removeprefix(HOME).partition("/")
    answer: list[Message] = []

    async def said(message: Message) -> None:
        answer.append(message)

    ticket = None
    try:
        async with asyncio.timeout(waiting.limits().comes):
            ticket = _make_room(scope, visit, file, who)
            name, replayed = await _looked_at(receive)
            await app(scope, replayed, said)
        if not still():
            WAITING.drop(ticket)
            raise Refused(waiting.NOT_YOURS, name)
        _look_again(ticket, name, next((each["status"] for each in answer), 0))
        for message in answer:
            await send(message)
    except (Refused, TimeoutError) as error:
        refused = error if isinstance(error, Refused) else Refused(waiting.SLOW)
        _LOG.warning("a file was not taken: %s", refused.code)
        WAITING.tell(visit, refused.name, refused.code)
        tell(visit)
        await _answer(scope, refused.code)(scope, receive, send)
    finally:
        if ticket:
            WAITING.broke_off(ticket)


def _make_room(scope: Scope, visit: str, file: str, who: Person | None) -> Ticket:
    headers = Headers(scope=scope)
    told = headers.get("content-length", "")
    # A body that comes in pieces may say any length beside them (RFC 9112, 6.3).
    counts = told.isdecimal() and "transfer-encoding" not in headers
    size = int(told) if counts else limits.MAX_BYTES
    if size > limits.MAX_BYTES + FRAME:
        raise Refused("too_big:bytes")
    begun = WAITING.begin(visit, file, who.account if who else "", size)
    if isinstance(begun, str):
        raise Refused(begun)
    return begun


def _look_again(ticket: Ticket, name: str, status: int) -> None:
    """Looks at what Streamlit holds now: it reads a request in its own way, and what was seen on
    its way in may have been another part of it. Raises Refused where it is not to be kept."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise Refused("too_big:bytes", name)
    if status != HTTPStatus.NO_CONTENT:
        return
    if code := files.refused_at_sight(WAITING.came(ticket, name)[:HEAD]):
        WAITING.drop(ticket)
        raise Refused(code, name)


async def _looked_at(receive: Receive) -> tuple[str, Callable[[], Awaitable[Message]]]:
    """The name of the file that comes, and its request from the beginning. Raises Refused where
    its first bytes are of a kind that is not read."""
    heard: list[Message] = []
    begun = bytearray()
    while True:
        heard.append(await receive())
        begun += heard[-1].get("body", b"")
        end = begun.find(_END)
        enough = end >= 0 and len(begun) >= end + len(_END) + HEAD
        if enough or not heard[-1].get("more_body") or len(begun) > LONGEST_FRAME:
            break
    frame, _, head = bytes(begun).partition(_END)
    name = _name(frame)
    if code := files.refused_at_sight(head[:HEAD]):
        raise Refused(code, name)

    async def replayed() -> Message:
        return heard.pop(0) if heard else await receive()

    return name, replayed


def _name(frame: bytes) -> str:
    """The name of a file, as the head of its part of a form has it (RFC 7578)."""
    _, _, after = frame.decode(errors="replace").partition('filename="')
    return after.partition('"')[0].partition("\r")[0][:200]


def _answer(scope: Scope, code: str) -> PlainTextResponse:
    page = urlsplit(Headers(scope=scope).get("referer", ""))
    words = language.words(declared.language_of(page.query.encode()))
    headers = {"Cache-Control": "no-store", "Connection": "close"}
    if code in _AGAIN:
        headers["Retry-After"] = str(_AGAIN[code])
    status = _STATUS.get(code, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return PlainTextResponse(waiting.sentence(code, words), status, headers)


def tell(visit: str) -> None:
    """Has the page of a visit run again, so that it says what there is to say."""
    found = runtime.get_instance()._session_mgr.get_active_session_info(visit)
    if found:
        # As it ran last, on its own page: so Streamlit itself does when a script has changed.
        found.session.request_rerun(found.session._client_state)


async def sweep() -> None:
    """Lets go what nobody sends, as long as the server runs."""
    while True:
        await asyncio.sleep(waiting.LOOK)
        for visit in WAITING.sweep():
            tell(visit)
