"""Stores for tests, an empty one each and one with the shipped tables for all to read, and a
Chromium for those that look at what is drawn."""

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

from etl import __main__ as etl
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from impact.summaries import Kept
from tests import chromium, combining, damages, engines, made

if TYPE_CHECKING:
    from tests.shared.each_folder import Stores

settings.register_profile("ours", deadline=None, max_examples=30)
settings.load_profile("ours")
# Python searches for garbage after every 700 objects that come and stay. Here are hundreds of
# thousands that stay (tests, tables, pages): that took up to a tenth of the time of tests that show
# pages. No more memory is held.
gc.set_threshold(20_000, 10, 10)


# Fixtures that make a store or a snapshot, load the shipped tables, or start a server for one.
_STORES = {
    "store", "ledger", "publish", "shown", "shipped", "shipped_store",
    "postgres_address", "object_storage",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that have a store are marked so: `make fast` leaves them out. `make test` leaves out
    those that tests/combining.py keeps for `make test-all`.

    The files that take longest come first, so that at the end no worker waits for another: those
    that drive a browser, then the pages and what is slow. See --no-loadscope-reorder.
    """
    if not combining.ALL and (left := [*filter(_is_full_only, items)]):
        items[:] = [each for each in items if not _is_full_only(each)]
        config.stash[combining.LEFT] = left
        config.hook.pytest_deselected(items=left)
    if engines.SHARED:
        items[:] = [each for each in items if each.get_closest_marker("folder_only") is None]
    browser = {each.path for each in items if each.get_closest_marker("browser")}
    slow = {each.path for each in items if each.get_closest_marker("slow")}
    pages = Path(__file__).with_name("pages")
    for each in items:
        if _STORES.intersection(getattr(each, "fixturenames", ())):
            each.add_marker("stored")

    def turn(item: pytest.Item) -> int:
        if item.path in browser:
            return 0
        return 1 if item.path in slow or item.path.is_relative_to(pages) else 2

    items.sort(key=turn)


def _is_full_only(item: pytest.Item) -> bool:
    return item.get_closest_marker("full_only") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says once each why tests were left out: what a machine lacks."""
    told = [each.longrepr for each in terminalreporter.stats.get("skipped", [])]
    for reason in sorted({each[2] for each in told if isinstance(each, tuple)}):
        terminalreporter.write_line(reason)


@pytest.fixture(scope="session", autouse=True)
def shared_stores() -> "Iterator[Stores | None]":
    """What stands behind the folders where the other engine is tried; see tests/engines.py."""
    if not engines.SHARED:
        yield None
        return
    # Taken in here: psycopg is not installed everywhere.
    from tests.shared import each_folder

    with each_folder.stands() as stores:
        made.COPIED.append(stores.copied)
        yield stores
        made.COPIED.remove(stores.copied)


@pytest.fixture(autouse=True)
def no_connection_left(shared_stores) -> Iterator[None]:
    """A test leaves no connection to PostgreSQL open."""
    yield
    if shared_stores:
        shared_stores.close()


@pytest.fixture
def store(tmp_path, monkeypatch) -> Path:
    """The folder of an empty store, which IMPACT_STORE names."""
    folder = tmp_path / "store"
    monkeypatch.setenv("IMPACT_STORE", str(folder))
    return folder


@pytest.fixture
def ledger(store) -> Ledger:
    """The ledger of an empty store."""
    return Ledger(store)


@pytest.fixture
def publish(ledger):
    """A reader of figures that are published."""

    def publish_(*figures) -> Reader:
        if ledger.folder.exists():
            made.publish(ledger, *figures)
        else:
            made.publish_once(ledger, *figures)
        return Reader(ledger.folder)

    return publish_


@pytest.fixture
def shown(request):
    """A reader of figures, for tests that only query: no ledger is behind it."""
    kept = Kept.READ if request.node.get_closest_marker("asks_much") else Kept.NONE
    with contextlib.ExitStack() as opened:
        yield lambda *figures: opened.enter_context(made.shown(*figures, kept=kept))


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory, worker_id) -> Path:
    """A store with the shipped tables, loaded once for all workers. Read it, never write."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shipped"
    with FileLock(f"{folder}.lock"):
        if not (folder / "published" / "current").exists():
            assert etl.main(["--store", str(folder), "load"]) == 0
    return folder


@pytest.fixture(scope="session")
def shipped(shipped_store) -> Reader:
    """Queries against the shipped tables."""
    return Reader(shipped_store)


@pytest.fixture(scope="session")
def browser():
    """A Chromium; the test is skipped where there is none."""
    path = chromium.find()
    if not path:
        pytest.skip(chromium.MISSING)
    # Taken in here: most processes of the tests draw nothing, and it takes half a second.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.options())
        yield browser
        browser.close()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 256 KB."""
    with damages.small_disk(tmp_path / "disk", "256k") as disk:
        yield disk
