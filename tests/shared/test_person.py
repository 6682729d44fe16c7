"""A person in a browser before two dashboards behind one nginx: one is killed while they read and
decide, and they lose nothing but a reload."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.reports.intake import read_upload
from impact.store import inbox, snapshot
from impact.store.ledger import Ledger
from tests.pages.binding import asked
from tests.pages.driving import PATIENCE_MS, settle, visit
from tests.pages.sending import key
from tests.shared.office import Office, begun, nginx, until
from tests.shared.ports import free_port

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.browser]

# How often the way from a click to the other machine is measured, and what asks for up to 20.
TIMES, MANY = 3, "TEST_DECISIONS"
PLACES = (
    *("Kharkiv", "Dnipro", "Odesa", "Sumy", "Poltava", "Lviv", "Kherson", "Mykolaiv", "Chernihiv"),
    *("Zhytomyr", "Vinnytsia", "Cherkasy", "Kropyvnytskyi", "Rivne", "Lutsk", "Ternopil"),
    *("Khmelnytskyi", "Chernivtsi", "Uzhhorod", "Zaporizhzhia"),
)
FEW = PLACES[:6]


def bring(ledger: Ledger, places: Sequence[str]) -> str:
    """Has a report with a figure of each place received and read; its document."""
    told = (
        f"In {place} {5 + 2 * number} people were injured on 20 November 2025, said the mayor."
        for number, place in enumerate(places)
    )
    text = "\n\n".join(["Situation report, 20 November 2025", *told])
    upload, _ = inbox.receive(ledger, text.encode(), "report.txt", "Taras")
    (part,) = read_upload(ledger, upload)
    assert len(part.figures) == len(places)
    return inbox.document_id(upload, part)


def decided(ledger: Ledger, document: str) -> int:
    return int((inbox.proposed(ledger, document)["verdict"] != "").sum())


def holds_page(address: str) -> bool:
    """Whether a page is open on a machine: nginx keeps a connection to it."""
    port = f":{int(address.rpartition(':')[2]):04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(each.split()[1].endswith(port) and each.split()[3] == "01" for each in lines)


@pytest.fixture
def office(postgres_server, tmp_path, monkeypatch) -> Iterator[tuple[Office, str]]:
    """Two dashboards that show something, and the address of the nginx before them."""
    from tests.shared import postgres

    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    (tmp_path / "blobs").mkdir()
    with contextlib.ExitStack() as opened:
        address = opened.enter_context(postgres.database(postgres_server.address))
        monkeypatch.setenv("IMPACT_STORE", address)
        monkeypatch.setenv("IMPACT_BLOBS", str(tmp_path / "blobs"))
        monkeypatch.setenv("IMPACT_COPY", str(tmp_path / "third"))
        found = opened.enter_context(begun(tmp_path))
        yield found, opened.enter_context(nginx(tmp_path, free_port(), found.addresses))


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def open_review(page: Page, address: str, document: str) -> None:
    visit(page, f"{address}/review?document={document}")
    if not (name := page.get_by_role("textbox", name="Your name")).input_value():
        name.fill("Olena")
        page.keyboard.press("Enter")
        settle(page)
    expect(page.locator(".st-key-figure-looked-at")).to_be_visible()


def test_a_person_whose_machine_is_killed_loses_nothing_but_a_reload(office, page):
    found, front = office
    document = bring(found.ledger, FEW)
    open_review(page, front, document)
    for number in (1, 2):
        key(page, "a")
        until(lambda n=number: decided(found.ledger, document) == n, 30)
    [mine] = [number for number in range(2) if holds_page(found.addresses[number])]
    # One more, and the machine is gone while it is on its way: stored or not, never in part.
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")
    found.processes[mine].kill()
    found.processes[mine].wait()
    time.sleep(1)
    before = decided(found.ledger, document)
    assert before in (2, 3)

    page.reload()
    settle(page)
    assert f"document={document}" in page.url
    open_review(page, front, document)
    expect(page.get_by_text(f"{before} of {len(FEW)} decided")).to_be_visible()
    for number in range(before, len(FEW)):
        key(page, "a")
        until(lambda n=number: decided(found.ledger, document) == n + 1, 30)
    expect(page.get_by_text(f"{len(FEW)} of {len(FEW)} decided")).to_be_visible()
    decisions = found.ledger.table("decisions")
    mine_alone = decisions[decisions["who"] == "Olena"]
    assert mine_alone["subject"].is_unique and len(mine_alone) == len(FEW)
    visit(page, f"{front}/casualties?period=2025-11")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert found.ledger.check() == []


def test_what_is_decided_in_a_browser_is_served_by_the_other_machine(office, page):
    """Measured from the click until the other machine gives it to programs; nobody clicks there."""
    found, _ = office
    times, took = int(os.environ.get(MANY, TIMES)), []
    open_review(page, found.addresses[0], bring(found.ledger, PLACES[:times]))
    for number in range(times):
        assert served(found.addresses[1]) == number
        page.get_by_role("heading", level=1).click()
        began = time.monotonic()
        page.keyboard.press("a")
        until(lambda n=number: served(found.addresses[1]) == n + 1, 60)
        took.append(time.monotonic() - began)
        settle(page)
    took.sort()
    p95 = took[max(0, round(0.95 * len(took)) - 1)]
    print(f"{len(took)} decisions: p50 {took[len(took) // 2]:.2f} s, p95 {p95:.2f}, {took[-1]:.2f}")
    assert snapshot.check(found.ledger) == []


def served(address: str) -> int:
    """How many figures a machine gives programs."""
    return len(json.loads(asked(f"{address}/api/figures.json?period=2025-11")[1])["figures"])
