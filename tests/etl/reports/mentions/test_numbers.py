"""Numbers of a sentence: how much, exactly or not, of what, and which of them count nothing."""

import pytest

from etl.reports.mentions.numbers import numbers
from tests.etl.reports.scanning import scan, words


def only(text: str):
    (found,) = numbers(scan(text))
    return found


@pytest.mark.parametrize(
    ("text", "value", "bound", "unit"),
    [
        ("Over 320,000 customers in Kyiv lost power.", 320_000, "at_least", "customers"),
        ("About 6,000 buildings were without heat.", 6_000, "about", "buildings"),
        ("Up to 1.2 million people had no water.", 1_200_000, "at_most", "people"),
        ("At least three people were killed.", 3, "at_least", "people"),
        ("Понад 5,6 тис. будинків у Києві без тепла.", 5_600, "at_least", "buildings"),
        ("Близько 12 480 споживачів без світла.", 12_480, "about", "customers"),
        ("Півтори тисячі споживачів без світла.", 1_500, "exact", "customers"),
    ],
)
def test_a_number_has_its_value_its_bound_and_what_it_counts(text, value, bound, unit):
    found = only(text)
    assert (found.value, found.high, found.bound, found.unit) == (value, None, bound, unit)
    assert found.outside == ""


@pytest.mark.parametrize(
    ("text", "low", "high", "bound", "unit"),
    [
        ("From 20 to 30 people were injured.", 20, 30, "exact", "people"),
        ("Some 8-10 drones were shot down.", 8, 10, "about", "drones"),
        ("Від 4 до 14 людей поранено.", 4, 14, "exact", "people"),
    ],
)
def test_two_ends_are_one_number(text, low, high, bound, unit):
    found = only(text)
    assert (found.value, found.high, found.bound, found.unit) == (low, high, bound, unit)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Route No. 6 is closed.", "name"),
        ("The 5th district lost heat.", "ordinal"),
        ("Power use fell by 12 percent.", "percent"),
        ("He paid $300 for a generator.", "money"),
    ],
)
def test_a_number_that_counts_nothing_says_why(text, why):
    assert only(text).outside == why


@pytest.mark.parametrize(
    ("text", "group"),
    [("A man was killed in Kherson.", "men"), ("Загинула жінка.", "women")],
)
def test_one_person_is_one_though_no_number_says_so(text, group):
    found = only(text)
    assert (found.value, found.unit, found.group) == (1, "people", group)
    assert found.implied


@pytest.mark.parametrize("text", ["Another 5 people were wounded.", "Поранено ще п'ять людей."])
def test_a_number_that_comes_on_top_of_another_is_marked(text):
    found = only(text)
    assert found.value == 5 and found.increment


def test_of_a_change_the_count_before_it_is_told_from_the_count_after_it():
    before, after = numbers(scan("The number of dead rose from 5 to 7."))
    assert (before.value, before.earlier) == (5, True)
    assert (after.value, after.earlier) == (7, False)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Без світла 19 багатоквартирних та чотири приватні будинки.", [19, 4]),
        ("19 of the 40 houses were damaged.", [19, 40]),
    ],
)
def test_numbers_that_share_a_noun_count_the_same(text, values):
    found = numbers(scan(text))
    assert [each.value for each in found] == values
    assert {each.unit for each in found} == {"buildings"}


def test_an_age_is_no_count_of_people():
    boy, age = numbers(scan("A boy aged 9 was killed."))
    assert (boy.value, boy.group) == (1, "children")
    assert age.value == 9 and age.outside


def test_a_number_knows_its_words():
    text = scan("Over 320,000 customers in Kyiv lost power.")
    (found,) = numbers(text)
    assert words(text, found.start, found.end) == "Over 320,000"
    assert words(text, *found.core) == "320,000"
    assert words(text, found.end, found.noun_end) == "customers"
