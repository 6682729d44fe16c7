"""Damages a store at random, and looks at what it says then.

python -m tests.crash.damaging FOLDER COUNT SEED    the process that looks; `run` starts it

A bit is turned, a block zeroed or a file cut short, anywhere in any file of a store. Readers must
be shown the figures as they were published, those of the snapshot before or a sentence; never
others, and never half. The ledger must have what it had, or say that it cannot be read. Each look
is taken in a process split off for it: the database may end the one that reads a spoilt file.
"""

import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from impact.store import condition
from impact.store.faults import StoreBusy, StoreFault
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import damages
from tests.crash.failing import apart
from tests.crash.splitting import ROOT

BLOCK = 4096  # bytes
# Folders in which a damage to any byte must be told by `etl check`.
KEPT = ("originals", "readings")
Rows = frozenset[str]


def run(folder: Path, count: int, seed: int = 0) -> list[str]:
    """Damages so many copies of a store; what was wrong, a sentence each, after a line that says
    what was done.

    folder  an empty one
    """
    command = [sys.executable, "-m", "tests.crash.damaging", folder, str(count), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return [done.stdout, done.stderr[-3000:]]
    return done.stdout.splitlines()


def main(folder: str, count: str, seed: str) -> None:
    """Makes a store, and damages copies of it one after another."""
    home, chance = Path(folder).resolve(), random.Random(int(seed))
    sound = apart(home / "found", lambda: _filled(home / "store"))
    assert isinstance(sound, Sound), sound
    came: Counter[str] = Counter()
    problems = []
    for _ in range(int(count)):
        base = home / "damaged"
        shutil.copytree(home / "store", base)
        path, how = _damage(base, chance)
        where = path.relative_to(base).as_posix()
        found = apart(home / "found", lambda: _look(base, where, sound))  # noqa: B023
        if isinstance(found, list):
            came[found[0]] += 1
            problems += [f"{where} {how}: {problem}" for problem in found[1:]]
        else:
            problems.append(f"{where} {how}: the process that looked ended: {found}")
        shutil.rmtree(base)
    told = ", ".join(f"{number} times {each}" for each, number in came.most_common())
    print("\n".join([f"{count} damages (seed {seed}): {told}", *problems]), flush=True)


@dataclass(frozen=True)
class Sound:
    """What a store holds before it is damaged.

    tables  the ledger's rows
    shown   the published figures: those now, and those of the snapshot before
    kept    originals and what was read from them, but for the digests of readings
    """

    tables: dict[str, Rows]
    shown: list[Rows]
    kept: dict[str, bytes]


def _filled(folder: Path) -> Sound:
    ledger = damages.filled(folder)
    shown = [_shown(ledger)]
    pointer = damages.pointer(ledger)
    now = pointer.read_text(encoding="ascii")
    for each in sorted(pointer.parent.glob("*.duckdb")):
        pointer.write_text(each.name, encoding="ascii")
        shown.append(_shown(ledger))
    pointer.write_text(now, encoding="ascii")
    return Sound(_tables(ledger), shown, _kept(folder))


def _damage(base: Path, chance: random.Random) -> tuple[Path, str]:
    """Spoils a file of a store; large files as often as small ones."""
    files = [each for each in base.rglob("*") if each.is_file() and each.stat().st_size]
    path = chance.choice(sorted(files))
    held = bytearray(path.read_bytes())
    at, how = chance.randrange(len(held)), chance.choice(("a bit", "a block", "cut short"))
    if how == "a bit":
        held[at] ^= 1 << chance.randrange(8)
    elif how == "a block":
        held[at : at + BLOCK] = bytes(len(held[at : at + BLOCK]))
    else:
        del held[at:]
    path.write_bytes(held)
    return path, f"({how} at {at} of {path.stat().st_size})"


def _look(base: Path, where: str, sound: Sound) -> list[str]:
    """What readers were shown, and then what was wrong, a sentence each."""
    ledger = Ledger(base)
    told = condition.problems(ledger)
    problems = []
    try:
        found = _shown(ledger)
        came = "the published figures" if found == sound.shown[0] else "those before"
        if found not in sound.shown:
            problems.append("readers are shown figures that were never published")
    except StoreFault:
        came = "a sentence"
    try:
        if _tables(ledger) != sound.tables:
            problems.append("the ledger has other rows and does not say so")
    except (StoreFault, StoreBusy):
        if not told:
            problems.append("the ledger cannot be read and `etl check` says nothing")
    if where.startswith(KEPT) and not told and _kept(base) != sound.kept:
        problems.append("`etl check` says nothing")
    return [came, *problems]


def _shown(ledger: Ledger) -> Rows:
    rows = Reader(ledger.folder).query("FROM figures")
    return frozenset(map(str, rows.astype(str).values.tolist()))


def _kept(base: Path) -> dict[str, bytes]:
    found = {each.name: each.read_bytes() for each in (base / "originals").iterdir()}
    for each in (base / "readings").iterdir():
        found[each.name] = each.read_bytes().split(b"\n")[0]
    return found


def _tables(ledger: Ledger) -> dict[str, Rows]:
    return {
        name: frozenset(map(str, rows.astype(str).values.tolist()))
        for name, rows in ledger.contents().items()
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
