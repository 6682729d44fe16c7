"""python -m etl update: fetches and loads the sources that may be fetched, and publishes."""

import argparse
from datetime import date
from pathlib import Path

from etl.fetching import FOLDER, PAUSE, Fetcher
from etl.update import fetched_names, update
from impact.store.ledger import Ledger, store_folder

HELP = "fetch and load the sources that may be fetched, and publish them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [source …] [--since DAY] [--mirror URL] [--pause SECONDS]"""
    parser.add_argument("sources", nargs="*", metavar="source", help=", ".join(fetched_names()))
    parser.add_argument(
        "--since",
        type=_day,
        metavar="DAY",
        help="ask for this day and later ones alone, such as 2026-03-13",
    )
    parser.add_argument(
        "--mirror",
        default="",
        metavar="URL",
        help="ask the host of this address in place of each source's own, with the same paths",
    )
    parser.add_argument(
        "--pause",
        type=float,
        default=PAUSE,
        metavar="SECONDS",
        help=f"between two requests of a host ({PAUSE:g})",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written 2026-03-13") from None


def fetcher_of(ledger: Ledger, options: argparse.Namespace) -> Fetcher:
    """Asks as the arguments say, and keeps what came beside the ledger."""
    return Fetcher(ledger.folder / FOLDER, options.mirror, options.pause)


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Prints a line a source. Returns 1 if one could not be loaded.

    Raises what etl.update.update raises.
    """
    ledger = Ledger(store or store_folder())
    outcome = update(ledger, fetcher_of(ledger, options), options.sources, options.since)
    for line in outcome.lines:
        print(line, flush=True)
    return 1 if outcome.failed else 0
