"""python -m etl restore: makes a store from a backup."""

import argparse
from pathlib import Path

from etl.named_files import to_read
from impact.access import register
from impact.store import snapshot
from impact.store.backup import restore
from impact.store.drill import drill
from impact.store.ledger import Ledger, store_folder
from impact.store.reader import Reader

HELP = "make a store from a backup, or bring back what a store has lost, and publish it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FILE [--check]"""
    parser.add_argument("file", type=to_read, help="an archive that `etl backup` wrote")
    parser.add_argument(
        "--check",
        action="store_true",
        help="restore for trial elsewhere, compare, and touch no store",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Restores the store, checks it and publishes.

    Raises LedgerOlder if the backup is older than the last snapshot. The store is restored then,
    and a person must decide whether to publish it.
    """
    ledger = Ledger(store or store_folder())
    if options.check:
        return _check(ledger, options.file)
    had_people = (ledger.folder / register.NAME).exists()
    count = restore(ledger, options.file)
    print(f"{count} files restored")
    if not had_people and (people := len(register.rows(ledger.folder))):
        print(
            f"{people} accounts with the roles they had then: look at `python -m etl people list`"
        )
        print("nobody is signed in, and programs need new keys")
    snapshot.publish(ledger)
    print(f"{Reader(ledger.folder).count()} figures published")
    return 0


def _check(ledger: Ledger, path: Path) -> int:
    """Prints what a restore for trial gave. Raises NoBackup where something differs."""
    found = drill(path, ledger)
    print(f"{found.files} files restored for trial, {found.rows} rows, {found.people} accounts")
    if found.digests:
        print(f"{found.digests} digests compared: all as they were when the backup was made")
    else:
        print("the archive is from before digests were kept: compared with itself alone")
    print(f"{found.figures} figures published for trial as {found.snapshot}")
    if found.since is None:
        print("there is no store here to compare it with")
    elif more := {name: count for name, count in found.since.items() if count}:
        told = ", ".join(f"{count} {name}" for name, count in more.items())
        print(f"the store holds the same rows, and since then {told}")
    else:
        print("the store holds the same rows and no more")
    return 0
