"""/embed: a picture in a frame of somebody else's page, and nothing else of ours in any frame."""

import functools
import http.server
import re
import threading
from html import unescape

import pytest

from pages.api import embed
from pages.api.chart import NO_BROWSER
from pictures import chromium
from tests.pages.api.asking import ask, fetch, told
from tests.pages.driving import PATIENCE_MS

HEATING = "indicator=heating_loss&places=Kyiv&period=2026-01"
needs_browser = pytest.mark.skipif(not chromium.find(), reason="no Chromium on this machine")


@pytest.fixture
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))


def pictures(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'(?:srcset|src)="([^"]+)"', text)]


@needs_browser
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_it_has_the_picture_with_its_words_a_link_and_no_script(small, lang):
    response = ask(f"/embed?{HEATING}&lang={lang}")
    text = response.body.decode()
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}">' in text
    assert not re.search(r"<script|\bon\w+=|javascript:", text)
    (alt,) = re.findall(r'alt="([^"]+)"', text)
    assert ("6,000" if lang == "en" else "6\N{NO-BREAK SPACE}000") in alt
    assert re.search(r'href="http://[^"]+/figure\?[^"]*indicator=heating_loss', text)
    assert "frame-ancestors *" in response.headers["content-security-policy"]
    assert "script-src" not in response.headers["content-security-policy"]


@needs_browser
def test_every_picture_that_a_browser_may_take_is_there(small):
    offered = pictures(ask(f"/embed?{HEATING}").body.decode())
    assert len(set(offered)) == 4  # narrow and wide, light and dark
    for address in offered:
        response = ask(address.removeprefix("http://127.0.0.1"))
        assert response.headers["content-type"] == "image/svg+xml"


@needs_browser
def test_a_theme_or_a_size_that_the_address_names_is_the_only_one(small):
    assert len(set(pictures(ask(f"/embed?{HEATING}&theme=dark").body.decode()))) == 2
    named = pictures(ask(f"/embed?{HEATING}&theme=dark&size=square").body.decode())
    assert len(set(named)) == 1 and "size=square" in named[0] and "theme=dark" in named[0]


@needs_browser
def test_somebody_elses_words_are_shown_as_typed(small):
    text = ask(f"/embed?{HEATING}&title=%3Cscript%3Ealert(1)%3C/script%3E%22").body.decode()
    assert "<script" not in text and "&lt;script&gt;alert(1)&lt;/script&gt;&quot;" in text


def test_without_a_browser_on_the_server_it_says_so(small, monkeypatch):
    monkeypatch.setattr(embed.chromium, "find", lambda: None)
    response = ask(f"/embed?{HEATING}")
    assert response.status_code == 501
    assert told(response)["error"] == NO_BROWSER


def test_what_makes_no_picture_is_refused_by_name(small):
    response = ask("/embed?indicator=nothing")
    assert response.status_code == 400 and told(response)["parameter"] == "indicator"


@pytest.fixture
def elsewhere(tmp_path):
    """Serves somebody else's pages from another address."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.browser
def test_it_lives_in_anothers_frame_at_any_width_and_theme(elsewhere, browser, url):
    folder, base = elsewhere
    frame = f'<iframe src="{url}/embed?{HEATING}" style="width:100%;height:520px"></iframe>'
    (folder / "page.html").write_text(frame)
    for width, theme, size in ((900, "light", ""), (390, "dark", "square")):
        context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=theme)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{base}/page.html")
        image = page.frame_locator("iframe").locator("img")
        page.wait_for_function("() => document.querySelector('iframe').contentDocument === null")
        shown = image.evaluate(
            """async each => {
                await each.decode();
                return [each.currentSrc, each.naturalWidth, each.getBoundingClientRect().width];
            }"""
        )
        assert ("theme=dark" in shown[0]) == (theme == "dark") and f"size={size}" in shown[
            0
        ] + "size="
        assert shown[1] > 0 and 200 < shown[2] <= width
        context.close()


def test_no_page_may_be_framed_by_others(url):
    for target in ("/", "/heating", "/review", "/upload"):
        _, headers, _ = fetch(url, target)
        assert headers["content-security-policy"].endswith("; frame-ancestors 'self'"), target
