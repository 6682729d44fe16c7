"""Pictures drawn on the server: files that others can open, and what happens without a browser."""

import os
import signal
import struct
import threading

import pandas as pd
import pytest
from lxml import etree

from impact import charts
from impact.model import dates, language
from impact.wording.captions import Caption
from pictures import chromium
from pictures.chromium import Browser, NoBrowser, render

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"

needs_chromium = pytest.mark.skipif(not chromium.find(), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def figure():
    """The toll of nobody: a chart with nothing but its words."""
    words = language.words("uk")
    caption = Caption("Київ: їжак і ґанок", "людей", ("Дані: «Є» & <ніхто>, 2026.",), "опис")
    panel = charts.attack_panel(_no_attacks(), words, "light")
    return charts.stack([panel], caption, dates.span("2026-01"), words, "light")


def _no_attacks():
    return pd.DataFrame(columns=["day", "drones_launched", "missiles_launched", "figure_ids"])


@pytest.fixture
def browser():
    browser = Browser()
    yield browser
    browser.close()


@pytest.mark.browser
@needs_chromium
def test_a_png_has_the_size_asked_for(figure):
    png = render(figure, 640, 360, "png", 3)
    assert png.startswith(PNG)
    assert struct.unpack(">II", png[16:24]) == (1920, 1080)


@pytest.mark.browser
@needs_chromium
def test_an_svg_is_xml_with_its_words_as_text_and_no_font_that_only_the_page_has(figure):
    root = etree.fromstring(render(figure, 640, 360, "svg", title="Назва", alt="Опис & <все>"))
    assert (root.get("width"), root.get("height")) == ("640", "360")
    assert root.findtext(f"{SVG}title") == "Назва"
    assert root.findtext(f"{SVG}desc") == "Опис & <все>"
    said = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert "Київ: їжак і ґанок" in said
    assert any("Дані: «Є» & " in each for each in said)
    fonts = {
        family
        for each in root.iter(f"{SVG}text")
        for rule in each.get("style").split(";")
        for name, _, family in [rule.partition(":")]
        if name.strip() == "font-family"
    }
    assert fonts and all(each.rstrip().endswith("sans-serif") for each in fonts)
    assert not any('"Source Sans"' in each for each in fonts)


@pytest.mark.browser
@needs_chromium
def test_equal_figures_give_equal_files(figure):
    assert len({render(figure, 640, 360, "svg") for _ in range(6)}) == 1
    assert render(figure, 640, 360, "png", 2) == render(figure, 640, 360, "png", 2)


@pytest.mark.browser
@needs_chromium
def test_an_svg_has_its_attributes_in_one_order(figure):
    root = etree.fromstring(render(figure, 640, 360, "svg", title="Назва", alt="Опис"))
    unordered = [each.tag for each in root.iter() if list(each.attrib) != sorted(each.attrib)]
    assert unordered == []


@pytest.mark.browser
@needs_chromium
def test_several_threads_get_each_its_own_picture(figure):
    drawn = {}
    sizes = [(300 + 20 * n, 200) for n in range(4)]
    threads = [
        threading.Thread(target=lambda s=s: drawn.update({s: render(figure, *s, "png")}))
        for s in sizes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {s: struct.unpack(">II", drawn[s][16:24]) for s in sizes} == {s: s for s in sizes}


@pytest.mark.browser
@needs_chromium
def test_a_browser_that_hangs_is_ended_and_the_next_picture_has_another(browser, monkeypatch):
    assert browser.evaluate("'one'") == "one"
    hanging = browser._running.process.pid
    monkeypatch.setattr(chromium, "PATIENCE", 1)
    with pytest.raises(NoBrowser, match="did not answer within 1 second"):
        browser.evaluate("new Promise(() => {})")
    with pytest.raises(ProcessLookupError):
        os.kill(hanging, 0)
    monkeypatch.setattr(chromium, "PATIENCE", 20)
    assert browser.evaluate("'two'") == "two"


@pytest.mark.browser
@needs_chromium
def test_a_browser_that_was_killed_is_started_again(browser):
    assert browser.evaluate("'one'") == "one"
    os.killpg(browser._running.process.pid, signal.SIGKILL)
    browser._running.process.wait()
    assert browser.evaluate("'two'") == "two"


@pytest.mark.browser
@needs_chromium
def test_a_mistake_on_the_page_says_what_it_was(browser):
    with pytest.raises(NoBrowser, match="nothing is not defined"):
        browser.evaluate("nothing")


@pytest.mark.browser
@needs_chromium
def test_the_page_can_load_nothing(browser):
    with pytest.raises(NoBrowser, match="Failed to fetch"):
        browser.evaluate("fetch('http://example.org/').then(() => 'loaded')")


def test_without_a_chromium_it_says_so(figure, monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium, "_BROWSER", Browser())
    with pytest.raises(NoBrowser, match="no Chromium is installed"):
        render(figure, 640, 360, "png")


def test_a_browser_that_cannot_start_says_so(browser, monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda: "/bin/false")
    with pytest.raises(NoBrowser, match=r"failed|ended"):
        browser.evaluate("1")


def test_only_two_formats_are_drawn(figure):
    with pytest.raises(ValueError, match="png, svg"):
        render(figure, 640, 360, "gif")
