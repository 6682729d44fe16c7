"""What is not a figure says why, what waits for a person says what it lacks, and all is quoted."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from etl.reports.model.document import Document
from etl.reports.model.left_out import LACKS, REASONS
from etl.reports.reader import read, read_document
from etl.reports.text.lexicon import LANGUAGES

MATERIAL = Path(__file__).parents[3] / "reports"
DIGITS = re.compile(r"\d")
# What stands glued to a number and tells its size, not that it is no figure.
SIZES = {"count", "scale"}


def texts() -> list[tuple[str, str]]:
    """(text, day of publication) of every report and case."""
    lines = [line for path in MATERIAL.glob("*.jsonl") for line in path.open(encoding="utf-8")]
    return [(each["text"], each.get("published") or "") for each in map(json.loads, lines)]


@pytest.fixture(scope="module")
def readings():
    return [(text, read(text, published)) for text, published in texts()]


@pytest.mark.slow
def test_every_reason_and_every_lack_of_the_material_is_in_its_list(readings):
    assert len(readings) > 800
    reasons = {each.reason for _, reading in readings for each in reading.left_out}
    assert reasons and reasons <= REASONS.keys()
    lacks = {name for _, reading in readings for each in reading.unplaced for name in each.lacks}
    assert lacks and lacks <= LACKS.keys()


@pytest.mark.parametrize("path", sorted(LANGUAGES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_reason_that_a_language_can_give_is_in_the_list(path):
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    told = {value for kind in ("stops", "left_out", "suffixes") for value in tables[kind]}
    assert told - SIZES <= REASONS.keys()


def test_every_sentence_is_one():
    for sentence in (*REASONS.values(), *LACKS.values()):
        assert sentence[0].isupper() and sentence.endswith(".")
    assert len({*REASONS.values()}) == len(REASONS)


def test_nothing_is_lacking_twice(readings):
    for _, reading in readings:
        for each in reading.unplaced:
            assert each.lacks and len(set(each.lacks)) == len(each.lacks)


def test_a_vague_place_is_lacking_once():
    (found,) = read("Three people were killed in eastern Ukraine.", "2026-01-20").unplaced
    assert found.lacks == ("place",) and "Three" in found.quote


@pytest.mark.parametrize(
    "text",
    [
        "On 29 February 2026 two people were killed in Kyiv.",
        "February 29, 2026: two people were killed in Kyiv.",
        "31 квітня 2026 року в Києві загинуло двоє людей.",
        "29.02.2026 у Києві загинуло двоє людей.",
    ],
)
def test_a_day_that_no_calendar_has_is_not_read_as_another(text):
    reading = read(text, "2026-05-02")
    assert [each.lacks for each in reading.unplaced] == [("day",)] and not reading.figures


def test_a_range_that_runs_backwards_is_no_figure():
    reading = read("In Kyiv 7-5 people were injured.", "2026-01-20")
    assert [each.reason for each in reading.left_out] == ["backwards"] and not reading.figures


def test_every_quote_is_the_text_itself_and_holds_the_number(readings):
    for text, reading in readings:
        for figure, trail in ((each.figure, each.trail) for each in reading.figures):
            assert figure.quote == text[figure.start : figure.end]
            start, end = trail["value"]
            assert figure.start <= start < end <= figure.end
            if DIGITS.search(text[start:end]):
                assert DIGITS.search(figure.quote)
        for each in reading.unplaced:
            assert each.quote == text[each.start : each.end]


def test_a_quote_keeps_the_characters_that_were_cleaned_away():
    text = "У Києві за\u00adгинули п’я\u0301теро лю\u00adдей — мер."
    (found,) = read(text, "2026-01-20").figures
    assert found.figure.value == 5
    assert "п’я\u0301теро лю\u00adдей" in found.figure.quote
    assert text[found.figure.start : found.figure.end] == found.figure.quote


def test_a_document_is_quoted_from_its_own_text():
    text = "20 January 2026\nIn Kharkiv 12 people were injured."
    (found,) = read_document(Document(name="a.txt", kind="txt", text=text)).figures
    assert text[found.figure.start : found.figure.end] == found.figure.quote
