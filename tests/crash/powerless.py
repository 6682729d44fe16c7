"""Cuts the power in the midst of a day at a store, and looks at what the disk would hold then.

A day (failing.steps) is done once and all that it does to its files is written down. Then the disk
is made up as it may stand after a cut at some moment (`left_by`), and the store that lies there is
looked at as after a kill: what was acknowledged must be there, whole and once. In every second day
a flush fails, and the power is cut once the step is acknowledged all the same. Used by the tests
for a few cuts, by `make crash` for more.
"""

import pickle
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from impact.store.inbox import Part
from tests.crash import failing

# Kinds of deeds, as failing.c writes them down.
WRITE, TRUNCATE, FLUSH, FAILED, RENAME, REMOVE, NOTE = "WTSFRUN"
SECTOR = 512  # bytes that a disk writes whole or not at all


@dataclass(frozen=True)
class Deed:
    """What was done to a file: where in it, and with which bytes; a rename's are the new path."""

    kind: str
    path: str
    at: int = 0
    data: bytes = b""


@dataclass
class File:
    """What was written to a file so far, and how much of that was flushed."""

    created: int  # which deed on names
    changes: list[Deed] = field(default_factory=list)
    flushed: int = 0


def run(folder: Path, cuts: int, seed: int = 0) -> list[str]:
    """Cuts the power so often, at moments that the seed gives; what was wrong, a sentence each,
    after a line that says what was done.

    folder  an empty one
    """
    return failing.started("tests.crash.powerless", folder, cuts, seed)


def main(folder: str, cuts: str, seed: str) -> None:
    """Records a day and looks at so many disks."""
    home, chance = Path(folder), random.Random(int(seed))
    parts = pickle.loads((home / "parts").read_bytes())
    calls = failing.Calls(home / failing.LIBRARY)
    usual = failing.unharmed(home / "unharmed", parts, calls)
    deeds = recorded(home / "recorded", parts, calls)
    flushes = [at for at, call in enumerate(usual.calls, start=1) if "sync" in call]
    print(f"{cuts} cuts, {len(deeds)} deeds, {len(flushes)} flushes, seed {seed}", flush=True)
    for number in range(int(cuts)):
        if number % 2:
            end, where = chance.randint(1, len(deeds)), ""
            some = deeds[:end]
        else:
            at = chance.choice(flushes)
            where = f"flush {at} ({usual.calls[at - 1]}) failed; "
            some = _acknowledged(recorded(home / "recorded", parts, calls, at))
        base = home / "cut"
        put(left_by(some, chance), base)
        done = sum(deed.kind == NOTE for deed in some)
        for problem in failing.checked(base, done, parts, usual):
            last = some[-1]
            print(f"{where}cut after {last.kind} {last.path}: {problem}", flush=True)
        shutil.rmtree(base)


def _acknowledged(deeds: Sequence[Deed]) -> Sequence[Deed]:
    """The deeds up to the first acknowledgement after a flush that failed."""
    failed = next(number for number, deed in enumerate(deeds) if deed.kind == FAILED)
    end = next(number for number, deed in enumerate(deeds[failed:]) if deed.kind == NOTE)
    return deeds[: failed + end + 1]


def recorded(
    base: Path, parts: Sequence[Part], calls: failing.Calls, at: int | None = None
) -> list[Deed]:
    """What a day does to the files below a folder, in order; of its calls, one may fail."""
    base.mkdir()
    log = base.with_name("deeds")

    def work() -> list[str]:
        with log.open("wb") as told:
            calls.record(base, told.fileno())
            calls.arm(base, at or 0, *failing.DEEDS["an error once"])
            return failing.harmed(base, parts, calls, calls.note)

    assert failing.apart(base.with_name("found"), work) == []
    shutil.rmtree(base)
    return list(read(log.read_bytes()))


def read(record: bytes) -> Iterator[Deed]:
    """The deeds of failing.c's record."""
    place = 0
    while place < len(record):
        end = record.index(b"\n", place)
        kind, at, length, path = record[place:end].decode().split(" ", 3)
        place = end + 1 + int(length)
        yield Deed(kind, path, int(at), record[end + 1 : place])


def left_by(deeds: Sequence[Deed], chance: random.Random) -> dict[str, bytes]:
    """Path -> content, of a disk whose power is cut after these deeds.

    What was flushed of a file is there. Of what was written since, any part may be there, each
    write whole or cut at a sector, in any order. Names (files made, renamed, removed) are there in
    the order of the deeds, up to some moment: not before the last flush of a folder, nor before
    the making of a file that was flushed, as journalling file systems keep it.
    """
    files: dict[str, File] = {}
    names: list[tuple[Deed, File]] = []
    durable = 0
    for deed in deeds:
        file = files.get(deed.path)
        if deed.kind in (WRITE, TRUNCATE):
            if file is None:
                file = files[deed.path] = File(created=len(names))
                names.append((deed, file))
            file.changes.append(deed)
        elif deed.kind == FLUSH and file is None:
            durable = len(names)
        elif deed.kind == FLUSH:
            file.flushed = len(file.changes)
            durable = max(durable, file.created + 1)
        elif deed.kind == RENAME and file:
            files[deed.data.decode()] = files.pop(deed.path)
            names.append((deed, file))
        elif deed.kind == REMOVE and file:
            names.append((deed, files.pop(deed.path)))
    shown: dict[str, File] = {}
    for deed, file in names[: chance.randint(durable, len(names))]:
        if deed.kind in (WRITE, TRUNCATE):
            shown[deed.path] = file
        elif shown.pop(deed.path, None) and deed.kind == RENAME:
            shown[deed.data.decode()] = file
    return {path: content(file, chance) for path, file in shown.items()}


def content(file: File, chance: random.Random) -> bytes:
    """What a disk may hold of a file."""
    held = bytearray()
    for number, change in enumerate(file.changes):
        data = change.data
        if number >= file.flushed:
            kept = chance.choice(("none", "all", "begin"))
            if kept == "none":
                continue
            if kept == "begin":
                data = data[: chance.randint(0, len(data)) // SECTOR * SECTOR]
        if change.kind == TRUNCATE:
            del held[change.at :]
            held.extend(bytes(change.at - len(held)))
        elif data:
            held.extend(bytes(max(0, change.at - len(held))))
            held[change.at : change.at + len(data)] = data
    return bytes(held)


def put(files: dict[str, bytes], base: Path) -> None:
    """Makes a folder of files."""
    base.mkdir()
    for path, held in files.items():
        place = base / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(held)


if __name__ == "__main__":
    main(*sys.argv[1:])
