"""A reader's browser without the browser: asks a served page over its WebSocket, as Streamlit's own
page does, and says how long the answer took."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page's script as its reader sees it: seconds until it ended, bytes, messages."""

    seconds: float
    bytes: int
    messages: int


class Wire:
    """A reader's connection to a server."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self._socket = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=url,
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,
        )

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self, page: str = "", query: str = "") -> Run:
        """Runs a page by its name in the address ("heating"; "" for the front page)."""
        asked = BackMsg(rerun_script=ClientState(query_string=query, page_name=page))
        began, size, messages = time.perf_counter(), 0, 0
        self._socket.send(asked.SerializeToString())
        while True:
            received = self._socket.recv(timeout=PATIENCE)
            size, messages = size + len(received), messages + 1
            told = ForwardMsg.FromString(received)
            if told.HasField("delta") and told.delta.new_element.HasField("exception"):
                raise RuntimeError(told.delta.new_element.exception.message)
            if told.HasField("script_finished"):
                return Run(time.perf_counter() - began, size, messages)
