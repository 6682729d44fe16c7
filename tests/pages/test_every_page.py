"""Every page at every width in both languages: it loads without a complaint, it fits, and it shuts
nobody out (WCAG 2.2 AA as far as axe-core can tell)."""

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
# Violations alone: to write down what is in order takes twice as long as to look.
RULES = {"runOnly": [*WCAG, "best-practice"], "resultTypes": ["violations"]}
PHONE, DESK = (390, 900), (1280, 900)
# 1280 px at 200 % are 640 px of the page's own (WCAG 1.4.4, 1.4.10).
TWICE = (640, 450)
SIZES = {DESK: "desk", TWICE: "twice as large", PHONE: "phone"}
LANGUAGES = ("en", "uk")
# What a page may say on the console. The last is what the browser says when driving.visit listens
# in the brief's frame, which runs no script. A reader's browser says nothing, as nobody listens
# there; test_brief.py holds that it has no script.
QUIET = ("log", "debug", "info", "error: Blocked script execution in 'about:")


def findings(page) -> list[str]:
    """What axe-core finds serious or critical, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def sights(number: int) -> Iterator[tuple[str, tuple[int, int], str]]:
    """(language, size, theme) of each look at a page.

    Every page is seen in Ukrainian, whose words are longer, on a phone in one theme, the next page
    in the other; every third also in one of the other sizes. With all combinations it is seen at
    every size, and also in English.
    """
    one, other = THEMES[number % 2], THEMES[(number + 1) % 2]
    for lang in LANGUAGES if combining.ALL else ["uk"]:
        if combining.ALL or number % 6 == 0:
            yield lang, DESK, one
        if combining.ALL or number % 6 == 3:
            yield lang, TWICE, one
        yield lang, PHONE, other


def faults(page, lang: str, size: tuple[int, int]) -> Iterator[str]:
    """What is wrong with a page as it is seen."""
    yield from page.locator(ERRORS).all_inner_texts()
    if (over := driving.overflow(page)) > 0:
        yield f"wider than the window by {over} px"
    if size != TWICE:
        yield from (f"cut: {text}" for text in driving.clipped(page))
        yield from findings(page)
        if (said := page.evaluate("document.documentElement.lang")) != lang:
            yield f"its language is said to be {said}"


@pytest.mark.parametrize("file", PAGES, ids=lambda file: Path(file).stem)
def test_a_page_loads_quietly_fits_and_shuts_nobody_out(page, url, file):
    wrong, heard, shown = [], [], ""

    def said(message) -> None:
        heard.append(f"{message.type}: {message.text}")

    def answered(answer) -> None:
        if answer.status >= 400:
            heard.append(f"{answer.status} {answer.url}")

    # A language's looks one after the other, so that the page is loaded once for them.
    for lang, size, theme in sorted(sights(PAGES.index(file)), key=lambda sight: sight[0]):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if lang != shown:
            page.on("console", said)
            page.on("response", answered)
            driving.visit(page, f"{url}{path_of(file)}?lang={lang}")
            page.remove_listener("console", said)
            page.remove_listener("response", answered)
            shown = lang
        else:
            driving.settle(page)
        wrong += [(lang, SIZES[size], theme, each) for each in faults(page, lang, size)]
    assert wrong == []
    assert [each for each in heard if not each.startswith(QUIET)] == []
