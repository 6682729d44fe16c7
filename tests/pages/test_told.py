"""Review says which words outside of its passage gave a figure's fields, and which none gave."""

import pytest

from impact.model import language
from pages.parts.review.card import told

TEXT = "Oblast\tCut off, thousand customers\nPoltava\t120.5\nSumy\t9.0"
HEADING, ROW = TEXT.index("Cut off"), TEXT.index("Poltava")
ROW_END = TEXT.index("\nSumy")


def sentences(trail: dict, lang: str = "en", figure_id: str = "F-1") -> list[str]:
    row = {"figure_id": figure_id, "start": ROW, "end": ROW_END}
    reading = {"text": TEXT, "trails": {"F-1": trail}}
    return told.sentences(row, reading, language.words(lang))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Indicator, Unit, told elsewhere: “Cut off, thousand customers”"),
        ("uk", "сказано в іншому місці: «Cut off, thousand customers»"),
    ],
)
def test_a_cell_shows_the_heading_of_its_column(lang, said):
    heading = (HEADING, HEADING + len("Cut off, thousand customers"))
    beside = (ROW, ROW + len("Poltava"))
    trail = {"indicator": heading, "unit": heading, "place": beside, "date": beside}
    (line,) = sentences(trail, lang)
    assert said in line


def test_a_field_that_no_words_gave_is_shown_as_guessed():
    beside = (ROW, ROW_END)
    lines = sentences({"indicator": beside, "unit": beside, "date": beside})
    assert len(lines) == 1 and lines[0].startswith("Guessed: the place.")
    lines = sentences({"indicator": beside, "place": beside})
    assert [line.partition(".")[0] for line in lines] == [
        "Guessed: the day",
        "Guessed: what is counted in",
    ]


def test_a_figure_that_a_person_added_says_nothing_of_this():
    assert sentences({}, figure_id="F-2") == []
