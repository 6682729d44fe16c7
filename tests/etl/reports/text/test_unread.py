"""Languages that are not read are told by name, and their numbers are nobody else's."""

import json
import tomllib
from pathlib import Path

import pytest

from etl.reports.model.document import Document
from etl.reports.model.limits import ALLOWED, MEGABYTES
from etl.reports.opening.only_links import only_links
from etl.reports.opening.refusals import REFUSALS, TOO_BIG, noted, nothing, refused
from etl.reports.reader import read, read_document
from etl.reports.text.cleaned import clean
from etl.reports.text.tokens import blocks
from etl.reports.text.unread import Teller
from impact.model.language import languages, words

HERE = Path(__file__).parents[1]
SAMPLES = tomllib.loads((HERE / "unread_samples.toml").read_text(encoding="utf-8"))
LABELLED = sorted((HERE.parents[1] / "reports").glob("*.jsonl"))
ENGLISH = "In Kharkiv 5 people were killed on 24 January 2026, said the governor."
UKRAINIAN = "У Харкові 24 січня 2026 року загинули 5 людей, повідомив голова області."


@pytest.mark.parametrize("code", SAMPLES)
def test_a_report_in_another_language_gives_nothing_but_its_languages_name(code):
    reading = read(SAMPLES[code], "2026-01-24")
    assert (reading.language, reading.unread) == (code, (code,))
    assert (reading.figures, reading.unplaced, reading.left_out) == ([], [], [])


@pytest.mark.parametrize("own", [ENGLISH, UKRAINIAN])
@pytest.mark.parametrize("code", SAMPLES)
@pytest.mark.parametrize("order", [1, -1])
def test_the_part_of_a_mixed_report_that_is_in_a_language_known_is_read(code, own, order):
    reading = read("\n\n".join([SAMPLES[code], own][::order]), "2026-01-24")
    (found,) = reading.figures
    assert (found.figure.value, found.figure.quote[:9]) == (5, found.figure.quote[:9])
    assert found.figure.language == ("en" if own is ENGLISH else "uk")
    assert reading.unread == (code,)


def test_a_table_in_another_language_is_told_too():
    text = "город\tпогибли\tранены\nХарьков\t5\t12\nбыло также более\t1\t2\n"
    reading = read_document(Document(name="a.csv", kind="csv", text=text))
    assert (reading.language, reading.unread, reading.figures) == ("ru", ("ru",), [])


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.name)
def test_no_line_of_a_report_in_english_or_ukrainian_is_passed_over(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        text = clean(json.loads(line).get("text", "")).text
        teller = Teller(text)
        assert [block for _, block in blocks(text) if teller.unread(block)] == []


def test_letters_set_apart_in_a_heading_are_no_words_of_another_language():
    told = read(
        "S I T U A T I O N   O F   O D E S A\n\n3 people were injured in Odesa.", "2026-01-20"
    )
    assert [each.figure.value for each in told.figures] == [3.0]
    assert not told.unread


def test_the_reader_of_the_page_is_told_which_language_it_is():
    assert nothing("ru", words("en")) == (
        "This report is in Russian; only English and Ukrainian are read. Figures can be added by "
        "hand."
    )
    assert "російська" in nothing("ru", words("uk"))
    assert noted("unread:ru", words("en")).startswith("Passages in Russian were not read")
    assert nothing("uk", words("en")) == REFUSALS["no_figures"]
    assert noted("of another version", words("en")) == ""


# Limits and links


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("limit", ALLOWED)
def test_a_file_that_is_too_big_is_told_by_how_much(limit, lang):
    assert limit in TOO_BIG
    assert words(lang).number(ALLOWED[limit]) in refused(f"too_big:{limit}", words(lang))
    assert refused("too_big", words("en")) == REFUSALS["too_big"]


def test_the_server_takes_as_much_as_is_said():
    config = HERE.parents[2] / ".streamlit" / "config.toml"
    server = tomllib.loads(config.read_text(encoding="utf-8"))["server"]
    assert server["maxUploadSize"] == MEGABYTES


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://suspilne.media/kyiv/123", ["https://suspilne.media/kyiv/123"]),
        (" <https://t.me/a/1>\n\n", ["https://t.me/a/1"]),
        ("- suspilne.media/kyiv/123,\n- www.unn.ua", ["suspilne.media/kyiv/123", "www.unn.ua"]),
        ("https://a.ua/1 5 killed", []),
        ("Kyiv. 5 killed", []),
        ("5/12", []),
        ("", []),
        ("–", []),
    ],
)
def test_a_text_that_is_only_addresses_is_known(text, links):
    assert only_links(text) == links
