"""After a publication what readers asked for last is asked for again, before they come.

A new snapshot has nothing that the pages keep: its first readers would wait until everything is
worked out and drawn anew. So a thread does it beside them. It rests as long as it works, as readers
who are there come first, and leaves off once there is a newer snapshot. While nobody asks, it gives
back the memory that questions took, and forgets copies of what is kept that are gone.
"""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial

from impact import views
from impact.model import copies
from impact.store import threads
from impact.store.reader import Reader
from impact.store.threads import ENDING
from pages.parts.shell import session

_LOG = logging.getLogger(__name__)
# Seconds between two looks for a new snapshot; it must have stood for so long.
LOOKS = 2.0


def begin() -> None:
    """Starts the thread."""
    threads.start("ahead", _run, lambda: None)


def _run() -> None:
    reader = session.present()
    ready = seen = reader.edition
    while not ENDING.wait(LOOKS):
        reader.rest()
        copies.forget()
        before, seen = seen, reader.edition
        if ready != seen == before:
            try:
                get_ready(reader)
            except Exception:  # the reader who asks for it hears of it
                _LOG.exception("what readers asked for last could not be asked for again")
            ready = seen


def get_ready(reader: Reader) -> None:
    """Asks and draws what was asked for of the snapshot before."""
    edition = reader.edition
    for work in _works(reader):
        if ENDING.is_set() or reader.edition != edition:
            return
        began = time.monotonic()
        work()
        ENDING.wait(time.monotonic() - began)


def _works(reader: Reader) -> Iterator[Callable[[], object]]:
    for sql, parameters in reader.asked_before():
        yield partial(reader.query, sql, parameters)
    yield from views.again(reader)
