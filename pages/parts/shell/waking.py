"""What scripts tell the server's loop wakes it once for all that has come by then.

Every element of a page is such a message, and each wake-up costs a call of the system and a fight
for Python's lock with the script that goes on. With 20 readers that was a sixth of the server's
work.
"""

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Any

_Told = tuple[Callable[..., object], tuple[Any, ...], contextvars.Context]


def gather(loop: asyncio.AbstractEventLoop) -> None:
    """Lets a loop be woken once for several calls from other threads. They are called in the order
    in which they came; none is lost, and none can be taken back."""
    told: list[_Told] = []
    # A signal's handler may tell something while the loop's own thread hears.
    turn = threading.RLock()
    wake = loop.call_soon_threadsafe

    def hear() -> None:
        nonlocal told
        with turn:
            heard, told = told, []
        for callback, values, context in heard:
            loop.call_soon(callback, *values, context=context)

    def tell(
        callback: Callable[..., object],
        *values: Any,
        context: contextvars.Context | None = None,
    ) -> None:
        with turn:
            first = not told
            told.append((callback, values, context or contextvars.copy_context()))
        if first:
            wake(hear)

    loop.call_soon_threadsafe = tell  # type: ignore[method-assign,assignment]
