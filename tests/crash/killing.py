"""Kills a working process again and again, starts it anew, and looks at what became of its store.

Used by the tests for a few kills, by `make crash` for hundreds.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread

from etl.reports import mending
from impact.store import atomic_files, inbox, snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.crash.splitting import ROOT, Splitter
from tests.etl.reports.making import docx, p, workbook, zipped

RECORDED = ROOT / "tests" / "etl" / "reports" / "recorded"
TABLES = RECORDED.parent / "tables"
ENGLISH = (
    "In Kyiv 3,300 apartment buildings remain without heat, said Mayor Vitali Klitschko on "
    "24 January 2026. In Kharkiv 5 people were killed and 12 injured on 24 January 2026."
)
UKRAINIAN = (
    "У Харкові 24 січня 2026 року загинуло 3 людини, ще 14 поранено. "
    "У Києві 25 січня 2026 року без світла залишаються 7000 споживачів."
)
FILES = {
    "week.docx": docx(p(ENGLISH) + p("Some 300 rescuers worked there.")),
    "звіт.txt": UKRAINIAN.encode(),
    "wu019.pdf": (RECORDED / "wu019.pdf").read_bytes(),
    "tolls.csv": (TABLES / "as_of_toll.csv").read_bytes(),
    "news.html": (RECORDED / "news.html").read_bytes(),
    "heat.xlsx": workbook(
        [
            ["City", "Date", "Buildings without heating"],
            ["Kyiv", "2026-01-24", 3300],
            ["Kharkiv", "2026-01-24", 120],
        ]
    ),
    "both.zip": zipped(
        {"en.txt": "In Sumy 2 people were killed on 23 January 2026.", "broken.pdf": b"%PDF-1.4 no"}
    ),
}
PATIENCE = 300  # seconds for any one thing that a process has to do on a busy machine
# Half of the kills fall at most so many seconds after a person's act began, in the midst of its
# writes; the others at any time.
NEAR = 0.03
# A process comes so many acts or seconds far at most before it is killed: the next goes on there,
# so that kills fall at every step all the same, and a store is good for many of them.
SOON, LONG = 4, 2.0
# What must be the same in the end, however often it was killed: times and numbers may differ.
COMPARED = {
    "uploads": ["upload_id", "name", "size", "who", "published"],
    "readings": ["upload_id", "part", "refused", "notes", "language", "document_id"],
    "documents": ["document_id", "name", "size", "rows_in", "rows_kept", "rows_refused"],
    "figures": ["figure_id"],
    "statements": ["document_id", "figure_id"],
    "decisions": ["subject", "kind", "who", "reason", "detail"],
}
# Tables of a snapshot that are made of the ledger.
PUBLISHED = ("figures", "doubts", "corrections", "notes", "documents")
Row = tuple[str, ...]


def kill(process: subprocess.Popen) -> None:
    """SIGKILL for a process and all that it has started, sandboxes in sessions of their own too.

    One that has ended is left alone: its number may be another's by now.
    """
    if process.poll() is not None:
        return
    _kill(process.pid)
    process.wait()


def _kill(pid: int) -> None:
    """SIGKILL for a process that nobody has waited for yet, and all that it has started."""
    for each in (pid, *_descendants(pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """What a process has started, and what that has started in turn."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    children: dict[int, list[int]] = {}
    for line in table.stdout.splitlines():
        each, parent = map(int, line.split())
        children.setdefault(parent, []).append(each)
    found = list(children.get(pid, []))
    for each in found:
        found += children.get(each, [])
    return found


