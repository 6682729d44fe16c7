"""A process that writes to a store until it is done or killed. Run by the tests of the ledger.

python -m tests.impact.loading STORE store FIRST LAST    stores documents FIRST…LAST-1
python -m tests.impact.loading STORE publish FIRST LAST  publishes after each, too
python -m tests.impact.loading STORE hold                holds the writer lock until told to go on

Says "ready" once it is imported, waits for a line, then says each thing it has done.
"""

import sys
from pathlib import Path

from impact.model.figure import Figure
from impact.store import snapshot
from impact.store.ledger import Ledger
from tests.made import figure, offer

FIGURES = 40  # of each document; half lost, half without


def document(number: int) -> list[Figure]:
    """The figures of a document; every document has others."""
    return [
        figure(value=float(number * FIGURES + row), status=("lost", "without")[row % 2])
        for row in range(FIGURES)
    ]


def main(folder: str, task: str, *numbers: str) -> None:
    """Does what the arguments ask for."""
    ledger = Ledger(Path(folder))
    print("ready", flush=True)
    sys.stdin.readline()
    if task == "hold":
        with ledger.lock():
            print("locked", flush=True)
            sys.stdin.readline()
        return
    for number in range(*map(int, numbers)):
        receipt = offer(ledger, *document(number), name=f"document {number}")
        print("stored" if receipt.new else "known", number, flush=True)
        if task == "publish":
            snapshot.publish(ledger)


if __name__ == "__main__":
    main(*sys.argv[1:])
