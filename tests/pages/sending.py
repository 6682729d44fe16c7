"""How tests bring reports and decide about them in a browser."""

from playwright.sync_api import expect

from tests.pages.driving import PATIENCE_MS, settle


def send(page, *files: tuple[str, bytes]) -> None:
    """Sends files from the Upload page, as Olena."""
    page.get_by_role("textbox", name="Your name").fill("Olena")
    page.keyboard.press("Enter")
    settle(page)
    choose_files(page, *files)
    page.get_by_role("button", name="Send", exact=True).click()


def choose_files(page, *files: tuple[str, bytes]) -> None:
    """Chooses files on the Upload page, and waits until the page has each of them."""
    page.locator("input[type=file]").set_input_files(
        [{"name": n, "mimeType": "application/octet-stream", "buffer": c} for n, c in files]
    )
    expect(page.get_by_test_id("stFileChip")).to_have_count(len(files), timeout=PATIENCE_MS)
    expect(page.get_by_test_id("stFileChipIconSpinner")).to_have_count(0, timeout=PATIENCE_MS)
    settle(page)


def entry(page, name: str):
    """What the list says of an upload."""
    return page.locator("[class*=st-key-report-upload]").filter(has_text=name)


def key(page, letter: str) -> None:
    """Presses a shortcut outside any field."""
    page.get_by_role("heading", level=1).click()
    page.keyboard.press(letter)
    settle(page)
