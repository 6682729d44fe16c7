"""python -m etl backup: the whole store in one file."""

import argparse
from pathlib import Path

from impact.backup import backup
from impact.ledger import Ledger, store_folder

HELP = "write the ledger, the originals and what was read from them to one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE"""
    parser.add_argument("file", type=Path, help="the archive to write, such as store.tar.gz")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Writes the archive; the published snapshot is not in it, as it is made from the ledger."""
    count = backup(Ledger(store or store_folder()), options.file)
    print(f"{count} files in {options.file.name}; the published snapshot is built when restored")
    return 0
