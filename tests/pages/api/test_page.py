"""The page about the addresses: all of them, all parameters, and commands that do what they say."""

import json
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from pages.api import addresses
from pictures import chromium
from tests import combining
from tests.pages import driving, reading

API = "pages/trust/api.py"


@pytest.fixture
def opened(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    return lambda **query: reading.open_page(API, **query)


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_it_names_every_address_and_every_parameter(opened, lang):
    page = opened(lang=lang)
    assert not page.exception
    titles = [each.value.replace("\\_", "_") for each in page.subheader]
    told = "\n".join(each.value for each in page.markdown)
    for address in addresses():
        assert address.path in titles
        for parameter in address.parameters:
            assert f"- `{parameter.name}`: " in told
            assert all(f"`{option}`" in told for option in parameter.form.options)


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl on this machine")
def test_its_commands_do_what_they_say(opened, url, tmp_path):
    commands = [each.value for each in opened().get("code")]
    assert len(commands) == sum(len(each.examples) for each in addresses())
    for command in commands:
        if ("/api/chart." in command or "/embed" in command) and not chromium.find():
            continue
        base = next(piece for piece in command.replace("'", " ").split() if "://" in piece)
        parts = urlsplit(base)
        asked = command.replace(f"{parts.scheme}://{parts.netloc}", url)
        ran = subprocess.run(
            f"{asked} --fail --noproxy '*'", shell=True, cwd=tmp_path, capture_output=True
        )
        assert ran.returncode == 0, command
        saved = [tmp_path / each.path.rpartition("/")[2] for each in addresses() if each.saved]
        content = ran.stdout or next(path.read_bytes() for path in saved if path.exists())
        for path in saved:
            path.unlink(missing_ok=True)
        kind = parts.path.rpartition(".")[2]
        begins = {
            "csv": b"\xef\xbb\xbffigure_id,", "json": b"{", "parquet": b"PAR1",
            "png": b"\x89PNG", "svg": b"<svg", "xml": b"<?xml", "/embed": b"<!doctype html>",
            "zip": b"PK",
        }  # fmt: skip
        if kind == "duckdb":
            assert content[8:12] == b"DUCK", command
        else:
            assert content.startswith(begins.get(kind, b"{")), command
        if kind == "json":
            told = json.loads(content)
            assert told.get("returned", 0) > 0 or told["openapi"]


_OPEN_ALL = """() => document.querySelectorAll('[data-testid="stExpander"] summary')
  .forEach(each => each.click())"""


@pytest.mark.parametrize("lang", ["en", "uk"] if combining.ALL else ["uk"])
def test_it_fits_a_phone_with_everything_open(open_page, url, lang):
    page = open_page(width=390)
    driving.visit(page, f"{url}/api?lang={lang}")
    page.evaluate(_OPEN_ALL)
    expect(page.get_by_text("X-Total-Count")).to_be_visible()
    assert driving.overflow(page) <= 0
