"""python -m etl publish: makes a new snapshot of all figures that the ledger has accepted."""

import argparse
from pathlib import Path

from impact.store import condition, snapshot
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "publish what the ledger has accepted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--anyway]"""
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="even if far fewer figures remain, or the ledger is older than the last snapshot",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Publishes. Returns 1 if nothing was ever stored.

    Raises Withheld if readers would lose figures and `--anyway` is not given.
    """
    ledger = Ledger(store or store_folder())
    if condition.nothing_stored(ledger):
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    name = snapshot.publish(ledger, anyway=options.anyway)
    print(f"published {Reader(ledger.folder).count()} figures as {name}")
    return 0
