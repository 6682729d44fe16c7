"""Pictures as a browser draws them: nothing overlaps, nothing is cut, nothing gets lost.

Drawn in the fonts that are here and in DejaVu Sans, the widest that pictures may meet.
"""

import io
import re
from datetime import date
from itertools import cycle

import pytest
from PIL import Image

from impact.charts import SIZES
from impact.model import language
from impact.model.indicators import INDICATORS
from impact.views import KINDS, InvalidView, View, draw
from impact.views.kind import sizes_of
from impact.views.reading import NOTED
from tests import combining
from tests.impact.views.drawing import faults

pytestmark = pytest.mark.browser

SIX = ["UA80", "UA1202001001", "UA6312027001", "UA51", "UA12", "UA32"]
LONG = {
    "title": [
        "Будинки без опалення та електропостачання у шести найбільших містах країни після атаки"
    ],
    "note": ["Примітка редакції: число за 9 січня мер уточнив наступного дня, а ОВА його не"],
}
# Of kinds on whose marks notes may point.
POINTING = {
    "mark1": ["2026-01-24 Мер назвав це число ввечері, мерія — іншого дня, а ОВА ні"],
    "mark2": ["2026-01-09 Перша велика атака місяця, після якої місто довго було без"],
}
VIEWS = {
    "bars": {"indicator": ["heating_loss"], "period": ["2026-01"]},
    "largest": {"indicator": ["power_outage"], "period": ["winter-2025"]},
    "line": {"indicator": ["power_outage"], "places": SIX, "period": ["winter-2025"]},
    "multiples": {"indicator": ["power_outage"], "places": SIX, "period": ["winter-2025"]},
    "map": {"indicator": ["power_outage"], "day": ["2026-01-24"]},
    "worst_map": {"indicator": ["power_outage"], "period": ["winter-2025"]},
    "toll_map": {"indicator": ["killed"], "period": ["winter-2025"]},
    "number": {"indicator": ["heating_loss"], "period": ["2026-01"]},
    "toll": {"indicator": ["killed"], "period": ["winter-2025"]},
    "table": {"indicator": ["power_outage"], "places": SIX, "period": ["winter-2025"]},
    "city": {"indicator": ["heating_loss"], "places": ["UA80"], "period": ["2026-01"]},
    "winter": {"indicator": ["killed"], "period": ["winter-2025"]},
    "days": {"indicator": ["killed"], "period": ["winter-2025"]},
    "months": {"indicator": ["killed"], "period": ["winter-2025"]},
    "events": {"indicator": ["killed"], "period": ["winter-2025"]},
    "cities": {"indicator": ["killed"], "period": ["winter-2025"]},
    "conflict": {"indicator": ["injured"], "period": ["winter-2025"]},
    "coverage": {"indicator": ["power_outage"], "period": ["winter-2025"]},
    "hours": {"indicator": ["killed"], "day": ["2026-01-24"]},
}


def picture(reader, kind, size, lang, theme="light", words=None):
    parameters = VIEWS[kind] | {"kind": [kind], "size": [size], "lang": [lang], "theme": [theme]}
    return draw(View.read(parameters | (words or {})), reader)


def test_every_kind_is_looked_at():
    assert set(VIEWS) == set(KINDS)


WRITTEN = {"en": ("en", None), "uk": ("uk", None), "long": ("uk", LONG)}
SIZED = [(kind, size) for kind in VIEWS for size in sizes_of(kind)]

# Every kind in every third of all sizes, every picture in one of the texts; or all of all.
ROWS = (
    [(*sized, text) for sized in SIZED for text in WRITTEN]
    if combining.ALL
    else [(*sized, text) for sized, text in zip(SIZED[::3], cycle(WRITTEN), strict=False)]
)


# Title and note of the widest letters.
WIDE = {"title": [("Широкомасштабна " * 9)[:110].strip()], "note": [("Шщю " * 35)[:130].strip()]}


