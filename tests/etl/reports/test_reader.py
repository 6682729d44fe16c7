"""Reports are read: cases row by row, the labelled reports as a whole, and laws for any text."""

import csv
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.commands.read import as_label
from etl.reports.reader import read
from etl.reports.text.lexicon import LANGUAGES
from tests import accuracy, combining, score
from tests.accuracy import REPORTS, Group
from tests.score import FIELDS, Score

CASES = [case for name in ("cases_en.jsonl", "cases_uk.jsonl") for case in accuracy.reports([name])]
with (REPORTS / "unread.csv").open(encoding="utf-8", newline="") as file:
    UNREAD = {row["case"]: row["reason"] for row in csv.DictReader(file)}


def faults(case: dict) -> list[str]:
    """What a reading of a case has too little, too much or wrong."""
    labels = [score.DEFAULTS | label for label in case["figures"]]
    dated = [score.DEFAULTS | label for label in case["figures"] if "period" in label]
    reading = read(case["text"], case.get("published") or "")
    found = score.faults(labels, [as_label(each.figure) for each in reading.figures])
    told = [
        f"{name} of {label['value']}: {answer[name]!r}"
        for label, answer in found.scored
        for name in (*FIELDS, "bound", *(["period"] * (label in dated)))
        if not score.agrees(label, answer, name)
    ]
    told += [f"missed {label['indicator']} {label['value']}" for label in found.missed]
    return told + [f"spurious {each['indicator']} {each['value']}" for each in found.spurious]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_case_is_read_as_labelled(case):
    told = faults(case)
    if case["case"] in UNREAD:
        assert told, "this case is read now: take it out of unread.csv"
    else:
        assert told == [], case["text"]


def test_the_cases_not_read_yet_are_few_and_each_has_a_reason():
    known = {case["case"] for case in CASES}
    assert UNREAD.keys() <= known and all(UNREAD.values())
    assert len(UNREAD) <= 0.1 * len(known)


@pytest.fixture(scope="module")
def scores() -> dict[Group, list[Score]]:
    """Group -> the Score of each of its reports."""
    return dict(accuracy.measure(accuracy.SETS | accuracy.FORMER))


@pytest.mark.parametrize(
    ("group", "found", "whole"),
    [
        (Group("never looked at"), 0.85, 0.69),
        (Group("looked at"), 0.96, 0.92),
        (Group("looked at longest"), 0.97, 0.96),
        (Group("restated from sourced figures", "en"), 0.94, 0.88),
        (Group("restated from sourced figures", "uk"), 0.95, 0.89),
        (Group("written for the test", "en"), 0.92, 0.85),
        (Group("written for the test", "uk"), 0.93, 0.87),
    ],
)
def test_reports_are_read_no_worse_than_before(scores, group, found, whole):
    total = sum(scores[group], Score())
    assert total.f1(total.found) >= found and total.f1(total.whole) >= whole
    # A wrong figure costs a reviewer more than a missing one.
    assert total.precision(total.found) >= 0.89


def test_the_published_table_is_what_is_measured(scores):
    with accuracy.TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    measured = [group for group in scores if group.set in accuracy.SETS]
    assert [tuple(row[name] for name in Group._fields) for row in table] == measured
    for group, row in zip(measured, table, strict=True):
        if group.indicator == accuracy.ALL:
            assert row == accuracy.row(group, scores[group])


@pytest.mark.parametrize("published", ["", "2026-01-24"])
def test_a_text_without_figures_gives_none(published):
    for text in ("", "\n\n", "Nothing happened.", "Слава Україні!", "320,000", "12 січня"):
        assert read(text, published).figures == []


# --- laws ---

