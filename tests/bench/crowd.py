"""Many at once: readers who look at one page after the other, and people who send reports.

Each has a WebSocket of its own. A reader waits a while between two pages, as one who reads. Whoever
sends pastes a text that nobody sent before and presses Send; it counts until the page says that the
text is kept. What is read of it afterwards goes on beside the others.
"""

import itertools
import random
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from tests.bench.clock import line
from tests.bench.pages import served
from tests.wire import Wire

READERS, SENDERS, SECONDS = 20, 2, 60
_CROWDS = itertools.count()
# How long a reader looks at a page, and a sender at what became of a report, in seconds.
LOOKS = (2, 6)
MOVES = [
    *[("", ""), ("attack", "night=2026-01-24"), ("attack", ""), ("compare", ""), ("conflicts", "")],
    *[("power", f"places={city}") for city in ("UA80", "UA63", "UA51")],
    *[("heating", f"places={city}") for city in ("UA80", "UA6312027001", "UA5110027001")],
    *[("casualties", "places=UA63"), ("map", ""), ("city", "place=UA80"), ("coverage", "")],
]
REPORT = """Kyiv, {day} January 2026. After the night attack {count} apartment buildings in Kyiv are
without heating, the mayor Vitali Klitschko said. In Kharkiv {killed} people were killed."""


def together(store: Path, folder: Path, name: str) -> None:
    """Readers and senders for a minute: how long they wait, and the server's work for a run."""
    with served(store, folder / f"crowd-{name}.log") as server:
        with Wire(server.url) as wire:  # the first reader of the day is another measurement
            for page, query in MOVES:
                wire.run(page, query)
        until = time.monotonic() + SECONDS
        runs: list[float] = []
        sent: list[float] = []
        failed: list[Exception] = []
        works: list[Callable[[random.Random], None]] = [
            *[lambda rng: read(server.url, rng, until, runs)] * READERS,
            *[lambda rng: send(server.url, rng, until, sent)] * SENDERS,
        ]
        before = server.worked()
        all_at_once(works, failed)
        work = server.worked() - before
    count = f"{len(runs)} runs of {READERS} readers, {len(failed)} failed"
    line(f"crowd: a page, median ({name})", median(runs), count)
    line(f"crowd: a page, 95 of 100 ({name})", within(runs))
    line(f"crowd: a report kept, median ({name})", median(sent), f"{len(sent)} reports")
    line(f"crowd: a report kept, 95 of 100 ({name})", within(sent))
    line(f"crowd: server's work for a run ({name})", work / (len(runs) + len(sent)))
    for each in failed[:3]:
        print(f"  {type(each).__name__}: {each}", flush=True)


def all_at_once(works: Sequence[Callable[[random.Random], None]], failed: list[Exception]) -> None:
    """Does all works at once, each in a thread with chances of its own: nobody sends again what
    was sent before."""
    first = next(_CROWDS) * len(works)

    def do(number: int) -> None:
        try:
            works[number](random.Random(first + number))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(works))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def read(url: str, rng: random.Random, until: float, runs: list[float]) -> None:
    with Wire(url) as wire:
        while time.monotonic() < until:
            runs.append(wire.run(*rng.choice(MOVES)).seconds)
            time.sleep(rng.uniform(*LOOKS))


def send(url: str, rng: random.Random, until: float, sent: list[float]) -> None:
    with Wire(url) as wire:
        while time.monotonic() < until:
            wire.run("upload")
            numbers = {"day": rng.randrange(1, 32), "count": rng.randrange(10, 10**6)}
            text = REPORT.format(**numbers, killed=rng.randrange(1, 10))
            wire.write("Text", text)
            wire.write("Your name", "The bench")
            run = wire.press("Send", "upload")
            if not any("is received and kept" in each for each in run.said):
                raise RuntimeError(f"not kept: {run.said}")
            sent.append(run.seconds)
            time.sleep(rng.uniform(*LOOKS))


def within(seconds: Sequence[float]) -> float:
    """What 95 of 100 stay within."""
    return quantiles(seconds, n=20)[-1]
