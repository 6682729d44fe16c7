"""Stores and an easel for pictures."""

from collections.abc import Iterator

import pytest

from impact.store.reader import Reader
from tests.impact.views.drawing import Easel
from tests.made import shown
from tests.pages.small import SMALL


@pytest.fixture(scope="session")
def small() -> Iterator[Reader]:
    """A few made figures: a range, a bound, rivals, a doubt, tolls."""
    with shown(*SMALL) as reader:
        yield reader


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Reader:
    """A store in which nothing was ever published."""
    return Reader(tmp_path_factory.mktemp("views") / "empty")


@pytest.fixture(scope="session")
def easel(browser) -> Easel:
    """Draws pictures in a browser."""
    return Easel(browser)
