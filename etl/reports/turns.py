"""Whose file is read next, so that nobody's many or slow files hold up those of others."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Generic, TypeVar

from impact.store.inbox import Upload

Work = TypeVar("Work", bound=tuple[Upload, Any])


class Turns(Generic[Work]):
    """Turns of the people whose files wait. One file of a person is read at a time; of the people
    who wait, the one whose turn was longest ago is next, with the oldest of their files."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._last: dict[str, int] = {}  # person -> the number of their last turn
        self._busy: set[str] = set()  # people of whom a file is read now

    @contextlib.contextmanager
    def next(self, waiting: Callable[[], Sequence[Work]]) -> Iterator[Work | None]:
        """The work to be done now; None where there is none, or only such of people of whom a file
        is read already. Nothing else of that person's is given out while the block runs.

        waiting  says what waits, the oldest first; asked when no other thread is given anything,
                 so that what was done meanwhile is not given again
        """
        with self._lock:
            work = self._taken(waiting())
        try:
            yield work
        finally:
            if work:
                with self._lock:
                    self._busy.remove(work[0].who)

    def _taken(self, waiting: Sequence[Work]) -> Work | None:
        free = [each for each in waiting if each[0].who not in self._busy]
        if not free:
            return None
        work = min(free, key=lambda each: self._last.get(each[0].who, 0))
        self._last[work[0].who] = next(self._numbers)
        self._busy.add(work[0].who)
        return work
