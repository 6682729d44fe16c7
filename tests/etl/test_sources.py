"""Laws that every source under etl/sources keeps. The folder is the list: a new file is tested."""

import socket
from pathlib import Path

import pytest

from etl import source

RECORDED = Path(__file__).parent / "recorded"

pytestmark = pytest.mark.parametrize("name", source.names())


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Whatever asks for a connection fails the test."""

    def refuse(*_, **__):
        raise AssertionError("parse fetches nothing")

    monkeypatch.setattr(socket, "socket", refuse)


def payloads(name: str) -> list[list[bytes]]:
    """The shipped files together, and each recorded file alone."""
    shipped = [path.read_bytes() for path in source.get(name).SOURCE.files]
    recorded = [[path.read_bytes()] for path in sorted((RECORDED / name).glob("*"))]
    return ([shipped] if shipped else []) + recorded


def test_every_source_says_what_it_is_in_its_docstring(name):
    assert source.get(name).__doc__.strip()


def test_provenance_is_complete(name):
    provenance = source.get(name).SOURCE
    assert provenance.title and provenance.publisher and provenance.licence
    own = provenance.licence.startswith("Apache-2.0")  # our own words have no other page
    assert own or provenance.url.startswith("https://") or "each row" in provenance.publisher


def test_shipped_files_exist_beside_a_readme_with_their_licence(name):
    for path in source.get(name).SOURCE.files:
        assert path.is_file()
        assert "licence" in (path.parent / "README.md").read_text(encoding="utf-8").lower()


def test_there_is_something_to_parse(name):
    assert payloads(name)


def test_every_row_becomes_figures_or_is_refused(name):
    for payload in payloads(name):
        parsed = source.get(name).parse(*payload)
        # A position is a row's id or line; a column may follow where a row gives several figures.
        kept = {figure.position.split(",")[0] for figure in parsed.figures}
        refused = {refusal.position for refusal in parsed.refused}
        assert "" not in kept | refused
        assert not kept & refused
        assert parsed.rows == len(kept) + len(parsed.refused)


def test_a_refusal_says_why_and_keeps_the_row(name):
    for payload in payloads(name):
        for refusal in source.get(name).parse(*payload).refused:
            assert refusal.reason and refusal.content


def test_every_figure_names_its_source_and_has_a_key_of_its_own(name):
    for payload in payloads(name):
        figures = source.get(name).parse(*payload).figures
        keys = {figure.source_key for figure in figures}
        assert "" not in keys and len(keys) == len(figures)
        assert {figure.source for figure in figures} <= {name}


def test_parsing_twice_gives_the_same_ids(name):
    for payload in payloads(name):
        first, second = (source.get(name).parse(*payload) for _ in range(2))
        assert [each.figure_id for each in first.figures] == [
            each.figure_id for each in second.figures
        ]
        assert first.refused == second.refused


def test_a_byte_order_mark_changes_nothing(name):
    for payload in payloads(name):
        if payload[0].startswith(b"PK"):
            continue  # a workbook is no text
        plain = source.get(name).parse(*payload)
        marked = source.get(name).parse(*(b"\xef\xbb\xbf" + each for each in payload))
        assert plain == marked
