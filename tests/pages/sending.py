"""How tests bring reports and decide about them in a browser."""

from tests.pages.driving import settle


def send(page, *files: tuple[str, bytes]) -> None:
    """Sends files from the Upload page, as Olena."""
    page.get_by_role("textbox", name="Your name").fill("Olena")
    page.keyboard.press("Enter")
    page.locator("input[type=file]").set_input_files(
        [{"name": n, "mimeType": "application/octet-stream", "buffer": c} for n, c in files]
    )
    settle(page)
    page.get_by_role("button", name="Send", exact=True).click()


def entry(page, name: str):
    """What the list says of an upload."""
    return page.locator("[class*=st-key-report-upload]").filter(has_text=name)


def key(page, letter: str) -> None:
    """Presses a shortcut outside any field."""
    page.get_by_role("heading", level=1).click()
    page.keyboard.press(letter)
    settle(page)
