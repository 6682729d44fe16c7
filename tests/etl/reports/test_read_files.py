"""Small files of every kind that once failed, read from their bytes to their figures.

files/ holds them, a folder a kind. X.expected.csv is what X says: a line is a figure, or a row that
is refused, whose `indicator` is the name of the reason. All numbers and events are invented.
"""

import csv
from pathlib import Path

import pytest

from etl.reports.model.document import Document
from etl.reports.model.reading import Reading
from etl.reports.opening.files import open_file
from etl.reports.opening.refusals import Refusal
from etl.reports.reader import read_document
from etl.reports.tables import reasons
from impact.model.places import PLACES
from impact.queries.review_order import supported
from tests.etl.reports.making import docx, p, pdf, workbook

FILES = Path(__file__).with_name("files")
EXPECTED = sorted(FILES.glob("*/*.expected.csv"))


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_says_these_figures(path):
    name = path.name.removesuffix("expected.csv")
    [source] = [each for each in path.parent.glob(f"{name}*") if each != path]
    [document] = open_file(source.read_bytes(), source.name)
    assert isinstance(document, Document), document
    reading = read_document(document)
    with path.open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)
    assert sorted(lines(reading, header)) == sorted(expected)
    for each in reading.figures:
        figure = each.figure
        assert document.text[figure.start : figure.end] == figure.quote
        assert supported({"quote": figure.quote, "bound": figure.bound, "value": figure.value,
                          "value_high": figure.value_high})  # fmt: skip


def lines(reading: Reading, header: list[str]) -> list[list[str]]:
    """The figures, and the rows that were refused, as the expected files write them."""
    blank = [""] * (len(header) - 1)
    found = [[shown(each.figure, name) for name in header] for each in reading.figures]
    return found + [[named(each.reason), *blank] for each in reading.refused]


def shown(figure, name: str) -> str:
    value = getattr(figure, name)
    if name == "place":
        return PLACES[value].name_en
    return f"{value:.15g}" if isinstance(value, float) else value or ""


def named(text: str) -> str:
    """A reason's name in the module."""
    known = {value: name for name, value in vars(reasons).items() if isinstance(value, str)}
    return known[max((each for each in known if each and text.startswith(each)), key=len)]


# One table in four formats: a header of two rows, a city over two rows, a number over two cities.
_ROWS = [
    ["City", "Day", "People", ""],
    ["", "", "injured", "killed"],
    ["Kharkiv", "24.01.2026", "6", "1"],
    ["", "25.01.2026", "2", "0"],
    ["Izium", "25.01.2026", "3", "2"],
    ["Chuhuiv", "25.01.2026", "", "0"],
]
_MERGED = ["A1:A2", "B1:B2", "C1:D1", "A3:A4", "C5:C6"]
_SAID = [
    *[("injured", 6, "Kharkiv", "2026-01-24"), ("killed", 1, "Kharkiv", "2026-01-24")],
    *[("injured", 2, "Kharkiv", "2026-01-25"), ("killed", 0, "Kharkiv", "2026-01-25")],
    *[("killed", 2, "Izium", "2026-01-25"), ("killed", 0, "Chuhuiv", "2026-01-25")],
]


def _workbook() -> bytes:
    return workbook(_ROWS, _MERGED)


def _word() -> bytes:
    marks = {
        **dict.fromkeys([(0, 0), (0, 1), (2, 0), (4, 2)], "<w:vMerge w:val='restart'/>"),
        **dict.fromkeys([(1, 0), (1, 1), (3, 0), (5, 2)], "<w:vMerge/>"),
        (0, 2): "<w:gridSpan w:val='2'/>",
    }
    rows = ""
    for y, row in enumerate(_ROWS):
        cells = [
            f"<w:tc><w:tcPr>{marks.get((y, x), '')}</w:tcPr>{p(text)}</w:tc>"
            for x, text in enumerate(row)
            if (y, x) != (0, 3)
        ]
        rows += f"<w:tr>{''.join(cells)}</w:tr>"
    return docx(f"<w:tbl>{rows}</w:tbl>")


def _page() -> bytes:
    spans = {(0, 0): "rowspan=2", (0, 1): "rowspan=2", (0, 2): "colspan=2"}
    spans |= {(2, 0): "rowspan=2", (4, 2): "rowspan=2"}
    covered = [(1, 0), (1, 1), (0, 3), (3, 0), (5, 2)]
    rows = [
        "".join(f"<td {spans.get((y, x), '')}>{text}</td>"
                for x, text in enumerate(row) if (y, x) not in covered)
        for y, row in enumerate(_ROWS)
    ]  # fmt: skip
    return f"<html><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></html>".encode()


