"""The thread that brings each new snapshot to this machine as soon as another one publishes it.

PostgreSQL tells of it. A connection that has ended tells nothing, and says so only when it is
asked: so the thread looks by itself too, each second, and listens anew where it must.
"""

import logging
import time
from collections.abc import Callable

import psycopg

from impact.store import threads
from impact.store.faults import LedgerAway, StoreFault
from impact.store.shared.postgres import CHANNEL, Postgres
from impact.store.threads import ENDING

_LOG = logging.getLogger(__name__)
# Seconds between two looks, whatever is told meanwhile; and before a connection is tried anew.
LOOKS = 1.0


def begin(postgres: Postgres, look: Callable[[], object]) -> None:
    """Starts the thread, which calls `look` whenever something may have changed."""
    threads.start("following", lambda: _run(postgres, look), lambda: None)


def _run(postgres: Postgres, look: Callable[[], object]) -> None:
    failed = ""
    while not ENDING.is_set():
        began = time.monotonic()
        try:
            _listen(postgres, look)
        except (StoreFault, psycopg.Error, OSError) as error:
            if failed != str(error):
                _LOG.warning("the shared store cannot be followed: %s", error)
            failed = str(error)
        except Exception:  # of this program's own: the next look may succeed
            _LOG.exception("the shared store cannot be followed")
        ENDING.wait(max(0.0, LOOKS - (time.monotonic() - began)))


def _listen(postgres: Postgres, look: Callable[[], object]) -> None:
    """Follows for as long as the connection lasts."""
    with postgres.alone() as connection:
        connection.execute(f"LISTEN {CHANNEL}".encode())
        while not ENDING.is_set():
            look()
            # What came while we looked is told at once; several at once need one look.
            for _ in connection.notifies(timeout=LOOKS, stop_after=1):
                pass
            if connection.closed:
                raise LedgerAway("the connection has ended")
