"""How many have a page open: with many of them pages say that they come slower, and too many are
told to come back. A page that hangs would tell nobody anything."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.model.language import N_
from pages.parts.shell import screen as st
from pages.parts.shell import session

PATH = Path(__file__).parents[3] / "data" / "serving.toml"
FULL = N_("Very many read here just now. Open this page again in a minute.")
SLOW = N_("Many read here just now: pages come slower.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What data/serving.toml says: numbers of open pages, and seconds."""

    slow: int
    most: int
    again_in: int


@cache
def limits() -> Limits:
    """The limits of this server."""
    told = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return Limits(told["slow"], told["most"], told["again_in"])


class Crowd:
    """The pages that are open. It is changed by the server's loop alone."""

    def __init__(self) -> None:
        self.open = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """A page that is open as long as the block lasts."""
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    @property
    def is_full(self) -> bool:
        return self.open >= limits().most

    @property
    def is_large(self) -> bool:
        return self.open > limits().slow


CROWD = Crowd()


def announce() -> None:
    """Says on a page that pages come slower, while they do."""
    if CROWD.is_large:
        st.caption(session.words()._(SLOW))
