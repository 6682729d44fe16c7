"""Publishes what was decided, in a thread of its own.

To build a snapshot takes seconds and holds the writers' lock. So the thread waits until the
reviewer pauses: ten quick decisions make one snapshot, and none of them waits for it. It waits as
long as the last snapshot took to build: then publishing takes half of a core, however large the
store.
"""

import logging
import threading
import time
from functools import cache
from pathlib import Path

from impact.store import snapshot, threads
from impact.store.condition import watch
from impact.store.faults import (
    NoRoomToPublish,
    PublishingFails,
    StoreBusy,
    StoreFailing,
    StoreFault,
    StoreFull,
    StoreReadOnly,
)
from impact.store.ledger import Ledger
from impact.store.threads import ENDING
from pages.parts.shell import alone, session
from pages.parts.shell import screen as st

# Seconds without a decision before publishing, at least and at most, and seconds after which it is
# done in any case.
SHORTEST, PAUSE, LONGEST = 0.3, 1.5, 15.0

_LOG = logging.getLogger(__name__)


class Publisher:
    """Publishes what was decided in a store, soon after `wake`.

    At its start it publishes what was decided before a crash.
    """

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.failed = ""
        self.fault: StoreFault | None = None  # what is to blame, where waiting alone mends nothing
        self._asked = self._done = 0
        self._latest = 0.0
        self._pause = PAUSE
        self._woken = threading.Condition()
        threads.start("publisher", self._run, self._look)

    @property
    def busy(self) -> bool:
        """Whether something decided is not published yet."""
        return self._done < self._asked

    def wake(self) -> None:
        """Says that something was decided."""
        with self._woken:
            self._asked += 1
            self._latest = time.monotonic()
            self._woken.notify()

    def _look(self) -> None:
        with self._woken:
            self._woken.notify()

    def _run(self) -> None:
        if self._left_over():
            self.wake()
        while self._due():
            self._publish()

    def _due(self) -> bool:
        """Waits until something was decided and the reviewer pauses.

        Returns False when Python ends; the next start publishes then.
        """
        with self._woken:
            self._woken.wait_for(lambda: self.busy or ENDING.is_set())
            first = time.monotonic()
        last = first + LONGEST
        while not ENDING.is_set() and time.monotonic() < min(self._latest + self._pause, last):
            time.sleep(0.05)
        return not ENDING.is_set()

    def _left_over(self) -> bool:
        try:
            return snapshot.begun(self.ledger)
        except Exception:  # Busy or full: publishing meets the same fault and tries again.
            return True

    def _publish(self) -> None:
        asked = self._asked
        try:
            began = time.monotonic()
            snapshot.publish(self.ledger)
            self._pause = min(max(SHORTEST, time.monotonic() - began), PAUSE)
            self.failed, self.fault, self._done = "", None, asked
        except StoreFault as fault:  # told on every page; tried again after a while
            if self.failed != str(fault):
                _LOG.warning("publishing failed: %s", fault)
            self.failed, self.fault = str(fault), _of_publishing(fault.alone())
        except StoreBusy as error:
            _LOG.exception("publishing failed")
            self.failed, self.fault = str(error) or "busy", None
        except Exception as error:  # a fault of this program, which no waiting mends
            _LOG.exception("publishing failed")
            self.fault = PublishingFails(str(error))
            self.failed = str(self.fault)
        # Some of these a glance at the store shows, too; those of a storage come and go unseen.
        watch(str(self.ledger.folder)).publishing = self.fault
        if self.failed:
            ENDING.wait(LONGEST)


def _of_publishing(fault: StoreFault) -> StoreFault:
    """What a fault of the disk means where a snapshot is made: what was decided is stored, and a
    report may still find room."""
    if isinstance(fault, StoreFull):
        return NoRoomToPublish(fault.detail)
    if isinstance(fault, StoreReadOnly | StoreFailing):
        return PublishingFails(str(fault))
    return fault


@cache
def publisher(folder: str) -> Publisher:
    """The one publisher of a store in this process."""
    return Publisher(Ledger(Path(folder)))


def status(of: Publisher, *, decided: bool) -> None:
    """Says whether what this visit has decided is on the pages yet; looks again each second until
    it is."""
    if not decided:
        return
    # It ticks on until the next choice, as running the page again would close what is open on it.
    alone.part(_status, run_every=1.0 if of.busy else None)(of)


def _status(of: Publisher) -> None:
    words = session.words()
    if of.fault:
        st.warning(of.fault.told(words))
    elif of.failed:
        st.warning(words._("The store is busy or full: publishing is tried again by itself."))
    elif of.busy:
        st.caption(words._("Publishing … you can go on meanwhile."))
    else:
        st.caption(words._("Published: what was decided stands on the pages."))
