"""The sockets on which this process waits for connections, whoever opened them."""

import contextlib
import os
import socket
import stat
from collections.abc import Iterator

# Every descriptor that this process holds, on Linux and macOS.
DESCRIPTORS = "/dev/fd"


def listening() -> list[str] | None:
    """The addresses of the sockets; of one in the file system its path.

    None if they cannot be told.
    """
    try:
        names = [each.getsockname() for each in _sockets()]
    except OSError:
        return None
    return [str(name[0] if isinstance(name, tuple) else name) for name in names]


def send_at_once() -> None:
    """Makes what is written to a connection leave at once, for connections accepted from now on.

    Streamlit opens its socket without TCP_NODELAY. Then the system waits up to 40 ms for the other
    side's word before it sends the rest of an answer: twice in a rerun of a page.
    """
    with contextlib.suppress(OSError):
        for each in _sockets():
            if each.family in (socket.AF_INET, socket.AF_INET6):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _sockets() -> Iterator[socket.socket]:
    """A copy of each listening socket, closed when the next is asked for: the server's own stays
    open. Raises OSError where descriptors cannot be listed."""
    with os.scandir(DESCRIPTORS) as entries:
        descriptors = [int(each.name) for each in entries if each.name.isdigit()]
    for descriptor in descriptors:
        # Whatever was closed meanwhile, or is no socket, is passed over.
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                continue
            with socket.socket(fileno=os.dup(descriptor)) as copy:
                if copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield copy
