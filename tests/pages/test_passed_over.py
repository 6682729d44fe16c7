"""What a page cannot take of its address, and what it cannot know of its time, is said."""

from datetime import datetime

import pytest

from impact.model import dates
from tests import combining
from tests.pages import reading
from tests.pages.driving import PAGES

ATTACKS = "pages/explore/attack.py"
HERE = "This page takes no “{}”: it is passed over."


def lines(test) -> str:
    assert not test.exception
    return " ".join(each.value for each in test.markdown)


@pytest.fixture
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))


@pytest.mark.parametrize(
    ("lang", "said"), [("en", HERE), ("uk", "Ця сторінка не має параметра «{}»: його пропущено.")]
)
def test_a_page_that_is_about_all_places_says_that_it_takes_none(small, lang, said):
    seen = reading.open_page(ATTACKS, lang, places="UA80")
    assert said.format("places") in lines(seen)
    assert "places" not in seen.query_params


def test_what_a_page_takes_is_not_said_to_be_passed_over(small):
    seen = reading.open_page("pages/explore/heating.py", places="UA80", indicator="heating_loss")
    assert HERE.format("places") not in lines(seen)
    assert seen.query_params["places"] == "UA80"


@pytest.mark.parametrize("page", combining.thinned(PAGES))
def test_a_page_that_is_opened_without_any_says_nothing(small, page):
    assert "it is passed over" not in lines(reading.open_page(page))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "this server's clock stands before that day"), ("uk", "годинник цього сервера")],
)
def test_a_clock_that_stands_years_back_is_told_and_no_days_are_counted(
    small, monkeypatch, lang, said
):
    monkeypatch.setattr(dates, "now", lambda: datetime(2021, 6, 1))
    test = reading.open_page(ATTACKS, lang)
    assert not test.exception
    (foot,) = [each.value for each in test.caption if said in each.value]
    assert "-" not in foot and "−" not in foot
