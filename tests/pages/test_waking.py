"""The server's loop is woken once for what several scripts tell it, and hears all of it."""

import asyncio
import contextvars
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pages.parts.shell import waking

MANY, THREADS = 500, 8


def run(listening: Coroutine[Any, Any, Any]) -> Any:
    """Runs a loop in a thread of its own: the tests' browser has one in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, listening).result(20)


def test_what_threads_tell_is_heard_once_each_and_in_each_thread_s_order():
    heard: list[tuple[int, int]] = []

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        waking.gather(loop)

        def tell(thread: int) -> None:
            for number in range(MANY):
                loop.call_soon_threadsafe(heard.append, (thread, number))

        threads = [threading.Thread(target=tell, args=(each,)) for each in range(THREADS)]
        for each in threads:
            each.start()
        while any(each.is_alive() for each in threads):
            await asyncio.sleep(0)
        last = asyncio.Event()
        loop.call_soon_threadsafe(last.set)
        await asyncio.wait_for(last.wait(), 10)

    run(listen())
    assert sorted(heard) == [(t, n) for t in range(THREADS) for n in range(MANY)]
    for thread in range(THREADS):
        told = [number for each, number in heard if each == thread]
        assert told == list(range(MANY))


def test_a_loop_is_woken_once_for_what_it_has_not_heard_yet():
    async def listen() -> int:
        loop = asyncio.get_running_loop()
        woken = []
        wake = loop.call_soon_threadsafe

        def counted(callback, *values, context=None):
            woken.append(callback)
            return wake(callback, *values, context=context)

        loop.call_soon_threadsafe = counted
        waking.gather(loop)
        heard: list[int] = []
        for number in range(MANY):
            loop.call_soon_threadsafe(heard.append, number)
        while len(heard) < MANY:
            await asyncio.sleep(0)
        loop.call_soon_threadsafe(heard.append, MANY)
        await asyncio.sleep(0.01)
        assert heard == list(range(MANY + 1))
        return len(woken)

    assert run(listen()) == 2


def test_what_is_told_runs_where_it_was_told():
    said = contextvars.ContextVar("said", default="")

    async def listen() -> list[str]:
        loop = asyncio.get_running_loop()
        waking.gather(loop)
        heard: list[str] = []
        for word in ("one", "two"):
            contextvars.copy_context().run(
                lambda word=word: (
                    said.set(word),
                    loop.call_soon_threadsafe(lambda: heard.append(said.get())),
                )
            )
        while len(heard) < 2:
            await asyncio.sleep(0)
        return heard

    assert run(listen()) == ["one", "two"]
