"""How an address is served: methods, parameters, caching, and errors that say what to do."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from impact import queries
from impact.address import declared, parameters
from impact.address.parameters import WrongParameter
from impact.model import language
from impact.model.language import N_, Words
from impact.store import as_of, ledger
from impact.store.as_of import Past
from impact.store.faults import StoreBusy, StoreFault
from pages.api import (
    NOT_KEPT,
    Address,
    Answer,
    Asked,
    Unavailable,
    addresses,
    base,
    in_json,
    reader,
    version,
)
from pages.parts.shell import access

METHODS = ("GET", "HEAD")
# Seconds for which an answer about the present may be repeated without asking again. With the time
# that publishing takes (pages/parts/review/publishing.py) news are there within a minute.
LIVE = 30
# Seconds for which one about the past may: what was recorded stays as it was until a release orders
# it anew; what is put together from what is known today follows what is published.
RECORDED, PUT_TOGETHER = 86_400, 3600
# Seconds for which a request waits for its turn, and after which it is told to ask again.
PATIENCE = 20
PAGE = "/api"

# Public data, read-only and without cookies: any site may fetch it.
_PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, X-Total-Count",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # A drawing that is opened as a page of its own runs nothing and fetches nothing.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "frame-ancestors 'none'"
    ),
}
BUSY = N_("Too many ask at once. Ask again soon.")
_LOG = logging.getLogger(__name__)


def routes() -> list[Route]:
    """One route for each address, and an answer for every other path under /api/."""
    going_back = asyncio.Semaphore(1)
    return [
        *(Route(each.path, Endpoint(each, going_back)) for each in addresses()),
        Route("/api/{name}", Nowhere()),
        Route("/api/{name}/{rest:path}", Nowhere()),
    ]


class Endpoint:
    """Serves one address to GET and HEAD.

    going_back: the turns of requests about the past. All addresses share them, because each takes
    seconds. Requests about the present do not wait for them.
    """

    def __init__(self, address: Address, going_back: asyncio.Semaphore):
        self.address = address
        self._present, self._past = asyncio.Semaphore(address.turns), going_back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        turns = self._past if _asks_for_the_past(scope["query_string"]) else self._present
        try:
            async with asyncio.timeout(PATIENCE):
                await turns.acquire()
        except TimeoutError:
            busy = Unavailable(BUSY, again_in=PATIENCE)
            response = _response(request, _unavailable(busy, _words(request)))
        else:
            try:
                response = await run_in_threadpool(respond, self.address, request)
            finally:
                turns.release()
        await response(scope, receive, send)


def _asks_for_the_past(query: bytes) -> bool:
    """Whether a query names a moment, however its letters are written. One that nobody can read
    names none: it is answered at once."""
    try:
        return any(name == declared.ASOF.name for name, _ in parameters.pairs(query))
    except WrongParameter:
        return False


class Nowhere:
    """Answers every path under /api/ that is no address."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        words = _words(request)
        told: dict[str, object] = {
            "error": words._("There is no such address. See what is allowed."),
            "allowed": [each.path for each in addresses()],
            "help": PAGE,
        }
        await _response(request, in_json(told, 404, **NOT_KEPT))(scope, receive, send)


def respond(address: Address, request: Request) -> Response:
    """The response to a request, whatever it asks."""
    words = _words(request)
    if request.method not in METHODS:
        told = {"error": words._("This address is read with GET."), "allowed": list(METHODS)}
        return _response(request, in_json(told, 405, Allow=", ".join(METHODS), **NOT_KEPT))
    try:
        return _response(request, _answer(address, request, words))
    except WrongParameter as wrong:
        answer = in_json({**wrong.told(words), "help": PAGE}, 400, **NOT_KEPT)
    except Unavailable as unavailable:
        answer = _unavailable(unavailable, words)
    except StoreBusy:
        answer = _unavailable(Unavailable(BUSY, again_in=PATIENCE), words)
    except StoreFault as fault:
        answer = in_json({"error": fault.told(words)}, 503, **NOT_KEPT)
    except Exception:  # The program gets a sentence; the trace goes to the log.
        _LOG.exception("%s failed", address.path)
        error = words._("This could not be answered, through no fault of the address. Try later.")
        answer = in_json({"error": error}, 500, **NOT_KEPT)
    return _response(request, answer)


def _answer(address: Address, request: Request, words: Words) -> Answer:
    """The answer, or 304 if the program has it already.

    If a snapshot is published meanwhile, it counts for the whole answer or not at all.
    """
    query = request.scope["query_string"]
    values = parameters.read(query, address.parameters)
    folder = ledger.store_folder()
    at = values.of(declared.ASOF)
    moment = as_of.known_at(folder, at) if at else None
    asked = Asked(
        path=address.path,
        values=values,
        given=parameters.pairs(query),
        reader=moment.reader if moment else reader(str(folder)),
        words=words,
        base=base(request),
    )
    if not address.kept:
        return address.answer(asked)
    while True:
        snapshot = asked.reader.snapshot
        headers = _validators(asked, moment)
        if _has_it(request, headers):
            return Answer(body=b"", mime="", status=304, headers=headers)
        answer = address.answer(asked)
        if asked.reader.snapshot == snapshot:
            return replace(answer, headers={**headers, **answer.headers})


def _validators(asked: Asked, moment: Past | None) -> dict[str, str]:
    """The ETag of an answer, made from snapshot, address and release, and how long it stays
    true."""
    seconds = LIVE if moment is None else RECORDED if moment.recorded else PUT_TOGETHER
    told = repr((version(), asked.reader.snapshot, asked.base, asked.path, asked.values))
    headers = {
        "ETag": f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"',
        "Cache-Control": f"public, max-age={seconds}",
    }
    if _needs_an_account():
        # Nobody but who asked keeps it, and they ask each time whether they still may.
        headers |= {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    # A moment of the past is no time of a change.
    if moment is None and (built := queries.extent(asked.reader).built_at):
        headers["Last-Modified"] = format_datetime(built.replace(tzinfo=UTC), usegmt=True)
    return headers


def _has_it(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the program holds this very answer (RFC 9110: the tag goes before the time)."""
    if (tags := request.headers.get("If-None-Match")) is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(known & {headers["ETag"].removeprefix("W/"), "*"})
    since = _time(request.headers.get("If-Modified-Since", ""))
    built = _time(headers.get("Last-Modified", ""))
    return since is not None and built is not None and built <= since


def _time(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _unavailable(unavailable: Unavailable, words: Words) -> Answer:
    headers = dict(NOT_KEPT)
    if unavailable.again_in:
        headers["Retry-After"] = str(unavailable.again_in)
    return in_json({"error": words._(unavailable.message)}, unavailable.status, **headers)


def _response(request: Request, answer: Answer) -> Response:
    """The answer with the headers that every answer has; without its body for HEAD."""
    headers = {**_ALWAYS, **({} if _needs_an_account() else _PUBLIC), **answer.headers}
    if answer.file:
        return FileResponse(answer.file, answer.status, headers, answer.mime)
    response = Response(answer.body, answer.status, headers)
    if answer.mime:
        response.headers["Content-Type"] = answer.mime
    if request.method == "HEAD":
        response.body = b""
    if answer.status == 304:
        del response.headers["Content-Length"]
    return response


def _needs_an_account() -> bool:
    """Whether not everybody may read. A proxy may know its people by where they ask from: a page of
    others, open there, could read along."""
    found = access.signing_in()
    return bool(found and not found.public)


def _words(request: Request) -> Words:
    return language.words(declared.language_of(request.scope["query_string"]))
