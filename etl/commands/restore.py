"""python -m etl restore: a store from a backup."""

import argparse
from pathlib import Path

from impact import published
from impact.backup import restore
from impact.ledger import Ledger, store_folder

HELP = "make a store from a backup, in an empty folder, and publish it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE"""
    parser.add_argument("file", type=Path, help="an archive that `etl backup` wrote")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Restores, checks and publishes."""
    ledger = Ledger(store or store_folder())
    count = restore(ledger, options.file)
    published.publish(ledger)
    print(f"{count} files restored; {published.Reader(ledger.folder).count()} figures published")
    return 0
