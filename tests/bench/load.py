"""`make bench-load`: many readers and two who send, for MINUTES (10), against one server.

Prints what they waited, what failed, and whether memory, descriptors and threads of the server come
back to where they were. VIEWERS=40 takes so many readers, STORE=folder a store of one's own.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

from tests.bench import crowd, loading
from tests.pages.driving import Server
from tests.wire import Wire

MINUTES = float(os.environ.get("MINUTES", 10))
VIEWERS = int(os.environ.get("VIEWERS", crowd.READERS))
# Seconds after which what readers held has gone: Streamlit keeps a visit for two minutes.
REST = float(os.environ.get("REST", 150))


def main() -> int:
    """Returns 1 if anything failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given := os.environ.get("STORE"):
            shutil.copytree(given, folder / "store")
        else:
            loading.shipped(folder / "store")
        server = Server(folder / "store", folder / "log")
        try:
            return _measure(server)
        finally:
            server.stop()


def _measure(server: Server) -> int:
    with Wire(server.url) as wire:
        for page, query in (*crowd.MOVES, ("upload", "")):
            wire.run(page, query)
    runs: list[float] = []
    sent: list[float] = []
    failed: list[Exception] = []
    # Once round before it counts: what is loaded once and stays is no growth.
    _crowd(server.url, 60, runs, sent, failed)
    time.sleep(REST)
    before = _held(server)
    runs.clear()
    sent.clear()
    worked = server.worked()
    _crowd(server.url, MINUTES * 60, runs, sent, failed)
    worked, load = server.worked() - worked, os.getloadavg()[0]
    peak = _held(server)
    time.sleep(REST)
    after = _held(server)
    print(f"{VIEWERS} readers, {crowd.SENDERS} senders, {MINUTES:g} minutes, load {load:.0f}")
    print(f"failed: {len(failed)} {failed[:3]}")
    for name, found in (("a page", runs), ("a report kept", sent)):
        if len(found) < 2:
            print(f"{name}: {len(found)} times")
            continue
        waited = f"median {median(found):.2f} s, 95 of 100 within {crowd.within(found):.2f} s"
        print(f"{name}: {len(found)} times, {waited}")
    print(f"server's work: {worked / max(1, len(runs) + len(sent)):.3f} s a run")
    for name, *values in zip(("MB", "descriptors", "threads"), before, peak, after, strict=True):
        print("{}: {:.0f} before, {:.0f} at the end, {:.0f} after a rest".format(name, *values))
    return int(bool(failed))


def _held(server: Server) -> tuple[float, int, int]:
    return server.memory("VmRSS"), server.descriptors(), server.threads()


def _crowd(
    url: str, seconds: float, runs: list[float], sent: list[float], failed: list[Exception]
) -> None:
    until = time.monotonic() + seconds
    works: list[Callable[[Random], None]] = [
        *[lambda rng: crowd.read(url, rng, until, runs)] * VIEWERS,
        *[lambda rng: crowd.send(url, rng, until, sent)] * crowd.SENDERS,
    ]
    crowd.all_at_once(works, failed)


if __name__ == "__main__":
    sys.exit(main())
