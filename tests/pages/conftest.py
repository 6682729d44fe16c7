"""Stores, servers and browsers for the tests of the pages."""

import contextlib
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from impact.store import snapshot
from impact.store.ledger import Ledger
from tests.made import offer
from tests.pages import driving
from tests.pages.driving import PATIENCE_MS, Server
from tests.pages.small import SMALL


@pytest.fixture(scope="session")
def stores(tmp_path_factory, shipped_store):
    """Store by name: an empty one, a small one of made figures, the shipped one."""
    folder = tmp_path_factory.mktemp("stores")
    ledger = Ledger(folder / "small")
    offer(ledger, *SMALL)
    snapshot.publish(ledger)
    return {"empty": folder / "empty", "small": folder / "small", "shipped": shipped_store}


@pytest.fixture(scope="session")
def own_store(shipped_store, tmp_path_factory):
    """A copy of the shipped store that a test may write to."""
    return shutil.copytree(shipped_store, tmp_path_factory.mktemp("own") / "store")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serves a store; every server is stopped after the tests of its file."""
    running = []

    def serve(store) -> Server:
        log = tmp_path_factory.mktemp("server") / "log"
        running.append(Server(store, log))
        return running[-1]

    yield serve
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def url(tmp_path_factory, shipped_store) -> Iterator[str]:
    """The address of a server of the shipped store, for tests that only read: one a worker."""
    server = Server(shipped_store, tmp_path_factory.mktemp("server") / "log")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def windows(browser):
    """One reader's browser for all pages: it keeps the scripts it has, as readers' do. The reader
    wants little motion: a tenth of the work of showing a page is to move what comes in."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture(scope="session")
def window(windows):
    """Lends a window. It is left empty for whoever needs one next: a window that has shown the
    pages before has their scripts compiled, and shows another for half of what a new one costs."""
    spare: list[Page] = []

    @contextlib.contextmanager
    def lent() -> Iterator[Page]:
        page = spare.pop() if spare else windows.new_page()
        try:
            yield page
        except BaseException:
            page.close()
            raise
        driving.leave(page)
        spare.append(page)

    return lent


@pytest.fixture
def open_page(window):
    """Opens pages in windows of their own; an uncaught error of a page fails the test, and so
    does a request to anywhere but this machine."""
    errors, requests = [], []

    def error(raised) -> None:
        errors.append(str(raised))

    def request(made) -> None:
        requests.append(made.url)

    with contextlib.ExitStack() as lent:

        def open_(width: int = 1280, height: int = 900) -> Page:
            page = lent.enter_context(window())
            page.set_viewport_size({"width": width, "height": height})
            for event, note in (("pageerror", error), ("request", request)):
                page.on(event, note)
                lent.callback(page.remove_listener, event, note)
            return page

        yield open_
    assert errors == []
    assert {url for url in requests if not _stays_here(url)} == set()


@pytest.fixture
def page(open_page):
    """A page in a window 1280 px wide."""
    return open_page()


def _stays_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"