def _print() -> bytes:
    """A PDF: lines are drawn where two cells are not one."""
    at = [
        (80 + 100 * x, 700 - 20 * y, text)
        for y, row in enumerate(_ROWS)
        for x, text in enumerate(row)
        if text
    ]
    # Each line as its two ends, in columns and rows.
    down = [(x, 0, x, 6) for x in (0, 1, 2, 4)] + [(3, 1, 3, 6)]
    across = [(0, y, 4, y) for y in (0, 2, 4, 6)]
    across += [(1, 3, 4, 3), (2, 1, 4, 1), (0, 5, 2, 5), (3, 5, 4, 5)]
    edges = [
        f"{72 + 100 * left} {715 - 20 * top} m {72 + 100 * right} {715 - 20 * bottom} l S"
        for left, top, right, bottom in [*down, *across]
    ]
    return pdf([(72, 760, "Losses"), *at], strokes=" ".join(edges))


@pytest.mark.parametrize(
    ("made", "name"),
    [(_workbook, "a.xlsx"), (_word, "a.docx"), (_page, "a.html"), (_print, "a.pdf")],
)
def test_merged_cells_count_wherever_they_stand_and_a_merged_number_nowhere(made, name):
    [document] = open_file(made(), name)
    reading = read_document(document)
    said = [(f.figure.indicator, f.figure.value, PLACES[f.figure.place].name_en, f.figure.date)
            for f in reading.figures]  # fmt: skip
    assert sorted(said) == sorted(_SAID)
    assert [each.quote for each in reading.unplaced] == ["3", "3"]


def test_a_day_that_a_headline_breaks_dates_the_report_and_not_the_day_of_the_file():
    broken = "<w:p><w:r><w:t>Strikes of 27 January</w:t><w:br/><w:t>2026</w:t></w:r></w:p>"
    said = "In Rivne 310 buildings are without heating."
    [document] = open_file(docx(broken + p(said)), "a.docx")
    assert read_document(document).published == "2026-01-27"
    lines = [(72, 700, "Strikes of 27 January"), (72, 686, "2026"), (72, 650, said)]
    [document] = open_file(pdf(lines), "a.pdf")
    assert read_document(document).published == "2026-01-27"


_LOST = "Область;Дата;Загинуло;Поранено\nІвано-Франківська;24.01.2026;1;7\n"


@pytest.mark.parametrize(
    "text",
    [
        "???????;????;????????\n??????????;24.01.2026;39800\n",
        _LOST.encode()
        .decode("cp1251", "replace")
        .replace("°", "")
        .replace("Ѕ", "")
        .replace("С", ""),
    ],
    ids=["question marks", "half of the letters"],
)
def test_letters_that_are_lost_are_refused_with_advice(text):
    [refusal] = open_file(text.encode(), "a.csv")
    assert isinstance(refusal, Refusal) and refusal.code == "garbled"


def test_a_workbook_with_garbled_letters_keeps_its_cells():
    meant = [["Місто", "Дата", "Поранено"], ["Ізюм", "24.01.2026", 7], ["Sumy", "24.01.2026", 2]]
    garbled = [[str(cell).encode().decode("cp1251") for cell in row] for row in meant]
    [document] = open_file(workbook(garbled), "a.xlsx")
    assert isinstance(document, Document) and "letters_repaired" in document.notes
    said = [
        (f.figure.quote, PLACES[f.figure.place].name_en) for f in read_document(document).figures
    ]
    assert said == [("Ізюм\t24.01.2026\t7", "Izium"), ("Sumy\t24.01.2026\t2", "Sumy")]


@pytest.mark.parametrize(
    "text",
    [
        "ХАРКІВСЬКА ОБЛАСТЬ: 3 ЗАГИБЛИХ, 7 МВТ. НА ПІВДНІ Й У ЦЕНТРІ – БЕЗ СВІТЛА",
        "Zażółć gęślą jaźń, Łódź, Kraków, Gdańsk. Przerwy w dostawach prądu.",
        "Größere Schäden an Straßen in München, Köln, Düsseldorf, Görlitz, Nürnberg.",
        "Été à Orléans: élèves blessés, hôpitaux saturés, réseaux coupés, écoles fermées.",
        "Българите пострадаха; електрозахранването е прекъснато.",
        "Сім’я з Рівного: «Рік тому Сі-Бі-Сі...»",
        "Ełk, Ołtarzew – ÅÄÖ åäö ÅÄÖ åäö",
        "Really??? What??? No power??? Yes.",
        "Killed² 3, injured³ 9, without heat² 40, power³ 7, water² 5, gas³ 1, tents² 2, beds³ 8",
    ],
)
def test_letters_that_are_right_stay_as_they_are(text):
    [document] = open_file(text.encode(), "a.txt")
    assert isinstance(document, Document) and (document.text, document.notes) == (text, ())


UNSEEN = sorted((Path(__file__).parent / "files" / "unseen").iterdir())


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_a_sign_that_nobody_sees_cuts_no_number(path):
    [document] = open_file(path.read_bytes(), path.name)
    assert [each.figure.value for each in read_document(document).figures] == [3701.0]
