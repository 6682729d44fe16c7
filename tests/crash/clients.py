"""Clients that bring the same file at the same moment, from processes and threads of their own.

python -m tests.crash.clients STORE THREADS    one of the processes; `rounds` starts several

Each reads what was received too, as every server of a store does. For each line from stdin, the
file of a round, its threads bring it together and say "new" or "known", with what was received.
"""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from etl.reports.intake import Intake
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.etl.reports.making import docx, p

ROOT = Path(__file__).parents[2]
PROCESSES, THREADS = 5, 2
TABLES = ("uploads", "readings", "documents")
PATIENCE = 60


def rounds(count: int, folder: Path) -> list[str]:
    """Brings `count` files, each by ten clients at once; what was wrong then, a sentence each."""
    store = folder / "store"
    command = [sys.executable, "-m", "tests.crash.clients", str(store), str(THREADS)]
    clients = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )
        for _ in range(PROCESSES)
    ]  # fmt: skip
    try:
        assert [client.stdout.readline() for client in clients] == ["ready\n"] * PROCESSES
        problems = [each for number in range(count) for each in _round(number, folder, clients)]
        until = time.monotonic() + PATIENCE
        while inbox.unread(Ledger(store)) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        for client in clients:
            client.stdin.close()
            client.wait()
            client.stdout.close()
    return [*problems, *stored(Ledger(store), count)]


def stored(ledger: Ledger, count: int) -> Iterator[str]:
    """What is wrong unless so many files are one upload, one reading and one document each."""
    for name in TABLES:
        if len(ledger.table(name)) != count:
            yield f"{len(ledger.table(name))} {name} of {count} files"
    listed = inbox.listing(ledger)
    if states := set(listed["state"]) - {"read"}:
        yield f"some are not read: {states}"
    yield from (*ledger.check(), *inbox.check(ledger))


def report(number: int) -> tuple[str, bytes]:
    """The file of a round, text and Word by turns."""
    text = f"In Kharkiv {number + 3} people were killed on 24 January 2026."
    if number % 2:
        return f"{number}.docx", docx(p(text))
    return f"{number}.txt", text.encode()


def _round(number: int, folder: Path, clients: list[subprocess.Popen]) -> Iterator[str]:
    name, content = report(number)
    (folder / name).write_bytes(content)
    for client in clients:
        client.stdin.write(f"{folder / name}\n")
        client.stdin.flush()
    told = [json.loads(each.stdout.readline()) for each in clients for _ in range(THREADS)]
    if Counter(new for new, *_ in told) != {True: 1, False: len(told) - 1}:
        yield f"round {number}: {sum(new for new, *_ in told)} of {len(told)} were told it is new"
    if len({tuple(what) for _, *what in told}) != 1:
        yield f"round {number}: the clients were told of different uploads"


def main(folder: str, threads: str) -> None:
    """One of the processes."""
    ledger, together = Ledger(Path(folder)), threading.Barrier(int(threads))
    intake = Intake(ledger)

    def bring(path: Path) -> None:
        together.wait()
        upload, new = inbox.receive(ledger, path.read_bytes(), path.name, "Olena")
        said = [new, upload.upload_id, upload.received_at.isoformat()]
        print(f"{json.dumps(said)}\n", end="", flush=True)
        intake.wake()

    print("ready", flush=True)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        started = [threading.Thread(target=bring, args=(path,)) for _ in range(int(threads))]
        for each in started:
            each.start()
        for each in started:
            each.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
