"""`make crash`: what the tests do a few times, done often. A line each; 1 if anything was wrong.

python -m tests.crash [SEED]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.crash import clients, failing, killing, powerless, serving

# What is brought to a store: every format, English and Ukrainian, each time few enough to be quick.
FILES = [
    ["week.docx", "звіт.txt", "heat.xlsx"],
    ["wu019.pdf", "tolls.csv"],
    ["news.html", "both.zip"],
]
KILLS, ROUNDS, PAGES, SERVERS, CALLS, CUTS = 150, 50, 10, 10, 100, 50


def main(seed: int) -> int:
    """Prints what was done, how long it took and what was wrong."""
    wrong = []
    for number, files in enumerate(FILES):
        wrong += _line(", ".join(files), partial(_kills, seed + number, files))
    wrong += _line(
        f"{ROUNDS} files, each from ten clients at once",
        lambda folder: clients.rounds(ROUNDS, folder),
    )
    if failing.compiler():
        wrong += _line("calls that fail or are the last", partial(_told, failing.run, CALLS, seed))
        wrong += _line("cuts of the power", partial(_told, powerless.run, CUTS, seed))
    else:
        print("left out calls that fail and cuts of the power: there is no C compiler")
    if not (path := chromium.find()):
        print(f"left out what needs a browser: {chromium.MISSING}")
        return bool(wrong)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.options())
        wrong += _line(
            f"{ROUNDS} files, each from {PAGES} pages of one server at once",
            lambda folder: serving.together(browser, folder, PAGES, ROUNDS),
        )
        wrong += _line(
            f"{2 * SERVERS} kills of a server (seed {seed})",
            lambda folder: serving.killed_rounds(browser, folder, SERVERS, random.Random(seed)),
        )
        browser.close()
    return bool(wrong)


def _kills(seed: int, files: Sequence[str], folder: Path) -> list[str]:
    found = killing.run(KILLS // len(FILES), seed, folder, files)
    print(found, flush=True)
    return found.problems


def _told(work: Callable, count: int, seed: int, folder: Path) -> list[str]:
    said, *problems = work(folder, count, seed)
    print(said, flush=True)
    return problems


def _line(what: str, work: Callable[[Path], list[str]]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        problems = work(Path(folder))
    print(f"{what}: {len(problems)} problems, {time.monotonic() - started:.0f} s", flush=True)
    print(*(f"  {problem}" for problem in problems), sep="\n", end="", flush=True)
    return problems


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6)))
