"""/api/chart: the same picture as its view, drawn at most once, and said plainly when it is not."""

import re
import struct
import threading

import pytest

from impact import views
from impact.store.reader import Reader
from impact.views import View
from pages.api import addresses, chart
from pictures import chromium
from tests.pages.api.asking import ask, told

HEATING = "indicator=heating_loss&places=Kyiv&period=2026-01"
needs_browser = pytest.mark.skipif(not chromium.find(), reason="no Chromium on this machine")


@pytest.fixture(autouse=True)
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    monkeypatch.setattr(chart, "_kept", chart.keeping(chart.KEPT_BYTES))


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_its_parameters_are_those_of_a_view():
    for address in addresses():
        if address.path.startswith("/api/chart."):
            names = {each.name for each in address.parameters} - {"scale"}
            assert names == {each.name for each in views.PARAMETERS}


@needs_browser
@pytest.mark.parametrize("scale", [1, 2])
def test_a_png_has_the_size_asked_for(scale):
    response = ask(f"/api/chart.png?{HEATING}&scale={scale}")
    assert response.status_code == 200 and response.headers["content-type"] == "image/png"
    assert size_of(response.body) == (1200 * scale, 675 * scale)
    assert ask(f"/api/chart.png?{HEATING}", If_None_Match="*").status_code == 304


@needs_browser
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_an_svg_carries_title_and_source_and_nothing_that_runs(stores, lang):
    response = ask(f"/api/chart.svg?{HEATING}&lang={lang}")
    assert response.headers["content-type"] == "image/svg+xml"
    text = response.body.decode()
    given = {"indicator": ["heating_loss"], "places": ["UA80"], "period": ["2026-01"]}
    view = View.read(given | {"lang": [lang]})
    title = views.draw(view, Reader(stores["small"])).caption.title
    assert f"<title>{title}</title>" in text
    assert "Klitschko" in text or "Кличко" in text
    assert not re.search(r"<script|\bon\w+=", text)


@needs_browser
def test_what_is_written_into_a_picture_is_never_markup():
    response = ask(f"/api/chart.svg?{HEATING}&title=%3Cscript%3Ealert(1)%3C/script%3E%26%7Bx%7D")
    assert response.status_code == 200
    assert b"<script" not in response.body and b"alert(1)" in response.body


def test_a_picture_is_drawn_once_and_of_too_many_the_longest_unused_goes():
    kept, drawn = chart.keeping(2000), []

    def draw(name):
        return kept(name, lambda: drawn.append(name) or name.encode() * 1000)

    for name in "aabacab":
        assert draw(name) == name.encode() * 1000
    assert drawn == ["a", "b", "c", "b"]


def test_pictures_are_kept_by_their_bytes_and_one_that_is_too_large_is_given_all_the_same():
    kept, drawn = chart.keeping(1000), []

    def draw(name, size):
        return kept(name, lambda: drawn.append(name) or bytes(size))

    for name, size in (("large", 1001), ("large", 1001), ("a", 500), ("b", 500), ("a", 500)):
        assert draw(name, size) == bytes(size)
    assert drawn == ["large", "large", "a", "b"]


def test_who_asks_for_what_is_being_drawn_waits_for_it_and_a_failure_is_no_picture():
    kept, drawn, begun, go_on = chart.keeping(1000), [], threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(10)
        drawn.append(1)
        return b"picture"

    def broken():
        raise OSError("no browser")

    with pytest.raises(OSError, match="no browser"):
        kept("shown", broken)
    threads = [threading.Thread(target=kept, args=("shown", slow)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert drawn == [1] and kept("shown", broken) == b"picture"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "indicator"),
        ("indicator=population", "indicator"),
        ("indicator=killed&kind=cake", "kind"),
        ("indicator=killed&scale=4", "scale"),
        ("indicator=killed&size=huge", "size"),
        ("indicator=killed&kind=winter&size=article", "size"),
        ("indicator=killed&conflict=here", "conflict"),
        ("indicator=killed&status=lost", "status"),
        ("indicator=killed&period=2026-01&from=2026-01-01", "period"),
        ("indicator=killed&period=days&from=2026-01-01", "to"),
        ("event=here", "event"),
        ("indicator=killed&title=" + "a" * 150, "title"),
        ("indicator=killed&title=%7B0%7D%7Bparameter%7D&event=%7Bx%7D", "event"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "uk"])
def test_what_makes_no_picture_is_refused_by_name(query, parameter, lang):
    response = ask(f"/api/chart.png?{query}&lang={lang}")
    assert response.status_code == 400
    assert told(response)["parameter"] == parameter and told(response)["error"]


def test_without_a_browser_the_readers_own_is_pointed_to(monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda: None)
    response = ask(f"/api/chart.png?{HEATING}")
    assert response.status_code == 501
    assert "Make a figure" in told(response)["error"]
    assert response.headers["cache-control"] == "no-store"


def test_a_browser_that_does_not_answer_is_tried_again_later(monkeypatch, tmp_path):
    silent = tmp_path / "chromium"
    silent.write_text("#!/bin/sh\nexit 1\n")
    silent.chmod(0o755)
    monkeypatch.setattr(chromium, "find", lambda: str(silent))
    monkeypatch.setattr(chromium, "_BROWSER", chromium.Browser())
    response = ask(f"/api/chart.png?{HEATING}")
    assert response.status_code == 503 and int(response.headers["retry-after"]) > 0


@needs_browser
def test_several_at_once_are_all_drawn():
    answers = {}

    def fetch(name: str) -> None:
        answers[name] = ask(f"/api/chart.svg?{HEATING}&title={name}").status_code

    threads = [threading.Thread(target=fetch, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == dict.fromkeys("abcd", 200)