class Working:
    """A working process and what it has said so far."""

    def __init__(self, folder: Path, splitter: Splitter):
        self.lines: list[str] = []
        self._heard = Condition()
        self._splitter = splitter
        waits, self._orders = os.pipe()
        words, said = os.pipe()
        with folder.with_suffix(".log").open("ab") as log:
            ends = (waits, said, log.fileno())
            self._pid = splitter.start(folder, folder.with_name("files"), ends)
        os.close(waits)
        os.close(said)
        self._words = os.fdopen(words)
        self._listener = Thread(target=self._listen)
        self._listener.start()

    def wait(self, until: Callable[[list[str]], bool], seconds: float = PATIENCE) -> bool:
        """Waits until its words fulfil something; False when it ended or took too long."""
        with self._heard:
            self._heard.wait_for(lambda: until(self.lines) or self._ended, seconds)
            return until(self.lines)

    def go_on(self) -> None:
        """Gives the line that it waits for, if it still lives."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._orders, b"\n")

    def kill(self) -> None:
        """Kills it and all that it has started. It may have ended already."""
        _kill(self._pid)

    def end(self) -> None:
        """Kills it if it still runs, and hears it out."""
        self.kill()
        self._listener.join()
        self._splitter.reap()
        os.close(self._orders)
        self._words.close()

    @property
    def _ended(self) -> bool:
        return "(ended)" in self.lines

    def _listen(self) -> None:
        for line in self._words:
            self._hear(line.rstrip("\n"))
        self._hear("(ended)")

    def _hear(self, line: str) -> None:
        with self._heard:
            self.lines.append(line)
            self._heard.notify_all()


@dataclass
class Killing:
    """What a series of kills has shown.

    fell      how many fell while something was received, read, decided, published, or in none
    problems  what was found wrong, a sentence each
    """

    seed: int
    kills: int = 0
    stores: int = 0
    fell: Counter = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        fell = ", ".join(f"{count} while {what}" for what, count in self.fell.most_common())
        return (
            f"{self.kills} kills (seed {self.seed}) on {self.stores} stores: {fell}; "
            f"{len(self.problems)} problems"
        )


@dataclass
class _Told:
    """What was acknowledged to the person, and what was begun, over all starts on one store."""

    received: set[str] = field(default_factory=set)  # ids of uploads
    acts: list[list[Row]] = field(default_factory=list)  # begun, in one step each
    done: list[list[Row]] = field(default_factory=list)  # acknowledged

    def hear(self, lines: list[str]) -> None:
        for line in lines:
            what, _, rest = line.partition(" ")
            verb, _, rest = rest.partition(" ")
            if (what, verb) == ("ok", "receive"):
                self.received.add(rest.split()[-1])
            elif verb == "decide":
                rows = [tuple(row) for row in json.loads(rest)]
                (self.done if what == "ok" else self.acts).append(rows)


def run(kills: int, seed: int, folder: Path, files: Sequence[str]) -> Killing:
    """Kills so many times, at moments that the seed gives, on as many stores as it takes.

    A store is worked at, start after start, until everything is done there in spite of the kills.
    folder  an empty one; files  those of FILES that are brought
    """
    chance, found = random.Random(seed), Killing(seed)
    (folder / "files").mkdir()
    for name in files:
        (folder / "files" / name).write_bytes(FILES[name])
    splitter = Splitter()
    try:
        expected, acts, seconds = _unharmed(folder / "unharmed", splitter)
        while found.kills < kills:
            found.stores += 1
            store, told = folder / f"store{found.stores}", _Told()
            done = False
            while not done:
                left = acts - len(told.done)
                # The files are brought again at every start.
                moment = _moment(chance, len(files) + left, seconds * left / acts + 1)
                spared = left <= 0 or found.kills == kills
                moment = None if spared else moment
                done = _start(store, told, splitter, moment, found, expected)
            shutil.rmtree(store)
    finally:
        splitter.end()
    return found


def _unharmed(store: Path, splitter: Splitter) -> tuple[dict[str, Counter], int, float]:
    """What a store holds that nothing was killed at; how many decisions and seconds it took."""
    working, told = Working(store, splitter), _Told()
    try:
        assert working.wait(lambda lines: "resumed" in lines), _log(store)
        working.go_on()
        started = time.monotonic()
        assert working.wait(lambda lines: "done" in lines), _log(store)
        took = time.monotonic() - started
    finally:
        working.end()
    told.hear(working.lines)
    return content(Ledger(store)), len(told.done), took


def _moment(chance: random.Random, acts: int, seconds: float) -> Callable:
    """Waits until the moment of a kill, counted from when the process has begun."""
    if chance.random() < 0.5:
        return _after_acts(chance.randint(1, min(acts, SOON)), chance.uniform(0, NEAR))
    return _after_seconds(chance.uniform(0, min(seconds, LONG)))


def _after_acts(count: int, then: float) -> Callable[[Working], None]:
    def begun(lines: list[str]) -> bool:
        return sum(line.startswith("do ") for line in lines) >= count or "done" in lines

    def wait(working: Working) -> None:
        working.wait(begun)
        time.sleep(then)

    return wait


def _after_seconds(seconds: float) -> Callable[[Working], None]:
    def wait(working: Working) -> None:
        working.wait(lambda lines: "done" in lines, seconds)

    return wait


def _start(
    store: Path,
    told: _Told,
    splitter: Splitter,
    moment: Callable | None,
    found: Killing,
    expected: dict[str, Counter],
) -> bool:
    """One start on a store, killed at a moment or not at all; whether that store is finished."""
    working = Working(store, splitter)
    killer = Thread(target=_kill_at, args=(working, moment)) if moment else None
    try:
        working.wait(lambda lines: "begun" in lines)
        if killer:
            killer.start()
        if working.wait(lambda lines: "resumed" in lines):
            found.problems += _after_start(Ledger(store), told, expected)
            working.go_on()
            working.wait(lambda lines: "done" in lines)
        if killer:
            killer.join()
    finally:
        working.end()
    told.hear(working.lines)
    if "done" in working.lines:
        found.problems += _after_all(Ledger(store), told, expected)
        return True
    if moment is None or "begun" not in working.lines:
        found.problems.append(f"{store.name}: a start came to nothing: {_log(store)}")
        return True
    found.kills += 1
    found.fell.update(_at(working.lines))
    return False


def _kill_at(working: Working, moment: Callable) -> None:
    moment(working)
    working.kill()


def _at(lines: list[str]) -> set[str]:
    """What went on when the last line was said."""
    saw = next((line.split()[1:] for line in reversed(lines) if line.startswith("see")), [])
    acts = [line.split()[:2] for line in lines if line.startswith(("do ", "ok "))]
    names = {"receive": "receiving", "decide": "deciding", "publishing": "publishing"}
    found = {names.get(each, "reading") for each in saw}
    if acts and acts[-1][0] == "do":
        found.add(names[acts[-1][1]])
    if "resumed" not in lines:
        found.add("starting after a kill or for the first time")
    return found or {"nothing went on"}


def _after_start(ledger: Ledger, told: _Told, expected: dict[str, Counter]) -> Iterator[str]:
    """What is wrong once a process has taken up what the ones before it left."""
    name = ledger.folder.name
    if not ledger.exists:
        if told.received:
            yield f"{name}: the ledger is gone"
        return
    for problem in (*ledger.check(), *inbox.check(ledger)):
        yield f"{name}: {problem}"
    if snapshot.begun(ledger):
        yield from (f"{name}: {problem}" for problem in snapshot.check(ledger))
    held = content(ledger)
    for table, rows in held.items():
        if more := rows - expected[table]:
            yield f"{name}: {table} has what it should not, or twice: {list(more)[:2]}"
    uploads = Counter(row[0] for row in held["uploads"].elements())
    for upload in told.received:
        if uploads[upload] != 1:
            yield f"{name}: received upload {upload} is there {uploads[upload]} times"
    if unread := inbox.unread(ledger):
        yield f"{name}: {len(unread)} uploads were not read"
    known = Counter(
        (subject, kind, detail) for subject, kind, _, _, detail in held["decisions"].elements()
    )
    for rows in told.done:
        for row in rows:
            if known[row] != 1:
                yield f"{name}: the decision {row} is there {known[row]} times"
    for rows in told.acts:
        if len({known[row] for row in rows}) > 1:
            yield f"{name}: a step of {len(rows)} decisions was stored in part: {rows}"
    shown = set(Reader(ledger.folder).query("SELECT figure_id FROM figures")["figure_id"])
    if shown != set(ledger.accepted()["figure_id"]):
        yield f"{name}: the snapshot does not show what was accepted"
    for left in ledger.folder.rglob(f"*{atomic_files.SUFFIX}*"):
        yield f"{name}: {left.name} was left behind"


def _after_all(ledger: Ledger, told: _Told, expected: dict[str, Counter]) -> Iterator[str]:
    """What is wrong once everything was done."""
    yield from _after_start(ledger, told, expected)
    for name, rows in content(ledger).items():
        if rows != expected[name]:
            yield f"{ledger.folder.name}: {name} are not what they are without kills"
    yield from (f"{ledger.folder.name}: {problem}" for problem in rebuilt(ledger))


def rebuilt(ledger: Ledger) -> Iterator[str]:
    """What is wrong unless a store that is thrown away, but for its ledger and its originals, is
    made again as it was: the readings to the byte, the published tables to the row."""
    with tempfile.TemporaryDirectory() as name:
        again = Ledger(Path(name) / "store")
        with ledger.lock():
            shutil.copytree(ledger.originals, again.originals)
            for each in ledger.folder.glob(f"{ledger.path.name}*"):
                shutil.copy(each, again.folder)
        yield from mending.read_all_again(again).told
        snapshot.publish(again, anew=True)
        if _readings(again) != _readings(ledger):
            yield "what is rebuilt has other readings"
        for table in PUBLISHED:
            query = f"FROM {table} ORDER BY ALL"
            if not Reader(again.folder).query(query).equals(Reader(ledger.folder).query(query)):
                yield f"what is rebuilt has other {table}"


def _readings(ledger: Ledger) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in (ledger.folder / "readings").iterdir()}


def content(ledger: Ledger) -> dict[str, Counter]:
    """The rows of the ledger's tables, without what differs from run to run."""
    return {
        name: Counter(map(tuple, ledger.table(name)[columns].astype(str).values.tolist()))
        for name, columns in COMPARED.items()
    }


def _log(store: Path) -> str:
    return store.with_suffix(".log").read_text(errors="replace")[-2000:]
