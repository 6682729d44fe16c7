"""/health: whether the figures can be read, for whoever watches over the server."""

import threading
import time
from functools import cache
from pathlib import Path

from impact import inbox, queries
from impact.language import N_
from impact.ledger import Ledger, StoreBusy, StoreUnreadable
from pages.api import NOT_KEPT, Address, Answer, Asked, in_json, in_utc, version

# Seconds for which one look at the ledger serves, and for which an answer waits for it: reading
# takes the writers' lock, and nobody who asks after our health may hold up what is brought here.
FRESH, WAIT = 5.0, 2.0


def answer(asked: Asked) -> Answer:
    """200 when figures are published and readable, else 503. No paths, no secrets."""
    reader = asked.reader
    published = reader.readable()
    extent = queries.extent(reader) if published else None
    ledger, unread = watch(str(reader.folder)).look()
    told = {
        "status": "ok" if published and ledger in ("readable", "absent") else "degraded",
        "snapshot": reader.snapshot or None,
        "figures": reader.count() if published else None,
        "built_at": in_utc(extent.built_at) if published else None,
        "ledger": ledger,
        "unread_uploads": unread,
        "version": version(),
    }
    if not published:
        told["status"] = "nothing published" if not reader.snapshot else "snapshot missing"
    return in_json(told, 200 if published else 503, **NOT_KEPT)


class Watch:
    """Looks at a ledger now and then, one look at a time."""

    def __init__(self, folder: str):
        self._ledger = Ledger(Path(folder))
        self._state: tuple[str, int | None] = ("busy", None)
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._done.set()

    def look(self) -> tuple[str, int | None]:
        """ "readable", "absent", "busy" or "unreadable", and how many uploads await reading."""
        with self._lock:
            if self._done.is_set() and time.monotonic() - self._looked > FRESH:
                self._done.clear()
                threading.Thread(target=self._read, name="health", daemon=True).start()
        return self._state if self._done.wait(WAIT) else ("busy", None)

    def _read(self) -> None:
        try:
            exists = self._ledger.exists
            self._state = ("readable" if exists else "absent", len(inbox.unread(self._ledger)))
        except StoreBusy:
            self._state = ("busy", None)
        except (StoreUnreadable, OSError):
            self._state = ("unreadable", None)
        finally:
            self._looked = time.monotonic()
            self._done.set()


@cache
def watch(folder: str) -> Watch:
    """The one watch over a store in this process."""
    return Watch(folder)


ADDRESSES = (
    Address(
        path="/health",
        meaning=N_("snapshot, figures, ledger and version; 503 when nothing can be read"),
        answer=answer,
        kept=False,
    ),
)
