"""What pages ask of a ledger, kept until something is stored in it.

Whoever looks at the uploads asks the same as everybody else who does, and a page that waits for a
report asks each second. Every question takes the writers' lock. So each is asked once for all of
them, as long as the ledger stays what it is.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from impact.model import copies
from impact.store.ledger import Ledger

Found = TypeVar("Found")
_Question = Callable[[Ledger], Any]

# The ledger and the question -> what the ledger was like, and the answer.
_KEPT: dict[tuple[Path, _Question], tuple[tuple[object, ...], Any]] = {}
_ASKING = threading.Lock()


def look(ledger: Ledger, question: Callable[[Ledger], Found]) -> Found:
    """The answer to a question that only the ledger decides. Whoever asks for what is just being
    asked waits for it; all get the same answer, which is not to be changed. Raises what the
    question raises."""
    asked = ledger.path, question
    found = _kept(asked, ledger.stands())
    if found is None:
        with _ASKING:
            # Before the question: what is stored meanwhile is asked for again.
            now = ledger.stands()
            found = _kept(asked, now)
            if found is None:
                found = _KEPT[asked] = now, copies.watched(question(ledger))
    answer: Found = found[1]
    return answer


def _kept(
    asked: tuple[Path, _Question], now: tuple[object, ...]
) -> tuple[tuple[object, ...], Any] | None:
    found = _KEPT.get(asked)
    return found if found and found[0] == now else None
