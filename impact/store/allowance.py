"""How much memory a reader's database may hold: little while nobody asks, and more for the question
that needs more, whatever others ask at the same moment."""

import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from impact.store.database import Connection, Error, OutOfMemory

# What the database may hold while it is asked, and while nobody asks; what it holds of the file is
# read again where it is needed. Few questions need more.
ASKED, RESTING = "192MB", "32MB"

Answer = TypeVar("Answer")


class Allowance:
    """The limit of one database, which all its cursors share."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Questions under way that need more: while there are some, nobody lowers the limit.
        self._larger = 0

    def answered(self, cursor: Connection, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question, which gets more memory where it needs more."""
        try:
            return ask()
        except OutOfMemory:
            pass
        with self._lock:
            self._larger += 1
            cursor.execute("RESET memory_limit")
        try:
            return ask()
        finally:
            with self._lock, contextlib.suppress(Error):
                self._larger -= 1
                if not self._larger:
                    allow(cursor, ASKED)

    def rest(self, cursor: Connection) -> None:
        """Gives memory back that questions took, unless one that needs more is under way."""
        with self._lock, contextlib.suppress(Error):
            if not self._larger:
                allow(cursor, RESTING)
                allow(cursor, ASKED)


def allow(connection: Connection, memory: str) -> None:
    """What the database lets go of for a lower limit goes back to the system."""
    connection.execute(f"SET memory_limit = '{memory}'")
