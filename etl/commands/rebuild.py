"""python -m etl rebuild: makes again all that can be made from the ledger and the originals."""

import argparse
from pathlib import Path

from etl.reports import mending
from impact.store import aside, condition, identity, snapshot, snapshot_files
from impact.store.faults import MarkerDamaged, StoreFault
from impact.store.ledger import Ledger, store_folder

HELP = "read every report again and publish again, from the ledger and the originals alone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: none."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Makes the marker, the readings, the snapshot and its pointer again.

    Prints each report that now gives other figures than before, and what cannot be repaired.
    Returns 1 if there is any of these, or if nothing was ever stored.
    """
    ledger = Ledger(store or store_folder())
    if condition.nothing_stored(ledger):
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    before = snapshot_files.current(ledger.folder)
    differing = 0
    try:
        _write_marker_again(ledger)
        found = mending.read_all_again(ledger)
        for line in found.told:
            print(line)
        differing = len(found.told)
        print(f"{found.read} reports read again, {differing} differ")
        if found.written:
            print(f"{found.written} readings written again")
        name = snapshot.publish(ledger, anew=True)
    except StoreFault as fault:
        print(f"cannot be rebuilt: {fault}")
        return 1
    print(f"published {name}: {'identical' if name == before else f'was {before}'}")
    return 1 if differing else 0


def _write_marker_again(ledger: Ledger) -> None:
    """Moves a damaged marker aside and writes a new one, with the store's id from the ledger.

    Raises MarkerDamaged if there is no ledger.
    """
    try:
        identity.read(ledger.folder)
    except MarkerDamaged:
        if not ledger.exists:
            raise
        with ledger.lock():
            aside.move(ledger.folder / identity.NAME, "damaged")
        print("the file that says which store this is was damaged: it is written again")
