"""python -m etl load: sourced tables into the ledger, and a new snapshot."""

import argparse
from pathlib import Path

from etl import source
from etl.load import load
from etl.serve import load_shipped
from impact.store import snapshot
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "load sourced tables and publish them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[source …] [--file FILE …]"""
    parser.add_argument("sources", nargs="*", metavar="source", help=", ".join(source.names()))
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        help="a file of one's own in the shape of the source's, instead of the shipped one",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Loads every shipped table, or the sources named."""
    ledger = Ledger(store or store_folder())
    if options.file and len(options.sources) != 1:
        raise ValueError("--file needs exactly one source to read it with")
    if not options.sources:
        load_shipped(ledger)
    for name in options.sources:
        print(load(name, ledger, options.file), flush=True)
    name = snapshot.publish(ledger)
    print(f"published {Reader(ledger.folder).count()} figures as {name}")
    return 0
