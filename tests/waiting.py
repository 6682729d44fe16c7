"""How tests wait for what another thread does: for the thing itself, not for a time."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Returns soon after the condition holds; fails where it never does. A look that costs much,
    such as one into a store, is taken less often: what is waited for needs the processor."""
    end = time.monotonic() + seconds
    looked = time.monotonic()
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(max(0.02, 3 * (time.monotonic() - looked)))
        looked = time.monotonic()


def awaited(told: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, in a thread of its own: where browsers are driven, this one has a
    loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, told).result()
