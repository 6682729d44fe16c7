"""The page Check: what is pasted or dropped is seen as then, as now, and with what changed."""

import struct
import zlib
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from impact.model import dates
from impact.store import as_of
from impact.store.reader import Reader
from impact.views import View, citation, draw
from pictures import chromium, drawings
from tests.made import figure
from tests.pages import driving, reading

PAGE = "pages/trust/check.py"
KYIV = "indicator=heating_loss&places=UA80&period=2026-01"


@pytest.fixture
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def seen(**address) -> reading.Seen:
    return reading.Seen.of(reading.open_page(PAGE, **address))


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_empty_it_says_what_to_do(shipped_pages, lang):
    found = seen(lang=lang)
    assert found.errors == [] and len(found.notices) == 1


def test_a_picture_stands_as_it_was_and_as_it_is_with_what_changed(shipped_pages):
    opened = reading.open_page(PAGE, check=f"{KYIV}&asof=2026-01-25T08:00")
    assert not opened.exception
    titles = [each.value for each in opened.subheader]
    assert titles[:2] == ["As known at 25 January 2026, 08:00 Kyiv time", "As known now"]
    (table,) = (each.value for each in opened.dataframe)
    # Launches stand behind the picture, and are told of the whole country.
    assert "Kyiv" in set(table["Place"]) <= {"Kyiv", "Ukraine"}


def test_a_picture_of_today_has_not_changed(shipped_pages):
    now = as_of.write(dates.now() - timedelta(seconds=1))
    opened = reading.open_page(PAGE, check=f"{KYIV}&asof={now}")
    assert not opened.exception and not opened.dataframe
    assert any("Nothing that this picture shows" in each.value for each in opened.markdown)


def test_an_address_without_a_moment_asks_for_a_day(shipped_pages):
    opened = reading.open_page(PAGE, check="/heating?place=Kyiv&period=2026-01", since="2026-01-20")
    assert not opened.exception and str(opened.date_input[0].value) == "2026-01-20"
    assert opened.dataframe


def test_a_doubted_number_is_told_beside_what_leads(shipped_pages, shipped):
    (wrong,) = shipped.query(
        "SELECT figure_id FROM figures WHERE indicator = 'heating_loss' AND value = 320000"
    )["figure_id"].unique()[:1]
    opened = reading.open_page(PAGE, check=f"see {wrong}")
    told = " ".join(each.value for each in opened.markdown).replace("\\", "")
    assert "320,000 buildings" in told and "in doubt" in told and "about 6,000 buildings" in told
    assert "more than the 12,000 apartment blocks of Kyiv" in told


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize("text", ["hello", "F-AAAAAAAAAAAA", "?indicator=cats", "?a=b", "=" * 3000])
def test_what_names_nothing_gets_one_sentence(shipped_pages, text, lang):
    opened = reading.open_page(PAGE, lang=lang, check=text)
    assert not opened.exception and not opened.dataframe
    assert len(opened.error) + len(opened.info) == 1


# A PNG


def chunk(kind: bytes, content: bytes) -> bytes:
    summed = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", summed)


START = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
END = chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


def note(text: bytes) -> bytes:
    return chunk(b"tEXt", b"Impact-View\0" + text)


needs_chromium = pytest.mark.skipif(not chromium.find(), reason="no Chromium on this machine")


@needs_chromium
def test_a_saved_png_says_which_view_it_shows_in_a_sound_chunk(publish):
    reader: Reader = publish(figure(value=6_000, published="2026-01-24"))
    picture = draw(View(indicator="heating_loss", places=("UA80",), title="Тепло"), reader)
    shown = citation.identity(picture, reader)
    png = drawings.file(picture, "png", shown=shown)
    assert png == drawings.file(picture, "png", shown=shown)
    assert png[33:].startswith(note(shown.encode()))
    assert note(shown.encode()) not in drawings.file(picture, "png")


def drop(page, content: bytes) -> None:
    file = {"name": "picture.png", "mimeType": "image/png", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


@pytest.fixture
def check(page, url):
    driving.visit(page, f"{url}/check")
    return page


@pytest.mark.browser
def test_a_png_that_was_saved_here_is_checked_and_stays_on_the_device(check):
    sent = []
    check.on("request", lambda request: sent.append((request.method, request.url)))
    drop(check, START + note(f"{KYIV}&asof=2026-01-25T08:00".encode()) + END)
    driving.settle(check)
    expect(check.get_by_role("heading", name="As known now")).to_be_visible()
    assert "check=indicator" in check.url
    assert [each for each in sent if each[0] != "GET"] == []


HOSTILE = {
    "without a note": START + END,
    "cut short": START + note(b"indicator=killed")[:20],
    "a length beyond the end": START + struct.pack(">I", 2**32 - 1) + b"tEXtImpact-View\0a=b",
    "a note of control characters": START + note(b"indicator=killed\x00\x1b[31m") + END,
    "a note too long": START + note(b"a=" + b"b" * 5000) + END,
    "a note behind megabytes": START + chunk(b"zTXt", b"\0" * 3_000_000) + note(b"a=b") + END,
    "many empty chunks": START + chunk(b"tEXt", b"") * 100_000 + END,
}


@pytest.mark.browser
def test_a_png_that_is_not_ours_or_hostile_gets_one_sentence(check):
    for content in HOSTILE.values():
        drop(check, content)
        status = check.get_by_role("status").filter(has_text="This PNG does not say")
        expect(status).to_be_visible()
        drop(check, b"GIF89a")
        expect(check.get_by_role("status").filter(has_text="This is no PNG")).to_be_visible()
    assert "check=" not in check.url


@pytest.mark.browser
def test_a_note_that_lies_is_refused_like_any_text(check):
    drop(check, START + note(b"indicator=killed&title=%3Cscript%3Ealert(1)%3C/script%3E&a=b") + END)
    driving.settle(check)
    assert check.locator("script", has_text="alert(1)").count() == 0
    drop(check, START + note(b"indicator=cats") + END)
    driving.settle(check)
    expect(check.get_by_role("alert").filter(has_text="cats")).to_be_visible()
