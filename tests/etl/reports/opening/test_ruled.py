"""Tables that people draw in running text are found, and sentences are not."""

import pytest

from etl.reports.opening.ruled import tables_in
from etl.reports.reader import read


def cells(text: str) -> list[list[list[str]]]:
    """The cells of every table of a text."""
    return [
        [[text[start:end] for start, end in row] for row in table.rows] for table in tables_in(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Oblast | killed\nSumy | 2\nKharkiv | 5",
        "| Oblast | killed |\n|---|---|\n| Sumy | 2 |\n| Kharkiv | 5 |",
        "Oblast\tkilled\nSumy\t2\nKharkiv\t5",
        "Oblast      killed\nSumy        2\nKharkiv     5",
        "Oblast ..... killed\nSumy ....... 2\nKharkiv .... 5",
        "Oblast; killed\nSumy; 2\nKharkiv; 5",
    ],
)
def test_lines_of_cells_are_a_table_however_they_are_parted(text):
    assert cells(f"Toll\n\n{text}\n\nEnd.") == [
        [["Oblast", "killed"], ["Sumy", "2"], ["Kharkiv", "5"]]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Two people died in Sumy; five were wounded.\nIn Odesa one died; two live.\nIn Kyiv; no.",
        "Home | News | Weather\nSport | Video | About",
        "Kyiv...\nSumy... 2 houses burn, and the fire is still being fought\nOdesa...",
    ],
)
def test_sentences_and_menus_are_no_tables(text):
    assert cells(text) == []


def test_a_table_in_a_text_is_read_and_its_text_too():
    text = (
        "Over the day, 9 February 2026\n\nOblast | killed | injured\nSumy Oblast | 2 | 7\n"
        "Kharkiv Oblast | 1 | 4\n\nIn Kherson three people were rescued."
    )
    told = {(f.indicator, f.value, f.place) for f in (r.figure for r in read(text).figures)}
    assert told == {
        ("killed", 2, "UA59"),
        ("injured", 7, "UA59"),
        ("killed", 1, "UA63"),
        ("injured", 4, "UA63"),
        ("rescued", 3, "UA6510015001"),
    }
