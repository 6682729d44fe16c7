"""The page What changed: since which day, where, and what it lists."""

import pytest

from tests.pages import reading

PAGE = "pages/trust/changes.py"


@pytest.fixture
def shipped_pages(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def test_a_day_and_a_place_stand_in_the_address_and_the_feeds_tell_of_the_same_place(shipped_pages):
    opened = reading.open_page(PAGE, since="2026-03-01", places="UA63")
    seen = reading.Seen.of(opened)
    assert seen.errors == []
    (table,) = (each.value for each in opened.dataframe)
    assert len(table) and set(table["What changed"]) <= {"new", "revised", "no longer leads"}
    assert "Kharkiv" in set(table["Place"]) and "Kyiv" not in set(table["Place"])
    assert any(each.value.count("places=UA63") == 2 for each in opened.code)


def test_without_a_day_the_last_seven_that_the_store_knows_are_told(shipped_pages):
    opened = reading.open_page(PAGE, "uk")
    seen = reading.Seen.of(opened)
    assert seen.errors == [] and seen.titles == ["Що змінилося"]
    assert str(opened.date_input[0].value) == "2026-03-15"


def test_a_day_that_lies_ahead_has_no_changes(shipped_pages):
    seen = reading.Seen.of(reading.open_page(PAGE, since="2030-01-01"))
    assert seen.errors == [] and any("No number changed" in text for text in seen.notices)


def test_a_period_keeps_to_numbers_about_its_days_and_says_how_many_are_left_out(shipped_pages):
    every = reading.open_page(PAGE, since="2026-01-20")
    january = reading.open_page(PAGE, since="2026-01-20", period="2026-01")
    (all_of_them,), (some,) = ([len(e.value) for e in p.dataframe] for p in (every, january))
    assert 0 < some < all_of_them
    (left_out,) = (each.value for each in january.caption if "about other days" in each.value)
    assert left_out.startswith(f"{all_of_them - some} ")
    days = january.dataframe[0].value["Date"]
    assert set(days.str[-12:]) == {"January 2026"}


@pytest.mark.parametrize("page", ["pages/explore/compare.py", "pages/trust/conflicts.py", PAGE])
def test_pages_keep_the_period_that_was_chosen_on_another(shipped_pages, page):
    reader = reading.open_page("pages/explore/power.py", period="2026-01")
    reader.switch_page(page).run()
    (period,) = (each.value for each in reader.selectbox if each.label == "Period")
    assert period == "2026-01"
