"""Stores and an easel for pictures."""

import pytest

from impact.store import snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.impact.views.drawing import Easel
from tests.made import offer
from tests.pages.small import SMALL


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Reader:
    """A few made figures: a range, a bound, rivals, a doubt, tolls."""
    ledger = Ledger(tmp_path_factory.mktemp("views") / "small")
    offer(ledger, *SMALL)
    snapshot.publish(ledger)
    return Reader(ledger.folder)


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Reader:
    """A store in which nothing was ever published."""
    return Reader(tmp_path_factory.mktemp("views") / "empty")


@pytest.fixture(scope="session")
def easel(browser) -> Easel:
    """Draws pictures in a browser."""
    return Easel(browser)
