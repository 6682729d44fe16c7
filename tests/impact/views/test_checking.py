"""What a reader may paste to see it again: ids, captions, addresses, and what is none of these."""

from datetime import datetime
from urllib.parse import quote

import pytest

from impact.address import parameters
from impact.address.parameters import WrongParameter
from impact.model import language
from impact.store.reader import Reader
from impact.views import PARAMETERS, View, checking, citation, draw
from tests.made import figure

PAGES = {"": {"kind": "winter", "indicator": "killed"}, "heating": {"indicator": "heating_loss"}}
VIEW = View(indicator="heating_loss", places=("UA80",))
AT = datetime(2026, 1, 25, 6)


@pytest.mark.parametrize(
    "text",
    [
        "F-ABCDEFGHIJKL",
        " f-abcdefghijkl ",
        "kyiv-heating_loss-2026-01-01-2026-01-31-F-ABCDEFGHIJKL-2x.png",
        "Source: Vitali Klitschko. Status: confirmed · Figure F-ABCDEFGHIJKL",
        "Запис F-ABCDEFGHIJKL",
    ],
)
def test_an_id_is_found_in_whatever_stands_around_it(text):
    assert checking.read(text, PAGES) == checking.Figure("F-ABCDEFGHIJKL")


@pytest.mark.parametrize(
    "text",
    [
        "indicator=heating_loss&places=UA80&asof=2026-01-25T08:00",
        "?indicator=heating_loss&places=Kyiv&asof=2026-01-25T08:00",
        "https://a.org/figure?indicator=heating_loss&places=UA80&asof=2026-01-25T08:00&in=en",
        "http://127.0.0.1:8501/api/chart.png?indicator=heating_loss&place=Kyiv&asof=2026-01-25T08:00&scale=2",
        "https://a.org/heating?places=UA80&asof=2026-01-25T08:00#top",
    ],
)
def test_an_address_of_a_picture_is_its_view_and_its_moment(text):
    assert checking.read(text, PAGES) == checking.Shown(VIEW, AT)


def test_an_address_that_follows_the_news_names_no_moment():
    assert checking.read("/heating?place=Kyiv", PAGES) == checking.Shown(VIEW, None)


def test_the_night_of_an_attack_is_the_day_of_its_picture_and_the_start_page_has_one():
    night = checking.read("/embed?indicator=killed&places=UA63&night=2026-01-24", {})
    assert (night.view.first, night.view.last) == (night.view.last, night.view.first)
    assert f"{night.view.first}" == "2026-01-24"
    assert checking.read("https://a.org/?period=winter-2025", PAGES).view.kind == "winter"


def test_what_a_saved_picture_says_of_itself_is_read_back(publish):
    reader: Reader = publish(figure(value=6_000, published="2026-01-24"))
    picture = draw(View(indicator="heating_loss", places=("UA80",), title="Тепло & <b>"), reader)
    said = citation.identity(picture, reader)
    assert said.isascii() and said == citation.identity(picture, reader)
    found = checking.read(said, {})
    assert found.view == picture.view and found.at is not None
    read = parameters.read_pairs(parameters.pairs(said.encode()), PARAMETERS)
    assert View.of(read).asof


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kyiv", "neither the id of a figure"),
        ("F-ABC", "neither the id of a figure"),
        ("https://a.org/data?words=Kyiv", "the address of no picture"),
        ("a=b", "the address of no picture"),
        ("?indicator=cats", "indicator"),
        ("?indicator=killed&indicator=injured", "more than once"),
        ("?indicator=killed&period=never", "period"),
        ("?indicator=killed&asof=2999-01-01", "lies ahead"),
        ("?indicator=killed&title=%00", "cannot be printed"),
        ("?indicator=killed&title=" + "a" * 5000, "too long"),
        ("https://[::1?indicator=killed", "the address of no picture"),
        ("?title=" + quote("<script>alert(1)</script>"), "the address of no picture"),
    ],
)
def test_what_names_nothing_is_refused_with_what_would_be_right(text, told):
    with pytest.raises(WrongParameter) as refused:
        checking.read(text, PAGES)
    for lang in language.languages():
        assert refused.value.sentence(language.words(lang))
    assert told in refused.value.sentence(language.words("en"))
