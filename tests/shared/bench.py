"""What a shared store costs, with its PostgreSQL and its object storage on this machine.

python -m tests.shared.bench [--figures N] [--rounds N] [--writers-alone]

Stores N made figures, then measures reports of 30 figures and decisions, by one process and by four
at once, in a folder and shared; how long another machine takes to have what was published; and what
a machine does that begins with an empty disk. Prints milliseconds: the median, what 95 of 100 stay
below, and the longest; of writers also the median of their own work on a core, and of how long
they held the turn. The servers for trial and four machines share the cores of this one; each line
of writers ends with the load meanwhile.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from impact.store import snapshot, snapshot_files
from impact.store.ledger import ACCEPT, Decision, Ledger
from impact.store.shared.engine import Shared
from tests import made, scale
from tests.shared import __main__ as trial
from tests.shared import object_server, postgres

TABLE, REPORT, MACHINES = 50_000, 30, 4
# Seconds: what somebody waited, their own work on a core, how long they held the turn.
Measured = tuple[float, float, float]
# For how long this process has held the turn, each time.
TURNS: list[float] = []


def main(figures: int, rounds: int, *, writers_alone: bool) -> int:
    """Measures, a line each.

    writers_alone  leaves out the folder and all that publishes
    """
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="impact-bench-")))
        address, password = opened.enter_context(trial.database(postgres.binaries()))
        objects = opened.enter_context(object_server.served(folder / "s3"))
        os.environ |= {"IMPACT_STORE": address, "IMPACT_BLOBS": objects.address}
        os.environ |= {**objects.environment, "IMPACT_COPY": str(folder / "first")}
        if password:
            os.environ["PGPASSWORD"] = password
        ledger = Ledger()
        fill(ledger, figures)
        if writers_alone:
            for count in (1, MACHINES):
                sharing(folder, count, rounds)
            return 0
        print(f"{figures:,} figures; snapshot {published(ledger):,} bytes", flush=True)
        alone = {"IMPACT_STORE": str(folder / "alone")}
        fill(Ledger(folder / "alone"), figures)
        for count in (1, MACHINES):
            tell(f"folder, {count} at once", writers(folder, count, rounds, alone))
            sharing(folder, count, rounds)
        elsewhere(ledger, folder, rounds)
        print(machine(folder, "new", ["begin"]).communicate()[0].strip())
    return 0


def sharing(folder: Path, count: int, rounds: int) -> None:
    """Measures machines that write to the shared store, with its storage and with a folder for
    files."""
    tell(f"shared, {count} at once", writers(folder, count, rounds, {}))
    files = folder / f"files-{count}"
    files.mkdir()
    beside = {"IMPACT_BLOBS": str(files)}
    tell(f"files in a folder, {count} at once", writers(folder, count, rounds, beside))


def fill(ledger: Ledger, figures: int) -> None:
    """Stores made figures as tables."""
    stream = scale.made(figures)
    number = 0
    while some := list(islice(stream, TABLE)):
        made.offer(ledger, *some, name=f"table {number}")
        number += 1


def published(ledger: Ledger) -> int:
    """Publishes; the size of the snapshot in bytes."""
    name = snapshot.publish(ledger)
    return (ledger.folder / snapshot_files.FOLDER / name).stat().st_size


def machine(
    folder: Path, name: str, work: Sequence[str], told: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A process with a copy of its own that does one thing."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.shared.bench", "--do", *work],
        env={**os.environ, "IMPACT_COPY": str(folder / name), **(told or {})}, cwd=trial.ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def writers(
    folder: Path, count: int, rounds: int, told: Mapping[str, str]
) -> dict[str, list[Measured]]:
    """What each of several waited that wrote at once, its own work, and its turn; in seconds."""
    found: dict[str, list[Measured]] = {"report": [], "decision": []}
    work = ["write", str(rounds)]
    machines = [machine(folder, f"{count}-{n}", work, told) for n in range(count)]
    for each in machines:  # all of them have their copy before the first begins
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for each in machines:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in machines:
        for line in each.communicate()[0].splitlines():
            what, *seconds = line.split()
            waited, own, turn = map(float, seconds)
            found[what].append((waited, own, turn))
    return found


def write(rounds: int) -> None:
    """Stores reports and decides about one figure of each."""
    ledger = Ledger()
    ledger.table("store")
    if isinstance(ledger.engine, Shared):
        ledger.engine.postgres.turn_after = measured(ledger.engine.postgres.turn_after)
    for number in range(10):  # what is done once in the life of a process, such as plans of queries
        some = made.figure(quote=f"{os.getpid()} first {number}")
        made.offer(ledger, some, name=some.quote, accepted_by="")
        ledger.record("Olha", [Decision(subject=some.figure_id, kind=ACCEPT, reason="measured")])
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(rounds):
        some = [
            made.figure(value=float(n), quote=f"{os.getpid()} {number} {n}") for n in range(REPORT)
        ]
        document, payload = made.document(f"report {os.getpid()} {number}")
        with timed("report"):
            ledger.store(document, [payload], some)
        decision = Decision(subject=some[0].figure_id, kind=ACCEPT, reason="measured")
        with timed("decision"):
            ledger.record("Olha", [decision])


@contextmanager
def timed(what: str) -> Iterator[None]:
    TURNS.clear()
    began, own = time.perf_counter(), time.process_time()
    yield
    waited, worked = time.perf_counter() - began, time.process_time() - own
    print(what, waited, worked, sum(TURNS), flush=True)


def measured(turn: Callable[..., AbstractContextManager]) -> Callable[..., AbstractContextManager]:
    """The writer's turn, which notes how long it was held."""

    @contextmanager
    def held(*known: object) -> Iterator[object]:
        with turn(*known) as found:
            began = time.perf_counter()
            yield found
            TURNS.append(time.perf_counter() - began)

    return held


