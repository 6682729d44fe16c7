"""How a store is: what is wrong with it as a whole, at a glance and looked at closely.

Pages and /health say it while the store is served, `python -m etl check` when it is asked.
"""

import os
import shutil
import threading
import time
from functools import cache
from pathlib import Path

from impact.access import register
from impact.store import (
    engine,
    faults,
    identity,
    inbox,
    looks,
    schema,
    snapshot,
    snapshot_files,
    threads,
    withholding,
)
from impact.store.faults import StoreBusy, StoreFault
from impact.store.ledger import Ledger
from impact.store.work import Work, work

# Bytes below which a disk counts as full: less than the smallest snapshot and its ledger's log.
LEAST_FREE = 2_000_000
# Seconds for which one close look serves: it takes the writers' lock, and nobody who asks after
# our health may hold up what is brought here.
FRESH = 5.0
# Seconds for which the first page that is asked for waits for the first close look.
FIRST = 1.0
# What is to be seen of a ledger.
READABLE, ABSENT, BUSY, UNREADABLE = "readable", "absent", "busy", "unreadable"


def at_a_glance(folder: Path) -> list[StoreFault]:
    """What is wrong with a store, without opening its ledger or waiting for whoever writes."""
    if not folder.is_dir():
        return [faults.StoreIncomplete()] if identity.lived(folder) else engine.of(folder).faults()
    found: list[StoreFault] = []
    try:
        marker = identity.read(folder)
        if marker and marker.schema > schema.CURRENT:
            found.append(faults.StoreNewer(found=marker.schema, known=schema.CURRENT))
    except faults.MarkerDamaged as fault:
        found.append(fault)
    others = engine.of(folder)
    # A copy that is gone is made anew.
    if not (folder / identity.LEDGER).exists() and identity.lived(folder) and not others.shared:
        found.append(faults.StoreIncomplete())
    others_say = others.faults()
    if (people := of_people(folder)) and type(people) not in map(type, others_say):
        found.append(people)
    if not all(map(_takes, (folder, folder / "originals"))):
        found.append(faults.StoreReadOnly())
    elif free(folder) < LEAST_FREE:
        found.append(faults.StoreFull())
    told = (snapshot_files.shown(folder).fault, withholding.kept(folder))
    return found + others_say + [fault for fault in told if fault]


def _takes(folder: Path) -> bool:
    """Whether a folder that is there can be written to: what is received lies in one of its own."""
    return not folder.exists() or os.access(folder, os.W_OK | os.X_OK)


def nothing_stored(ledger: Ledger) -> bool:
    """Whether nothing was ever stored. Raises LedgerAway where nobody can tell."""
    if ledger.lived:
        return False
    if away := ledger.engine.faults():
        raise away[0]
    return True


def of_people(folder: Path) -> StoreFault | None:
    """What is wrong with the register of a store's people."""
    try:
        register.require_sound(folder)
    except register.Away as away:
        return faults.LedgerAway(str(away))
    except register.Unreadable:
        return faults.PeopleDamaged()
    return None


def free(folder: Path) -> int:
    """Bytes that are free where a store lies, or would lie."""
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    return shutil.disk_usage(there).free


def closely(ledger: Ledger) -> list[StoreFault]:
    """What else is wrong: reads the ledger to its end and looks for the files that it speaks of.

    Raises StoreBusy.
    """
    if not ledger.exists:
        return []
    try:
        ledger.read_through()
        missing, damaged = ledger.missing_originals(), inbox.damaged(ledger)
    except StoreFault as fault:
        return [fault.alone()]
    found: list[StoreFault] = []
    if missing:
        found.append(faults.OriginalsMissing(count=len(missing)))
    if damaged:
        found.append(faults.ReadingsDamaged(count=len(damaged)))
    return found


def problems(ledger: Ledger) -> list[str]:
    """Everything that is wrong with a store, a sentence each that says what mends it. One problem
    never hides the others, as far as they can be seen."""
    whole = {type(fault): fault for fault in at_a_glance(ledger.folder)}
    found: list[str] = []
    looks = (
        ledger.check,
        ledger.clocks,
        lambda: inbox.check(ledger),
        lambda: snapshot.check(ledger),
    )
    for look in looks:
        try:
            found += look()
        except StoreFault as fault:
            whole.setdefault(type(fault), fault)
        except StoreBusy as error:
            found.append(str(error))
    return list(dict.fromkeys([*map(str, whole.values()), *found]))


class Watch:
    """Looks closely at a store now and then, one look at a time, beside whoever asks."""

    def __init__(self, folder: Path):
        self._ledger = Ledger(folder)
        self._ledger_is = BUSY
        self._unread: int | None = None
        self._faults: list[StoreFault] = []
        # What keeps this process from publishing and from reading; whoever does it says so.
        self.publishing: StoreFault | None = None
        self.reading: StoreFault | None = None
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._done.set()
        self._work: tuple[str, Work | None] = BUSY, None
        self._worked = threading.Event()
        self._worked.set()

    def look(self, wait: float) -> tuple[str, int | None]:
        """ "readable", "absent", "busy" or "unreadable", and how many uploads await reading.

        wait  seconds for which a look that is due, or under way, is waited for
        """
        with self._lock:
            if self._done.is_set() and time.monotonic() - self._looked > FRESH:
                self._done.clear()
                threads.once("watch", self._look)
        if not self._done.wait(wait):
            return BUSY, None
        return self._ledger_is, self._unread

    def work(self, wait: float) -> tuple[str, Work | None]:
        """What is to be seen of the ledger, and its work; None where it cannot be told.

        wait  seconds after which the ledger counts as busy: a load may hold it for minutes
        """
        with self._lock:
            if self._worked.is_set():
                self._worked.clear()
                threads.once("work", self._look_at_work)
        return self._work if self._worked.wait(wait) else (BUSY, None)

    def faults(self, wait: float = 0) -> list[StoreFault]:
        """What is wrong with the store: what a glance shows now, and the last close look."""
        self.look(wait or (FIRST if self._looked == float("-inf") else 0))
        glance = at_a_glance(self._ledger.folder)
        if not glance:
            glance = [each for each in (self.publishing, self.reading) if each]
        kinds = {type(fault) for fault in glance}
        return glance + [fault for fault in self._faults if type(fault) not in kinds]

    def _look_at_work(self) -> None:
        try:
            self._work = READABLE, looks.look(self._ledger, work)
        except StoreBusy:
            self._work = BUSY, None
        except (StoreFault, OSError):
            self._work = UNREADABLE, None
        finally:
            self._worked.set()

    def _look(self) -> None:
        try:
            self._faults = closely(self._ledger)
            if any(fault.closes for fault in self._faults):
                self._ledger_is, self._unread = UNREADABLE, None
            else:
                self._ledger_is = READABLE if self._ledger.exists else ABSENT
                self._unread = len(inbox.unread(self._ledger))
        except StoreBusy:
            self._ledger_is, self._unread = BUSY, None
        except (StoreFault, OSError):
            self._ledger_is, self._unread = UNREADABLE, None
        finally:
            self._looked = time.monotonic()
            self._done.set()


@cache
def watch(folder: str) -> Watch:
    """The one watch over a store in this process."""
    return Watch(Path(folder))
