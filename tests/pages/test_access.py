"""Reading every page without eyes or mouse: WCAG 2.2 AA as far as axe-core can tell."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages.driving import PAGES, path_of, settle, visit

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": [*WCAG, "best-practice"]}

each_page = pytest.mark.parametrize("path", map(path_of, PAGES), ids=lambda p: Path(p).name or "/")


def findings(page) -> list[str]:
    """What axe-core finds serious or critical, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@each_page
@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("uk", 390)])
def test_nothing_on_a_page_shuts_anybody_out(open_page, url, path, lang, width):
    page = open_page(width)
    visit(page, f"{url}{path}?lang={lang}")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.lang") == lang


def test_the_language_of_the_document_follows_the_choice(page, url):
    visit(page, f"{url}/heating")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("radio", name="Українська").click()
    settle(page)
    assert page.evaluate("document.documentElement.lang") == "uk"


def test_at_twice_the_size_a_page_needs_no_sideways_scrolling(open_page, url):
    # 1280 px at 200 % are 640 px of the page's own (WCAG 1.4.4, 1.4.10).
    page = open_page(640, 450)
    for path in map(path_of, PAGES):
        visit(page, f"{url}{path}")
        wide = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        assert page.evaluate(wide) <= 640, path