def elsewhere(ledger: Ledger, folder: Path, rounds: int) -> None:
    """How long another machine takes to have what is decided here, published at once."""
    other = machine(folder, "other", ["follow"])
    assert other.stdout is not None and other.stdout.readline() == "ready\n"
    whole, after = [], []
    for number in range(rounds):
        some = made.figure(value=float(number), quote=f"elsewhere {number}")
        made.offer(ledger, some, name=f"elsewhere {number}")
        began = time.time()
        name = snapshot.publish(ledger)
        told = time.time()
        while (said := other.stdout.readline().split())[0] != name:
            pass
        whole.append(float(said[1]) - began)
        after.append(float(said[1]) - told)
    other.kill()
    other.communicate()
    print(line("published here -> another machine has it", whole))
    print(line("  of it, after publishing here has ended", after), flush=True)


def follow() -> None:
    """Says each snapshot's name and when this machine had it, until it is killed."""
    ledger = Ledger()
    ledger.engine.following()
    seen = None
    print("ready", flush=True)
    while True:
        if (name := snapshot_files.current(ledger.folder)) != seen:
            seen = name
            print(name, time.time(), flush=True)
        time.sleep(0.005)


def begin() -> None:
    """A machine with an empty disk: its snapshot, then its ledger."""
    began = time.perf_counter()
    ledger = Ledger()
    ledger.engine.follow()
    shown = time.perf_counter() - began
    ledger.table("store")
    whole = time.perf_counter() - began
    print(f"an empty disk: snapshot after {shown * 1000:,.0f} ms, ledger after {whole * 1000:,.0f}")


def tell(how: str, found: Mapping[str, Sequence[Measured]]) -> None:
    for what, all_of_it in found.items():
        waited, own, turn = zip(*all_of_it, strict=True)
        worked, held = (1000 * statistics.median(each) for each in (own, turn))
        turned = f", turn {held:.1f}" if held else ""
        said = line(f"{what}, {how}", waited)
        print(
            f"{said}; own work {worked:.1f} ms{turned}; load {os.getloadavg()[0]:.1f}", flush=True
        )


def line(what: str, seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    told = [f"{1000 * each:,.1f}" for each in (statistics.median(ordered), p95, ordered[-1])]
    return f"{what}: {' / '.join(told)} ms of {len(ordered)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--figures", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--writers-alone", action="store_true")
    parser.add_argument("--do", nargs="+", default=[], help=argparse.SUPPRESS)
    options = parser.parse_args()
    match options.do:
        case ["write", rounds]:
            write(int(rounds))
        case ["follow"]:
            follow()
        case ["begin"]:
            begin()
        case _:
            sys.exit(main(options.figures, options.rounds, writers_alone=options.writers_alone))
