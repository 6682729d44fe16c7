"""Every page at every width in both languages: it fits, and it shuts nobody out (WCAG 2.2 AA as far
as axe-core can tell)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from impact.model.colours import THEMES
from tests import combining
from tests.pages import driving
from tests.pages.driving import PAGES, path_of

pytestmark = pytest.mark.browser

ERRORS = '[data-testid="stException"], [data-testid="stAlertContentError"]'
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": [*WCAG, "best-practice"]}
PHONE, DESK = (390, 900), (1280, 900)
# 1280 px at 200 % are 640 px of the page's own (WCAG 1.4.4, 1.4.10).
TWICE = (640, 450)
SIZES = {DESK: "desk", TWICE: "twice as large", PHONE: "phone"}
LANGUAGES = ("en", "uk")


@pytest.fixture(scope="module")
def opened(request, windows, url):
    """A page that tests look at one after the other, and its language."""
    file, lang = request.param
    page = windows.new_page()
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


def sights(number: int, file: str) -> Iterator[tuple[tuple[str, str], tuple[int, int], str]]:
    """(page and language, size, theme) of each look at a page, from wide to narrow.

    Every page is seen at every size, in both languages and, by axe-core, in both themes; on a phone
    always in Ukrainian, whose words are longer. The next page has languages and themes exchanged.
    """
    one, other = LANGUAGES[number % 2], LANGUAGES[(number + 1) % 2]
    light, dark = THEMES[number % 2], THEMES[(number + 1) % 2]
    if combining.ALL:
        for lang, theme in ((one, light), (other, dark)):
            yield from (((file, lang), size, theme) for size in SIZES)
        return
    yield (file, one), DESK, light
    yield (file, other), TWICE, light
    yield (file, "uk"), PHONE, dark
    if number % 3 == 0:
        yield (file, "en"), PHONE, dark


SIGHTS = [each for number, file in enumerate(PAGES) for each in sights(number, file)]


def named(value) -> str:
    """How a test is called by its page and language, its size, its theme."""
    if isinstance(value, str):
        return value
    return f"{Path(value[0]).stem}-{value[1]}" if value not in SIZES else SIZES[value]


@pytest.mark.parametrize(("opened", "size", "theme"), SIGHTS, indirect=["opened"], ids=named)
def test_a_page_fits_and_shuts_nobody_out(opened, size, theme):
    page, lang = opened
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    driving.settle(page)
    assert page.locator(ERRORS).all_inner_texts() == []
    assert driving.overflow(page) <= 0
    if size != TWICE:
        assert driving.clipped(page) == []
        assert findings(page) == []
        assert page.evaluate("document.documentElement.lang") == lang
