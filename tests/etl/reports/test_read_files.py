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
from etl.reports.reader import read_document
from etl.reports.tables import reasons
from impact.model.places import PLACES
from impact.queries.review_order import supported

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
