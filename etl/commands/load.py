"""python -m etl load: loads tables of sources into the ledger and publishes a new snapshot."""

import argparse
from pathlib import Path

from etl import source
from etl.load import load
from etl.named_files import to_read
from etl.serve import load_shipped
from impact.store import snapshot
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "load sourced tables and publish them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [source …] [--file FILE …]"""
    parser.add_argument("sources", nargs="*", metavar="source", help=", ".join(source.names()))
    parser.add_argument(
        "--file",
        type=to_read,
        action="append",
        default=[],
        help="a file of one's own in the shape of the source's, instead of the shipped one",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Loads the named sources, or every shipped table if none is named, and publishes.

    Raises ValueError if --file comes without exactly one source, and all that etl.load.load raises.
    """
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
