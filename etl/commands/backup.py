"""python -m etl backup: writes the whole store to one file."""

import argparse
from pathlib import Path

from etl.named_files import to_write
from impact.store.backup import backup, backup_damaged, damage
from impact.store.ledger import Ledger, store_folder

HELP = "write the ledger, the originals and what was read from them to one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FILE [--damaged]"""
    parser.add_argument("file", type=Path, help="the archive to write, such as store.tar.gz")
    parser.add_argument(
        "--damaged",
        action="store_true",
        help="keep a damaged store as it is, under a name of its own beside FILE",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Writes the archive. It lacks the published snapshot, which can be made from the ledger.

    A store without damage is written to FILE, also with --damaged. Returns 0 only if FILE then
    holds a store without damage. Raises ValueError for a file of the store itself.
    """
    ledger = Ledger(store or store_folder())
    file = to_write(options.file, ledger.folder)
    if options.damaged and (problems := damage(ledger)):
        path, count = backup_damaged(ledger, file)
        print(f"the store is damaged: {problems[0]}")
        print(f"{count} files as they are in {path.name}, which `restore` does not take")
        return 1
    count = backup(ledger, file)
    print(f"{count} files in {file.name}; the published snapshot is built when restored")
    return 0
