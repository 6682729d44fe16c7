"""A reader's browser without the browser: asks a served page over its WebSocket, as Streamlit's own
page does, and says how long the answer took."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60


def opened(url: str, headers: Mapping[str, str] | None = None, visit: str = "") -> ClientConnection:
    """The WebSocket of a served page, of a new visit or of one to take up again. It holds all that
    nobody reads: a full queue would keep the answer to its closing back, for ten seconds.
    """
    parts = urlsplit(url)
    return connect(
        f"ws://{parts.netloc}/_stcore/stream",
        origin=url,
        subprotocols=["streamlit", *(("x", visit) if visit else ())],
        max_size=None,
        max_queue=None,
        compression=None,
        additional_headers=headers,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page's script as its reader sees it: seconds until it ended, bytes, messages,
    and what its coloured boxes said."""

    seconds: float
    bytes: int
    messages: int
    said: tuple[str, ...]


class Wire:
    """A reader's connection to a server."""

    def __init__(self, url: str):
        self._socket = opened(url)
        self._fields: dict[str, str] = {}
        self._written: dict[str, WidgetState] = {}

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self, page: str = "", query: str = "") -> Run:
        """Runs a page by its name in the address ("heating"; "" for the front page)."""
        return self._run(page, query, [])

    def write(self, label: str, text: str) -> None:
        """Writes into a field of the page that ran last: what it is called, without its help."""
        identity = self._fields[label]
        self._written[identity] = WidgetState(id=identity, string_value=text)

    def press(self, label: str, page: str) -> Run:
        """Presses a button of the page that ran last."""
        pressed = WidgetState(id=self._fields[label], trigger_value=True)
        return self._run(page, "", [*self._written.values(), pressed])

    def _run(self, page: str, query: str, states: Sequence[WidgetState]) -> Run:
        state = ClientState(
            query_string=query, page_name=page, widget_states=WidgetStates(widgets=states)
        )
        asked = BackMsg(rerun_script=state)
        self._fields, self._written = {}, {}
        began, size, messages, said = time.perf_counter(), 0, 0, []
        self._socket.send(asked.SerializeToString())
        while True:
            received = self._socket.recv(timeout=PATIENCE)
            size, messages = size + len(received), messages + 1
            told = ForwardMsg.FromString(received)
            if told.HasField("delta"):
                said += self._heard(told.delta.new_element)
            if told.HasField("script_finished") and told.script_finished in _ENDED:
                return Run(time.perf_counter() - began, size, messages, tuple(said))

    def _heard(self, element: Element) -> list[str]:
        """Notes a field or a button; returns what a coloured box says."""
        if element.HasField("exception"):
            raise RuntimeError(element.exception.message)
        kind = element.WhichOneof("type")
        if kind in ("text_area", "text_input", "button"):
            each = getattr(element, kind)
            self._fields[each.label] = each.id
        return [element.alert.body] if kind == "alert" else []


# A run that ends for another goes on in the other.
_ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
