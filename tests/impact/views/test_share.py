"""How much of a picture its plot has: words that are many become smaller or stand beside it."""

import re

import pytest

from impact.charts import PAGES, letters
from impact.views import View, draw
from tests import combining
from tests.impact.views.test_drawn import LONG, SIZED, VIEWS, picture

pytestmark = pytest.mark.slow

# The share of the height that a plot has with the picture's own words; and with the longest.
USUAL, LEAST = {"en": 0.5, "uk": 0.44}, 0.34
LOW = [(kind, size) for kind, size in SIZED if size in ("article", "link")]


def share(drawn) -> float:
    """The share of a picture's height that its plot has."""
    margin = drawn.chart.layout.margin
    return (drawn.height - margin.t - margin.b) / drawn.height


@pytest.mark.parametrize(("kind", "size"), combining.thinned(SIZED, 6))
def test_a_plot_has_half_of_its_pictures_height(shipped, kind, size):
    """Of months on the low sheet for links it was a fifth."""
    for lang, least in USUAL.items():
        assert share(picture(shipped, kind, size, lang)) >= least
    assert share(picture(shipped, kind, size, "uk", words=LONG)) >= LEAST


@pytest.mark.parametrize(("kind", "size"), combining.thinned(LOW, 6))
def test_no_word_of_a_title_is_lost_where_there_is_little_room(shipped, kind, size):
    drawn = picture(shipped, kind, size, "uk", words=LONG)
    told = " ".join(note.text for note in drawn.chart.layout.annotations)
    told = re.sub("<[^>]+>", " ", told)
    for word in letters.words(f"{LONG['title'][0]} {drawn.caption.subtitle} {LONG['note'][0]}"):
        assert word in told


def test_words_beside_a_plot_end_before_it(shipped):
    """An entry of the key was longer than the column and stood over the plot."""
    view = View.read(VIEWS["multiples"] | {"kind": ["multiples"], "size": ["link"], "lang": ["uk"]})
    drawn = draw(view, shipped)
    factor = view.sheet.factor
    # Of the words at the left edge: whatever stands above the plot's lower edge.
    start = 0.34 * drawn.width
    beside = [
        note
        for note in drawn.chart.layout.annotations
        if note.xref == "paper" and note.y == 1 and drawn.chart.layout.margin.l + note.xshift < 60
    ]
    assert len(beside) > 8 and drawn.chart.layout.margin.l > start
    for note in beside:
        line = re.sub("<[^>]+>", "", note.text)
        wide = letters.width(line, note.font.size, bold=note.text.startswith("<b>"))
        assert note.xshift + wide <= 12 * factor


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_every_row_of_a_matrix_tells_its_count_and_its_whole_name_where_there_is_room(
    shipped, lang
):
    """Names were measured larger than they are drawn, and a count went with the end of its name."""
    parameters = VIEWS["coverage"] | {"kind": ["coverage"], "lang": [lang]}
    small = draw(View.read(parameters), shipped, PAGES[0])
    large = picture(shipped, "coverage", "square", lang)
    on_a_phone, in_a_square = (each.chart.layout.yaxis.ticktext for each in (small, large))
    assert all(re.search(r" · \d+$", each) for each in (*on_a_phone, *in_a_square))
    assert not [each for each in in_a_square if "…" in each]
