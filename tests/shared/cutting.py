"""A wire between a program and its database that can be cut, as a network is."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """Passes on what goes to and fro, until it is cut.

    after  when these bytes have gone to the database the wire is cut: they arrive, and no answer
           comes back
    """

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self.after = b""
        self.cuts = 0
        self._ends: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Ends every connection at once."""
        self.cuts += 1
        ends, self._ends = self._ends, []
        for each in ends:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close(self) -> None:
        self._server.close()
        self.cut()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                here, _ = self._server.accept()
                there = socket.create_connection(self._there)
                self._ends += [here, there]
                for one, other, out in ((here, there, True), (there, here, False)):
                    threading.Thread(
                        target=self._pass_on, args=[one, other, out], daemon=True
                    ).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, out: bool) -> None:
        with contextlib.suppress(OSError):
            while some := one.recv(65_536):
                last = out and self.after and self.after in some
                if last:
                    self.after = b""
                    self.cuts += 1  # now: whoever is cut off may end before we do
                    # Nothing of the answer passes: the way back is shut before the question goes.
                    one.shutdown(socket.SHUT_WR)
                other.sendall(some)
                if last:
                    one.shutdown(socket.SHUT_RDWR)
                    # What was sent arrives all the same: the database reads it to its end.
                    other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def wire(address: str) -> Iterator[tuple[Wire, str]]:
    """A wire to the database at an address, and the address at its near end."""
    parts = urlsplit(address)
    between = Wire(parts.hostname or "127.0.0.1", parts.port or 5432)
    try:
        host = f"{parts.username}@127.0.0.1:{between.port}"
        yield between, urlunsplit(parts._replace(netloc=host))
    finally:
        between.close()
