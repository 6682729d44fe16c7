"""What pages say in words: whom their first lines are about, what is new, where numbers differ."""

import re

import pytest

from tests.pages import driving, reading

CASUALTIES, CITY = "pages/explore/casualties.py", "pages/explore/city.py"


@pytest.fixture(autouse=True)
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def lead(page: str, language: str = "en", **address: str) -> str:
    """The first paragraph of a page."""
    test = reading.open_page(page, language, **address)
    (first, *_) = [each for each in reading.elements(test.main) if each.type == "html"]
    return re.sub("<[^>]+>", "", first.proto.body).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("page", "language", "begins"),
    [
        (CASUALTIES, "en", "Ukraine, winter 2025/26. Killed: at least"),
        (CASUALTIES, "uk", "Україна, зима 2025/26 року. Загиблі: щонайменше"),
        (CITY, "en", "Kyiv, winter 2025/26. Power: at least 1 million"),
        (CITY, "uk", "Київ, зима 2025/26 року. Електропостачання: щонайменше 1 мільйон"),
    ],
)
def test_the_first_lines_say_of_which_place_and_time_they_are(page, language, begins):
    assert lead(page, language).startswith(begins)


def test_casualties_say_where_the_country_and_its_places_differ():
    told = " ".join(reading.Seen.of(reading.open_page(CASUALTIES)).texts)
    assert "Where the country’s number and the places’ sum differ" in told
    assert re.search(r"On \d+ of \d+ days with both", told)
    assert re.search(r"\d+ said of the whole country \(.+?\), \d+ added up from \d+ places", told)
    kyiv = " ".join(reading.Seen.of(reading.open_page(CASUALTIES, place="UA80")).texts)
    assert "places’ sum differ" not in kyiv


def test_the_start_page_says_what_is_new_and_keeps_to_its_place():
    told = reading.Seen.of(reading.open_page(driving.OVERVIEW))
    assert told.errors == [] and "What is new" in told.texts
    assert "The numbers published last" in " ".join(told.texts)
    kyiv = " ".join(reading.Seen.of(reading.open_page(driving.OVERVIEW, place="UA80")).texts)
    new = kyiv.partition("What is new")[2]
    assert "Kyiv," in new and "Kharkiv," not in new
