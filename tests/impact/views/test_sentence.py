"""What a picture says in one sentence: the largest number, where, when, and who said it."""

import pytest

from impact.model import language
from impact.views import View, draw, sentence
from tests.impact.views.test_drawn import VIEWS

SAID = {
    ("en", "indicator=power_outage&places=UA"): "Ukraine, 20 January 2026 – at least 2.1 million "
    "customers without power (Kharkiv Oblast Military Administration; Volodymyr Zelenskyy, "
    "President of Ukraine).",
    ("uk", "indicator=heating_loss&places=UA80"): "Київ, 24 січня 2026 року – приблизно 6 000 "
    "будинків втратили опалення (Віталій Кличко, міський голова Києва).",
    ("en", "indicator=killed&kind=days"): "Ukraine, winter 2025/26 – killed: at least 473 people "
    "(sum of 204 claims), injured: at least 2,500 people (sum of 351 claims).",
    ("en", "indicator=killed&kind=events&places=UA6312027001"): "Kharkiv, 7 March 2026 – killed: "
    "10 people (Ihor Klymenko, Minister of Internal Affairs of Ukraine).",
    # Of several places the one that is worst off, in the unit that all are drawn in.
    ("en", "indicator=power_outage&places=UA80&places=UA5110027001"): "Kyiv, 20 January 2026 – at "
    "least 1 million ",
}


def told(reader, lang: str, query: str) -> str:
    pairs = [each.split("=") for each in f"{query}&period=winter-2025&lang={lang}".split("&")]
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return sentence.of(draw(View.read(texts), reader), reader)


@pytest.mark.parametrize(("asked", "expected"), SAID.items(), ids=lambda each: str(each)[:60])
def test_a_picture_says_its_largest_number_where_when_and_by_whom(shipped, asked, expected):
    assert told(shipped, *asked).replace("\u00a0", " ").startswith(expected)


@pytest.mark.parametrize("lang", language.languages())
@pytest.mark.parametrize("kind", sorted(VIEWS.keys() - set(sentence.TITLED)))
def test_every_kind_of_picture_has_a_sentence_with_a_number_and_its_speaker(shipped, kind, lang):
    view = View.read(VIEWS[kind] | {"kind": [kind], "lang": [lang]})
    said = sentence.of(draw(view, shipped), shipped)
    where, _, number = said.partition(" – ")
    assert any(sign.isdigit() for sign in where) and any(sign.isdigit() for sign in number)
    assert number.endswith(").") and said.count(". ") == 0


def test_what_nobody_reported_has_no_sentence(empty):
    view = View.read({"indicator": ["power_outage"], "period": ["2026-01"]})
    assert sentence.of(draw(view, empty), empty) == ""
