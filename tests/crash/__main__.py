"""`make crash`: what the tests do a few times, done often. A line each; 1 if anything was wrong.

python -m tests.crash [--kills N] [--calls N] [--cuts N] [--damages N] [--seed N]
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.crash import clients, damaging, failing, killing, powerless, serving

# What is brought to a store: every format, English and Ukrainian, each time few enough to be quick.
FILES = [
    ["week.docx", "звіт.txt", "heat.xlsx"],
    ["wu019.pdf", "tolls.csv"],
    ["news.html", "both.zip"],
]
ROUNDS, PAGES, SERVERS = 50, 10, 10
# Series that run beside one another: one for each core of a small machine.
BESIDE = 2
Work = Callable[[Path], list[str]]


def main(options: argparse.Namespace) -> int:
    """Prints what was done, how long it took and what was wrong."""
    started = time.monotonic()
    with ThreadPoolExecutor(BESIDE) as pool:
        told = [pool.submit(_line, what, work) for what, work in _series(options)]
        wrong = [problem for each in told for problem in each.result()]
    wrong += _in_a_browser(options.seed)
    took = time.monotonic() - started
    print(f"in all {len(wrong)} problems, {took:.0f} s, seed {options.seed}", flush=True)
    return bool(wrong)


def _series(options: argparse.Namespace) -> list[tuple[str, Work]]:
    """What needs no browser, the longest first."""
    found: list[tuple[str, Work]] = []
    if failing.compiler():
        calls = partial(_told, failing.run, options.calls, options.seed)
        found.append(("calls that fail or are the last", calls))
    else:
        print("left out calls that fail and cuts of the power: there is no C compiler")
    for number, files in enumerate(FILES):
        kills = options.kills // len(FILES) + (number < options.kills % len(FILES))
        found.append((", ".join(files), partial(_kills, kills, options.seed + number, files)))
    if failing.compiler():
        cuts = partial(_told, powerless.run, options.cuts, options.seed)
        found.append(("cuts of the power", cuts))
    found.append(
        (f"{ROUNDS} files, each from ten clients at once", partial(clients.rounds, ROUNDS))
    )
    damages = partial(_told, damaging.run, options.damages, options.seed)
    return [*found, ("damages of a store", damages)]


def _in_a_browser(seed: int) -> list[str]:
    if not (path := chromium.find()):
        print(f"left out what needs a browser: {chromium.MISSING}")
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.options())
        wrong = _line(
            f"{ROUNDS} files, each from {PAGES} pages of one server at once",
            lambda folder: serving.together(browser, folder, PAGES, ROUNDS),
        )
        wrong += _line(
            f"{2 * SERVERS} kills of a server (seed {seed})",
            lambda folder: serving.killed_rounds(browser, folder, SERVERS, random.Random(seed)),
        )
        browser.close()
    return wrong


def _kills(kills: int, seed: int, files: Sequence[str], folder: Path) -> list[str]:
    found = killing.run(kills, seed, folder, files)
    print(found, flush=True)
    return found.problems


def _told(work: Callable, count: int, seed: int, folder: Path) -> list[str]:
    said, *problems = work(folder, count, seed)
    print(said, flush=True)
    return problems


def _line(what: str, work: Work) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        problems = work(Path(folder))
    told = [f"{what}: {len(problems)} problems, {time.monotonic() - started:.0f} s"]
    print("\n  ".join([*told, *problems]), flush=True)
    return problems


_CALLS = "calls that fail; 0: each once, in a way that the seed chooses; -1: each in every way"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=failing.EACH, help=_CALLS)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--damages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(_options()))
