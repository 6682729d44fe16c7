"""Who was known when the register could last be asked: they go on reading while it is away."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from impact.access.person import Person
from impact.access.register import Away

# Who is remembered, at most: those who asked longest ago are forgotten.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Known:
    """Who somebody is.

    now  whether the register says so at this moment; else it is what it said last: enough to read,
         not to decide
    """

    person: Person | None
    now: bool = True


class Remembered:
    """What the register said of each mark when it was asked last."""

    def __init__(self) -> None:
        self._said: OrderedDict[str, tuple[Person, float]] = OrderedDict()

    def known(self, mark: str, ask: Callable[[], Person | None], seconds: float) -> Known:
        """Whom a mark stands for, as `ask` has the register say it. Where it is away, what it said
        no longer than so many seconds ago. Raises Unreadable, and Away where nothing is remembered.
        """
        now = time.monotonic()
        try:
            found = ask()
        except Away:
            person, said = self._said.get(mark, (None, 0.0))
            if person is None or now - said > seconds:
                raise
            return Known(person, now=False)
        self._said.pop(mark, None)
        if found:
            self._said[mark] = found, now
            if len(self._said) > MOST:
                self._said.popitem(last=False)
        return Known(found)

    def forget(self, mark: str) -> None:
        """Forgets a mark, as one that has been signed out."""
        self._said.pop(mark, None)
