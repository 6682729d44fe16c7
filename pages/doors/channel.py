"""A WebSocket whose every message is checked before Streamlit hears it.

A sign-in that ends while a page is open ends the page: within a second if it stands still, at once
if it says something. The browser is told so and asks for the page anew (html_document.html).
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from impact.access import logins, register, rules
from impact.access.actions import Action
from impact.store import ledger
from pages.doors import sizes
from pages.parts.shell import access

# What the browser is told when a sign-in has ended (RFC 6455: 4000 to 4999 are ours).
ENDED = 4401
# Seconds between two looks at the sign-in of a page that stands still.
LOOK = 1.0
# Visits whose opener is known, at most: the oldest are forgotten, and cannot be taken up again.
MOST = 10_000
# A message that holds one of several: the rule is about which.
_NESTED = {"backend_operation_request": "payload"}
_LOG = logging.getLogger(__name__)
# Visit -> the mark of whoever opened it.
_OPENED: OrderedDict[str, str] = OrderedDict()


def own_visits(scope: Scope, mark: str) -> Scope:
    """The same request without the name of a visit that somebody else has opened: a browser names
    one to take it up again after its connection broke. Then a new visit begins."""
    told = list(scope.get("subprotocols", ()))
    if len(told) < 3 or _OPENED.get(told[2]) == mark:
        return scope
    _LOG.warning("a visit that is not of whoever asks was not taken up again")
    headers = [each for each in scope["headers"] if each[0] != b"sec-websocket-protocol"]
    kept = ", ".join(told[:2]).encode("latin-1")
    headers.append((b"sec-websocket-protocol", kept))
    return dict(scope, subprotocols=told[:2], headers=headers)


def _note(visit: str, mark: str) -> None:
    _OPENED[visit] = mark
    _OPENED.move_to_end(visit)
    while len(_OPENED) > MOST:
        _OPENED.popitem(last=False)


class Channel:
    """One WebSocket; `mark` is who opened it, as access.person knows them."""

    def __init__(self, app: ASGIApp, scope: Scope, mark: str) -> None:
        self._app, self._scope, self._mark = app, own_visits(scope, mark), mark
        self._opener, self._visit = mark, ""
        self._over = False

    async def serve(self, receive: Receive, send: Send) -> None:
        """Lets Streamlit have it, as long as whoever opened it may."""
        who = access.person(self._mark)
        if not access.may(who, rules.ADDRESS, self._scope["path"]):
            # Taken and closed at once: of a refused one a browser learns no reason.
            await receive()
            await send({"type": "websocket.accept", "subprotocol": self._subprotocol()})
            await send({"type": "websocket.close", "code": ENDED})
            return
        if who is None:
            self._mark = ""  # a dead word: from here on it is a reader without an account
        hearing: asyncio.Future[Message] | None = None

        async def heard() -> Message:
            nonlocal hearing
            while not self._over:
                hearing = hearing or asyncio.ensure_future(receive())
                await asyncio.wait({hearing}, timeout=LOOK if self._mark else None)
                if self._mark and access.person(self._mark) is None:
                    self._over = True
                    await send({"type": "websocket.close", "code": ENDED})
                    break
                if not hearing.done():
                    continue
                message, hearing = hearing.result(), None
                if message["type"] != "websocket.receive" or self._may(message.get("bytes")):
                    return message
            return {"type": "websocket.disconnect", "code": ENDED}

        async def said(message: Message) -> None:
            if not self._visit and message.get("bytes"):
                self._learn(message["bytes"])
            if not self._over:
                await send(message)

        try:
            await self._app(self._scope, heard, said)
        finally:
            if hearing and not hearing.done():
                hearing.cancel()

    def _learn(self, content: bytes) -> None:
        """Notes which visit this is, from the first message that names it."""
        told = ForwardMsg.FromString(content)
        if told.WhichOneof("type") == "new_session":
            self._visit = told.new_session.initialize.session_id
            _note(self._visit, self._opener)

    def _may(self, content: bytes | None) -> bool:
        """Whether what a browser says may be heard; what is no message Streamlit closes."""
        who = access.person(self._mark)
        if not sizes.fits(content or b"", access.may(who, rules.ACTION, Action.RECEIVE)):
            _LOG.warning("a message of %s bytes was refused", len(content or b""))
            return False
        try:
            told = BackMsg.FromString(content or b"")
        except DecodeError:
            return True
        kind = kind_of(told)
        sound = sizes.is_sound(told)
        if not sound or not access.may(who, rules.MESSAGE, kind) or not _own_file(told):
            _LOG.warning("a message of the kind %s was refused", kind or "none")
            return False
        if (login := access.login_of(self._mark)) and _is_of_a_person(told):
            # Away, or on a full disk: who reads on meanwhile is not cut off.
            with contextlib.suppress(register.Unreadable):
                logins.note(ledger.store_folder(), login)
        return True

    def _subprotocol(self) -> str | None:
        return next(iter(self._scope.get("subprotocols", ())), None)


def kind_of(told: BackMsg) -> str:
    """The name of a message's entry; empty where it says nothing."""
    kind = told.WhichOneof("type") or ""
    if kind not in _NESTED:
        return kind
    return f"{kind}.{getattr(told, kind).WhichOneof(_NESTED[kind])}"


def _is_of_a_person(told: BackMsg) -> bool:
    """Whether somebody has done something; a page that is left open says things by itself."""
    kind = told.WhichOneof("type")
    by_itself = kind == "rerun_script" and told.rerun_script.is_auto_rerun
    return not by_itself and kind not in ("app_heartbeat", "stop_script")


def kinds() -> list[str]:
    """The names of everything that a browser may say to this Streamlit."""
    fields = BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields
    found = []
    for each in fields:
        if each.name in _NESTED:
            inner = each.message_type.oneofs_by_name[_NESTED[each.name]].fields
            found += [f"{each.name}.{payload.name}" for payload in inner]
        else:
            found.append(each.name)
    return found


def _own_file(told: BackMsg) -> bool:
    """Whether a download that is made when asked for is asked for by the visit that it is of.

    Streamlit holds that the visit named is the one that asks, not that the file is that visit's.
    """
    if kind_of(told) != "backend_operation_request.deferred_file":
        return True
    asked = told.backend_operation_request
    held = runtime.get_instance().media_file_mgr._deferred_callables
    of = held.get(asked.deferred_file.file_id)
    return of is not None and of["session_id"] == asked.session_id
