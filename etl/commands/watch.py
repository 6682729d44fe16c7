"""python -m etl watch: updates again and again, at times that no other watch has."""

import argparse
import random
import time
from pathlib import Path

from filelock import FileLock, Timeout

from etl.commands import update
from impact.store.ledger import store_folder

# Hours between two updates, at most: a year.
LONGEST = 8760
HELP = "update every few hours until it is stopped"

LOCK = "watch.lock"
# Share of the time between two updates by which it differs, so that many do not ask at once.
JITTER = 0.1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--every HOURS] [--rounds N], and those of `update`"""
    update.add_arguments(parser)
    parser.add_argument("--every", type=float, default=6.0, metavar="HOURS", help="6 by default")
    parser.add_argument(
        "--rounds", type=int, default=0, metavar="N", help="end after so many updates"
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Updates until it is stopped. Returns 1 if it ends by itself after an update that failed.

    Raises BlockingIOError if another watch keeps the store, ValueError for hours that are none.
    """
    endless = options.every == 0 and not options.rounds  # would ask the sources without a pause
    if endless or not 0 <= options.every <= LONGEST:
        raise ValueError("--every takes hours, such as 6 or 0.5")
    folder = store or store_folder()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            return _rounds(store, options)
    except Timeout:
        raise BlockingIOError("another watch of this store is running") from None
    except KeyboardInterrupt:
        return 0


def _rounds(store: Path | None, options: argparse.Namespace) -> int:
    done = 0
    while True:
        code = _once(store, options)
        done += 1
        if done == options.rounds:
            return code
        time.sleep(3600 * options.every * random.uniform(1 - JITTER, 1 + JITTER))


def _once(store: Path | None, options: argparse.Namespace) -> int:
    """One update. What stops it is told, and the next one is tried all the same."""
    try:
        return update.run(store, options)
    except (OSError, RuntimeError) as error:
        print(f"{error}", flush=True)
        return 1
