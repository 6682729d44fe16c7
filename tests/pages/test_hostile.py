"""Whatever others wrote stands on a page as they typed it: no picture, link, formula or icon comes
of it, and nothing is fetched. All pages, each in one language or (make test-all) in both, in a real
Chromium."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from impact.store.reader import Reader
from tests import combining, hostile
from tests.pages import driving
from tests.pages.driving import PAGES, path_of

pytestmark = pytest.mark.browser

# Pages that are asked for something hostile, and by which of their parameters.
ASKED = {
    "/data": ("words", "document"),
    "/map": ("asof",),
    "/heating": ("places", "claim"),
    "/conflicts": ("conflict",),
    "/figure": ("title", "note"),
}
# Fields whose text a page must show, by the page.
SHOWN = {
    "/conflicts": ("attributed_to", "publisher", "note", "quote", "noted_by", "noted"),
    "/heating": ("answered_by", "answer", "part", "quote", "other"),
    "/casualties": ("publisher",),
    "/corrections": ("withdrawn_by", "disputed_by"),
    "/data": ("attributed_to", "publisher"),
    "/upload": ("title", "publisher", "brought_by"),
    "/review": ("title", "speaker", "unplaced", "left_out", "brought_by"),
    "/": ("title",),
}
# Elements with a text of others and markup of their own; every text of the page, hidden tabs too.
_MADE = """host => {
  const markup = 'img, a, .katex, code, del, em, sup, [role=img], [style*=icon], '
    + '.stMarkdownColoredBackground, .stMarkdownBadge, .stMarkdownShimmer';
  const said = '[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer], .report-text,'
    + '.report-lines, .report-quote, .report-sources, [data-testid=stHeading], svg.main-svg';
  const own = node => node.closest('[data-testid=stCode], [data-testid=stSidebarNavLink]');
  const made = [];
  for (const element of document.querySelectorAll(said))
    if (element.textContent.includes(host))
      for (const each of element.querySelectorAll(markup))
        if (!own(each) && !each.matches('a[href="https://example.org/a?b=%281%29"], a[href^="?"]'))
          made.push(each.outerHTML.slice(0, 200));
  for (const each of document.querySelectorAll('[href], [src]'))
    for (const name of ['href', 'src'])
      if (/^(https?:)?\\/\\/[^/]*outside|^(javascript|mailto):/i.test(each.getAttribute(name)))
        made.push(each.outerHTML.slice(0, 200));
  return made;
}"""


# Whether the tables in sight have told their cells, which they do some time after they are drawn.
# Those under an open drawer are not drawn.
_TOLD = """() => document.querySelector('[role=dialog]')
  || [...document.querySelectorAll('[data-testid=stDataFrame]')]
  .filter(table => table.offsetParent)
  .every(table => table.querySelector('[role=columnheader]'))"""


@pytest.fixture(scope="module")
def server(served, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "store"
    hostile.fill(folder)
    return served(folder)


def asked(store, lang: str) -> list[tuple[str, dict]]:
    """Pages that are asked for something hostile, and the evidence of two claims."""
    tricks = [
        (path, {name: hostile.tricks(name) for name in names})
        for path, names in half(list(ASKED.items()), lang)
    ]
    claims = Reader(store).query(
        "SELECT DISTINCT claim FROM figures WHERE value IN (6000, 3900000) AND day = '2026-01-24'"
    )["claim"]
    return tricks + [("/heating", {"claim": claim}) for claim in claims]


def half(several: list, lang: str) -> list:
    """What a language is tried with: texts of others are written by the same lines in both."""
    return several if combining.ALL else several[lang == "uk" :: 2]


def looks(page, server, lang: str) -> Iterator[str]:
    """Shows the pages, one after the other by the menu, then what is asked for; tells of each."""
    driving.visit(page, f"{server.url}/?lang={lang}")
    yield "/"
    for path in map(path_of, half(PAGES, lang)):
        if path != "/":
            page.locator(f'[data-testid="stSidebarNavLink"][href*="{path}"]').click()
            page.wait_for_url(re.compile(rf"{path}(\?|$)"))
            driving.settle(page)
            yield path
    for path, query in asked(server.store, lang):
        address = f"{path}?{urlencode({'lang': lang, **query})}"
        driving.visit(page, server.url + address)
        yield address


def unfold(page) -> None:
    """Opens what is folded: what was not opened is not drawn."""
    folded = page.locator("[data-testid=stMain] [data-testid=stExpander] details:not([open])")
    if not page.get_by_role("dialog").count() and folded.count():
        for summary in folded.locator("summary").all()[::-1]:
            summary.click()
        driving.settle(page)


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_what_others_wrote_is_shown_as_typed_on_every_page(open_page, server, lang):
    page, texts = open_page(2600, 1600), {}
    requests, made = [], {}

    def requested(request) -> None:
        requests.append(request.url)

    page.on("request", requested)
    for address in looks(page, server, lang):
        unfold(page)
        page.wait_for_function(_TOLD, timeout=driving.PATIENCE_MS)
        text = page.evaluate("document.body.textContent")
        path = address.partition("?")[0]
        texts[path] = texts.get(path, "") + " ".join(text.split())
        if found := page.evaluate(_MADE, hostile.HOST):
            made[address[:60]] = found
    page.remove_listener("request", requested)
    assert made == {}
    assert [url for url in requests if hostile.HOST in url.partition("?")[0]] == []
    shown = {"/", *map(path_of, half(PAGES, lang))}
    missing = {
        path: [field for field in fields if hostile.typed(field) not in texts[path]]
        for path, fields in SHOWN.items()
        if path in shown
    }
    assert {path: fields for path, fields in missing.items() if fields} == {}
    # Markup of ours is markup: none of it stands there as typed.
    ours = re.compile(r"\*\*[А-ЯІЇЄA-Z][^*]*\*\*|:orange\[|:color\[|\]\(\?")
    assert {path: ours.findall(text) for path, text in texts.items() if ours.search(text)} == {}
