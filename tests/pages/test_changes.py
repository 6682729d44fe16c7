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