def test_a_size_on_which_words_leave_no_room_is_refused_with_a_sentence(shipped):
    """On a quarter of a page no words stand beside the plot; on the low sheet they do."""
    winter = {"first": date(2025, 10, 1), "last": date(2026, 3, 31), "language": "uk"}
    own = {name: text for name, (text,) in WIDE.items()}
    with pytest.raises(InvalidView) as refused:
        draw(View(indicator="killed", kind="months", size="quarter", **winter, **own), shipped)
    assert "a larger size" in refused.value.sentence(language.words("en"))


def test_the_widest_words_find_room_beside_a_plot(shipped, easel):
    drawn = picture(shipped, "months", "link", "uk", words=WIDE)
    assert list(faults(drawn, easel.texts(drawn, "DejaVu Sans"))) == []


@pytest.mark.parametrize(("kind", "size", "text"), ROWS)
def test_words_stand_clear_of_each_other_and_of_the_edges(shipped, easel, kind, size, text):
    lang, words = WRITTEN[text]
    if words and kind in NOTED:
        words = words | POINTING
    drawn = picture(shipped, kind, size, lang, words=words)
    for font in ("", "DejaVu Sans"):
        assert list(faults(drawn, easel.texts(drawn, font))) == []


@pytest.mark.parametrize(("kind", "size", "text"), ROWS)
def test_a_tenth_cut_off_any_edge_leaves_source_time_status_and_id(
    shipped, easel, kind, size, text
):
    lang, words = WRITTEN[text]
    drawn = picture(shipped, kind, size, lang, words=words)
    within = [
        text
        for text in easel.texts(drawn)
        if text.left >= drawn.width * 0.1
        and text.right <= drawn.width * 0.9
        and text.top >= drawn.height * 0.1
        and text.bottom <= drawn.height * 0.9
        # As it is read 600 px wide.
        and text.size * 600 / drawn.width > 10.99
    ]
    kept = " ".join(text.text for text in within)
    for piece in drawn.caption.foot[:2]:
        for word in piece.split():
            assert word in kept
    assert re.search(r"F-[A-Z2-7]{12}", kept)


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance as WCAG 2.2 defines it, of red, green and blue from 0 to 255."""
    parts = [each / 255 for each in colour]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> tuple:
    """Red, green and blue of "rgb(…)" or "#…"."""
    if colour.startswith("#"):
        return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return tuple(float(each) for each in re.findall(r"[\d.]+", colour)[:3])


@pytest.mark.parametrize(("kind", "theme"), combining.in_turn([*VIEWS], ["light", "dark"]))
def test_every_word_has_the_contrast_that_text_needs(shipped, easel, kind, theme):
    drawn = picture(shipped, kind, "square", "en", theme)
    ground = rgb(drawn.chart.layout.paper_bgcolor)
    for text in easel.texts(drawn):
        assert contrast(rgb(text.colour), ground) >= 4.5, text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_indicators_colour_could_be_text(theme):
    ground = rgb({"light": "#FFFFFF", "dark": "#14181D"}[theme])
    for each in INDICATORS.values():
        assert contrast(rgb(each.colour[theme]), ground) >= 4.5, each.name


@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_the_size_that_was_asked_for(shipped, easel, size):
    drawn = picture(shipped, "bars", size, "uk", "dark")
    with Image.open(io.BytesIO(easel.png(drawn))) as image:
        assert image.size == (drawn.width, drawn.height)
        assert image.convert("RGB").getpixel((2, 2)) == rgb("#14181D")


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize("size", sizes_of("winter"))
def test_the_worst_day_of_a_winter_has_its_number_in_every_size(shipped, easel, size, lang):
    told = [each.text for each in easel.texts(picture(shipped, "winter", size, lang))]
    largest = re.compile(r"2.1.(million|мільйона).*④")
    assert any(largest.search(text) for text in told)
