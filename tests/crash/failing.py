"""Fails or kills a process at each call by which it writes to a store; looks at what came of it.

A day at a store (`steps`) is done once unharmed, and its writes, flushes and renames are counted.
Then it is done again for each of them, in a process in which that call fails once, in which every
call from there on finds the disk full until space is freed, or which is killed before or after it.
failing.c meets the calls: a C compiler is needed, and a system that loads libraries with
LD_PRELOAD. Used by the tests for a few calls, by `make crash` for many.
"""

import ctypes
import errno
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from etl.reports.intake import parts_of
from impact.store import atomic_files, backup, inbox, snapshot, snapshot_files
from impact.store.faults import StoreBusy, StoreFault
from impact.store.inbox import Part
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import made
from tests.crash.killing import content
from tests.crash.splitting import ROOT
from tests.crash.working import Act, acts

CODE, LIBRARY = Path(__file__).with_suffix(".c"), "failing.so"
NAME, WHO = "week.txt", "Olena"
REPORT = (
    b"In Kyiv 3,300 apartment buildings remain without heat, said Mayor Vitali Klitschko on "
    b"24 January 2026. In Kharkiv 5 people were killed and 12 injured on 24 January 2026."
)
TABLE = (made.figure(value=6_000.0), made.toll(3.0, place=made.KYIV))
PATIENCE = 120  # seconds for one process on a busy machine
# What happens at a call: the number of failing.c's, and what the call fails with.
DEEDS = {
    "no space once": (1, errno.ENOSPC),
    "an error once": (1, errno.EIO),
    "a full disk from then on": (2, errno.ENOSPC),
    "a kill before": (3, 0),
    "a kill after": (4, 0),
}
# What a person is told; a step that ends with anything else was not explained.
EXPLAINED = (StoreFault, StoreBusy, OSError, backup.NoBackup, backup.StoreDamaged)
# How many calls are met: each once, or each in every way.
EACH, EVERY_WAY = 0, -1
Step = tuple[str, Callable[[], object]]


def compiler() -> str | None:
    """The C compiler of this machine."""
    return next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)


def run(folder: Path, count: int = EACH, seed: int = 0) -> list[str]:
    """Meets so many calls, chosen by the seed; what was wrong, a sentence each, after a line that
    says what was done.

    folder  an empty one
    count   EACH meets each call once, in a way that the seed chooses; EVERY_WAY in all of them
    """
    return started("tests.crash.failing", folder, count, seed)


