"""What one machine of a trial does, in a process of its own, until it is stopped.

python -m tests.shared.trial.working WHAT NAME FILE

What is acknowledged goes into FILE, a line of JSON each, once it is: a machine that is killed loses
no line of those. What fails as the store says it may is tried again; all else ends the machine.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from impact.store import inbox, snapshot
from impact.store.faults import StoreBusy, StoreFault
from impact.store.ledger import ACCEPT, Decision, Ledger
from impact.store.reader import Reader
from impact.store.transaction import NotStored
from tests import made

# Figures of a report and of a table.
REPORT, TABLE = 10, 400
# What a store may say of itself, after which the same is tried again.
PASSING = (StoreFault, StoreBusy, NotStored)
# Documents that are there without all of their figures: in the ledger, and in what is shown.
HALF = """
    SELECT documents.document_id, documents.title, count(told.figure_id) AS found
    FROM documents LEFT JOIN {told} AS told USING (document_id)
    WHERE documents.source = 'made'
    GROUP BY documents.document_id, documents.title
    HAVING count(told.figure_id) <> CAST(documents.title AS BIGINT)
"""


class Machine:
    """One machine: its ledger, and the file of what was acknowledged to it."""

    def __init__(self, name: str, file: Path) -> None:
        self.name, self.ledger = name, Ledger()
        self._file = file.open("a", encoding="utf-8")

    def said(self, **what: Any) -> None:
        """Writes down what was acknowledged, or seen."""
        self._file.write(f"{json.dumps({'by': self.name, **what})}\n")
        self._file.flush()

    def done(self, work: Callable[[], None]) -> None:
        """Does something until it is done; a store that says that it cannot is asked again."""
        while True:
            try:
                work()
                return
            except PASSING as fault:
                self.said(fault=type(fault).__name__)
                time.sleep(0.2)


def bring(machine: Machine, many: int) -> str:
    """Stores a document with so many figures and brings a report, until both are acknowledged;
    returns the id of a figure."""
    key = f"{machine.name} {os.getpid()} {time.time_ns()}"
    document, payload = made.document(key)
    document = replace(document, title=str(many))
    some = [made.figure(value=float(n + 1), quote=f"{key} {n}") for n in range(many)]

    def stored() -> None:
        machine.ledger.store(document, [payload], some, accepted_by="the trial")
        machine.said(document=document.document_id, figures=many)

    machine.done(stored)
    return some[0].figure_id


def write(machine: Machine) -> Iterator[None]:
    """Brings a report and decides about a figure."""
    while True:
        figure = bring(machine, REPORT)
        decided = Decision(subject=figure, kind=ACCEPT, reason=f"tried {time.time_ns()}")

        def recorded(decision: Decision = decided) -> None:
            [decision_id] = machine.ledger.record("Olha", [decision])
            machine.said(decision=decision_id)

        def received(text: bytes = f"{figure} was told".encode()) -> None:
            upload, _ = inbox.receive(machine.ledger, text, "told.txt", "Olha")
            machine.said(upload=upload.upload_id)

        machine.done(recorded)
        machine.done(received)
        yield


def load(machine: Machine) -> Iterator[None]:
    """Loads a table."""
    while True:
        bring(machine, TABLE)
        yield
        time.sleep(0.5)


def look(machine: Machine) -> Iterator[None]:
    """Looks at the ledger and at what is shown: no document is there in part."""
    while True:
        machine.done(lambda: _look(machine))
        yield
        time.sleep(0.1)


def _look(machine: Machine) -> None:
    with machine.ledger.look() as connection:
        if half := connection.execute(HALF.format(told="statements")).fetchall():
            machine.said(half=half)
    machine.ledger.engine.follow()
    if machine.ledger.engine.faults() or not snapshot.current(machine.ledger.folder):
        return
    shown = Reader(machine.ledger.folder)
    if len(half := shown.query(HALF.format(told="figures"))):
        machine.said(half=half.values.tolist())


def keep_up(machine: Machine) -> Iterator[None]:
    """Publishes, checks, and removes what crashes have left."""
    while True:
        machine.done(lambda: _keep_up(machine))
        yield
        time.sleep(0.5)


def _keep_up(machine: Machine) -> None:
    machine.said(published=snapshot.publish(machine.ledger))
    machine.ledger.tidy()
    for problem in machine.ledger.check():
        machine.said(problem=problem)


def offer(machine: Machine) -> Iterator[None]:
    """Offers what a line names, as others do at the same moment: a file, and a document."""
    for line in sys.stdin:
        payload = line.strip()
        upload, new = inbox.receive(machine.ledger, payload.encode(), "same.txt", "Olha")
        document, content = made.document(payload)
        some = [made.figure(value=float(n + 1), quote=f"{payload} {n}") for n in range(REPORT)]
        document = replace(document, title=str(REPORT))
        stored = machine.ledger.store(document, [content], some, accepted_by="the trial")
        machine.said(upload=upload.upload_id, new=new, document=stored.document_id,
                     figures=REPORT, stored=stored.new)  # fmt: skip
        print("done", flush=True)
        yield


WORK = {"write": write, "load": load, "look": look, "keep_up": keep_up, "offer": offer}


def main(what: str, name: str, file: str) -> None:
    machine = Machine(name, Path(file))
    print("ready", flush=True)
    for _ in WORK[what](machine):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
