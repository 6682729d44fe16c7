"""Where in a document a figure stands, in the reader's language."""

import pytest

from impact.model import language
from impact.wording import positions


@pytest.mark.parametrize(
    ("kept", "english", "ukrainian"),
    [
        ("page 2", "page 2", "сторінка 2"),
        ("page 1, table 3, row 12", "page 1, table 3, row 12", "сторінка 1, таблиця 3, рядок 12"),
        ("table 1, column 4", "table 1, column 4", "таблиця 1, стовпець 4"),
        (
            "sheet Втрати, row 7, row 3",
            "sheet Втрати, row 7, row 3",
            "аркуш Втрати, row 7, рядок 3",
        ),
        ("sheet Heat", "sheet Heat", "аркуш Heat"),
        ("footnote 2", "footnote 2", "виноска 2"),
        ("row 5", "row 5", "рядок 5"),
        ("line 40 of the annex", "line 40 of the annex", "line 40 of the annex"),
        ("", "", ""),
    ],
)
def test_a_position_is_told_in_the_readers_language_and_any_other_as_it_is(
    kept, english, ukrainian
):
    words = {code: language.words(code) for code in language.languages()}
    told = [positions.told(kept, words[code]) for code in sorted(words)]
    assert told == [english, ukrainian]