REPORT = REPORTS / "reports.jsonl"
TEXTS = [json.loads(line)["text"] for line in REPORT.read_text(encoding="utf-8").splitlines()]
WORDS = sorted(
    {
        word.strip('"=*')
        for path in LANGUAGES.glob("*.toml")
        for word in re.findall(r'"[^"\n]+"', path.read_text(encoding="utf-8"))
    }
)
NUMBERS = ["3", "19", "1,200", "12 480", "5,635", "40.5", "51,8", "320,000", "2026", "-14", "24/7"]
MARKS = [",", ".", ";", ":", " - ", "(", ")", "\n", "\n• ", "’", "%", "°C", "«", "»", "…"]
PLACES = ["Kyiv", "Харкові", "Odesa region", "Сумська область", "Crimea", "Бєлгород", "the capital"]
SENTENCES = st.lists(
    st.one_of(*map(st.sampled_from, (WORDS, NUMBERS, MARKS, PLACES))), max_size=40
).map(" ".join)
SPLICED = st.tuples(st.sampled_from(TEXTS), st.integers(0, 600), st.text(max_size=8)).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]
)
CELLS = st.sampled_from(
    ["", "1.", "Killed", "поранені", "без світла", "Total", "24.01.2026", "-"]
) | (st.sampled_from([*PLACES, *NUMBERS]))
# Lines of cells, with a sign or blanks between them and perhaps at their ends.
TABLED = st.builds(
    lambda title, rows, between, end: "\n".join(
        [title, *(between.join(row).ljust(end if between.isspace() else 0) for row in rows)]
    ),
    SENTENCES,
    st.lists(st.lists(CELLS.map(lambda cell: cell.ljust(14)) | CELLS, max_size=5), max_size=6),
    st.sampled_from(["  ", "   ", "\t", " | ", "; ", ";", ", ", ",", " / ", " - ", ": ", "\n"]),
    st.sampled_from([0, 60]),
)
PUBLISHED = st.sampled_from(["", "2026-01-24", "2024-02-29", "not a day"])


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=300), SENTENCES, SPLICED, TABLED), PUBLISHED)
@example("У Києві\u00ad загинуло\u0301 3 люди\u0306", "2026-01-24")
@example("\ud800 3 killed in Kyiv", "2026-01-24")
@example(
    "\n              Killed    Injured  \nKyiv          2         5\nOdesa         1         4", ""
)
def test_no_text_makes_the_reader_raise_and_every_quote_is_where_it_says(text, published):
    reading = read(text, published)
    for each in reading.figures:
        figure = each.figure
        assert text[figure.start : figure.end] == figure.quote
        assert stated(figure.value, figure.quote), (figure.value, figure.quote)
        assert all(0 <= start < end <= len(text) for start, end in each.trail.values())
    for each in reading.unplaced:
        assert text[each.start : each.end] == each.quote and each.lacks
    for each in reading.left_out:
        assert 0 <= each.start < each.end <= len(text) and each.reason


def test_turns_of_phrase_of_real_pages_are_read_right():
    wrong = {}
    for report in accuracy.reports(["turns.jsonl"]):
        figures = read(report["text"], report["published"]).figures
        labels = [score.DEFAULTS | label for label in report["figures"]]
        faults = score.faults(labels, [as_label(each.figure) for each in figures])
        if len(faults):
            wrong[report["n"]] = faults
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_value_stands_in_its_quote(path: Path):
    for line in path.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        for each in read(report["text"], report.get("published") or "").figures:
            figure = each.figure
            assert report["text"][figure.start : figure.end] == figure.quote
            assert stated(figure.value, figure.quote), (figure.value, figure.quote)


def stated(value: float, quote: str) -> bool:
    """Whether a value stands in a quote: in digits, or in words, which say no digits at all.

    Looser than the reader on purpose, and none of its code: it asks for the leading digits only.
    """
    digits = f"{abs(value):.15g}".rstrip("0").rstrip(".") or "0"
    wanted = digits.replace(".", "")
    shown = re.sub(r"\D", "", quote)
    if wanted in shown or wanted.lstrip("0") in shown:
        return True
    return bool(re.search(r"[^\W\d_]", quote))


def test_the_check_of_values_refuses_a_number_that_is_not_there():
    assert stated(6000, "about 6 thousand") and stated(51_800, "51,8 тис.") and stated(3, "троє")
    assert not stated(320_000, "6 000")


# What takes the square of its length in one of its lines: 200,000 × "9 " once took 50 seconds.
@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern", combining.first(["9 ", "9 a ", "12.01 ", "9, ", "9/", "9 - ", "9: "], 3)
)
def test_a_line_of_numbers_takes_time_in_proportion_to_its_length(pattern):
    def seconds(times: int) -> float:
        began = time.process_time()
        read(pattern * times, "2026-01-24")
        return time.process_time() - began

    read(pattern, "2026-01-24")
    short, long = seconds(4_000), seconds(16_000)
    assert long < 8 * short + 0.5  # 4 in proportion, 16 for the square


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(TEXTS))
def test_the_same_text_is_read_the_same_twice(text):
    assert read(text, "2026-01-24") == read(text, "2026-01-24")
