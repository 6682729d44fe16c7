"""The example of a report that ships: the reader reads it, and one figure of it is doubted."""

import pytest

from etl.reports.reader import read
from etl.sources import example
from impact.model import number_words


@pytest.mark.parametrize("language", ["en", "uk"])
def test_each_language_gives_the_same_figures_with_their_sentences(language):
    path = example.FOLDER / f"situation_report_2026-01-24.{language}.txt"
    text = path.read_text(encoding="utf-8")
    figures = [each.figure for each in read(text, example.PUBLISHED).figures]
    said = {(each.indicator, each.place, each.value, each.status, each.date) for each in figures}
    english = example.parse(example.SOURCE.files[0].read_bytes()).figures
    assert said == {(e.indicator, e.place, e.value, e.status, e.date) for e in english}
    assert len(figures) == 9 and {each.date for each in figures} == {"2026-01-24"}
    for each in figures:
        assert text[each.start : each.end] == each.quote
        assert number_words.contains(each.quote, each.value)


def test_the_320000_is_doubted_from_the_first_start_and_leads_nothing(shipped):
    (row,) = shipped.query("FROM figures WHERE source = 'example' AND value = 320000").to_dict(
        "records"
    )
    assert row["doubted"] and row["quote"] == "320,000 buildings in Kyiv had lost heating"
    rules = shipped.query(
        "SELECT rule FROM doubts WHERE figure_id = $1 ORDER BY rule", [row["figure_id"]]
    )
    assert rules["rule"].tolist() == ["more_buildings_than_blocks", "ten_times_rivals"]
    leading = shipped.query("FROM figures WHERE source = 'example' AND rank_responsible = 0")
    assert leading.empty


def test_a_file_that_is_no_text_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="no text in UTF-8"):
        example.parse(b"\xff\xfe\x00")