def started(module: str, folder: Path, count: int, seed: int) -> list[str]:
    """What a module's `main` says, in a process in which failing.c is loaded."""
    library = folder / LIBRARY
    build = [compiler(), "-O2", "-shared", "-fPIC", "-o", library, CODE, "-ldl", "-lpthread"]
    subprocess.run(build, check=True)
    (folder / "parts").write_bytes(pickle.dumps(_read(folder / "read")))
    done = subprocess.run(
        [sys.executable, "-m", module, folder.resolve(), str(count), str(seed)],
        cwd=ROOT, env=os.environ | {"LD_PRELOAD": str(library)}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        return [done.stdout, done.stderr[-3000:]]
    return done.stdout.splitlines()


def _read(folder: Path) -> list[Part]:
    """What the report says, read once: to read writes nothing to a store."""
    ledger = Ledger(folder)
    upload, _ = inbox.receive(ledger, REPORT, NAME, WHO, published="2026-01-25")
    return parts_of(ledger, upload, {})


def steps(base: Path, parts: Sequence[Part]) -> Iterator[Step]:
    """A day at the store in `base`: each step may be done again, and then does nothing more."""
    ledger = Ledger(base / "store")
    yield "a table is loaded", lambda: made.offer(ledger, *TABLE)
    yield "it is published", lambda: snapshot.publish(ledger)
    yield (
        "a report is received",
        lambda: inbox.receive(ledger, REPORT, NAME, WHO, published="2026-01-25"),
    )
    yield "what was read is kept", lambda: inbox.record(ledger, inbox.uploads(ledger)[0], parts)
    for number, _ in enumerate(acts("", list(parts[0].figures))):
        yield f"decision {number + 1}", partial(_decide, ledger, parts, number)
    yield "the decisions are published", lambda: snapshot.publish(ledger)
    yield "a backup is made", lambda: backup.backup(ledger, base / "backup.zip")
    yield "it is restored", lambda: _restore(base)


def _decide(ledger: Ledger, parts: Sequence[Part], number: int) -> None:
    act = _acts(ledger, parts)[number]
    if not set(act.rows) <= set(_decisions(ledger)):
        act.do(ledger)


def _acts(ledger: Ledger, parts: Sequence[Part]) -> list[Act]:
    document = inbox.document_id(inbox.uploads(ledger)[0], parts[0])
    figures = sorted(parts[0].figures, key=lambda figure: figure.figure_id)
    return list(acts(document, figures))


def _decisions(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    taken = ledger.table("decisions")
    return zip(taken["subject"], taken["kind"], taken["detail"], strict=True)


def _restore(base: Path) -> None:
    other = Ledger(base / "restored")
    if not other.exists:
        backup.restore(other, base / "backup.zip")


# In the process in which calls fail


@dataclass(frozen=True)
class Unharmed:
    """What a day is like at which nothing fails.

    calls   what is written, flushed and renamed, in order: "pwrite64 /store/ledger.duckdb"
    states  the ledger's rows before the first step and after each
    shown   the figures that are published, likewise
    """

    calls: list[str]
    states: list[dict[str, Counter]]
    shown: list[frozenset[str]]


@dataclass(frozen=True)
class Case:
    """What happens at one call, and which call that is in a day without a fault."""

    at: int
    call: str
    deed: str

    def __str__(self) -> str:
        return f"{self.deed}, call {self.at} ({self.call})"


class Calls:
    """The library that was loaded before the system's."""

    def __init__(self, path: Path) -> None:
        self._library = ctypes.CDLL(str(path))
        text, whole, number = ctypes.c_char_p, ctypes.c_long, ctypes.c_int
        self._library.failing_arm.argtypes = (text, whole, number, number, number)
        self._library.failing_record.argtypes = (text, number)
        self._library.failing_note.argtypes = (text,)

    def arm(self, base: Path, at: int, deed: int, error: int, log: int = -1) -> None:
        self._library.failing_arm(f"{base}/".encode(), at, deed, error, log)

    def disarm(self) -> None:
        self._library.failing_disarm()

    def record(self, base: Path, log: int) -> None:
        """Begins to write down what is done to the files below a folder."""
        self._library.failing_record(f"{base}/".encode(), log)

    def note(self, text: str) -> None:
        """Writes a line of ours between them."""
        self._library.failing_note(text.encode())


def main(folder: str, count: str, seed: str) -> None:
    """Meets the calls one after another, each in a process that is split off this one."""
    home = Path(folder)
    parts = pickle.loads((home / "parts").read_bytes())
    calls = Calls(home / LIBRARY)
    usual = unharmed(home / "unharmed", parts, calls)
    telling = _telling(usual.calls)
    chance = random.Random(int(seed))
    cases = [Case(at, call, deed) for at, call in telling for deed in DEEDS]
    if int(count) == EACH:
        cases = [Case(at, call, chance.choice([*DEEDS])) for at, call in telling]
    elif int(count) > 0:
        cases = chance.sample(cases, min(int(count), len(cases)))
    counts = f"{len(usual.calls)} calls, {len(telling)} of them unlike their neighbours"
    print(f"{counts}, {len(DEEDS)} faults: {len(cases)} tried, seed {seed}", flush=True)
    for case in cases:
        base = home / f"{case.at}"
        for problem in _case(base, case, parts, usual, calls):
            print(f"{case}: {problem}", flush=True)
        shutil.rmtree(base)


def _telling(calls: Sequence[str]) -> list[tuple[int, str]]:
    """Calls with their numbers; of those alike in a row the first, one in the middle and the last,
    as a file that is copied is written in many pieces."""
    found = []
    for _, alike in groupby(enumerate(calls, start=1), key=itemgetter(1)):
        row = list(alike)
        found += sorted({row[0], row[len(row) // 2], row[-1]})
    return found


def unharmed(base: Path, parts: Sequence[Part], calls: Calls) -> Unharmed:
    """Does the steps twice, at stores of their own: once to hear the calls, once to look at what
    is there after each."""
    log = base.with_name("calls")

    def work() -> list:
        with log.open("wb") as told:
            calls.arm(base, 0, 0, 0, told.fileno())
            for _, do in steps(base, parts):
                do()
            calls.disarm()
        again = base.with_name("again")
        found = [({}, frozenset[str]())]
        for _, do in steps(again, parts):
            do()
            ledger = Ledger(again / "store")
            found.append((content(ledger), _shown(ledger)))
        return found

    base.mkdir()
    base.with_name("again").mkdir()
    found = apart(base.with_name("usual"), work)
    assert isinstance(found, list), found
    met = [line.split(" ", 1)[1] for line in log.read_text().splitlines()]
    return Unharmed(met, [each for each, _ in found], [each for _, each in found])


def _case(
    base: Path, case: Case, parts: Sequence[Part], usual: Unharmed, calls: Calls
) -> Iterator[str]:
    """One day with a fault at one call, then one without on the same store; what was wrong."""
    base.mkdir()
    told = base.with_name("told")
    told.unlink(missing_ok=True)

    def work() -> list[str]:
        calls.arm(base, case.at, *DEEDS[case.deed])
        with told.open("w", buffering=1) as lines:
            return harmed(base, parts, calls, lambda name: lines.write(f"{name}\n"))

    found = apart(base.with_name("found"), work)
    yield from [f"the process ended so: {found}"] if isinstance(found, str) else found or []
    yield from checked(base, len(told.read_text().splitlines()), parts, usual)


def harmed(
    base: Path, parts: Sequence[Part], calls: Calls, acknowledge: Callable[[str], object]
) -> list[str]:
    """Does the steps, one that fails once more without a fault; what was not explained.

    acknowledge  is told of each step that is done
    """
    problems = []
    for name, do in steps(base, parts):
        try:
            do()
        except Exception as error:
            if not isinstance(error, EXPLAINED):
                problems.append(f"{name}: {traceback.format_exc()}")
            calls.disarm()
            do()
        acknowledge(name)
    return problems


def checked(base: Path, done: int, parts: Sequence[Part], usual: Unharmed) -> list[str]:
    """What is wrong with a store at which so many steps were acknowledged, in a process apart."""
    found = apart(base.with_name("found"), lambda: list(after(base, done, parts, usual)))
    return found if isinstance(found, list) else [f"it could not be looked at: {found}"]


def after(base: Path, done: int, parts: Sequence[Part], usual: Unharmed) -> Iterator[str]:
    """What is wrong where so many steps were acknowledged; then every step is done again."""
    ledger = Ledger(base / "store")
    if ledger.lived:
        yield from _wrong(ledger, usual, done)
        rows = Counter(_decisions(ledger))
        for act in _acts(ledger, parts) if content(ledger)["readings"] else ():
            if len({rows[row] for row in act.rows}) > 1:
                yield f"a step was stored in part: {act.rows}"
    elif done:
        yield "the ledger is gone"
    for _, do in steps(base, parts):
        do()
    ledger.tidy()
    yield from _wrong(ledger, usual, len(usual.states) - 1)
    yield from snapshot.check(ledger)
    if content(Ledger(base / "restored")) != usual.states[-1]:
        yield "what was restored is another store"
    for left in base.rglob(f"*{atomic_files.SUFFIX}*"):
        yield f"{left.name} was left behind"


def _wrong(ledger: Ledger, usual: Unharmed, done: int) -> Iterator[str]:
    """What is wrong with a store at which so many steps were acknowledged."""
    yield from (*ledger.check(), *inbox.check(ledger))
    found = content(ledger)
    for name, rows in found.items():
        if more := rows - usual.states[-1][name]:
            yield f"{name} has what it should not, or twice: {list(more)[:2]}"
        if lost := usual.states[done].get(name, Counter()) - rows:
            yield f"{name} has lost what was acknowledged: {list(lost)[:2]}"
    if _shown(ledger) not in usual.shown[done:]:
        yield f"the published figures are those of no step from {done} on"


def _shown(ledger: Ledger) -> frozenset[str]:
    """The figures that readers see."""
    if snapshot_files.current(ledger.folder) is None:
        return frozenset()
    return frozenset(Reader(ledger.folder).query("SELECT figure_id FROM figures")["figure_id"])


def apart(result: Path, work: Callable[[], object]) -> object:
    """What work gives in a process split off this one, pickled; its last words where it raised;
    None where it was killed."""
    result.unlink(missing_ok=True)
    if not (child := os.fork()):
        try:
            found = work()
        except BaseException:
            found = traceback.format_exc()
        result.write_bytes(pickle.dumps(found))
        os._exit(0)
    until = time.monotonic() + PATIENCE
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return f"it did not end within {PATIENCE} s"
        time.sleep(0.005)
    return pickle.loads(result.read_bytes()) if result.exists() else None


if __name__ == "__main__":
    main(*sys.argv[1:])
