"""python -m etl restore: makes a store from a backup."""

import argparse
from pathlib import Path

from impact.store import snapshot
from impact.store.backup import restore
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "make a store from a backup, or bring back what a store has lost, and publish it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FILE"""
    parser.add_argument("file", type=Path, help="an archive that `etl backup` wrote")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Restores the store, checks it and publishes.

    Raises LedgerOlder if the backup is older than the last snapshot. The store is restored then,
    and a person must decide whether to publish it.
    """
    ledger = Ledger(store or store_folder())
    count = restore(ledger, options.file)
    print(f"{count} files restored")
    snapshot.publish(ledger)
    print(f"{Reader(ledger.folder).count()} figures published")
    return 0
