"""Every page at every width in both languages: it fits, and it shuts nobody out (WCAG 2.2 AA as far
as axe-core can tell)."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from impact.model.colours import THEMES
from tests.pages import driving
from tests.pages.driving import PAGES, path_of

pytestmark = pytest.mark.browser

ERRORS = '[data-testid="stException"], [data-testid="stAlertContentError"]'
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": [*WCAG, "best-practice"]}
PHONE, DESK = (390, 900), (1280, 900)
# 1280 px at 200 % are 640 px of the page's own (WCAG 1.4.4, 1.4.10).
TWICE = (640, 450)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((file, lang, THEMES[(row + column) % 2]), id=f"{Path(file).stem}-{lang}")
        for row, lang in enumerate(("en", "uk"))
        for column, file in enumerate(PAGES)
    ],
)
def opened(request, windows, url):
    """A page that tests look at one after the other, and its language: dark in the one, light in
    the other."""
    file, lang, theme = request.param
    page = windows.new_page()
    page.emulate_media(color_scheme=theme)
    driving.visit(page, f"{url}{path_of(file)}?lang={lang}")
    yield page, lang
    page.close()


def findings(page) -> list[str]:
    """What axe-core finds serious or critical, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


# From wide to narrow, as a page is drawn anew in between.
@pytest.mark.parametrize("size", [DESK, TWICE, PHONE], ids=["desk", "twice as large", "phone"])
def test_a_page_fits_and_shuts_nobody_out(opened, size):
    page, lang = opened
    page.set_viewport_size({"width": size[0], "height": size[1]})
    driving.settle(page)
    assert page.locator(ERRORS).all_inner_texts() == []
    assert driving.overflow(page) <= 0
    if size != TWICE:
        assert driving.clipped(page) == []
        assert findings(page) == []
        assert page.evaluate("document.documentElement.lang") == lang
