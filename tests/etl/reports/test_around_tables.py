"""A table without a place takes it from the text around it, or its numbers wait for a person."""

import pytest

from etl.reports.model.document import Document, Table
from etl.reports.reader import read, read_document

PUBLISHED = "2026-01-24"
LOG = "Date;Killed;Injured\n20 January 2026;1;5\n21 January 2026;0;2\n22 January 2026;3;8"
NUMBERS = 6
SUMY, KHERSON, ODESA = "UA59", "UA65", "UA5110027001"


def places(text: str) -> set[tuple[str, bool]]:
    """(P-code, whether it was carried) of every figure of a text with the log in it."""
    figures = read(text, PUBLISHED).figures
    assert len(figures) in (0, NUMBERS)
    return {(each.figure.place, each.carried) for each in figures}


@pytest.mark.parametrize(
    ("text", "place", "carried"),
    [
        # the line right above it leads on to it, whatever else the report names
        (f"Crews from Odesa came.\nLosses in Kherson region:\n{LOG}", KHERSON, False),
        # the report is about one place
        (f"Log of the week\nShelling in Sumy Oblast went on.\n\n{LOG}", SUMY, False),
        # nothing stands above it, and an administration signs
        (f"Log of the week\n\n{LOG}\n\nSumy Regional Military Administration", SUMY, True),
        # the line right below it says where
        (f"Log of the week\n\n{LOG}\nAll in Odesa", ODESA, True),
    ],
)
def test_a_table_takes_the_place_of_the_text_around_it(text, place, carried):
    assert places(text) == {(place, carried)}


@pytest.mark.parametrize(
    "text",
    [
        f"Log of the week\n\n{LOG}",
        f"Trains from Lviv are late. In Kharkiv a market burned.\n\n{LOG}",
        f"Log of the week\nIn Belgorod a warehouse burned.\n\n{LOG}",
        f"Log of the week\n\n{LOG}\n\nRead also: Odesa has its trams back.",
    ],
)
def test_numbers_of_a_table_that_nothing_places_reach_the_reviewer(text):
    reading = read(text, PUBLISHED)
    assert reading.figures == []
    assert [each.lacks for each in reading.unplaced] == [("place",)] * NUMBERS


def test_what_places_a_table_is_told_with_its_figures():
    text = f"Log of the week\n\n{LOG}\n\nSumy Regional Military Administration"
    told = {text[slice(*each.trail["place"])] for each in read(text, PUBLISHED).figures}
    assert told == {"Sumy Regional Military Administration"}


def document(text: str) -> Document:
    """A file whose table the format has found, with the log's cells."""
    rows, at = [], text.index(LOG)
    for line in LOG.split("\n"):
        cells = []
        for cell in line.split(";"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        rows.append(tuple(cells))
    return Document(name="a.docx", kind="docx", text=text, tables=(Table(tuple(rows), "table 1"),))


def test_the_table_of_a_file_takes_its_place_in_the_same_way():
    text = f"Log of the week\nShelling in Sumy Oblast went on.\n\n{LOG}\n"
    figures = read_document(document(text), PUBLISHED).figures
    assert {each.figure.place for each in figures} == {SUMY} and len(figures) == NUMBERS


def test_the_table_of_a_file_that_nothing_places_is_told_once():
    reading = read_document(document(f"Log of the week\n\n{LOG}\n"), PUBLISHED)
    assert (len(reading.figures), len(reading.unplaced), reading.rows) == (0, NUMBERS, 3)


def test_the_military_administration_of_kyiv_stays_with_the_city():
    text = f"Kyiv City Military Administration\n\n{LOG}"
    assert places(text) == {("UA80", False)}
