"""A real server that is killed in the midst of its readers' work, and readers who press at once."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from impact.store import inbox, snapshot
from impact.store.ledger import ACCEPT, Ledger
from impact.store.reader import Reader
from tests.crash import clients
from tests.etl.reports.making import docx, p
from tests.pages.driving import PATIENCE_MS, Server, settle, visit
from tests.pages.sending import choose_files

# Seconds after an acknowledgement within which the server is killed: reading takes one or two.
NEAR = 2.0
# Presses Send at a moment, by the clock that all pages share.
_PRESS = """at => setTimeout(() => [...document.querySelectorAll('button')]
  .find(button => button.innerText.trim() === 'Send').click(), at - Date.now())"""


def killed_rounds(browser: Browser, folder: Path, count: int, chance: random.Random) -> list[str]:
    """Brings and accepts a report so many times, the server killed after either; what was wrong."""
    store, log, problems = folder / "store", folder / "log", []
    server = Server(store, log)
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE_MS)
    try:
        for number in range(count):
            name, content = f"{number}.docx", _report(number)
            visit(page, f"{server.url}/upload")
            prepare(page, name, content)
            page.get_by_role("button", name="Send", exact=True).click()
            expect(page.get_by_text(f"“{name}” is received and kept.")).to_be_visible(
                timeout=PATIENCE_MS
            )
            server = _killed_and_started(server, chance)
            _await(lambda: not inbox.unread(Ledger(store)))
            (row,) = inbox.listing(Ledger(store)).query("part == @name").to_dict("records")
            visit(page, f"{server.url}/review?document={row['document_id']}")
            page.get_by_role("textbox", name="Your name").fill("Olena")
            page.keyboard.press("Enter")
            settle(page)
            page.locator("[class*=st-key-accept-] button").click()
            expect(page.get_by_text("1 of 1 decided")).to_be_visible(timeout=PATIENCE_MS)
            server = _killed_and_started(server, chance)
            problems += _after(store, number + 1)
    finally:
        server.kill()
        page.context.close()
    return problems


def together(browser: Browser, folder: Path, pages: int, rounds: int) -> list[str]:
    """Readers who send the same file at the same moment, round after round; what was wrong then."""
    server = Server(folder / "store", folder / "log")
    readers = [browser.new_context().new_page() for _ in range(pages)]
    problems = []
    try:
        for reader in readers:
            reader.set_default_timeout(PATIENCE_MS)
            visit(reader, f"{server.url}/upload")
        for number in range(rounds):
            name, content = clients.report(number)
            for reader in readers:
                prepare(reader, name, content)
            at = time.time() * 1000 + 300 + 50 * pages
            for reader in readers:
                reader.evaluate(_PRESS, at)
            told = Counter(_told(reader, name) for reader in readers)
            if told != {"is received and kept": 1, "was already received on": pages - 1}:
                problems.append(f"round {number}: {dict(told)}")
        _await(lambda: not inbox.unread(Ledger(folder / "store")))
        problems += clients.stored(Ledger(folder / "store"), rounds)
    finally:
        server.stop()
        for reader in readers:
            reader.context.close()
    return problems


def prepare(page: Page, name: str, content: bytes) -> None:
    """Fills the Upload page, all but the press on Send."""
    named = page.get_by_role("textbox", name="Your name")
    if not named.input_value():
        named.fill("Olena")
        page.keyboard.press("Enter")
        settle(page)
    choose_files(page, (name, content))


def _told(page: Page, name: str) -> str:
    """What a reader was told of a file."""
    sentence = re.compile(rf"“{re.escape(name)}” (is received and kept|was already received on)")
    found = page.get_by_text(sentence).first
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    settle(page)
    return sentence.search(found.inner_text()).group(1)


def _report(number: int) -> bytes:
    return docx(p(f"In Kharkiv {number + 3} people were killed on 24 January 2026."))


def _killed_and_started(server: Server, chance: random.Random) -> Server:
    time.sleep(chance.uniform(0, NEAR))
    server.kill()
    return Server(server.store, server.log)


def _await(condition) -> None:
    """Waits for what the server does by itself."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while not condition() and time.monotonic() < until:
        time.sleep(0.1)


def _after(store: Path, count: int) -> Iterator[str]:
    """What is wrong unless so many reports were brought, read, accepted and published."""
    ledger, reader = Ledger(store), Reader(store)
    _await(lambda: reader.count() == count)
    if reader.count() != count:
        yield f"{reader.count()} figures of {count} are published"
    yield from clients.stored(ledger, count)
    yield from snapshot.check(ledger)
    decided = Counter(ledger.table("decisions")["kind"])
    if decided != {ACCEPT: count}:
        yield f"after {count} were accepted the ledger has {dict(decided)}"
