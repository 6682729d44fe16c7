"""Threads that see to a store beside the pages, and end before Python does.

A thread that Python's end cuts off within native code, such as a query, takes the whole process
down with it; and a server that was stopped would look as if it had crashed.
"""

import atexit
import threading
import time
from collections.abc import Callable

# Set when Python ends: a thread looks at it between two pieces of work.
ENDING = threading.Event()
# Seconds that the end waits for them. Opening and reading a file take longer, and may be cut off.
PATIENCE = 10.0

_started: list[tuple[threading.Thread, Callable[[], None]]] = []


def start(name: str, run: Callable[[], None], wake: Callable[[], None]) -> None:
    """Starts a thread that returns soon after ENDING is set and it is woken."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    _started.append((thread, wake))
    thread.start()


def once(name: str, run: Callable[[], None]) -> None:
    """Starts a thread that does one thing; the end waits for it too."""
    _started[:] = [each for each in _started if each[0].is_alive()]
    start(name, run, lambda: None)


@atexit.register
def _end() -> None:
    ENDING.set()
    until = time.monotonic() + PATIENCE
    for _, wake in _started:
        wake()
    for thread, _ in _started:
        thread.join(max(0.0, until - time.monotonic()))
