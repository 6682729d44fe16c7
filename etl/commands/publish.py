"""python -m etl publish: a new snapshot of what the ledger has accepted."""

import argparse
from pathlib import Path

from impact.store import snapshot
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "publish what the ledger has accepted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[--anyway]"""
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="even if far fewer figures remain, or the ledger is older than the last snapshot",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Publishes. Raises Withheld where that would lose figures and nobody said `--anyway`."""
    ledger = Ledger(store or store_folder())
    if not ledger.lived:
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    name = snapshot.publish(ledger, anyway=options.anyway)
    print(f"published {Reader(ledger.folder).count()} figures as {name}")
    return 0
